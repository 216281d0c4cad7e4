"""The probability that availability reaches its target, worked out instead of counted in replications.

Breakdowns are few and nothing in the model makes them, so that twenty replications say little of a year and thousands
could be drawn for nothing: given how often systems break down and how long repairs take, the distribution of what they
lose is a convolution (``sim.systems.downtime``). Neither is known; the probability is the mean over the draws that
replications take of them in turn (``sim.unknowns``), so many of these that no more would move it. Systems break down
independently of each other, and years of one draw do too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from scenarios.experiment.experiment import Point
from scenarios.run.statistic import Row
from scenarios.run.words import word_of
from sim.availability import Reading, most_lost
from sim.calendar import RUN, Calendar
from sim.facts import SYSTEMS
from sim.parameters import Parameters, quantities
from sim.plan import Plan
from sim.streams import Floats, Ints, Streams
from sim.systems.downtime import Breaking, Timetable, unit_of, within
from sim.systems.targets import AVAILABILITY
from sim.target import parted

TARGET = AVAILABILITY.id
DRAWS = 256
"""Of what is not known; with all 1,024 that there are the library's scenarios say the same to a point."""
_POINTS = (0.1, 0.5, 0.9)
"""Of a distribution, what is told of it."""
_ASKED = ("failures_per_year", "repair_hours", "repair_spread")


def is_computed(judged: str, parameters: Parameters) -> bool:
    """Whether the probability of a target, named with or without its part, is worked out and not counted.

    Where load breaks systems, or two centres are seen as one, what is lost is no plain sum: it is counted.
    """
    return parted(judged)[0] == TARGET and parameters.systems.lost_by_chance_alone


def part_of(judged: str) -> str | None:
    """The system of a target that is named with it, as in ``availability-99.9/jpki_counter``."""
    return parted(judged)[1]


def with_computed(rows: Sequence[Row], known: Availability) -> list[Row]:
    """The rows of a run, with the probability of availability worked out where a row of it decides.

    So is the first fiscal year missed.
    """
    asked = [
        row for row in rows if is_computed(row.id, known.parameters) and row.decides and row.probability is not None
    ]
    return [_computed(row, known) if row in asked else row for row in rows]


def _computed(row: Row, known: Availability) -> Row:
    share = known.probability(row.part, row.period)
    missed = known.first_missed(row.part) if row.joint else (None,) * 3
    return replace(
        row,
        first_breach_low=missed[0],
        first_breach=missed[1],
        first_breach_high=missed[2],
        probability=share,
        probability_low=None,
        probability_high=None,
        computed=True,
        verdict=word_of(share),
        replications_to_decide=None,
    )


def availabilities(points: Sequence[Point]) -> list[Availability]:
    """Of each point, worked out once for all to which the same systems, days and target belong."""
    known: dict[str, Availability] = {}
    found = []
    for point in points:
        asked = _asked(point)
        if asked not in known:
            known[asked] = Availability(point)
        found.append(known[asked])
    return found


def _asked(point: Point) -> str:
    """All that availability depends on, as text."""
    own = point.parameters
    days = own.first_simulated_day, own.start, own.end
    targets = own.targets.availability_reading, own.targets.availability.model_dump_json()
    luck = point.seed, point.chance_only, point.draws
    systems = own.systems.model_dump_json(by_alias=True), own.disruptions.model_dump_json(by_alias=True)
    return repr((systems, days, targets, luck))


