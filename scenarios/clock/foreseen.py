"""How much work the search for help is thought to be: before anything is known, and anew with all that is learnt.

Which years break is guessed first, then counted in the replications that are there. How many resources must be tried
until one helps is guessed until it is known; the work of what has been decided is counted as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scenarios.clock.breaks import Event, Outcome
from scenarios.clock.lead_times import LeadTimes
from scenarios.clock.orders import rungs
from scenarios.clock.saving import task
from scenarios.experiment.cost import Work, loads
from scenarios.experiment.experiment import Point
from scenarios.experiment.progress import Progress
from scenarios.files.find import LIBRARY
from scenarios.files.load import load
from scenarios.run.expected import late_cards
from scenarios.size.problem import centre_of
from sim.calendar import Period, fiscal_year
from sim.plant.targets import ISSUE

SAMPLE = 10
"""Replications that break, the first ones, that decide what is ordered."""
_USUAL_YEAR = 2025
_MORE = 0.25
"""So much more load a seat than in FY2025, when promises were about held, breaks a centre's year in all replications;
half of it, in half of them.
"""
_HELPS = 0.25
"""So often the quickest resource of the plant saves a year, the second half as often what that one did not, the third a
third as often, and so on: the more has been tried in vain, the less is to be hoped for. Seats nearly always do.
"""
_ONE = 2**0.5
"""As many orders as one rerun decides: where the most of a resource does not help, no search follows."""
DAYS_OF_YEAR = 365
"""On each of them an order may begin to work."""
(_CARDS,) = ISSUE.codes
"""What is late first where the plant cannot do what comes in: express cards go before the others."""


@dataclass
class Foreseen:
    """What the search is thought to take, as ``progress`` has been told."""

    base: Point
    lead_times: LeadTimes
    replications: int
    progress: Progress
    told: Work = field(default_factory=Work)

    def at_first(self, events: Iterable[Event]) -> Work:
        """Before anything is simulated: years in which cards are late by expectation, or seats have more to do."""
        now, usual = loads(self.base.parameters), loads(load("baseline-fy2025", LIBRARY).parameters)
        late = {fiscal_year(month) for month, cards in late_cards(self.base.parameters) if cards}
        counts = dict.fromkeys(events, 0.0)
        for target, year in counts:
            if target == _CARDS:
                counts[target, year] = float(self.replications * (Period(year).fiscal_year in late))
            elif centre := next(filter(None, map(centre_of, self.lead_times.mending(target))), None):
                more = now[centre, Period(year).fiscal_year] / usual[centre, _USUAL_YEAR] - 1
                counts[target, year] = self.replications * min(max(more / _MORE, 0.0), 1.0)
        self.told = self._work(counts, self._all(counts))
        return self.told

    def learn(self, known: Collection[Mapping[Event, Outcome]], events: Iterable[Event]) -> None:
        """Some of the replications are there: as large a share of all of them is thought to break."""
        times = self.replications / len(known)
        counts = {event: times * sum(one[event].met is False for one in known if event in one) for event in events}
        self._tell(self._work(counts, self._all(counts)))

    def settle(
        self,
        counts: Mapping[Event, float],
        left: Mapping[Event, Sequence[str]],
        chosen: Mapping[Event, str],
        begun: Collection[Event] = (),
    ) -> None:
        """By event the resources that are ``left`` to be tried, or the one that is ``chosen`` and not yet timed.

        Of events that are ``begun``, the search by the first that is left is at work, and counted elsewhere.
        """
        work = self._work(counts, left, begun)
        for events in self._together(chosen):
            count = max(counts[event] for event in events)
            work += self._cost(events[0][0], chosen[events[0]], DAYS_OF_YEAR, count)
        self._tell(work)

    def _tell(self, work: Work) -> None:
        self.progress.more(work - self.told)
        self.told = work

    def _all(self, events: Iterable[Event]) -> dict[Event, Sequence[str]]:
        return {event: self.lead_times.mending(event[0]) for event in events}

    def _work(
        self, counts: Mapping[Event, float], left: Mapping[Event, Sequence[str]], begun: Collection[Event] = ()
    ) -> Work:
        """Of the resources that are left: trying one after the other until one helps, then looking how late it may."""
        total = Work()
        for events in self._together(left):
            count, untried, target = max(counts[event] for event in events), 1.0, events[0][0]
            begins = 0 if events[0] in begun else -1
            tried = len(self.lead_times.mending(target)) - len(left[events[0]])
            for place, path in enumerate(left[events[0]]):
                helps = 1.0 if centre_of(path) else _HELPS / (1 + tried + place)
                if place > begins:
                    orders = len(rungs(path)) ** helps * _ONE ** (1 - helps)
                    total += self._cost(target, path, orders, untried * min(SAMPLE, count))
                total += self._cost(target, path, DAYS_OF_YEAR, untried * helps * count)
                untried *= 1 - helps
        return total

    def _together(self, events: Iterable[Event]) -> list[list[Event]]:
        """Events that are searched at once, since the same replications break them: all years of a centre."""
        groups: dict[Event | str, list[Event]] = {}
        for event in events:
            seats = any(centre_of(path) for path in self.lead_times.mending(event[0])[:1])
            groups.setdefault(event[0] if seats else event, []).append(event)
        return list(groups.values())

    def _cost(self, target: str, path: str, orders: float, count: float) -> Work:
        one = task(self.base, 1, target, [path], orders).work
        return Work(round(count), one.seconds * count)
