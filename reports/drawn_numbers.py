"""The numbers of a drawing as tables, one a panel: what its marks say at each place, in the words of its axes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from math import isfinite
from typing import TypeAlias

from reports.document import (
    Bracketed,
    Figures,
    Joined,
    Labelled,
    Magnitude,
    Number,
    Period,
    Range,
    Ranged,
    Say,
    Table,
    Value,
    say,
    value_range,
)
from reports.drawing import (
    Amount,
    Arrow,
    Axis,
    Bars,
    Box,
    Cells,
    Days,
    Drawing,
    Months,
    Names,
    Panel,
    Rule,
    Scale,
    Series,
)

At: TypeAlias = tuple[float, float | None]
"""The place of a row on its panel; and its value, where rows are told apart by both."""


@dataclass(frozen=True)
class Numbers:
    """A panel as a table, ``at`` where each of its rows lies, with what stands beside and above the panel as notes."""

    title: Value
    table: Table
    at: tuple[At, ...]
    notes: tuple[Value, ...]


@dataclass
class _Column:
    name: Value
    cells: dict[float, Value] = field(default_factory=dict)


def numbers(drawing: Drawing) -> tuple[Numbers | None, ...]:
    """A table a panel, None where it has nothing to tell."""
    panels = [panel for panel in drawing.panels if panel is not None]
    known = [axis for panel in panels for axis in (panel.places, panel.values) if isinstance(axis, Scale) and axis.name]
    return tuple(_numbers(panel, known) if panel is not None else None for panel in drawing.panels)


def whole(value: Value) -> Value:
    """A unit or title of counts without the step in which they are drawn, since a table has them in full."""
    match value:
        case Magnitude(amount=None):
            return Magnitude(1.0)
        case Say(key, values):
            return Say(key, {name: whole(each) for name, each in values.items()})
        case Joined(values, by):
            return Joined(tuple(map(whole, values)), by)
        case Bracketed(text, inside):
            return Bracketed(whole(text), whole(inside))
    return value


def _numbers(panel: Panel, known: list[Scale]) -> Numbers | None:
    cells = [mark for mark in panel.marks if isinstance(mark, Cells)]
    places, values = (_with_name(axis, known) for axis in (panel.places, panel.values))
    panel = replace(panel, places=places, values=values)
    stages = any(isinstance(mark, Box) for mark in panel.marks)
    headings, rows = _of_cells(panel, cells) if cells else _of_boxes(panel) if stages else _of_lines(panel)
    if not rows:
        return None
    lines = (mark for mark in panel.marks if isinstance(mark, Rule) and mark.name and mark.to is None)
    told = (Labelled(line.name, _amount(panel.places if line.upright else panel.values, line.at)) for line in lines)
    table = Table(headings, tuple(row for _, row in rows))
    withheld = (say("chart.table.withheld"),) if _withheld(panel) else ()
    notes = (*told, *panel.above, *panel.aside, *withheld)
    return Numbers(whole(panel.title), table, tuple(at for at, _ in rows), notes)


def _withheld(panel: Panel) -> set[float]:
    return {place for mark in panel.marks if isinstance(mark, Series) for place in mark.withheld}


def _with_name(axis: Axis, known: list[Scale]) -> Axis:
    """An axis with the name that stands at another panel's, where they share it."""
    if not isinstance(axis, Scale) or axis.name:
        return axis
    return next((other for other in known if replace(other, name="") == axis), axis)


Rows: TypeAlias = list[tuple[At, tuple[Value, ...]]]


def _of_cells(panel: Panel, marks: list[Cells]) -> tuple[tuple[Value, ...], Rows]:
    """A row a cell, by its name or by its place and value."""
    marks = [mark for mark in marks if mark.called is not None]
    if not marks:
        return (), []
    named, called = bool(marks[0].names), marks[0].called or say("column.value")
    axes = (panel.places,) if named else (panel.places, panel.values)
    rows: Rows = []
    for mark in marks:
        for number, at in enumerate(zip(mark.places, mark.values, strict=True)):
            names = (mark.names[number],) if named else map(_place, axes, at)
            rows.append((at, (*names, _in_cell(mark, number))))
    headings = (say("chart.table.row"),) if named else map(_heading, axes)
    return (*headings, called), rows


def _in_cell(mark: Cells, number: int) -> Value:
    """An amount, with its interval where it has one."""
    if not mark.low:
        return Number(mark.amounts[number], mark.unit, 1)
    return value_range(mark.amounts[number], mark.low[number], mark.high[number], mark.unit, 1)


def _of_boxes(panel: Panel) -> tuple[tuple[Value, ...], Rows]:
    """A row an arrow, from a box to another, and a row for each thing that is told of a box."""
    rows: Rows = []
    for mark in panel.marks:
        if isinstance(mark, Arrow) and mark.amount is not None:
            rows.append((mark.middle, (mark.start, mark.end, mark.name, _in_full(mark.amount))))
        elif isinstance(mark, Box):
            own = (mark.place, mark.value)
            rows.extend((own, (mark.name, "", what, _in_full(amount))) for what, amount in mark.told)
    return tuple(say(f"chart.table.{name}") for name in ("from", "to", "what", "amount")), rows


def _in_full(amount: Amount) -> Amount:
    return replace(amount, words="format.value_range") if isinstance(amount, Ranged) else amount


