"""A decision clock read from its folder: events with last dates and trip-wires, and the paths that charts draw."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

Entry = Mapping[str, Any]
"""An event, a wire, a resource or a path of ``clock.json`` (``docs/formats.md``)."""


LIKELY = 0.2
"""A year that breaks in this share of replications is worth naming first."""


@dataclass(frozen=True)
class Clock:
    """What ``clock.json`` holds."""

    folder: Path
    content: Entry

    @property
    def as_of(self) -> date:
        """The day before which a last date has passed."""
        return date.fromisoformat(self.content["as_of"])

    @property
    def events(self) -> Sequence[Entry]:
        """Every target and fiscal year."""
        events: Sequence[Entry] = self.content["events"]
        return events

    @property
    def breaking(self) -> list[Entry]:
        """Those that break in some replication, in order of targets and years."""
        return [event for event in self.events if event["breaks"]]

    @property
    def leading(self) -> list[Entry]:
        """Of each target that breaks the first year in which that is likely enough, or else the likeliest.

        Those that a resource can mend come first, then the likeliest.
        """
        by_target: dict[str, list[Entry]] = {}
        for event in self.breaking:
            by_target.setdefault(event["target"], []).append(event)
        first = [next(filter(_likely, own), max(own, key=_probability)) for own in by_target.values()]
        return sorted(first, key=lambda event: (not event["resources"], -_probability(event)))

    @property
    def wires(self) -> list[tuple[Entry, Entry]]:
        """Every trip-wire with its event, in order of targets and years."""
        return [(event, wire) for event in self.events for wire in event["wires"]]


def _probability(event: Entry) -> float:
    return float(event["probability"])


def _likely(event: Entry) -> bool:
    return _probability(event) >= LIKELY


def read(folder: Path) -> Clock:
    """Read ``clock.json`` of a folder; raises ``FileNotFoundError`` where there is none."""
    return Clock(folder, json.loads((folder / "clock.json").read_text(encoding="utf-8")))


def proven(wire: Entry) -> bool:
    """Whether replications that had no part in the choice show that a wire is better than chance."""
    return wire["skill_low"] is not None and wire["skill_low"] > 0


def own_wire(event: Entry) -> Entry | None:
    """The wire of an event; None without one."""
    return next(iter(event["wires"]), None)
