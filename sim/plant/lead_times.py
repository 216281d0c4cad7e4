"""What is kept of cards that leave: lead times in days of calendar dates, and the delay ledger.

The day of receipt is day 0. Each further day of a lead time has one cause. Up to the planned day it is ``closed_day``
where the plant was not scheduled to work, else ``planned_step``. Past the plan each midnight is charged to the first of
these that holds: ``outage`` (the station was stopped, or lost most of the day to breakdowns), ``closed_day``,
``blanks`` (at production, which had none for a lot that would begin), ``remake``, ``cap`` (finished, but the month's
dispatch is used up), ``queue`` of the station where the lot stands.

A card touches the closure (年末年始) if a closed day of every year falls between receipt and dispatch, or, for a late
card, between receipt and the last day of its target: a card late for other reasons is not excused by a New Year that it
met months later.

A card is late in the ledger if it takes longer than its target: a standard card to its dispatch, an express card to the
resident. Its days are those to its dispatch in both cases; those in the mail are the plan's and nobody's delay. Whether
it touches the closure is kept beside it: the target leaves standard cards that do out.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from sim.calendar import Calendar
from sim.plant.lots import LATE_CAUSES, Lot
from sim.plant.opening_hours import OpeningHours

LeadTimeKey = tuple[int, bool, str, int, bool, bool, str]
"""Receipt month, express, measure, days, touches the closure, exception (past the plan), state."""
LedgerKey = tuple[int, bool, str, bool, bool]
"""Receipt month, express, cause, late, touches the closure."""


class LeadTimes:
    """Counts cards by lead time, and card-days by cause."""

    def __init__(self, calendar: Calendar, hours: OpeningHours, target_days: tuple[int, int]) -> None:
        self._target_days = target_days
        self._month = calendar.month.tolist()
        self._hours = hours
        self._closure_before = np.concatenate([[0], np.cumsum(hours.closure)]).tolist()
        self.counts: Counter[LeadTimeKey] = Counter()
        self.ledger: Counter[LedgerKey] = Counter()

    def dispatched(self, lot: Lot, day: int, cards: int) -> None:
        """Cards of lots like this one leave on ``day``."""
        if lot.opening:
            return
        self._count(lot, "dispatch", day, day > lot.planned_day, "dispatched", cards)
        if not lot.express:
            self._charge(lot, day, cards, day)

    def delivered(self, lot: Lot, left: int, day: int, cards: int) -> None:
        """Cards of express lots like this one, which ``left`` the plant, reach the resident on ``day``, maybe after
        the run.
        """
        self._count(lot, "delivery", day, False, "dispatched", cards)
        if not lot.opening:
            self._charge(lot, left, cards, day)

    def inside(self, lot: Lot, day: int) -> None:
        """A lot is still inside at the end of the run, ``day`` being the first one after it."""
        if lot.opening:
            return
        for measure in ("dispatch", "delivery") if lot.express else ("dispatch",):
            self._count(lot, measure, day, day > lot.planned_day, "inside", lot.cards)
        if day > lot.planned_day:
            self._charge(lot, day, lot.cards, day)

    def days_by_cause(self, lot: Lot, day: int) -> list[tuple[str, int]]:
        """The lead time of a lot that leaves on ``day``: causes and days, which add up to it.

        Raises:
            RuntimeError: if they do not, which is a fault of the model.
        """
        planned_until = min(day, lot.planned_day)
        worked = self._hours.scheduled_between(lot.receipt_day, planned_until)
        days = [("planned_step", worked), ("closed_day", planned_until - lot.receipt_day - worked)]
        if day > lot.planned_day:
            days += zip(LATE_CAUSES, lot.late, strict=True)
            if sum(count for _, count in days) != day - lot.receipt_day:
                raise RuntimeError(f"the ledger of a lot gives {days} for {day - lot.receipt_day} days")
        return [(cause, count) for cause, count in days if count]

    def _charge(self, lot: Lot, day: int, cards: int, done: int) -> None:
        """Charge cards of a lot that leaves on ``day`` and is ``done``, with the resident if express, on that day."""
        late, touches = done - lot.receipt_day > self._target_days[lot.express], self._touches_closure(lot, done)
        for cause, count in self.days_by_cause(lot, day):
            if cards:
                self.ledger[self._month[lot.receipt_day], lot.express, cause, late, touches] += count * cards

    def _count(self, lot: Lot, measure: str, day: int, exception: bool, state: str, cards: int) -> None:
        if cards:
            key = (
                self._month[lot.receipt_day],
                lot.express,
                measure,
                day - lot.receipt_day,
                self._touches_closure(lot, day),
                exception,
                state,
            )
            self.counts[key] += cards

    def _touches_closure(self, lot: Lot, day: int) -> bool:
        """Whether the closure falls between receipt and ``day``, as far as the target's last day."""
        last = min(day, lot.receipt_day + self._target_days[lot.express])
        end = min(last + 1, len(self._closure_before) - 1)
        return bool(self._closure_before[end] - self._closure_before[lot.receipt_day])
