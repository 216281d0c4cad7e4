"""The same luck wherever scenarios are alike."""

from datetime import date

import numpy as np
import pytest
from no_run_in import without_run_in

from scenarios.files.load import load
from sim.people.history import CardHistory
from sim.replication import replicate
from sim.result import Result

PERIOD = {"start": date(2026, 4, 1), "end": date(2026, 12, 31)}
APPLICATIONS = ("first_time", "newborn", "move", "loss", "renewal")


def run(history: CardHistory, replication: int = 1, **values: object) -> Result:
    parameters = load("plan-period").with_values({**PERIOD, **values}).parameters
    return replicate(without_run_in(parameters), history, 7, replication)


@pytest.fixture(scope="module")
def base(history: CardHistory) -> Result:
    return run(history)


def test_the_same_seed_gives_the_same_result_to_the_last_bit(history: CardHistory, base: Result) -> None:
    again = run(history)
    assert all(np.array_equal(again.facts[name], series) for name, series in base.facts.items())
    assert np.array_equal(again.lead_times, base.lead_times)
    assert np.array_equal(again.ledger, base.ledger)


def test_another_replication_differs(history: CardHistory, base: Result) -> None:
    assert not np.array_equal(run(history, replication=2).facts["applications"], base.facts["applications"])


def test_half_the_plant_leaves_first_time_newborn_and_move_applications(history: CardHistory, base: Result) -> None:
    short = run(history, **{"plant.cards_per_day": 30_000})
    assert short.facts["late_inside"].max() > 0
    for name in ("first_time", "newborn", "move"):
        assert np.array_equal(short.facts[f"applications_{name}"], base.facts[f"applications_{name}"])


def test_ample_capacity_either_way_leaves_every_application_and_dispatch(history: CardHistory, base: Result) -> None:
    ample = run(history, **{"plant.cards_per_day": 240_000, "plant.lines": 12})
    for name in APPLICATIONS:
        assert np.array_equal(ample.facts[f"applications_{name}"], base.facts[f"applications_{name}"])
    assert np.array_equal(ample.facts["dispatched_standard"], base.facts["dispatched_standard"])
    assert np.array_equal(ample.lead_times, base.lead_times)


def test_changing_one_reason_leaves_the_others(history: CardHistory, base: Result) -> None:
    more = run(history, **{"demand.move_per_year": 900_000})
    for name in ("first_time", "newborn"):
        assert np.array_equal(more.facts[f"applications_{name}"], base.facts[f"applications_{name}"])
    assert more.facts["applications_move"].sum() > base.facts["applications_move"].sum()


def test_a_later_campaign_leaves_the_days_before_it(history: CardHistory, base: Result) -> None:
    day = date(2026, 9, 1)
    campaign = [{"from": day, "to": day, "applications_per_day": 500_000}]
    surge = run(history, **{"demand.campaign": campaign})
    before = (day - PERIOD["start"]).days
    for name, series in base.facts.items():
        if name != "due_to_leave":
            assert np.array_equal(surge.facts[name][:before], series[:before]), name


def test_a_new_uncertain_parameter_leaves_the_draws_of_the_others(history: CardHistory, base: Result) -> None:
    ranged = run(history, **{"counters.handover_per_day": {"value": 3e5, "low": 2.9e5, "high": 3.1e5}})
    assert np.array_equal(ranged.facts["applications"], base.facts["applications"])
