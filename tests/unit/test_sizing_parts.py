"""The parts of sizing that know no simulation: claims, the search for a rung, the choice of levels."""

from collections.abc import Mapping, Sequence
from itertools import product
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, binom, norm

from scenarios.size.choose import NEVER, cheapest
from scenarios.size.claims import (
    ERROR,
    interval,
    least_trials,
    lower_bound,
    needed,
    trials_for,
    upper_bound,
)
from scenarios.size.fresh import MOST_FRESH
from scenarios.size.line import Costs, Needs, line
from scenarios.size.mixes import enough, in_ratio
from scenarios.size.options import PRICED, SizeOptions
from scenarios.size.orders import place, surrounding
from scenarios.size.rungs import Ladder, least_rungs
from scenarios.size.scales import Scale

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


@pytest.mark.parametrize("certainty", [0.8, 0.9, 0.95])
def test_so_many_replications_buy_little_above_the_least(certainty: float) -> None:
    of = trials_for(certainty)
    order = needed(of, certainty)
    assert order is not None and 115 <= of <= 220
    middle = norm.ppf(beta.ppf(0.5, order, of - order + 1)) - norm.ppf(certainty)
    assert 0.12 * middle <= np.log(1.04)  # with needs of spread 0.12, the level bought is 4 % too high at the most
    assert trials_for(0.99) == 400 >= least_trials(0.99)


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.9, 0.95])
def test_every_column_of_a_budget_lies_little_above_the_least(confidence: float) -> None:
    of = SizeOptions(confidence).counted(priced=True).of_fresh
    assert of == trials_for(PRICED) and least_trials(PRICED) <= of < least_trials(0.99)
    for certainty in {confidence, 0.8, 0.9, PRICED}:
        order = needed(of, certainty)
        assert order is not None
        middle = norm.ppf(beta.ppf(0.5, order, of - order + 1)) - norm.ppf(certainty)
        assert 0.12 * middle <= np.log(1.04)


def test_stated_fresh_replications_and_a_surer_question_stand_whatever_is_priced() -> None:
    assert SizeOptions(fresh=60).counted(priced=True).of_fresh == 60
    assert SizeOptions(0.99).counted(priced=True).of_fresh == trials_for(0.99)
    assert SizeOptions(0.9).counted(priced=False).of_fresh == trials_for(0.9) < trials_for(PRICED)


# orders ---------------------------------------------------------------------------------------------------------------


def coverage(of: int, low: int, high: int, probability: float) -> float:
    """How often a quantile lies between the needs of two orders, where no two are the same; 0 and of + 1 are open."""
    return float(1 if high > of else binom.cdf(high - 1, of, probability)) - float(binom.cdf(low - 1, of, probability))


DEFAULTS = sorted({SizeOptions(each).counted(priced).of_fresh for each in (0.8, 0.9, 0.95) for priced in (False, True)})


def test_numbers_of_fresh_replications_by_default() -> None:
    assert DEFAULTS == [115, 133, 215]


@pytest.mark.parametrize("of", [*DEFAULTS, *range(92, 97), 100, 150, 188, 299, 400])
@pytest.mark.parametrize("certainty", [0.8, 0.9, 0.95])
def test_an_interval_covers_95_per_cent_as_nearly_as_orders_can(of: int, certainty: float) -> None:
    low, high = surrounding(of, certainty)
    assert 0.93 <= coverage(of, low, high, certainty) <= 0.97
    drawn = np.sort(np.random.default_rng(of).random((4000, of)), axis=1)
    inside = (drawn[:, low - 1] <= certainty) & (certainty < drawn[:, high - 1])
    assert inside.mean() == pytest.approx(coverage(of, low, high, certainty), abs=4 * (0.05 / 4000) ** 0.5)
    assert low < (needed(of, certainty) or 0) <= high


@pytest.mark.parametrize("certainty", [0.5, 0.8, 0.9, 0.95, 0.97, 0.99])
def test_wherever_an_interval_is_given_it_covers_93_to_97_per_cent_and_holds_the_level_bought(certainty: float) -> None:
    for of in (*range(5, 130), *range(130, MOST_FRESH, 23), 293, 299, MOST_FRESH):
        low, high = surrounding(of, certainty)
        if (low, high) == (0, of + 1):
            assert of < least_trials(certainty), "where a certainty can be shown there is an interval"
            continue
        assert 0.93 <= coverage(of, low, high, certainty) <= 0.97, of
        order = needed(of, certainty)
        assert order is None or low < order <= high


def test_an_end_past_the_data_is_not_known() -> None:
    assert surrounding(6, 0.9)[1] == 7 and surrounding(299, 0.99)[1] == 300
    assert place(150, 0.9) == pytest.approx(135.9) and place(150, 0.999) is None


