"""Intervals hold the truth as often as they say, where the truth is known; seeds are fixed.

Coverage counted over many seeds has the binomial standard error sqrt(c (1 - c) / seeds); the tolerance is three of it.
"""

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import binom

from scenarios.experiment.precision import next_count
from scenarios.run.judge import mean_interval
from scenarios.run.words import wilson
from sim.contact.steady import simulate

SEEDS = 2000
Draw = Callable[[np.random.Generator, int], np.ndarray]
NORMAL: Draw = lambda rng, count: rng.normal(10.0, 1.0, count)  # noqa: E731
EXPONENTIAL: Draw = lambda rng, count: rng.exponential(1.0, count)  # noqa: E731


def three_errors(coverage: float, seeds: int = SEEDS) -> float:
    return 3 * math.sqrt(coverage * (1 - coverage) / seeds)


@pytest.mark.parametrize("count", [2, 5, 20, 60])
def test_the_interval_of_a_mean_holds_it_19_times_in_20(count: int) -> None:
    hits = 0
    for seed in range(SEEDS):
        low, high = mean_interval(NORMAL(np.random.default_rng(seed), count))
        hits += low <= 10.0 <= high
    assert hits / SEEDS == pytest.approx(0.95, abs=three_errors(0.95))


@pytest.mark.parametrize(("trials", "least"), [(5, 0.91), (20, 0.92), (100, 0.93)])
def test_the_wilson_interval_holds_a_probability_about_as_often(trials: int, least: float) -> None:
    """Counts are whole numbers, so that coverage jumps with the probability: 95 % on average, least near 0 and 1.

    Exact, by adding up binomial probabilities: nothing is drawn. The deepest dips lie at the ends.
    """
    successes = np.arange(trials + 1)
    bounds = np.array([wilson(int(number), trials) for number in successes])
    chances = np.linspace(0.005, 0.995, 199)
    held = (bounds[:, :1] <= chances) & (chances <= bounds[:, 1:])
    coverage = (binom.pmf(successes[:, None], trials, chances) * held).sum(axis=0)
    assert coverage.mean() == pytest.approx(0.95, abs=0.01)
    assert coverage[(chances > 0.2) & (chances < 0.8)].min() >= least
    assert coverage.min() >= 0.83


def stopped(draw: Draw, first: int, precision: float, seed: int) -> list[float]:
    """Replications until the rule stops, without a limit that matters."""
    rng = np.random.default_rng(seed)
    values = draw(rng, first).tolist()
    while True:
        low, high = mean_interval(values)
        assert low is not None and high is not None
        count = next_count(len(values), (high - low) / 2, precision, 10_000)
        if count == len(values):
            return values
        values += draw(rng, count - len(values)).tolist()


@pytest.mark.parametrize(
    ("draw", "truth", "first", "nominal", "loss"),
    [
        # stopping as soon as an interval is narrow costs coverage, as scenarios.experiment.precision says: little
        # from 20 on
        (NORMAL, 10.0, 5, 0.95, 0.02),
        (NORMAL, 10.0, 20, 0.95, 0.005),
        # skewed values lose some without any stopping: a fixed 20 of them hold the truth in 92 % of cases
        (EXPONENTIAL, 1.0, 5, 0.95, 0.12),
        (EXPONENTIAL, 1.0, 20, 0.95, 0.05),
    ],
    ids=["normal-5", "normal-20", "skewed-5", "skewed-20"],
)
def test_stopping_at_a_precision_costs_as_much_coverage_as_documented(
    draw: Draw, truth: float, first: int, nominal: float, loss: float
) -> None:
    hits, narrow = 0, 0
    for seed in range(SEEDS):
        low, high = mean_interval(stopped(draw, first, 0.3, seed))
        hits += low <= truth <= high
        narrow += (high - low) / 2 <= 0.3
    assert narrow == SEEDS
    assert nominal - loss - three_errors(nominal - loss) <= hits / SEEDS <= nominal + three_errors(nominal)


# rate, handle, patience, seats, hours: shares in the middle, near 1, and so near that most runs lose nobody
QUEUES = {
    "few agents": (9.4, 6.0, 3.0, 50, 15),
    "some lost": (1.0, 5.0, 2.0, 8, 13),
    "rarely lost": (9.4, 6.0, 3.0, 70, 15),
    "one in a thousand": (9.4, 6.0, 3.0, 75, 15),
    "hardly ever": (9.4, 6.0, 3.0, 80, 15),
    "a small centre": (1.0, 5.0, 2.0, 11, 13),
    "nobody waits": (9.4, 6.0, 0.0, 75, 15),
    "all wait": (9.4, 6.0, None, 75, 15),
}


@pytest.mark.parametrize("queue", QUEUES.values(), ids=QUEUES)
def test_intervals_of_shares_hold_the_formula_near_1_and_in_the_middle(queue) -> None:
    runs = [simulate(*queue, seed) for seed in range(150)]
    for name in ("answered_share", "within_20s_share"):
        figures = [getattr(found, name) for found in runs]
        assert sum(figure.low <= figure.theory <= figure.high for figure in figures) / len(runs) >= 0.93, name
        assert all(0 <= figure.low < figure.high <= 1 for figure in figures), name
    waits = [found.mean_wait_s for found in runs]
    # waits of a minimal run are rare and unequal: their interval holds less often than it says
    assert sum(wait.low <= wait.theory <= wait.high for wait in waits) / len(runs) >= 0.8


def test_where_nobody_is_lost_the_interval_says_how_little_that_tells() -> None:
    runs = [simulate(9.4, 6.0, 3.0, 80, 15, seed).answered_share for seed in range(6)]
    nobody = [found for found in runs if found.value == 1.0]
    assert nobody and all(found.low < found.theory < found.high == 1.0 for found in nobody)
    longer = simulate(9.4, 6.0, 3.0, 80, 1500, 1).answered_share
    assert longer.low > max(found.low for found in runs)


# Erlang A at moderate load is counted in test_queue_theory.py; this is the same without patience
def test_intervals_of_a_queue_without_patience_hold_erlang_c() -> None:
    # 40 runs x 95 %: fewer than 33 hits has probability 0.1 % if the intervals are right
    runs = [simulate(1.4, 6.0, None, 12, 200, seed) for seed in range(40)]
    for name in ("mean_wait_s", "within_20s_share", "utilisation"):
        figures = [getattr(found, name) for found in runs]
        assert sum(figure.low <= figure.theory <= figure.high for figure in figures) >= 33, name
