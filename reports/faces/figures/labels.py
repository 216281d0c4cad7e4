"""Names of marks, each with a sample of its line, points or area: in the right margin of a panel or in a key above it.

Lines of words that stand aside or above a panel are there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from reports import formats, values
from reports.catalogue import Catalogue
from reports.charting import key
from reports.drawing import Bars, Label, Panel, Rule, Series
from reports.faces.figures import marks
from reports.faces.figures.breaking import broken, joined
from reports.faces.figures.plane import Plane
from reports.looks import INK, QUIET, Look

NAME, BEYOND, ALONG = 0.08, 0.064, 0.064
"""Inches that a half-width character takes in the name of a row, with what that keeps free, at a row's right, and along
an axis."""
_LINE, _KEY_LINE = 0.165, 0.19
"""Inches of a line of names at their ends, and in a key."""
_CHARACTER, _APART = 0.064, 0.22
"""What a half-width character in a key above a panel takes, and what two names there keep apart."""
_FROM, _TO, _NAME = 0.08, 0.28, 0.34
"""Where a sample begins and ends and where its name begins, in inches from the panel."""
_SAMPLE, _STROKE = 6.0, 1.6
"""The largest point and the width of all lines that stand before a name."""


@dataclass(frozen=True)
class _Placed:
    """A name at a wanted part of the panel's height, with the look that it stands for."""

    height: float
    text: str
    look: Look

    @property
    def rows(self) -> int:
        return self.text.count("\n") + 1


@dataclass(frozen=True)
class Key:
    """Lines above a panel, from top to bottom: each names with their looks and where they begin, in inches."""

    lines: tuple[tuple[tuple[float, str, Look | None], ...], ...]

    @property
    def height(self) -> float:
        """Inches that it takes."""
        return _KEY_LINE * len(self.lines) + 0.06 * bool(self.lines)


def in_key(cat: Catalogue, panel: Panel, width: float) -> Key:
    """What stands beside a panel on a wide sheet, as lines above one so wide."""
    labels = panel.key if panel.key is not None else key(*panel.marks)
    lines, columns = list[list[tuple[float, str, Look | None]]](), int(width / _CHARACTER)
    at = width
    for label in labels:
        first, *rest = broken(joined(values.text(cat, label.name)), columns - int(_NAME / _CHARACTER)).split("\n")
        wide = _NAME - _FROM + formats.width(max((first, *rest), key=formats.width)) * _CHARACTER
        if rest or at + wide > width:
            lines.append([])
            at = 0.0
        lines[-1].append((at, first, label.look))
        lines += [[(at + _NAME - _FROM, more, None)] for more in rest]
        at = width if rest else at + wide + _APART
    for words in (*panel.aside, *panel.above):
        lines += [[(0.0, line, None)] for line in broken(values.text(cat, words), columns).split("\n") if line]
    return Key(tuple(map(tuple, lines)))


def draw(plane: Plane, panel: Panel, above: bool = False) -> None:
    """The names of a panel's marks and what stands beside and above it, all ``above`` it where they are."""
    if above:
        _lines(plane, in_key(plane.cat, panel, plane.width))
        return
    _place(plane, list(_ends(plane, panel) if panel.key is None else _key(plane, panel.key)))
    aside, upper = ("\n".join(values.text(plane.cat, each) for each in lines) for lines in (panel.aside, panel.above))
    shared: dict[str, Any] = {"transform": plane.ax.transAxes, "fontsize": 8, "color": QUIET}
    plane.ax.text(1 + _FROM / plane.width, 0.9, aside, va="top", **shared)
    plane.ax.text(0.995, 1.01, upper, ha="right", va="bottom", **shared)


def _lines(plane: Plane, lines: Key) -> None:
    for up, line in enumerate(reversed(lines.lines)):
        place = 1 + (_KEY_LINE * (up + 0.5) + 0.06) / plane.height
        for at, text, look in line:
            if look is None:
                _name(plane, at, place, text, QUIET)
            else:
                _sample(plane, at, place, look, _KEY_LINE / plane.height)
                _name(plane, at + _NAME - _FROM, place, text, _letters(look))


