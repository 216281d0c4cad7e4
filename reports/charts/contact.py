"""The call centres: share answered against the promised one, calls by cause, waiting, seats; a panel a centre."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import actuals, centres, formats, series, values
from reports.catalogue import Catalogue
from reports.charts import actual, margin, style
from reports.charts.margin import Label
from reports.document import Name, Value, say
from reports.run.contact_captions import hundred
from reports.run_data import RunData
from reports.series import Band, Numbers
from sim.facts import CENTRES

_TARGET = (0, (6, 2))
_LEAST_IN_SIGHT = 0.9
"""The scale of answer rates starts here at the latest, so that a year of 99 % does not look like ups and downs."""
_LOOKS: dict[str, tuple[str, str]] = {
    "notices": (style.DARK, ""),
    "applications": ("#9cc3de", ""),
    "late_cards": ("#d98a3d", "xxx"),
    "counter_waits": ("#f2dcb3", "...."),
    "holders": ("#8a8a8a", ""),
    "loss": ("#ffffff", "////"),
    "transactions": (style.DARK, ""),
    "errors": ("#d98a3d", "xxx"),
    "outages": ("#f2dcb3", "...."),
    "office": ("#8a8a8a", ""),
    "call_backs": ("#ffffff", "\\\\\\\\"),
}
_OTHER = ("#eeeeee", "++")


def draw_answer_rate(data: RunData, cat: Catalogue) -> Figure:
    """Share answered by month, a panel a centre, months below the threshold marked."""
    sheet = style.sheet(data, cat, "answer-rate", rows=len(CENTRES), height=6.4)
    bands = {name: centres.answer_rate(data, name) for name in CENTRES}
    limit = centres.threshold(data)
    stated = {name: actuals.monthly(data, f"answered_share_{name}") for name in CENTRES}
    lows = [*(band.low for band in bands.values()), *stated.values(), limit, np.array([_LEAST_IN_SIGHT])]
    bottom = min(float(np.nanmin(values)) for values in lows if not np.all(np.isnan(values)))
    bottom = max(0.0, np.floor(bottom * 20 - 0.2) / 20)
    for (name, band), ax in zip(bands.items(), sheet.axes, strict=True):
        _panel(sheet, ax, cat.name("centre", name))
        if band.empty:
            style.no_data(sheet, ax)
            continue
        style.grid(ax)
        style.draw_band(ax, band, 1.0, style.DARK)
        _below(ax, band, limit)
        ax.set_ylim(bottom, 1 + 0.02 * (1 - bottom))
        style.percent_axis(sheet, ax)
        points = actual.draw_points(sheet, ax, stated[name])
        margin.label_ends(ax, [*_rate_labels(sheet, ax, band, limit), *points])
    return sheet.figure


def _panel(sheet: style.Sheet, ax: Axes, title: str) -> None:
    style.month_axis(sheet, ax)
    ax.set_title(title, loc="left", fontsize=10, color=style.INK, pad=4)


def _below(ax: Axes, band: Band, limit: Numbers) -> None:
    x = np.arange(len(band.periods))
    below = np.nan_to_num(band.median, nan=np.inf) < limit
    look: dict[str, Any] = {"linestyle": "none", "marker": "v", "markersize": 5, "zorder": 3}
    ax.plot(x[below], band.median[below], color=style.WARM, markerfacecolor="white", **look)


def _rate_labels(sheet: style.Sheet, ax: Axes, band: Band, limit: Numbers) -> list[Label]:
    labels = [Label(style.last(band.median), sheet.text("rate"), style.DARK, "-")]
    if not np.all(np.isnan(limit)):
        x = np.arange(len(limit))
        edges = np.concatenate([[x[0] - 0.5], x + 0.5])
        ax.stairs(limit, edges, color=style.INK, linewidth=1.2, linestyle=_TARGET, baseline=None)
        share = formats.percent(sheet.cat, float(limit[-1]), 0)
        labels.append(Label(float(limit[-1]), sheet.text("threshold", percent=share), line=_TARGET))
    if np.any(np.nan_to_num(band.median, nan=np.inf) < limit):
        bottom, top = ax.get_ylim()
        place = max(bottom, float(np.nanmin(limit)) - 0.35 * (top - bottom))
        labels.append(Label(place, sheet.text("below"), style.WARM, marker="v"))
    return labels


def draw_causes(data: RunData, cat: Catalogue) -> Figure:
    """Calls by cause and month, call-backs on top, a panel a centre on a scale of its own."""
    sheet = style.sheet(data, cat, "calls-by-cause", rows=len(CENTRES), height=6.8)
    for name, ax in zip(CENTRES, sheet.axes, strict=True):
        parts = centres.causes(data, name)
        total = series.band(centres.calls(data, name, "offered"))
        stated = actuals.monthly(data, f"calls_{name}")
        step, unit = style.scale(cat, style.largest(total.high, stated))
        _panel(sheet, ax, sheet.text("panel", centre=cat.name("centre", name), scale=unit))
        if total.empty:
            style.no_data(sheet, ax)
            continue
        style.grid(ax)
        stacked = [
            (values / step, _LOOKS.get(key, _OTHER), cat.name("call_cause", key)) for key, values in parts.items()
        ]
        labels = margin.stack(ax, stacked)[::-1]
        _total(ax, total, step)
        ax.set_ylim(0, 1.06 * style.largest(total.high, stated, sum(parts.values(), np.zeros(1))) / step)
        margin.key(ax, [*actual.draw_points(sheet, ax, stated, step), *labels])
    return sheet.figure


def _total(ax: Axes, total: Band, step: float) -> None:
    x = np.arange(len(total.periods))
    if len(x) == 1:
        middle = total.median / step
        reach = np.array([[middle[0] - total.low[0] / step], [total.high[0] / step - middle[0]]])
        ax.errorbar(x, middle, yerr=np.maximum(reach, 0), color=style.INK, linewidth=1.0, capsize=4)
        return
    for edge in (total.low, total.high):
        look: dict[str, Any] = {"color": style.INK, "linewidth": 0.8, "drawstyle": "steps-mid"}
        ax.plot(x, edge / step, path_effects=style.halo(2.0), **look)


_LINES = {"resident": (style.DARK, "-"), "helpdesk": (style.WARM, "--")}


def draw_waiting(data: RunData, cat: Catalogue) -> Figure:
    """Mean wait and share answered within 20 seconds by month, a line a centre."""
    sheet = style.sheet(data, cat, "call-waiting", rows=2, height=6.2)
    measures = {"wait": centres.mean_wait, "within": centres.within_20s}
    for (key, measure), ax in zip(measures.items(), sheet.axes, strict=True):
        _panel(sheet, ax, sheet.text(key))
        bands = {name: measure(data, name) for name in CENTRES}
        known = {name: band for name, band in bands.items() if not np.all(np.isnan(band.median))}
        if not known:
            style.no_data(sheet, ax)
            continue
        style.grid(ax)
        for name, band in known.items():
            style.draw_band(ax, band, 1.0, *_LINES[name])
        top = 1.02 if key == "within" else 1.08 * max(style.largest(*(band.high for band in known.values())), 1.0)
        ax.set_ylim(0, top)
        if key == "within":
            style.percent_axis(sheet, ax)
        margin.label_ends(
            ax,
            [Label(style.last(band.median), cat.name("centre", name), *_LINES[name]) for name, band in known.items()],
        )
    return sheet.figure


def draw_seats(data: RunData, cat: Catalogue) -> Figure:
    """Seats contracted against seats needed by month, as an index while the number is the library's assumption."""
    sheet = style.sheet(data, cat, "seats", rows=len(CENTRES), height=6.4)
    for name, ax in zip(CENTRES, sheet.axes, strict=True):
        seats = centres.seats(data, name)
        _panel(sheet, ax, seats_title(cat, name, seats))
        if seats.there.empty and seats.needed.empty:
            style.no_data(sheet, ax)
            continue
        style.grid(ax)
        style.draw_band(ax, seats.needed, 1.0, style.DARK)
        x = np.arange(len(data.months))
        there = seats.there.median
        marker = "_" if len(x) <= 2 else None
        look: dict[str, Any] = {"color": style.INK, "linestyle": _TARGET, "linewidth": 1.4, "marker": marker}
        ax.plot(x, there, drawstyle="steps-mid", markersize=12, **look)
        stated = actuals.monthly(data, f"seats_{name}")
        ax.set_ylim(0, 1.1 * style.largest(there, seats.needed.high, stated))
        ends = [
            Label(style.last(there), sheet.text("there"), line=_TARGET),
            Label(style.last(seats.needed.median), sheet.text("needed"), style.DARK, "-"),
            *actual.draw_points(sheet, ax, stated),
        ]
        margin.label_ends(ax, ends)
    return sheet.figure


def seats_title(cat: Catalogue, centre: str, seats: centres.Seats) -> str:
    """The name of a centre with the unit of its seats: an index with the assumed number beside it, or seats."""
    told: dict[str, Value] = {"centre": Name("centre", centre)}
    if seats.hundred is None:
        return values.text(cat, say("chart.seats.panel", **told))
    return values.text(cat, say("chart.seats.panel_index", **told, **hundred(seats.hundred)))
