"""For each target and year that breaks, the order that saves it, and how late it may come in each replication.

The order is decided once, for all replications alike, as a planner decides it before anything is known: the quickest
resource that saves half of a few replications that break, if it works all year, and so much of it as saves nine in ten
of those that can be saved. Then every replication that breaks says from which day that order must work at the latest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from pathlib import Path

from scenarios.clock.breaks import Event
from scenarios.clock.foreseen import SAMPLE, Foreseen
from scenarios.clock.lead_times import LeadTimes
from scenarios.clock.orders import Order, rungs
from scenarios.clock.saving import Search
from scenarios.experiment.cost import Work
from scenarios.experiment.experiment import Point, do_missing
from scenarios.experiment.progress import Progress
from scenarios.experiment.store import Store
from scenarios.files.load import Scenario
from scenarios.run.periods import Span
from scenarios.size.problem import centre_of

WORTH = 0.5
"""A resource is ordered that saves so many of them, if it works all year."""
ENOUGH = 0.9
"""And so much of it as saves this share of those that can be saved."""
Broken = Mapping[Event, Sequence[int]]
"""Of each target and year the numbers of the replications that break."""


@dataclass(frozen=True)
class Help:
    """The order for an event, and by replication that breaks the day from which it must work for the year to hold.

    ``path`` is None where nothing that can be ordered saves the event; a day is None where not even the whole year
    does.
    """

    path: str | None
    rung: int | None
    latest: Mapping[int, date | None]


@dataclass(frozen=True)
class Finder:
    """Who looks for help: the scenario, its whole runs, lead times, the years' days, and where work is done."""

    scenario: Scenario
    base: Point
    lead_times: LeadTimes
    years: Mapping[str, Span]
    whole: Store
    folder: Path
    workers: int
    progress: Progress
    foreseen: Foreseen

    def find(self, broken: Broken) -> dict[Event, Help]:
        """What helps each event, of those that some resource mends."""
        mended = {event: numbers for event, numbers in broken.items() if self.lead_times.mending(event[0]) and numbers}
        orders = self._orders(mended)
        latest = self._latest({event: mended[event] for event in orders}, orders)
        self.foreseen.settle({}, {}, {})
        nothing = {event: Help(None, None, dict.fromkeys(own)) for event, own in mended.items() if event not in orders}
        return {event: Help(*orders[event], latest[event]) for event in orders} | nothing

    def _orders(self, broken: Broken) -> dict[Event, tuple[str, int]]:
        """The resource and the rung that each event is helped by; none for what nothing helps."""
        found: dict[Event, tuple[str, int]] = {}
        counts = {event: float(len(numbers)) for event, numbers in broken.items()}
        left = {event: self.lead_times.mending(event[0]) for event in broken}
        for target in dict.fromkeys(target for target, _ in broken):
            for path in self.lead_times.mending(target):
                wanted = {event: own[:SAMPLE] for event, own in broken.items() if event[0] == target}
                wanted = {event: own for event, own in wanted.items() if event not in found}
                if not wanted:
                    break
                self.foreseen.settle(counts, left, {event: own[0] for event, own in found.items()}, wanted)
                tried = {event: self._amounts(path, event[1]) for event in wanted}
                for event, places in self._search(path, wanted, tried).items():
                    left[event] = left[event][1:]
                    if (rung := enough(list(places.values()))) is not None:
                        found[event] = path, rung
                        del left[event]
        return found

    def _latest(self, broken: Broken, orders: Mapping[Event, tuple[str, int]]) -> dict[Event, dict[int, date | None]]:
        """The day on which each replication that breaks must have the order at the latest."""
        found: dict[Event, dict[int, date | None]] = {}
        counts = {event: float(len(numbers)) for event, numbers in broken.items()}
        for target, path in dict.fromkeys((event[0], path) for event, (path, _) in orders.items()):
            wanted = {event: broken[event] for event, order in orders.items() if (event[0], order[0]) == (target, path)}
            untimed = {event: own[0] for event, own in orders.items() if event not in found and event not in wanted}
            self.foreseen.settle(counts, {}, untimed)
            tried = {event: self._arrivals(path, orders[event][1], event[1]) for event in wanted}
            for event, places in self._search(path, wanted, tried).items():
                found[event] = {
                    number: None if place is None else tried[event][place].since for number, place in places.items()
                }
        return found

    def _amounts(self, path: str, year: str) -> list[Order]:
        """Every rung of a resource, at work all year."""
        return [Order(path, rung, *self.years[year]) for rung in range(len(rungs(path)))]

    def _arrivals(self, path: str, rung: int, year: str) -> list[Order]:
        """An order that works on the last day of a year, from the day before on, and so on."""
        first, last = self.years[year]
        days = (last - first).days + 1
        return [Order(path, rung, last - timedelta(days=back), last) for back in range(days)]

    def _search(
        self, path: str, wanted: Broken, tried: Mapping[Event, Sequence[Order]]
    ) -> dict[Event, dict[int, int | None]]:
        """By event and replication the place of the least helpful order that saves it."""
        jobs = list(self._jobs(path, wanted, tried))
        self.progress.more(sum((job.task.work for job in jobs), Work()))
        do_missing(jobs, self.workers, self.progress.done)
        found: dict[Event, dict[int, int | None]] = {event: {} for event in wanted}
        for job in jobs:
            for year, place in job.found().items():
                found[job.target, year][job.replication] = place
        return {event: dict(sorted(places.items())) for event, places in found.items()}

    def _jobs(self, path: str, wanted: Broken, tried: Mapping[Event, Sequence[Order]]) -> Iterator[Search]:
        """Of seats all years at once, since calls hardly outlast a day; of all else year by year."""
        together = [list(wanted)] if centre_of(path) else [[event] for event in wanted]
        for events in together:
            for number in sorted({number for event in events for number in wanted[event]}):
                own = {year: tried[target, year] for target, year in events if number in wanted[target, year]}
                yield Search(self.scenario, self.base, events[0][0], own, number, self.whole, self.folder)


def enough(places: Sequence[int | None]) -> int | None:
    """The rung that saves nine in ten of those that can be saved; None where fewer than half of all can be."""
    saved = sorted(place for place in places if place is not None)
    if not saved or len(saved) < WORTH * len(places):
        return None
    return saved[ceil(ENOUGH * len(saved)) - 1]
