"""Lead times of cards as their targets read them: what is late, judged, past its plan, and of what there was short."""

from __future__ import annotations

import numpy as np

from sim.calendar import Flags
from sim.facts import CAUSES
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, MEASURES, STATES, Result
from sim.streams import Ints

_COLUMN = {name: i for i, name in enumerate(LEAD_TIME_COLUMNS)}
_LEDGER = {name: i for i, name in enumerate(LEDGER_COLUMNS)}
NOT_SHORT = ("planned_step", "closed_day")
"""Causes of days that no resource is short of."""


def _within(column: Ints, months: Ints) -> Flags:
    """Rows of these months; many times as quick as to look each of them up."""
    return np.asarray((column >= months[0]) & (column <= months[-1]))


class Cards:
    """Lead times of one class and measure received in some months that follow each other."""

    def __init__(self, result: Result, months: Ints, express: bool, measure: str) -> None:
        rows = result.lead_times
        chosen = _within(rows[:, _COLUMN["month"]], months) & (rows[:, _COLUMN["express"]] == express)
        rows = rows[chosen & (rows[:, _COLUMN["measure"]] == MEASURES.index(measure))]
        self._days, self._cards = rows[:, _COLUMN["days"]], rows[:, _COLUMN["cards"]]
        self._closure = rows[:, _COLUMN["touches_closure"]] == 1
        self._exception = rows[:, _COLUMN["exception"]] == 1
        self._inside = rows[:, _COLUMN["state"]] == STATES.index("inside")
        ledger = result.ledger
        mine = _within(ledger[:, _LEDGER["month"]], months) & (ledger[:, _LEDGER["express"]] == express)
        self._ledger = ledger[mine]

    def share_within(self, days: int, leave_out_closure: bool = False) -> float | None:
        """Share of cards done within ``days``; cards inside and older count as late."""
        total = self.judged(days, leave_out_closure)
        return (total - self.late(days, leave_out_closure)) / total if total else None

    def judged(self, days: int, leave_out_closure: bool = False) -> int:
        """Cards of which it is known whether they take longer than ``days``: all but those inside and younger."""
        return int(self._cards[self._judged(days, leave_out_closure)].sum())

    def late(self, days: int, leave_out_closure: bool = False) -> int:
        """Cards that take longer than ``days``, those inside and older among them."""
        return int(self._cards[self._judged(days, leave_out_closure) & (self._days > days)].sum())

    def _judged(self, days: int, leave_out_closure: bool) -> Flags:
        counted: Flags = ~(self._inside & (self._days <= days))
        return counted & ~self._closure if leave_out_closure else counted

    def mean(self, leave_out_closure: bool) -> float | None:
        """Mean lead time of cards that are done, exceptions included, in days."""
        chosen = ~self._inside & ~(leave_out_closure & self._closure)
        total = int(self._cards[chosen].sum())
        return int((self._days[chosen] * self._cards[chosen]).sum()) / total if total else None

    def longest(self, leave_out_closure: bool, exception: bool) -> float | None:
        """Longest lead time of cards that are done, within the plan or past it, in days."""
        chosen = ~self._inside & ~(leave_out_closure & self._closure) & (self._exception == exception)
        return float(self._days[chosen].max()) if chosen.any() else None

    def exceptions(self) -> float:
        """Cards past their planned day."""
        return float(self._cards[self._exception].sum())

    def young_inside(self) -> float:
        """Cards inside at the end that are too young to be late, left out of the shares."""
        return float(self._cards[self._inside & ~self._exception].sum())

    def short_of(self) -> str | None:
        """The cause of most card-days past the plan."""
        if not self._exception.any():
            return None
        days = {
            cause: int(self._ledger[self._ledger[:, _LEDGER["cause"]] == i, _LEDGER["card_days"]].sum())
            for i, cause in enumerate(CAUSES)
            if cause not in NOT_SHORT
        }
        most = max(days, key=lambda cause: days[cause])
        return most if days[most] else None
