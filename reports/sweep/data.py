"""A sweep read from its folder: what is varied, what each point says, which inputs drive the targets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from scenarios.sweep.responses import Doubt
from sim.calendar import RUN

Line = Mapping[str, Any]
"""A row of ``rows``, ``effects``, ``swings``, ``shares`` or ``crossings`` in ``sweep.json``."""


@dataclass(frozen=True)
class Varied:
    """A varied path: its ends, its values in a grid, what the scenario has by fiscal year; ``dated`` if in steps."""

    path: str
    unit: str
    meaning: str
    low: float
    high: float
    values: tuple[float, ...] | None
    today: Mapping[str, float]
    dated: bool
    uncertain: bool


@dataclass(frozen=True)
class Sweep:
    """What ``sweep.json`` holds; ``head`` is all that is no list."""

    folder: Path
    head: Mapping[str, Any]
    varied: tuple[Varied, ...]
    doubts: tuple[Doubt, ...]
    rows: tuple[Line, ...]
    effects: tuple[Line, ...]
    swings: tuple[Line, ...]
    shares: tuple[Line, ...]
    crossings: tuple[Line, ...]
    correlations: tuple[Line, ...]

    @property
    def screens(self) -> bool:
        """Whether this is a screening."""
        return bool(self.head["design"] == "screen")

    @property
    def draws(self) -> bool:
        """Whether drivers are taken from what replications draw."""
        return bool(self.head["design"] == "draws")

    @property
    def version(self) -> str:
        """Of the program."""
        return str(self.head["version"])

    @property
    def seed(self) -> int:
        """Of the random streams."""
        return int(self.head["seed"])

    @property
    def chance_only(self) -> bool:
        """Whether uncertain values that are not moved stay at their middle."""
        return bool(self.head["chance_only"])

    @property
    def replications(self) -> int:
        """Of each point."""
        return int(self.head["replications"])

    def input(self, path: str) -> Varied:
        """The varied path of that name."""
        return next(own for own in self.varied if own.path == path)

    def years(self, identifier: str) -> list[str]:
        """The fiscal years of a target; the run where it has none."""
        found = dict.fromkeys(row["period"] for row in self.rows if row["id"] == identifier)
        return [period for period in found if period != RUN] or list(found)

    def at(self, identifier: str, period: str) -> list[Line]:
        """The rows of a target in a period, point by point, but for points where it was not tested."""
        return [
            row
            for row in self.rows
            if (row["id"], row["period"]) == (identifier, period) and row["probability"] is not None
        ]

    def of(self, lines: Sequence[Line], doubt: Doubt) -> list[Line]:
        """The lines of a target in the year in which it is most in doubt."""
        return [row for row in lines if (row["id"], row["period"]) == (doubt.id, doubt.period)]

    def moves(self, doubt: Doubt) -> bool:
        """Whether anything that is varied moves the target, in any year."""
        if self.draws:
            return any(row["clear"] for row in self.of(self.correlations, doubt))
        if self.screens:
            return any(row["material"] for row in self.of(self.effects, doubt))
        told = "value" if doubt.computed is None else "probability"
        spans = ([row[told] for row in self.at(doubt.id, period)] for period in self.years(doubt.id))
        return any(max(values) - min(values) > 1e-9 * max(map(abs, values)) for values in spans if values)

    @property
    def moving(self) -> tuple[Doubt, ...]:
        """Targets that something moves, each in the year in which it is most in doubt."""
        return tuple(doubt for doubt in self.doubts if self.moves(doubt))

    def crosses(self, identifier: str, period: str) -> list[Line]:
        """Where a target is met with the probability asked for in a period, by what else is varied."""
        return [row for row in self.crossings if (row["id"], row["period"]) == (identifier, period)]

    def ranked(self, doubt: Doubt) -> list[Line]:
        """Effects on a target in that year, the largest first, without inputs that do nothing."""
        found = [row for row in self.of(self.effects, doubt) if row["mu_star"] > 0]
        return sorted(found, key=lambda row: -row["mu_star"])

    def shared(self, doubt: Doubt) -> list[Line]:
        """Shares of the variance of a target in that year, the largest first."""
        return sorted(self.of(self.shares, doubt), key=lambda row: -row["st"])

    def found(self, kind: str, doubt: Doubt) -> list[Line]:
        """What was found for a target in that year: ``swings``, ``effects``, ``shares`` or ``correlations``."""
        if kind == "correlations":
            return sorted(self.of(self.correlations, doubt), key=lambda row: -abs(row["rho"]))
        if kind == "shares":
            return self.shared(doubt)
        return self.swung(doubt) if kind == "swings" else self.ranked(doubt)

    def swung(self, doubt: Doubt) -> list[Line]:
        """What drivers do one at a time to a target in that year, the largest first, without those that do nothing."""
        found = [row for row in self.of(self.swings, doubt) if size(row) > 0]
        return sorted(found, key=size, reverse=True)


def size(swing: Line) -> float:
    """The largest change that either end of a driver's range makes."""
    ends = (swing["low_effect"], swing["high_effect"], swing["swing"])
    return max((abs(effect["mean"]) for effect in ends if effect), default=0.0)


def read(folder: Path) -> Sweep:
    """Read ``sweep.json`` of a folder; raises ``FileNotFoundError`` where there is none."""
    data = json.loads((folder / "sweep.json").read_text(encoding="utf-8"))
    lists = ("varied", "doubts", "rows", "effects", "swings", "shares", "crossings", "correlations")
    known = [field.name for field in fields(Varied)]
    listed = [{**entry, "values": entry["values"] and tuple(entry["values"])} for entry in data["varied"]]
    return Sweep(
        folder=folder,
        head={key: value for key, value in data.items() if key not in lists},
        varied=tuple(Varied(**{key: entry[key] for key in known}) for entry in listed),
        doubts=tuple(Doubt(**entry) for entry in data["doubts"]),
        **{key: tuple(data.get(key) or ()) for key in lists[2:]},
    )
