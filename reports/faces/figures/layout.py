"""Where on a sheet the parts of a drawing stand: for a screen, a page, a column of text or a slide.

Lengths are inches of a sheet on which letters, lines and points have one size for all layouts; a picture is ``scale``
times as large as its sheet. On a narrow sheet panels stand under each other, with the names of their marks above them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Literal, TypeAlias

from reports import formats, values
from reports.catalogue import Catalogue
from reports.charting import key
from reports.document import Value
from reports.drawing import Box, Drawing, Names, Panel, Scale
from reports.faces.figures import axes
from reports.faces.figures.breaking import broken
from reports.faces.figures.labels import ALONG, BEYOND, NAME, in_key
from reports.faces.figures.plane import Room, squeezed

Size: TypeAlias = Literal["screen", "page", "column", "slide"]

EDGE = 0.2
"""Left and right of title and small print."""
_TOP, _HEADING, _BOTTOM = 0.85, 0.2, 0.92
"""Above panels with a line of title and of unit, more above those with a heading, and below them with small print."""
_TITLE, _UNIT, _PRINT = (0.25, 0.094), (0.17, 0.064), (0.137, 0.054)
"""What a line of them takes, and what a half-width character."""
_HEADING_LINE = 0.17
"""What a further line of a panel's heading takes."""
_PRINTED = 3
"""Lines of small print for which there is always room."""
_BESIDE = 0.14
"""Between panels beside each other, for the width of one."""
_ROW, _ROW_LINE = 0.12, 0.15
"""Between names of rows, and each line of one."""
_MOST = 0.42
"""The part of a sheet that a margin may take."""
_LOW = 0.75
"""Panels are not made lower than that to fit a height."""
_GAP = 0.45
"""Nor is the gap between them, in which numbers of the upper and the heading of the lower stand."""


@dataclass(frozen=True)
class Layout:
    """A picture ``width`` inches wide, ``scale`` times as large as its sheet.

    ``keyed``: names of marks stand above their panel instead of at their ends, and panels under each other.
    ``stretch`` is the height of panels against that on the screen, ``height`` the most of a picture where panels bear
    it.
    """

    width: float
    scale: float = 1.0
    keyed: bool = False
    stretch: float = 1.0
    height: float = inf

    @property
    def sheet(self) -> float:
        """The width of the sheet."""
        return self.width / self.scale


LAYOUTS: Mapping[Size, Layout] = {
    "screen": Layout(10),
    "page": Layout(6.3, 0.9, stretch=0.8),
    "column": Layout(3.35, 0.8, keyed=True, stretch=0.75),
    "slide": Layout(12, 1.4, height=6.5),
}
"""A4 between margins of 25 mm is 160 mm wide, one of two columns there 85 mm in Japanese practice; a slide is 13.33 by
7.5 inches, with its own title above."""


@dataclass(frozen=True)
class Laid:
    """A drawing on its sheet: its panels each with its room, its texts in lines."""

    drawing: Drawing
    width: float
    height: float
    title: str
    unit: str
    small_print: str
    rooms: tuple[Room, ...]

    @property
    def titles(self) -> tuple[float, float]:
        """Where the last lines of title and unit stand."""
        title = self.height - 0.28 - _TITLE[0] * self.title.count("\n")
        return title, title - 0.28 - _UNIT[0] * self.unit.count("\n")


def suited(layout: Layout, drawing: Drawing) -> Layout:
    """The layout for a drawing: boxes with words in them stay as they are, and all of it becomes smaller.

    As small as in a column they could not be read: there such a drawing is as wide as a page.
    """
    screen = LAYOUTS["screen"]
    if layout == screen or not any(isinstance(mark, Box) for panel in drawing.panels if panel for mark in panel.marks):
        return layout
    width = max(layout.width, LAYOUTS["page"].width)
    scale = min(width / screen.width, layout.height / drawing.height)
    return replace(screen, width=scale * screen.width, scale=scale)


def lay(cat: Catalogue, layout: Layout, title: Value, drawing: Drawing) -> Laid:
    """A drawing on the sheet of a layout."""
    own = _under_each_other(drawing) if layout.keyed else drawing
    told = (values.text(cat, title), squeezed(cat, own.unit), values.text(cat, own.small_print))
    wide = layout.sheet - 2 * EDGE
    sizes = _TITLE, _UNIT, _PRINT
    name, unit, print_ = (broken(text, int(wide / of), prose=True) for text, (_, of) in zip(told, sizes, strict=True))
    top = _TOP + _TITLE[0] * name.count("\n") + _UNIT[0] * unit.count("\n") + _heading(own)
    bottom = _BOTTOM + _PRINT[0] * max(print_.count("\n") + 1 - _PRINTED, 0)
    left, right = _margins(cat, layout, own)
    width = (layout.sheet - left - right) / (own.columns + _BESIDE * (own.columns - 1))
    heading = width if own.columns > 1 else layout.sheet - left - EDGE
    over = [_over(cat, layout, row, width, heading) for row in _rows(own)]
    heights, gap = _heights(cat, layout, own, (left, right), top + bottom + sum(map(sum, over)))
    height = top + bottom + sum(map(sum, over)) + sum(heights) + gap * (len(heights) - 1)
    rooms, upper = list[Room](), height - top
    for row, tall, (keyed, more) in zip(_rows(own), heights, over, strict=True):
        lower = upper - keyed - more - tall
        lefts = [left + place * (1 + _BESIDE) * width for place in range(len(row))]
        rooms += [Room(at, lower, width, tall, keyed, heading) for at in lefts]
        upper = lower - gap
    return Laid(own, layout.sheet, height, name, unit, print_, tuple(rooms))


