"""How marks of a chart are told apart, in grey too: colours, strokes of lines, points, areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

INK, QUIET, FAINT, DARK, WARM = "#1a1a1a", "#5f5f5f", "#d9d9d9", "#0b3c5d", "#b34700"
DASHED, DOTTED, DASH_DOT, TARGET, DUE, TODAY = (3.7, 1.6), (1, 1.65), (6.4, 1.6, 1, 1.6), (6, 2), (1, 1), (4, 2)
"""Strokes and gaps of a line, in its widths."""
Marker: TypeAlias = Literal[
    "", "circle", "square", "diamond", "up", "down", "cross", "filled cross", "dot", "upright", "level"
]


@dataclass(frozen=True)
class Look:
    """How a mark is told apart, in grey too: a line with ``width``, points with ``marker``, areas with ``fill``.

    ``fill`` is what is inside a marker too, its ``color`` where it is empty. ``hatch`` repeats a sign such as ``/`` on
    an area, the more often the denser. ``halo`` keeps a mark apart from dark areas below it by a white edge.
    """

    color: str = INK
    width: float = 0.0
    dash: tuple[float, ...] = ()
    marker: Marker = ""
    size: float = 5.0
    fill: str = ""
    hatch: str = ""
    halo: bool = False
    opacity: float = 1.0


PLAIN = Look()
"""How a mark looks of which nothing is said."""


def line(color: str = INK, dash: tuple[float, ...] = (), width: float = 1.6, **other: Any) -> Look:
    """A line."""
    return Look(color, width, dash, **other)


def point(marker: Marker, color: str, fill: str = "", size: float = 5.0, halo: bool = False) -> Look:
    """Points: hollow with a white ``fill``."""
    return Look(color, marker=marker, fill=fill, size=size, halo=halo)


def area(fill: str, hatch: str = "", edge: str = QUIET) -> Look:
    """An area."""
    return Look(edge, fill=fill, hatch=hatch)


def shade(shades: tuple[str, ...], depth: float) -> str:
    """The colour at a depth of 0 to 1 between the first and the last of the shades."""
    colors = np.array([[int(color[at : at + 2], 16) for at in (1, 3, 5)] for color in shades])
    steps = np.linspace(0, 1, len(shades))
    return "#" + "".join(f"{round(float(np.interp(depth, steps, colors[:, at]))):02x}" for at in range(3))
