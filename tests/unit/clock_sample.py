"""Replications as a clock reads them, with made-up calls: in some the answer rate sinks, after a sign in time."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from scenarios.clock import ClockOptions, clock
from scenarios.clocking.lead_times import load_lead_times
from scenarios.experiment import Point
from scenarios.load import load
from scenarios.store import Store
from sim.facts import FACTS
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result

AS_OF = date(2026, 4, 1)
SIGN, SINKS = date(2026, 6, 1), date(2027, 1, 1)
"""Applications rise on a Monday; from the other day on, 70 % of calls are answered in place of 99 %."""


@cache
def scenario():
    """Two fiscal years, cheap to read."""
    return load("plan-period").with_values({"end": date(2028, 3, 31)})


def nothing(parameters):
    """A result without a single event."""
    days = (parameters.end - parameters.start).days + 1
    return Result(
        facts={name: np.zeros(days, dtype=np.int64) for name in FACTS},
        lead_times=np.zeros((0, len(LEAD_TIME_COLUMNS)), dtype=np.int64),
        ledger=np.zeros((0, len(LEDGER_COLUMNS)), dtype=np.int64),
    )


def result(parameters, sinks, chance):
    """10,000 calls a day, and 100,000 applications with noise, or 130,000 from the sign on."""
    made = nothing(parameters)
    days = np.arange((parameters.end - parameters.start).days + 1)
    after = {day: sinks * (days >= (day - parameters.start).days) for day in (SIGN, SINKS)}
    year = days < 365
    made.facts["calls_offered"][:] = 10_000
    made.facts["calls_answered"][:] = 9_900 - 2_900 * after[SINKS] * year
    made.facts["calls_abandoned"] = made.facts["calls_offered"] - made.facts["calls_answered"]
    made.facts["calls_busy_minutes"][:] = 60_000
    made.facts["applications"][:] = 100_000 + 30_000 * after[SIGN] * year + chance.normal(0, 3_000, len(days))
    made.facts["service_minutes_jpki_counter"][:] = 600
    return made


def clocked(folder, replications=24, breaking=lambda number: number % 3 == 0, targets=(), lead_times=None):
    """The clock of replications that stand in the store already; ``breaking`` tells in which the rate sinks."""
    chosen, chance = scenario(), np.random.default_rng(1)
    point = Point(chosen.name, chosen.parameters, 1)
    store = Store(folder / "replications")
    for number in range(1, replications + 1):
        store.save(point.digest, number, result(chosen.parameters, breaking(number), chance))
    options = ClockOptions(AS_OF, replications, targets=targets)
    return clock(chosen, folder, options, lead_times or load_lead_times())


_MADE = TemporaryDirectory(prefix="clocks-")


def usual(folder):
    """The clock of the replications above in a new folder, a copy of the one that was made first."""
    made = Path(_MADE.name) / "usual"
    if not made.exists():
        clocked(made)
    shutil.copytree(made, folder, dirs_exist_ok=True)


def event(found, target="calls-95", period="FY2026"):
    return next(one for one in found["events"] if (one["target"], one["period"]) == (target, period))
