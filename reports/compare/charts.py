"""Charts of a comparison: differences to the first scenario by fiscal year, and scenarios over each other by month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import floor, isfinite

from reports import statistics
from reports.compare import cells
from reports.compare.data import Comparison, outcome, untold
from reports.document import Bracketed, Magnitude, Number, Period, Say, Value, say
from reports.drawing import (
    DARK,
    DASH_DOT,
    DASHED,
    DUE,
    INK,
    Drawing,
    Label,
    Look,
    Mark,
    Marker,
    Months,
    Names,
    Panel,
    Rule,
    Scale,
    Series,
    amounts,
    drawing,
    key,
    largest,
    line,
    point,
    unseen,
)
from scenarios.compare.compared import Compared

LOOKS = (
    line(DARK, width=2.4),
    line("#d9772b", DASHED),
    line("#8a8a8a", DUE, 1.8),
    line("#7fb2d6", DASH_DOT),
    line(INK, (5, 2, 1, 2, 1, 2), 1.2),
)
"""Looks of scenarios in their order, told apart by lightness and line; more than these take turns."""
_MARKERS: tuple[Marker, ...] = ("circle", "square", "diamond", "up", "down")
"""Markers of scenarios after the first in their order; more than these take turns."""
_WRAPPED = 24
"""Characters after which the name of a scenario goes on in a new line."""
_APART = 0.16
"""Between the points of two scenarios in the same year."""


@dataclass(frozen=True)
class Measure:
    """One series of a comparison: ``kind`` is ``count``, ``share`` or ``days``."""

    series: str
    kind: str

    @property
    def title(self) -> Say:
        """What the series is called."""
        return say(f"comparison.series.{self.series}")

    def number(self, value: float) -> Number:
        """A value of the series with its unit."""
        return Number(value, {"share": "probability", "days": "days_exact", "count": "rough"}[self.kind], 1)


MONTHLY: Mapping[str, tuple[Measure, ...]] = {
    "comparison-applications": (Measure("applications", "count"),),
    "comparison-dispatched": (Measure("dispatched", "count"),),
    "comparison-backlog": (Measure("backlog", "count"),),
    "comparison-answered": (Measure("calls_answered_share", "share"), Measure("helpdesk_answered_share", "share")),
    "comparison-certificates": (Measure("certificates_wait_days", "days"),),
}
"""The panels of each chart by month, from top to bottom."""


def _identity(data: Comparison) -> Mapping[str, Value]:
    return {**vars(data), "scenario": ", ".join(data.names)}


def _name(name: str) -> str:
    """A scenario's name for the margin: long ones broken where parts are joined."""
    return name.replace("+", "+\n") if len(name) > _WRAPPED else name


def over_each_other(chart: str, data: Comparison) -> Drawing:
    """Mean of each scenario as a line, 10-90 % of its replications as a band; months that it lacks are left empty."""
    measures = MONTHLY[chart]
    panels = [_by_month(data, measure) for measure in measures]
    return drawing(chart, _identity(data), panels, height=4.9 if len(panels) == 1 else 6.4)


def _by_month(data: Comparison, measure: Measure) -> Panel:
    curves = tuple(_curve(data, place, name, measure.series) for place, name in enumerate(data.names))
    top = largest(*(curve.high for curve in curves))
    counts = top if measure.kind == "count" else 0.0
    axis, title = Months(data.months), Bracketed(measure.title, Magnitude(counts))
    if not any(isfinite(value) for curve in curves for value in curve.values):
        return Panel(axis, title=title)
    if measure.kind == "share":
        lowest = min(value for curve in curves for value in curve.low if isfinite(value))
        bottom = max(0.0, floor(min(lowest, 0.9) * 20 - 0.2) / 20)
        return Panel(axis, Scale(bottom, 1 + 0.02 * (1 - bottom), unit="share"), curves, title, key=key(*curves))
    high = 1.08 * max(top, 1.0 if measure.kind == "days" else 10.0)
    note = say("comparison.hardly_any") if unseen(top, high) else ""
    return Panel(axis, Scale(0, high, counts=counts), curves, title, note, key(*curves))


