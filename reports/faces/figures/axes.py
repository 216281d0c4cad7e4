"""Axes of a panel: limits, what stands along them, faint lines across, the panel's heading."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal, assert_never

import numpy as np

from reports import formats, values
from reports.catalogue import Catalogue
from reports.document import Number, Period, Value, say
from reports.drawing import Axis, Box, Cells, Days, Months, Names, Panel, Scale
from reports.faces.figures.breaking import broken
from reports.faces.figures.labels import ALONG, BEYOND, NAME
from reports.faces.figures.plane import Plane, Room, squeezed
from reports.looks import FAINT, INK, QUIET
from sim import calendar

SHORT = 18
"""Runs of up to this many months show every month on their axis."""
_QUARTERS_UP_TO = 4 * 366
"""Days that a time line may have to show every quarter."""
_HEADING = 0.074
"""Inches that a half-width character takes in a panel's heading."""
_TICK = 0.55
"""Inches of a number along an axis with the gap to the next."""
_SHARES, _FINE, _TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5), (0.001, 0.002, 0.005), 7
"""Steps in which shares stand along an axis, those of one too short for them, and so many ticks at most if possible."""
Side = Literal["x", "y"]


def draw(plane: Plane, panel: Panel, room: Room) -> None:
    """Both axes, the heading above what stands between them, and the note where nothing is to see."""
    places: Side = "y" if plane.across else "x"
    amounts: Side = "x" if plane.across else "y"
    ax, rows = plane.ax, plane.across and isinstance(panel.places, Names)
    boxes = any(isinstance(mark, Box) for mark in panel.marks)
    ax.set_axisbelow(True)
    if panel.marks and not rows and not boxes and not _map(panel):
        ax.grid(axis=amounts, color=FAINT, linewidth=0.6)
    _axis(plane, places, panel.places)
    if panel.marks:
        _axis(plane, amounts, panel.values)
    else:
        ax.set_ylim(0, 1)
        ax.set_yticks([])
    if panel.even:
        _even(plane)
    if _map(panel) and not rows:
        for spine in ax.spines.values():
            spine.set(visible=True, color=FAINT)
    if boxes:
        ax.spines[:].set_visible(False)
    told = heading(plane.cat, panel, room.heading)
    look: dict[str, Any] = {"va": "bottom"} if "\n" in told else {}
    ax.set_title(told, loc="left", y=1, fontsize=10, color=INK, pad=4 + 72 * room.key, **look)
    if panel.note or not panel.marks:
        note = values.text(plane.cat, panel.note or say("chart.no_data"))
        ax.text(0.5, 0.5, note, transform=ax.transAxes, ha="center", color=QUIET)


def heading(cat: Catalogue, panel: Panel, width: float) -> str:
    """What stands over a panel where there is so much room, in lines."""
    return broken(squeezed(cat, panel.title), int(width / _HEADING), prose=True)


def _map(panel: Panel) -> bool:
    return any(isinstance(mark, Cells) for mark in panel.marks)


def _even(plane: Plane) -> None:
    """Show more on two sides, until one along is as long as one up."""
    (left, right), (bottom, top) = plane.ax.get_xlim(), plane.ax.get_ylim()
    inch = max((right - left) / plane.width, (top - bottom) / plane.height)
    along, up = (inch * plane.width - (right - left)) / 2, (inch * plane.height - (top - bottom)) / 2
    plane.ax.set_xlim(left - along, right + along)
    plane.ax.set_ylim(bottom - up, top + up)


def _axis(plane: Plane, side: Side, axis: Axis) -> None:
    match axis:
        case Months():
            _months(plane, axis.months)
        case Days():
            _days(plane, axis)
        case Names():
            (_rows if side == "y" else _names)(plane, axis)
        case Scale():
            _scale(plane, side, axis)
        case _:
            assert_never(axis)


def _months(plane: Plane, months: tuple[str, ...]) -> None:
    """Fiscal years for long runs, months for short ones."""
    cat, ax = plane.cat, plane.ax
    ax.set_xlim(-0.5, len(months) - 0.5)
    if len(months) <= SHORT:
        ax.set_xticks(range(len(months)), _named_months(plane, months))
        return
    starts = [i for i, month in enumerate(months) if month.endswith("-04") or i == 0]
    years = [formats.fiscal_year_axis(cat, calendar.fiscal_year_of_month(months[i])) for i in starts]
    _between(plane, [i - 0.5 for i in starts], [*(i - 0.5 for i in starts[1:]), len(months) - 0.5], years)


def _named_months(plane: Plane, months: Sequence[str]) -> list[str]:
    """Names of months that stand side by side, as many as there is room for."""
    usual = [_month(plane.cat, month, not at or month.endswith("-01")) for at, month in enumerate(months)]
    return month_names(plane.cat, months, _every(plane, usual))


def month_names(cat: Catalogue, months: Sequence[str], every: int) -> list[str]:
    """Names of one in so many months, the others empty; the first of each year that has a name names the year."""
    firsts = {month[:4]: month for month in reversed(months[::every])}.values()
    return [_month(cat, month, month in firsts) if at % every == 0 else "" for at, month in enumerate(months)]


def _month(cat: Catalogue, month: str, with_year: bool) -> str:
    year, number = month.split("-")
    name = cat.text(f"chart.month_name.m{int(number)}")
    return cat.text("format.month_axis", name=name, year=year) if with_year else name


def _spaced(plane: Plane, names: list[str]) -> list[str]:
    """Names that stand side by side along all of a panel; where there is no room for all, every second or third."""
    every = _every(plane, names)
    return [name if at % every == 0 else "" for at, name in enumerate(names)]


