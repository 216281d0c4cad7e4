"""Which inputs drive a target, a row an input: a tornado, Morris' effects, Sobol's shares, rank correlations."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import names, statistics, values
from reports.catalogue import Catalogue
from reports.charts import style, sweep_sheet
from reports.charts.canvas import row_names
from reports.sweep import words
from reports.sweep.data import Line, Sweep
from scenarios.sweep.responses import Doubt

_MOST = 12
"""Inputs in a chart; tables have all."""
_LEFT = 4.3
_WIDE = {"en": 46, "ja": 24}
"""Characters of an input's meaning on a line."""
_HIGH, _LOW = style.DARK, "#9dc3de"


def draw(data: Sweep, cat: Catalogue, doubt: Doubt, kind: str, title: str) -> Figure:
    """A chart of one target: ``swings``, ``effects``, ``shares`` or ``correlations``."""
    rows = data.found(kind, doubt)[:_MOST]
    height = max(0.62 * len(rows), 1.2)
    unit, reading = (
        cat.text(f"sweep.chart.{kind}_unit", unit=_unit(cat, doubt)),
        cat.text(f"sweep.chart.{kind}_reading"),
    )
    swings = kind == "swings"
    figure, axes = sweep_sheet.sheet(
        data,
        cat,
        title,
        unit,
        reading,
        [height],
        1,
        left=_LEFT,
        right=0.75 if swings else 0.4,
        replications=data.head["swing_replications"] if swings else None,
    )
    ax = axes[0][0]
    row_names(ax, [_name(cat, row["path"]) for row in rows])
    ax.tick_params(axis="both", labelsize=8)
    {"swings": _swings, "effects": _effects, "shares": _shares, "correlations": _correlations}[kind](
        cat, ax, data, doubt, rows
    )
    return figure


def _name(cat: Catalogue, path: str) -> str:
    """Meaning, at most two lines of it, and path."""
    wide = _WIDE[cat.lang]
    meaning = sweep_sheet.cut(values.text(cat, names.meaning(path)), 2 * wide)
    told = textwrap.wrap(meaning, wide, max_lines=2, placeholder=" …")
    return "\n".join([*told, path])


def _unit(cat: Catalogue, doubt: Doubt) -> str:
    if statistics.unit(doubt.statistic) == "share":
        return cat.text("comparison.unit_points")
    kind = statistics.unit(doubt.statistic)
    return cat.text("comparison.unit_days") if kind == "days" else cat.text("sweep.chart.own_unit")


def _scale(doubt: Doubt) -> float:
    return 100.0 if statistics.unit(doubt.statistic) == "share" else 1.0


def _swings(cat: Catalogue, ax: Axes, data: Sweep, doubt: Doubt, rows: Sequence[Line]) -> None:
    """Bars from the middle case to low and high, with intervals, the input's value at each end of a bar."""
    scale = _scale(doubt)
    ax.axvline(0, color=style.INK, linewidth=0.9, zorder=3)
    for place, row in enumerate(rows):
        for end, color, shift in (("low", _LOW, -0.17), ("high", _HIGH, 0.17)):
            effect = row[f"{end}_effect"]
            if effect is None:
                continue
            y, x = place + shift, scale * effect["mean"]
            ax.barh(y, x, height=0.3, color=color, zorder=2)
            _whisker(ax, y, scale * effect["low"], scale * effect["high"], style.QUIET)
            reach = min(x, scale * effect["low"], 0.0) if x < 0 else max(x, scale * effect["high"], 0.0)
            value = sweep_sheet.tick(cat, words.at_end(row, end))
            offset = (-4, 0) if x < 0 else (4, 0)
            look: dict[str, Any] = {"va": "center", "fontsize": 7.5, "color": style.INK, "textcoords": "offset points"}
            ax.annotate(value, (reach, y), xytext=offset, ha="right" if x < 0 else "left", **look)
    middle = rows[0]["value"]
    if doubt.threshold is not None and middle is not None:
        missing = scale * (doubt.threshold - middle)
        low, high = ax.get_xlim()
        if low <= missing <= high:
            ax.axvline(missing, color=style.WARM, linewidth=1.3, linestyle=(0, (4, 2)), zorder=1)
    ax.margins(x=0.16)
    ax.locator_params(axis="x", nbins=7)


def _whisker(ax: Axes, y: float, low: float, high: float, color: str) -> None:
    ax.plot([low, high], [y, y], color=color, linewidth=1.3, zorder=4, solid_capstyle="butt")


def _effects(cat: Catalogue, ax: Axes, data: Sweep, doubt: Doubt, rows: Sequence[Line]) -> None:
    """mu* as filled dots, sigma as hollow diamonds, each with its interval."""
    scale = _scale(doubt)
    for place, row in enumerate(rows):
        _whisker(ax, place - 0.12, scale * row["low"], scale * row["high"], style.DARK)
        ax.plot([scale * row["mu_star"]], [place - 0.12], "o", color=style.DARK, markersize=6, zorder=5)
        _whisker(ax, place + 0.16, scale * row["sigma_low"], scale * row["sigma_high"], style.WARM)
        look: dict[str, Any] = {"markersize": 5, "markerfacecolor": "white", "zorder": 5}
        ax.plot([scale * row["sigma"]], [place + 0.16], "D", color=style.WARM, **look)
    ax.set_xlim(left=0)
    ax.locator_params(axis="x", nbins=7)


def _shares(cat: Catalogue, ax: Axes, data: Sweep, doubt: Doubt, rows: Sequence[Line]) -> None:
    """S1 as filled dots, ST as hollow diamonds, each with its interval."""
    for place, row in enumerate(rows):
        _whisker(ax, place - 0.12, row["s1_low"], row["s1_high"], style.DARK)
        ax.plot([row["s1"]], [place - 0.12], "o", color=style.DARK, markersize=6, zorder=5)
        _whisker(ax, place + 0.16, row["st_low"], row["st_high"], style.WARM)
        look: dict[str, Any] = {"markersize": 5, "markerfacecolor": "white", "zorder": 5}
        ax.plot([row["st"]], [place + 0.16], "D", color=style.WARM, **look)
    ax.axvline(0, color=style.INK, linewidth=0.9, zorder=1)
    ax.locator_params(axis="x", nbins=7)
    ax.xaxis.set_major_formatter(lambda value, _: cat.text("format.percent", number=f"{100 * value:.0f}"))


def _correlations(cat: Catalogue, ax: Axes, data: Sweep, doubt: Doubt, rows: Sequence[Line]) -> None:
    """Rank correlations with intervals: dots are filled where clear and not tied to a stronger one."""
    for place, row in enumerate(rows):
        own = row["clear"] and not row["tied_to"]
        color = style.DARK if own else style.QUIET
        _whisker(ax, place, row["low"], row["high"], color)
        look: dict[str, Any] = {"markersize": 6, "markerfacecolor": color if own else "white", "zorder": 5}
        ax.plot([row["rho"]], [place], "o", color=color, **look)
    ax.axvline(0, color=style.INK, linewidth=0.9, zorder=1)
    ax.set_xlim(-1.06, 1.06)
    ax.locator_params(axis="x", nbins=9)
