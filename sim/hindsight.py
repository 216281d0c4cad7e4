"""Seats that go with the luck of the year they were told by.

The seats of FY2025 are not published, its answer rates are: the joint draws say how many seats answered so much of the
calls of a usual year. Where a replication's FY2025 rings more by chance alone, or its systems are down for longer, that
rate was reached with more seats. Taken apart, a year's luck would count twice: once in what is inferred of the seats,
and once more in the year that is simulated with them.

What a year's luck does is theory: Erlang A on its half-hours, with the noise of its days and the calls that its outages
bring, against usual years. In 224 simulated years with draws of their own it left 0.7 of the spread of the help desk's
rate that the busyness of days and the number of outage calls had left, and needed next to no fitting (``slope``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache
from math import exp
from typing import cast

import numpy as np

from sim.calendar import Calendar, Flags
from sim.contact.call_backs import with_call_backs
from sim.contact.callers import Callers
from sim.contact.parameters import Centre
from sim.draws import log_noise
from sim.facts import AT_COUNTERS, INDEX_DAY
from sim.hours import staffed_shares
from sim.journal import Journal
from sim.parts import HELPDESK
from sim.plan import Plan
from sim.streams import Floats, Ints, Streams
from sim.systems.outages import Outages
from sim.unknowns import Hindsight

FLOOR = 5e-4
"""This share of the calls is always lost: those in line as the centre closes, or who ring at night."""
HEARS_OF_OUTAGES = HELPDESK
_BEFORE = timedelta(days=61)
"""So long before the year the noise begins: longer than it remembers."""
_YEARS = 64
"""Years by chance that say what is usual."""
_STEPS = 32
"""Of a day's calls, between which what a day loses is known by a straight line."""
MOST = 0.7
"""Luck is made up for by seats up to twice, and down to half as many (logarithm)."""
_FULL = (-0.9, 0.4)
"""Calls of a year are two fifths to three halves of what all posts could take (logarithm). Of fewer calls most would be
about outages, and fewer still would be answered worse."""
_CLOSE = 1e-4
"""Roots are known to so much (logarithm)."""
_USUAL_OUTAGE = slice(20, 26)
"""Half-hours of an outage of three hours, from ten, on a usual day."""


def seats_by_luck(name: str, plan: Plan, streams: Streams) -> float:
    """How many times the seats of the joint draw a centre had, given the luck of its FY2025.

    1 where seats do not come from a joint draw, and where nothing but chance varies.
    """
    told = plan.hindsight(f"contact.{name}.seats", INDEX_DAY)
    if told is None:
        return 1.0
    seats = plan.at(f"contact.{name}.seats", INDEX_DAY)
    loss = Loss(KnownYear(name, plan, streams), told, seats)
    wanted = loss.own(seats) - told.slope * loss.luck
    return _root(lambda log_times: loss.own(seats * exp(log_times)) - wanted, -MOST, MOST)


def _root(rising: Callable[[float], float], low: float, high: float) -> float:
    """Of what the logarithm has its root here, or the end next to it."""
    from scipy.optimize import brentq  # a fifth of a process's start, and where chance alone varies, none is sought

    known = cache(rising)  # the ends are asked for again by what looks between them
    if known(low) >= 0:
        return exp(low)
    return exp(high) if known(high) <= 0 else exp(cast(float, brentq(known, low, high, xtol=_CLOSE)))


