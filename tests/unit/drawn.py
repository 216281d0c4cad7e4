"""What a drawing says, as it is read in a language; nothing is painted."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reports import values
from reports.catalogue import Catalogue
from reports.document import Chart, Document, Value
from reports.drawing import Arrow, Axis, Box, Drawing, Names, Panel, Scale, Words
from reports.faces.figures.inline import Frame, Inline


def charts(document: Document) -> dict[str, Chart]:
    """The charts of a document by their ids."""
    return {chart.id: chart for chapter in document.chapters for chart in chapter.charts}


def texts(cat: Catalogue, drawing: Drawing) -> list[str]:
    """Every text of a drawing."""
    return [text for value in _drawing(drawing) if (text := values.text(cat, value))]


def marks(drawing: Drawing, kind: type) -> list:
    """The marks of a kind."""
    return [mark for panel in drawing.panels if panel for mark in panel.marks if isinstance(mark, kind)]


def _drawing(drawing: Drawing) -> Iterator[Value]:
    yield from (drawing.unit, drawing.small_print)
    for panel in drawing.panels:
        if panel is not None:
            yield from _panel(panel)


def _panel(panel: Panel) -> Iterator[Value]:
    yield from (panel.title, panel.note, *panel.aside, *panel.above)
    yield from (label.name for label in panel.key or ())
    for mark in panel.marks:
        if isinstance(mark, Box | Arrow):
            yield from (mark.name, *(what for what, _ in getattr(mark, "told", ())))
            continue
        yield mark.text if isinstance(mark, Words) else getattr(mark, "name", "") if panel.key is None else ""
    for axis in (panel.places, panel.values):
        yield from _axis(axis)


def _axis(axis: Axis) -> Iterator[Value]:
    if isinstance(axis, Names):
        yield from (*axis.names, *axis.right)
    if isinstance(axis, Scale):
        yield from (axis.name, *(text for _, text in axis.ticks or ()))


def not_painted(cat: Catalogue, charts: Iterable[Chart], folder: Path, style: object = None) -> dict[str, Path]:
    """Files in place of the pictures of all charts that have something to draw."""
    folder.mkdir(parents=True, exist_ok=True)
    saved = {chart.id: folder / f"{chart.id}.png" for chart in charts if chart.make() is not None}
    for path in saved.values():
        for kind in (".png", ".svg"):
            path.with_suffix(kind).write_bytes(b"not painted")
    return saved


def not_inline(cat: Catalogue, charts: Iterable[Chart], folder: Path | None = None) -> dict[str, Inline]:
    """The same for pictures inside a page: an empty one, whose panels fill it."""
    drawn = [chart for chart in charts if chart.drawing is not None]
    if folder is not None:
        not_painted(cat, drawn, folder)
    whole = Frame(0, 0, 1, 1, (0, 1), (0, 1), False)
    return {chart.id: Inline('<svg viewBox="0 0 1 1"></svg>', (whole,) * len(chart.drawing.panels)) for chart in drawn}


@contextmanager
def not_beside(work: Callable[[], None]) -> Iterator[None]:
    """The page of the other language is made here: a process of its own would load everything anew, and paint."""
    work()
    yield
