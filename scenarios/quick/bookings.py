"""What a simple line in days expects of the counters' bookings, over a few groups of municipalities.

Bookings of a day wait behind all that came before; a day serves no more than its slots. That needs no event.
"""

from __future__ import annotations

import numpy as np

from scenarios.margin.queues import done_on
from sim import timing
from sim.calendar import Floats
from sim.counters.certificates import slots_a_visit
from sim.louder import VISITS, Run, causes
from sim.plan import Plan
from sim.streams import Streams

_GROUPS = (0.01, 0.03, 0.07, 0.15, 0.3, 0.6)
"""Municipalities are grouped by slots a visit, at these shares of all visits: those with fewest decide."""


class Bookings:
    """Certificate visits that wait for a slot: those who renew in time and lose their certificate meanwhile."""

    def __init__(self, run: Run) -> None:
        settings = run.parameters.counters
        plan = run.plan
        weights = run.calendar.weights(settings.weekdays, settings.weekdays[6], 0.0, settings.closures)
        slots = np.minimum(weights * plan.daily("counters.slots_per_day"), 1e15)
        taken = run.known.facts["slots_taken"]
        self._lines = [(share, np.maximum(times * slots - taken, 0.0)) for share, times in _alike(run, plan)]
        self._tolerance = plan.value("counters.booking_tolerance_days")
        self._patience = plan.value("counters.booking_patience_days")
        window = round(run.parameters.rules.renewal_window_months * timing.DAYS_A_MONTH)
        self._left = np.append(np.cumsum(timing.in_time(window, plan.value("renewal.days_to_respond"))[::-1]), 1.0)
        visits = causes(VISITS, run.known.facts)
        self._in_time, self._early = visits["in_time"].astype(np.float64), visits["early"].astype(np.float64)
        others = visits["late"] + visits["signing"] + visits["extended"] + run.known.facts["came_back"]
        self._others = others.astype(np.float64)

    def late(self, factor: Floats) -> tuple[Floats, Floats]:
        """By factors (a row) and day of booking: who set out to renew in time, and those who do not get there."""
        in_time, early, others = (series * factor for series in (self._in_time, self._early, self._others))
        lost = np.zeros_like(in_time)
        for share, slots in self._lines:
            lost += share * self._lost(in_time, early, others, slots)
        return in_time + early, lost

    def _lost(self, in_time: Floats, early: Floats, others: Floats, slots: Floats) -> Floats:
        """Who does not get there in municipalities that have so many slots for the country's visits."""
        all_of_them = in_time + early + others
        over = np.cumsum(all_of_them - slots, axis=1)
        backlog = over - np.minimum(np.minimum.accumulate(over, axis=1), 0.0)
        waited = done_on(all_of_them, backlog) - np.arange(in_time.shape[1])
        waited = np.maximum(waited, 0)
        expired = np.where(waited > 0, self._left[np.minimum(waited, len(self._left)) - 1], 0.0)
        gave_up = 1 - np.exp(-np.maximum(waited - self._tolerance, 0.0) / self._patience)
        stay = (1 - expired) * (1 - gave_up)
        return np.asarray(in_time * (1 - stay) + early * gave_up)


def _alike(run: Run, plan: Plan) -> list[tuple[float, float]]:
    """Groups of municipalities with about as many slots a visit: their share of the visits, and these slots."""
    places = run.history.places
    slots = slots_a_visit(plan, Streams(run.seed, run.replication), places)
    order = np.argsort(slots, kind="stable")
    upto = np.cumsum(places.demand[order])
    group = np.searchsorted(_GROUPS, upto - 0.5 * places.demand[order], side="right")
    found = []
    for number in np.unique(group):
        mine = order[group == number]
        share = float(places.demand[mine].sum())
        found.append((share, float(places.demand[mine] @ slots[mine]) / share))
    return found
