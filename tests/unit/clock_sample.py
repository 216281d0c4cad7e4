"""Replications as a clock reads them, with made-up calls: in some the answer rate sinks, after a sign in time.

Ordered seats answer all calls again, as far as a rerun is asked: a small world whose right answers a hand sum gives.
"""

from dataclasses import replace
from datetime import date
from functools import cache
from unittest.mock import patch

import numpy as np
from made_once import once

from scenarios.clock.clock import ClockOptions, clock
from scenarios.clock.lead_times import load_lead_times
from scenarios.experiment.experiment import Point
from scenarios.experiment.store import Store
from scenarios.files.load import load
from sim.calendar import Calendar
from sim.parts import FACTS
from sim.plan import Plan
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result
from sim.streams import Streams

AS_OF = date(2026, 4, 1)
SIGN, SINKS = date(2026, 6, 1), date(2027, 1, 1)
"""Applications rise on a Monday; from the other day on, 70 % of calls are answered in place of 99 %."""
SEATS = "contact.resident.seats"


@cache
def scenario():
    """Two fiscal years, cheap to read."""
    return load("plan-period").with_values({"end": date(2028, 3, 31)})


def nothing(parameters, first=None):
    """A result without a single event, from the first reported day on, or from another."""
    days = (parameters.end - (first or parameters.start)).days + 1
    return Result(
        facts={name: np.zeros(days, dtype=np.int64) for name in FACTS},
        lead_times=np.zeros((0, len(LEAD_TIME_COLUMNS)), dtype=np.int64),
        ledger=np.zeros((0, len(LEDGER_COLUMNS)), dtype=np.int64),
    )


def result(parameters, sinks, chance, sign=SIGN):
    """10,000 calls a day, and 100,000 applications with noise, or 130,000 from the sign on (None: without a sign)."""
    first = parameters.first_simulated_day
    made = nothing(parameters, first)
    days = np.arange((parameters.end - first).days + 1)
    year = (days >= (date(2026, 4, 1) - first).days) & (days < (date(2027, 4, 1) - first).days)
    sunk = sinks * (days >= (SINKS - first).days) * year
    signed = 0 * days if sign is None else sinks * (days >= (sign - first).days) * year
    made.facts["calls_offered"][:] = 10_000
    made.facts["calls_answered"][:] = 9_900 - 2_900 * sunk
    made.facts["calls_abandoned"] = made.facts["calls_offered"] - made.facts["calls_answered"]
    made.facts["calls_busy_minutes"][:] = 60_000
    made.facts["applications"][:] = 100_000 + 30_000 * signed + chance.normal(0, 3_000, len(days))
    made.facts["service_minutes_jpki_counter"][:] = 600
    return made


def again(known, base, point, replication, parts):
    """A rerun: on days with at least ``ENOUGH`` times the seats of the base 99 % of calls are answered."""
    assert parts == {"resident"}
    calendar = _calendar(base.first_simulated_day, base.end)
    own, other = (
        Plan(one, Streams(1, 0), calendar, True, paths=[SEATS]).daily(SEATS) for one in (point.parameters, base)
    )
    helped = own >= ENOUGH * other
    answered = np.where(helped, np.maximum(known.facts["calls_answered"], 9_900), known.facts["calls_answered"])
    return replace(known, facts=known.facts | {"calls_answered": answered, "calls_abandoned": 10_000 - answered})


_calendar = cache(Calendar)
ENOUGH = 1.3
"""Times the seats: the third rung, 1.35, is the first that helps."""


def clocked(
    folder,
    replications=24,
    breaking=lambda number: number % 3 == 0,
    targets=(),
    lead_times=None,
    sign=SIGN,
    rerun=again,
):
    """The clock of replications that stand in the store already; ``breaking`` tells in which the rate sinks.

    In a copy of ``usual`` nothing is searched again that was searched for it.
    """
    chosen, chance = scenario(), np.random.default_rng(1)
    point = Point(chosen.name, chosen.parameters, 1)
    store = Store(folder / "replications").of_whole_runs()
    if not store.has(point.digest, replications):
        for number in range(1, replications + 1):
            store.save(point.digest, number, result(chosen.parameters, breaking(number), chance, sign))
    options = ClockOptions(AS_OF, replications, targets=targets)
    with patch("scenarios.clock.saving.again", rerun):
        return clock(chosen, folder, options, lead_times or load_lead_times())


def usual(folder):
    """The clock of the replications above in a new folder, with all that was found on the way to it."""
    return once(clocked, folder)


def event(found, target="calls-95", period="FY2026"):
    return next(one for one in found.events if (one.target, one.period) == (target, period))
