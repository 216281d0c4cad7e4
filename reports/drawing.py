"""A chart as values: panels with axes and marks, without a word of any language, and without a medium.

A question makes drawings of its record; ``reports.faces.figures`` draws any of them, and ``reports.drawn_numbers`` lays
the same numbers out as tables. A mark has *values* at *places*: months, fiscal years, days, rows or numbers. Places run
along a panel and values stand upon them; ``across`` panels have places as rows and values along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Any, Literal, TypeAlias

import numpy as np

from reports.catalogue import known
from reports.document import Number, Ranged, Value, say

INK, QUIET, FAINT, DARK, WARM = "#1a1a1a", "#5f5f5f", "#d9d9d9", "#0b3c5d", "#b34700"
DASHED, DOTTED, DASH_DOT, TARGET, DUE, TODAY = (3.7, 1.6), (1, 1.65), (6.4, 1.6, 1, 1.6), (6, 2), (1, 1), (4, 2)
"""Strokes and gaps of a line, in its widths."""
_SEEN = 0.01
"""Part of a panel's height below which a line cannot be told from its foot."""

Amounts: TypeAlias = tuple[float, ...]
"""Numbers of a mark; not a number where there is none."""
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
    dash: Amounts = ()
    marker: Marker = ""
    size: float = 5.0
    fill: str = ""
    hatch: str = ""
    halo: bool = False
    opacity: float = 1.0


def line(color: str = INK, dash: Amounts = (), width: float = 1.6, **other: Any) -> Look:
    """A line."""
    return Look(color, width, dash, **other)


def point(marker: Marker, color: str, fill: str = "", size: float = 5.0, halo: bool = False) -> Look:
    """Points: hollow with a white ``fill``."""
    return Look(color, marker=marker, fill=fill, size=size, halo=halo)


def area(fill: str, hatch: str = "", edge: str = QUIET) -> Look:
    """An area."""
    return Look(edge, fill=fill, hatch=hatch)


@dataclass(frozen=True)
class Series:
    """Values at places, the first one after another where no places are given, and the interval from low to high.

    The interval is an area, or with ``whiskers`` a line at each place. With ``steps`` a value holds from halfway to the
    place before until halfway to the next, as the count of a month does. ``name`` is what the reader knows it by;
    ``called`` is what a table calls it where the picture has no name for it, None where the table leaves it out since
    another mark says the same. ``names`` are those of its points where the axes do not say them. ``withheld`` are
    places that a table leaves out, since what is known there stands on the picture alone.
    """

    values: Amounts = ()
    places: Amounts = ()
    low: Amounts = ()
    high: Amounts = ()
    look: Look = Look()
    name: Value = ""
    steps: bool = False
    whiskers: bool = False
    called: Value = ""
    names: tuple[Value, ...] = ()
    withheld: Amounts = ()


@dataclass(frozen=True)
class Bars:
    """Bars from ``base`` (0 where none is given) as long as their values; bars of width 1 are one area.

    They are ``called`` in tables as a ``Series`` is.
    """

    values: Amounts
    places: Amounts = ()
    base: Amounts = ()
    look: Look = Look()
    name: Value = ""
    width: float = 0.62
    called: Value = ""


@dataclass(frozen=True)
class Rule:
    """A line through the panel at a value, or with ``upright`` at a place; up to ``to`` an area."""

    at: float
    look: Look
    name: Value = ""
    to: float | None = None
    upright: bool = False


@dataclass(frozen=True)
class Words:
    """Words at a place and value, or beside it; those above it are lifted over lines at the values ``over``.

    ``ground`` is the colour that they stand on. Words ``within`` so much of the places and values, along and up, are
    smaller where that is narrow.
    """

    text: Value
    place: float
    value: float
    where: Literal["on", "above", "below", "before", "after"] = "on"
    color: str = INK
    size: float = 8.0
    over: Amounts = ()
    ground: str = ""
    within: tuple[float, float] | None = None


