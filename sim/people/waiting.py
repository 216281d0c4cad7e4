"""Who waits for the next card (次期カード待ち): persons put off, persons who come after all, and those between.

First cards are as expected without the swing of a year, renewals as their holders planned them. Whoever waits as the
first day begins is put off on it; all have come by the end of the days over which they come back.
"""

from __future__ import annotations

import numpy as np

from sim.calendar import days_of, first_day
from sim.journal import Journal
from sim.people.diary import Diary
from sim.people.first_time import FirstTime
from sim.people.next_card import LAUNCH_MONTHS
from sim.streams import Floats, Ints

_ROUNDING = 1e-6


class Waiting:
    """The stock of those who wait, from the plans of renewals in ``diary`` and of first cards.

    Args:
        first_time: first cards by month.
        diary: planned renewals; what it adds to days gone by counts on the next day that is posted.
        offset: days from the diary's origin to the first simulated day.
    """

    def __init__(self, first_time: FirstTime, diary: Diary, offset: int) -> None:
        self._diary, self._offset = diary, offset
        self._first_put_off, self._first_back = (np.zeros(len(diary.put_off)) for _ in range(2))
        launch = first_time.next_cards.start
        for month in range(first_time.next_cards.waits_from, launch + LAUNCH_MONTHS):
            days = self._days(month)
            self._first_put_off[days] = first_time.put_off(month) / len(days_of(month))
            self._first_back[days] = first_time.back(month) / len(days_of(month))
        self._gone: tuple[int, int] | None = None

    def post(self, journal: Journal, days: slice) -> None:
        """Post the persons of some days, which follow those posted before."""
        put_off = self._until(self._first_put_off + self._diary.put_off, days)
        back = self._until(self._first_back + self._diary.back, days)
        before = self._gone or self._come_before(days.start)
        for name, whole, gone in zip(("next_card_put_off", "next_card_taken_up"), (put_off, back), before, strict=True):
            journal.post_days(name, days, np.diff(whole, prepend=gone))
        journal.post_days("waiting_for_next_card", days, put_off - back)
        self._gone = int(put_off[-1]), int(back[-1])

    def _come_before(self, day: int) -> tuple[int, int]:
        """Persons who had come before the first day: they are left out of both."""
        come = int((self._first_back + self._diary.back)[: self._offset + day].sum() + _ROUNDING)
        return come, come

    def _until(self, persons: Floats, days: slice) -> Ints:
        """Whole persons since the diary's origin, by the end of each day."""
        whole = np.floor(np.cumsum(persons)[self._offset + days.start : self._offset + days.stop] + _ROUNDING)
        return np.asarray(whole.astype(np.int64))

    def _days(self, month: int) -> slice:
        start, stop = ((first_day(number) - self._diary.origin).days for number in (month, month + 1))
        return slice(max(start, 0), max(stop, 0))
