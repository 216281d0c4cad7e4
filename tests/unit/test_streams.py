from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.calendar import Calendar
from sim.draws import correlated
from sim.quantiles import binomial, binomials, poisson, poissons
from sim.streams import Streams

WEEK = Calendar(date(2026, 4, 1), date(2026, 4, 7))


def test_the_same_name_gives_the_same_numbers_whatever_else_is_drawn() -> None:
    alone = Streams(1, 1).generator("a").random(5)
    streams = Streams(1, 1)
    streams.generator("b").random(100)
    assert np.array_equal(streams.generator("a").random(5), alone)


def test_seed_replication_name_and_block_each_matter() -> None:
    drawn = {
        Streams(seed, replication).generator(name, block).random()
        for seed in (1, 2)
        for replication in (1, 2)
        for name in ("a", "b")
        for block in (0, 1)
    }
    assert len(drawn) == 16


def test_daily_numbers_are_tied_to_the_date_not_to_the_start() -> None:
    longer = Calendar(date(2025, 11, 3), date(2027, 1, 31))
    offset = longer.index(WEEK.first)
    for draw in ("daily_uniforms", "daily_normals"):
        short = getattr(Streams(1, 1), draw)("a", WEEK)
        assert np.array_equal(getattr(Streams(1, 1), draw)("a", longer)[offset : offset + WEEK.days], short)


def test_large_seeds_differ_from_their_low_words() -> None:
    assert Streams(1, 1).uniform("a") != Streams(1 + 2**32, 1).uniform("a")


ROUNDING = 1e-9
"""Where a probability meets u to within rounding, either neighbour is the quantile."""


@settings(deadline=None)  # the first call compiles
@given(st.floats(0.001, 0.999), st.floats(1e-6, 1e6))
def test_poisson_counts_are_the_quantiles(u: float, mean: float) -> None:
    count = poisson(u, mean)
    assert count == poissons(np.array([u]), np.array([mean]))[0]
    assert stats.poisson.cdf(count - 1, mean) - ROUNDING <= u <= stats.poisson.cdf(count, mean) + ROUNDING


@settings(deadline=None)
@given(st.floats(0.001, 0.999), st.integers(1, 300_000), st.floats(1e-6, 1 - 1e-6))
def test_binomial_counts_are_the_quantiles(u: float, n: int, p: float) -> None:
    count = binomial(u, n, p)
    assert count == binomials(np.array([u]), np.array([n]), np.array([p]))[0]
    assert stats.binom.cdf(count - 1, n, p) - ROUNDING <= u <= stats.binom.cdf(count, n, p) + ROUNDING


@pytest.mark.parametrize(("n", "p", "count"), [(0, 0.5, 0), (7, 0.0, 0), (7, 1.0, 7), (1, 1e-30, 0)])
def test_what_cannot_happen_is_not_drawn(n: int, p: float, count: int) -> None:
    assert binomial(0.5, n, p) == count
    assert poisson(0.5, 0.0) == poissons(np.array([0.5]), np.array([0.0]))[0] == 0


@pytest.mark.parametrize("mean", [1e12, 1e17])
def test_more_than_can_be_told_one_by_one_is_drawn_all_the_same(mean: float) -> None:
    assert poisson(0.5, mean) == pytest.approx(mean) == poissons(np.array([0.5]), np.array([mean]))[0]


def test_noise_has_the_stated_correlation_and_variance() -> None:
    n, rho = 40_000, 0.7
    series = correlated(np.random.default_rng(1).standard_normal(n), rho)
    # standard errors of a first-order autoregression: variance 2/n (1+rho^2)/(1-rho^2), correlation (1-rho^2)/n
    assert abs(series.var() - 1) < 4 * np.sqrt(2 / n * (1 + rho**2) / (1 - rho**2))
    assert abs(np.corrcoef(series[1:], series[:-1])[0, 1] - rho) < 4 * np.sqrt((1 - rho**2) / n)


def test_a_dated_stream_gives_a_day_its_numbers_whatever_else_was_drawn() -> None:
    first, second = Streams(1, 1).dated("calls"), Streams(1, 1).dated("calls")
    monday, tuesday = date(2026, 4, 6), date(2026, 4, 7)
    first.on(monday, 0).random(1000)
    first.on(monday, 1).standard_normal(777)
    assert np.array_equal(first.on(tuesday, 0).random(5), second.on(tuesday, 0).random(50)[:5])
    assert np.array_equal(first.on(monday, 1).standard_normal(3), second.on(monday, 1).standard_normal(9)[:3])
    assert not np.array_equal(first.on(monday, 0).random(5), first.on(tuesday, 0).random(5))
    assert not np.array_equal(first.on(monday, 0).random(5), first.on(monday, 1).random(5))
