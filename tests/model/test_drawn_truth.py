"""Known truth: drivers from draws, where the correlations are known, and where there is nothing to find."""

from math import asin, pi

import numpy as np
import pytest

from scenarios.sweep.drawn import TIED, holm, ranked, tied

SETS, REPLICATIONS, INPUTS = 400, 60, 30
ERROR = np.sqrt(0.95 * 0.05 / SETS)


def straight(slopes, seed, sets=SETS):
    """Sets of normal inputs, and a linear model of them whose noise makes its variance 1."""
    luck = np.random.default_rng(seed)
    noise = np.sqrt(1 - np.square(slopes).sum())
    for _ in range(sets):
        inputs = luck.normal(size=(REPLICATIONS, INPUTS))
        yield inputs, inputs[:, : len(slopes)] @ slopes + noise * luck.normal(size=REPLICATIONS)


@pytest.mark.parametrize("slope", [0.0, -0.5, 0.8])
def test_the_interval_holds_the_true_rank_correlation(slope):
    # Two normals with a correlation r have Spearman's 6 / pi asin(r / 2).
    truth = 6 / pi * asin(slope / 2)
    told = [ranked(inputs[:, :1], output)[0] for inputs, output in straight(np.array([slope]), seed=1)]
    held = np.mean([one.low <= truth <= one.high for one in told])
    assert abs(held - 0.95) < 4 * ERROR
    assert abs(np.mean([one.rho for one in told]) - truth) < 0.03


def test_known_drivers_are_found_in_their_order_and_hardly_anything_else():
    slopes = np.array([0.7, -0.55, 0.0])
    first, second, others = [], [], []
    for inputs, output in straight(slopes, seed=2):
        clear = {place: one.rho for place, one in enumerate(ranked(inputs, output)) if one.clear}
        ordered = sorted(clear, key=lambda place: -abs(clear[place]))
        first.append(ordered[:1] in ([0], [1]))
        second.append(clear.get(0, 0) > 0 > clear.get(1, 0))
        others.append(any(place > 1 for place in clear))
    assert np.mean(first) > 0.99 and np.mean(second) > 0.8
    assert np.mean(others) < 0.05 + 3 * ERROR


def test_where_there_is_nothing_a_claim_is_as_rare_as_it_says():
    wrong = [any(one.clear for one in ranked(inputs, output)) for inputs, output in straight(np.zeros(1), seed=3)]
    assert np.mean(wrong) < 0.05 + 3 * ERROR


def test_what_never_varies_says_nothing_and_shapes_do_not_matter():
    inputs, output = next(straight(np.array([0.9]), seed=4))
    inputs[:, 1] = 3.0
    rows = ranked(inputs, np.exp(output))
    assert rows[1] is None and rows[0].rho == pytest.approx(ranked(inputs, output)[0].rho) and rows[0].clear
    assert ranked(inputs, np.ones(REPLICATIONS)) == [None] * INPUTS
    assert ranked(inputs[:, :1], inputs[:, 0])[0].rho == pytest.approx(1)


def test_an_input_that_follows_a_driver_is_told_as_tied_to_it():
    inputs, output = next(straight(np.array([0.9]), seed=5))
    inputs[:, 4] = -inputs[:, 0] + 0.5 * inputs[:, 4]
    rows = ranked(inputs, output)
    assert rows[4].clear and rows[4].rho < 0
    assert abs(np.corrcoef(inputs[:, 0], inputs[:, 4])[0, 1]) > TIED and tied(inputs, rows) == {4: 0}


def test_holm_steps_down():
    assert holm(np.array([0.04, 0.001, 0.02, 0.5])) == [False, True, False, False]
    assert holm(np.array([0.02, 0.001, 0.012])) == [True, True, True]
    assert holm(np.array([0.03, 0.026, 0.3])) == [False, False, False]
