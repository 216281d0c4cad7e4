"""All charts of a sweep in the order of its page, and how they are drawn into its folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure

from reports import values
from reports.catalogue import Catalogue
from reports.charts import style, sweep_curves, sweep_drivers, sweep_map, sweep_panels
from reports.charts.save import save_figure
from reports.document import Opening, Period, say
from reports.sweep import words
from reports.sweep.data import Sweep
from scenarios.sweep.responses import Doubt


@dataclass(frozen=True)
class Chart:
    """A chart of one target: ``kind`` is ``response``, ``swings``, ``effects``, ``shares`` or ``correlations``."""

    kind: str
    doubt: Doubt

    @property
    def name(self) -> str:
        """Its file name, without ending."""
        return f"sweep-{self.kind}-{re.sub(r'[^a-z0-9.]+', '-', self.doubt.id)}"

    @property
    def title(self) -> Opening:
        """What it is called on the page."""
        names = {"target": words.target(self.doubt), "year": Period(self.doubt.period)}
        return Opening(say(f"sweep.chart.{self.kind}_title", **names))


def charts(data: Sweep) -> list[Chart]:
    """The charts that a sweep has: of each target that moves, what there is to draw."""
    if data.draws:
        return [Chart("correlations", doubt) for doubt in data.moving]
    if not data.screens:
        return [Chart("response", doubt) for doubt in data.moving]
    kinds = ("swings", "effects", "shares")
    return [Chart(kind, doubt) for kind in kinds for doubt in data.moving if data.found(kind, doubt)]


def draw(data: Sweep, cat: Catalogue, chart: Chart) -> Figure:
    """One chart, inside ``style.drawing``."""
    title = values.text(cat, chart.title)
    if chart.kind != "response":
        return sweep_drivers.draw(data, cat, chart.doubt, chart.kind, title)
    how = {1: sweep_curves.draw, 2: sweep_map.draw}.get(len(data.varied), sweep_panels.draw)
    return how(data, cat, chart.doubt, title)


def save_charts(data: Sweep, cat: Catalogue, folder: Path) -> dict[str, Path]:
    """Draw every chart into a folder, as PNG and SVG; returns the PNG of each chart by its name."""
    folder.mkdir(parents=True, exist_ok=True)
    with style.drawing(cat.lang):
        return {chart.name: save_figure(draw(data, cat, chart), folder, chart.name) for chart in charts(data)}
