"""A chart as values: panels with axes and marks, without a word of any language, and without a medium.

A question makes drawings of its record (``reports.charting``); ``reports.faces.figures`` draws any of them, and
``reports.drawn_numbers`` lays the same numbers out as tables. A mark has *values* at *places*: months, fiscal years,
days, rows or numbers. Places run along a panel and values stand upon them; ``across`` panels have places as rows and
values along.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from reports.document import Number, Ranged, Value
from reports.looks import INK, PLAIN, Look

Amounts: TypeAlias = tuple[float, ...]
"""Numbers of a mark; not a number where there is none."""


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
    look: Look = PLAIN
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
    look: Look = PLAIN
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
    the first ones first. Tables have the interval of an amount, ``low`` to ``high``, beside it.
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
    low: Amounts = ()
    high: Amounts = ()


Amount: TypeAlias = Number | Ranged
"""A count with the interval of it where it is uncertain, in full; pictures have it in thousands, 万 and so on."""


@dataclass(frozen=True)
class Box:
    """A stage of a process: its name, and what is ``told`` of it below, in a field of a ``size`` around its middle."""

    name: Value
    place: float
    value: float
    size: tuple[float, float]
    look: Look = PLAIN
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
