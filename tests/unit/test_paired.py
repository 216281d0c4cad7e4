"""Paired intervals and Holm's step-down against sums by hand, scipy, and what they promise."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scenarios.paired import FEWEST, Difference, cannot_be_told, holm, paired


def found(mean: float, error: float = 1.0, pairs: int = 10) -> Difference:
    return Difference(mean, error, pairs)


def test_the_paired_interval_by_hand() -> None:
    """Differences 1, 2, 3, 6: mean 3, variance 14 / 3, standard error sqrt(14 / 12), t(3, 0.975) = 3.18245."""
    one = paired([11.0, 22.0, 33.0, 46.0], [10.0, 20.0, 30.0, 40.0])
    assert one is not None
    assert (one.mean, one.pairs) == (3.0, 4)
    assert one.error == pytest.approx((14 / 12) ** 0.5)
    assert one.interval() == pytest.approx((3 - 3.18245 * (14 / 12) ** 0.5, 3 + 3.18245 * (14 / 12) ** 0.5), abs=1e-4)


def test_interval_and_p_agree_with_scipy() -> None:
    values, against = np.random.default_rng(1).normal([[0.3], [0.0]], 1.0, (2, 12))
    one, theirs = paired(values.tolist(), against.tolist()), stats.ttest_rel(values, against)
    assert one is not None
    assert one.p == pytest.approx(theirs.pvalue)
    assert one.interval(0.01) == pytest.approx(tuple(theirs.confidence_interval(0.99)))


def test_constant_differences_have_no_width() -> None:
    same, more = paired([0.1, 0.2, 0.3], [0.1, 0.2, 0.3]), paired([3.0, 4.0, 5.0], [1.0, 2.0, 3.0])
    assert same is not None and more is not None
    assert (same.mean, same.p, same.interval()) == (0.0, 1.0, (0.0, 0.0))
    assert (more.mean, more.p, more.interval()) == (2.0, 0.0, (2.0, 2.0))
    assert [claim.clear for claim in holm([same, more])] == [False, True]


def test_pairs_without_both_values_are_left_out_and_one_pair_is_not_enough() -> None:
    one = paired([1.0, None, 3.0, 9.0], [0.0, 5.0, None, 7.0])
    assert one is not None and (one.mean, one.pairs) == (1.5, 2)
    assert paired([1.0, None], [0.0, 5.0]) is None
    assert paired([None, None], [None, None]) is None


def test_holm_by_hand() -> None:
    """P-values 0.005, 0.011, 0.02, 0.04 against 0.05/4, 0.05/3, 0.05/2, 0.05: all are clear; 0.03 as third is not,
    and then neither is 0.04, though it is below its own 0.05.
    """

    def with_p(p: float) -> Difference:
        return found(-float(stats.t.ppf(p / 2, 9)))

    assert [claim.clear for claim in holm([with_p(p) for p in (0.04, 0.005, 0.02, 0.011)])] == [True] * 4
    claims = holm([with_p(p) for p in (0.04, 0.005, 0.03, 0.011)])
    assert [claim.clear for claim in claims] == [False, True, False, True]
    for claim, (p, level) in zip(
        claims, ((0.04, 0.025), (0.005, 0.0125), (0.03, 0.025), (0.011, 0.05 / 3)), strict=True
    ):
        one = with_p(p)
        assert one.p == pytest.approx(p)
        assert (claim.low, claim.high) == pytest.approx(one.interval(level))


def test_nothing_to_judge() -> None:
    assert holm([]) == []


FAMILIES = st.lists(st.tuples(st.floats(-6, 6), st.sampled_from([0.0, 0.5, 1.0]), st.integers(2, 30)), max_size=12)


@given(FAMILIES)
def test_intervals_leave_0_out_exactly_where_the_difference_is_clear(family: list[tuple[float, float, int]]) -> None:
    differences = [Difference(*each) for each in family]
    claims = holm(differences)
    for one, claim in zip(differences, claims, strict=True):
        assert claim.clear is (claim.low > 0 or claim.high < 0)
        low, high = one.interval()
        assert claim.low <= low and high <= claim.high
    clear = sum(claim.clear for claim in claims)
    bonferroni = sum(one.p < 0.05 / len(differences) for one in differences)
    plain = sum(one.p < 0.05 for one in differences)
    assert bonferroni <= clear <= plain


def test_a_wrong_claim_in_a_family_is_rare() -> None:
    """2,000 families of 10 true "no difference" each: any claim in at most 5 % (standard error 0.5 points)."""
    rng = np.random.default_rng(3)
    wrong = 0
    for _ in range(2000):
        samples = rng.standard_normal((10, 8))
        claims = holm([Difference(float(row.mean()), float(row.std(ddof=1)) / 8**0.5, 8) for row in samples])
        wrong += any(claim.clear for claim in claims)
    assert wrong / 2000 < 0.05 + 3 * 0.005


def test_an_interval_stays_within_what_a_difference_can_be() -> None:
    """Shares differ by 100 points at most; two pairs would give -385 to +364 points."""
    bounded, unbounded = (paired([0.5, 0.99], [0.9, 0.8], most) for most in (1.0, inf))
    assert bounded is not None and bounded.interval() == (-1.0, 1.0)
    assert unbounded is not None and unbounded.interval() == pytest.approx((-3.853, 3.643), abs=1e-3)


def test_few_pairs_with_an_interval_around_0_cannot_be_told() -> None:
    assert cannot_be_told(2, -1.0, 1.0) and cannot_be_told(FEWEST - 1, -0.1, 0.0)
    assert not cannot_be_told(FEWEST, -1.0, 1.0)  # chance explains it
    assert not cannot_be_told(2, 0.1, 0.2)  # clear
    assert not cannot_be_told(2, 0.0, 0.0)  # exactly equal
