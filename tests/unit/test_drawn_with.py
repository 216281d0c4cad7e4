"""Ranges that are drawn together: what a file may say, and what is drawn."""

import tomllib
from datetime import date

import numpy as np
import pytest
from scipy import stats

from scenarios.errors import UserError
from scenarios.files.load import load
from scenarios.files.scenario_file import complete_file
from sim.calendar import Calendar
from sim.plan import Plan
from sim.schedule import Quantity
from sim.streams import Streams

CALLS, HANDLE = "contact.helpdesk.calls_per_open_day", "contact.helpdesk.handle_minutes"
DAY = Calendar(date(2026, 4, 1), date(2026, 4, 1))
RANGE = {"value": 10.0, "low": 8.0, "high": 12.0}


def drawn(weights: dict[str, float], count: int) -> np.ndarray:
    """Calls and handle time of replications beyond the evenly spread ones, which are independent."""
    handle = {**RANGE, "with": weights} if weights else RANGE
    parameters = load("plan-period").with_values({CALLS: {**RANGE, "low": 7.0}, HANDLE: handle}).parameters
    plans = (Plan(parameters, Streams(1, 2000 + number), DAY, paths=[CALLS, HANDLE]) for number in range(count))
    return np.array([[plan.value(CALLS), plan.value(HANDLE)] for plan in plans])


@pytest.mark.parametrize("weight", [-0.97, 0.5])
def test_two_ranges_are_correlated_as_said_and_each_keeps_its_own_law(weight: float) -> None:
    both, alone = drawn({CALLS: weight}, 1500), drawn({}, 1500)
    assert np.array_equal(both[:, 0], alone[:, 0])
    u = stats.triang(0.5, 8, 4).cdf(both[:, 1])
    assert stats.kstest(u, "uniform").pvalue > 1e-3  # fails by chance once in a thousand seeds
    scores = stats.norm.ppf(stats.triang(0.6, 7, 5).cdf(both[:, 0])), stats.norm.ppf(u)
    # Fisher's z has a standard error of 1 / sqrt(n - 3)
    off = np.arctanh(np.corrcoef(*scores)[0, 1]) - np.arctanh(weight)
    assert abs(off) < 3.3 / np.sqrt(1497)


def test_a_weight_of_one_is_the_same_position() -> None:
    both = drawn({CALLS: 1.0}, 50)
    u = stats.triang(0.6, 7, 5).cdf(both[:, 0])
    assert both[:, 1] == pytest.approx(stats.triang(0.5, 8, 4).ppf(u), abs=1e-9)


def test_what_is_drawn_with_others_is_written_and_read_again(tmp_path) -> None:
    weights = {CALLS: -0.6, "demand.first_time_level@2025-04-01": 0.3}
    scenario = load("plan-period").with_values({HANDLE: {**RANGE, "with": weights}})
    text = complete_file(scenario)
    assert tomllib.loads(text)["contact"]["helpdesk"]["handle_minutes"]["with"] == weights
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    assert load(str(tmp_path / "own.toml")).parameters == scenario.parameters


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({**RANGE, "with": {CALLS: 0.9, "demand.load": 0.9}}, "must add up to 1 or less, not 1.62"),
        ({"value": 10.0, "with": {CALLS: 0.5}}, "it needs low and high"),
        ({**RANGE, "with": {"contact.helpdesk.cals": 0.5}}, "names contact.helpdesk.cals, which is no value"),
        ({**RANGE, "with": {"demand.load@2025-13-01": 0.5}}, "after @ must stand a date such as 2026-04-01"),
        ({**RANGE, "with": {"demand.load@tomorrow": 0.5}}, "after @ must stand a date"),
        ({**RANGE, "with": {"demand.load@": 0.5}}, "after @ must stand a date"),
        ({**RANGE, "with": 0.5}, "must be a table of names and weights"),
        ({**RANGE, "with": {CALLS: "much"}}, "must be a number"),
    ],
)
def test_what_cannot_be_drawn_is_told(written: dict[str, object], said: str) -> None:
    with pytest.raises(UserError, match=said):
        load("plan-period").with_values({HANDLE: written})


def test_a_quantity_drawn_with_others_is_another_than_one_that_is_not() -> None:
    assert Quantity.model_validate({**RANGE, "with": {CALLS: 0.5}}) != Quantity.model_validate(RANGE)
