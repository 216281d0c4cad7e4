"""Hand-over (交付) of standard cards: one that is set waits for its holder, who was asked to collect it."""

from __future__ import annotations

import numpy as np

from sim.calendar import Calendar
from sim.journal import Journal
from sim.parameters import Restated
from sim.plan import Plan
from sim.quantiles import binomial
from sim.streams import Streams


class Handover:
    """Cards at the municipalities, as one national pool."""

    def __init__(self, plan: Plan, streams: Streams, calendar: Calendar, journal: Journal) -> None:
        settings = plan.parameters.counters
        self._journal = journal
        self._waiting = 0
        pattern = calendar.weights(settings.weekdays, settings.weekdays[6], 0.0, settings.closures)
        daily = np.minimum(pattern / plan.value("counters.collection_days"), 1.0)
        self._chance: list[float] = daily.tolist()
        self._most: list[float] = np.where(daily > 0, plan.daily("counters.handover_per_day"), 0.0).tolist()
        self._never: list[float] = plan.daily("counters.never_collected_share").tolist()
        self._uniforms = streams.daily_uniforms("counters/collect", calendar).tolist()

    def open_with(self, cards: int) -> None:
        """Cards that wait to be collected before the first day."""
        self._journal.post("opening_at_municipalities", 0, cards)
        self._journal.post("arrived", 0, cards)

    def restate(self, day: int, state: Restated) -> None:
        """Let the stated cards be dispatched and not handed over as ``day`` begins.

        Those on the way are as simulated; the never-collected share of all dispatched will not be collected.
        """
        if state.at_municipalities is None:
            return
        on_the_way = sum(int(self._journal[name][day - 1]) for name in ("on_the_way", "settings_waiting"))
        never = round(self._never[day] * state.dispatched_so_far)
        waiting = max(state.at_municipalities - on_the_way - never, 0)
        for name in ("restated_at_municipalities", "arrived"):
            self._journal.post(name, day, waiting - self._waiting)

    def expected(self, day: int) -> float:
        """Holders of those asked so far who are expected to come today."""
        return min((self._waiting + int(self._journal["arrived"][day])) * self._chance[day], self._most[day])

    def attempts(self, day: int) -> int:
        """Holders who come for their card today and find a place."""
        self._waiting += int(self._journal["arrived"][day])
        wanted = binomial(self._uniforms[day], self._waiting, self._chance[day])
        return min(wanted, int(min(self._most[day], 1e15)))

    def serve(self, day: int, cards: int) -> None:
        """Hand over so many cards; holders whose transaction failed come again."""
        self._waiting -= cards
        self._journal.post("handed_over", day, cards)
        self._journal.post("at_municipalities", day, self._waiting)
