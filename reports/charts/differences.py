"""Differences of scenarios to the first one by fiscal year, with their intervals: a panel a target or key figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import formats, statistics, values
from reports.catalogue import Catalogue
from reports.charts import margin, style
from reports.charts.margin import Label
from reports.charts.over_each_other import look, wrapped
from reports.compare import cells
from reports.run_data import as_run
from scenarios.compare.record import Compared, Comparison
from sim.calendar import Period

_APART = 0.16
"""Between the points of two scenarios in the same year."""
_MARKERS = "osD^v"
"""Markers of scenarios in their order; more than these take turns."""


def draw(data: Comparison, cat: Catalogue, chart: str, kind: str) -> Figure:
    """The differences of a kind (``target``, ``key_figure``); those exactly equal in all years have no panel."""
    rows = [row for row in data.rows if row.kind == kind and row.clear is not None]
    moving = {row.id for row in rows if row.outcome != "equal"}
    moved = [identifier for identifier in dict.fromkeys(row.id for row in rows) if identifier in moving]
    height = 1.95 + 1.15 * max(len(moved), 1.6)
    sheet = style.sheet(as_run(data), cat, chart, rows=max(len(moved), 1), height=height)
    if not moved:
        ax = sheet.axes[0]
        style.no_data(sheet, ax, cat.text("comparison.all_equal"))
        ax.set_xticks([])
        return sheet.figure
    periods = list(dict.fromkeys(row.period for row in rows))
    for identifier, ax in zip(moved, sheet.axes, strict=True):
        _panel(sheet, ax, data, [row for row in rows if row.id == identifier], periods)
    margin.key(sheet.axes[0], _key(cat, data))
    return sheet.figure


def _panel(sheet: style.Sheet, ax: Axes, data: Comparison, rows: Sequence[Compared], periods: Sequence[str]) -> None:
    step, unit = _scale(sheet.cat, rows)
    title = values.text(sheet.cat, cells.name(rows[0]))
    if unit:
        title = sheet.cat.text("format.parenthesis", text=title, inside=unit)
    ax.set_title(title, loc="left", fontsize=9.5, color=style.INK, pad=3)
    style.grid(ax)
    ax.axhline(0, color=style.INK, linewidth=0.9, zorder=1)
    others = len(data.names) - 1
    for row in rows:
        place = data.names.index(row.scenario)
        x = periods.index(row.period) + _APART * (place - 1 - (others - 1) / 2)
        _point(ax, x, row, place, step)
    ax.set_xlim(-0.5, len(periods) - 0.5)
    ax.set_xticks(range(len(periods)), [_tick(sheet.cat, period) for period in periods])
    ax.margins(y=0.15)
    ax.locator_params(axis="y", nbins=4)


def _point(ax: Axes, x: float, row: Compared, place: int, step: float) -> None:
    """Filled if clear, hollow if chance explains it, without a line if it cannot be told, a dot if there is none."""
    if row.difference is None or row.low is None or row.high is None:
        return
    color = look(place)["color"]
    if row.outcome == "equal":
        ax.plot([x], [0], marker=".", markersize=5, color=color, zorder=3)
        return
    if not row.untold:
        ax.plot([x, x], [row.low * step, row.high * step], color=color, linewidth=1.6, zorder=2)
    inside = color if row.clear else "white"
    edge: dict[str, Any] = {"markersize": 5.5, "markeredgewidth": 1.3, "zorder": 3}
    ax.plot([x], [row.difference * step], marker=_marker(place), color=color, markerfacecolor=inside, **edge)


def _marker(place: int) -> str:
    return _MARKERS[(place - 1) % len(_MARKERS)]


def _scale(cat: Catalogue, rows: Sequence[Compared]) -> tuple[float, str]:
    """What a difference is multiplied by, and the unit it is then in."""
    if statistics.unit(rows[0].statistic) == "share":
        return 100.0, cat.text("comparison.unit_points")
    if rows[0].kind == "target" and statistics.unit(rows[0].statistic) == "days":
        return 1.0, cat.text("comparison.unit_days")
    ends = [
        abs(end)
        for row in rows
        for end in (row.difference, *(() if row.untold else (row.low, row.high)))
        if end is not None
    ]
    size, name = style.scale(cat, float(np.max(ends, initial=0.0)))
    return 1 / size, name


def _tick(cat: Catalogue, period: str) -> str:
    told = Period(period)
    return formats.fiscal_year_axis(cat, told.fiscal_year) if told.yearly else formats.period(cat, period)


def _key(cat: Catalogue, data: Comparison) -> list[Label]:
    several = len(data.names) > 2
    names = [
        Label(0, wrapped(name), look(place)["color"], marker=_marker(place), fill=look(place)["color"])
        for place, name in enumerate(data.names)
        if place and several
    ]
    unclear = "too_few" if any(row.outcome == "too_few" for row in data.rows) else "chance"
    color = style.INK if several else look(1)["color"]
    return [
        *names,
        Label(0, cat.text("comparison.clear"), color, marker="o", fill=color),
        Label(0, cat.text(f"comparison.{unclear}"), color, marker="o"),
        Label(0, cat.text("comparison.result.equal"), color, marker="."),
    ]
