"""Rerun of one part on the saved facts of a whole simulation: the same numbers, in a fraction of the time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.calendar import Calendar
from sim.contact.centre import Centre
from sim.couplings import COUPLINGS, Couplings
from sim.facts import CALL_CAUSES, CENTRES, FACTS
from sim.journal import Journal
from sim.parameters import Parameters
from sim.plan import Plan
from sim.replication import AT_COUNTERS, open_counters, restated_on
from sim.streams import Ints, Streams
from sim.systems.outages import Outages

_COUNTERS_READ = (
    "dispatched_standard",
    "express_delivered",
    "certificates_wanted",
    "certificates_wanted_in_time",
    "certificates_wanted_early",
    "signing_wanted",
)
"""What the counters learn from other parts; nothing of it depends on what they do."""
_COUNTERS_MOVE = ("arrived", "came_back")
"""Effects that the counters themselves bring about, and that they read on later days."""
_COUNTERS_WRITE = (
    *_COUNTERS_MOVE,
    "handed_over",
    "at_municipalities",
    "on_the_way",
    "never_collected",
    "transactions",
    "transactions_failed",
    "jpki_overloaded",
    "certificates_renewed",
    "renewed_in_time",
    "booking_backlog",
    "restated_at_municipalities",
)


def rerun_counters(
    parameters: Parameters, seed: int, replication: int, facts: Mapping[str, Ints], chance_only: bool = False
) -> dict[str, Ints]:
    """The counters' facts with other parameters of the counters or of the systems behind them.

    Args:
        parameters: as in the whole simulation, but for ``counters`` and the capacity of ``systems``.
        seed: as in the whole simulation.
        replication: as in the whole simulation.
        facts: every simulated day of the whole simulation, run-in included (``sim.replication.simulate``).
        chance_only: as in the whole simulation.
    """
    streams = Streams(seed, replication)
    calendar = Calendar(parameters.first_simulated_day, parameters.end)
    plan = Plan(parameters, streams, calendar, chance_only)
    journal = Journal(calendar.days)
    for name in _COUNTERS_READ:
        journal.post_days(name, slice(None), facts[name])
    journal.post_days("handed_over", slice(None), facts["express_delivered"])
    counters = open_counters(plan, streams, calendar, journal, Outages(plan, streams, calendar, journal))
    rows = [row for row in COUPLINGS if row.effect in _COUNTERS_MOVE]
    couplings = Couplings(plan, streams, calendar, journal, {"counters": counters.weights}, rows)
    restated = restated_on(parameters, calendar)
    for day in range(calendar.days):
        couplings.turn(day)
        if (state := restated.get(day)) is not None:
            counters.restate(day, state)
        counters.run(day)
        couplings.close(day)
    return {name: journal[name] for name in _COUNTERS_WRITE}


def rerun_centre(
    name: str,
    parameters: Parameters,
    seed: int,
    replication: int,
    facts: Mapping[str, Ints],
    calls: float = 1.0,
    chance_only: bool = False,
) -> dict[str, Ints]:
    """A call centre's facts with other parameters of its own, and so many times the first calls; no agents are lent.

    Args:
        name: ``resident`` or ``helpdesk``.
        parameters: as in the whole simulation, but for ``contact.NAME``; what decides how many call has no effect here.
        seed: as in the whole simulation.
        replication: as in the whole simulation.
        facts: every simulated day of the whole simulation, run-in included.
        calls: multiplies the first calls of every cause.
        chance_only: as in the whole simulation.
    """
    streams = Streams(seed, replication)
    calendar = Calendar(parameters.first_simulated_day, parameters.end)
    plan = Plan(parameters, streams, calendar, chance_only)
    journal = Journal(calendar.days)
    outages = Outages(plan, streams, calendar, journal)
    causes = [f"{CENTRES[name]}_{cause}" for cause in CALL_CAUSES[name]]
    for cause in causes:
        journal.post_days(cause, slice(None), np.rint(facts[cause] * calls).astype(np.int64))
    heard = outages.down(AT_COUNTERS) if name == "helpdesk" else None
    centre = Centre(name, plan, streams, calendar, journal, heard)
    for _, days in calendar.months():
        centre.open_month(days)
        for day in range(days.start, days.stop):
            centre.run(day)
        centre.close_month(days)
    return {fact: journal[fact] for fact in FACTS if fact.startswith(f"{CENTRES[name]}_")}
