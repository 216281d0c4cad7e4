"""Urgent calls before ordinary ones, against Cobham's formula: within three standard errors, fixed seeds.

One agent, Poisson calls, handle times of any distribution, nobody hangs up, urgent first without interrupting. With
rates l1 (urgent) and l2, mean handle time E, second moment E2 and loads p = l E, the mean waits are

    W1 = R / (1 - p1),   W2 = R / ((1 - p1) (1 - p1 - p2)),   R = (l1 + l2) E2 / 2

(Cobham, *Priority assignment in waiting line problems*, 1954; Gross et al., *Fundamentals of Queueing Theory*, 3.4).
Without urgent calls W2 is the formula of Pollaczek and Khinchine.
"""

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import t as student

from sim.contact import fast, plain
from sim.contact.calls import NO_LIMIT, Calls, DayOfCalls, Shift, State

HANDLE = 3.0
BATCHES = 20
ALWAYS = Shift(np.ones(48, dtype=np.int64), np.ones(48, dtype=bool), NO_LIMIT)
RunDay = Callable[[State, Calls, Shift], DayOfCalls]
Draw = Callable[[np.random.Generator, int], np.ndarray]


def lognormal(rng: np.random.Generator, count: int) -> np.ndarray:
    """Mean 1, squared coefficient of variation exp(0.6^2) - 1 = 0.43."""
    return rng.lognormal(-0.18, 0.6, count)


def hyperexponential(rng: np.random.Generator, count: int) -> np.ndarray:
    """Mean 1: three in four calls short (mean 0.4), one in four long (mean 2.8)."""
    return rng.exponential(np.where(rng.random(count) < 0.75, 0.4, 2.8))


SECOND = {lognormal: math.exp(0.36), hyperexponential: 2 * (0.75 * 0.4**2 + 0.25 * 2.8**2)}


def cobham(busy: float, urgent: float, second: float) -> tuple[float, float]:
    """Mean waits of urgent and ordinary calls in minutes; ``urgent`` is the share of calls, ``second`` E2 / E^2."""
    residual = busy * second * HANDLE / 2
    first = 1 - busy * urgent
    return residual / first, residual / (first * (1 - busy))


def day_of_calls(rng: np.random.Generator, busy: float, urgent: float, draw: Draw) -> Calls:
    count = int(rng.poisson(busy / HANDLE * 1440))
    none = np.zeros(count, dtype=np.int64)
    times, ever = np.sort(rng.uniform(0, 1440, count)), np.full(count, math.inf)
    return Calls.of(times, HANDLE * draw(rng, count), ever, none + 1.0, none, rng.random(count) < urgent, none, none)


def waits(run_day: RunDay, days: int, busy: float, urgent: float, draw: Draw) -> tuple[np.ndarray, np.ndarray]:
    """Batch means of waits, urgent and ordinary, each of ``days / BATCHES`` days, after as long a warm-up."""
    rng, state = np.random.default_rng(13), State.empty()
    sums = np.zeros((2, 2, BATCHES + 1))
    for day in range(days * (BATCHES + 1) // BATCHES):
        told = run_day(state, day_of_calls(rng, busy, urgent, draw), ALWAYS)
        state, batch = told.state, day * BATCHES // days
        for kind, chosen in enumerate((told.attempts.urgent, ~told.attempts.urgent)):
            sums[:, kind, batch] += told.attempts.wait[chosen].sum(), chosen.sum()
    urgent_means, ordinary_means = sums[0, :, 1:] / np.maximum(sums[1, :, 1:], 1)
    return urgent_means, ordinary_means


def agrees(batches: np.ndarray, theory: float) -> None:
    error = batches.std(ddof=1) / math.sqrt(len(batches))
    # as unlikely as three standard errors, with so many batches to judge the error by
    assert abs(batches.mean() - theory) <= student.ppf(0.99865, len(batches) - 1) * error, (batches.mean(), theory)
    assert error < 0.1 * theory  # or the test would say nothing


@pytest.mark.parametrize("draw", [lognormal, hyperexponential])
@pytest.mark.parametrize("urgent", [0.0, 0.1, 0.5])
@pytest.mark.parametrize("busy", [0.5, 0.7, 0.85])
def test_waits_of_the_compiled_queue_are_cobhams(busy: float, urgent: float, draw: Draw) -> None:
    found = waits(fast.run_day, 800, busy, urgent, draw)
    expected = cobham(busy, urgent, SECOND[draw])
    if urgent:
        agrees(found[0], expected[0])
    agrees(found[1], expected[1])


def test_waits_of_the_plain_processes_are_cobhams() -> None:
    # Batches of 12 days: with 5 days they are so skewed that 2 seeds in 300 fall outside (this one did), though the
    # mean over all 300 is the formula's, and the compiled queue gives the same numbers on each.
    found = waits(plain.run_day, 240, 0.7, 0.3, hyperexponential)
    for batches, theory in zip(found, cobham(0.7, 0.3, SECOND[hyperexponential]), strict=True):
        agrees(batches, theory)
