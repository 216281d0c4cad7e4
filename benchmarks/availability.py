"""How likely systems are available: as computed by convolution, against years that the simulator's own sampler draws.

Forty fiscal years a replication, of systems whose breakdowns are as stated for sure: what is not known adds nothing to
the question, and years of one replication are then independent. Replications are independent ones, too.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from typing import Any

import numpy as np

from scenarios.files.load import load
from sim.availability import most_lost
from sim.calendar import Calendar
from sim.facts import SYSTEMS
from sim.journal import Journal
from sim.parameters import Parameters
from sim.plan import Plan
from sim.streams import EVEN, Floats, Streams
from sim.systems.downtime import Breaking, Timetable, unit_of, within
from sim.systems.outages import Outages

LONG = Calendar(date(2026, 4, 1), date(2066, 3, 31))
"""Forty fiscal years, drawn at once."""
ASKED = ("failures_per_year", "repair_hours", "repair_spread")
PATHS = [f"systems.{name}.{key}" for name in SYSTEMS for key in ASKED]
Known = dict[str, float]
CASES: dict[str, Known] = {
    "middle": {"failures_per_year": 1.5, "repair_hours": 2, "repair_spread": 1.0},
    "hard": {"failures_per_year": 4, "repair_hours": 5, "repair_spread": 1.0},
}
"""What is assumed of JPKI at counters, and the worst that the library thinks possible; of every system."""
YEARS, THRESHOLD = 200_000, 0.999
_BATCH = 25


def availability(years: int = YEARS) -> dict[str, Any]:
    """By case and system the probability computed and simulated, the standard error of the latter, the difference.

    Args:
        years: how many are drawn of each system and case, in forties; 200,000 take about three minutes of two cores.
    """
    replications = -(-years // len(LONG.years()))
    return {
        "name": "availability_computed_and_simulated",
        "years": replications * len(LONG.years()),
        "cases": [row for name in CASES for row in _case(name, replications)],
    }


def _case(name: str, replications: int) -> list[dict[str, Any]]:
    own, last = reliable(CASES[name]), EVEN + replications
    batches = [range(first, min(first + _BATCH, last + 1)) for first in range(EVEN + 1, last + 1, _BATCH)]
    with ProcessPoolExecutor(2) as pool:
        met = sum(pool.map(available, [own] * len(batches), batches))
    expected = [computed(system, own, CASES[name]).mean() for system in SYSTEMS]
    return [
        {"case": name, "system": system, **compared(share, count, replications * len(LONG.years()))}
        for system, share, count in zip(SYSTEMS, expected, met, strict=True)
    ]


def compared(share: float, met: int, of: int) -> dict[str, float]:
    """The share of years that reach the target as computed and as simulated, in per cent and its points."""
    error = (share * (1 - share) / of) ** 0.5
    told = {"computed": share, "simulated": met / of, "error": error, "difference": share - met / of}
    return {key: round(float(100 * value), 3) for key, value in told.items()}


def reliable(known: Known, **values: object) -> Parameters:
    """Every system as reliable as stated, for sure."""
    stated = {f"systems.{name}.{key}": value for name in SYSTEMS for key, value in known.items()}
    return load("plan-period").with_values({**stated, **values}).parameters


def available(own: Parameters, numbers: Sequence[int]) -> Any:
    """In how many of the fiscal years of some replications each system reaches its target."""
    reached = np.zeros(len(SYSTEMS), dtype=np.int64)
    for number in numbers:
        service, lost = drawn(own, number)
        reached += (1 - lost / service >= THRESHOLD).sum(axis=1)
    return reached


def drawn(own: Parameters, number: int) -> tuple[Floats, Floats]:
    """Minutes of service and minutes lost of a replication, by system and fiscal year."""
    streams, journal = Streams(7, number), Journal(LONG.days)
    Outages(Plan(own, streams, LONG, chance_only=True, paths=PATHS), streams, LONG, journal)
    starts = [days.start for days in LONG.years().values()]
    service, lost = (
        np.array([np.add.reduceat(journal[f"{what}_minutes_{name}"], starts) for name in SYSTEMS], dtype=np.float64)
        for what in ("service", "outage")
    )
    return service, lost


def computed(system: str, own: Parameters, known: Known, every: int = 1) -> Floats:
    """The probability that a system reaches its target, by fiscal year, of every so many."""
    table = Timetable(system, own, LONG)
    years = list(LONG.years().values())[::every]
    return np.array([chance(table, days, most_lost(table.minutes(days), "each", THRESHOLD), known) for days in years])


def chance(table: Timetable, days: slice, most: int, known: Known) -> float:
    """That no more minutes are lost in some days, with these values for sure."""
    one = table.downtime(days, most, np.zeros(len(table.open), dtype=np.int64), unit_of(most))
    values = Breaking(*(np.array([float(known[key])]) for key in ASKED))
    return float(within(one.lost(dict.fromkeys(one.firsts, values)), most - one.known, one.unit)[0])


if __name__ == "__main__":
    print(availability(int(sys.argv[1]) if len(sys.argv) > 1 else YEARS))