def _key(plane: Plane, labels: Iterable[Label]) -> Iterator[_Placed]:
    """From top to bottom in the order given."""
    line, place = _KEY_LINE / plane.height, 1.0
    for label in labels:
        text = broken(values.text(plane.cat, label.name))
        rows = text.count("\n") + 1
        yield _Placed(place - line * rows / 2, text, label.look)
        place -= line * rows


def _ends(plane: Plane, panel: Panel) -> Iterator[_Placed]:
    bottom, top = plane.ax.get_ylim()
    for mark in panel.marks:
        if isinstance(mark, Series | Bars | Rule) and mark.name:
            end = _end(plane, mark)
            if np.isfinite(end):
                yield _Placed((end - bottom) / (top - bottom), broken(values.text(plane.cat, mark.name)), mark.look)


def _end(plane: Plane, mark: Series | Bars | Rule) -> float:
    """The last value that there is; the middle of an area's last; not a number without any."""
    if isinstance(mark, Rule):
        return mark.at / plane.step
    if isinstance(mark, Bars):
        base = mark.base[-1] if mark.base else 0.0
        return float(plane.values([base + mark.values[-1] / 2])[0])
    ends = plane.values(mark.values) if mark.values else (plane.values(mark.low) + plane.values(mark.high)) / 2
    there = ends[np.isfinite(ends)]
    return float(there[-1]) if len(there) else np.nan


def _place(plane: Plane, labels: list[_Placed]) -> None:
    """Names pushed apart so that none overlaps, a sample of each before its name."""
    line = _LINE / plane.height
    wanted = sorted(labels, key=lambda label: label.height)
    places = _apart([label.height for label in wanted], [line * label.rows for label in wanted])
    for place, label in zip(places, wanted, strict=True):
        _sample(plane, plane.width + _FROM, place, label.look, line)
        _name(plane, plane.width + _NAME, place, label.text, _letters(label.look))


def _letters(look: Look) -> str:
    """The colour of a name."""
    return INK if look.fill and not look.marker else look.color


def _name(plane: Plane, inches: float, place: float, text: str, color: str) -> None:
    look: dict[str, Any] = {"color": color, "va": "center", "ha": "left", "fontsize": 8.5}
    plane.ax.text(inches / plane.width, place, text, transform=plane.ax.transAxes, **look)


def _sample(plane: Plane, inches: float, place: float, look: Look, line: float) -> None:
    """What stands before a name, from so many inches right of the panel's left side on, at a part of its height."""
    shared: dict[str, Any] = {"transform": plane.ax.transAxes, "clip_on": False}
    first, wide = inches / plane.width, (_TO - _FROM) / plane.width
    if look.marker:
        sample = replace(look, size=min(look.size, _SAMPLE))
        plane.ax.add_artist(Line2D([first + wide / 2], [place], **shared, **marks.marker(sample)))
    elif look.fill:
        box = Rectangle((first, place - line * 0.38), wide, line * 0.76, **shared)
        box.set(facecolor=look.fill, edgecolor=look.color, linewidth=look.width or 0.4, hatch=look.hatch)
        plane.ax.add_artist(box)
    else:
        sample = replace(look, width=_STROKE, opacity=1.0, halo=False)
        ends = [first, first + wide]
        plane.ax.add_artist(Line2D(ends, [place, place], color=look.color, **shared, **marks.outline(sample)))


def _apart(places: list[float], sizes: list[float]) -> list[float]:
    """Places from low to high, moved as little as needed so that each keeps its size and all stay inside."""
    moved = [min(max(place, 0.0), 1.0) for place in places]
    for _ in range(200):
        for i in range(len(moved) - 1):
            gap = (sizes[i] + sizes[i + 1]) / 2 - (moved[i + 1] - moved[i])
            if gap > 0:
                moved[i], moved[i + 1] = moved[i] - gap / 2, moved[i + 1] + gap / 2
    return moved
