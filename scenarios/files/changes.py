"""What a scenario changes, as paths with the base's value and its own."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from scenarios.files.find import LIBRARY
from scenarios.files.load import Scenario, load
from sim.parameters import SECTIONS, Parameters


def flat(parameters: Parameters) -> dict[str, Any]:
    """Every parameter by its dotted path, as written in a scenario file."""
    data = parameters.model_dump(mode="python", by_alias=True)
    found: dict[str, Any] = {"start": data["start"], "end": data["end"]}
    for section in SECTIONS:
        _flatten(section, data[section], getattr(parameters, section), found)
    return found


def _flatten(path: str, data: dict[str, Any], model: Any, found: dict[str, Any]) -> None:
    for name, value in data.items():
        inner = getattr(model, name, None)
        if isinstance(value, dict) and isinstance(inner, BaseModel) and "value" not in value:
            _flatten(f"{path}.{name}", value, inner, found)
        else:
            found[f"{path}.{name}"] = value


def differing(own: Parameters, other: Parameters) -> list[str]:
    """Paths whose values differ, dates of the run included."""
    ours, theirs = flat(own), flat(other)
    return [path for path in dict.fromkeys((*ours, *theirs)) if ours.get(path) != theirs.get(path)]


def changes(scenario: Scenario, against: str | None = None) -> list[dict[str, Any]]:
    """Parameters that differ from another scenario's: by default the library scenario it rests on.

    What the planner's own figures replaced is not among them: see ``replaced``.
    """
    scenario = scenario.before or scenario
    other = against or scenario.base
    if other is None:
        return []
    base, own = flat(load(other, LIBRARY).parameters), flat(scenario.parameters)
    return [{"path": path, "base": base[path], "value": value} for path, value in own.items() if base[path] != value]


def replaced(scenario: Scenario) -> list[str]:
    """Paths whose values the planner's own figures (実績) replaced; none where the scenario has none."""
    if scenario.before is None:
        return []
    before, own = flat(scenario.before.parameters), flat(scenario.parameters)
    return [path for path, value in own.items() if before[path] != value]
