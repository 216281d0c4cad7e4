"""Dots of a map, each as large as what it stands for, and names beside some of them as far as there is room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import inf
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from reports import formats, values
from reports.drawing import Cells, Panel, Series, Words
from reports.faces.figures.plane import Plane
from reports.looks import INK, QUIET, shade

_OVER, _LETTERS = 2.5, 3.5
"""Dots lie over areas and lines, names over dots."""
_LEAST, _STEP, _EDGE = 1.0, 0.5, 0.3
"""Points across the smallest dot, the step of sizes (those alike are one sign of a page), and of the edge."""
_SIZE, _CHARACTER, _LINE = 7.0, 0.62, 1.15
"""Points of a name; its half-width character and its line for that size."""
_BESIDE, _AWAY, _APART = 0.025, (0.0, 0.045, 0.09, 0.135, 0.18), 0.02
"""Inches between a name and its dot or the end of its line; lengths of lines in parts of the height of the axes; inches
between the points at which a line is looked at, and between it and others."""
_OFF = 5 / 72
"""Inches that words may stand off their place."""
_SIDES = ((1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1), (0, -1))
"""Where a name may stand, what is better first: right, left, the corners, above, below."""
Point: TypeAlias = tuple[float, float]
Fields: TypeAlias = NDArray[np.float64]
"""Rectangles in inches from the lower left corner of the axes: left, bottom, right and top, a row each."""


class _Spot(NamedTuple):
    """Where a name would stand, its line to the dot in points, and by how many steps it is further than beside it."""

    words: Fields
    line: Fields
    steps: int


class _Ground:
    """What names keep clear of, all dots among it, and what their lines do, which may cross dots."""

    def __init__(self, plane: Plane, panel: Panel) -> None:
        self._whole = plane.width, plane.height
        marks = [mark for mark in panel.marks if isinstance(mark, Cells) and mark.dots]
        self._taken = _fields(_fixed(plane, panel))
        self._dots = _fields(own for mark in marks for own in _of_dots(plane, mark))
        self._named = _fields(own for mark in marks if mark.names for own in _of_dots(plane, mark))

    def cost(self, spot: _Spot) -> int | None:
        """What a name costs there, in steps away; None where it cannot stand."""
        (left, bottom, right, top), (wide, high) = spot.words, self._whole
        beyond = left < 0 or bottom < 0 or right > wide or top > high
        if beyond or _met(spot.words, self._taken).any() or _met(spot.words, self._dots).any():
            return None
        crossed = np.zeros(len(self._named), dtype=bool)
        for point in spot.line:
            if _met(point, self._taken).any():
                return None
            crossed |= _met(point, self._named)
        return spot.steps + int(crossed.sum())

    def cheapest(self, spots: Iterable[_Spot]) -> _Spot | None:
        """The first that costs least of spots that are ever further away; None where a name can stand on none."""
        found, least = None, inf
        for spot in spots:
            if spot.steps >= least:  # none costs less than its steps
                break
            if (cost := self.cost(spot)) is not None and cost < least:
                found, least = spot, cost
        return found

    def take(self, spot: _Spot) -> None:
        """Keep others clear of a name and of its line."""
        keep = np.array([-_APART, -_APART, _APART, _APART])
        self._taken = np.vstack([self._taken, spot.words, spot.line + keep])


def draw(plane: Plane, mark: Cells) -> None:
    """The dots of a mark inside the final limits of its panel, the largest below."""
    x, y = plane.xy(np.asarray(mark.places), plane.values(mark.values))
    shades = np.array([shade(mark.shades, amount / mark.most) for amount in mark.amounts])
    sizes = np.array([_points(plane, across) for across in mark.dots])
    look: dict[str, Any] = {"marker": "o", "markeredgecolor": QUIET, "markeredgewidth": _EDGE, "linestyle": "none"}
    for size, color in sorted(set(zip(sizes.tolist(), shades.tolist(), strict=True)), reverse=True):
        own = (sizes == size) & (shades == color)
        plane.ax.plot(x[own], y[own], markersize=size, markerfacecolor=color, zorder=_OVER, **look)


def letter(plane: Plane, panel: Panel) -> None:
    """Names beside dots, the first ones first; what finds no place has no name on the picture."""
    marks = [mark for mark in panel.marks if isinstance(mark, Cells) and mark.beside]
    ground = _Ground(plane, panel) if marks else None
    for mark in marks:
        for number in mark.beside:
            assert ground is not None
            _name(plane, mark, number, ground)


def _points(plane: Plane, across: float) -> float:
    return max(round(72 * plane.inches(across) / _STEP) * _STEP, _LEAST)


def _inches(plane: Plane, place: float, value: float) -> Point:
    """Inches from the lower left corner of the axes."""
    (x, y), ax = plane.xy(place, value / plane.step), plane.ax
    ends = ((x, ax.get_xlim(), plane.width), (y, ax.get_ylim(), plane.height))
    along, up = (long * (at - low) / (high - low) for at, (low, high), long in ends)
    return float(along), float(up)


def _fields(rows: Iterator[Any]) -> Fields:
    return np.array([*rows], dtype=np.float64).reshape(-1, 4)


def _met(own: Fields, others: Fields) -> NDArray[np.bool_]:
    """Which of the others share something with a rectangle, or hold a point."""
    return np.asarray((own[:2] < others[:, 2:]).all(axis=1) & (others[:, :2] < own[2:]).all(axis=1))


def _fixed(plane: Plane, panel: Panel) -> Iterator[Any]:
    """Where words and lines stand."""
    for mark in panel.marks:
        if isinstance(mark, Words):
            yield _of_words(plane, mark)
        elif isinstance(mark, Series) and mark.look.width:
            yield from _of_line(plane, mark)


def _of_words(plane: Plane, mark: Words) -> tuple[float, ...]:
    text = values.text(plane.cat, mark.text)
    wide, high = _CHARACTER * mark.size * formats.width(text) / 72, _LINE * mark.size / 72
    x, y = _inches(plane, mark.place, mark.value)
    left = x - wide * {"before": 1.0, "after": 0.0}.get(mark.where, 0.5)
    bottom = y - high * {"above": 0.0, "below": 1.0}.get(mark.where, 0.5)
    return left - _OFF, bottom - _OFF, left + wide + _OFF, bottom + high + _OFF


def _of_line(plane: Plane, mark: Series) -> Iterator[tuple[float, ...]]:
    """The stretches of a line that runs along places or values."""
    ends = [_inches(plane, *at) for at in zip(mark.places, mark.values, strict=True)]
    for (x, y), (other, beyond) in pairwise(ends):
        yield min(x, other) - 0.02, min(y, beyond) - 0.02, max(x, other) + 0.02, max(y, beyond) + 0.02


def _of_dots(plane: Plane, mark: Cells) -> Iterator[tuple[float, ...]]:
    for place, value, across in zip(mark.places, mark.values, mark.dots, strict=True):
        (x, y), half = _inches(plane, place, value), _points(plane, across) / 144
        yield x - half, y - half, x + half, y + half


def _name(plane: Plane, mark: Cells, number: int, ground: _Ground) -> None:
    """The name of a dot where it costs least, with a line to the dot where that is not beside it."""
    text = values.text(plane.cat, mark.names[number])
    size = _CHARACTER * _SIZE * formats.width(text) / 72, _LINE * _SIZE / 72
    at, half = _inches(plane, mark.places[number], mark.values[number]), _points(plane, mark.dots[number]) / 144
    spots = (
        _spot(at, size, (half, part * plane.height), steps, side) for steps, part in enumerate(_AWAY) for side in _SIDES
    )
    if (spot := ground.cheapest(spots)) is not None:
        ground.take(spot)
        _write(plane, text, spot)


def _spot(at: Point, size: Point, line: Point, steps: int, side: tuple[int, int]) -> _Spot:
    """Where a name of a size stands on a side of a dot; its line begins so far from the middle, and is so long."""
    shorter = 0.7 if all(side) else 1.0
    starts, ends, nears = (
        [middle + to * (line[0] + shorter * more) for middle, to in zip(at, side, strict=True)]
        for more in (0.0, line[1], line[1] + _BESIDE)
    )
    left, bottom = (near - long * (1 - to) / 2 for near, long, to in zip(nears, size, side, strict=True))
    words = np.array([left, bottom, left + size[0], bottom + size[1]])
    points = np.linspace(starts, ends, int(line[1] / _APART) + 2) if steps else np.zeros((0, 2))
    return _Spot(words, np.hstack([points, points]), steps)


def _write(plane: Plane, text: str, spot: _Spot) -> None:
    shared: dict[str, Any] = {"transform": plane.ax.transAxes, "zorder": _LETTERS}
    look: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": _SIZE, "color": INK}
    sheet = np.array([plane.width, plane.height])
    x, y = (spot.words[:2] + spot.words[2:]) / 2 / sheet
    plane.ax.text(x, y, text, **look, **shared)
    if len(spot.line):
        along, up = (spot.line[[0, -1], :2] / sheet).T
        plane.ax.plot(along, up, color=QUIET, linewidth=0.5, **shared)