@dataclass(frozen=True)
class Cells:
    """An amount at each place and value, the nearer to ``most`` the nearer to the last of the ``shades``.

    ``size`` is that of a cell along places and along values; without one they are dots, of one size or as wide as
    ``dots`` along places. Amounts are in ``unit``, and ``called`` in tables, None where these leave them out; ``names``
    are those of cells where the axes do not say them, and stand ``beside`` these of the dots as far as there is room,
    the first ones first.
    """

    places: Amounts
    values: Amounts
    amounts: Amounts
    shades: tuple[str, ...]
    most: float = 1.0
    size: tuple[float, float] | None = None
    unit: str = "probability"
    called: Value = ""
    names: tuple[Value, ...] = ()
    dots: Amounts = ()
    beside: tuple[int, ...] = ()


Amount: TypeAlias = Number | Ranged
"""A count with the interval of it where it is uncertain, in full; pictures have it in thousands, 万 and so on."""


@dataclass(frozen=True)
class Box:
    """A stage of a process: its name, and what is ``told`` of it below, in a field of a ``size`` around its middle."""

    name: Value
    place: float
    value: float
    size: tuple[float, float]
    look: Look = Look()
    told: tuple[tuple[Value, Amount], ...] = ()


@dataclass(frozen=True)
class Arrow:
    """What passes from a box to another, along places and values of a ``path`` with a head at its end.

    Its name and amount stand at the middle of its longest stretch: above and below where that runs along places, else
    before or ``after`` it. ``start`` and ``end`` are what tables call its boxes. Without an amount it stands on the
    picture alone, as a sample of its look does.
    """

    path: tuple[tuple[float, float], ...]
    look: Look
    name: Value = ""
    amount: Amount | None = None
    start: Value = ""
    end: Value = ""
    after: bool = False

    @property
    def stretch(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Its longest stretch."""
        stretches = zip(self.path, self.path[1:], strict=False)
        return max(stretches, key=lambda ends: abs(ends[1][0] - ends[0][0]) + abs(ends[1][1] - ends[0][1]))

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its longest stretch, where its words stand."""
        (place, value), (other, beyond) = self.stretch
        return (place + other) / 2, (value + beyond) / 2

    @property
    def along(self) -> bool:
        """Whether its longest stretch runs along places."""
        (place, value), (other, beyond) = self.stretch
        return abs(other - place) >= abs(beyond - value)


Mark: TypeAlias = Series | Bars | Rule | Words | Cells | Box | Arrow


@dataclass(frozen=True)
class Months:
    """Months such as ``2026-04``, at 0, 1, 2; named by fiscal year where they are many."""

    months: tuple[str, ...]


@dataclass(frozen=True)
class Days:
    """Days from the first to the last, as proleptic Gregorian ordinals."""

    first: date
    last: date


@dataclass(frozen=True)
class Names:
    """Names at 0, 1, 2, with room for ``least``; as rows those in ``quiet`` stand back, and more stands at their right.

    A fiscal year is written short where names stand side by side.
    """

    names: tuple[Value, ...]
    least: int = 0
    quiet: frozenset[int] = frozenset()
    right: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Scale:
    """Numbers from low to high, or what the marks need with ``margin`` of it to spare at both ends.

    ``ticks`` are what stands along it, else about ``bins`` round numbers in ``unit`` (``reports.values.UNITS``, a
    statistic, or ``share``). Counts up to ``counts`` are shown in thousands, 万 and so on, as a language has it.
    ``name`` stands beside it.
    """

    low: float | None = None
    high: float | None = None
    ticks: tuple[tuple[float, Value], ...] | None = None
    unit: str = ""
    bins: int = 0
    counts: float = 0.0
    margin: float = 0.05
    name: Value = ""


Axis: TypeAlias = Months | Days | Names | Scale


@dataclass(frozen=True)
class Label:
    """A name with a sample of the look that it stands for."""

    name: Value
    look: Look


@dataclass(frozen=True)
class Panel:
    """Marks over places. Without any it says so, or what that means, in ``note``; with marks that is said in it.

    Names of marks stand beside their ends; or in a ``key`` from top to bottom, which may be empty. ``aside`` are lines
    in the margin, ``above`` over the upper corner. ``even``: one along is as long as one up, as on a map, and more is
    shown on two sides where there is room.
    """

    places: Axis
    values: Axis = Scale()
    marks: tuple[Mark, ...] = ()
    title: Value = ""
    note: Value = ""
    key: tuple[Label, ...] | None = None
    aside: tuple[Value, ...] = ()
    above: tuple[Value, ...] = ()
    across: bool = False
    even: bool = False


@dataclass(frozen=True)
class Drawing:
    """Panels in rows of ``columns``, None where one stays free, with the unit above and the small print below.

    Sizes are inches of a sheet 10 wide: its height and its margins. ``gap`` is that between rows as a part of a panel's
    height, ``ratios`` are relative heights of rows. ``shared`` panels have the same places, named below the last.
    """

    unit: Value
    small_print: Value
    panels: tuple[Panel | None, ...]
    height: float = 4.9
    columns: int = 1
    ratios: Amounts = ()
    left: float = 0.75
    right: float = 2.3
    gap: float = 0.32
    shared: bool = True


def drawing(
    chart: str,
    of: Any,
    panels: Iterable[Panel],
    unit: Mapping[str, Value] | None = None,
    **size: Any,
) -> Drawing:
    """The drawing of a chart with texts in the catalogue, ``of`` what has version, scenario, seed and replications."""
    own = f"chart.{chart}.reading"
    print_ = small_print(say(own if known(own) else "chart.line_and_band"), of)
    return Drawing(say(f"chart.{chart}.unit", **(unit or {})), print_, tuple(panels), **size)


def small_print(reading: Value, of: Any) -> Value:
    """What a chart comes from, a record or its values by name, and how to read it."""
    names = {
        name: of[name] if isinstance(of, Mapping) else getattr(of, name)
        for name in ("version", "scenario", "seed", "replications")
    }
    return say("chart.small_print", reading=reading, **names)


def amounts(numbers: Iterable[Any]) -> Amounts:
    """Numbers of a mark; not a number for None."""
    return tuple(float("nan") if number is None else float(number) for number in numbers)


def largest(*series: Iterable[float]) -> float:
    """The largest finite number of all series; 0 where there is none above it."""
    return max(float(value) for values in (*series, (0.0,)) for value in values if isfinite(value))


def stacked(parts: Iterable[tuple[Iterable[float], Look, Value]], width: float = 0.62) -> tuple[Bars, ...]:
    """Bars on each other, ``(values, look, name)`` from the lowest; those that are 0 all along are left out."""
    bars: list[Bars] = []
    for values, look, name in parts:
        own = amounts(values)
        if any(own):
            base = tuple(map(sum, zip(bars[-1].values, bars[-1].base, strict=True))) if bars else (0.0,) * len(own)
            bars.append(Bars(own, base=base, look=look, name=name, width=width))
    return tuple(bars)


def key(*marks: Mark) -> tuple[Label, ...]:
    """The key of the marks that have a name, each once."""
    labels: list[Label] = []
    for mark in marks:
        if isinstance(mark, Series | Bars | Rule) and mark.name and (own := Label(mark.name, mark.look)) not in labels:
            labels.append(own)
    return tuple(labels)


def with_key(panels: Sequence[Panel], labels: Iterable[Label] | None = None) -> list[Panel]:
    """Panels that share one key, beside the first: that of all their marks, or of these labels."""
    own = key(*(mark for panel in panels for mark in panel.marks)) if labels is None else tuple(labels)
    return [replace(panel, key=own if panel is panels[0] else ()) for panel in panels]


def unseen(top: float, high: float) -> bool:
    """Whether a line up to ``top`` cannot be told from the foot of a panel that reaches up to ``high``."""
    return top < _SEEN * high


def shade(shades: tuple[str, ...], depth: float) -> str:
    """The colour at a depth of 0 to 1 between the first and the last of the shades."""
    colors = np.array([[int(color[at : at + 2], 16) for at in (1, 3, 5)] for color in shades])
    steps = np.linspace(0, 1, len(shades))
    return "#" + "".join(f"{round(float(np.interp(depth, steps, colors[:, at]))):02x}" for at in range(3))
