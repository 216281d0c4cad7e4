"""Paired intervals against sums by hand and scipy, and what so few pairs can show."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scenarios.experiment.paired import FEWEST, Difference, cannot_be_told, fewest, paired


def test_the_paired_interval_by_hand() -> None:
    """Differences 1, 2, 3, 6: mean 3, variance 14 / 3, standard error sqrt(14 / 12), t(3, 0.975) = 3.18245."""
    one = paired([11.0, 22.0, 33.0, 46.0], [10.0, 20.0, 30.0, 40.0])
    assert one is not None
    assert (one.mean, one.pairs) == (3.0, 4)
    assert one.error == pytest.approx((14 / 12) ** 0.5)
    assert one.interval() == pytest.approx((3 - 3.18245 * (14 / 12) ** 0.5, 3 + 3.18245 * (14 / 12) ** 0.5), abs=1e-4)


def test_the_plain_interval_agrees_with_scipy_and_nothing_claimed_is_surer() -> None:
    values, against = np.random.default_rng(1).normal([[0.3], [0.0]], 1.0, (2, 12))
    one, theirs = paired(values.tolist(), against.tolist()), stats.ttest_rel(values, against)
    assert one is not None
    assert one.interval(0.01) == pytest.approx(tuple(theirs.confidence_interval(0.99)))
    assert one.skewness == pytest.approx(stats.skew(values - against, bias=False))
    assert one.p >= theirs.pvalue


def test_equal_differences_in_few_pairs_are_not_clear() -> None:
    """Three of three on the same side is what three coins do one time in four."""
    same, more = paired([0.1, 0.2, 0.3], [0.1, 0.2, 0.3]), paired([3.0, 4.0, 5.0], [1.0, 2.0, 3.0])
    assert same is not None and more is not None
    assert (same.mean, same.p, same.interval(), same.tested(0.05)) == (0.0, 1.0, (0.0, 0.0), (0.0, 0.0))
    assert (more.mean, more.p, more.interval(), more.tested(0.05)) == (2.0, 0.25, (2.0, 2.0), (0.0, 2.0))
    assert cannot_be_told(3, 1, *more.tested(0.05))
    many = Difference(2.0, 0.0, 20)
    assert (many.p, many.tested(0.05)) == (2.0**-19, (2.0, 2.0))


@given(st.floats(-1e6, 1e6), st.floats(0, 10), st.integers(2, 60), st.floats(-4, 4))
def test_no_p_value_is_below_what_so_many_pairs_can_show(mean: float, error: float, pairs: int, skew: float) -> None:
    one = Difference(mean, error, pairs, skewness=skew)
    assert 2.0 ** (1 - pairs) <= one.p <= 1


@given(st.floats(-40, 40).filter(bool), st.integers(2, 60), st.floats(-4, 4), st.sampled_from([0.05, 0.01, 0.05 / 95]))
def test_the_tested_interval_leaves_0_out_exactly_where_the_p_value_is_low(
    mean: float, pairs: int, skew: float, level: float
) -> None:
    one = Difference(mean, 1.0, pairs, skewness=skew)
    low, high = one.tested(level)
    assert (low > 0 or high < 0) is (one.p <= level)
    plain = one.interval(level)
    assert low <= plain[0] and plain[1] <= high


def test_pairs_without_both_values_are_left_out_and_one_pair_is_not_enough() -> None:
    one = paired([1.0, None, 3.0, 9.0], [0.0, 5.0, None, 7.0])
    assert one is not None and (one.mean, one.pairs) == (1.5, 2)
    assert paired([1.0, None], [0.0, 5.0]) is None
    assert paired([None, None], [None, None]) is None


def test_an_interval_stays_within_what_a_difference_can_be() -> None:
    """Shares differ by 100 points at most; two pairs would give -385 to +364 points."""
    bounded, unbounded = (paired([0.5, 0.99], [0.9, 0.8], most) for most in (1.0, inf))
    assert bounded is not None and bounded.interval() == (-1.0, 1.0) == bounded.tested(0.01)
    assert unbounded is not None and unbounded.interval() == pytest.approx((-3.853, 3.643), abs=1e-3)


def test_few_pairs_with_an_interval_around_0_cannot_be_told() -> None:
    assert cannot_be_told(2, 1, -1.0, 1.0) and cannot_be_told(FEWEST - 1, 1, -0.1, 0.0)
    assert not cannot_be_told(FEWEST, 1, -1.0, 1.0)  # chance explains it
    assert not cannot_be_told(2, 1, 0.1, 0.2)  # clear
    assert not cannot_be_told(2, 1, 0.0, 0.0)  # exactly equal


@pytest.mark.parametrize("claims", [1, 8, 19, 26, 95, 200])
def test_so_many_pairs_as_are_asked_for_can_show_something(claims: int) -> None:
    enough = fewest(claims)
    assert enough >= FEWEST and 2.0 ** (1 - enough) <= 0.05 / claims
    assert enough == FEWEST or 2.0 ** (2 - enough) > 0.05 / claims
    assert cannot_be_told(enough - 1, claims, -1.0, 1.0) and not cannot_be_told(enough, claims, -1.0, 1.0)
