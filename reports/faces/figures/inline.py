"""Figures inside a page: SVG whose words stay words, in the page's letters and as light as it can be, and their frames.

A frame says where a panel lies on its picture, so that a page can find what a pointer is on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from reports.catalogue import Catalogue
from reports.document import Chart
from reports.drawing import Drawing
from reports.drawn_numbers import At
from reports.faces.figures import sheet
from reports.faces.figures.files import written
from reports.faces.figures.plane import Plane

_TILE = 24
"""A hatch of n signs repeats every 24/n points or a part of that, and so does all of it every 24; drawn are 72."""
_UNSEEN = re.compile(r"<metadata>.*?</metadata>|<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)
_PATTERN = re.compile(r"<pattern.*?</pattern>", re.DOTALL)
_TAG = re.compile(r"(<[^>]*>)")
_HEAD = re.compile(r"<svg[^>]*(viewBox=\"[^\"]*\")[^>]*>|<[?!].*", re.DOTALL)
_SPARED = re.compile(r" font-family: [^;\"]*;?| transform=\"rotate\(-0 [^\"]*\"|(?<=<g) id=\"[^\"]*\"")
"""What a tag of a picture inside a page need not say."""
_NAMED = re.compile(r"( id=\"| href=\"#|url\(#)")
_SIGNS = re.compile(r"(<g clip-path=\"[^\"]*\")>((?:<use [^>]*/>){2,})</g>")
_STYLE = re.compile(r" style=\"[^\"]*\"")
_NUMBER = re.compile(r"-?\d+\.\d{3,}")


@dataclass(frozen=True)
class Frame:
    """Where a panel lies, as parts of the picture's width and height from its upper left corner.

    ``places`` and ``values`` are what lies at its left and lower ends and at its right and upper ones; ``across``
    panels have places upwards.
    """

    left: float
    top: float
    right: float
    bottom: float
    places: tuple[float, float]
    values: tuple[float, float]
    across: bool

    def spot(self, at: At) -> tuple[float | None, float | None]:
        """Where something lies on the picture, from the left and from the top; None where any place there is its."""
        along, upwards = (_part(one, ends) for one, ends in zip(at, (self.places, self.values), strict=True))
        x, y = (upwards, along) if self.across else (along, upwards)
        return (
            None if x is None else self.left + x * (self.right - self.left),
            None if y is None else self.bottom + y * (self.top - self.bottom),
        )


@dataclass(frozen=True)
class Inline:
    """A picture as SVG, and the frame of each panel of its drawing."""

    svg: str
    frames: tuple[Frame | None, ...]


def inline(cat: Catalogue, charts: Iterable[Chart[Drawing]], folder: Path | None = None) -> dict[str, Inline]:
    """Each chart that has something to draw, by its id; as PNG and SVG in a folder too, if one is given."""
    drawn = dict[str, Inline]()
    with sheet.lettering(cat.lang):
        for chart, made, layout in sheet.figures(cat, charts):
            assert chart.drawing is not None
            drawn[chart.id] = Inline(_svg(made, f"{chart.id}-"), tuple(_frames(cat, made, chart.drawing)))
            if folder is not None:
                sheet.write(made, folder / chart.id, layout)
    return drawn


def _svg(made: Figure, prefix: str) -> str:
    with mpl.rc_context({"svg.fonttype": "none"}):
        return _light(written(made, "svg").decode(), prefix)


def _frames(cat: Catalogue, made: Figure, drawing: Drawing) -> Iterator[Frame | None]:
    for panel, ax in zip(drawing.panels, made.axes, strict=False):
        yield None if panel is None else _frame(Plane.of(cat, ax, panel))


def _frame(plane: Plane) -> Frame:
    box = plane.ax.get_position()
    places, values = plane.xy(plane.ax.get_xlim(), plane.ax.get_ylim())
    return Frame(
        left=float(box.x0),
        top=float(1 - box.y1),
        right=float(box.x1),
        bottom=float(1 - box.y0),
        places=(float(places[0]), float(places[1])),
        values=(float(values[0]) * plane.step, float(values[1]) * plane.step),
        across=plane.across,
    )


def _part(at: float | None, ends: tuple[float, float]) -> float | None:
    return None if at is None else (at - ends[0]) / (ends[1] - ends[0])


def _light(svg: str, prefix: str) -> str:
    """The same picture without what a page has already; its ids begin with ``prefix``, its words are as they were."""
    pieces = _TAG.split(_PATTERN.sub(_one_tile, _UNSEEN.sub("", svg)))
    told = (_tag(piece, prefix) if place % 2 else piece if piece.strip() else "" for place, piece in enumerate(pieces))
    return _SIGNS.sub(_style_once, "".join(told))


def _style_once(signs: re.Match[str]) -> str:
    """Signs of one style side by side, which they take from what they stand in; what one sees through is left alone."""
    styles = set(_STYLE.findall(signs[2]))
    if len(styles) != 1 or "opacity" in (own := styles.pop()):
        return signs[0]
    return f"{signs[1]}{own}>{_STYLE.sub('', signs[2])}</g>"


def _tag(tag: str, prefix: str) -> str:
    if tag.startswith("</"):
        return tag
    if head := _HEAD.fullmatch(tag):
        return f'<svg {head[1]} stroke-linejoin="round">' if head[1] else ""
    tag = _NAMED.sub(rf"\g<1>{prefix}", _SPARED.sub("", " ".join(tag.split())).replace("xlink:href", "href"))
    return _NUMBER.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), tag)


def _one_tile(pattern: re.Match[str]) -> str:
    """A hatch as one of its tiles, with only those of its strokes that are on it."""
    kept = re.sub(r'(?<= d=")[^"]*', lambda path: "".join(filter(_on_tile, re.split("(?=M)", path[0]))), pattern[0])
    return kept.replace('"72"', f'"{_TILE}"').replace('"73"', f'"{_TILE + 1}"')


def _on_tile(stroke: str) -> bool:
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", stroke)]
    return bool(numbers) and all(min(own) <= _TILE + 1 and max(own) >= -1 for own in (numbers[::2], numbers[1::2]))
