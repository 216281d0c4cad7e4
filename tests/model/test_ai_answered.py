"""A residents' centre with AI beside its agents: extremes, what adds up, and each reading of the target."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from no_run_in import without_run_in

from scenarios.files.load import load
from sim.facts import CALL_CAUSES, OUTCOMES
from sim.people.history import CardHistory
from sim.replication import replicate
from sim.result import Result
from sim.targets import statistics

SPAN = {"start": date(2027, 6, 1), "end": date(2027, 6, 30), "contact.resident.seats": 70}
ORDINARY = [f"calls_{cause}" for cause in CALL_CAUSES["resident"] if cause != "loss"]
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def june(history: CardHistory) -> Run:
    known: dict[tuple[float, float], Result] = {}

    def run(share: float, again: float = 0.2) -> Result:
        if (share, again) not in known:
            # from June on: the month before is the same
            dated = [{"from": date(2016, 1, 1), "value": 0}, {"from": SPAN["start"], "value": share}]
            values = SPAN | {"contact.resident.ai_share": dated, "contact.resident.ai_again_share": again}
            parameters = load("plan-period").with_values(values).parameters
            known[share, again] = replicate(without_run_in(parameters, 1), history, 1, 1, chance_only=True)
        return known[share, again]

    return run


def total(result: Result, *names: str) -> int:
    return sum(int(result.facts[f"calls_{name}"].sum()) for name in names)


def rate(result: Result, reading: str) -> float:
    parameters = load("plan-period").with_values(SPAN | {"targets.ai_reading": reading}).parameters
    (row,) = [
        row
        for row in statistics(result, parameters)
        if row.target == "calls-95" and row.decides and row.period == "2027-06"
    ]
    assert row.value is not None
    return row.value


def test_ai_off_is_no_ai_whoever_would_ring_again(june: Run) -> None:
    one, other = june(0.0, 0.0), june(0.0, 1.0)
    assert all(np.array_equal(series, other.facts[name]) for name, series in one.facts.items())
    assert total(one, "ai_taken", "ai_settled", "ai_again") == 0
    assert rate(one, "agents") == rate(one, "answered") == rate(one, "settled")


def test_ai_that_settles_all_leaves_loss_reports_to_agents(june: Run) -> None:
    result = june(1.0, 0.0)
    assert total(result, "ai_taken") == sum(int(result.facts[name].sum()) for name in ORDINARY)
    assert total(result, "ai_again") == 0
    late = slice(2, None)  # who rang before June may still ring again
    loss = result.facts["calls_loss"] + result.facts["calls_call_backs"]
    assert np.array_equal(result.facts["calls_offered"][late], loss[late])
    assert rate(result, "answered") == pytest.approx(1, abs=0.001)


def test_ai_that_helps_nobody_makes_every_call_a_second_attempt(june: Run) -> None:
    usual, result = june(0.0), june(1.0, 1.0)
    assert total(result, "ai_settled") == 0
    assert np.array_equal(result.facts["calls_offered"] - result.facts["calls_call_backs"], result.facts["calls_loss"])
    firsts = total(usual, *CALL_CAUSES["resident"])
    assert total(result, "ai_again") + total(result, "loss") == pytest.approx(firsts, rel=0.01)
    assert total(result, "answered") == pytest.approx(total(usual, "answered"), rel=0.06)
    assert rate(result, "settled") < rate(result, "agents")


def test_calls_add_up_and_fewer_reach_the_agents(june: Run) -> None:
    usual, some = june(0.0), june(0.2, 0.25)
    for name in ORDINARY:
        assert np.array_equal(usual.facts[name], some.facts[name]), name
    first = sum(some.facts[f"calls_{cause}"] for cause in CALL_CAUSES["resident"])
    assert np.array_equal(
        first + some.facts["calls_call_backs"], some.facts["calls_offered"] + some.facts["calls_ai_taken"]
    )
    taken, ordinary = total(some, "ai_taken"), sum(int(some.facts[name].sum()) for name in ORDINARY)
    assert taken / ordinary == pytest.approx(0.2, abs=4 * np.sqrt(0.16 / ordinary))
    assert total(some, "abandoned") < total(usual, "abandoned")
    over = sum(total(some, outcome) for outcome in OUTCOMES)
    by_hand = {
        "agents": total(some, "answered") / over,
        "answered": (total(some, "answered") + taken) / (over + taken),
        "settled": (total(some, "answered") + total(some, "ai_settled")) / (over + taken),
    }
    for reading, value in by_hand.items():
        assert rate(some, reading) == pytest.approx(value, abs=1e-12), reading
    assert rate(usual, "agents") < by_hand["agents"] < by_hand["answered"]
    assert by_hand["settled"] < by_hand["answered"]
