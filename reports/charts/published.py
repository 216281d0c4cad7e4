"""Published points over simulated bands: cards handed over, cards held; notices against the cohorts they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import formats
from reports.catalogue import Catalogue
from reports.charts import margin, style
from reports.charts.canvas import LOOKS, Canvas, canvas, key, panel, used, year_axis
from reports.charts.margin import Label
from reports.validation.data import Row, Validation

_KINDS = {
    "certificates": ("#dbe8f1", "#0b3c5d", "#4f7a9a", ""),
    "cards": ("#f6e3cc", "#8a4a10", "#dba463", "////"),
}
"""Colours of a kind's oldest and newest cohort, its colour in the key, its hatching."""
_ROOM = 0.085
"""Share of the axis that the name of a cohort needs."""


def draw_handed_over(data: Validation, cat: Catalogue) -> Figure | None:
    """Cards handed over since 2016, and below the error of each held-back point in cards since the end of fitting."""
    band, rows = data.bands.get("handed_over"), dated(data, "handed_over")
    if not band or not rows:
        return None
    step, unit = style.scale(cat, float(max(band["high"])))
    drawn = canvas(data, cat, "validation-handed-over", 6.4, (2.6, 1), scale=unit)
    top, below = drawn.axes
    panel(top, drawn.text("count", scale=unit))
    _series(drawn, top, band, rows, step)
    base = base_row(rows)
    since = "" if base is None or base.day is None else formats.day(cat, base.day)
    panel(below, drawn.text("error", date=since))
    _errors(drawn, below, band, rows)
    return drawn.figure


def draw_held(data: Validation, cat: Catalogue) -> Figure | None:
    """Cards held at the ends of months."""
    band, rows = data.bands.get("held"), dated(data, "held")
    if not band or not rows:
        return None
    step, unit = style.scale(cat, float(max(band["high"])))
    drawn = canvas(data, cat, "validation-held", scale=unit)
    _series(drawn, drawn.axes[0], band, rows, step)
    return drawn.figure


def dated(data: Validation, group: str) -> list[Row]:
    """The rows of a group that were published for a day, in order of time."""
    rows = [row for row in data.of(group) if row.day is not None and row.published is not None]
    return sorted(rows, key=lambda row: row.period)


def _series(drawn: Canvas, ax: Axes, band: Mapping[str, Any], rows: Sequence[Row], step: float) -> None:
    days = [date.fromisoformat(text) for text in band["dates"]]
    x = np.array([day.toordinal() for day in days])
    low, mean, high = (np.asarray(band[name], dtype=float) / step for name in ("low", "mean", "high"))
    style.grid(ax)
    ax.fill_between(x, low, high, color=style.DARK, alpha=0.22, linewidth=0)
    ax.plot(x, mean, color=style.DARK, linewidth=1.6)
    _span(drawn.cat, ax, days, rows)
    _points(ax, rows, step)
    _end_of_fitting(drawn, ax, band, rows)
    key(ax, [Label(0, drawn.cat.text("chart.validation.simulated"), style.DARK, "-"), *used(drawn.cat, rows)])


def _span(cat: Catalogue, ax: Axes, days: Sequence[date], rows: Sequence[Row]) -> None:
    known = [*days, *(row.day for row in rows if row.day is not None)]
    year_axis(cat, ax, min(known), max(known))


def _points(ax: Axes, rows: Sequence[Row], step: float) -> None:
    for row in rows:
        if row.day is not None and row.published is not None:
            at = [row.day.toordinal()], [row.published / step]
            ax.plot(*at, linestyle="none", markersize=5.5, zorder=4, **LOOKS[row.use])


def _end_of_fitting(drawn: Canvas, ax: Axes, band: Mapping[str, Any], rows: Sequence[Row]) -> None:
    """A line where fitting ended; none where every point before it and after it was fitted alike."""
    if not band.get("fitted_until"):
        return
    until = date.fromisoformat(band["fitted_until"])
    if not any(row.day is not None and row.day > until for row in rows):
        return
    ax.axvline(until.toordinal(), color=style.INK, linewidth=1.0, linestyle=(0, (1, 2)))
    bottom, top = ax.get_ylim()
    text = drawn.cat.text("chart.validation.until", date=formats.day(drawn.cat, until))
    ax.text(until.toordinal(), bottom + 0.02 * (top - bottom), f" {text}", fontsize=8, color=style.INK, va="bottom")


def base_row(rows: Sequence[Row]) -> Row | None:
    """The last fitted point before the first held-back one, from which cards handed over since are counted."""
    held_back = [row.period for row in rows if row.use == "held_back"]
    before = [row for row in rows if row.use == "fitted" and held_back and row.period < min(held_back)]
    return before[-1] if before else None


def errors(rows: Sequence[Row]) -> list[tuple[Row, float, float]]:
    """Each held-back point with its error and its tolerance, as shares of the cards since the end of fitting."""
    base = base_row(rows)
    if base is None or base.published is None:
        return []
    found = []
    for row in rows:
        if row.speaks and row.published is not None and row.difference is not None and row.tolerance is not None:
            growth = row.published - base.published
            found.append((row, row.difference / growth, row.tolerance / growth))
    return found