class KnownYear:
    """FY2025 of a replication at one centre, whatever days are simulated: what chance alone made of it.

    Args:
        name: of the centre.
        plan: the drawn values.
        streams: of the replication.
    """

    def __init__(self, name: str, plan: Plan, streams: Streams) -> None:
        self.name = name
        self._calendar = _calendar()
        self.plan, self._streams = plan.on(self._calendar), streams
        self.callers = Callers(name, self.plan, streams, self._calendar)
        self._days: Flags = self._calendar.fiscal_year == INDEX_DAY.year
        self._first = int(np.flatnonzero(self._days)[0])

    @cached_property
    def noise(self) -> Floats:
        """How many times as many calls as usual each day of the year brought by chance."""
        return self.callers.noise[self._days]

    @cached_property
    def outages(self) -> dict[int, Flags]:
        """By day of the year the minutes in which the centre was open and systems at the counters were down, if any."""
        if self.name != HEARS_OF_OUTAGES:
            return {}
        journal = Journal(self._calendar.days)
        down = Outages(self.plan, self._streams, self._calendar, journal).down(AT_COUNTERS)
        inside = {day: self.callers.minutes_open(day) & down[day] for day in down if self._days[day]}
        return {day - self._first: minutes for day, minutes in inside.items() if minutes.any()}

    @property
    def outage_minutes(self) -> int:
        """Minutes of outages in opening hours."""
        return sum(int(minutes.sum()) for minutes in self.outages.values())

    @property
    def kinds(self) -> Ints:
        """Kind of each day (``sim.hours.DAY_KINDS``)."""
        return self.callers.kinds[self._days]


@dataclass(frozen=True)
class _Hours:
    """Days with the same hours: which of the year, and in each open half-hour the share of calls and posts a seat."""

    days: Ints
    open: Ints
    share: Floats
    posts: Floats


