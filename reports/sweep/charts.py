"""Charts of a sweep: of each target that moves how it answers to what is varied, and which inputs drive it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from reports import parameter_texts
from reports.catalogue import known
from reports.charting import amounts, small_print
from reports.document import Bracketed, Joined, Number, Opening, Period, Shortened, Value, say
from reports.drawing import Cells, Drawing, Mark, Panel, Rule, Scale, Series, Words
from reports.looks import DARK, INK, TODAY, WARM, Look, line, point
from reports.sweep import driver_charts, words
from scenarios.sweep.record import Crossed, Doubt, Drawn, Points, Row, Screened, Sweep, Varied
from sim.calendar import RUN

_BESIDE = 4
"""Fiscal years beside each other; more go on below."""
_COLUMNS = 3
_GROUPS = 5
"""Groups of neighbouring points of a Latin hypercube, over each of which a mean is taken."""
_MOST_LABELS = 12
"""So many values along an axis still have room for a number in each cell, and for a tick each."""
_SHADES = ("#ffffff", "#9dc3de", DARK)
_SHORT = 54
"""Half-width characters of a meaning, where two stand beside each other."""
Panels: TypeAlias = list[Panel | None]
_ASKED = line(INK, (1, 1.5), 0.9)
_ANSWER = point("circle", DARK, size=3.5)
_MET = say("sweep.chart.probability_axis")


@dataclass(frozen=True)
class Chart:
    """A chart of one target: ``kind`` is ``response``, ``swings``, ``effects``, ``shares`` or ``correlations``."""

    kind: str
    doubt: Doubt

    @property
    def name(self) -> str:
        """Its file name, without ending."""
        return f"sweep-{self.kind}-{re.sub(r'[^a-z0-9.]+', '-', self.doubt.id)}"

    @property
    def title(self) -> Opening:
        """What it is called on the page."""
        names = {"target": words.target(self.doubt), "year": Period(self.doubt.period)}
        return Opening(say(f"sweep.chart.{self.kind}_title", **names))

    def drawing(self, data: Sweep) -> Drawing:
        """What it draws of a sweep."""
        if not isinstance(data.found, Points):
            return driver_charts.drawing(data, data.found, self.doubt, self.kind)
        return {1: _curves, 2: _map}.get(len(data.varied), _pooled)(data, data.found, self.doubt)


def charts(data: Sweep) -> list[Chart]:
    """The charts that a sweep has: of each target that moves, what there is to draw."""
    match data.found:
        case Points():
            return [Chart("response", doubt) for doubt in data.moving]
        case Drawn():
            return [Chart("correlations", doubt) for doubt in data.moving]
        case Screened() as found:
            kinds = ("swings", "effects", "shares")
            return [Chart(kind, doubt) for kind in kinds for doubt in data.moving if found.found(kind, doubt)]


def _drawing(
    data: Sweep, doubt: Doubt, kind: str, unit: Value, rows: Sequence[Panels], heights: Sequence[float], gap: float
) -> Drawing:
    """Rows of panels of these heights; they, and the gap between them, in inches."""
    reading = say(f"sweep.chart.{kind}_reading" + ("" if doubt.computed is None else "_computed"))
    return Drawing(
        unit,
        small_print(reading, data),
        tuple(panel for row in rows for panel in row),
        height=sum(heights) + 2.0 + gap * (len(rows) - 1),
        columns=len(rows[0]),
        ratios=amounts(heights),
        left=1.0,
        right=0.3,
        gap=gap * len(rows) / sum(heights),
        shared=False,
    )


def _rows(panels: Sequence[Panel], columns: int) -> list[Panels]:
    """Panels by row, the last filled up with none."""
    filled = [*panels, *[None] * (-len(panels) % columns)]
    return [filled[first : first + columns] for first in range(0, len(filled), columns)]


def _along(own: Varied, name: Value = "", bins: int = 4) -> Scale:
    """Values of an input along an axis: few ticks, at simulated values where those are few."""
    spare = 0.05 * (own.high - own.low)
    few = own.values is not None and len(own.values) <= bins + 2
    ticks = tuple((value, Number(value, "input")) for value in own.values or ()) if few else None
    return Scale(own.low - spare, own.high + spare, ticks, unit="input", bins=0 if few else bins, name=name)


def _today(own: Varied, period: str) -> float:
    return own.today.get(period, own.today[RUN])


def _mark(axis: Scale, today: float) -> Iterator[Rule]:
    """A dashed line at what the scenario has, where the axis reaches it."""
    if axis.low is not None and axis.high is not None and axis.low <= today <= axis.high:
        yield Rule(today, line(WARM, TODAY, 1.2), upright=True)


def _probability(name: Value = "") -> Scale:
    """0 to 100 % upwards."""
    ticks = tuple((tick, Number(tick, "percent")) for tick in (0.0, 0.25, 0.5, 0.75, 1.0))
    return Scale(-0.04, 1.04, ticks, unit="share", name=name)


def _curves(data: Sweep, found: Points, doubt: Doubt) -> Drawing:
    """Probability of meeting the target, and its value, against the one input that is varied, a column a year."""
    (own,) = data.varied
    years = found.years(doubt.id)
    columns = min(len(years), _BESIDE)
    above, below = (
        _rows([panel(own, found, doubt, period, not at % columns) for at, period in enumerate(years)], columns)
        for panel in (_chance, _value)
    )
    rows = [row for pair in zip(above, below, strict=True) for row in pair]
    inside = Joined((own.path, ", ", words.unit(own)), "") if own.unit else own.path
    title = say("format.parenthesis", text=parameter_texts.meaning_of(own.path), inside=inside)
    # years that go on below need room for their name between the numbers above and the panel
    return _drawing(data, doubt, "curves", title, rows, [1.5, 1.9] * len(above), 0.32 if len(above) == 1 else 0.6)


def _chance(own: Varied, found: Points, doubt: Doubt, period: str, first: bool) -> Panel:
    axis = _along(own)
    marks: list[Mark] = [
        *_mark(axis, _today(own, period)),
        _answer(found.at(doubt.id, period), own, "probability", _ANSWER),
    ]
    for row in found.crosses(doubt.id, period):
        marks += _crossing(row, axis)
    name = say("sweep.chart.probability_axis") if first else ""
    return Panel(axis, _probability(name), tuple(marks), Period(period), key=())


def _value(own: Varied, found: Points, doubt: Doubt, period: str, first: bool) -> Panel:
    axis, look = _along(own), Look(DARK, 1.4, marker="circle", size=3.5)
    marks: list[Mark] = [*_mark(axis, _today(own, period)), _answer(found.at(doubt.id, period), own, "value", look)]
    if doubt.threshold is not None:
        marks.append(Rule(doubt.threshold, _ASKED))
    unit = "share_exact" if driver_charts.in_points(doubt) else doubt.statistic
    return Panel(axis, Scale(unit=unit, name=say("sweep.chart.value_axis") if first else ""), tuple(marks))


def _answer(rows: Sequence[Row], own: Varied, middle: str, look: Look) -> Series:
    """What comes out at each value of an input, with its interval."""
    rows = sorted(rows, key=lambda row: row.varied[own.path])
    ends = ("low", "high") if middle == "value" else ("probability_low", "probability_high")
    values, low, high = (amounts(getattr(row, name) for row in rows) for name in (middle, *ends))
    called = say(f"sweep.chart.{middle}_axis")
    return Series(values, amounts(row.varied[own.path] for row in rows), low, high, look, called=called)


def _crossing(row: Crossed, axis: Scale) -> Iterator[Mark]:
    """The monotone fit, and between which points it reaches the probability asked for, with the interval."""
    asked = row.probability
    yield Series(amounts(row.fit), amounts(row.values), look=line(DARK, width=1.4), called=say("sweep.chart.fit"))
    yield Rule(asked, _ASKED)
    if row.found == "within":
        ends = amounts(end if own is None else own for own, end in ((row.low, axis.low), (row.high, axis.high)))
        yield Series((asked, asked), ends, look=line(WARM, width=2.4, opacity=0.6), called=None)
        reached = line(WARM, width=5.5)
        yield Series((asked, asked), amounts(row.between), look=reached, called=say("sweep.chart.reached"))


def _map(data: Sweep, found: Points, doubt: Doubt) -> Drawing:
    """The probability of meeting a target as a map of two inputs, a panel a fiscal year."""
    across, upward = data.varied
    years, grid = found.years(doubt.id), data.design == "grid"
    columns = min(len(years), _COLUMNS)
    last = (len(years) - 1) // columns
    draw = _cells if across.values and upward.values and grid else _dots
    panels = []
    for at, period in enumerate(years):
        below, beside = across.path if at // columns == last else "", "" if at % columns else upward.path
        panels.append(draw(data, found.at(doubt.id, period), period, below, beside))
    rows = _rows(panels, columns)
    unit = say("sweep.chart.map_unit", across=_short(across), upward=_short(upward))
    kind = "map" if grid else "points"
    return _drawing(data, doubt, kind, unit, rows, [2.6] * len(rows), 0.5)


def _short(own: Varied) -> Value:
    """An input whose path stands at its axis: meaning and unit, cut where it is too long."""
    budgeted = f"prices.item.{own.path}"  # says whose seats they are
    meaning = say(budgeted) if known(budgeted) else parameter_texts.meaning_of(own.path)
    return Bracketed(Shortened(meaning, _SHORT), words.unit(own) if own.unit else own.path)


def _cells(data: Sweep, rows: Sequence[Row], period: str, below: str, beside: str) -> Panel:
    """Every combination as a cell, in order of values; today's point where it lies between them."""
    across, upward = data.varied
    x, y = sorted(across.values or ()), sorted(upward.values or ())
    places, values = (
        amounts(values.index(row.varied[own.path]) for row in rows) for own, values in ((across, x), (upward, y))
    )
    shares = amounts(row.probability for row in rows)
    marks: list[Mark] = [Cells(places, values, shares, _SHADES, size=(1.0, 1.0), called=_MET)]
    if max(len(x), len(y)) <= _MOST_LABELS:
        marks += [
            Words(Number(share, "whole"), place, value, color="white" if share > 0.7 else INK, size=7.5)
            for place, value, share in zip(places, values, shares, strict=True)
        ]
    today = [_today(own, period) for own in data.varied]
    if x[0] <= today[0] <= x[-1] and y[0] <= today[1] <= y[-1]:
        at = (float(np.interp(now, own, range(len(own)))) for now, own in zip(today, (x, y), strict=True))
        marks.append(_cross(*at))
    return Panel(_places(x, 6, below), _places(y, _MOST_LABELS, beside), tuple(marks), Period(period))


