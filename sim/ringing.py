"""The calls of one centre of a replication alone, taken again where days are louder, for what these calls cost.

All else that a rerun of the part brings about (``sim.louder.louder``) rests on the calls, not they on it: the seats
that a month would have needed, what is known of all others.
"""

from __future__ import annotations

from dataclasses import replace
from math import exp

from sim.calendar import Floats
from sim.contact.centre import Centre
from sim.facts import AT_COUNTERS, CENTRES, INDEX_DAY
from sim.hindsight import HEARS_OF_OUTAGES, MOST, seats_by_luck
from sim.journal import Journal
from sim.louder import Run, louder_calls, with_seats_kept
from sim.parts import PARTS
from sim.streams import Ints
from sim.systems.outages import Outages

_HALVINGS = 40
"""After so many the agents of a replication are those of no seats at all: it was simulated otherwise."""


class Ringing:
    """One centre of a replication in which the centres lend each other nobody."""

    def __init__(self, run: Run, name: str) -> None:
        parameters = with_seats_kept(run, name)
        self._run = run if parameters is run.parameters else replace(run, parameters=parameters)
        self._name, self._days, self._by_luck = name, run.calendar.days, 1.0
        known = Journal(self._days)
        known.post_days("jpki_load_breaks", slice(None), run.known.facts["jpki_load_breaks"])
        outages = Outages(self._run.plan, run.streams, run.calendar, known) if name == HEARS_OF_OUTAGES else None
        self._heard = outages.down(AT_COUNTERS) if outages else None
        self._by_luck = self._luck()
        self.centre = self._with_calls(Journal(self._days))
        """The centre before its first day, of which nobody knows."""

    def _luck(self) -> float:
        """How many times the seats of the joint draw it had (``sim.hindsight``), told by the agents that it had.

        No half-hour has fewer agents with more seats: what makes the sum of all right makes each of them right.
        """
        if self._run.plan.hindsight(f"contact.{self._name}.seats", INDEX_DAY) is None:
            return 1.0
        centre, low, high = self._with_calls(Journal(self._days)), exp(-MOST), exp(MOST)
        minutes = int(self._run.known.facts[f"{CENTRES[self._name]}_agent_minutes_rostered"].sum())
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if (told := centre.minutes_rostered(middle)) == minutes:
                return middle
            low, high = (middle, high) if told < minutes else (low, middle)
        return seats_by_luck(self._name, self._run.plan, self._run.streams)

    def _with_calls(self, journal: Journal) -> Centre:
        run = self._run
        return Centre(self._name, run.plan, run.streams, run.calendar, journal, self._heard, self._by_luck)

    def under(self, factor: Floats) -> dict[str, Ints]:
        """Facts of the centre's calls under ``factor`` times the first ones of each simulated day.

        Those of agents are of days on which anybody rings or is left over from the day before: others change nothing.
        """
        journal = Journal(self._days)
        for name, calls in louder_calls(self._run, self._name, factor).items():
            journal.post_days(name, slice(None), calls)
        centre = self._with_calls(journal)
        for day in range(self._days):
            if factor[day] or not centre.idle:
                centre.run(day)
        return journal.close(set(PARTS) - {self._name})
