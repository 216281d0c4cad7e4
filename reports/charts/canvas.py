"""A figure of a validation in the making: title, small print, axes over each other, days along the axis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.catalogue import Catalogue
from reports.charts import margin, style
from reports.charts.margin import Label
from reports.charts.style import Chart
from reports.validation.data import Row, Validation

LOOKS: dict[str, dict[str, Any]] = {
    "held_back": {"marker": "o", "color": style.WARM, "markerfacecolor": "white", "markeredgewidth": 1.4},
    "fitted": {"marker": "s", "color": style.DARK, "markerfacecolor": style.DARK, "markeredgewidth": 1.0},
    "input": {"marker": "x", "color": style.QUIET, "markerfacecolor": style.QUIET, "markeredgewidth": 1.2},
}
"""Points by what a figure was used for: hollow if held back from fitting, filled if fitted, a cross for an input."""


_COLUMN = 0.08
"""Inches that a half-width character of a row's name takes."""

Canvas = Chart[Validation]
"""A figure of a validation."""


def canvas(
    data: Validation,
    cat: Catalogue,
    chart: str,
    height: float = 4.9,
    heights: Sequence[float] = (1,),
    left: float = style.LEFT,
    right: float = style.RIGHT,
    **unit: object,
) -> Canvas:
    """A figure ``height`` inches high: axes of relative ``heights``, margins of ``left`` and ``right`` inches."""
    figure = Figure(figsize=(style.WIDTH, height), facecolor="white")
    grid = figure.subplots(len(heights), 1, squeeze=False, gridspec_kw={"height_ratios": list(heights)})
    figure.subplots_adjust(
        left=left / style.WIDTH,
        right=1 - right / style.WIDTH,
        top=1 - (style.TOP + 0.2 * (len(heights) > 1)) / height,
        bottom=style.BOTTOM / height,
        hspace=0.36,
    )
    done = Canvas(figure, tuple(grid[:, 0]), data, cat, chart)
    names = {"version": data.version, "seed": data.seed, "replications": data.replications}
    small_print = cat.text("chart.small_print", reading=done.text("reading"), scenario=done.text("scenario"), **names)
    style.lettering(figure, done.text("title"), done.text("unit", **unit), small_print)
    return done


def panel(ax: Axes, title: str) -> None:
    """The heading of one of several axes."""
    ax.set_title(title, loc="left", fontsize=10, color=style.INK, pad=4)


def key(ax: Axes, labels: Sequence[Label]) -> None:
    """A key beside the axes, from top to bottom in the order given, whichever way the axis runs."""
    limits = ax.get_ylim()
    ax.set_ylim(0, 1)
    margin.key(ax, labels)
    ax.set_ylim(limits)


def used(cat: Catalogue, rows: Sequence[Row]) -> list[Label]:
    """The key of the points of these rows, by what the figures were used for."""
    return [
        Label(
            0, cat.text(f"chart.validation.{use}"), look["color"], marker=look["marker"], fill=look["markerfacecolor"]
        )
        for use, look in LOOKS.items()
        if any(row.use == use for row in rows)
    ]


def year_axis(cat: Catalogue, ax: Axes, first: date, last: date) -> None:
    """Days along the axis, as ordinals: a long tick and the year at each January, a short one at each other quarter."""
    margin = max(1, (last - first).days // 60)
    ax.set_xlim(first.toordinal() - margin, last.toordinal() + margin)
    days = [date(year, month, 1) for year in range(first.year, last.year + 2) for month in (1, 4, 7, 10)]
    inside = [day for day in days if first.toordinal() - margin <= day.toordinal() <= last.toordinal() + margin]
    ax.set_xticks([day.toordinal() for day in inside], [_tick(cat, day) for day in inside])
    ax.tick_params(axis="x", labelsize=8.5)


def _tick(cat: Catalogue, day: date) -> str:
    name = cat.text(f"chart.month_name.m{day.month}")
    return cat.text("format.month_axis", name=name, year=day.year) if day.month == 1 else name


def row_names(ax: Axes, names: Sequence[str]) -> None:
    """Names of rows at the left, the first on top, broken where they are longer than the margin; faint lines across."""
    columns = int(ax.get_position().x0 * style.WIDTH / _COLUMN)
    ax.set_yticks(range(len(names)), [margin.broken(name, columns) for name in names], fontsize=8.5)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_axisbelow(True)
    ax.grid(axis="y", color=style.FAINT, linewidth=0.5)