def _rows(drawing: Drawing) -> list[Sequence[Panel | None]]:
    return [drawing.panels[first : first + drawing.columns] for first in range(0, len(drawing.panels), drawing.columns)]


def _heading(drawing: Drawing) -> float:
    return _HEADING * any(panel is not None and panel.title != "" for panel in drawing.panels)


def _inside(drawing: Drawing) -> tuple[list[float], float]:
    """Heights of rows of panels as a drawing has them, and of the gap between two."""
    rows = len(_rows(drawing))
    ratios = drawing.ratios or (1.0,) * rows
    mean = (drawing.height - _TOP - _BOTTOM - _heading(drawing)) / (rows + drawing.gap * (rows - 1))
    return [mean * rows * ratio / sum(ratios) for ratio in ratios], mean * drawing.gap


def _under_each_other(drawing: Drawing) -> Drawing:
    """The same panels in one column, each as high as it was; panels below one with a heading stay below it."""
    if drawing.columns == 1:
        return drawing
    rows, gap = _inside(drawing)
    blocks = list[list[tuple[Sequence[Panel | None], float]]]()
    for row, height in zip(_rows(drawing), rows, strict=True):
        if not blocks or any(panel is not None and panel.title != "" for panel in row):
            blocks.append([])
        blocks[-1].append((row, height))
    columns = [(row, height, column) for block in blocks for column in range(drawing.columns) for row, height in block]
    there = [(own, height) for row, height, at in columns if (own := _alone(row, at)) is not None]
    panels, heights = zip(*there, strict=True)
    whole = sum(heights)
    height = whole + gap * (len(heights) - 1) + _TOP + _BOTTOM + _heading(drawing)
    return replace(drawing, panels=panels, columns=1, ratios=heights, height=height, gap=gap * len(heights) / whole)


def _alone(row: Sequence[Panel | None], at: int) -> Panel | None:
    """A panel of a row as it stands by itself: it says what its values are, which the first says for all beside it."""
    panel, first = row[at], row[0]
    if panel is None or first is None or not isinstance(panel.values, Scale) or not isinstance(first.values, Scale):
        return panel
    return replace(panel, values=replace(panel.values, name=panel.values.name or first.values.name))


def _margins(cat: Catalogue, layout: Layout, drawing: Drawing) -> tuple[float, float]:
    """Left and right of panels, at most as wide as the sheet bears; names that go into a key need none on the right."""
    most, there = _MOST * layout.sheet, [panel for panel in drawing.panels if panel is not None]
    beyond = any(isinstance(panel.places, Names) and panel.places.right for panel in there)
    named = any(panel.aside or (key(*panel.marks) if panel.key is None else panel.key) for panel in there)
    right = min(drawing.right, _overhang(cat, there)) if layout.keyed and named and not beyond else drawing.right
    return min(drawing.left, most), min(right, 0.7 * most if layout.keyed else most)


def _overhang(cat: Catalogue, panels: Iterable[Panel]) -> float:
    """What stands at the right end of an axis reaches so far beyond it."""
    scales = [panel.values if panel.across else panel.places for panel in panels]
    ends = [scale.ticks[-1][1] for scale in scales if isinstance(scale, Scale) and scale.ticks]
    return max([EDGE, *(formats.width(values.text(cat, end)) * ALONG / 2 + 0.05 for end in ends)])


def _over(
    cat: Catalogue, layout: Layout, row: Sequence[Panel | None], width: float, heading: float
) -> tuple[float, float]:
    """What panels of a row need for their keys, and for more than one line of their headings."""
    there = [panel for panel in row if panel is not None]
    keys = (in_key(cat, panel, width).height for panel in there if layout.keyed)
    more = (axes.heading(cat, panel, heading).count("\n") for panel in there)
    return max(keys, default=0.0), _HEADING_LINE * max(more, default=0)


def _heights(
    cat: Catalogue, layout: Layout, drawing: Drawing, margins: tuple[float, float], rest: float
) -> tuple[list[float], float]:
    """Heights of rows of panels and of the gap between two, where all else takes the ``rest`` of the sheet."""
    own, gap = _inside(drawing)
    least = [max(_least(cat, panel, margins) for panel in row) for row in _rows(drawing)]
    wanted = [max(height * layout.stretch, low) for height, low in zip(own, least, strict=True)]
    if layout.stretch == 1 and layout.height == inf:  # as on the screen
        return own, gap
    room = max(layout.height / layout.scale - rest, 0.0)
    squeeze = min(1.0, room / (sum(wanted) + gap * (len(own) - 1)))
    heights = [max(height * squeeze, low) for height, low in zip(wanted, least, strict=True)]
    return heights, max(gap * squeeze, min(gap, _GAP))


def _least(cat: Catalogue, panel: Panel | None, margins: tuple[float, float]) -> float:
    """The least height of a panel: that of what stands at both sides of its rows, if it has rows."""
    if panel is None or not panel.across or not isinstance(panel.places, Names):
        return _LOW
    left, right = (int(margin / of) for margin, of in zip(margins, (NAME, BEYOND), strict=True))
    texts = [(name, left) for name in panel.places.names] + [(more, right) for more in panel.places.right]
    lines = [broken(values.text(cat, text), columns).count("\n") + 1 for text, columns in texts]
    return max(len(panel.places.names) * (_ROW + _ROW_LINE * max(lines, default=1)), _LOW)
