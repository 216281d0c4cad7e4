"""What a part of the model declares beside its code: its facts, what must add up, what it reads, its stages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Axis:
    """What a fact of a day is divided by, such as the half-hours of a day, with the name of each place on it."""

    name: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """Name, unit and meaning of one daily series of whole numbers.

    A flow happened on its day; a ``stock`` is there at midnight. A fact with an ``axis`` is posted by place: its total
    is the daily series, its places have a table of their own.
    """

    name: str
    unit: str
    meaning: str
    stock: bool = False
    axis: Axis | None = None


@dataclass(frozen=True)
class Balance:
    """Two sums of facts that are the same on every day: flows since the first day, stocks as they are at midnight."""

    name: str
    come_in: tuple[str, ...]
    accounted_for: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """A stage of the operation as those know it who work there, with facts that happen at it or leave it.

    Parts may share a stage. ``takes`` are facts of other stages that come to it; those that the couplings table or a
    balance brings there are left out (``sim/stages.py``).
    """

    name: str
    posts: tuple[str, ...]
    takes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of the model.

    ``name`` is what runs again as one: declarations of the same name always do, and what has no name is drawn anew in
    every rerun. ``reads`` are facts of others that it reads itself (the others reach it through couplings).
    ``parameters`` are beginnings of the paths of those that it is the first to read: of several that fit a path the
    longest counts.
    """

    name: str | None
    facts: tuple[Fact, ...]
    balances: tuple[Balance, ...] = ()
    reads: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
