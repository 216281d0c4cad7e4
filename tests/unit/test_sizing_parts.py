"""The parts of sizing that know no simulation: claims, the search for a rung, the choice of levels."""

from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from scenarios.sizing.choose import NEVER, cheapest, count_held
from scenarios.sizing.claims import (
    ERROR,
    error_of_look,
    interval,
    least_trials,
    lower_bound,
    needed,
    trials_for,
    upper_bound,
)
from scenarios.sizing.rungs import Ladder, least_rungs

# claims ---------------------------------------------------------------------------------------------------------------


def test_29_of_29_show_90_per_cent_and_28_do_not() -> None:
    # 0.9^29 = 0.0471 < 0.05 < 0.9^28 = 0.0523
    assert least_trials(0.9) == 29
    assert (needed(29, 0.9), needed(28, 0.9)) == (29, None)
    assert least_trials(0.99) == 299


def test_97_of_100_show_90_and_94_do_not() -> None:
    assert lower_bound(97, 100) > 0.9 > lower_bound(94, 100)
    assert needed(100, 0.9) == 96
    low, high = interval(97, 100)
    assert (low, high) == pytest.approx((0.9148, 0.9938), abs=5e-5)  # Clopper and Pearson, as tables have it


@given(st.integers(1, 300), st.data())
def test_a_lower_bound_is_where_so_many_would_be_held_as_rarely_as_stated(of: int, data: st.DataObject) -> None:
    held = data.draw(st.integers(1, of))
    assert binom.sf(held - 1, of, lower_bound(held, of)) == pytest.approx(ERROR, abs=1e-9)
    assert lower_bound(held, of) < held / of <= upper_bound(held, of)


@pytest.mark.parametrize("truth", [0.8, 0.9, 0.95])
def test_all_looks_together_stay_within_the_error(truth: float) -> None:
    """A level that holds with just the probability asked is claimed at most so often, however often looked at."""
    rng, claims, trials = np.random.default_rng(4), 0, 4000
    for _ in range(trials):
        held, of = 0, 0
        for look, count in enumerate((100, 100, 200), start=1):
            held, of = held + int(rng.binomial(count, truth)), of + count
            if lower_bound(held, of, error_of_look(look)) > truth:
                claims += 1
                break
    assert claims / trials <= ERROR + 3 * (ERROR * (1 - ERROR) / trials) ** 0.5


def test_a_narrower_zone_of_indifference_takes_more_replications() -> None:
    wide, narrow = trials_for(0.9, 0.06, 1000), trials_for(0.9, 0.03, 1000)
    assert wide < narrow
    for zone, trials in ((0.06, wide), (0.03, narrow)):
        held = needed(trials, 0.9)
        assert held is not None
        assert held / trials <= 0.9 + zone
    assert trials_for(0.99, 0.06, 120) == 120


# rungs ----------------------------------------------------------------------------------------------------------------


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 250), st.integers(0, 250), st.integers(1, 9)),
        min_size=1,
        max_size=4,
    )
)
def test_every_period_finds_its_least_rung_from_any_start(cases: list[tuple[int, int, int, int]]) -> None:
    top = 250
    needs = {f"FY{n}": case[0] for n, case in enumerate(cases)}
    ladders = {f"FY{n}": Ladder(floor, start, top, step) for n, (_, start, floor, step) in enumerate(cases)}
    tries = 0

    def met(rungs: Mapping[str, int]) -> dict[str, bool]:
        nonlocal tries
        tries += 1
        assert all(ladders[period].floor <= rung <= top for period, rung in rungs.items())
        return {period: rung >= needs[period] for period, rung in rungs.items()}

    found = least_rungs(met, ladders)
    for period, need in needs.items():
        assert found[period] == (None if need > top else max(need, ladders[period].floor))
    assert tries <= 20


def test_a_start_next_to_the_answer_takes_few_tries() -> None:
    tried = []

    def met(rungs: Mapping[str, int]) -> dict[str, bool]:
        tried.append(rungs["a"])
        return {"a": rungs["a"] >= 118}

    assert least_rungs(met, {"a": Ladder(0, 117, 1000)}) == {"a": 118}
    assert tried == [117, 118]


# choice ---------------------------------------------------------------------------------------------------------------


def brute_force(needs: np.ndarray, costs: list[np.ndarray], held: int) -> float | None:
    totals = [
        sum(float(cost[rung]) for cost, rung in zip(costs, rungs, strict=True))
        for rungs in product(*(range(len(cost)) for cost in costs))
        if count_held(needs, rungs) >= held
    ]
    return min(totals, default=None)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 2), st.integers(1, 12))
def test_one_or_two_resources_are_bought_at_the_least_cost(seed: int, resources: int, held: int) -> None:
    rng = np.random.default_rng(seed)
    needs = rng.integers(0, 6, size=(12, resources))
    needs[rng.random(needs.shape) < 0.1] = NEVER
    costs = [np.cumsum(rng.integers(1, 9, size=6)).astype(float) for _ in range(resources)]
    found, truth = cheapest(needs, costs, held), brute_force(needs, costs, held)
    if truth is None:
        assert found is None
        return
    assert found is not None
    assert count_held(needs, found) >= held
    assert sum(float(cost[rung]) for cost, rung in zip(costs, found, strict=True)) == truth


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 30))
def test_many_resources_hold_as_often_as_asked_and_none_is_bought_in_vain(seed: int, held: int) -> None:
    rng = np.random.default_rng(seed)
    needs = rng.integers(0, 50, size=(30, 5))
    costs = [np.arange(50) * float(rng.integers(1, 9)) for _ in range(5)]
    found = cheapest(needs, costs, held)
    assert found is not None
    assert count_held(needs, found) >= held
    kept = needs[(needs <= np.array(found)).all(axis=1)]
    assert kept.max(axis=0).tolist() == found
