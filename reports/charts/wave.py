"""The wave: applications by reason under the capacity line, and renewals due and done."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import actuals, series
from reports.capacity_fields import CAP_FIELD, STATION_FIELDS
from reports.catalogue import Catalogue
from reports.charts import actual, capacity, margin, style
from reports.charts.capacity import Limit
from reports.charts.margin import Label
from reports.run_data import RunData
from reports.series import Band
from sim.facts import SOURCES

_LOOKS: dict[str, tuple[str, str]] = {
    "renewal": (style.DARK, ""),
    "first_time": ("#9cc3de", ""),
    "loss": ("#ffffff", "////"),
    "move": ("#8a8a8a", ""),
    "newborn": ("#f2dcb3", "...."),
    "campaign": ("#d98a3d", "xxx"),
}
_OTHER = ("#eeeeee", "++")
_DUE = (0, (1, 1))


def draw_wave(data: RunData, cat: Catalogue) -> Figure:
    """Card applications stacked by reason by month, against what can be made and dispatched."""
    total = series.band(series.flow(data, "applications"))
    due = series.band(series.flow(data, "cards_expiring"))
    stated = actuals.monthly(data, "applications")
    top = style.largest(total.high, due.high, stated)
    step, unit = style.scale(cat, top)
    sheet = style.sheet(data, cat, "wave", height=5.2, scale=unit)
    ax = sheet.axes[0]
    style.month_axis(sheet, ax)
    if top == 0:
        style.no_data(sheet, ax)
        return sheet.figure
    style.grid(ax)
    labels = _stack(sheet, ax, step)
    x = np.arange(len(data.months))
    for edge in (total.low, total.high):
        ax.plot(x, edge / step, color=style.INK, linewidth=0.7, drawstyle="steps-mid")
    ax.plot(
        x,
        due.median / step,
        color=style.WARM,
        linestyle=_DUE,
        linewidth=2.0,
        path_effects=style.halo(3.4),
        drawstyle="steps-mid",
    )
    drawn = capacity.draw_limits(sheet, ax, [_passable(sheet)], step, top)
    ax.set_ylim(0, 1.08 * max(top, *(style.largest(limit.values) for limit in drawn), 0.0) / step)
    labels.append(Label(float(due.median[-1]) / step, sheet.text("due"), style.WARM, line=_DUE))
    labels += [*(limit.label(step) for limit in drawn), *actual.draw_points(sheet, ax, stated, step)]
    margin.label_ends(ax, labels)
    return sheet.figure


def _passable(sheet: style.Sheet) -> Limit:
    fields = [*STATION_FIELDS.values(), CAP_FIELD]
    name = sheet.text("capacity")
    if any(sheet.data.assumed(path) for path in fields):
        name = sheet.cat.text("chart.assumed", text=name)
    values = series.band(capacity.passable(sheet.data)).median
    return Limit(name.replace("(", "\n(").replace("（", "\n（"), values, style.INK, "--")


def _stack(sheet: style.Sheet, ax: Axes, step: float) -> list[Label]:
    parts = []
    for name in sorted(SOURCES, key=_order):
        values = series.flow(sheet.data, f"applications_{name}").mean(axis=1).fillna(0.0).to_numpy() / step
        parts.append((values, _LOOKS.get(name, _OTHER), sheet.cat.name("source", name)))
    return margin.stack(ax, parts)


def _order(name: str) -> int:
    return list(_LOOKS).index(name) if name in _LOOKS else len(_LOOKS)


def draw_renewals(data: RunData, cat: Catalogue) -> Figure:
    """Cards and certificates reaching expiry, and those renewed, by month."""
    names = ("cards_expiring", "applications_renewal", "certificates_expiring", "certificates_renewed")
    bands = [series.band(series.flow(data, name)) for name in names]
    top = style.largest(*(band.high for band in bands))
    step, unit = style.scale(cat, top)
    sheet = style.sheet(data, cat, "renewals", rows=2, height=6.2, scale=unit)
    for kind, ax, due, done in zip(("cards", "certificates"), sheet.axes, bands[::2], bands[1::2], strict=True):
        style.month_axis(sheet, ax)
        ax.set_title(sheet.text(kind), loc="left", fontsize=10, color=style.INK)
        if due.empty and done.empty:
            style.no_data(sheet, ax)
        else:
            _due_and_done(sheet, ax, kind, (due, done), step)
    return sheet.figure


def _due_and_done(sheet: style.Sheet, ax: Axes, kind: str, bands: tuple[Band, Band], step: float) -> None:
    due, done = bands
    style.grid(ax)
    style.draw_band(ax, due, step, style.WARM, "--")
    style.draw_band(ax, done, step, style.DARK)
    ax.set_ylim(0, 1.08 * style.largest(due.high, done.high) / step)
    ends = [
        Label(float(np.nan_to_num(due.median[-1])) / step, sheet.text("due"), style.WARM, "--"),
        Label(float(np.nan_to_num(done.median[-1])) / step, sheet.text(f"done_{kind}"), style.DARK, "-"),
    ]
    margin.label_ends(ax, ends)
