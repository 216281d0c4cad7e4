"""Every chart of every command, drawn from the made-up samples, and what is wrong with its letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import clock_sample
import comparison_sample
import drawn
import ledger_sample
import numpy as np
import sizing_sample
import sweep_sample
import test_reports_folder as run_sample
import validation_sample
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import StepPatch
from matplotlib.path import Path as MplPath
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from reports.catalogue import Catalogue
from reports.clock.document import CLOCK
from reports.compare.document import COMPARE
from reports.faces.figures import sheet
from reports.ledger.document import LEDGER
from reports.presentation import Presentation
from reports.run.document import RUN
from reports.size.document import SIZE
from reports.sweep.document import SWEEP
from reports.validation.document import VALIDATE
from sim.calendar import Floats

Draw = Callable[[Catalogue], Figure]
_TOUCH = 1.0
"""Pixels that two boxes may share: letters do not fill their box."""
_IN_MARKER = 4.0
"""Pixels from the middle of a marker: a text there stands in it."""


def drawers(place: Path) -> Iterator[tuple[str, Draw]]:
    """The name of every chart with what draws it in a language, inside ``lettering``."""
    yield from _charts("run", RUN, run_sample.make(place / "run"))
    for count in (2, 20):
        names = comparison_sample.BASE, comparison_sample.SEATS, comparison_sample.OUTAGE
        compared = comparison_sample.comparison(*names, replications=count)
        shown = () if count == 2 else ("comparison-targets", "comparison-figures")
        yield from _charts(
            f"compare {count}", COMPARE, comparison_sample.write(place / f"compare{count}", compared), shown
        )
    for count, saves in ((2, True), (20, True), (10, False)):
        told = ledger_sample.ledger(replications=count, saves=saves, size=1.0 if saves else 0.0)
        shown = ("shadow-prices",) if count == 20 else ()
        yield from _charts(f"ledger {count}", LEDGER, ledger_sample.write(place / f"ledger{count}", told), shown)
    for kind, options in sweep_sample.KINDS.items():
        sweep_sample.write(place / kind, **options)
    sweep_sample.screened(place / "screen")
    sweep_sample.with_draws(place / "draws")
    for kind in (*sweep_sample.KINDS, "screen", "draws"):
        yield from _charts(f"sweep {kind}", SWEEP, place / kind)
    for by in ("year", "month"):
        sized = sizing_sample.write(place / f"size-{by}", sizing_sample.sizing(by=by))
        yield from _charts(f"size {by}", SIZE, sized)
    clock_sample.usual(place / "clock")
    yield from _charts("clock", CLOCK, place / "clock")
    yield from _charts("validate", VALIDATE, validation_sample.write(place / "validation"))


def _charts(name: str, question: Presentation, folder: Path, shown: Sequence[str] = ()) -> Iterator[tuple[str, Draw]]:
    """The charts of a folder's answer, or those that are ``shown`` of it."""
    for chart in drawn.charts(question.document(question.read(folder))).values():
        if (not shown or chart.id in shown) and (drawing := chart.make()) is not None:
            yield (
                f"{name} {chart.id}",
                lambda cat, chart=chart, drawing=drawing: sheet.figure(cat, chart.title, drawing),
            )


def faults(figure: Figure) -> list[str]:
    """Letters that touch each other, leave the figure, or are struck by a line of their chart."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw_without_rendering()
    boxes = [(text, box) for text in _texts(figure) if (box := text.get_window_extent(renderer)).width > 0]
    width, height = figure.bbox.size
    found = [
        f"{_said(text)} leaves the figure"
        for text, box in boxes
        if box.x0 < -_TOUCH or box.y0 < -_TOUCH or box.x1 > width + _TOUCH or box.y1 > height + _TOUCH
    ]
    found += [f"{_said(a)} touches {_said(b)}" for (a, p), (b, q) in combinations(boxes, 2) if _overlap(p, q)]
    drawn = {ax: (list(_lines(ax)), list(_markers(ax))) for ax in figure.axes}
    return found + [
        f"{_said(text)} is struck by a line"
        for text, box in boxes
        if text.axes is not None and text.get_bbox_patch() is None and _struck(box, *drawn[text.axes])
    ]


def _texts(figure: Figure) -> list[Text]:
    """What is shown: of tick labels those in sight only."""
    hidden = set()
    for ax in figure.axes:
        if not (ax.get_visible() and ax.axison):
            hidden |= {id(text) for axis in (ax.xaxis, ax.yaxis) for text in axis.findobj(Text)}
            continue
        for axis in (ax.xaxis, ax.yaxis):
            shown = {id(tick) for tick in axis._update_ticks()} if axis.get_visible() else set()
            ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
            hidden |= {id(label) for tick in ticks if id(tick) not in shown for label in (tick.label1, tick.label2)}
    return [
        text
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and id(text) not in hidden
    ]


def _overlap(one: Bbox, other: Bbox) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return wide > _TOUCH and high > _TOUCH


def _struck(box: Bbox, lines: Sequence[MplPath], markers: Sequence[Floats]) -> bool:
    """Whether a line runs through a text that stands neither on a white ground nor on a marker."""
    middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    if any(np.any(np.hypot(*(places - middle).T) < _IN_MARKER) for places in markers):
        return False
    inner = Bbox.from_extents(box.x0 + 2, box.y0 + 2, box.x1 - 2, box.y1 - 2)
    return any(path.intersects_bbox(inner, filled=False) for path in lines)


def _lines(ax: Axes) -> Iterator[MplPath]:
    """The lines of axes in pixels, those of intervals among them."""
    for line in ax.lines:
        if line.get_visible() and line.get_linestyle() not in ("None", "none", "", " "):
            yield line.get_transform().transform_path(line.get_path())
    for steps in ax.patches:
        if isinstance(steps, StepPatch) and not steps.get_fill():
            yield steps.get_transform().transform_path(steps.get_path())
    for found in ax.collections:
        if isinstance(found, LineCollection):
            yield from (found.get_transform().transform_path(path) for path in found.get_paths())


def _markers(ax: Axes) -> Iterator[Floats]:
    """Where the markers of axes stand, in pixels: they are the ground of a text on them."""
    for line in ax.lines:
        if line.get_marker() not in ("None", None, "", " "):
            yield line.get_transform().transform(line.get_xydata())


def _said(text: Text) -> str:
    return repr(text.get_text())
