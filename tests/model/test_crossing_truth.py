"""Known truth: logistic curves whose crossing is known, and how often the interval of a sweep holds it."""

import numpy as np
import pytest

from scenarios.sweep.crossing import PROBABILITY, crossing

MIDDLE, SCALE = 100.0, 10.0
TRUTH = MIDDLE + SCALE * np.log(PROBABILITY / (1 - PROBABILITY))
SETS = 200
POINTS = np.linspace(70, 160, 13)
ERROR = np.sqrt(0.95 * 0.05 / SETS)


def found(replications, shared, falls=False):
    """Of many made-up sweeps where each finds the crossing; luck is shared by the points of a replication, or not."""
    luck = np.random.default_rng([replications, shared, falls])
    chance = 1 / (1 + np.exp(-(POINTS - MIDDLE) / SCALE))
    size = (SETS, replications, 1 if shared else len(POINTS))
    every = (luck.random(size) < chance).astype(np.float64)
    values = (-POINTS[::-1] if falls else POINTS).tolist()
    told = [crossing(values, one[:, ::-1] if falls else one, seed) for seed, one in enumerate(every)]
    assert all(one.rises != falls for one in told)
    return told


def coverage(told, truth):
    low = np.array([-np.inf if one.low is None else one.low for one in told])
    high = np.array([np.inf if one.high is None else one.high for one in told])
    return float(((low <= truth) & (truth <= high)).mean())


@pytest.mark.parametrize(("replications", "shared"), [(5, True), (20, True), (20, False), (40, True)])
def test_the_interval_holds_the_crossing_as_often_as_it_says(replications, shared):
    told = found(replications, shared)
    assert abs(coverage(told, TRUTH) - 0.96) < 0.01 + 3 * ERROR  # 95 to 97 % of many more sets
    values = np.array([one.value for one in told if one.value is not None])
    assert replications < 16 or abs(np.median(values) - TRUTH) < 0.2 * SCALE
    closed = [one.high - one.low for one in told if None not in (one.low, one.high)]
    assert (len(closed) > 0) == (replications >= 16)
    assert not closed or np.median(closed) < 6 * SCALE / np.sqrt(replications / 20)


def test_a_falling_curve_is_the_mirror_image():
    assert coverage(found(20, True, falls=True), -TRUTH) > 0.95 - 3 * ERROR
