"""Weekends at the counters (土日・祝日の窓口): who wishes for a slot on one, and how far ahead they are full.

Of those who book, a share wishes for a Saturday, a Sunday or a national holiday on which counters are open. They take
the slots of these days first, in order of booking, as far ahead as bookings are taken; who finds none takes another
day. So a municipality's weekends are one number: how many have a slot on one of those to come. Persons are counted in
the country's, as in the lines of all bookings (``sim.counters.certificates``).

This stands beside those lines and moves nothing in them: they give the slots of every day to who is next, so that as
much is done whoever comes on a weekend. What persons wait for one by their own wish is told here alone, and nobody is
taken to lose a certificate over it.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.calendar import Calendar
from sim.compiled import compiled
from sim.counters.parameters import Counters
from sim.counters.whole import taken
from sim.journal import Journal
from sim.municipalities import Municipalities
from sim.plan import Plan
from sim.streams import Floats

FULL_DAYS = 28
"""Weekends are full where no slot of so many days to come is left: a month ahead, in whole weeks."""
_NONE = 1e-9
"""Persons, of the country's, that are nobody."""


class Weekends:
    """Who has a slot on a weekend to come, by municipality."""

    def __init__(self, plan: Plan, calendar: Calendar, journal: Journal, places: Municipalities) -> None:
        settings = plan.parameters.counters
        weekly = np.array(settings.weekdays)
        share = weekly[5:].sum() / weekly.sum() if weekly.any() else 0.0
        self._wish: list[float] = np.minimum(plan.daily("counters.weekend_wish") * share, 1.0).tolist()
        weights, on_weekend = _weights(settings, calendar)
        self._weights, self._is_weekend = weights.tolist(), (on_weekend > 0).tolist()
        horizon = settings.booking_horizon_days
        self._ahead, self._month = (_to_come(on_weekend, days, calendar.days) for days in (horizon, FULL_DAYS))
        self._journal, self._demand, self._residents = journal, places.demand, places.residents
        self._booked: Floats = np.zeros(len(places.codes))
        self._of_weight_1: Floats | None = None
        self._left: Floats = np.zeros(3)
        self._waiting = 0

    def run(self, day: int, booking: float, slots: Floats) -> None:
        """Book a day's wishes, and let those come whose day it is.

        Args:
            day: of the calendar.
            booking: persons who book today.
            slots: for certificates today at each municipality's own counters.
        """
        weight, is_weekend = self._weights[day], self._is_weekend[day]
        if weight and (is_weekend or self._of_weight_1 is None):
            self._of_weight_1 = slots / weight
        wished = self._wish[day] * booking
        if self._of_weight_1 is None or not (wished or self._waiting):
            return
        wishes, done, none, full, residents = _booked(
            self._booked,
            self._of_weight_1,
            slots,
            self._demand,
            self._residents,
            (wished, self._ahead[day], self._month[day], is_weekend),
            self._left,
        )
        self._waiting += wishes - done - none
        counts = {"wished": wishes, "served": done, "none": none, "waiting": self._waiting}
        self._journal.post_all(day, {**counts, "full": full, "full_residents": round(residents)}, "weekends_")


@compiled
def _booked(
    booked: Floats,
    of_weight_1: Floats,
    slots: Floats,
    demand: Floats,
    residents: Floats,
    today: tuple[float, float, float, bool],
    left: Floats,
) -> tuple[int, int, int, int, float]:
    """Book a day's wishes in each municipality, and let those come whose day it is; ``booked`` is who has a slot.

    Args:
        booked: who has a slot on a weekend to come, in the country's persons; changed.
        of_weight_1: slots of a day of weight 1.
        slots: of today.
        demand: share of the country's visits.
        residents: of each municipality.
        today: who wishes; the weights of weekends as far ahead as bookings are taken, and of a month; whether today is
            one.
        left: fractions of the country's persons who wish, are served and find none, that make no whole one yet;
            changed.

    Returns:
        the country's persons who wish, are served and find none; municipalities that are full, and their residents.
    """
    wished, ahead, month, is_weekend = today
    served, none, full, full_residents = 0.0, 0.0, 0, 0.0
    for place in range(len(booked)):
        room = of_weight_1[place] * ahead + (slots[place] if is_weekend else 0.0)
        found = min(max(room - booked[place], 0.0), wished)
        booked[place] += found
        none += (wished - found) * demand[place]
        if is_weekend:
            come = min(booked[place], slots[place])
            booked[place] -= come
            served += come * demand[place]
        if booked[place] >= of_weight_1[place] * month - _NONE:
            full += 1
            full_residents += residents[place]
    wishes, ended = taken(left[:1], np.array([wished])), taken(left[1:], np.array([served, none]))
    return wishes[0], ended[0], ended[1], full, full_residents


def _weights(settings: Counters, calendar: Calendar) -> tuple[Floats, Floats]:
    """Weights of all days and of weekends among them, with those after the last day as far as bookings are taken."""
    end = min(calendar.dates[-1].toordinal() + max(settings.booking_horizon_days, FULL_DAYS), date.max.toordinal())
    longer = Calendar(calendar.first, date.fromordinal(end), calendar.changed)
    weights = longer.weights(settings.weekdays, settings.weekdays[6], 0.0, settings.closures)
    return weights, np.where((longer.weekday >= 5) | longer.holiday, weights, 0.0)


def _to_come(weights: Floats, days: int, count: int) -> list[float]:
    """For each of ``count`` days the weights of the ``days`` after it."""
    upto = np.append(0.0, np.cumsum(weights))
    first = np.arange(count) + 1
    found: list[float] = (upto[np.minimum(first + days, len(weights))] - upto[np.minimum(first, len(weights))]).tolist()
    return found
