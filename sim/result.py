"""What one replication leaves behind: plain arrays, nothing that formats or decides."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from sim.facts import CAUSES
from sim.plant.lead_times import LeadTimes
from sim.streams import Ints

MEASURES = ("dispatch", "delivery")
STATES = ("dispatched", "inside")
LEAD_TIME_COLUMNS = ("month", "express", "measure", "days", "touches_closure", "exception", "state", "cards")
LEDGER_COLUMNS = ("month", "express", "cause", "late", "touches_closure", "card_days")
COUNTER_COLUMNS = (
    "fiscal_year",
    "code",
    "served",
    "renewed_in_time",
    "lost_in_time",
    "wait_days",
    "beyond_30_days",
    "beyond_60_days",
)
"""Persons, but for the first two, and person-days waited by those served. ``lost_in_time``: their certificate expired
while they waited, or they gave up before it did. ``beyond``: who came to wait longer than so many days."""


@dataclass(frozen=True)
class Result:
    """One replication.

    ``facts`` holds a count a reported day for every fact. ``lead_times`` has a row for each combination of
    ``LEAD_TIME_COLUMNS`` and ``ledger`` for ``LEDGER_COLUMNS``, coded as whole numbers: months as month numbers,
    measures, states and causes as positions in ``MEASURES``, ``STATES`` and ``CAUSES``, the rest as 0 and 1. ``along``
    has those facts that have an axis by day and place on it. ``counters`` has a row of ``COUNTER_COLUMNS`` for each
    fiscal year and municipality.
    """

    facts: dict[str, Ints]
    lead_times: NDArray[np.int64]
    ledger: NDArray[np.int64]
    along: dict[str, Ints] = field(default_factory=dict)
    counters: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, len(COUNTER_COLUMNS)), dtype=np.int64))

    def of_days(self, days: slice) -> Result:
        """The same with the facts of some of its days."""
        facts, along = ({name: table[days] for name, table in all_.items()} for all_ in (self.facts, self.along))
        return replace(self, facts=facts, along=along)


def coded_lead_times(lead_times: LeadTimes, first_month: int) -> Ints:
    """Rows of ``LEAD_TIME_COLUMNS`` for receipts from ``first_month`` on, in order."""
    rows = [
        (month, express, MEASURES.index(measure), days, touches, exception, STATES.index(state), cards)
        for (month, express, measure, days, touches, exception, state), cards in lead_times.counts.items()
        if month >= first_month
    ]
    return np.array(sorted(rows), dtype=np.int64).reshape(len(rows), len(LEAD_TIME_COLUMNS))


def coded_ledger(lead_times: LeadTimes, first_month: int) -> Ints:
    """Rows of ``LEDGER_COLUMNS`` for receipts from ``first_month`` on, in order."""
    rows = [
        (month, express, CAUSES.index(cause), late, touches, card_days)
        for (month, express, cause, late, touches), card_days in lead_times.ledger.items()
        if month >= first_month
    ]
    return np.array(sorted(rows), dtype=np.int64).reshape(len(rows), len(LEDGER_COLUMNS))
