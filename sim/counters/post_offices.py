"""Slots that post offices bring to their municipalities, beyond those of FY2025, which counters' slots contain.

Which municipalities they are in is not published, so a lot of each replication says it: every municipality is as likely
as any other, whatever its size, and so most are small ones, as towns are. They begin in the order of the lot, a few
post offices each (277 served 87 municipalities at the end of FY2025: POST-001, POST-003); once all have begun, the lot
goes round again. Post offices issue certificates on working days; cards are handed over elsewhere.
"""

from __future__ import annotations

import numpy as np

from sim.calendar import Calendar
from sim.journal import Journal
from sim.municipalities import Municipalities
from sim.plan import Plan
from sim.streams import Floats, Ints, Streams


class PostOffices:
    """Slots by municipality, each counted as the country's persons that it serves there."""

    def __init__(
        self, plan: Plan, streams: Streams, calendar: Calendar, journal: Journal, places: Municipalities
    ) -> None:
        closures = plan.parameters.counters.closures
        self._working: list[bool] = (calendar.weights((1.0,) * 5 + (0.0,) * 2, 0.0, 0.0, closures) > 0).tolist()
        self._each: list[float] = plan.daily("services.post_offices.slots_each").tolist()
        self._together = plan.parameters.services.post_offices.in_one_place
        self._turn: Ints = streams.generator("counters/post_offices").permutation(len(places.codes))
        self._journal, self._demand = journal, places.demand
        self._count, self._by_place = 0, np.zeros(len(places.codes))

    def slots(self, day: int) -> Floats | float:
        """What they bring today; 0 where there are none beyond those of FY2025."""
        count = int(self._journal["post_offices_beyond"][day]) if self._working[day] else 0
        if not count:
            return 0.0
        if count != self._count:
            self._count, self._by_place = count, placed(count, self._together, self._turn) / self._demand
        self._journal.post("post_office_slots", day, round(count * self._each[day]))
        return self._by_place * self._each[day]


def placed(count: int, together: int, turn: Ints) -> Ints:
    """How many of ``count`` post offices each municipality has.

    Args:
        count: of post offices.
        together: that begin in a municipality at a time.
        turn: the place of each municipality in the order in which they begin, from 0.
    """
    rounds, rest = divmod(count, together * len(turn))
    return np.asarray(rounds * together + np.clip(rest - turn * together, 0, together))