def _places(values: Sequence[float], most: int, name: str) -> Scale:
    """Values one after another, whatever their distance, with a tick at some of them."""
    step = -(-len(values) // most)
    ticks = tuple((float(place), Number(values[place], "input")) for place in range(0, len(values), step))
    return Scale(-0.5, len(values) - 0.5, ticks, name=name)


def _dots(data: Sweep, rows: Sequence[Row], period: str, below: str, beside: str) -> Panel:
    """Points of a Latin hypercube where they lie."""
    across, upward = data.varied
    places, values = (amounts(row.varied[own.path] for row in rows) for own in data.varied)
    shares = amounts(row.probability for row in rows)
    today = [_today(own, period) for own in data.varied]
    inside = all(own.low <= now <= own.high for own, now in zip(data.varied, today, strict=True))
    marks = (Cells(places, values, shares, _SHADES, called=_MET), *([_cross(*today)] if inside else ()))
    return Panel(_along(across, below), _along(upward, beside, bins=6), marks, Period(period))


def _cross(place: float, value: float) -> Series:
    """Today's point."""
    return Series((value,), (place,), look=point("cross", WARM, size=10, halo=True))


def _pooled(data: Sweep, found: Points, doubt: Doubt) -> Drawing:
    """The probability of meeting a target against each of three or more inputs, the others pooled, in one year."""
    columns = min(len(data.varied), _COLUMNS)
    rows = _rows([_against(found, doubt, own, not at % columns) for at, own in enumerate(data.varied)], columns)
    unit = say("sweep.chart.panels_unit", year=Period(doubt.period))
    return _drawing(data, doubt, "panels", unit, rows, [2.0] * len(rows), 0.65)


def _against(found: Points, doubt: Doubt, own: Varied, first: bool) -> Panel:
    rows, axis = found.at(doubt.id, doubt.period), _along(own, own.path, bins=5)
    places, values = amounts(row.varied[own.path] for row in rows), amounts(row.probability for row in rows)
    means = [_mean(group, own) for group in _grouped(rows, own) if group]
    middle = amounts(mean for _, mean in means), amounts(at for at, _ in means)
    marks: tuple[Mark, ...] = (
        *_mark(axis, _today(own, doubt.period)),
        Series(values, places, look=Look(DARK, marker="circle", size=4, opacity=0.25), called=_MET),
        Series(*middle, look=line(DARK, width=1.8), called=say("sweep.chart.pooled")),
    )
    return Panel(axis, _probability(say("sweep.chart.probability_axis") if first else ""), marks)


def _grouped(rows: Sequence[Row], own: Varied) -> list[list[Row]]:
    """Rows at each value of a grid, or groups of neighbouring points."""
    if own.values:
        return [[row for row in rows if row.varied[own.path] == value] for value in sorted(own.values)]
    ordered = sorted(rows, key=lambda row: row.varied[own.path])
    parts = np.array_split(np.arange(len(ordered)), min(_GROUPS, len(ordered)))
    return [[ordered[place] for place in part.tolist()] for part in parts]


def _mean(group: Sequence[Row], own: Varied) -> tuple[float, float]:
    at, probability = zip(*((row.varied[own.path], row.probability) for row in group), strict=True)
    return float(np.mean(at)), float(np.mean(probability))
