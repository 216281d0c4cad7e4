"""How many minutes breakdowns take from a system in some days, as a distribution: no replication is drawn.

Given how often a system breaks down and how long repairs take, every open day has a breakdown or none, each at any
minute of service, each with a repair time of its own (``sim.systems.outages``): minutes lost add up, so that their
distribution is a convolution over the days, a compound Poisson process cut into days. It is worked out by the minute,
or by cells of a few minutes where many are asked about, with Fourier transforms of numbers that fall off with the
minute, so that what wraps around is nothing (P. Embrechts and M. Frei, *Panjer recursion versus FFT for compound
distributions*, Mathematical Methods of Operations Research 69, 2009, 497-508).

What counts is as in a replication: minutes of service alone, on the next morning too where a repair lasts the night;
none while service is stopped by plan or by a stated event, and none outside the days asked about. Of several breakdowns
on a day the longest counts. Two repairs at once, of different days, are counted twice, which is rare and never makes a
promise safer than it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.special import ndtr

from sim.calendar import Calendar, Flags
from sim.disruptions import by_day
from sim.hours import CLOSED, MINUTES, kinds_of_days, open_half_hours
from sim.parameters import Parameters
from sim.streams import Floats, Ints
from sim.systems.outages import planned_stops, stated
from sim.systems.parameters import System

_LOOK_BACK, _STARTS, _ROUNDED = 5, 4, 10
"""Days before those asked about whose repairs may last into them, at how many minutes of such a day they begin, and to
how many minutes their times are told: few breakdowns do that, so that they need not be told apart any finer."""
_WRAPPED = 1e-8
"""What is left of a probability that wraps around."""
_CELLS = 250
"""About as many cells are told apart, or twice as many."""
_EXACT = 1e-9


@dataclass(frozen=True)
class Breaking:
    """How often a system breaks down and how repairs last, in each of some draws of what is not known."""

    failures_per_year: Floats
    repair_hours: Floats
    repair_spread: Floats


@dataclass(frozen=True)
class _Days:
    """Open days with as much service and the same values, as one of them on average.

    A cell is passed with the chance that a repair takes ``needed`` minutes, by ``weights`` (a row for each needed time,
    a column for each cell). ``first``: the day whose values hold; ``share``: of a year's service.
    """

    first: int
    count: int
    share: float
    needed: Floats
    weights: csr_array


@dataclass(frozen=True)
class Downtime:
    """One system in some days: stated events take ``known`` minutes, breakdowns so many cells of ``unit`` minutes."""

    known: int
    cells: int
    unit: int
    days: tuple[_Days, ...]

    @property
    def firsts(self) -> list[int]:
        """The days whose values are to be told to ``lost``."""
        return [one.first for one in self.days]

    def lost(self, values: Mapping[int, Breaking]) -> Floats:
        """The chance that breakdowns take 0, 1, ... cells; a row for each draw of the values, by day of ``firsts``."""
        size = 1 << (2 * self.cells).bit_length()
        fall = _WRAPPED ** (np.arange(self.cells) / size)
        draws = len(next(iter(values.values())).failures_per_year) if values else 1
        logs = np.zeros((draws, size // 2 + 1), dtype=np.complex128)
        for one in self.days:
            longer = _longer(one, values[one.first])
            lost = np.fft.rfft(-np.diff(longer, axis=1) * fall, size, axis=1)
            logs += one.count * np.log1p(lost - longer[:, :1])
        found: Floats = np.fft.irfft(np.exp(logs), size, axis=1)[:, : self.cells] / fall
        return np.maximum(found, 0.0)


def unit_of(most: int) -> int:
    """Minutes of a cell where so many are asked about: an odd number, so that its middle is a minute."""
    return most // _CELLS // 2 * 2 + 1


def within(lost: Floats, minutes: float, unit: int) -> Floats:
    """The chance that no more minutes are lost, of chances of cells; inside a cell as if all of it were alike."""
    if minutes < 0:
        return np.zeros(len(lost))
    place = min(max((minutes + 0.5) / unit - 0.5, 0.0), lost.shape[1] - 1)
    whole = int(place + _EXACT)
    summed: Floats = lost[:, : whole + 1].sum(axis=1)
    left = place - whole
    return summed + left * lost[:, whole + 1] if left > _EXACT else summed


def _longer(one: _Days, breaking: Breaking) -> Floats:
    """The chance that a day has a breakdown, and that it has one which takes more than 0, 1, ... cells.

    Of several breakdowns of a day the longest counts: none of them lasts longer than so many minutes.
    """
    expected = breaking.failures_per_year[:, None] * one.share
    passed: Floats = -np.expm1(-expected * _lasts(one.needed, breaking))
    return np.hstack([-np.expm1(-expected), (one.weights.T @ passed.T).T])


def _lasts(minutes: Floats, breaking: Breaking) -> Floats:
    """The chance that a repair, rounded to a minute and one at least, takes so many; lognormal with its mean."""
    spread = np.maximum(breaking.repair_spread, 1e-9)[:, None]
    off = np.log(np.maximum(minutes - 0.5, 0.5))[None, :] - np.log(60 * breaking.repair_hours)[:, None]
    found: Floats = np.where(minutes <= 1, 1.0, ndtr(-(off / spread + spread / 2)))
    return found


class Timetable:
    """The minutes of one system over a calendar: those of service, and those that a breakdown can take."""

    def __init__(self, name: str, parameters: Parameters, calendar: Calendar) -> None:
        settings: System = getattr(parameters.systems, name)
        by_kind = np.vstack([np.repeat(open_half_hours(settings.hours), 30, axis=1), np.zeros(MINUTES, dtype=np.bool_)])
        kinds = kinds_of_days(calendar, settings.closures)
        self.open: Flags = kinds != CLOSED
        self.service: Flags = by_kind[kinds]
        self.a_year = max(float(self.service.sum()) / calendar.days * 365.25, 1.0)
        self.planned, self.known = np.zeros_like(self.service), np.zeros_like(self.service)
        for day, working in by_day(planned_stops(name, parameters, calendar), calendar.days).items():
            self.planned[day] = self.service[day] & (working == 0)
        for day, working in by_day(stated(name, parameters, calendar), calendar.days).items():
            self.known[day] = self.service[day] & ~self.planned[day] & (working == 0)

    def minutes(self, days: slice) -> int:
        """Minutes of service in some days, planned stops left out."""
        return int((self.service & ~self.planned)[days].sum())

    def downtime(self, days: slice, most_lost: int, steps: Ints, unit: int = 1) -> Downtime:
        """What may be lost in some days, up to ``most_lost`` minutes in all, in cells of ``unit`` minutes.

        Values change where ``steps`` do, a number for each day.
        """
        known = int(self.known[days].sum())
        passed = np.arange(max(most_lost - known, 0) // unit + 2) * unit + unit // 2
        can = np.flatnonzero((self.service & ~self.planned & ~self.known)[days]) + days.start * MINUTES
        groups: dict[tuple[int, int], dict[bytes, list[int]]] = {}
        for day in range(max(days.start - _LOOK_BACK, 0), days.stop):
            minutes = int(self.service[day].sum())
            if self.open[day] and minutes:
                near = can[np.searchsorted(can, day * MINUTES) :][: minutes + passed[-1] + 1] - day * MINUTES
                alike = self.service[day].tobytes() + near.astype(np.int64).tobytes()
                groups.setdefault((minutes, int(steps[day])), {}).setdefault(alike, []).append(day)
        found = [
            self._days(minutes, list(alike.values()), can, passed, days.start) for (minutes, _), alike in groups.items()
        ]
        return Downtime(known, len(passed), unit, tuple(found))

    def _days(self, minutes: int, alike: list[list[int]], can: Ints, passed: Ints, first: int) -> _Days:
        count = sum(map(len, alike))
        needed, lost, weight = [], [], []
        for days in alike:
            starts = np.flatnonzero(self.service[days[0]])
            if days[0] < first:
                starts = starts[minutes // (2 * _STARTS) :: max(minutes // _STARTS, 1)]
            times, columns, often = _needed(starts, can - days[0] * MINUTES, passed)
            if days[0] < first:
                times = times - times % _ROUNDED + _ROUNDED // 2
            needed.append(times)
            lost.append(columns)
            weight.append(often * len(days) / (count * len(starts)))
        times, rows = np.unique(np.concatenate(needed), return_inverse=True)
        entries = np.concatenate(weight), (rows, np.concatenate(lost))
        weights = coo_array(entries, shape=(len(times), len(passed))).tocsr()
        return _Days(alike[-1][-1], count, minutes / self.a_year, times.astype(np.float64), weights)


def _needed(starts: Ints, can: Ints, passed: Ints) -> tuple[Ints, Ints, Ints]:
    """Of breakdowns at some minutes of a day how long repairs must take for more than so many minutes to be lost.

    ``can``: minutes that can be lost, from the day's midnight. Times, places in ``passed``, at how many of the minutes.
    """
    places = np.searchsorted(can, starts)[:, None] + passed
    there = places < len(can)
    times = can[np.minimum(places, max(len(can) - 1, 0))] - starts[:, None] + 1 if len(can) else places
    cells = len(passed)
    often = np.bincount((times * cells + np.arange(cells))[there])  # quicker than to sort them
    codes = np.flatnonzero(often > 0)  # flags are looked through far sooner than numbers
    return codes // cells, codes % cells, often[codes]
