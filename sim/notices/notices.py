"""Notices that fall due are made and posted on working days, those of the earliest expiry first, as many as can be.

A notice falls due three months before expiry, a month more or less where notices are spread; its expiry is taken as the
same day of that month. One is in time while at least as many days are left until then as promised. What cannot be made
waits for the next working day, so with ample capacity all are posted on the day on which they fall due.
"""

from __future__ import annotations

from collections import deque
from datetime import date

import numpy as np

from sim.calendar import Calendar, days_of, first_day, month_number
from sim.draws import whole_numbers
from sim.journal import Journal
from sim.plan import Plan
from sim.timing import DAYS_A_YEAR

_LATE, _USUAL, _EARLY = 2, 3, 4
"""Months left until expiry as a notice falls due: a month late, as usual, a month early."""
_POSTED = ("late", "sent", "in_time", "still_in_time", "waiting")


class Notices:
    """The notices of one replication."""

    def __init__(self, plan: Plan, calendar: Calendar, journal: Journal) -> None:
        self._calendar, self._journal = calendar, journal
        self._promised = plan.parameters.targets.notice_days
        working = (calendar.weekday < 5) & ~calendar.holiday
        self._most: list[float] = np.where(working, plan.daily("notices.printed_per_day"), 0.0).tolist()
        self._waiting = {months: deque[tuple[int, int]]() for months in (_LATE, _USUAL, _EARLY)}
        self._overdue = 0
        emails = whole_numbers(plan.daily("notices.emails_per_year") / DAYS_A_YEAR)
        journal.post_days("notices_emailed", slice(None), emails)

    def run(self, days: slice) -> None:
        """Take in what falls due on some days, and post each day as many as can be made."""
        due, early, late = (self._journal[f"notices_due{name}"][days] for name in ("", "_early", "_late"))
        by_expiry = zip(late.tolist(), (due - early - late).tolist(), early.tolist(), strict=True)
        told = [self._day(day, counts) for day, counts in enumerate(by_expiry, days.start)]
        for name, counts in zip(_POSTED, np.array(told).T, strict=True):
            self._journal.post_days(f"notices_{name}", days, counts)

    def _day(self, day: int, due: tuple[int, int, int]) -> tuple[int, ...]:
        """A day's counts, as in ``_POSTED``, with what falls due of those late, usual and early."""
        today = self._calendar.dates[day]
        for months, count in zip(self._waiting, due, strict=True):
            if count:
                self._waiting[months].append((_months_on(today, months).toordinal(), count))
        missed = self._miss(today.toordinal() + self._promised)
        most = int(min(self._most[day], 1e15))
        late = min(self._overdue, most)
        self._overdue -= late
        in_time = self._take(most - late)
        still = sum(count for line in self._waiting.values() for _, count in line)
        return missed, late + in_time, in_time, still, still + self._overdue

    def _miss(self, in_time_from: int) -> int:
        """Those whose expiry is nearer than promised are late, whenever they will be posted; how many."""
        missed = 0
        for line in self._waiting.values():
            while line and line[0][0] < in_time_from:
                missed += line.popleft()[1]
        self._overdue += missed
        return missed

    def _take(self, most: int) -> int:
        """So many of those in time at most, of the earliest expiry first."""
        taken = 0
        while taken < most and (lines := [line for line in self._waiting.values() if line]):
            line = min(lines)
            expiry, count = line.popleft()
            now = min(count, most - taken)
            taken += now
            if now < count:
                line.appendleft((expiry, count - now))
        return taken


def _months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    first = first_day(month_number(day) + months)
    return first.replace(day=min(day.day, len(days_of(month_number(first)))))
