"""Charts of a comparison: differences to the first scenario by fiscal year, and scenarios over each other by month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import floor, isfinite

from reports import differences, statistics
from reports.charting import amounts, drawing, key, largest, unseen
from reports.compare import cells
from reports.differences import none, shown
from reports.document import Bracketed, Magnitude, Number, Say, say
from reports.drawing import Drawing, Label, Months, Panel, Scale, Series
from reports.looks import DARK, DASH_DOT, DASHED, DUE, INK, Marker, line
from scenarios.compare.record import Compared, Comparison

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


def _name(name: str) -> str:
    """A scenario's name for the margin: long ones broken where parts are joined."""
    return name.replace("+", "+\n") if len(name) > _WRAPPED else name


def over_each_other(chart: str, data: Comparison) -> Drawing:
    """Mean of each scenario as a line, 10-90 % of its replications as a band; months that it lacks are left empty."""
    measures = MONTHLY[chart]
    panels = [_by_month(data, measure) for measure in measures]
    return drawing(chart, data, panels, height=4.9 if len(panels) == 1 else 6.4)


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
    places, band = {month: at for at, month in enumerate(own.months)}, getattr(own, series)
    mean, low, high = (
        amounts(getattr(band, end)[places[month]] if month in places else None for month in data.months)
        for end in ("mean", "low", "high")
    )
    return Series(mean, low=low, high=high, look=LOOKS[place % len(LOOKS)], name=_name(name))


def against_first(chart: str, kind: str, data: Comparison) -> Drawing:
    """The differences of a kind (``target``, ``key_figure``); those exactly equal in all years have no panel."""
    rows = [row for row in data.rows if row.kind == kind and row.clear is not None]
    moved = {row.id for row in rows if row.outcome != "equal"}
    periods = list(dict.fromkeys(row.period for row in rows))
    ids = (own for own in dict.fromkeys(row.id for row in rows) if own in moved)
    panels = [_of_figure(data, [row for row in rows if row.id == own], periods) for own in ids]
    return differences.chart(chart, data, panels, _key(data), say("comparison.all_equal"))


def _of_figure(data: Comparison, rows: Sequence[Compared], periods: Sequence[str]) -> Panel:
    share, days = (statistics.unit(rows[0].statistic) == unit for unit in ("share", "days"))
    points = []
    for row in rows:
        place = data.names.index(row.scenario)
        at = periods.index(row.period) + _APART * (place - 1 - (len(data.names) - 2) / 2)
        look = _color(place), _marker(place), 100.0 if share else 1.0
        points.append(differences.one(row, at, *look, called=row.scenario))
    unit = "points" if share else "days" if days and rows[0].kind == "target" else ""
    return differences.panel(cells.name(rows[0]), periods, points, say(f"comparison.unit_{unit}") if unit else None)


def _color(place: int) -> str:
    return LOOKS[place % len(LOOKS)].color


def _marker(place: int) -> Marker:
    return _MARKERS[(place - 1) % len(_MARKERS)]


def _key(data: Comparison) -> Iterator[Label]:
    color = _color(1)
    if len(data.names) > 2:
        color = INK
        for place, name in list(enumerate(data.names))[1:]:
            yield Label(_name(name), shown(True, _color(place), _marker(place)))
    unclear = "too_few" if any(row.outcome == "too_few" for row in data.rows) else "chance"
    yield Label(say("comparison.clear"), shown(True, color))
    yield Label(say(f"comparison.{unclear}"), shown(False, color))
    yield Label(say("comparison.result.equal"), none(color))


CHARTS: Mapping[str, Callable[[Comparison], Drawing]] = {
    "comparison-targets": partial(against_first, "comparison-targets", "target"),
    "comparison-figures": partial(against_first, "comparison-figures", "key_figure"),
    **{chart: partial(over_each_other, chart) for chart in MONTHLY},
}
"""What draws each chart, by the id that names its files and texts."""
