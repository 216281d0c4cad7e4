"""A drawing on a sheet: fonts, title, unit and small print, panels in their places; the same bytes every time.

Figures are plain ``Figure`` objects; nothing touches pyplot. Texts are never read as mathematics.
"""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure

from reports import values
from reports.catalogue import Catalogue
from reports.document import Chart, Value
from reports.drawing import INK, QUIET, Drawing
from reports.faces.figures import axes, labels, marks
from reports.faces.figures.plane import Plane, squeezed

_WIDTH, _TOP, _HEADING, _BOTTOM = 10.0, 0.85, 0.2, 0.92
"""Inches: of a sheet, above panels, more above those with a heading, below them."""
_ALONE, _BESIDE = 9.0, 8.0
"""Points of what stands along axes, of panels beside each other smaller."""
_DPI = 150
_JAPANESE = "IPAexGothic"


def save(cat: Catalogue, charts: Iterable[Chart[Drawing]], folder: Path) -> dict[str, Path]:
    """Write each chart that has something to draw as ``ID.svg`` and ``ID.png`` into a folder; the PNG of each id."""
    folder.mkdir(parents=True, exist_ok=True)
    saved = {}
    with lettering(cat.lang):
        for chart in charts:
            if chart.drawing is not None:
                made = figure(cat, chart.title, chart.drawing)
                _write(made, folder / f"{chart.id}.svg", {"Date": None, "Creator": None})
                saved[chart.id] = _write(made, folder / f"{chart.id}.png", {"Software": None})
    return saved


def _write(made: Figure, path: Path, metadata: dict[str, str | None]) -> Path:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        made.savefig(path, format=path.suffix[1:], dpi=_DPI, metadata=metadata)
    return path


@contextmanager
def lettering(lang: str) -> Iterator[None]:
    """Matplotlib's settings while a figure of a language is made or saved; as before afterwards."""
    _register_japanese()
    families = [_JAPANESE, "DejaVu Sans"] if lang == "ja" else ["DejaVu Sans", _JAPANESE]
    settings: Any = {
        "font.family": families,
        "font.size": 9,
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": QUIET,
        "hatch.linewidth": 0.6,
        "svg.hashsalt": "cardflow",
        "svg.fonttype": "path",
        "text.parse_math": False,
    }
    with mpl.rc_context(settings):
        yield


def _register_japanese() -> None:
    registered = {entry.name for entry in font_manager.fontManager.ttflist}
    spec = importlib.util.find_spec("matplotlib_fontja")
    if _JAPANESE in registered or spec is None or not spec.submodule_search_locations:
        return
    font_manager.fontManager.addfont(Path(spec.submodule_search_locations[0]) / "fonts" / "ipaexg.ttf")


def figure(cat: Catalogue, title: Value, drawing: Drawing) -> Figure:
    """The figure of a drawing under a title, inside ``lettering``."""
    made = Figure(figsize=(_WIDTH, drawing.height), facecolor="white")
    for panel, ax in zip(drawing.panels, _panels(made, drawing), strict=False):
        if panel is None:
            ax.set_axis_off()
            continue
        plane = Plane.of(cat, ax, panel)
        marks.draw(plane, panel)
        axes.draw(plane, panel)
        marks.letter(plane, panel)
        labels.draw(plane, panel)
    _at(made, drawing.height - 0.28, values.text(cat, title), size=13, color=INK)
    _at(made, drawing.height - 0.56, squeezed(cat, drawing.unit), size=9, color=QUIET)
    _at(made, 0.1, values.text(cat, drawing.small_print), size=7, color=QUIET, va="bottom", linespacing=1.4)
    return made


def _panels(made: Figure, drawing: Drawing) -> Iterator[Any]:
    """Axes by row, then column."""
    rows = -(-len(drawing.panels) // drawing.columns)
    ratios = list(drawing.ratios or (1.0,) * rows)
    top = _TOP + _HEADING * any(panel is not None and panel.title != "" for panel in drawing.panels)
    grid = made.subplots(
        rows,
        drawing.columns,
        sharex=drawing.shared,
        sharey="row" if drawing.columns > 1 else False,
        squeeze=False,
        gridspec_kw={"height_ratios": ratios},
    )
    made.subplots_adjust(
        left=drawing.left / _WIDTH,
        right=1 - drawing.right / _WIDTH,
        top=1 - top / drawing.height,
        bottom=_BOTTOM / drawing.height,
        hspace=drawing.gap,
        wspace=0.14,
    )
    for ax in grid.flat:
        ax.tick_params(labelsize=_BESIDE if drawing.columns > 1 else _ALONE)
    return iter(grid.flat)


def _at(made: Figure, inches: float, text: str, **look: Any) -> None:
    made.text(0.2 / _WIDTH, inches / made.get_size_inches()[1], text, ha="left", **{"va": "baseline", **look})
