"""Loops are bounded: a short slow-down is made good; where a load keeps the servers down, the result says so."""

from datetime import date

import numpy as np
import pytest
from no_run_in import without_run_in

from scenarios.files.load import load
from sim.people.history import CardHistory
from sim.replication import replicate
from sim.result import Result
from sim.targets import statistics

START, END, DAY = date(2026, 4, 1), date(2026, 8, 31), date(2026, 6, 1)
AT = (DAY - START).days
QUIET = date(2026, 5, 11)
"""After the months in which people move, and the holidays: each day less than the servers bear, but barely."""


def run(history: CardHistory, **values: object) -> Result:
    parameters = load("plan-period").with_values({"start": START, "end": END, **values}).parameters
    return replicate(without_run_in(parameters), history, 7, 1, chance_only=True)


@pytest.fixture(scope="module")
def base(history: CardHistory) -> Result:
    return run(history)


def test_an_hour_of_slow_servers_is_made_good_within_days(history: CardHistory, base: Result) -> None:
    hour = {"system": "jpki_counter", "day": DAY, "from": "10:00", "hours": 1, "working_share": 0.1}
    slow = run(history, **{"systems.events": [hour]})
    lost = base.facts["transactions"][AT] - slow.facts["transactions"][AT]
    assert lost > 1000
    backlog = slow.facts["booking_backlog"] - base.facts["booking_backlog"]
    # some wait on where there was a line before
    assert backlog[AT] > 0 and np.abs(backlog[AT + 3 :]).max() < 0.01 * backlog[AT]
    # holders whose card could not be handed over come again within weeks, and not one is lost
    not_collected = slow.facts["at_municipalities"] - base.facts["at_municipalities"]
    assert 0 < not_collected[AT] < lost and not_collected[-1] < 0.02 * not_collected[AT]
    assert np.abs(np.cumsum(slow.facts["transactions"] - base.facts["transactions"])[-1]) < 0.02 * lost
    more_calls = slow.facts["helpdesk_offered"] - base.facts["helpdesk_offered"]
    assert more_calls[AT] > 0 and np.abs(more_calls[AT + 10 :]).sum() < 20


NARROW = {
    "systems.jpki_per_day": [{"from": date(2016, 1, 1), "value": 1e6}, {"from": QUIET, "value": 135_000}],
    "systems.jpki_waste_share": 1.0,
    "systems.jpki_least_share": 0.25,
    "counters.slots_per_day": 300_000,
    "counters.booking_patience_days": 200,
}


def overload(result: Result, **values: object) -> float:
    parameters = load("plan-period").with_values({"start": START, "end": END, **values}).parameters
    told = statistics(result, parameters)
    (days,) = [s.value for s in told if s.name == "longest_overload_days" and s.period == "all"]
    assert days is not None
    return days


def test_a_crash_leaves_narrow_servers_overloaded_for_days_and_they_recover(history: CardHistory) -> None:
    """As in May 2020 (OUT-005), when a surge slowed the system for five days: peaks err, other hours make it good."""
    crashed = {"system": "jpki_counter", "day": DAY, "from": "08:30", "hours": 24 * 10}
    quiet = run(history, **NARROW)
    crash = run(history, **NARROW, **{"systems.events": [crashed]})
    assert overload(quiet, **NARROW) == 0
    assert 5 <= overload(crash, **NARROW) <= 20
    assert crash.facts["booking_backlog"][AT + 9] > 10 * max(quiet.facts["booking_backlog"][AT + 9], 10_000)
    assert crash.facts["booking_backlog"][-1] < 1000


def test_callers_who_ring_again_do_not_keep_a_centre_down(history: CardHistory, base: Result) -> None:
    cut = [{"from": START, "value": 142}, {"from": DAY, "value": 20}, {"from": date(2026, 6, 3), "value": 142}]
    short = run(history, **{"contact.resident.seats": cut})
    lost = short.facts["calls_abandoned"] - base.facts["calls_abandoned"]
    assert lost[AT : AT + 2].sum() > 3000
    assert np.abs(lost[AT + 5 :]).sum() < 50
