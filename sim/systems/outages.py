"""Breakdowns, slow-downs and planned stops of the systems, minute by minute on the days that have any.

Nothing in the model makes a system break down, so all of it is known when a replication starts. Availability counts
outage minutes inside service hours over service minutes, planned stops left out of both (JLIS-017).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

import numpy as np
from scipy.special import ndtri

from sim.calendar import Calendar, ChangedHolidays, Flags, Period
from sim.disruptions import by_day
from sim.disruptions import spans as disrupted
from sim.facts import SYSTEMS
from sim.hours import MINUTES, kinds_of_days, open_half_hours
from sim.journal import Journal
from sim.parameters import Parameters
from sim.plan import Plan
from sim.streams import Floats, Ints, Streams
from sim.systems.parameters import Event, Stop, System


class Outages:
    """All systems of one replication."""

    def __init__(self, plan: Plan, streams: Streams, calendar: Calendar, journal: Journal) -> None:
        self._days = calendar.days
        self._systems = {name: _OneSystem(name, plan, streams, calendar) for name in SYSTEMS}
        for name, system in self._systems.items():
            journal.post_days(f"service_minutes_{name}", slice(None), system.service_minutes)
            journal.post_days(f"outage_minutes_{name}", slice(None), system.outage_minutes)
            journal.post_days(f"planned_minutes_{name}", slice(None), system.planned_minutes)

    def working_share(self, names: Sequence[str], hour_weights: Sequence[float]) -> Floats:
        """Share of each day's work that finds all of some systems working, slow ones by their share.

        ``hour_weights`` says when the work is done: a weight for each hour of the day.
        """
        weights = np.repeat(np.array(hour_weights), 60)
        share = np.ones(self._days)
        for day, works in self.minutes(names).items():
            share[day] = float((works * weights).sum() / weights.sum())
        return share

    def minutes(self, names: Sequence[str]) -> dict[int, Floats]:
        """By day the share working in each minute of all of some systems together; whole days without are left out."""
        found: dict[int, Floats] = {}
        for name in names:
            for day, works in self._systems[name].works.items():
                found[day] = np.minimum(found[day], works) if day in found else works
        return found

    def down(self, names: Sequence[str]) -> dict[int, Flags]:
        """By day the minutes in which any of some systems is down in service hours; days without are left out."""
        days = {day for name in names for day in self._systems[name].down}
        return {
            day: np.logical_or.reduce(
                [self._systems[name].down[day] for name in names if day in self._systems[name].down]
            )
            for day in sorted(days)
        }


class _OneSystem:
    """One system: who is down when, by day and minute."""

    def __init__(self, name: str, plan: Plan, streams: Streams, calendar: Calendar) -> None:
        settings: System = getattr(plan.parameters.systems, name)
        minutes = np.repeat(open_half_hours(settings.hours), 30, axis=1)
        self._kinds = kinds_of_days(calendar, settings.closures)
        self._service = np.vstack([minutes, np.zeros(MINUTES, dtype=np.bool_)])
        self._of_kind: Ints = self._service.sum(axis=1)
        service = self._of_kind[self._kinds]
        planned = by_day(planned_stops(name, plan.parameters, calendar), calendar.days)
        breaks = [*stated(name, plan.parameters, calendar), *self._breakdowns(name, plan, streams, calendar)]
        working = by_day(breaks, calendar.days)
        self.down: dict[int, Flags] = {}
        self.works: dict[int, Floats] = {}
        self.outage_minutes: Ints = np.zeros(calendar.days, dtype=np.int64)
        self.planned_minutes: Ints = np.zeros(calendar.days, dtype=np.int64)
        for day in sorted(planned.keys() | working.keys()):
            self._count(day, planned.get(day), working.get(day))
        self.service_minutes: Ints = service - self.planned_minutes

    def _count(self, day: int, planned: Floats | None, working: Floats | None) -> None:
        service = self._service[self._kinds[day]]
        stopped = np.zeros(MINUTES, dtype=np.bool_) if planned is None else planned == 0
        works = np.ones(MINUTES) if working is None else working
        self.planned_minutes[day] = (service & stopped).sum()
        down = service & ~stopped & (works == 0)
        self.outage_minutes[day] = down.sum()
        if down.any():
            self.down[day] = down
        self.works[day] = works * ~stopped

    def _breakdowns(
        self, name: str, plan: Plan, streams: Streams, calendar: Calendar
    ) -> Iterator[tuple[float, float, float]]:
        """One a day at most; repair times are lognormal.

        A fiscal year's are drawn by their number, then each by its place in the year: there are few, and of that the
        year's lost hours hang most, so that their number and the first ones are evenly spread over replications. That
        is Poisson's process. Where the run begins or ends within the year, the others fall outside it.
        """
        path, closures = f"systems.{name}", getattr(plan.parameters.systems, name).closures
        a_year = self._of_kind[self._kinds].sum() / calendar.days * 365.25
        whole = _whole_years(int(calendar.fiscal_year[0]), int(calendar.fiscal_year[-1]), calendar.changed)
        plan, before = plan.on(whole), calendar.index(whole.first)
        kinds = kinds_of_days(whole, closures)
        failures = plan.daily(f"{path}.failures_per_year") * self._of_kind[kinds] / max(a_year, 1)
        spread, hours = plan.daily(f"{path}.repair_spread"), plan.daily(f"{path}.repair_hours")
        for year, days in whole.years().items():
            for day, when, normal in _of_year(f"{path}/breakdowns", Period(year).fiscal_year, failures[days], streams):
                place = days.start + day
                if 0 <= place + before < calendar.days:
                    service = np.flatnonzero(self._service[kinds[place]])
                    start = (place + before) * MINUTES + int(service[int(when * len(service))])
                    taking = np.exp(spread[place] * normal - spread[place] ** 2 / 2)
                    yield start, start + max(float(hours[place] * 60 * taking), 1.0), 0.0


@lru_cache(maxsize=4)
def _whole_years(first: int, last: int, changed: ChangedHolidays) -> Calendar:
    """Fiscal years from the first day of one to the last of another."""
    return Calendar(date(first, 4, 1), date(last + 1, 3, 31), changed)


def _of_year(name: str, year: int, failures: Floats, streams: Streams) -> Iterator[tuple[int, float, float]]:
    """Breakdowns of a fiscal year: the day, a number in (0, 1) for the moment, and a normal one for the repair.

    Those that take longest come first: how many of a Poisson number of repairs last longer than some time is Poisson's
    process too (LePage, *Multidimensional infinitely divisible variables and processes*, 1981, for stable laws).
    """
    expected = np.cumsum(failures)
    total, most = float(expected[-1]), 8
    while total > 0:
        beyond = np.cumsum(-np.log(streams.uniforms(f"{name}/longest", year, most)))
        if beyond[-1] >= total:
            break
        most *= 2
    else:
        return
    count = int(np.searchsorted(beyond, total))
    days = np.searchsorted(expected, streams.uniforms(f"{name}/day", year, count) * total, side="right")
    repair, when = -ndtri(beyond[:count] / total), streams.uniforms(f"{name}/when", year, count)
    kept, longest = np.unique(days, return_index=True)  # of two on a day the longer counts
    for day, number in zip(kept.tolist(), longest.tolist(), strict=True):
        yield day, float(when[number]), float(repair[number])


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
