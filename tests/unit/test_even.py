"""Numbers evenly spread over replications: each by itself, every beginning, names apart; none where that is asked."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy import stats

from scenarios.size.fresh import FIRST
from sim.calendar import Calendar
from sim.even import block, parts, scramblings
from sim.streams import EVEN, Floats, Streams

WEEK = Calendar(date(2026, 4, 1), date(2026, 4, 7))
ALPHA = 1e-3
"""A right program fails a test of this level for one choice of seeds in a thousand."""


def numbers(name: str, seed: int, replications: range) -> Floats:
    return np.array([Streams(seed, replication).uniform(name, 2026) for replication in replications])


def test_parts_without_a_swap_are_van_der_corputs_sequence() -> None:
    none = np.zeros((1, 2), dtype=np.uint8)
    assert [int(parts(place, none, 3)[0]) for place in range(9)] == [0, 4, 2, 6, 1, 5, 3, 7, 0]


def test_a_swap_moves_only_what_lies_below_it() -> None:
    # four bits a level: of the second the first two are of the lower half, by the last bit of the place
    below = np.array([[0b0011_0000, 0]], dtype=np.uint8)
    assert [int(parts(place, below, 3)[0]) for place in range(8)] == [2, 4, 0, 6, 3, 5, 1, 7]


def test_blocks_change_places_as_wholes() -> None:
    assert [block(place, np.zeros(1, dtype=np.uint8), 3) for place in range(9)] == [*range(8), 0]
    # the first bit swaps the halves; the third one the halves of the second half
    assert [block(place, np.array([0b0000_0101], dtype=np.uint8), 3) for place in range(8)] == [6, 7, 4, 5, 0, 1, 2, 3]


@pytest.mark.parametrize("seed", [1, 2, 2**40])
def test_every_beginning_has_one_in_each_part(seed: int) -> None:
    u = numbers("demand/move/year", seed, range(1, 129))
    for count in (2, 4, 8, 16, 128):
        assert sorted((u[:count] * count).astype(int)) == list(range(count))
    assert len(set((u[:20] * 32).astype(int))) == 20  # and in between


def test_a_day_and_a_normal_are_spread_too() -> None:
    days = np.array([Streams(1, number).daily_uniforms("a", WEEK) for number in range(1, 33)])
    normals = np.array([Streams(1, number).daily_normals("a", WEEK) for number in range(1, 33)])
    assert (np.sort((days * 32).astype(int), axis=0) == np.arange(32)[:, None]).all()
    assert stats.norm.cdf(normals) == pytest.approx(days, abs=1e-12)


def test_each_replication_is_uniform_over_seeds() -> None:
    for replication in (1, 2, 20, EVEN):
        u = [Streams(seed, replication).uniform("a") for seed in range(2000)]
        assert stats.kstest(u, "uniform").pvalue > ALPHA / 4  # four tests of one level together


def test_days_of_one_replication_are_independent_standard_normals() -> None:
    calendar = Calendar(date(2020, 1, 1), date(2029, 12, 31))
    normals = Streams(1, 3).daily_normals("a", calendar)
    assert stats.kstest(normals, "norm").pvalue > ALPHA / 2
    bound = stats.norm.isf(ALPHA / 4) / np.sqrt(normals.size)
    assert abs(np.corrcoef(normals[1:], normals[:-1])[0, 1]) < bound


def test_names_and_years_are_independent() -> None:
    """Over seeds: over the replications of one seed two evenly spread numbers have no simple law."""
    one, other, later = (
        np.array([Streams(seed, 2).uniform(name, block) for seed in range(2000)])
        for name, block in (("a", 2026), ("b", 2026), ("a", 2027))
    )
    bound = stats.norm.isf(ALPHA / 4) / np.sqrt(2000)
    assert abs(np.corrcoef(one, other)[0, 1]) < bound
    assert abs(np.corrcoef(one, later)[0, 1]) < bound
    products = [
        np.mean((numbers("a", seed, range(1, 17)) - 0.5) * (numbers("b", seed, range(1, 17)) - 0.5))
        for seed in range(400)
    ]
    assert abs(np.mean(products)) < stats.norm.isf(ALPHA / 2) * np.std(products) / np.sqrt(400)


def test_means_over_a_run_vary_far_less_than_of_independent_numbers() -> None:
    even, apart = (
        np.var([numbers("a", seed, range(first, first + 20)).mean() for seed in range(400)]) for first in (1, FIRST)
    )
    assert even < 0.1 / 12 / 20
    # a variance of 400 has a standard error of sqrt(2 / 399) of itself, about
    assert apart == pytest.approx(1 / 12 / 20, rel=4 * np.sqrt(2 / 399))


def test_what_two_numbers_do_together_varies_little_more_than_of_independent_ones() -> None:
    """Halves that came in the same order for every name would go together in every replication of a run.

    Two of a pair are in opposite halves of both, so their products are alike: twice the variance at most.
    """
    products = [
        np.mean((numbers("a", seed, range(1, 21)) - 0.5) * (numbers("b", seed, range(1, 21)) - 0.5))
        for seed in range(400)
    ]
    independent = 1 / 144 / 20
    assert np.var(products) < 2 * independent * (1 + 4 * np.sqrt(2 / 399))


def test_fresh_replications_are_independent_of_each_other() -> None:
    u = numbers("demand/move/year", 1, range(FIRST, FIRST + 1024))
    counts = np.bincount((u * 1024).astype(int), minlength=1024)
    assert 1024 - np.count_nonzero(counts) == pytest.approx(
        1024 / np.e, rel=0.15
    )  # by lot, e^-1 of the parts are empty
    pairs = np.corrcoef(u[::2], u[1::2])[0, 1]
    assert abs(pairs) < stats.norm.isf(ALPHA / 2) / np.sqrt(512)
    assert stats.kstest(u, "uniform").pvalue > ALPHA


def test_more_than_one_scrambling_at_a_time_are_as_each_alone() -> None:
    swapped = scramblings(np.random.default_rng(1), 5)
    together = parts(77, swapped)
    assert together.tolist() == [int(parts(77, swapped[at : at + 1])[0]) for at in range(5)]


@pytest.mark.parametrize(("count", "bits"), [(1, 1), (1, 2), (3, 2), (5, 3), (366, 10)])
def test_scramblings_are_the_bytes_of_the_generator(count: int, bits: int) -> None:
    rows = scramblings(np.random.Generator(np.random.PCG64(3)), count, bits)
    assert rows.tobytes() == np.random.Generator(np.random.PCG64(3)).bytes(rows.size)
    assert rows.shape == (count, max(-(-(bits << bits) // 16), 1))
