"""The assumption log: for each parameter where it comes from, how good that is and how much it matters.

Evidence stands in ``calibration/assumptions.toml`` without values; values and ranges stand in the scenarios.
The four channels of applications have one entry each, for share, delay and weights together; so has each call centre's
mix of call types.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, get_args

from pydantic import BaseModel

from sim.contact.parameters import HelpdeskMix, ResidentMix
from sim.parameters import SECTIONS, Parameters, PublishedCount
from sim.people.parameters import Channel
from sim.schedule import Quantity

Kind = Literal["published", "computed", "assumption"]
"""As published; worked out from published figures; ours, with published figures at most as a hint."""
Grade = Literal["good", "fair", "poor"]
Weight = Literal["high", "medium", "low"]

ALLOWED = {"kind": get_args(Kind), "grade": get_args(Grade), "matters": get_args(Weight)}


@dataclass(frozen=True)
class Evidence:
    """What stands behind one parameter."""

    kind: Kind
    source: tuple[str, ...]
    """Ids of published figures, such as ``JLIS-004``."""
    why: str
    grade: Grade
    matters: Weight
    """How much the parameter moves the verdicts."""
    owner: str
    """Who should own the figure."""
    review: str
    """When to look again: a month such as ``2027-06`` and what comes out then."""

    @property
    def month(self) -> str | None:
        """The month in which to look again; None where it waits for an event."""
        return self.review[:7] if self.review[:4].isdigit() else None


@cache
def load() -> Mapping[str, Evidence]:
    """Evidence by parameter path, such as ``plant.cards_per_day``; ValueError if malformed."""
    text = files("calibration").joinpath("assumptions.toml").read_text(encoding="utf-8")
    return MappingProxyType({path: _evidence(path, entry) for path, entry in _entries(tomllib.loads(text))})


def parameter_paths() -> tuple[str, ...]:
    """Every path that needs evidence, in the order of ``sim.parameters``."""
    sections = Parameters.model_fields
    return tuple(path for name in SECTIONS for path in _paths(name, sections[name].annotation))


def _paths(path: str, kind: Any) -> Iterator[str]:
    if not _is_group(kind):
        yield path
        return
    for name, field in kind.model_fields.items():
        yield from _paths(f"{path}.{name}", field.annotation)


_ONE_VALUE = (Quantity, Channel, ResidentMix, HelpdeskMix, PublishedCount)


def _is_group(kind: Any) -> bool:
    """A model with fields of its own; a quantity, a channel and a mix of calls count as one value."""
    return isinstance(kind, type) and issubclass(kind, BaseModel) and not issubclass(kind, _ONE_VALUE)


def _entries(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, entry in table.items():
        path = f"{prefix}{name}"
        if not isinstance(entry, dict):
            raise ValueError(f"assumptions.toml: {path} is a value; only tables of evidence stand here")
        if "kind" in entry:
            yield path, entry
        else:
            yield from _entries(entry, f"{path}.")


def _evidence(path: str, entry: Mapping[str, Any]) -> Evidence:
    names = {field.name for field in fields(Evidence)}
    if set(entry) != names:
        raise ValueError(f"assumptions.toml: {path} must have {sorted(names)}, not {sorted(entry)}")
    for name, allowed in ALLOWED.items():
        if entry[name] not in allowed:
            raise ValueError(f"assumptions.toml: {path}.{name} must be one of {allowed}, not {entry[name]!r}")
    if not isinstance(entry["source"], list):
        raise ValueError(f"assumptions.toml: {path}.source must be a list of ids, not {entry['source']!r}")
    return Evidence(**{**entry, "source": tuple(entry["source"])})
