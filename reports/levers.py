"""What a planner can change: path, meaning, value, unit, bounds, and the targets that it moves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from reports import assumptions, catalogue, formats, parameter_texts, values
from reports.catalogue import Catalogue
from scenarios.files.changes import flat
from scenarios.files.load import Scenario
from sim.limits import limits
from sim.parameters import Parameters
from sim.parts import COUNTERS
from sim.reach import reached_by, read_by
from sim.systems.targets import AVAILABILITY
from sim.targets import TARGETS

_IN_ORDER = sorted(TARGETS.values(), key=lambda target: target.part is None)
"""Targets that no part decides stand last."""


@dataclass(frozen=True)
class Lever:
    """One value of a scenario.

    ``moves`` are targets of the parts that read it, ``then`` those of parts behind these; a bound that there is none of
    is ``None``.
    """

    path: str
    meaning: str
    unit: str
    value: Any
    shown: str
    low: float | None
    high: float | None
    moves: tuple[str, ...]
    then: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """What ``cardflow parameters --json`` prints of it."""
        told = {key: value for key, value in asdict(self).items() if key != "shown"}
        return told | {"value": _plain(self.value)}


def levers(scenario: Scenario, lang: str) -> list[Lever]:
    """Every value of a scenario, in the order of the model."""
    cat = catalogue.load(lang)
    found = []
    for path, value in flat(scenario.parameters).items():
        low, high = _bounds(path)
        moves = moved(path, scenario.parameters)
        found.append(
            Lever(
                path=path,
                meaning=parameter_texts.meaning_in_place(cat, path),
                unit=parameter_texts.unit(cat, path),
                value=value,
                shown=values.text(cat, assumptions.written(value)),
                low=low,
                high=high,
                moves=moves[0],
                then=moves[1],
            )
        )
    return found


def moved(path: str, parameters: Parameters) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Targets of the parts that read a path, and targets of the parts behind them."""
    if path in ("start", "end"):
        return _in_order(set(TARGETS)), ()
    first = acted_on(path)
    parts = reached_by([path], parameters)
    by_load = {AVAILABILITY.id} if parameters.systems.load_breaks and COUNTERS in parts else set()
    behind = (_of(parts) | by_load) - first
    return _in_order(first), _in_order(behind)


def acted_on(path: str) -> set[str]:
    """Targets of the parts that read a path, by id; raises LookupError for a path that no part reads."""
    own = {target.id for target in TARGETS.values() if path.startswith(target.parameters)}
    return own if path.startswith("targets.") else own | _of(read_by(path))


def lines(found: Iterable[Lever], lang: str) -> list[str]:
    """Two or three lines a lever: path and meaning; value, unit and bounds; targets."""
    cat = catalogue.load(lang)
    told: list[str] = []
    for lever in found:
        bounds = _shown_bounds(cat, lever)
        value = cat.text("levers.value", value=lever.shown, unit=lever.unit) if _counted(lever.value) else lever.shown
        told += [f"{lever.path}   {lever.meaning}", f"    {cat.join([value, bounds] if bounds else [value])}"]
        if lever.moves or lever.then:
            told.append(f"    {_shown_targets(cat, lever)}")
    return told


def _counted(value: Any) -> bool:
    """Whether a value is a number, a range or dated steps, so that its unit says something."""
    if isinstance(value, list | tuple):
        return bool(value) and all(isinstance(part, Mapping) and "value" in part for part in value)
    return isinstance(value, Mapping) or (isinstance(value, int | float) and not isinstance(value, bool))


def _of(parts: Iterable[str]) -> set[str]:
    wanted = set(parts)
    return {target.id for target in TARGETS.values() if target.part in wanted}


def _in_order(targets: set[str]) -> tuple[str, ...]:
    return tuple(target.id for target in _IN_ORDER if target.id in targets)


def _shown_targets(cat: Catalogue, lever: Lever) -> str:
    names = {target: cat.text(f"target.{target}.name") for target in (*lever.moves, *lever.then)}
    moves = cat.join(names[target] for target in lever.moves) or cat.text("levers.none")
    if not lever.then:
        return cat.text("levers.moves", targets=moves)
    return cat.text("levers.moves_then", targets=moves, then=cat.join(names[target] for target in lever.then))


def _shown_bounds(cat: Catalogue, lever: Lever) -> str:
    low, high = (None if bound is None else formats.plain(bound) for bound in (lever.low, lever.high))
    if low is not None and high is not None:
        return cat.text("levers.between", low=low, high=high)
    if low is None and high is None:
        return ""
    return cat.text("levers.from", low=low) if high is None else cat.text("levers.to", high=high)


def _bounds(path: str) -> tuple[float | None, float | None]:
    """Least and most of a number; of a list, of each number in it."""
    known = limits().get(path)
    low, high = (known.low, known.high) if known else (-math.inf, math.inf)
    return None if math.isinf(low) else low, None if math.isinf(high) else high


def _plain(value: Any) -> Any:
    """A value for JSON."""
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, bool | int | float | str) or value is None else str(value)
