"""Names in the right margin of a chart, each with a sample of its line or area; and areas that are named so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import east_asian_width

import numpy as np
from matplotlib.axes import Axes

from reports.charts import style
from reports.series import Numbers

_MARGIN_COLUMNS = 29
"""Half-width characters of a name that fit into the right margin."""
_UNBROKEN = re.compile(r"（?(?:[!-~]*?[._](?=[!-~])|[!-~]+|[^!-~（])[）、。：]*")


@dataclass(frozen=True)
class Label:
    """A series' name at the right edge: wanted height in data, and a sample of its line or of its area."""

    height: float
    text: str
    color: str = style.INK
    line: Any = None
    face: str | None = None
    hatch: str = ""
    marker: str | None = None
    fill: str = "white"


def label_ends(ax: Axes, labels: Sequence[Label]) -> None:
    """Name series at the right edge, pushed apart so that none overlaps, a sample of each before its name.

    Names too long for the margin go on in a new line.
    """
    labels = [replace(label, text=broken(label.text)) for label in labels]
    bottom, top = ax.get_ylim()
    figure = ax.figure
    axes_inches = ax.get_position().height * figure.get_size_inches()[1]  # type: ignore[union-attr]
    line = 0.165 / axes_inches
    wanted = sorted(labels, key=lambda label: label.height)
    sizes = [line * (label.text.count("\n") + 1) for label in wanted]
    places = _apart([(label.height - bottom) / (top - bottom) for label in wanted], sizes)
    for place, label in zip(places, wanted, strict=True):
        _sample(ax, place, label, line)
        ax.text(
            1.05,
            place,
            label.text,
            transform=ax.transAxes,
            color=label.color,
            va="center",
            ha="left",
            fontsize=8.5,
        )


def _sample(ax: Axes, place: float, label: Label, line: float) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    shared: dict[str, Any] = {"transform": ax.transAxes, "clip_on": False}
    if label.face is not None:
        box = Rectangle((1.012, place - line * 0.38), 0.028, line * 0.76, **shared)
        box.set(facecolor=label.face, edgecolor=style.QUIET, linewidth=0.4, hatch=label.hatch)
        ax.add_artist(box)
        return
    sample = Line2D([1.012, 1.04], [place, place], color=label.color, linewidth=1.6, **shared)
    sample.set_linestyle(label.line or "none")
    if label.marker:
        sample.set(xdata=[1.026], ydata=[place], marker=label.marker, markersize=5, markerfacecolor=label.fill)
    ax.add_artist(sample)


def _apart(places: list[float], sizes: list[float]) -> list[float]:
    """Places from low to high, moved as little as needed so that each keeps its size and all stay inside."""
    moved = [min(max(place, 0.0), 1.0) for place in places]
    for _ in range(200):
        for i in range(len(moved) - 1):
            gap = (sizes[i] + sizes[i + 1]) / 2 - (moved[i + 1] - moved[i])
            if gap > 0:
                moved[i], moved[i + 1] = moved[i] - gap / 2, moved[i + 1] + gap / 2
    return moved


def key(ax: Axes, labels: Sequence[Label]) -> None:
    """A key beside a chart, from top to bottom in the order given; heights play no part."""
    bottom, top = ax.get_ylim()
    axes_inches = ax.get_position().height * ax.figure.get_size_inches()[1]  # type: ignore[union-attr]
    line, place, placed = 0.19 / axes_inches, 1.0, []
    for label in labels:
        rows = label.text.count("\n") + 1
        placed.append(replace(label, height=bottom + (place - line * rows / 2) * (top - bottom)))
        place -= line * rows
    label_ends(ax, placed)


def broken(text: str, columns: int = _MARGIN_COLUMNS) -> str:
    """A name for a margin of so many half-width characters: longer lines are broken, at blanks if there are any.

    Without blanks they are broken between Japanese letters, before a bracket, and in an id behind a full stop only.
    """
    return "\n".join(piece for line in text.split("\n") for piece in _pieces(line, columns))


def _pieces(line: str, columns: int) -> list[str]:
    pieces = [""]
    words = line.replace(" ", " \0").split("\0") if " " in line else _UNBROKEN.findall(line)
    for word in words:
        if pieces[-1] and _columns(pieces[-1] + word.rstrip()) > columns:
            pieces.append("")
        pieces[-1] += word
    return [piece.strip() for piece in pieces]


def _columns(text: str) -> int:
    """Width in half-width characters: Japanese ones take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def stack(ax: Axes, parts: Sequence[tuple[Numbers, tuple[str, str], str]]) -> list[Label]:
    """Areas on each other over the months: ``(values, (face colour, hatch), name)`` from the lowest to the highest.

    A label for each in the same order, its height the middle of the last month; parts that are 0 all along are left
    out. A single month is drawn as bars.
    """
    labels = []
    below: Numbers = np.zeros(1)
    for values, (face, hatch), name in parts:
        if not values.any():
            continue
        x = np.arange(len(values))
        edges: dict[str, Any] = {"edgecolor": style.QUIET, "linewidth": 0.3, "hatch": hatch}
        if len(x) > 1:
            ax.fill_between(x, below, below + values, facecolor=face, step="mid", **edges)
        else:
            ax.bar(x, values, bottom=below, color=face, width=0.6, **edges)
        below = below + values
        labels.append(Label(float(below[-1] - values[-1] / 2), name, face=face, hatch=hatch))
    return labels
