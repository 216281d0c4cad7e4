"""Scenarios over each other by month: mean of each as a line, 10-90 % of its replications as a band."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import values
from reports.catalogue import Catalogue
from reports.charts import margin, style
from reports.charts.margin import Label
from reports.document import Number, Say, say
from reports.run_data import as_run
from reports.series import Numbers
from scenarios.compare.record import Comparison

LOOKS: tuple[Mapping[str, Any], ...] = (
    {"color": style.DARK, "linestyle": "-", "linewidth": 2.4},
    {"color": "#d9772b", "linestyle": "--", "linewidth": 1.6},
    {"color": "#8a8a8a", "linestyle": (0, (1, 1)), "linewidth": 1.8},
    {"color": "#7fb2d6", "linestyle": "-.", "linewidth": 1.6},
    {"color": style.INK, "linestyle": (0, (5, 2, 1, 2, 1, 2)), "linewidth": 1.2},
)
"""Looks of scenarios in their order, told apart by lightness and line; more than these take turns."""
_WRAPPED = 24
"""Characters after which the name of a scenario goes on in a new line."""


@dataclass(frozen=True)
class Panel:
    """One series of a comparison: ``kind`` is ``count``, ``share`` or ``days``."""

    series: str
    kind: str

    @property
    def title(self) -> Say:
        """What the series is called."""
        return say(f"comparison.series.{self.series}")

    def number(self, value: float) -> Number:
        """A value of the series with its unit."""
        return Number(value, {"share": "probability", "days": "days_exact", "count": "rough"}[self.kind], 1)


CHARTS: Mapping[str, tuple[Panel, ...]] = {
    "comparison-applications": (Panel("applications", "count"),),
    "comparison-dispatched": (Panel("dispatched", "count"),),
    "comparison-backlog": (Panel("backlog", "count"),),
    "comparison-answered": (Panel("calls_answered_share", "share"), Panel("helpdesk_answered_share", "share")),
    "comparison-certificates": (Panel("certificates_wait_days", "days"),),
}
"""The panels of each chart, from top to bottom."""


def look(place: int) -> Mapping[str, Any]:
    """The look of the scenario at a place."""
    return LOOKS[place % len(LOOKS)]


def wrapped(name: str) -> str:
    """A scenario's name for the margin: long ones broken where parts are joined."""
    return name.replace("+", "+\n") if len(name) > _WRAPPED else name


def draw(data: Comparison, cat: Catalogue, chart: str) -> Figure:
    """A chart of ``CHARTS``; months that a scenario does not report are left empty."""
    panels = CHARTS[chart]
    sheet = style.sheet(as_run(data), cat, chart, rows=len(panels), height=4.9 if len(panels) == 1 else 6.4)
    for panel, ax in zip(panels, sheet.axes, strict=True):
        _panel(sheet, ax, data, panel)
    return sheet.figure


def _panel(sheet: style.Sheet, ax: Axes, data: Comparison, panel: Panel) -> None:
    found = [_aligned(data, name, panel.series) for name in data.names]
    top = max(style.largest(high) for _, _, high in found)
    step, unit = style.scale(sheet.cat, top) if panel.kind == "count" else (1.0, "")
    style.month_axis(sheet, ax)
    title = values.text(sheet.cat, panel.title)
    if unit:
        title = sheet.cat.text("format.parenthesis", text=title, inside=unit)
    ax.set_title(title, loc="left", fontsize=10, color=style.INK, pad=4)
    if not any(np.isfinite(mean).any() for mean, _, _ in found):
        style.no_data(sheet, ax)
        return
    style.grid(ax)
    for place, (mean, low, high) in enumerate(found):
        _draw(ax, mean / step, low / step, high / step, place)
    _limits(ax, panel, found, step, top)
    if panel.kind == "share":
        style.percent_axis(sheet, ax)
    else:
        style.note_if_flat(sheet, ax, top / step, sheet.cat.text("comparison.hardly_any"))
    margin.key(
        ax,
        [
            Label(0, wrapped(name), look(place)["color"], look(place)["linestyle"])
            for place, name in enumerate(data.names)
        ],
    )


def _aligned(data: Comparison, name: str, series: str) -> tuple[Numbers, Numbers, Numbers]:
    """Mean, low and high of a scenario over all months of the chart; NaN where it has none."""
    own = data.series[name]
    places = {month: place for place, month in enumerate(own.months)}

    def numbers(key: str) -> Numbers:
        amounts = getattr(getattr(own, series), key)
        told = [amounts[places[month]] if month in places else None for month in data.months]
        return np.array([np.nan if value is None else value for value in told], dtype=np.float64)

    return numbers("mean"), numbers("low"), numbers("high")


def _draw(ax: Axes, mean: Numbers, low: Numbers, high: Numbers, place: int) -> None:
    x = np.arange(len(mean))
    own = look(place)
    marker = "o" if len(x) <= 2 else None
    ax.fill_between(x, low, high, color=own["color"], alpha=0.2, linewidth=0, zorder=1 + 0.1 * place)
    ax.plot(x, mean, marker=marker, markersize=4, zorder=2 + 0.1 * place, **own)


def _limits(ax: Axes, panel: Panel, found: list[tuple[Numbers, Numbers, Numbers]], step: float, top: float) -> None:
    if panel.kind != "share":
        ax.set_ylim(0, 1.08 * max(top, 1.0 if panel.kind == "days" else 10.0) / step)
        return
    lows = np.concatenate([low[np.isfinite(low)] for _, low, _ in found])
    bottom = max(0.0, float(np.floor(min(float(lows.min()), 0.9) * 20 - 0.2) / 20))
    ax.set_ylim(bottom, 1 + 0.02 * (1 - bottom))
