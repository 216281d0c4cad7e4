"""The least level of each resource beside today's: bars by fiscal year, steps by month, a mark for what theory says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import formats, price_texts, values
from reports.catalogue import Catalogue
from reports.charts import margin, style
from reports.charts.margin import Label
from reports.document import Opening
from reports.run_data import as_run
from reports.size.data import Level, Sizing
from sim.calendar import Period, fiscal_year_of_month

_TODAY, _THEORY = "#b9c4cc", style.WARM
_WIDTH = 0.36
_TOP = 1.15
"""Inches above the first panel: title, unit, and the panel's own heading."""
_LABELLED = 14
"""So many bars or fewer carry their number."""


def draw(data: Sizing, cat: Catalogue, chart: str) -> Figure:
    """A panel a resource of the asked plan, or of the best partial answer."""
    levels = data.levels
    paths = list(dict.fromkeys(level.resource for level in levels))
    height = 2.4 + 2.1 * max(len(paths), 1)
    sheet = style.sheet(as_run(data), cat, chart, rows=max(len(paths), 1), height=height)
    sheet.figure.subplots_adjust(top=1 - _TOP / height)
    for path, ax in zip(paths, sheet.axes, strict=False):
        own = [level for level in levels if level.resource == path]
        if data.months:
            own = by_month(own, data.months)
        _panel(sheet, ax, data, own)
    if not paths:
        style.no_data(sheet, sheet.axes[0])
    else:
        margin.key(sheet.axes[0], _key(sheet, data, any(level.theory is not None for level in levels)))
    return sheet.figure


def by_month(levels: Sequence[Level], months: Sequence[str]) -> list[Level]:
    """The level in every month; those of a fiscal year stand in each of its months."""
    known = {level.period: level for level in levels}
    told = {month: known.get(month) or known.get(Period.of_year(fiscal_year_of_month(month))) for month in months}
    return [replace(level, period=month) for month, level in told.items() if level is not None]


def _panel(sheet: style.Sheet, ax: Axes, data: Sizing, levels: Sequence[Level]) -> None:
    cat = sheet.cat
    least, today = (np.array([getattr(level, name) for level in levels], dtype=float) for name in ("least", "today"))
    theory = np.array([np.nan if level.theory is None else level.theory for level in levels], dtype=float)
    step, scale = style.scale(cat, style.largest(least, today, theory))
    unit = cat.name("unit", str(data.resources.get(levels[0].resource, {}).get("unit", "")))
    title = cat.text(
        "format.parenthesis",
        text=values.text(cat, Opening(price_texts.name(levels[0].resource))),
        inside=cat.text("sizing.amount", number=scale, unit=unit).strip(),
    )
    ax.set_title(title, loc="left", fontsize=10, color=style.INK, pad=4)
    style.grid(ax)
    if data.months:
        _steps(sheet, ax, least / step, today / step, theory / step)
    else:
        _bars(ax, least / step, today / step, theory / step)
        names = [formats.fiscal_year_axis(cat, Period(level.period).fiscal_year) for level in levels]
        ax.set_xticks(range(len(levels)), names)
        ax.set_xlim(-0.6, len(levels) - 0.4)
    ax.set_ylim(0, 1.18 * max(style.largest(least, today, theory) / step, 1e-9))


def _bars(ax: Axes, least: np.ndarray, today: np.ndarray, theory: np.ndarray) -> None:
    x = np.arange(len(least))
    ax.bar(x - _WIDTH / 2, today, width=_WIDTH, color=_TODAY, edgecolor=style.QUIET, linewidth=0.5, zorder=2)
    ax.bar(x + _WIDTH / 2, least, width=_WIDTH, color=style.DARK, edgecolor=style.QUIET, linewidth=0.5, zorder=2)
    ax.plot(x + _WIDTH / 2, theory, linestyle="none", marker="D", color=_THEORY, markerfacecolor="white", zorder=4)
    if len(x) > _LABELLED:
        return
    for heights, shift, color in ((today, -_WIDTH / 2, style.INK), (least, _WIDTH / 2, "white")):
        for place, value in zip(x, heights, strict=True):
            shown = formats.plain(round(float(value), 6))
            ax.text(place + shift, value / 2, shown, ha="center", va="center", fontsize=8.5, color=color, zorder=3)


def _steps(sheet: style.Sheet, ax: Axes, least: np.ndarray, today: np.ndarray, theory: np.ndarray) -> None:
    x = np.arange(len(least))
    style.month_axis(sheet, ax)
    edges = np.arange(len(least) + 1) - 0.5
    ax.stairs(least, edges, baseline=0, fill=True, color=style.DARK, alpha=0.18, zorder=1)
    ax.stairs(least, edges, baseline=None, color=style.DARK, linewidth=2.0, zorder=3)
    ax.stairs(today, edges, baseline=None, color=style.QUIET, linewidth=1.4, linestyle="--", zorder=2)
    ax.plot(x, theory, linestyle="none", marker="D", markersize=3.5, color=_THEORY, markerfacecolor="white", zorder=4)


def _key(sheet: style.Sheet, data: Sizing, theory: bool) -> list[Label]:
    least = sheet.text("least")
    if data.months:
        found = [
            Label(0, least, style.DARK, "-"),
            Label(0, sheet.text("today"), style.QUIET, "--"),
        ]
    else:
        found = [
            Label(0, sheet.text("today"), face=_TODAY),
            Label(0, least, face=style.DARK),
        ]
    return [*found, Label(0, sheet.text("theory"), _THEORY, marker="D")] if theory else found