class Loss:
    """What theory says of the calls that a known year loses, in the measure of the joint draws.

    The measure is the negative log of the odds of being lost, of which a few always are (``FLOOR``). The year's calls
    are so many that usual ones lose as many as were published, with the seats of the draw.

    Args:
        year: with its own noise and outages.
        told: what is known of it.
        seats: of the draw.
    """

    def __init__(self, year: KnownYear, told: Hindsight, seats: float) -> None:
        settings: Centre = getattr(year.plan.parameters.contact, year.name)
        path, at = f"contact.{year.name}", year.plan.at
        self._year, self._told, self._seats = year, told, seats
        self._law = tuple(at(f"{path}.{what}", INDEX_DAY) for what in ("handle_minutes", "patience_minutes"))
        self._again, self._most = at(f"{path}.call_back_share", INDEX_DAY), settings.most_call_backs
        self._staffed = np.nan_to_num(staffed_shares(settings.roster)) * (1 - at(f"{path}.shrinkage", INDEX_DAY))
        self._hours = list(_alike(year, self._staffed))
        rings = year.name == HEARS_OF_OUTAGES
        self._about_it = at(f"{path}.calls_per_outage_hour", INDEX_DAY) / 60 if rings else 0.0
        self._about_errors = at(f"{path}.calls_per_error", INDEX_DAY) * told.errors_a_minute if rings else 0.0
        self._shares = np.array(told.days)
        self._calls = self._answered_as_published()

    @property
    def luck(self) -> float:
        """How far the measure of the year lies above that of usual years, with the same seats."""
        return self.own(self._seats) - self._told.measure

    def own(self, seats: float) -> float:
        """The measure of the year with its noise and outages, with so many seats."""
        calls = self._calls * self._shares
        lost, attempts = self._summed(seats, (calls * self._year.noise)[None, :])
        for day, minutes in self._year.outages.items():
            added = self._on_outage(seats, day, calls[day], self._year.noise[day], _by_half_hour(minutes))
            lost, attempts = lost + added[0], attempts + added[1]
        return float(_measure(lost, attempts)[0])

    def usual(self, calls: float) -> float:
        """The mean of the measure over years of so many calls, each with outages as long as the known one's."""
        by_day = calls * self._shares
        lost, attempts = self._summed(self._seats, by_day * _noise_of_years(*self._year.callers.noise_law))
        if self._told.outage_minutes:
            minutes = np.zeros(self._staffed.shape[1])
            minutes[_USUAL_OUTAGE] = 30
            added = self._on_outage(self._seats, self._usual_day, by_day[self._usual_day], 1.0, minutes)
            times = self._told.outage_minutes / float(minutes.sum())
            lost, attempts = lost + times * added[0], attempts + times * added[1]
        return float(_measure(lost, attempts).mean())

    def _answered_as_published(self) -> float:
        """First calls of the year."""
        posts = sum(len(hours.days) * float(hours.posts.sum()) for hours in self._hours)
        full = self._seats * posts * 30 / self._law[0]
        return full * _root(lambda log_share: self._told.measure - self.usual(full * exp(log_share)), *_FULL)

    @property
    def _usual_day(self) -> int:
        """The day with the median of calls among those with the most common hours."""
        days = max((hours.days for hours in self._hours), key=len)
        return int(days[np.argsort(self._shares[days], kind="stable")[len(days) // 2]])

    def _summed(self, seats: float, calls: Floats) -> tuple[Floats, Floats]:
        """Lost attempts and all attempts of each row of calls by day."""
        lost, attempts = np.zeros(len(calls)), np.zeros(len(calls))
        for hours in self._hours:
            own = calls[:, hours.days]
            if own.max() > 0:
                ladder = np.geomspace(max(float(own.min()), 1e-6 * float(own.max())), float(own.max()), _STEPS)
                of_ladder = self._of_day(seats, ladder[:, None] * hours.share, hours.posts)
                lost += np.interp(own, ladder, of_ladder[0]).sum(axis=1)
                attempts += np.interp(own, ladder, of_ladder[1]).sum(axis=1)
        return lost, attempts

    def _on_outage(self, seats: float, day: int, calls: float, noise: float, minutes: Floats) -> tuple[float, float]:
        """Lost attempts and all attempts that an outage adds to a day of so many calls; its minutes by half-hour."""
        hours = next(each for each in self._hours if day in each.days)
        plain = calls * hours.share
        later = self._about_errors * float(minutes.sum()) * hours.share
        both = np.array([plain, plain + later + self._about_it * minutes[hours.open]])
        lost, attempts = self._of_day(seats, both * noise, hours.posts)
        return float(lost[1] - lost[0]), float(attempts[1] - attempts[0])

    def _of_day(self, seats: float, calls: Floats, posts: Floats) -> tuple[Floats, Floats]:
        """Lost attempts and all attempts of days, from their calls by half-hour."""
        handle, patience = self._law
        agents = np.broadcast_to(np.maximum(seats * posts, 0.1), calls.shape)
        offered, lost = with_call_backs(np.maximum(calls / 30, 1e-9), handle, patience, agents, self._again, self._most)
        return 30 * (offered * lost).sum(axis=1), 30 * offered.sum(axis=1)


def _alike(year: KnownYear, staffed: Floats) -> Iterator[_Hours]:
    """Days with the same profile and roster together; none that is closed all day."""
    kinds, profile = year.kinds, year.callers.profile
    found: dict[bytes, list[int]] = {}
    for kind in np.unique(kinds).tolist():
        if profile[kind].any():
            found.setdefault(profile[kind].tobytes() + staffed[kind].tobytes(), []).append(kind)
    for alike in found.values():
        days, opened = np.flatnonzero(np.isin(kinds, alike)), np.flatnonzero(profile[alike[0]])
        yield _Hours(days, opened, profile[alike[0]][opened], staffed[alike[0]][opened])


def _by_half_hour(minutes: Flags) -> Floats:
    return np.asarray(minutes.reshape(-1, 30).sum(axis=1), dtype=np.float64)


def _measure(lost: Floats, attempts: Floats) -> Floats:
    return np.asarray(-np.log((lost + FLOOR * attempts) / np.maximum(attempts - lost, 1e-12)))


@cache
def _calendar() -> Calendar:
    return Calendar(INDEX_DAY - _BEFORE, date(INDEX_DAY.year + 1, 3, 31))


@lru_cache(maxsize=16)
def _noise_of_years(size: float, correlation: float) -> Floats:
    """Noise of each day of years by chance, shape (years, days of FY2025)."""
    normals = np.random.default_rng(INDEX_DAY.year).standard_normal((_calendar().days, _YEARS))
    noise = np.exp(log_noise(normals, size, correlation))
    return np.asarray(noise[_calendar().fiscal_year == INDEX_DAY.year].T)
