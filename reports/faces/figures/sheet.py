"""A drawing on a sheet: fonts, title, unit and small print, panels in their places; the same bytes every time.

Figures are plain ``Figure`` objects; nothing touches pyplot. Texts are never read as mathematics.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure

from reports.catalogue import Catalogue
from reports.document import Chart, Value
from reports.drawing import Drawing
from reports.faces.figures import axes, labels, marks
from reports.faces.figures.files import DPI, Kind, written
from reports.faces.figures.grey import grey
from reports.faces.figures.layout import EDGE, LAYOUTS, Laid, Layout, Size, lay, suited
from reports.faces.figures.plane import Plane
from reports.looks import INK, QUIET

_ALONE, _BESIDE = 9.0, 8.0
"""Points of what stands along axes, of panels beside each other smaller."""
_JAPANESE = "IPAexGothic"


@dataclass(frozen=True)
class Style:
    """How charts are drawn: their size, in which kinds of files, with how many dots an inch, in grey."""

    size: Size = "screen"
    kinds: tuple[Kind, ...] = ("png", "svg")
    dpi: int | None = None
    grey: bool = False


def save(cat: Catalogue, charts: Iterable[Chart[Drawing]], folder: Path, style: Style = Style()) -> dict[str, Path]:
    """Write each chart that has something to draw as ``ID.KIND`` into a folder; the first file of each by its id."""
    with lettering(cat.lang):
        return {
            chart.id: write(made, folder / chart.id, layout, style)
            for chart, made, layout in figures(cat, charts, style)
        }


def figures(
    cat: Catalogue, charts: Iterable[Chart[Drawing]], style: Style = Style()
) -> Iterator[tuple[Chart[Drawing], Figure, Layout]]:
    """The figure of each chart that has something to draw, inside ``lettering``, with its layout."""
    for chart in charts:
        if chart.drawing is not None:
            layout = suited(LAYOUTS[style.size], chart.drawing)
            yield chart, figure(cat, chart.title, grey(chart.drawing) if style.grey else chart.drawing, layout), layout


def write(made: Figure, stem: Path, layout: Layout, style: Style = Style()) -> Path:
    """Write a figure, inside ``lettering``, in every kind of file that the style says; the first of them."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    paths = [stem.with_name(f"{stem.name}.{kind}") for kind in style.kinds]
    for path, kind in zip(paths, style.kinds, strict=True):
        path.write_bytes(written(made, kind, layout.scale, style.dpi or DPI))
    return paths[0]


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


def figure(cat: Catalogue, title: Value, drawing: Drawing, layout: Layout = LAYOUTS["screen"]) -> Figure:
    """The figure of a drawing under a title, inside ``lettering``; as large as its sheet (``layout.Layout``)."""
    laid = lay(cat, layout, title, drawing)
    made = Figure(figsize=(laid.width, laid.height), facecolor="white")
    for panel, room, ax in zip(laid.drawing.panels, laid.rooms, _axes(made, laid), strict=False):
        if panel is None:
            ax.set_axis_off()
            continue
        plane = Plane.of(cat, ax, panel)
        marks.draw(plane, panel)
        axes.draw(plane, panel, room)
        marks.contain(plane, panel)
        marks.letter(plane, panel)
        labels.draw(plane, panel, above=layout.keyed)
    first, second = laid.titles
    _at(made, first, laid.title, size=13, color=INK)
    _at(made, second, laid.unit, size=9, color=QUIET)
    _at(made, 0.1, laid.small_print, size=7, color=QUIET, linespacing=1.4)
    return made


def _axes(made: Figure, laid: Laid) -> Iterator[Any]:
    """Axes in their rooms, by row, then column."""
    columns = laid.drawing.columns
    sharing: dict[str, Any] = {"sharex": laid.drawing.shared, "sharey": "row" if columns > 1 else False}
    grid = made.subplots(len(laid.rooms) // columns, columns, squeeze=False, **sharing)
    for ax, room in zip(grid.flat, laid.rooms, strict=True):
        wide, high = laid.width, laid.height
        ax.set_position((room.left / wide, room.bottom / high, room.width / wide, room.height / high))
        ax.tick_params(labelsize=_BESIDE if columns > 1 else _ALONE)
    return iter(grid.flat)


def _at(made: Figure, inches: float, text: str, **look: Any) -> None:
    wide, high = made.get_size_inches()
    made.text(EDGE / wide, inches / high, text, ha="left", va="bottom" if "linespacing" in look else "baseline", **look)
