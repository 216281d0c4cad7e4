"""Differences with their intervals as a chart: a panel a figure, a point a year, what is clear told from chance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from reports.charting import amounts, drawing, with_key
from reports.document import Bracketed, Magnitude, Period, Value
from reports.drawing import Drawing, Label, Names, Panel, Rule, Scale, Series
from reports.looks import Look, Marker, line, point
from scenarios.compare.record import Compared
from scenarios.ledger.record import Price

Difference: TypeAlias = Price | Compared
"""A mean difference of pairs of replications."""


def shown(clear: bool, color: str, marker: Marker = "circle") -> Look:
    """Points: filled where it is clear, else hollow."""
    return point(marker, color, "" if clear else "white", 5.5)


def none(color: str) -> Look:
    """The point of what is exactly none."""
    return point("dot", color)


def one(
    row: Difference, place: float, color: str, marker: Marker = "circle", factor: float = 1.0, called: Value = ""
) -> Series:
    """Filled if clear, hollow if chance explains it, without a line if it cannot be told, a dot if there is none."""
    equal = row.difference == row.low == row.high == 0
    look = none(color) if equal else shown(bool(row.clear), color, marker)
    value, low, high = (amounts([factor * (end or 0.0)]) for end in (row.difference, *_ends(row)))
    return Series(value, (place,), low, high, replace(look, width=1.6), whiskers=True, called=called)


def _ends(row: Difference) -> tuple[float | None, float | None]:
    """Of the line; the point alone where it cannot be told."""
    return (row.difference, row.difference) if row.untold else (row.low, row.high)


def panel(name: Value, periods: Sequence[str], points: Iterable[Series], unit: Value = None) -> Panel:
    """Points over periods against none, in a unit; without one they are counts."""
    marks = tuple(points)
    ends = (abs(end) for mark in marks for end in (*mark.values, *mark.low, *mark.high))
    top = max(ends, default=0.0) if unit is None else 0.0
    title = Bracketed(name, Magnitude(top) if unit is None else unit)
    scale = Scale(counts=top, bins=4, margin=0.15)
    return Panel(Names(tuple(map(Period, periods))), scale, (Rule(0, line(width=0.9)), *marks), title)


def chart(name: str, of: Any, panels: Sequence[Panel], labels: Iterable[Label], nothing: Value) -> Drawing:
    """All panels with one key, or the word that there is nothing that differs."""
    drawn = with_key(panels, labels) or [Panel(Names(()), note=nothing)]
    return drawing(name, of, drawn, height=1.95 + 1.15 * max(len(panels), 1.6))
