"""Couplings at work: effects carried from the day of their cause to the days on which they fall due.

A day's work is compiled, on the journal's own table. Importing this module imports numba (about a second), so import it
late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from sim.calendar import Calendar
from sim.compiled import compiled
from sim.couplings import COUPLINGS, Coupling, chances, rates
from sim.journal import Journal
from sim.plan import Plan
from sim.quantiles import binomial, poisson
from sim.streams import Floats, Ints, Streams

_FIXED, _GEOMETRIC, _SHARE, _POISSON, _WHILE = range(5)
_LAW = {"fixed": _FIXED, "geometric": _GEOMETRIC, "share": _SHARE, "poisson": _POISSON, "while": _WHILE}
_NONE = -1
_FLOW = np.dtype(
    [
        ("law", "i8"),
        ("cause", "i8"),  # rows of the journal's table
        ("less", "i8"),
        ("effect", "i8"),
        ("rest", "i8"),
        ("pending_as", "i8"),
        ("per", "f8"),
        ("pending", "i8"),
        ("acted", "i8"),  # of those in the stock
        ("stock", "i8"),
    ],
    align=True,
)
_DAILY = _RATE, _WEIGHT, _CHANCE, _AFTER, _BY_SHARE, _BY_LAG = range(6)
"""What a flow has by day: share or rate of the cause, weight of the place, chance to fall due, whole days until then,
and the day's luck with the share and with the lag. Luck is tied to the date, so that a run's past does not move it."""


class Flows:
    """The rows of the table that work in a replication.

    ``patterns`` holds the daily weights (1 on average over a plain week) of each place that ``rows`` name.
    """

    def __init__(
        self,
        plan: Plan,
        streams: Streams,
        calendar: Calendar,
        journal: Journal,
        patterns: Mapping[str, Floats],
        rows: Iterable[Coupling] = COUPLINGS,
    ) -> None:
        self._facts = journal.table
        working = [row for row in rows if row.law != "queue"]
        self._later, self._same_day = (
            _flows([row for row in working if row.same_day is same_day], plan, streams, calendar, journal, patterns)
            for same_day in (False, True)
        )

    def turn(self, day: int) -> None:
        """Post what earlier days make due today."""
        _fall_due(self._facts, *self._later, day, day - 1)

    def follow(self, day: int) -> None:
        """Post what today's work and outages make due today."""
        _fall_due(self._facts, *self._same_day, day, day)

    def close(self, day: int) -> None:
        """Take in the facts of a day that is over."""
        _take_in(self._facts, *self._later, day)


def _flows(
    rows: Sequence[Coupling],
    plan: Plan,
    streams: Streams,
    calendar: Calendar,
    journal: Journal,
    patterns: Mapping[str, Floats],
) -> tuple[Any, Floats, Ints]:
    """Flows as records; what they have by day, shape (days, flows, kinds); and what is due of them by day."""
    flows, daily = np.zeros(len(rows), dtype=_FLOW), np.zeros((calendar.days, len(rows), len(_DAILY)))
    ones = np.ones(calendar.days)
    for place, row in enumerate(rows):
        facts = (_NONE if name is None else journal.row(name) for name in (row.less, row.effect, row.rest, row.pending))
        flows[place] = _LAW[row.law], journal.row(row.cause), *facts, row.per, 0, 0, 0
        weight = patterns[row.pattern] if row.pattern else ones
        days = plan.daily(row.lag) if row.lag else ones
        name = f"couplings/{row.cause}/{row.effect}"
        luck = (streams.daily_uniforms(f"{name}/{what}", calendar) for what in ("share", "lag"))
        whole = np.maximum(np.rint(days), 1)
        daily[:, place, :] = np.stack([rates(row, plan), weight, chances(days, weight), whole, *luck], axis=1)
    return flows, daily, np.zeros((calendar.days, len(rows)), dtype=np.int64)


@compiled
def _fall_due(facts: Ints, flows: Any, daily: Floats, due: Ints, day: int, seen: int) -> None:
    """Post the effects of a day; ``seen``: the day of whose causes they follow, -1 where there is none."""
    for k in range(len(flows)):
        level = _level(facts, flows[k], seen) if seen >= 0 else 0
        facts[flows[k].effect, day] += _effects(flows[k], level, daily[day, k], due[day, k])


@compiled
def _level(facts: Ints, flow: Any, day: int) -> int:
    """The cause of a day, without those who take another way."""
    level: int = facts[flow.cause, day]
    if flow.less >= 0:
        level -= facts[flow.less, day]
    return level


@compiled
def _effects(flow: Any, level: int, today: Floats, due: int) -> int:
    """Effects that fall due today; ``level`` is the cause's latest value."""
    if flow.law == _SHARE:
        return binomial(today[_BY_LAG], level, min(today[_RATE] * today[_WEIGHT], 1.0))
    if flow.law == _POISSON:
        return poisson(today[_BY_LAG], level * today[_RATE] / flow.per * today[_WEIGHT])
    if flow.law == _WHILE:
        return _acting(flow, level, today)
    count = due if flow.law == _FIXED else binomial(today[_BY_LAG], flow.pending, today[_CHANCE])
    flow.pending -= count
    return count


@compiled
def _acting(flow: Any, stock: int, today: Floats) -> int:
    """Of those in a stock, some act for the first time; who leaves it is as likely to have acted as others."""
    if stock < flow.stock:
        flow.acted = flow.acted * stock // flow.stock
    flow.stock = stock
    willing = max(int(stock * today[_RATE]) - flow.acted, 0)
    count = binomial(today[_BY_LAG], willing, today[_CHANCE])
    flow.acted += count
    return count


@compiled
def _take_in(facts: Ints, flows: Any, daily: Floats, due: Ints, day: int) -> None:
    """Send a share of a day's causes on its way; post those without an effect, and those on the way."""
    for k in range(len(flows)):
        flow, today = flows[k], daily[day, k]
        if flow.law == _FIXED or flow.law == _GEOMETRIC:
            cause = _level(facts, flow, day)
            effects = min(int(cause * today[_RATE] + today[_BY_SHARE]), cause)
            flow.pending += effects
            falls = day + int(today[_AFTER])
            if flow.law == _FIXED and falls < len(due):
                due[falls, k] += effects
            if flow.rest >= 0:
                facts[flow.rest, day] += cause - effects
        if flow.pending_as >= 0:
            facts[flow.pending_as, day] += flow.pending
