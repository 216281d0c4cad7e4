"""MSER-5 on series whose transient is known, and on the queue that ``cardflow queue`` simulates; seeds are fixed."""

import math

import numpy as np
import pytest

from scenarios.experiment.warm_up import mser5
from sim.contact.fast import idle, serve
from sim.contact.steady import WARM_UP_TIMES, warm_up

HANDLE = 6.0


def autoregressive(seed: int, length: int, correlation: float, start: float) -> np.ndarray:
    """x_t = correlation x_(t-1) + a standard normal: mean 0 in the long run, start x correlation^t on the way."""
    shocks, values, last = np.random.default_rng(seed).normal(size=length), np.empty(length), start
    for number, shock in enumerate(shocks.tolist()):
        values[number] = last = correlation * last + shock
    return values


@pytest.mark.parametrize("start", [30.0, 100.0])
def test_a_known_transient_is_cut(start: float) -> None:
    # the transient is as large as the long-run spread 1 / sqrt(1 - c^2) after log(start / spread) / log(1 / c) steps
    correlation, runs = 0.9, [autoregressive(seed, 2000, 0.9, start) for seed in range(200)]
    expected = math.log(start * math.sqrt(1 - correlation**2)) / math.log(1 / correlation)
    cuts = [mser5(run) for run in runs]
    assert None not in cuts
    assert 0.5 * expected <= np.median(cuts) <= 2 * expected
    rest = [run[cut:].mean() for run, cut in zip(runs, cuts, strict=True)]
    error = np.std(rest, ddof=1) / math.sqrt(len(rest))
    assert abs(np.mean(rest)) <= 3 * error
    assert abs(np.mean([run.mean() for run in runs])) > 3 * error  # uncut, the start shows


def test_without_a_transient_hardly_anything_is_cut() -> None:
    cuts = [mser5(autoregressive(seed, 2000, 0.5, 0.0)) for seed in range(100)]
    assert np.median(cuts) == 0


def test_a_large_mean_does_not_matter() -> None:
    run = autoregressive(3, 2000, 0.9, 100.0)
    assert mser5(run + 1e9) == mser5(run) == mser5(-7 * run)


def test_it_is_the_formula() -> None:
    run = autoregressive(4, 203, 0.9, 20.0)
    groups = run[:200].reshape(40, 5).mean(axis=1)
    errors = [groups[cut:].var() / (40 - cut) for cut in range(21)]
    assert mser5(run) == 5 * int(np.argmin(errors))


def test_what_is_too_short_or_still_on_its_way_has_no_cut() -> None:
    assert mser5(np.arange(49.0)) is None
    assert mser5(np.arange(400.0)) is None
    with pytest.raises(ValueError, match="finite"):
        mser5(np.array([1.0, math.nan] * 50))
    with pytest.raises(ValueError, match="one dimension"):
        mser5(np.ones((60, 2)))


TIMES, STEPS = 40, 10
"""Relaxation times that are looked at, and intervals in each."""


def mean_waits(rate: float, seats: int, patience: float | None, relaxation: float, seed: int) -> np.ndarray:
    """Of a queue that starts empty, the mean minutes waited by those who ring in each interval."""
    rng, end = np.random.default_rng(seed), TIMES * relaxation
    times = np.cumsum(rng.exponential(1 / rate, int(1.2 * rate * end + 50 * math.sqrt(rate * end) + 50)))
    times = times[times < end]
    handle = rng.exponential(HANDLE, len(times))
    ready = np.full(len(times), math.inf) if patience is None else rng.exponential(patience, len(times))
    wait = np.minimum(serve(idle(seats), seats, times, handle, ready), ready)
    interval = np.minimum((times / relaxation * STEPS).astype(int), TIMES * STEPS - 1)
    sums, counts = (np.bincount(interval, weights, TIMES * STEPS) for weights in (wait, None))
    return sums / np.maximum(counts, 1)


@pytest.mark.parametrize(
    ("seats", "busy", "patience"),
    [(1, 0.8, None), (12, 0.8, None), (60, 0.9, None), (60, 0.8, 3.0), (12, 1.1, 3.0), (60, 1.1, 20.0)],
)
def test_the_queue_calculator_warms_up_no_shorter_than_mser5_cuts(seats: int, busy: float, patience: float) -> None:
    """The middle of 15 cuts, each of 40 runs averaged; and, sharper, no bias is left just after the warm-up.

    A single cut is noisy: of averages over 200 runs 2 or 3 in 20 lie beyond the warm-up for two of these queues, which
    averages over 4,000 runs cut at less than two thirds of it.
    """
    rate = busy * seats / HANDLE
    minutes = warm_up(rate, HANDLE, patience, seats)
    relaxation = minutes / WARM_UP_TIMES
    runs = np.array([mean_waits(rate, seats, patience, relaxation, seed) for seed in range(600)])
    cuts = [mser5(part.mean(axis=0)) for part in np.split(runs, 15)]
    assert np.median([math.inf if cut is None else cut * relaxation / STEPS for cut in cuts]) <= minutes
    after = WARM_UP_TIMES * STEPS
    off = runs[:, after : after + 20].mean(axis=1) - runs[:, 2 * after :].mean(axis=1)
    assert abs(off.mean()) <= 3 * off.std(ddof=1) / math.sqrt(len(off))
    assert runs[:, :STEPS].mean() < 0.9 * runs[:, 2 * after :].mean()  # there was something to forget
