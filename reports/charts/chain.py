"""The chain from receipt to dispatch: what leaves, what waits at each station, how full each station is."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import actuals, formats, series
from reports.capacity_fields import CAP_FIELD, STATION_FIELDS
from reports.catalogue import Catalogue
from reports.charts import actual, capacity, margin, style
from reports.charts.capacity import Limit
from reports.charts.margin import Label
from reports.run_data import RunData
from reports.series import Numbers
from sim.calendar import fiscal_year_of_month
from sim.facts import STATIONS


def draw_dispatch(data: RunData, cat: Catalogue) -> Figure:
    """Cards dispatched by month against production capacity, the monthly cap and what was promised."""
    out = series.band(series.flow(data, "dispatched_standard", "dispatched_express"))
    stated = actuals.monthly(data, "dispatched")
    most = style.largest(out.high, stated)
    step, unit = style.scale(cat, most)
    sheet = style.sheet(data, cat, "dispatch", scale=unit)
    ax = sheet.axes[0]
    style.month_axis(sheet, ax)
    if out.empty:
        style.no_data(sheet, ax)
        return sheet.figure
    style.grid(ax)
    style.draw_band(ax, out, step, style.DARK)
    drawn = capacity.draw_limits(sheet, ax, _limits(sheet), step, most)
    tops = [style.largest(limit.values[np.isfinite(limit.values)]) for limit in drawn]
    ax.set_ylim(0, 1.08 * max(most, *tops, 0.0) / step)
    own = Label(float(out.median[-1]) / step, sheet.text("dispatched"), style.DARK, "-")
    points = actual.draw_points(sheet, ax, stated, step)
    margin.label_ends(ax, [own, *(limit.label(step) for limit in drawn), *points])
    return sheet.figure


def _limits(sheet: style.Sheet) -> list[Limit]:
    data = sheet.data
    made = series.band(series.flow(data, "capacity_production")).median
    limits = [Limit(_named(sheet, "capacity", "plant.cards_per_day"), made, style.INK, "--", 1.3)]
    cap, promised = capacity.cap(data), data.at("targets.dispatch_per_month")
    name = _named(sheet, "cap", CAP_FIELD)
    if promised is not None:
        agreed = series.steps(promised, data.months)
        if np.array_equal(agreed, cap):
            name = sheet.text("limits", first=name, second=sheet.text("promised"))
        else:
            limits.append(Limit(sheet.text("promised"), agreed, style.QUIET, ":"))
    return [*limits, Limit(name, cap, style.WARM, "-.")]


def _named(sheet: style.Sheet, key: str, path: str) -> str:
    name = sheet.text(key)
    return sheet.cat.text("chart.assumed", text=name) if sheet.data.assumed(path) else name


def draw_waiting(data: RunData, cat: Catalogue) -> Figure:
    """Cards waiting at each station, mean of the month, all on one scale."""
    names = (*STATIONS, "dispatch")
    bands = [series.band(series.stock(data, f"waiting_{name}")) for name in names]
    top = style.largest(*(band.high for band in bands))
    step, unit = style.scale(cat, top)
    sheet = style.sheet(data, cat, "waiting", rows=len(names), height=7.6, scale=unit)
    for name, ax, band in zip(names, sheet.axes, bands, strict=True):
        style.month_axis(sheet, ax)
        title = cat.name("station", name)
        ax.set_title(title, loc="left", fontsize=9.5, color=style.INK, pad=3)
        if top == 0:
            style.no_data(sheet, ax)
            continue
        style.grid(ax)
        style.draw_band(ax, band, step, style.DARK)
        ax.set_ylim(0, 1.05 * top / step)
        _peak(sheet, ax, band)
    if top:
        _note(sheet.axes[-1], sheet.text("dispatch"))
    return sheet.figure


def _peak(sheet: style.Sheet, ax: Axes, band: series.Band) -> None:
    if band.empty:
        return
    at = band.peak()
    value = formats.rough(sheet.cat, float(band.median[at]))
    month = formats.month(sheet.cat, band.periods[at])
    ax.text(1.012, 0.9, sheet.text("peak", value=value, month=month), transform=ax.transAxes, va="top", fontsize=8)


def _note(ax: Axes, text: str) -> None:
    ax.text(1.012, 0.62, text, transform=ax.transAxes, va="top", fontsize=8, color=style.QUIET)


def draw_utilisation(data: RunData, cat: Catalogue) -> Figure:
    """Work done over capacity, a strip a station, with the fullest month of each fiscal year as a figure."""
    by_month = len(data.months) <= style.SHORT
    figures = cat.text(f"chart.utilisation.figures_{'month' if by_month else 'year'}")
    sheet = style.sheet(data, cat, "utilisation", height=4.6, figures=figures)
    ax = sheet.axes[0]
    style.month_axis(sheet, ax)
    rows = {name: capacity.utilisation(data, name).median for name in STATIONS}
    if not any(np.any(np.nan_to_num(row) > 0) for row in rows.values()):
        style.no_data(sheet, ax)
        return sheet.figure
    for place, (_name, row) in enumerate(rows.items()):
        _strip(sheet, ax, place, row)
    ax.set_ylim(len(rows) - 0.35, -0.55)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    for place, name in enumerate(rows):
        label = _named_station(sheet, name)
        ax.text(1.012, place, label, transform=ax.get_yaxis_transform(), va="center", fontsize=9)
    return sheet.figure


def _named_station(sheet: style.Sheet, name: str) -> str:
    label = sheet.cat.name("station", name)
    if not sheet.data.assumed(STATION_FIELDS[name]):
        return label
    return sheet.cat.text("chart.assumed", text=label).replace(" (", "\n(").replace("（", "\n（")


def _strip(sheet: style.Sheet, ax: Axes, place: int, row: Numbers) -> None:
    months = sheet.data.months
    known = np.ma.masked_invalid(row.reshape(1, -1))
    edges = np.arange(len(months) + 1) - 0.5
    ax.pcolormesh(edges, [place - 0.4, place + 0.2], known, cmap="Greys", vmin=0, vmax=1.15, rasterized=False)
    ax.plot([-0.5, len(months) - 0.5], [place + 0.2] * 2, color=style.FAINT, linewidth=0.6)
    for inside in _groups(months):
        values = row[inside]
        if np.all(np.isnan(values)):
            continue
        fullest = float(np.nanmax(values))
        text = formats.percent(sheet.cat, math.floor(100 * fullest) / 100, 0)
        full = {"color": "white", "bbox": {"facecolor": style.INK, "edgecolor": "none", "pad": 1.5}}
        look: dict[str, Any] = full if fullest >= 0.995 else {"color": style.INK}
        ax.text(float(np.mean(inside)), place + 0.27, text, ha="center", va="top", fontsize=8, **look)


def _groups(months: tuple[str, ...]) -> list[list[int]]:
    names = [month if len(months) <= style.SHORT else str(fiscal_year_of_month(month)) for month in months]
    return [[i for i, other in enumerate(names) if other == name] for name in dict.fromkeys(names)]
