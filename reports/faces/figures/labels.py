"""Names in the right margin of a panel, each with a sample of its line, points or area; and lines of words there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from reports import values
from reports.drawing import INK, QUIET, Bars, Label, Look, Panel, Rule, Series
from reports.faces.figures import marks
from reports.faces.figures.breaking import broken
from reports.faces.figures.plane import Plane

_LINE, _KEY_LINE = 0.165, 0.19
"""Inches of a line of names at their ends, and in a key."""
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


def draw(plane: Plane, panel: Panel) -> None:
    """The key of a panel or the names at the ends of its marks, and what stands beside and above it."""
    _place(plane, list(_ends(plane, panel) if panel.key is None else _key(plane, panel.key)))
    aside, above = ("\n".join(values.text(plane.cat, each) for each in lines) for lines in (panel.aside, panel.above))
    shared: dict[str, Any] = {"transform": plane.ax.transAxes, "fontsize": 8, "color": QUIET}
    plane.ax.text(1.012, 0.9, aside, va="top", **shared)
    plane.ax.text(0.995, 1.01, above, ha="right", va="bottom", **shared)


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
        _sample(plane, place, label.look, line)
        color = INK if label.look.fill and not label.look.marker else label.look.color
        look: dict[str, Any] = {"color": color, "va": "center", "ha": "left", "fontsize": 8.5}
        plane.ax.text(1.05, place, label.text, transform=plane.ax.transAxes, **look)


def _sample(plane: Plane, place: float, look: Look, line: float) -> None:
    shared: dict[str, Any] = {"transform": plane.ax.transAxes, "clip_on": False}
    if look.marker:
        sample = replace(look, size=min(look.size, _SAMPLE))
        plane.ax.add_artist(Line2D([1.026], [place], **shared, **marks.marker(sample)))
    elif look.fill:
        box = Rectangle((1.012, place - line * 0.38), 0.028, line * 0.76, **shared)
        box.set(facecolor=look.fill, edgecolor=look.color, linewidth=look.width or 0.4, hatch=look.hatch)
        plane.ax.add_artist(box)
    else:
        sample = replace(look, width=_STROKE, opacity=1.0, halo=False)
        plane.ax.add_artist(Line2D([1.012, 1.04], [place, place], color=look.color, **shared, **marks.outline(sample)))


def _apart(places: list[float], sizes: list[float]) -> list[float]:
    """Places from low to high, moved as little as needed so that each keeps its size and all stay inside."""
    moved = [min(max(place, 0.0), 1.0) for place in places]
    for _ in range(200):
        for i in range(len(moved) - 1):
            gap = (sizes[i] + sizes[i + 1]) / 2 - (moved[i + 1] - moved[i])
            if gap > 0:
                moved[i], moved[i + 1] = moved[i] - gap / 2, moved[i + 1] + gap / 2
    return moved
