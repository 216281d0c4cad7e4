"""Breakdowns, slow-downs and planned stops of the systems, minute by minute on the days that have any.

All of it is known when a replication starts, but for breakdowns that follow from load where a scenario lets them
(``sim.systems.load_breaks``): those are kept or not as the day comes. Availability counts outage minutes inside service
hours over service minutes, planned stops left out of both (JLIS-017).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from sim.calendar import Calendar, Flags
from sim.disruptions import by_day
from sim.disruptions import spans as disrupted
from sim.facts import JPKI_COUNTER, RELYING_PARTIES, SYSTEMS
from sim.hours import MINUTES
from sim.journal import Journal
from sim.parameters import Parameters
from sim.plan import Plan
from sim.streams import Floats, Ints, Streams
from sim.systems.breakdowns import Service, breakdowns
from sim.systems.load_breaks import LoadBreaks
from sim.systems.parameters import Event, Stop
from sim.systems.validation import Validation


class Outages:
    """All systems of one replication; breakdowns by load that the journal knows of already are among them."""

    def __init__(self, plan: Plan, streams: Streams, calendar: Calendar, journal: Journal) -> None:
        self._days, self._journal = calendar.days, journal
        self._systems = {name: _OneSystem(name, plan, streams, calendar) for name in SYSTEMS}
        self._by_load = LoadBreaks(plan, streams, calendar) if plan.parameters.systems.load_breaks else None
        if self._by_load:
            for day in np.flatnonzero(journal["jpki_load_breaks"]).tolist():
                self._systems[JPKI_COUNTER].add(self._by_load.candidate(day))
        for name, system in self._systems.items():
            journal.post_days(f"timetable_minutes_{name}", slice(None), system.timetable)
            journal.post_days(f"service_minutes_{name}", slice(None), system.service_minutes)
            journal.post_days(f"outage_minutes_{name}", slice(None), system.outage_minutes)
            journal.post_days(f"planned_minutes_{name}", slice(None), system.planned_minutes)

    def strain(self, day: int, utilisation: float) -> list[int]:
        """Let JPKI for counters break down if so busy a day asks for it: the days that this changes, none as a rule."""
        if not self._by_load or not self._by_load.breaks(day, utilisation):
            return []
        system = self._systems[JPKI_COUNTER]
        before = system.outage_minutes.copy()
        changed = system.add(self._by_load.candidate(day))
        self._journal.post("jpki_load_breaks", day, 1)
        self._journal.post_days(f"outage_minutes_{JPKI_COUNTER}", slice(None), system.outage_minutes - before)
        return changed

    def working_share(self, names: Sequence[str], hour_weights: Sequence[float]) -> Floats:
        """Share of each day's work that finds all of some systems working, slow ones by their share.

        ``hour_weights`` says when the work is done: a weight for each hour of the day.
        """
        weights = np.repeat(np.array(hour_weights), 60)
        share = np.ones(self._days)
        for day, works in self.minutes(names).items():
            share[day] = float((works * weights).sum() / weights.sum())
        return share

    def minutes(self, names: Sequence[str]) -> Mapping[int, Floats]:
        """By day the share working in each minute of all of some systems together; whole days without are left out.

        It follows what load breaks later.
        """
        return _Together([self._systems[name].works for name in names])

    def down(self, names: Sequence[str]) -> dict[int, Flags]:
        """By day the minutes in which any of some systems is down in service hours; days without are left out."""
        days = {day for name in names for day in self._systems[name].down}
        return {
            day: np.logical_or.reduce(
                [self._systems[name].down[day] for name in names if day in self._systems[name].down]
            )
            for day in sorted(days)
        }


class _Together(Mapping[int, Floats]):
    """Of some systems the worst in each minute, by day, as they stand when asked."""

    def __init__(self, systems: Sequence[Mapping[int, Floats]]) -> None:
        self._systems = systems

    def __getitem__(self, day: int) -> Floats:
        known = [works[day] for works in self._systems if day in works]
        if not known:
            raise KeyError(day)
        return np.asarray(np.minimum.reduce(known))

    def __iter__(self) -> Iterator[int]:
        return iter(dict.fromkeys(day for works in self._systems for day in works))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _OneSystem:
    """One system: who is down when, by day and minute."""

    def __init__(self, name: str, plan: Plan, streams: Streams, calendar: Calendar) -> None:
        path = f"systems.{name}"
        service = Service.of(getattr(plan.parameters.systems, name))
        self._service, self._kinds = service.by_kind, service.kinds(calendar)
        self._planned = by_day(planned_stops(name, plan.parameters, calendar), calendar.days)
        breaks = [*stated(name, plan.parameters, calendar), *breakdowns(path, path, service, plan, streams, calendar)]
        if name == RELYING_PARTIES and plan.parameters.systems.validation.in_availability:
            breaks += Validation(plan, streams, calendar).down
        self._working = by_day(breaks, calendar.days)
        self.down: dict[int, Flags] = {}
        self.works: dict[int, Floats] = {}
        self.outage_minutes: Ints = np.zeros(calendar.days, dtype=np.int64)
        self.planned_minutes: Ints = np.zeros(calendar.days, dtype=np.int64)
        for day in sorted(self._planned.keys() | self._working.keys()):
            self._count(day)
        self.timetable: Ints = service.minutes(calendar)
        self.service_minutes: Ints = self.timetable - self.planned_minutes

    def add(self, breakdown: tuple[float, float, float]) -> list[int]:
        """One more breakdown; the days that it touches."""
        added = by_day([breakdown], len(self._kinds))
        for day, works in added.items():
            self._working[day] = np.minimum(self._working.get(day, works), works)
            self._count(day)
        return list(added)

    def _count(self, day: int) -> None:
        service, planned = self._service[self._kinds[day]], self._planned.get(day)
        stopped = np.zeros(MINUTES, dtype=np.bool_) if planned is None else planned == 0
        works = self._working.get(day, np.ones(MINUTES))
        self.planned_minutes[day] = (service & stopped).sum()
        down = service & ~stopped & (works == 0)
        self.outage_minutes[day] = down.sum()
        if down.any():
            self.down[day] = down
        self.works[day] = works * ~stopped


def planned_stops(name: str, parameters: Parameters, calendar: Calendar) -> Iterator[tuple[float, float, float]]:
    """Planned stops of one system as ``spans`` tells them: those with a date, and drills of every year."""
    systems = parameters.systems
    drills = [stop for drill in systems.drills if drill.system == name for stop in drill.stops(calendar.dates)]
    yield from spans(name, (*systems.planned, *drills), calendar)


def stated(name: str, parameters: Parameters, calendar: Calendar) -> Iterator[tuple[float, float, float]]:
    """Breakdowns and slow-downs of one system that stand in the scenario, in the same way."""
    yield from spans(name, (*parameters.systems.published_events, *parameters.systems.events), calendar)
    for span in disrupted(parameters.disruptions.events, name, calendar):
        yield span.start, span.end, 1 - span.lost


def spans(name: str, stops: Iterable[Stop], calendar: Calendar) -> Iterator[tuple[float, float, float]]:
    """Start, end in minutes since the first day, and share working, of the stops of one system."""
    for stop in stops:
        if stop.system == name:
            start = calendar.index(stop.day) * MINUTES + stop.starts_at
            yield start, start + stop.hours * 60, stop.working_share if isinstance(stop, Event) else 0.0
