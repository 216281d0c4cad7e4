"""All charts of a decision clock in the order of its page, and how they are drawn into its folder."""

from __future__ import annotations

from pathlib import Path

from matplotlib.figure import Figure

from reports.catalogue import Catalogue
from reports.charts import clock_calendar, clock_wires, style
from reports.charts.save import save_figure
from scenarios.clock.record import Clock

CHARTS = {"clock-calendar": clock_calendar.draw, "clock-wires": clock_wires.draw}
"""Ids of all charts (file name and key of their texts), and what draws them."""


def chosen(data: Clock) -> tuple[str, ...]:
    """The charts that have something to show: no wires without any."""
    return tuple(name for name in CHARTS if name != "clock-wires" or data.paths)


def draw(data: Clock, cat: Catalogue, chart: str) -> Figure:
    """One chart, inside ``style.drawing``."""
    return CHARTS[chart](data, cat, chart)


def save_charts(data: Clock, cat: Catalogue, folder: Path) -> dict[str, Path]:
    """Draw every chart into a folder, as PNG and SVG; returns the PNG of each chart id."""
    folder.mkdir(parents=True, exist_ok=True)
    with style.drawing(cat.lang):
        return {chart: save_figure(draw(data, cat, chart), folder, chart) for chart in chosen(data)}