def _curve(data: Comparison, place: int, name: str, series: str) -> Series:
    own = data.series[name]
    places = {month: at for at, month in enumerate(own["months"])}
    mean, low, high = (
        amounts(own[series][end][places[month]] if month in places else None for month in data.months)
        for end in ("mean", "low", "high")
    )
    return Series(mean, low=low, high=high, look=LOOKS[place % len(LOOKS)], name=_name(name))


def differences(chart: str, kind: str, data: Comparison) -> Drawing:
    """The differences of a kind (``target``, ``key_figure``); those exactly equal in all years have no panel."""
    rows = [row for row in data.rows if row.kind == kind and row.clear is not None]
    moved = dict.fromkeys(row.id for row in rows if outcome(row) != "equal")
    periods = list(dict.fromkeys(row.period for row in rows))
    panels = [
        _of_figure(data, [row for row in rows if row.id == own], periods)
        for own in dict.fromkeys(row.id for row in rows)
        if own in moved
    ]
    if panels:
        panels[0] = replace(panels[0], key=_key(data))
    nothing = Panel(Names(()), note=say("comparison.all_equal"))
    return drawing(chart, _identity(data), panels or [nothing], height=1.95 + 1.15 * max(len(panels), 1.6))


def _of_figure(data: Comparison, rows: Sequence[Compared], periods: Sequence[str]) -> Panel:
    factor, counts, unit = _unit(rows)
    points = (_difference(data, row, periods.index(row.period), factor) for row in rows if row.difference is not None)
    scale = Scale(counts=counts, bins=4, margin=0.15)
    marks: tuple[Mark, ...] = (Rule(0, line(width=0.9)), *points)
    return Panel(Names(tuple(map(Period, periods))), scale, marks, Bracketed(cells.name(rows[0]), unit), key=())


def _unit(rows: Sequence[Compared]) -> tuple[float, float, Value]:
    """What a difference is multiplied by, up to what count it is drawn, and the unit it is then in."""
    if statistics.unit(rows[0].statistic) == "share":
        return 100.0, 0.0, say("comparison.unit_points")
    if rows[0].kind == "target" and statistics.unit(rows[0].statistic) == "days":
        return 1.0, 0.0, say("comparison.unit_days")
    top = largest(*(map(abs, (row.difference or 0.0, *_whisker(row))) for row in rows))
    return 1.0, top, Magnitude(top)


def _whisker(row: Compared) -> tuple[float, float]:
    """The ends of a line; the point alone where it cannot be told."""
    low, high = (row.difference, row.difference) if untold(row) else (row.low, row.high)
    return low or 0.0, high or 0.0


def _difference(data: Comparison, row: Compared, year: int, factor: float) -> Series:
    """Filled if clear, hollow if chance explains it, without a line if it cannot be told, a dot if there is none."""
    place = data.names.index(row.scenario)
    at = year + _APART * (place - 1 - (len(data.names) - 2) / 2)
    look = point("dot", _color(place)) if outcome(row) == "equal" else _point(place, bool(row.clear))
    low, high = (amounts([factor * end]) for end in _whisker(row))
    value = amounts([factor * (row.difference or 0.0)])
    return Series(value, (at,), low, high, replace(look, width=1.6), whiskers=True)


def _color(place: int) -> str:
    return LOOKS[place % len(LOOKS)].color


def _point(place: int, clear: bool) -> Look:
    return point(_MARKERS[(place - 1) % len(_MARKERS)], _color(place), "" if clear else "white", 5.5)


def _key(data: Comparison) -> tuple[Label, ...]:
    several = len(data.names) > 2
    names = [Label(_name(name), _point(place, True)) for place, name in enumerate(data.names) if place and several]
    unclear = "too_few" if any(outcome(row) == "too_few" for row in data.rows) else "chance"
    color = INK if several else _color(1)
    return (
        *names,
        Label(say("comparison.clear"), point("circle", color)),
        Label(say(f"comparison.{unclear}"), point("circle", color, "white")),
        Label(say("comparison.result.equal"), point("dot", color)),
    )


CHARTS: Mapping[str, Callable[[Comparison], Drawing]] = {
    "comparison-targets": partial(differences, "comparison-targets", "target"),
    "comparison-figures": partial(differences, "comparison-figures", "key_figure"),
    **{chart: partial(over_each_other, chart) for chart in MONTHLY},
}
"""What draws each chart, by the id that names its files and texts."""
