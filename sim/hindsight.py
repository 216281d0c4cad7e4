"""Seats that go with the luck of the year they were told by.

The seats of FY2025 are not published, its answer rates are: the joint draws say how many seats answered so much of the
calls of a usual year. Where a replication's FY2025 rings more by chance alone, that rate was reached with more seats.
Taken apart, a year's luck would count twice: once in what is inferred of the seats, and once more in the year that is
simulated with them.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, cached_property, lru_cache

import numpy as np

from sim.calendar import Calendar, Flags
from sim.contact.callers import Callers
from sim.draws import log_noise
from sim.facts import AT_COUNTERS, INDEX_DAY
from sim.journal import Journal
from sim.parts import HELPDESK
from sim.plan import Plan
from sim.streams import Floats, Streams
from sim.systems.outages import Outages
from sim.unknowns import Hindsight

_BEFORE = timedelta(days=61)
"""So long before the year the noise begins: longer than it remembers."""
_ORDER = 6.0
"""Of the mean over days: more calls are lost on a busy day than are answered more on a quiet one. Of the orders 1 to 16
this one explained most of the help desk's rate in 64 simulated years: what was left had 0.72 of the spread."""
_YEARS = 512
"""Years by chance that say what is usual."""
_MOST = 0.8
"""Outages are blamed for no larger a part of the lost calls: seats could not make up for more."""
HEARS_OF_OUTAGES = HELPDESK


def seats_by_luck(name: str, plan: Plan, streams: Streams) -> float:
    """How many times the seats of the joint draw a centre had, given the luck of its FY2025.

    1 where seats do not come from a joint draw, and where nothing but chance varies.
    """
    told = plan.hindsight(f"contact.{name}.seats", INDEX_DAY)
    if told is None:
        return 1.0
    year = KnownYear(name, plan, streams)
    times: float = year.busier**told.noise
    if told.lost_a_call:
        usual, own = (_others(told, name, plan, minutes) for minutes in (told.outage_minutes, year.outage_minutes))
        times *= (usual / own) ** told.power
    return times


def _others(told: Hindsight, name: str, plan: Plan, minutes: float) -> float:
    """Odds of being lost for other reasons, if those of all calls are as published and outages took so many minutes."""
    lost = told.lost_a_call * outage_calls(name, plan, minutes)
    return told.lost - min(lost, _MOST * told.lost)


def outage_calls(name: str, plan: Plan, minutes: float) -> float:
    """Calls about an outage of so many minutes."""
    return plan.value(f"contact.{name}.calls_per_outage_hour") * minutes / 60


class KnownYear:
    """FY2025 of a replication at one centre, whatever days are simulated: what chance alone made of it.

    Args:
        name: of the centre.
        plan: the drawn values.
        streams: of the replication.
    """

    def __init__(self, name: str, plan: Plan, streams: Streams) -> None:
        self._calendar = _calendar()
        self._plan, self._streams = plan.on(self._calendar), streams
        self._callers = Callers(name, self._plan, streams, self._calendar)
        self._days: Flags = self._calendar.fiscal_year == INDEX_DAY.year

    @property
    def busier(self) -> float:
        """How many times as many calls as usual the noise of its days brought, busy days counting for more.

        Days of the week, seasons and closures are those of every year and no luck.
        """
        callers = self._callers
        days = self._days & (callers.weights > 0)
        if not days.any():
            return 1.0
        calls = callers.weights[days]
        usual = _usual(tuple(calls / callers.noise[days]), tuple(np.flatnonzero(days)), *callers.noise_law)
        return float(np.exp(_log_power_mean(np.log(calls)) - usual))

    @cached_property
    def outages(self) -> dict[int, Flags]:
        """By day the minutes in which the centre was open and systems at the counters were down, where any."""
        journal = Journal(self._calendar.days)
        down = Outages(self._plan, self._streams, self._calendar, journal).down(AT_COUNTERS)
        inside = {day: self._callers.minutes_open(day) & down[day] for day in down if self._days[day]}
        return {day: minutes for day, minutes in inside.items() if minutes.any()}

    @property
    def outage_minutes(self) -> float:
        """Minutes of outages in opening hours, busy ones counting more.

        A minute counts by the square of how many times as many calls come in its hour as in the mean hour, and on its
        day as on the median day: more than that many are about the outage, and more of them find all agents busy. In
        160 simulated years that left 0.83 of the spread of the rate that plain minutes leave.
        """
        callers, total = self._callers, 0.0
        median = np.exp(-(callers.noise_law[0] ** 2) / 2)
        for day, minutes in self.outages.items():
            profile = np.repeat(callers.profile[callers.kinds[day]], 30)
            usual = profile[callers.minutes_open(day)].mean()
            total += float(((profile[minutes] / usual * callers.noise[day] / median) ** 2).sum())
        return total


@cache
def _calendar() -> Calendar:
    return Calendar(INDEX_DAY - _BEFORE, date(INDEX_DAY.year + 1, 3, 31))


@lru_cache(maxsize=16)
def _usual(weights: tuple[float, ...], days: tuple[int, ...], size: float, correlation: float) -> float:
    """The mean over years by chance of the logarithm that a year's luck is compared with."""
    normals = np.random.default_rng(INDEX_DAY.year).standard_normal((_calendar().days, _YEARS))
    noise = log_noise(normals, size, correlation)[list(days)]
    return float(_log_power_mean(np.log(weights)[:, None] + noise).mean())


def _log_power_mean(logs: Floats) -> Floats:
    """Logarithm of the power mean along the first axis of what these are logarithms of."""
    most = logs.max(axis=0)
    return np.asarray(most + np.log(np.exp(_ORDER * (logs - most)).mean(axis=0)) / _ORDER)
