"""Writes charts as PNG and SVG: the same bytes for the same run."""

from __future__ import annotations

import warnings
from pathlib import Path

from matplotlib.figure import Figure

from reports.catalogue import Catalogue
from reports.charts import CHARTS, style
from reports.run_data import RunData

_DPI = 150


def save_charts(data: RunData, cat: Catalogue, folder: Path | None = None) -> dict[str, Path]:
    """Draw every chart into a folder, the run's ``charts/`` by default; returns the PNG of each chart id."""
    folder = folder or data.folder / "charts"
    folder.mkdir(parents=True, exist_ok=True)
    saved = {}
    with style.drawing(cat.lang):
        for chart in CHARTS:
            saved[chart.id] = save_figure(chart.draw(data, cat), folder, chart.id)
    return saved


def save_figure(figure: Figure, folder: Path, name: str) -> Path:
    """Write one figure as ``NAME.svg`` and ``NAME.png``, inside ``style.drawing``; returns the PNG."""
    _write(figure, folder / f"{name}.svg", {"Date": None, "Creator": None})
    return _write(figure, folder / f"{name}.png", {"Software": None})


def _write(figure: Figure, path: Path, metadata: dict[str, str | None]) -> Path:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.savefig(path, format=path.suffix[1:], dpi=_DPI, metadata=metadata)
    return path
