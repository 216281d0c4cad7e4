"""Three or more varied inputs: the probability of meeting a target against each, the other inputs pooled."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import formats
from reports.catalogue import Catalogue
from reports.charts import style, sweep_sheet
from reports.sweep.data import Line, Sweep, Varied
from scenarios.sweep.responses import Doubt
from sim.calendar import RUN

_COLUMNS = 3
_GROUPS = 5
"""Groups of neighbouring points of a Latin hypercube, over each of which a mean is taken."""


def draw(data: Sweep, cat: Catalogue, doubt: Doubt, title: str) -> Figure:
    """The chart of one target, in the year in which it is most in doubt."""
    columns = min(len(data.varied), _COLUMNS)
    lines = -(-len(data.varied) // columns)
    figure, axes = sweep_sheet.sheet(
        data,
        cat,
        title,
        cat.text("sweep.chart.panels_unit", year=formats.period(cat, doubt.period)),
        sweep_sheet.reading(cat, "panels", doubt),
        [2.0] * lines,
        columns,
        left=1.0,
        gap=0.65,
    )
    flat = [ax for row in axes for ax in row]
    for ax, own in zip(flat, data.varied, strict=False):
        _panel(cat, ax, data.at(doubt.id, doubt.period), own, own.today.get(doubt.period, own.today[RUN]))
    for ax in flat[len(data.varied) :]:
        ax.set_axis_off()
    for row in axes:
        row[0].set_ylabel(cat.text("sweep.chart.probability_axis"), fontsize=8.5)
    return figure


def _panel(cat: Catalogue, ax: Axes, rows: Sequence[Line], own: Varied, today: float) -> None:
    sweep_sheet.probability_axis(cat, ax)
    span = own.high - own.low
    ends = (own.low - 0.05 * span, own.high + 0.05 * span)
    ax.set_xlim(*ends)
    sweep_sheet.input_axis(cat, ax, own, bins=5)
    sweep_sheet.mark_today(ax, today, ends)
    ax.set_xlabel(own.path, fontsize=8.5)
    x, y = ([float(row[key]) for row in rows] for key in (own.path, "probability"))
    ax.plot(x, y, "o", color=style.DARK, alpha=0.25, markersize=4, markeredgewidth=0)
    means = _means(sweep_sheet.along(rows, own.path), own)
    ax.plot(*zip(*means, strict=True), color=style.DARK, linewidth=1.8)


def _means(rows: Sequence[Line], own: Varied) -> list[tuple[float, float]]:
    """Mean probability at each value of a grid, or over groups of neighbouring points."""
    if own.values:
        groups = [[row for row in rows if row[own.path] == value] for value in sorted(own.values)]
    else:
        cuts = [part.tolist() for part in np.array_split(np.arange(len(rows)), min(_GROUPS, len(rows)))]
        groups = [[rows[place] for place in part] for part in cuts]
    return [
        (float(np.mean([row[own.path] for row in group])), float(np.mean([row["probability"] for row in group])))
        for group in groups
        if group
    ]
