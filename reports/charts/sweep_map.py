"""Two varied inputs: the probability of meeting a target as a map, a panel a fiscal year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from reports import formats
from reports.catalogue import Catalogue
from reports.charts import style, sweep_sheet
from reports.sweep.data import Line, Sweep, Varied
from scenarios.sweep.responses import Doubt
from sim.calendar import RUN

_COLUMNS = 3
_MOST_LABELS = 12
"""So many values along an axis still have room for a number in each cell, and for a tick each."""
_SHADES = LinearSegmentedColormap.from_list("probability", ["#ffffff", "#9dc3de", style.DARK])


def draw(data: Sweep, cat: Catalogue, doubt: Doubt, title: str) -> Figure:
    """The chart of one target."""
    across, upward = data.varied
    years = data.years(doubt.id)
    columns = min(len(years), _COLUMNS)
    lines = -(-len(years) // columns)
    unit = cat.text(
        "sweep.chart.map_unit", across=sweep_sheet.short_name(cat, across), upward=sweep_sheet.short_name(cat, upward)
    )
    kind = "map" if data.head["design"] == "grid" else "points"
    figure, axes = sweep_sheet.sheet(
        data, cat, title, unit, sweep_sheet.reading(cat, kind, doubt), [2.6] * lines, columns, left=1.0, gap=0.5
    )
    flat = [ax for row in axes for ax in row]
    for ax, period in zip(flat, years, strict=False):
        rows = data.at(doubt.id, period)
        today = (_today(across, period), _today(upward, period))
        if across.values and upward.values and data.head["design"] == "grid":
            _cells(cat, ax, rows, across, upward, today)
        else:
            _dots(cat, ax, rows, across, upward, today)
        ax.set_title(formats.period(cat, period), fontsize=9, color=style.INK, pad=4)
        for side in ax.spines.values():
            side.set(visible=True, color=style.FAINT)
    for ax in flat[len(years) :]:
        ax.set_axis_off()
    for row in axes:
        row[0].set_ylabel(upward.path, fontsize=8.5)
    for ax in axes[-1]:
        ax.set_xlabel(across.path, fontsize=8.5)
    return figure


def _today(own: Varied, period: str) -> float:
    return own.today.get(period, own.today[RUN])


def _cells(
    cat: Catalogue, ax: Axes, rows: Sequence[Line], across: Varied, upward: Varied, today: tuple[float, float]
) -> None:
    """Every combination as a cell, in order of values; today's point where it lies between them."""
    x, y = sorted(across.values or ()), sorted(upward.values or ())
    shares = np.full((len(y), len(x)), np.nan)
    for row in rows:
        shares[y.index(row[upward.path]), x.index(row[across.path])] = row["probability"]
    ax.imshow(shares, cmap=_SHADES, vmin=0, vmax=1, origin="lower", aspect="auto", interpolation="nearest")
    if max(len(x), len(y)) <= _MOST_LABELS:
        for (up, right), share in np.ndenumerate(shares):
            if np.isfinite(share):
                color = "white" if share > 0.7 else style.INK
                ax.text(right, up, formats.whole(float(share)), ha="center", va="center", fontsize=7.5, color=color)
    for axis, values in ((ax.xaxis, x), (ax.yaxis, y)):
        step = -(-len(values) // (6 if axis is ax.xaxis else _MOST_LABELS))
        places = range(0, len(values), step)
        axis.set_ticks(list(places), [sweep_sheet.tick(cat, values[place]) for place in places], fontsize=8)
    if x[0] <= today[0] <= x[-1] and y[0] <= today[1] <= y[-1]:
        _mark(ax, float(np.interp(today[0], x, range(len(x)))), float(np.interp(today[1], y, range(len(y)))))


def _dots(
    cat: Catalogue, ax: Axes, rows: Sequence[Line], across: Varied, upward: Varied, today: tuple[float, float]
) -> None:
    """Points of a Latin hypercube where they lie."""
    x, y = ([float(row[own.path]) for row in rows] for own in (across, upward))
    shades = [float(row["probability"]) for row in rows]
    ax.scatter(x, y, c=shades, cmap=_SHADES, vmin=0, vmax=1, s=34, edgecolors=style.QUIET, linewidths=0.6)
    for own, limit in ((across, ax.set_xlim), (upward, ax.set_ylim)):
        span = own.high - own.low
        limit(own.low - 0.05 * span, own.high + 0.05 * span)
    sweep_sheet.input_axis(cat, ax, across)
    sweep_sheet.value_axis(cat, ax)
    if across.low <= today[0] <= across.high and upward.low <= today[1] <= upward.high:
        _mark(ax, *today)


def _mark(ax: Axes, x: float, y: float) -> None:
    """Today's point."""
    look: dict[str, Any] = {"markersize": 10, "markeredgewidth": 2.0, "color": style.WARM, "zorder": 4}
    ax.plot([x], [y], marker="x", path_effects=style.halo(3.5), **look)
