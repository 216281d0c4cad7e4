"""All charts of a comparison in the order of its page, and how they are drawn into its folder."""

from __future__ import annotations

from pathlib import Path

from matplotlib.figure import Figure

from reports.catalogue import Catalogue
from reports.charts import differences, over_each_other, style
from reports.charts.save import save_figure
from scenarios.compare.record import Comparison

DIFFERENCES = {"comparison-targets": "target", "comparison-figures": "key_figure"}
"""Charts of differences, with the kind of row that each shows."""
CHARTS = (*DIFFERENCES, *over_each_other.CHARTS)
"""Ids of all charts: file name and key of their texts."""


def draw(data: Comparison, cat: Catalogue, chart: str) -> Figure:
    """One chart, inside ``style.drawing``."""
    if chart in DIFFERENCES:
        return differences.draw(data, cat, chart, DIFFERENCES[chart])
    return over_each_other.draw(data, cat, chart)


def save_charts(data: Comparison, cat: Catalogue, folder: Path) -> dict[str, Path]:
    """Draw every chart into a folder, as PNG and SVG; returns the PNG of each chart id."""
    folder.mkdir(parents=True, exist_ok=True)
    with style.drawing(cat.lang):
        return {chart: save_figure(draw(data, cat, chart), folder, chart) for chart in CHARTS}