def _errors(drawn: Canvas, ax: Axes, band: Mapping[str, Any], rows: Sequence[Row]) -> None:
    found = errors(rows)
    _span(drawn.cat, ax, [date.fromisoformat(text) for text in band["dates"]], rows)
    if not found:
        ax.set_yticks([])
        ax.text(0.5, 0.5, drawn.cat.text("chart.no_data"), transform=ax.transAxes, ha="center", color=style.QUIET)
        return
    x = np.array([row.day.toordinal() for row, _, _ in found if row.day is not None])
    error, allowed = (np.array([entry[place] for entry in found]) for place in (1, 2))
    ax.fill_between(x, -allowed, allowed, color=style.FAINT, alpha=0.7, linewidth=0)
    ax.axhline(0, color=style.QUIET, linewidth=0.8)
    ax.vlines(x, 0, error, color=style.WARM, linewidth=1.0)
    ax.plot(x, error, linestyle="none", markersize=5, zorder=4, **LOOKS["held_back"])
    reach = 1.25 * float(max(np.max(np.abs(error)), np.max(allowed)))
    ax.set_ylim(-reach, reach)
    ticks = [-float(allowed[0]), 0.0, float(allowed[0])]
    ax.set_yticks(ticks, [f"{100 * tick:+.3g} %" if tick else "0" for tick in ticks])
    text = drawn.text("allowed")
    margin.label_ends(ax, [Label(0.5 * reach, text, face=style.FAINT)])


def draw_notices(data: Validation, cat: Catalogue) -> Figure | None:
    """Expiry notices of each year: published, and simulated by kind and by fiscal year of issue."""
    rows = [row for row in data.of("notices") if row.published is not None]
    if not rows:
        return None
    top = max(value for row in rows for value in (row.published, row.high, row.simulated) if value is not None)
    step, unit = style.scale(cat, top)
    drawn = canvas(data, cat, "validation-notices", 1.9 + 1.35 * len(rows), left=1.75, scale=unit)
    ax = drawn.axes[0]
    ax.set_xlim(0, 1.06 * top / step)
    names, ticks = [], []
    for place, row in enumerate(rows):
        _published_bar(ax, 2.5 * place, row, step)
        _simulated_bar(drawn, ax, 2.5 * place + 1, row, step)
        year = formats.period(cat, row.period)
        names += [drawn.text("published", year=year), drawn.text("simulated", year=year)]
        ticks += [2.5 * place, 2.5 * place + 1]
    ax.set_yticks(ticks, names, fontsize=8.5)
    ax.set_ylim(ticks[-1] + 0.65, -0.65)
    ax.grid(axis="x", color=style.FAINT, linewidth=0.6)
    ax.set_axisbelow(True)
    kinds = [kind for kind in _KINDS if any(entry["kind"] == kind for entry in data.cohorts)]
    key(ax, [Label(0, drawn.text(kind), face=_KINDS[kind][2], hatch=_KINDS[kind][3]) for kind in kinds])
    return drawn.figure


def _published_bar(ax: Axes, y: float, row: Row, step: float) -> None:
    look = LOOKS[row.use]["color"]
    ax.barh(y, (row.published or 0.0) / step, height=0.8, facecolor="white", edgecolor=look, linewidth=1.6)


def _simulated_bar(drawn: Canvas, ax: Axes, y: float, row: Row, step: float) -> None:
    from matplotlib.colors import LinearSegmentedColormap

    left = 0.0
    for kind, (light, dark, _, hatch) in _KINDS.items():
        own = [entry for entry in drawn.data.cohorts if entry["period"] == row.period and entry["kind"] == kind]
        own.sort(key=lambda entry: entry["issued_fy"])
        shades = LinearSegmentedColormap.from_list(kind, [light, dark])
        for place, entry in enumerate(own):
            width, depth = entry["notices"] / step, 0.15 + 0.75 * (place + 1) / len(own)
            edges: dict[str, Any] = {"edgecolor": "white", "linewidth": 0.5, "hatch": hatch}
            ax.barh(y, width, left=left, height=0.8, color=shades(depth), **edges)
            _cohort_name(drawn, ax, (left + width / 2, y), width, entry["issued_fy"], depth)
            left += width
    if row.low is not None and row.high is not None and row.simulated is not None:
        reach = [[max(0.0, row.simulated - row.low) / step], [max(0.0, row.high - row.simulated) / step]]
        ax.errorbar(row.simulated / step, y + 0.28, xerr=reach, color=style.INK, linewidth=1.2, capsize=4)


def _cohort_name(drawn: Canvas, ax: Axes, at: tuple[float, float], width: float, year: int, depth: float) -> None:
    if width < _ROOM * ax.get_xlim()[1]:
        return
    text = drawn.text("issued", year=year)
    color = "white" if depth > 0.5 else style.INK
    ax.text(*at, text, ha="center", va="center", fontsize=7.5, color=color)
