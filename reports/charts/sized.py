"""All charts of a sizing in the order of its page, and how they are drawn into its folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from matplotlib.figure import Figure

from reports.catalogue import Catalogue
from reports.charts import sized_cost, sized_evidence, sized_levels, style
from reports.charts.save import save_figure
from reports.size.data import Sizing

_DRAW: Mapping[str, Callable[[Sizing, Catalogue, str], Figure]] = {
    "sized-levels": sized_levels.draw,
    "sized-partial": sized_levels.draw,
    "sized-evidence": sized_evidence.draw,
    "sized-cost": sized_cost.draw_cost,
    "sized-further": sized_cost.draw_further,
}


def charts(data: Sizing) -> tuple[str, ...]:
    """Ids of the charts that a sizing has something for: file name and key of their texts."""
    found = ["sized-levels" if data.asked.reached else "sized-partial"] if data.levels else []
    found += ["sized-evidence"] if data.asked.evidence else []
    found += ["sized-cost"] if data.priced else []
    return (*found, "sized-further") if data.steps else tuple(found)


def draw(data: Sizing, cat: Catalogue, chart: str) -> Figure:
    """One chart, inside ``style.drawing``."""
    return _DRAW[chart](data, cat, chart)


def save_charts(data: Sizing, cat: Catalogue, folder: Path) -> dict[str, Path]:
    """Draw every chart into a folder, as PNG and SVG; returns the PNG of each chart id."""
    folder.mkdir(parents=True, exist_ok=True)
    with style.drawing(cat.lang):
        return {chart: save_figure(draw(data, cat, chart), folder, chart) for chart in charts(data)}
