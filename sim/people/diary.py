"""Who sets out on which day: card renewals and certificates, planned when the notice goes out or the window opens."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import numpy as np

from sim import timing
from sim.calendar import first_day, month_number
from sim.people.cohorts import BIRTH_YEARS
from sim.people.next_card import NextCards
from sim.plan import Plan
from sim.streams import Floats

NOTICE_MONTHS = 3
"""Notices go out about three months before expiry (JLIS-023)."""

Days = tuple[int, Floats]
"""The first day since the origin, and daily shares from it on."""


class Diary:
    """Expected persons by day since ``origin``: ``renewals`` of cards; certificates ``early`` (before their notice),
    ``in_time`` (on it) and ``late``. ``put_off`` and ``back`` are those of ``renewals`` who wait for the next card, on
    the days that they let pass and on those on which they come.

    ``mix[month of application][month of expiry]`` are the card renewals by birth year.
    """

    def __init__(self, plan: Plan, next_cards: NextCards, origin: date, last_day: date) -> None:
        self._plan = plan
        self._next_cards = next_cards
        self.origin = origin
        span = (last_day - origin).days + 2 * timing.LAST_LATE_DAY
        self.renewals: Floats = np.zeros(span)
        self.early: Floats = np.zeros(span)
        self.in_time: Floats = np.zeros(span)
        self.late: Floats = np.zeros(span)
        self.put_off: Floats = np.zeros(span)
        self.back: Floats = np.zeros(span)
        self.mix: defaultdict[int, dict[int, Floats]] = defaultdict(dict)

    def days_in_time(self, expiry: int, noticed: int) -> Days:
        """When those act who are in time on a notice of the month ``noticed``."""
        window = round(self._plan.parameters.rules.renewal_window_months * timing.DAYS_A_MONTH)
        if noticed > expiry - NOTICE_MONTHS:
            window = min(window, self._first(expiry) - self._first(noticed))
        shares = timing.in_time(window, self._plan.at("renewal.days_to_respond", first_day(expiry)))
        return self._first(expiry) - window, timing.over_birthdays(shares, self._length(expiry))

    def days_late(self, expiry: int) -> Days:
        """When those act who let the expiry pass."""
        shares = timing.late(self._plan.at("renewal.days_late", first_day(expiry)))
        return self._first(expiry) + 1, timing.over_birthdays(shares, self._length(expiry))

    def days_until_notice(self, expiry: int, month: int) -> Days:
        """When those act who do not wait for the notice, from the opening of the window in ``month`` on."""
        start, stop = self._first(month), self._first(expiry - NOTICE_MONTHS)
        return start, np.full(stop - start, 1 / (stop - start))

    def spread(self, series: Floats, days: Days, persons: float) -> None:
        """Add persons to a series on their days."""
        start, shares = days
        begin, stop = max(start, 0), min(start + len(shares), len(series))
        if begin < stop:
            series[begin:stop] += shares[begin - start : stop - start] * persons

    def plan_cards(self, expiry: int, days: Days, persons: Floats) -> None:
        """Add card renewals, by birth year of the holders."""
        self.spread(self.renewals, days, float(persons.sum()))
        start, shares = days
        first, last = (self.origin + timedelta(days=day) for day in (start, start + len(shares) - 1))
        for month in range(month_number(first), month_number(last) + 1):
            begin, stop = self._first(month) - start, self._first(month + 1) - start
            share = float(shares[max(begin, 0) : stop].sum())
            mix = self.mix[month]
            mix[expiry] = mix.get(expiry, np.zeros(BIRTH_YEARS)) + persons * share

    def plan_in_time(self, expiry: int, days: Days, persons: Floats) -> None:
        """Add card renewals of those who act in time, some of whom wait for the next card."""
        waited = self._waiting(days)
        moved = waited[1] - days[1]
        self.spread(self.put_off, (days[0], np.maximum(-moved, 0.0)), float(persons.sum()))
        self.spread(self.back, (days[0], np.maximum(moved, 0.0)), float(persons.sum()))
        self.plan_cards(expiry, waited, persons)

    def _waiting(self, days: Days) -> Days:
        """The same days where some wait for the next card: those who would act shortly before its start, and can wait.

        They come evenly over what is left of their days.
        """
        start, shares = days
        launch = self._first(self._next_cards.start) - start
        if not 0 < launch < len(shares):
            return days
        since = max(self._first(self._next_cards.waits_from) - start, 0)
        share = self._next_cards.waiting_share(self._next_cards.start - 1)
        changed = shares.copy()
        changed[since:launch] *= 1 - share
        changed[launch:] += shares[since:launch].sum() * share / (len(shares) - launch)
        return start, changed

    def _first(self, month: int) -> int:
        return (first_day(month) - self.origin).days

    @staticmethod
    def _length(month: int) -> int:
        return (first_day(month + 1) - first_day(month)).days