def _of_lines(panel: Panel) -> tuple[tuple[Value, ...], Rows]:
    """A row a place, a column a name: several where marks of one name have several values at a place."""
    columns: list[list[_Column]] = []
    names: dict[float, Value] = {}
    for mark in panel.marks:
        if not isinstance(mark, Series | Bars) or (name := _name(panel, mark)) is None:
            continue
        own = next((found for found in columns if found[0].name == name), None)
        if own is None:
            columns.append(own := [_Column(name)])
        for at, cell, told in _told(panel, mark):
            names.setdefault(at, told)
            _put(own, at, cell)
    beside = _beside(panel.places)
    filled = [*((each, at if len(own) > 1 else 0) for own in columns for at, each in enumerate(own, 1)), *beside]
    headings = (say("chart.table.numbered", name=each.name, number=at) if at else each.name for each, at in filled)
    rows: Rows = [
        ((at, None), (names[at], *(each.cells.get(at) for each, _ in filled)))
        for at in sorted(set(names) - _withheld(panel))
    ]
    dated = all(isinstance(name, date) for name in names.values())
    return (say("chart.table.day") if dated else _heading(panel.places), *headings), rows


def _beside(axis: Axis) -> Iterator[tuple[_Column, int]]:
    """What stands at the right of named rows."""
    if isinstance(axis, Names) and axis.right and any(axis.names):
        yield _Column(say("chart.table.beside"), dict(enumerate(axis.right))), 0


def _put(columns: list[_Column], at: float, cell: Value) -> None:
    """A cell in the first column that has none there; an interval completes a number of its name."""
    for column in columns:
        there = column.cells.get(at)
        if isinstance(there, Number) and isinstance(cell, Range):
            column.cells[at] = Ranged(there, cell.low, cell.high, "format.value_range")
            return
        if there is None:
            column.cells[at] = cell
            return
    columns.append(_Column(columns[0].name, {at: cell}))


def _name(panel: Panel, mark: Series | Bars) -> Value:
    """What a mark is called: beside it, in the key, or in tables alone; None where a table leaves it out."""
    labels = (label.name for label in panel.key or () if label.look == mark.look)
    bare = say("chart.table.interval" if isinstance(mark, Series) and not mark.values else "column.value")
    return None if mark.called is None else mark.name or mark.called or next(labels, bare)


def _told(panel: Panel, mark: Series | Bars) -> Iterator[tuple[float, Value, Value]]:
    """Each place of a mark that has something, its cell, and what the place is called."""
    ends = (mark.low, mark.high) if isinstance(mark, Series) and not _stands_on_zero(mark) else ((), ())
    names = mark.names if isinstance(mark, Series) else ()
    count = max(len(mark.values), len(ends[0]))
    for number, place in enumerate(mark.places or range(count)):
        value, low, high = (own[number] if own else float("nan") for own in (mark.values, *ends))
        cell = _cell(panel.values, value, low, high)
        if cell is not None:
            at = float(round(place) if isinstance(panel.places, Months | Names) else place)
            yield at, cell, names[number] if names else _place(panel.places, at)


def _stands_on_zero(mark: Series) -> bool:
    """Whether what looks like an interval is the area or the stem below a value."""
    return not any(mark.low) and mark.high == mark.values


def _cell(axis: Axis, value: float, low: float, high: float) -> Value:
    """A value with its interval, or the one of them that there is."""
    shown, start, end = (_amount(axis, each) for each in (value, low, high))
    if start is None or end is None or low == high == value:
        return shown
    if not isinstance(start, Number) or not isinstance(end, Number):
        words = "format.range" if shown is None else "format.value_range"
        return Figures(words, {"value": shown, "low": start, "high": end})
    return Ranged(shown, start, end, "format.value_range") if isinstance(shown, Number) else Range(start, end)


def _amount(axis: Axis, amount: float) -> Value:
    """An amount along an axis; None where there is none."""
    if not isfinite(amount):
        return None
    match axis:
        case Days():
            return date.fromordinal(int(amount))
        case Scale(unit="share"):
            return Number(amount, "probability", 1)
        case Scale(unit="share_exact"):
            return Number(amount, "rate")
        case Scale():
            return Number(amount, axis.unit or "significant")
        case Months() | Names():
            return _place(axis, amount)


def _place(axis: Axis, at: float) -> Value:
    """What a place along an axis is called: its month, day, name or tick, else its number."""
    match axis:
        case Months():
            return Period(axis.months[round(at)])
        case Names():
            own, more = (names[round(at)] if names else "" for names in (axis.names, axis.right))
            return own or more or Number(at + 1)
        case Scale() if axis.ticks:
            tick, text = min(axis.ticks, key=lambda tick: abs(tick[0] - at))
            if abs(tick - at) < 1e-9 or not isinstance(text, Number):
                return text
    return _amount(axis, at)


def _heading(axis: Axis) -> Value:
    """What the places along an axis are."""
    match axis:
        case Months():
            return say("column.month")
        case Days():
            return say("chart.table.day")
        case Names():
            years = axis.names and all(isinstance(name, Period) for name in axis.names)
            return say("column.year" if years else "chart.table.row")
        case Scale():
            return axis.name or say("chart.table.row" if _worded(axis) else "chart.table.place")


def _worded(axis: Scale) -> bool:
    """Whether its ticks are names, not numbers."""
    return bool(axis.ticks) and not any(isinstance(text, Number) for _, text in axis.ticks or ())
