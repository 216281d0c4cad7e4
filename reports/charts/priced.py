"""Charts of a ledger's page: what a unit more saves by fiscal year, late cards' days and lost calls by cause."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import formats, values
from reports.catalogue import Catalogue
from reports.charts import ledger, margin, style
from reports.charts.margin import Label
from reports.charts.save import save_figure
from reports.ledger import cells
from reports.run_data import as_run
from scenarios.ledger.record import Ledger, Price
from sim.calendar import Period

CHARTS = ("shadow-prices", "late-cards", "lost-calls")
"""Ids of all charts: file name and key of their texts."""


def draw(data: Ledger, cat: Catalogue, chart: str) -> Figure:
    """One chart, inside ``style.drawing``."""
    if chart == "shadow-prices":
        return draw_prices(data, cat)
    return (ledger.draw_late if chart == "late-cards" else ledger.draw_lost)(as_run(data), cat)


def save_charts(data: Ledger, cat: Catalogue, folder: Path) -> dict[str, Path]:
    """Draw every chart into a folder, as PNG and SVG; returns the PNG of each chart id."""
    folder.mkdir(parents=True, exist_ok=True)
    with style.drawing(cat.lang):
        return {chart: save_figure(draw(data, cat, chart), folder, chart) for chart in CHARTS}


def draw_prices(data: Ledger, cat: Catalogue) -> Figure:
    """A panel a resource and what it is there to save; those that save exactly none in all years have none."""
    claimed = [price for price in data.rows if price.clear is not None]
    moved = list(dict.fromkeys((price.resource, price.saves) for price in claimed if price.outcome != "none"))
    height = 1.95 + 1.15 * max(len(moved), 1.6)
    sheet = style.sheet(as_run(data), cat, "shadow-prices", rows=max(len(moved), 1), height=height)
    if not moved:
        style.no_data(sheet, sheet.axes[0], cat.text("ledger.prices.none_at_all"))
        sheet.axes[0].set_xticks([])
        return sheet.figure
    periods = list(dict.fromkeys(price.period for price in claimed))
    for key, ax in zip(moved, sheet.axes, strict=True):
        _panel(sheet, ax, [price for price in claimed if (price.resource, price.saves) == key], periods)
    shown = {price.outcome for price in claimed}
    unclear = "too_few" if "too_few" in shown else "chance"
    margin.key(sheet.axes[0], [_label(cat, name) for name in ("clear", unclear, "none")])
    return sheet.figure


def _panel(sheet: style.Sheet, ax: Axes, prices: Sequence[Price], periods: Sequence[str]) -> None:
    ends = [abs(end) for price in prices for end in _whisker(price)]
    step, unit = style.scale(sheet.cat, float(np.max(ends)))
    own = {"resource": cells.resource(prices[0]), "saves": cells.saved(prices[0])}
    title = sheet.text("panel", **{name: values.text(sheet.cat, value) for name, value in own.items()})
    title = sheet.cat.text("format.parenthesis", text=title, inside=unit) if unit else title
    ax.set_title(title, loc="left", fontsize=9.5, color=style.INK, pad=3)
    style.grid(ax)
    ax.axhline(0, color=style.INK, linewidth=0.9, zorder=1)
    for price in prices:
        _point(ax, periods.index(price.period), price, step)
    ax.set_xlim(-0.5, len(periods) - 0.5)
    ticks = [formats.fiscal_year_axis(sheet.cat, Period(period).fiscal_year) for period in periods]
    ax.set_xticks(range(len(periods)), ticks)
    ax.margins(y=0.15)
    ax.locator_params(axis="y", nbins=4)


def _point(ax: Axes, x: float, price: Price, step: float) -> None:
    """Filled if clear, hollow if chance explains it, without a line if it cannot be told, a dot if exactly none."""
    if price.outcome == "none":
        ax.plot([x], [0], marker=".", markersize=5, color=style.DARK, zorder=3)
        return
    ax.plot([x, x], [end / step for end in _whisker(price)], color=style.DARK, linewidth=1.6, zorder=2)
    look: dict[str, Any] = {"markersize": 5.5, "markeredgewidth": 1.3, "zorder": 3}
    inside = style.DARK if price.clear else "white"
    ax.plot([x], [price.difference / step], marker="o", color=style.DARK, markerfacecolor=inside, **look)


def _whisker(price: Price) -> tuple[float, float]:
    """The ends of a line; the point alone where so few pairs tell nothing."""
    return (price.difference, price.difference) if price.outcome == "too_few" else (price.low, price.high)


def _label(cat: Catalogue, name: str) -> Label:
    text = cat.text(f"chart.shadow-prices.{name}")
    if name == "none":
        return Label(0, text, style.DARK, marker=".", fill=style.DARK)
    fill = style.DARK if name == "clear" else "white"
    return Label(0, text, style.DARK, marker="o", fill=fill)
