"""Rerun of one part on the saved facts of a whole simulation: the same numbers, in a fraction of the time."""

from __future__ import annotations

from collections.abc import Mapping

from sim.calendar import Calendar
from sim.couplings import COUPLINGS, Couplings
from sim.journal import Journal
from sim.parameters import Parameters
from sim.plan import Plan
from sim.replication import open_counters, restated_on
from sim.streams import Ints, Streams
from sim.systems.outages import Outages

_COUNTERS_READ = (
    "dispatched_standard",
    "express_delivered",
    "certificates_wanted",
    "certificates_wanted_in_time",
    "signing_wanted",
)
"""What the counters learn from other parts; nothing of it depends on what they do."""
_COUNTERS_MOVE = ("arrived", "came_back")
"""Effects that the counters themselves bring about, and that they read on later days."""


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