class Availability:
    """How likely the systems of a scenario are available as its target asks, by the reading in force."""

    def __init__(self, point: Point, draws: int = DRAWS) -> None:
        self._point, self._draws = point, 1 if point.chance_only else draws
        self.parameters = parameters = point.parameters
        self._calendar = parameters.calendar()
        self._reading: Reading = parameters.targets.availability_reading
        self._threshold = parameters.targets.availability.at(parameters.start)
        self._reached: dict[tuple[str | None, str], Floats | None] = {}

    def probability(self, part: str | None, period: str) -> float:
        """Of a system, or of all together where the reading takes them so; in a fiscal year, the run, or every year."""
        return self.in_every(part, [period] if period in self._spans else self._years)

    def of(self, judged: str, period: str) -> float:
        """The same of a target that is named with its system."""
        return self.probability(part_of(judged), period)

    def in_every(self, part: str | None, periods: Sequence[str]) -> float:
        """The same in every one of some fiscal years, of those with service; all draws count alike."""
        chances = (self._by_draw(part, period) for period in periods)
        return float(np.mean(np.prod([chance for chance in chances if chance is not None], axis=0)))

    def first_missed(self, part: str | None) -> Sequence[str | None]:
        """Of the first fiscal year missed, given that one is, the 10, 50 and 90 % points; none where none can be."""
        still, first = np.ones(self._draws), dict[str, float]()
        for year in self._years:
            if (met := self._by_draw(part, year)) is not None:
                first[year] = float(np.mean(still * (1 - met)))
                still = still * met
        so_far = np.cumsum(list(first.values()))
        if not so_far.any():
            return (None,) * len(_POINTS)
        return [list(first)[int(np.argmax(so_far >= share * so_far[-1]))] for share in _POINTS]

    @property
    def _years(self) -> list[str]:
        return [period for period in self._spans if period != RUN]

    @cached_property
    def _spans(self) -> dict[str, slice]:
        run_in = self._calendar.index(self.parameters.start)
        years = Calendar(self.parameters.start, self.parameters.end).years()
        spans = {name: slice(days.start + run_in, days.stop + run_in) for name, days in years.items()}
        return {**spans, RUN: slice(run_in, self._calendar.days)}

    @cached_property
    def _plans(self) -> list[Plan]:
        """What each draw says of breakdowns."""
        paths = [f"systems.{name}.{asked}" for name in SYSTEMS for asked in _ASKED]
        point = self._point
        return [
            Plan(
                point.parameters, Streams(point.seed, number), self._calendar, point.chance_only, point.unknowns, paths
            )
            for number in range(1, self._draws + 1)
        ]

    @cached_property
    def _timetables(self) -> dict[str, Timetable]:
        return {name: Timetable(name, self.parameters, self._calendar) for name in SYSTEMS}

    def _by_draw(self, part: str | None, period: str) -> Floats | None:
        """Of a system, or of all together, the chance in each draw; None of what has no service."""
        asked = part, period
        if asked not in self._reached:
            self._reached[asked] = self._worked_out(part, self._spans[period])
        return self._reached[asked]

    def _worked_out(self, part: str | None, days: slice) -> Floats | None:
        minutes = {name: one.minutes(days) for name, one in self._timetables.items() if one.minutes(days)}
        if self._reading == "each":
            return self._alone(part, days, minutes[part]) if part in minutes else None
        if part is not None:
            return None
        if self._reading == "rounded":
            return np.asarray(np.prod([self._alone(name, days, count) for name, count in minutes.items()], axis=0))
        return self._together(minutes, days)

    def _alone(self, name: str, days: slice, minutes: int) -> Floats:
        most = most_lost(minutes, self._reading, self._threshold)
        unit = unit_of(most)
        known, lost = self._lost(name, days, most, unit)
        return within(lost, most - known, unit)

    def _together(self, minutes: dict[str, int], days: slice) -> Floats:
        """Minutes of all added up; under ``mean`` those of a system weigh more, the fewer it has.

        Told in minutes of the system with most of them; a weight that is no whole number is split over two.
        """
        longest = max(minutes.values())
        weights = {name: longest / count if self._reading == "mean" else 1.0 for name, count in minutes.items()}
        whole = round(sum(count * weights[name] for name, count in minutes.items()))
        most = most_lost(whole, "weighted", self._threshold)
        unit = unit_of(most)
        size = 1 << (len(minutes) * (most // unit + 3)).bit_length()
        left, product = float(most), np.ones((self._draws, size // 2 + 1), dtype=np.complex128)
        for name, weight in weights.items():
            known, lost = self._lost(name, days, int(most / weight), unit)
            left -= known * weight
            product *= np.fft.rfft(_spread(lost, weight), size, axis=1)
        return within(np.fft.irfft(product, size, axis=1), left, unit)

    def _lost(self, name: str, days: slice, most: int, unit: int) -> tuple[int, Floats]:
        """Minutes that stated events take, and the chances of the cells that breakdowns do, by draw."""
        found = self._timetables[name].downtime(days, most, self._steps(name), unit)
        return found.known, found.lost({day: self._breaking(name, day) for day in found.firsts})

    def _steps(self, name: str) -> Ints:
        """A number for each day, another one where a value of a system changes."""
        known = quantities(self.parameters)
        dates = {step.from_ for asked in _ASKED for step in known[f"systems.{name}.{asked}"].steps[1:]}
        places = sorted(self._calendar.index(day) for day in dates if day is not None)
        return np.searchsorted(places, np.arange(self._calendar.days), side="right")

    def _breaking(self, name: str, day: int) -> Breaking:
        on = self._calendar.dates[day]
        values = ([plan.at(f"systems.{name}.{asked}", on) for plan in self._plans] for asked in _ASKED)
        return Breaking(*(np.array(each) for each in values))


def _spread(lost: Floats, weight: float) -> Floats:
    """Chances of cells as chances of so many times as many, each split over the two whole numbers beside it."""
    if weight == 1:
        return lost
    at = np.arange(lost.shape[1]) * weight
    below = np.floor(at).astype(np.int64)
    found = np.zeros((len(lost), int(below[-1]) + 2))
    for place, (cell, above) in enumerate(zip(below.tolist(), (at - below).tolist(), strict=True)):
        found[:, cell] += lost[:, place] * (1 - above)
        found[:, cell + 1] += lost[:, place] * above
    return found
