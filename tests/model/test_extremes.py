"""No demand, no limits, and all the odd corners in between: the model stays valid and conserves every card."""

import re
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from no_run_in import without_run_in

from scenarios.files.load import Scenario, load
from scenarios.run.judge import judge
from sim.people.history import CardHistory
from sim.replication import replicate
from sim.targets import statistics

NO_LIMITS = {
    "plant.checks_per_day": 1e9,
    "plant.card_system_per_day": 1e9,
    "plant.cards_per_day": 1e9,
    "plant.inspection_per_day": 1e9,
    "plant.dispatch_cap_per_month": 1e9,
}
AT_REST = re.compile(
    "^capacity|(service|outage|planned|agent)_minutes|_seats(_fy2025)?$|_open$|_cumulative$"
    "|^(copies|attributes|relying|post_office|phone_certificates|validity_checks|validation)"
    "|^slots_taken$|^notices_emailed$|^jpki_(tried|done)$|^timetable_minutes"
)
"""Facts of what stands ready, or was counted before, whether or not anybody comes; serving is not among them."""
FEBRUARY = date(2026, 2, 1), date(2026, 4, 30)


def test_no_demand_gives_empty_valid_results(empty_world: Callable[..., Scenario], nobody: CardHistory) -> None:
    parameters = without_run_in(empty_world(*FEBRUARY).parameters)
    result = replicate(parameters, nobody, 1, 1)
    moving = {name: int(series.sum()) for name, series in result.facts.items() if not AT_REST.search(name)}
    assert {name: count for name, count in moving.items() if count} == {}
    assert len(result.lead_times) == len(result.ledger) == 0
    rows = judge([statistics(result, parameters)])
    assert {row.verdict for row in rows if row.decides and row.id != "availability-99.9"} == {"not_tested"}


def test_no_limits_give_planned_days_only(history: CardHistory) -> None:
    parameters = load("baseline-fy2025").with_values({**NO_LIMITS, "end": date(2025, 6, 30)}).parameters
    result = replicate(without_run_in(parameters), history, 1, 1)
    assert set(result.ledger[:, 2].tolist()) == {0, 1}  # planned steps and closed days
    assert result.lead_times[:, 5].sum() == 0  # no exceptions
    assert result.facts["late_inside"].sum() == 0


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cards=st.sampled_from([1.0, 3_000.0, 60_000.0, 1e9]),
    lines=st.integers(1, 12),
    lot_size=st.sampled_from([1_000, 4_999, 100_000]),
    remakes=st.sampled_from([0.0, 0.05, 1.0]),
    returns=st.sampled_from([0.0, 0.3, 1.0]),
    cap=st.sampled_from([0.0, 100_000.0, 4.8e6]),
    weekend=st.sampled_from([0.0, 1e9]),
    seed=st.integers(0, 2**40),
)
def test_cards_are_conserved_whatever_the_plant(
    nobody: CardHistory,
    cards: float,
    lines: int,
    lot_size: int,
    remakes: float,
    returns: float,
    cap: float,
    weekend: float,
    seed: int,
) -> None:
    values = {
        "start": date(2026, 2, 1),
        "end": date(2026, 3, 31),
        "plant.cards_per_day": cards,
        "plant.lines": lines,
        "plant.lot_size": lot_size,
        "plant.remake_share": remakes,
        "plant.returned_share": returns,
        "plant.dispatch_cap_per_month": cap,
        "plant.weekend_start_backlog": weekend,
        "plant.weekend_stop_backlog": weekend,
        "demand.first_time_per_year": 2e6,
    }
    parameters = load("baseline-fy2025").with_values(values).parameters
    result = replicate(without_run_in(parameters), nobody, seed, 1)  # raises where a balance does not hold
    assert all(series.min() >= 0 for series in result.facts.values())
    sent = result.facts["dispatched_standard"] + result.facts["dispatched_express"]
    assert max(sent[:28].sum(), sent[28:].sum()) <= cap
    assert np.all(result.lead_times[:, 3] >= 0)


def test_ten_times_the_load_breaks_and_names_what_was_short(history: CardHistory) -> None:
    load_ = [{"from": date(2016, 1, 1), "value": 1}, {"from": date(2025, 3, 1), "value": 10}]
    values = {"demand.load": load_, "end": date(2025, 4, 30), "start": date(2025, 4, 1)}
    parameters = load("baseline-fy2025").with_values(values).parameters
    told = statistics(replicate(without_run_in(parameters, 1), history, 1, 1), parameters)
    decided = next(s for s in told if s.target == "issue-14-days" and s.decides)
    assert decided.value == pytest.approx(0, abs=0.05)
    assert decided.short_of in {"queue_checks", "queue_data", "queue_production"}
