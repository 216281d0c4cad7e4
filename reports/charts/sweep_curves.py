"""One varied input: probability of meeting a target, and its value, against the input, a column a fiscal year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import formats, statistics
from reports.catalogue import Catalogue
from reports.charts import style, sweep_sheet
from reports.sweep.data import Line, Sweep
from scenarios.sweep.responses import Doubt
from sim.calendar import RUN

_COLUMNS = 5
"""Fiscal years beside each other; more go on below."""


def draw(data: Sweep, cat: Catalogue, doubt: Doubt, title: str) -> Figure:
    """The chart of one target."""
    (own,) = data.varied
    years = data.years(doubt.id)
    lines = [years[first : first + _COLUMNS] for first in range(0, len(years), _COLUMNS)]
    columns = min(len(years), _COLUMNS)
    unit = sweep_sheet.name_of(cat, own)
    figure, axes = sweep_sheet.sheet(
        data, cat, title, unit, sweep_sheet.reading(cat, "curves", doubt), [1.5, 1.9] * len(lines), columns, left=1.0
    )
    for line, chosen in enumerate(lines):
        above, below = axes[2 * line], axes[2 * line + 1]
        for place in range(columns):
            if place < len(chosen):
                _year(data, cat, doubt, chosen[place], above[place], below[place])
            else:
                above[place].set_axis_off()
                below[place].set_axis_off()
        above[0].set_ylabel(cat.text("sweep.chart.probability_axis"), fontsize=8.5)
        below[0].set_ylabel(cat.text("sweep.chart.value_axis"), fontsize=8.5)
    return figure


def _year(data: Sweep, cat: Catalogue, doubt: Doubt, period: str, above: Axes, below: Axes) -> None:
    (own,) = data.varied
    rows = sweep_sheet.along(data.at(doubt.id, period), own.path)
    above.set_title(formats.period(cat, period), fontsize=9, color=style.INK, pad=4)
    sweep_sheet.probability_axis(cat, above)
    span = own.high - own.low
    ends = (own.low - 0.05 * span, own.high + 0.05 * span)
    for ax in (above, below):
        ax.set_xlim(*ends)
        sweep_sheet.input_axis(cat, ax, own)
        sweep_sheet.mark_today(ax, own.today.get(period, own.today[RUN]), ends)
    _band(above, own.path, rows, "probability", "probability_low", "probability_high", line="none")
    for crossing in data.crosses(doubt.id, period):
        _crossing(above, crossing, ends)
    _band(below, own.path, rows, "value", "low", "high")
    style.grid(below)
    below.yaxis.set_major_formatter(lambda value, _: _shown(cat, doubt, float(value)))
    below.tick_params(axis="y", labelsize=8)
    if doubt.threshold is not None:
        below.axhline(doubt.threshold, color=style.INK, linewidth=0.9, linestyle=(0, (1, 1.5)), zorder=1)


def _shown(cat: Catalogue, doubt: Doubt, value: float) -> str:
    if statistics.unit(doubt.statistic) == "share":
        return cat.text("format.percent", number=f"{100 * value:.4g}")
    return statistics.value(cat, doubt.statistic, value)


def _crossing(ax: Axes, row: Line, ends: tuple[float, float]) -> None:
    """The monotone fit, and where it reaches the probability asked for, with the interval."""
    ax.plot(row["values"], row["fit"], color=style.DARK, linewidth=1.4, zorder=2)
    ax.axhline(row["probability"], color=style.INK, linewidth=0.9, linestyle=(0, (1, 1.5)), zorder=1)
    if row["found"] == "within":
        low, high = ends[0] if row["low"] is None else row["low"], ends[1] if row["high"] is None else row["high"]
        ax.plot([low, high], [row["probability"]] * 2, color=style.WARM, linewidth=2.4, alpha=0.6, zorder=3)
        ax.plot([row["value"]], [row["probability"]], "D", color=style.WARM, markersize=5.5, zorder=4)


def _band(ax: Axes, path: str, rows: Sequence[Line], middle: str, low: str, high: str, line: str = "-") -> None:
    """A line with dots, and its interval as an area."""
    x = [float(row[path]) for row in rows]
    ends = [np.array([np.nan if row[key] is None else row[key] for row in rows]) for key in (low, high)]
    ax.fill_between(x, ends[0], ends[1], color=style.DARK, alpha=0.2, linewidth=0)
    ax.plot(
        x, [row[middle] for row in rows], color=style.DARK, linewidth=1.4, linestyle=line, marker="o", markersize=3.5
    )
