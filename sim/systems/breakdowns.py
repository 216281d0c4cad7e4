"""Breakdowns by chance: when each begins in hours of service, and how long its repair takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from scipy.special import ndtri

from sim.calendar import Calendar, ChangedHolidays, Flags, Period
from sim.fields import YearlyWindow
from sim.hours import DAY_KINDS, MINUTES, kinds_of_days, open_half_hours
from sim.plan import Plan
from sim.streams import Floats, Ints, Streams
from sim.systems.parameters import System


@dataclass(frozen=True)
class Service:
    """The minutes in which something serves: a row for each kind of day, and one of none for days in a closure."""

    by_kind: Flags
    closures: Sequence[YearlyWindow] = ()

    @classmethod
    def of(cls, settings: System) -> Service:
        """That of a system."""
        minutes = np.repeat(open_half_hours(settings.hours), 30, axis=1)
        return cls(np.vstack([minutes, np.zeros(MINUTES, dtype=np.bool_)]), settings.closures)

    def kinds(self, calendar: Calendar) -> Ints:
        """The row of each day."""
        return kinds_of_days(calendar, self.closures)

    def minutes(self, calendar: Calendar) -> Ints:
        """Minutes of service of each day."""
        of_kind: Ints = self.by_kind.sum(axis=1)
        return of_kind[self.kinds(calendar)]

    def a_year(self, calendar: Calendar) -> float:
        """Minutes of service in a mean year of a calendar, one at least."""
        return max(float(self.minutes(calendar).sum() / calendar.days * 365.25), 1.0)


ROUND_THE_CLOCK = Service(np.ones((len(DAY_KINDS) + 1, MINUTES), dtype=np.bool_))


def breakdowns(
    name: str,
    path: str,
    service: Service,
    plan: Plan,
    streams: Streams,
    calendar: Calendar,
    share: Callable[[Plan], Floats | float] = lambda _: 1.0,
) -> Iterator[tuple[float, float, float]]:
    """Start and end in minutes since the calendar's first midnight, and the share that works meanwhile: none.

    One a day at most; repair times are lognormal. A fiscal year's are drawn by their number, then each by its place in
    the year: there are few, and of that the year's lost hours hang most, so that their number and the first ones are
    evenly spread over replications. That is Poisson's process. Where the run begins or ends within the year, the others
    fall outside it.

    Args:
        name: of the streams.
        path: of the parameters ``failures_per_year``, ``repair_hours`` and ``repair_spread``.
        service: the minutes in which a breakdown can begin, each as likely.
        plan: the drawn values.
        streams: of the replication.
        calendar: the simulated days.
        share: of the failures a year, by day of a plan's calendar.
    """
    a_year = service.a_year(calendar)
    whole = _whole_years(int(calendar.fiscal_year[0]), int(calendar.fiscal_year[-1]), calendar.changed)
    plan, before = plan.on(whole), calendar.index(whole.first)
    kinds = service.kinds(whole)
    failures = plan.daily(f"{path}.failures_per_year") * share(plan) * service.minutes(whole) / a_year
    spread, hours = plan.daily(f"{path}.repair_spread"), plan.daily(f"{path}.repair_hours")
    for year, days in whole.years().items():
        for day, when, normal in _of_year(f"{name}/breakdowns", Period(year).fiscal_year, failures[days], streams):
            place = days.start + day
            if 0 <= place + before < calendar.days:
                minutes = np.flatnonzero(service.by_kind[kinds[place]])
                start = (place + before) * MINUTES + int(minutes[int(when * len(minutes))])
                yield start, start + repair_minutes(float(hours[place]), float(spread[place]), normal), 0.0


def repair_minutes(mean_hours: float, spread: float, normal: float) -> float:
    """A lognormal time to repair with its mean, from a standard normal; one minute at least."""
    return max(float(mean_hours * 60 * np.exp(spread * normal - spread**2 / 2)), 1.0)


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
