"""First cards asked for: usual ones by season, more while an event pushes people to apply, fewer afterwards.

A push such as the end of the insurance card multiplies the usual applications for a time. A share of those it moves
would have applied later anyway: they are missing then, most of them soon. The others would never have applied. Some
wait for the next card, and come when it starts (``sim/people/next_card.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import exp

from sim.calendar import days_of, first_day
from sim.parameters import Parameters
from sim.people.next_card import LAUNCH_MONTHS, NextCards
from sim.timing import DAYS_A_YEAR

_LOOK_BACK = 60
"""Months after which nobody is missing any more because of a push."""


class FirstTime:
    """Expected first cards, newborns aside, by month number.

    Args:
        parameters: of the scenario.
        at: the value of a parameter on a day.
    """

    def __init__(self, parameters: Parameters, at: Callable[[str, date], float]) -> None:
        self._at = at
        self.next_cards = NextCards(parameters, at)
        month_weights = parameters.demand.month_weights
        mean = sum(month_weights) / 12
        self._season = [weight / mean for weight in month_weights]
        daily = (
            parameters.demand.first_time_per_year,
            parameters.demand.first_time_level,
            parameters.demand.first_time_push,
        )
        self._changes = {step.from_ for quantity in daily for step in quantity.steps}
        self._months: dict[int, tuple[float, float]] = {}
        self._owed: dict[int, float] = {}

    def expected(self, month: int) -> float:
        """Applications of a month."""
        return self._wanted(month) * (1 - self.waiting_share(month)) + self.back(month)

    def waiting_share(self, month: int) -> float:
        """Share of a month's first cards that wait for the next card."""
        return self.next_cards.waiting_share(month)

    def back(self, month: int) -> float:
        """Persons who waited for the next card and come in a month of its launch: all of them within it."""
        if not self.next_cards.launching(month):
            return 0.0
        months = range(self.next_cards.waits_from, self.next_cards.start)
        return sum(self.put_off(number) for number in months) / LAUNCH_MONTHS

    def put_off(self, month: int) -> float:
        """Persons of a month who wait for the next card."""
        return self._wanted(month) * self.waiting_share(month)

    def _wanted(self, month: int) -> float:
        return max(self._asked(month)[0] - self.missing(month), 0.0)

    def _asked(self, month: int) -> tuple[float, float]:
        """Applications of a month with the push, and those of them that it adds."""
        if month not in self._months:
            days = self._days(month)
            added = sum(usual * max(push - 1, 0.0) for usual, push in days)
            self._months[month] = sum(usual * push for usual, push in days), added
        return self._months[month]

    def _days(self, month: int) -> list[tuple[float, float]]:
        """Usual applications and push of each day; in most months all days are alike."""
        days = days_of(month)
        told = days[:1] if self._changes.isdisjoint(days[1:]) else days
        return [(self.usual(day), self.push(day)) for day in told] * (len(days) // len(told))

    def missing(self, month: int) -> float:
        """Persons who would apply in a month had a push not moved them before."""
        return self._owe(month) * (1 - self._stays(month))

    def usual(self, day: date) -> float:
        """Applications of a day without any push."""
        yearly = self._at("demand.first_time_per_year", day) * self._at("demand.first_time_level", day)
        return yearly / DAYS_A_YEAR * self._season[day.month - 1]

    def push(self, day: date) -> float:
        """What a push multiplies the usual applications of a day by."""
        return self._at("demand.first_time_push", day)

    def _owe(self, month: int) -> float:
        """Persons moved before a month who are still missing as it begins."""
        if month not in self._owed:
            before = max((known for known in self._owed if known < month), default=month - _LOOK_BACK)
            owed = self._owed.setdefault(before, 0.0)
            for number in range(before, month):
                forward = self._at("demand.push_forward_share", first_day(number))
                owed = owed * self._stays(number) + self._asked(number)[1] * forward
                self._owed[number + 1] = owed
        return self._owed[month]

    def _stays(self, month: int) -> float:
        """Share of those missing as a month begins who would apply after it only."""
        return exp(-1 / self._at("demand.push_forward_months", first_day(month)))