def _every(plane: Plane, names: list[str]) -> int:
    """One in how many names there is room for."""
    widest = max((formats.width(line) for name in names for line in name.split("\n")), default=0)
    return math.ceil((widest + 1) * ALONG * len(names) / plane.width)


def _between(plane: Plane, starts: list[float], ends: list[float], names: list[str]) -> None:
    """Names between ticks."""
    ax, names = plane.ax, _spaced(plane, names)
    ax.set_xticks(starts, [""] * len(starts))
    ax.tick_params(axis="x", which="major", length=5, color=QUIET)
    ax.set_xticks([(start + end) / 2 for start, end in zip(starts, ends, strict=True)], names, minor=True)
    ax.tick_params(axis="x", which="minor", length=0)


def _days(plane: Plane, axis: Days) -> None:
    """Quarters along the axis; fiscal years where there is no room for quarters."""
    cat, ax = plane.cat, plane.ax
    first, last = axis.first, axis.last
    margin = max(1, (last - first).days // 60)
    low, high = first.toordinal() - margin, last.toordinal() + margin
    ax.grid(axis="x", color=FAINT, linewidth=0.6)
    if high - low > _QUARTERS_UP_TO + 2 * margin:
        years = range(calendar.fiscal_year(first), calendar.fiscal_year(last) + 1)
        ends = [float(date(year, 4, 1).toordinal()) for year in (*years, years[-1] + 1)]
        _between(plane, ends[:-1], ends[1:], [formats.whole_fiscal_year_axis(cat, year) for year in years])
    else:
        days = [date(year, month, 1) for year in range(first.year, last.year + 2) for month in (1, 4, 7, 10)]
        inside = [day for day in days if low <= day.toordinal() <= high]
        ax.set_xticks([day.toordinal() for day in inside], _named_months(plane, [f"{day:%Y-%m}" for day in inside]))
        ax.tick_params(axis="x", labelsize=8.5)
    ax.set_xlim(low, high)


def _names(plane: Plane, axis: Names) -> None:
    plane.ax.set_xlim(-0.6, max(len(axis.names), axis.least) - 0.4)
    names = [_name(plane.cat, name) for name in axis.names]
    if any(not isinstance(name, Period) for name in axis.names):
        columns = int(plane.width / ALONG / max(len(names), axis.least))
        plane.ax.set_xticks(range(len(names)), [broken(name, columns) for name in names])
    else:
        plane.ax.set_xticks(range(len(names)), _spaced(plane, names))


def _name(cat: Catalogue, name: Value) -> str:
    period = calendar.Period(name.name) if isinstance(name, Period) else None
    return formats.fiscal_year_axis(cat, period.fiscal_year) if period and period.yearly else values.text(cat, name)


def _rows(plane: Plane, axis: Names) -> None:
    """Names of rows at the left, the first on top, broken where they are longer than the margin; faint lines across."""
    ax = plane.ax
    left, right = plane.margins
    names = [broken(values.text(plane.cat, name), int(left / NAME)) for name in axis.names]
    ax.set_yticks(range(len(names)), names, fontsize=8.5)
    for place, label in enumerate(ax.get_yticklabels()):
        label.set_color(QUIET if place in axis.quiet else INK)
    for place, more in enumerate(axis.right):
        text = broken(values.text(plane.cat, more), int(right / BEYOND))
        ax.text(1.02, place, text, transform=ax.get_yaxis_transform(), va="center", fontsize=8, color=INK)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    if any(names):
        ax.grid(axis="y", color=FAINT, linewidth=0.5)


def _scale(plane: Plane, side: Side, axis: Scale) -> None:
    ax, x = plane.ax, side == "x"
    step = plane.step if axis.counts else 1.0
    ax.margins(x=axis.margin if x else None, y=None if x else axis.margin)
    limits: Callable[..., Any] = ax.set_xlim if x else ax.set_ylim
    ends = [None if end is None else end / step for end in (axis.low, axis.high)]
    if any(end is not None for end in ends):
        limits(*ends)
    most = max(int(plane.width / _TICK), 2) if x else _TICKS
    if axis.bins:
        ax.locator_params(axis="x" if x else "y", nbins=min(axis.bins, most))
    along = ax.xaxis if x else ax.yaxis
    if axis.ticks is not None:
        names = [values.text(plane.cat, text) for _, text in axis.ticks]
        along.set_ticks([at / step for at, _ in axis.ticks], _spaced(plane, names) if x else names)
    elif axis.unit == "share":
        ticks, decimals = _shares(*(ax.get_xlim() if x else ax.get_ylim()), min(most, _TICKS))
        along.set_ticks(ticks, [formats.percent(plane.cat, min(round(tick, 4), 1.0), decimals) for tick in ticks])
    elif axis.unit:
        along.set_major_formatter(lambda value, _: values.text(plane.cat, Number(float(value), axis.unit)))
    along.set_label_text(values.text(plane.cat, axis.name), fontsize=8.5)


def _shares(low: float, high: float, most: int) -> tuple[list[float], int]:
    """Places of ticks, and the decimals of what is written at them."""
    steps, decimals = (_SHARES, 0) if high - low > _SHARES[0] else (_FINE, 1)
    step = next((size for size in steps if (high - low) / size <= most), steps[-1])
    ticks = np.arange(np.ceil(low / step - 1e-9), np.floor(min(high, 1.0) / step + 1e-9) + 1) * step
    return [float(tick) for tick in ticks], decimals