def test_a_line_begins_and_ends_with_the_data_and_never_falls() -> None:
    needs = Needs.of(np.array([0.0, 0.0, 0.0, 0.1, 0.3, 0.2, np.inf]), floor=0.0)
    assert (needs.first, needs.last) == (4, 6) and needs.at(5) == 0.2
    assert needs.around(0.5) == (None, None) and not needs.known(7), "orders 1 and 7 are not known"
    told = line("FY2027", Costs([5.0, 5.0, 5.0, 10.0, 20.0, 30.0, 40.0], needs.first, needs.last))
    assert [point.certainty for point in told] == [4 / 8, 5 / 8, 6 / 8]
    assert [point.yen for point in told] == [10.0, 20.0, 30.0]
    assert told[0].low is None and told[-1].high is None
    exact = Needs.of(np.array([-np.inf, 1.0]), floor=-np.inf)
    assert (exact.first, exact.last) == (1, 2), "who needs no more than there is at the least is known exactly"


# mixes ----------------------------------------------------------------------------------------------------------------


def test_steps_in_a_ratio_pass_through_the_mix_and_end_with_all_there_is() -> None:
    days, cards = Scale("days", "FY2027", 0, 1, 10, (), ()), Scale("cards", "FY2027", 40, 10, 20, (), ())
    found = in_ratio([days, cards], [2, 6])  # 2 days and 100 cards
    steps = found.rungs.tolist()
    assert [2, 6] in steps and steps[0] == [0, 0] and steps[-1] == [10, 20]
    assert (np.diff(found.rungs, axis=0) >= 0).all() and (np.diff(found.sizes) > 0).all()
    assert [4, 16] in steps, "twice as many days and twice as many cards"
    none = in_ratio([days, cards], [0, 6])
    assert [0, 20] in none.rungs.tolist() and none.rungs[-1].tolist() == [10, 20]


def test_what_is_known_of_staircases_says_which_step_is_enough() -> None:
    days, cards = Scale("days", "FY2027", 0, 1, 4, (), ()), Scale("cards", "FY2027", 0, 1, 9, (), ())
    steps = in_ratio([days, cards], [2, 4])
    known = {(0,): np.array([6, NEVER, NEVER]), (2,): np.array([3, 5, NEVER])}
    found = enough(steps, known)
    mixes = [steps.rungs[step].tolist() if step != NEVER else None for step in found]
    assert mixes[0] == [2, 4] and mixes[1] == [2, 5] and mixes[2] is None


# rungs ----------------------------------------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
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


def test_a_rung_that_is_known_to_fail_is_not_tried_again() -> None:
    tried = []

    def met(rungs: Mapping[str, int]) -> dict[str, bool]:
        tried.append(rungs["a"])
        return {"a": rungs["a"] >= 7}

    assert least_rungs(met, {"a": Ladder(5, 6, 100, fails=5)}) == {"a": 7} and tried == [6, 7]
    assert least_rungs(met, {"a": Ladder(5, 3, 5, fails=5)}) == {"a": None} and tried == [6, 7]


def test_a_start_next_to_the_answer_takes_few_tries() -> None:
    tried = []

    def met(rungs: Mapping[str, int]) -> dict[str, bool]:
        tried.append(rungs["a"])
        return {"a": rungs["a"] >= 118}

    assert least_rungs(met, {"a": Ladder(0, 117, 1000)}) == {"a": 118}
    assert tried == [117, 118]


def test_how_far_rungs_fall_short_says_where_to_look() -> None:
    """Few tries are needed, however far the start is off; doubling and halving takes up to nine."""
    for need in (70, 93, 118, 140):
        tried: list[int] = []

        def met(rungs: Mapping[str, int], need: int = need, tried: list[int] = tried) -> dict[str, bool]:
            tried.append(rungs["a"])
            return {"a": rungs["a"] >= need}

        def lack(period: str, rung: int, need: int = need) -> float:
            return 6 * log((need - 0.4) / rung)

        assert least_rungs(met, {"a": Ladder(60, 100, 1000, 2, fails=60)}, lack) == {"a": need}
        assert len(tried) <= 5, tried


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 250), st.integers(0, 250), st.integers(1, 9), st.integers(0, 1000))
def test_what_is_told_of_how_far_rungs_fall_short_may_be_wrong(need: int, start: int, step: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    tries: list[int] = []

    def met(rungs: Mapping[str, int]) -> dict[str, bool]:
        tries.append(rungs["a"])
        return {"a": rungs["a"] >= need}

    lacks = dict(enumerate(rng.normal(size=251).tolist()))
    assert least_rungs(met, {"a": Ladder(0, start, 250, step)}, lambda period, rung: lacks[rung]) == {"a": need}
    assert len(tries) <= 20


# choice ---------------------------------------------------------------------------------------------------------------


def count_held(needs: np.ndarray, rungs: Sequence[int]) -> int:
    """How many replications hold at these rungs."""
    return int((needs <= np.asarray(rungs)).all(axis=1).sum())


def brute_force(needs: np.ndarray, costs: list[np.ndarray], held: int) -> float | None:
    totals = [
        sum(float(cost[rung]) for cost, rung in zip(costs, rungs, strict=True))
        for rungs in product(*(range(len(cost)) for cost in costs))
        if count_held(needs, rungs) >= held
    ]
    return min(totals, default=None)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 3), st.integers(1, 12))
def test_up_to_three_resources_are_bought_at_the_least_cost(seed: int, resources: int, held: int) -> None:
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
