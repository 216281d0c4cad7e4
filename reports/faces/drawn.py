"""Charts of Excel's own, drawn of the columns of a sheet."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart

from reports import values
from reports.catalogue import Catalogue
from reports.document import Block, Plot
from reports.faces.cells import Column
from reports.sheets import FONT

COLORS = ("#0B3C5D", "#D98A3D", "#7D9BB0", "#8A5A2B", "#AEBFCB", "#F2DCB3", "#3D3D3D", "#7D7D7D", "#E3E9EE")
"""Told apart by lightness, so that a chart reads in grey."""
ROWS = 20
"""Rows of a sheet that a chart takes."""
ON_A_PAGE = 3
"""So many charts under each other stand on an upright page."""
_HIGH = 0.5
"""Lines of shares that are all above this are drawn from there on."""
_DASHES = ("solid", "dash", "long_dash_dot", "square_dot")
_HATCHES = ("small_check", "wide_upward_diagonal", "wide_downward_diagonal", "dark_vertical")
_WIDTH, _HEIGHT = 860, 380
_KINDS = {
    "line": {"type": "line"},
    "column": {"type": "column"},
    "stacked": {"type": "column", "subtype": "stacked"},
    "bar": {"type": "bar"},
    "points": {"type": "scatter", "subtype": "straight_with_markers"},
}


@dataclass(frozen=True)
class Span:
    """Rows ``first`` to ``last`` of a sheet, the row ``top`` of its headings, and its columns."""

    sheet: str
    top: int
    first: int
    last: int
    laid: Sequence[Column]

    def column(self, of: int | tuple[int, str]) -> int:
        """The place of a table's column in the sheet: its first number, or the one of that name."""
        column, part = of if isinstance(of, tuple) else (of, None)
        return next(
            place
            for place, own in enumerate(self.laid)
            if own.of == column and (own.main if part is None else own.part == part)
        )

    def ends(self, plot: Plot, of: int | tuple[int, str]) -> tuple[int, int] | None:
        """The places of both ends of the interval of what is drawn; None where it has none."""
        if plot.ends is not None:
            return self.column(plot.ends[0]), self.column(plot.ends[1])
        column = of[0] if isinstance(of, tuple) else of
        parts = {own.part: place for place, own in enumerate(self.laid) if own.of == column}
        return (parts["low"], parts["high"]) if {"low", "high"} <= set(parts) else None

    def numbers(self, place: int, first: int, last: int) -> list[float | None]:
        """What stands in a column from one row to another; None for what is no number."""
        cells = self.laid[place].cells[first - self.top - 1 : last - self.top]
        return [float(cell.content) if isinstance(cell.content, int | float) else None for cell in cells]

    def stretches(self, by: int | None) -> Iterator[tuple[int, int, str]]:
        """First and last row of each stretch that is alike in a column, with what it is called; all without one."""
        if by is None:
            yield self.first, self.last, ""
            return
        cells = self.laid[self.column(by)].cells
        rows = range(self.first, self.last + 1)
        for name, own in groupby(rows, lambda row: cells[row - self.top - 1].shown):
            found = list(own)
            yield found[0], found[-1], name


_NAMES = 24
"""So few names along an axis are all written, however long they are."""


def chart(book: Workbook, cat: Catalogue, plot: Plot, block: Block, span: Span) -> Chart:
    """The chart of a plot, with what stands at its axes; not yet in a sheet."""
    made: Chart = book.add_chart(_KINDS[plot.kind])
    over = span.column(plot.over)
    drawn = [(of, stretch) for of in (*plot.of, *plot.dashed) for stretch in span.stretches(plot.by)]
    for number, (of, (first, last, name)) in enumerate(drawn):
        place = span.column(of)
        made.add_series(
            {
                "name": name or [span.sheet, span.top, place],
                "categories": [span.sheet, first, over, last, over],
                "values": [span.sheet, first, place, last, place],
                **_look(plot, number, of in plot.dashed, last - first),
                **_interval(plot, span, of, first, last),
            }
        )
    title = values.text(cat, plot.title or block.heading)
    font = {"name": FONT[cat.lang]}
    made.set_title({"name": title, "name_font": {**font, "size": 12}} if title else {"none": True})
    _axes(made, cat, plot, span, over)
    made.set_legend({"position": "bottom", "font": font} if len(drawn) > 1 else {"none": True})
    made.show_blanks_as("gap")
    made.set_size({"width": _WIDTH, "height": _HEIGHT})
    return made


