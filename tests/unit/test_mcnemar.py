"""Shares of the same replications: McNemar's exact test against scipy, Tango's interval against published examples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scenarios.compare.mcnemar import MetDifference, met_difference, score


@pytest.mark.parametrize(
    ("gained", "lost", "pairs", "level", "low", "high"),
    [
        # Tango 1998, section 6.1: soft contact lenses, 44 subjects, one served by the standard alone; prints -0.096
        (0, 1, 44, 0.1, -0.096, None),
        # Fagerland, Lydersen and Laake (Statistics in Medicine 33, 2014, 2850-2875), airway hyper-responsiveness
        (1, 7, 21, 0.05, -0.517, -0.026),
    ],
)
def test_tangos_interval_on_published_examples(
    gained: int, lost: int, pairs: int, level: float, low: float, high: float | None
) -> None:
    found = MetDifference(gained, lost, pairs).interval(level)
    assert found[0] == pytest.approx(low, abs=0.0005)
    assert high is None or found[1] == pytest.approx(high, abs=0.0005)


def test_tangos_statistic_on_his_own_example_and_by_hand() -> None:
    """He prints 1.709 for a difference of -0.1; of no difference it is McNemar's (b - c) / sqrt(b + c)."""
    assert score(-0.1, 0, 1, 44) == pytest.approx(1.709, abs=0.0005)
    assert score(0.0, 9, 2, 30) == pytest.approx(7 / 11**0.5)


def test_with_nothing_apart_the_interval_has_a_closed_form() -> None:
    """Of n pairs without any apart, all differences d with n d^2 <= z^2 |d| (1 - |d|) stay: z^2 / (n + z^2)."""
    z2 = stats.norm.ppf(0.975) ** 2
    for pairs in (5, 20, 200):
        low, high = MetDifference(0, 0, pairs).interval()
        assert (low, high) == pytest.approx((-z2 / (pairs + z2), z2 / (pairs + z2)), abs=1e-9)


def test_airway_example_by_the_exact_test() -> None:
    """1 against 7 of 8: 2 (1 + 8) / 256 = 0.0703."""
    assert MetDifference(1, 7, 21).p == 2 * 9 / 256


COUNTS = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40)).filter(lambda n: sum(n) > 1)


@given(COUNTS)
def test_the_test_is_scipys_and_shows_no_more_than_so_many_pairs_can(counts: tuple[int, int, int]) -> None:
    gained, lost, _ = counts
    one = MetDifference(gained, lost, sum(counts))
    apart = gained + lost
    assert one.p == pytest.approx(stats.binomtest(gained, apart, 0.5).pvalue if apart else 1.0)
    assert 2.0 ** (1 - one.pairs) <= one.p <= 1


@given(COUNTS, st.sampled_from([0.05, 0.005, 0.1]))
def test_the_interval_holds_what_was_seen_and_turns_with_the_sides(counts: tuple[int, int, int], level: float) -> None:
    gained, lost, _ = counts
    one, other = MetDifference(gained, lost, sum(counts)), MetDifference(lost, gained, sum(counts))
    low, high = one.interval(level)
    assert -1 <= low <= one.mean <= high <= 1
    assert other.interval(level) == pytest.approx((-high, -low), abs=1e-9)
    tested = one.tested(level)
    assert tested[0] <= low and high <= tested[1]
    if tested[0] > 0 or tested[1] < 0:
        assert one.p <= level


def test_three_of_three_tell_nothing_and_what_is_the_same_differs_by_nothing() -> None:
    three = MetDifference(3, 0, 3)
    low, high = three.tested(0.05)
    assert three.p == 0.25 and low < 0 < high == 1
    assert MetDifference(0, 0, 20, same=True).tested(0.05) == (0.0, 0.0)
    assert MetDifference(0, 0, 20).tested(0.05) == pytest.approx((-0.161, 0.161), abs=0.001)


def test_pairs_without_both_words_are_left_out() -> None:
    own, other = [True, None, False, True, True], [False, True, True, None, True]
    assert met_difference(own, other) == MetDifference(1, 1, 3)
    assert met_difference([True, None], [None, True]) is None


@pytest.mark.parametrize("apart", [(0.05, 0.02), (0.3, 0.1), (0.0, 0.1), (0.5, 0.45)])
@pytest.mark.parametrize("pairs", [20, 40])
def test_tangos_interval_keeps_its_promise(apart: tuple[float, float], pairs: int) -> None:
    """The exact coverage, over all outcomes of a trinomial: 95 % on average, and never far below."""
    gain, loss = apart
    covered = 0.0
    for gained in range(pairs + 1):
        for lost in range(pairs + 1 - gained):
            chance = stats.multinomial.pmf([gained, lost, pairs - gained - lost], pairs, [gain, loss, 1 - gain - loss])
            if chance > 1e-7:
                low, high = MetDifference(gained, lost, pairs).interval()
                covered += chance * (low - 1e-9 <= gain - loss <= high + 1e-9)
    assert covered > 0.925
    assert np.isfinite(covered)
