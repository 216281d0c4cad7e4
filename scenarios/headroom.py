"""Headroom: the load multiplier at which a target breaks, with its interval, from replications under rising load.

Replication i has the same luck under every load (common random numbers), so each has a load of its own at which its
deciding statistic crosses the threshold, interpolated between the two loads tried on either side. The median of these
loads is the headroom; the smallest and the largest are its interval. That needs no assumption on how the loads are
distributed: all of n independent values lie on one side of the true median with a chance of 2 x (1/2)^n, so the
interval of six holds it with a confidence of 96.9 % (David and Nagaraja, *Order Statistics*, 7.1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, isfinite
from statistics import median

from scenarios.row import Row
from sim.targets import CEILINGS, Statistic

Key = tuple[str, str | None, str, str]
Told = Mapping[Key, float | None]
"""Deciding statistics of a replication by target, part, period and name."""
Rung = tuple[float, Sequence[Told]]
"""A load multiplier, and what each replication says under it."""


@dataclass(frozen=True)
class Headroom:
    """The median of the replications' loads, the least and the most; None where that is beyond all loads tried."""

    value: float | None
    low: float | None
    high: float | None
    replications: int


def with_headroom(rows: Sequence[Row], rungs: Sequence[Rung]) -> list[Row]:
    """Rows with the headroom of those that can have one.

    Args:
        rows: as judged.
        rungs: loads in rising order from 1.0, each with the same replications, empty where one had nothing left to
            break. Without any rung nothing is told.
    """
    return [_filled(row, of_row(row, rungs)) if rungs and has_headroom(row) else row for row in rows]


def decided(told: Sequence[Statistic]) -> Told:
    """The deciding statistics of a replication."""
    return {(said.target, said.part, said.period, said.name): said.value for said in told if said.decides}


def has_headroom(row: Row) -> bool:
    """Whether a row can have a headroom: it decides a year or the run, and load can break it."""
    return row.decides and not row.monthly and row.moved_by_load


def of_row(row: Row, rungs: Sequence[Rung]) -> Headroom | None:
    """The headroom of a row; None for what was not tested."""
    known = [load for load in crossings(row, rungs) if load is not None]
    if not known:
        return None
    middle, low, high = (load if isfinite(load) else None for load in (median(known), min(known), max(known)))
    return Headroom(middle, low, high, len(known))


def crossings(row: Row, rungs: Sequence[Rung]) -> list[float | None]:
    """The load at which each replication breaks a target; infinite if none of those tried, None if not tested."""
    if row.value is None or row.threshold is None:
        return [None] * len(rungs[0][1])
    key, sign = (row.id, row.part, row.period, row.statistic), -1 if row.statistic in CEILINGS else 1
    found = []
    for place in range(len(rungs[0][1])):
        values = [(load, told[place].get(key)) for load, told in rungs]
        found.append(_crossing([(load, sign * (value - row.threshold)) for load, value in values if value is not None]))
    return found


def _filled(row: Row, found: Headroom | None) -> Row:
    if found is None:
        return row
    return replace(
        row,
        headroom=found.value,
        headroom_low=found.low,
        headroom_high=found.high,
        headroom_replications=found.replications,
    )


def _crossing(margins: Sequence[tuple[float, float]]) -> float | None:
    """The load at which a margin, by load in rising order, falls below 0; None without any."""
    before: tuple[float, float] | None = None
    for load, margin in margins:
        if margin < 0:
            if before is None:
                return load
            return before[0] + (load - before[0]) * before[1] / (before[1] - margin)
        before = (load, margin)
    return inf if before else None