def _interval(plot: Plot, span: Span, of: int | tuple[int, str], first: int, last: int) -> dict[str, Any]:
    """How far the interval of each value reaches to both sides; nothing where there is none, or values are stacked."""
    ends = span.ends(plot, of)
    if ends is None or plot.kind == "stacked" or of in plot.dashed:
        return {}
    amounts, lows, highs = (span.numbers(place, first, last) for place in (span.column(of), *ends))
    minus, plus = list(map(_reach, amounts, lows)), list(map(_reach, amounts, highs))
    line = {"color": "#1A1A1A", "width": 0.75}
    told = {"type": "custom", "minus_values": minus, "plus_values": plus, "line": line}
    return {"y_error_bars": told} if any(minus) or any(plus) else {}


def _reach(value: float | None, end: float | None) -> float:
    """How far an end lies from the value; nothing where one of them is not known."""
    return 0.0 if value is None or end is None else abs(end - value)


def _axes(made: Chart, cat: Catalogue, plot: Plot, span: Span, over: int) -> None:
    """What is drawn with its unit at one axis, over what at the other; bars go down from the first."""
    font = {"name": FONT[cat.lang], "size": 9}
    named = {"name_font": {"name": FONT[cat.lang], "size": 10, "bold": False}, "num_font": font}
    along: dict[str, Any] = {
        "name": span.laid[over].heading,
        "label_position": "low",
        **named,
        **_ticks(cat, plot, span, over),
    }
    across: dict[str, Any] = {
        "name": values.text(cat, plot.unit),
        "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
    }
    if plot.kind == "bar":
        along |= {"reverse": True, "major_gridlines": {"visible": False}}
    across |= {**named, **_scale(plot, span)}
    first, second = (across, along) if plot.kind == "bar" else (along, across)
    made.set_x_axis(first)
    made.set_y_axis(second)


def _scale(plot: Plot, span: Span) -> dict[str, Any]:
    """Numbers along an axis are written as in the sheet; shares end at 100 %, and lines of high ones begin above 0."""
    places = [span.column(of) for of in (*plot.of, *plot.dashed)]
    rows = slice(span.first - span.top - 1, span.last - span.top)
    cells = [cell for place in places for cell in span.laid[place].cells[rows] if isinstance(cell.content, int | float)]
    if not cells:
        return {}
    shape = cells[0].shape
    if "%" not in shape:
        return {"num_format": shape}
    amounts = [float(cell.content) for cell in cells if isinstance(cell.content, int | float)]
    ends: dict[str, Any] = {"num_format": "0%"} | ({"max": 1.0} if max(amounts) <= 1 else {})
    lows = [span.ends(plot, of) for of in plot.of] if plot.kind == "line" else []
    below = [low for ends in lows if ends for low in span.numbers(ends[0], span.first, span.last) if low is not None]
    lowest = math.floor(10 * min(amounts + below)) / 10
    return ends | ({"min": lowest if lowest >= _HIGH else 0.0} if plot.kind == "line" and min(amounts) >= 0 else {})


def _ticks(cat: Catalogue, plot: Plot, span: Span, over: int) -> dict[str, Any]:
    """How names, years and months are written along an axis: every one as it stands, without gaps."""
    held = span.laid[over].cells[span.first - span.top - 1]
    if isinstance(held.content, datetime):
        return {"text_axis": True, "num_format": "yyyy/m"}
    if plot.kind == "points":
        return {"num_format": held.shape}
    if isinstance(held.content, str) and span.last - span.first < _NAMES:
        return {"interval_unit": 1}
    if isinstance(held.content, int) and held.shape != "#,##0":
        return {"num_format": cat.text("workbook.year_axis")}
    return {}


def _look(plot: Plot, number: int, held_against: bool, steps: int) -> dict[str, Any]:
    """Lines told apart by lightness and dashes, markers where there are few points; areas by lightness.

    Once all colours are taken, areas are hatched and dashes go on from another one.
    """
    again, place = divmod(number, len(COLORS))
    color = COLORS[place]
    if plot.kind in ("column", "stacked", "bar"):
        hatched = {"pattern": _HATCHES[again % len(_HATCHES)], "fg_color": color, "bg_color": "#FFFFFF"}
        fill = {"pattern": hatched} if again else {"fill": {"color": color}}
        return {**fill, "border": {"color": "#5F5F5F", "width": 0.5}, "gap": 60}
    if held_against:
        return {"line": {"color": "#1A1A1A", "width": 1.5, "dash_type": "dash"}, "marker": {"type": "none"}}
    marker = {"type": "circle", "size": 5, "fill": {"color": color}, "border": {"color": color}}
    dash = _DASHES[(number // 2 + again) % len(_DASHES)]
    line = {"color": color, "width": 2, "dash_type": dash}
    return {"line": line, "marker": marker if steps < 24 else {"type": "none"}}
