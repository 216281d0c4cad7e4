"""What simulating costs in time, about: from the days, the lots, the calls and the parts that are run.

The seconds are those of one core of the machine on which they were measured; ``slowness`` says how many times longer
another takes. They serve to tell how long work will take, and to weigh what is done against what is left.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sim.parameters import Parameters
from sim.parts import CARDS, COUNTERS, HELPDESK, PARTS, RESIDENT

_A_DAY = {CARDS: 0.6e-3, COUNTERS: 0.15e-3, RESIDENT: 0.2e-3, HELPDESK: 0.3e-3}
"""Seconds for a day of each part, whatever the demand."""
_A_LOT, _A_CALL = 0.01e-3, 0.25e-6
_CARDS_A_DAY, _NOTICES_A_YEAR, _HOLDERS = 70_000, 20e6, 100e6
"""Roughly, under a load of 1: what rates are multiplied by to count lots and calls."""
_CROWDING = 0.8
"""Under a heavier load calls wait longer and ring again: they cost more by this power of it, beside their number."""
_LOOPS, _SECONDS_OF_LOOPS = 100_000, 3.5e-3


@dataclass(frozen=True)
class Work:
    """So many things to simulate, and the seconds that all of them take together on one core."""

    count: int = 0
    seconds: float = 0.0

    def __add__(self, other: Work) -> Work:
        return Work(self.count + other.count, self.seconds + other.seconds)

    def __sub__(self, other: Work) -> Work:
        return Work(self.count - other.count, self.seconds - other.seconds)

    def __mul__(self, times: int) -> Work:
        return Work(self.count * times, self.seconds * times)


def seconds(parameters: Parameters, parts: Collection[str] = PARTS) -> float:
    """What one replication of some parts takes."""
    middle = parameters.first_simulated_day + timedelta(days=parameters.days // 2)
    load = parameters.demand.load.at(middle)
    variable = {
        CARDS: _A_LOT * _CARDS_A_DAY * load / parameters.plant.lot_size,
        COUNTERS: _A_DAY[COUNTERS] * max(load - 1, 0),
        RESIDENT: _A_CALL * _calls_a_day(parameters) * float(load ** (1 + _CROWDING)),
        HELPDESK: 0.0,
    }
    a_day: float = sum(_A_DAY[part] + variable[part] for part in parts)
    return parameters.days * a_day


def _calls_a_day(parameters: Parameters) -> float:
    """First calls of residents under a load of 1, all that is uncertain at its middle."""
    middle, rates = parameters.first_simulated_day + timedelta(days=parameters.days // 2), parameters.contact.resident
    of_holders = rates.calls_per_holder.at(middle) + rates.loss_reports_per_holder.at(middle)
    of_notices = _NOTICES_A_YEAR * rates.calls_per_notice.at(middle)
    of_applications = _CARDS_A_DAY * 250 * rates.calls_per_application.at(middle)
    return (of_notices + of_applications + _HOLDERS * of_holders) / 365


def slowness(tries: int = 12) -> float:
    """How many times longer than the machine measured this one takes, as busy as it is now; found in a moment."""
    return sum(_loops() for _ in range(tries)) / tries / _SECONDS_OF_LOOPS


def _loops() -> float:
    started, total = time.perf_counter(), 0.0
    for number in range(_LOOPS):
        total += number * 0.5
    return time.perf_counter() - started
