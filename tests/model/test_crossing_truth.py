"""Known truth: curves whose crossing is known, from jumps to gentle ones, and how often a sweep's interval holds it."""

import numpy as np
import pytest

from scenarios.sweep.crossing import PROBABILITY, crossing

SETS = 60
GAPS = (0.001, 0.1, 0.3, 1.0)
"""How gentle the logistic curve is, in gaps between two points: the first jumps from 0 to 1."""
ERROR = np.sqrt(0.95 * 0.05 / (SETS * len(GAPS)))


def found(points, replications, shared, gentle, falls=False, sets=SETS):
    """Of many made-up sweeps the true crossing and what is told; luck is shared by the points of a replication, or not.

    The crossing lies anywhere between the ends of the grid.
    """
    luck = np.random.default_rng([points, replications, shared, round(1000 * gentle), falls])
    values = np.arange(points, dtype=np.float64)
    told = []
    for seed in range(sets):
        truth = luck.uniform(0, points - 1)
        middle = truth - gentle * np.log(PROBABILITY / (1 - PROBABILITY))
        chance = 1 / (1 + np.exp(-np.clip((values - middle) / gentle, -500, 500)))
        met = (luck.random((replications, 1 if shared else points)) < chance).astype(np.float64)
        if falls:
            told.append((-truth, crossing((-values[::-1]).tolist(), met[:, ::-1], seed)))
        else:
            told.append((truth, crossing(values.tolist(), met, seed)))
    return [(truth, one) for truth, one in told if one is not None]


def ends(one):
    return -np.inf if one.low is None else one.low, np.inf if one.high is None else one.high


def coverage(told):
    return float(np.mean([low <= truth <= high for truth, one in told for low, high in [ends(one)]]))


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("replications", [5, 20, 40])
@pytest.mark.parametrize("points", [3, 5, 9])
def test_the_interval_holds_the_crossing_as_often_as_it_says(points, replications, shared):
    told = [one for gentle in GAPS for one in found(points, replications, shared, gentle)]
    assert coverage(told) > 0.95 - 3 * ERROR
    closed = [one.high for _, one in told if None not in (one.low, one.high)]
    assert (len(closed) > 0) == (replications >= 16)


def test_the_interval_holds_the_whole_gap_in_which_all_changes_wherever_in_it():
    told = found(3, 5, shared=True, gentle=1e-9, sets=200)
    for truth, one in told:
        below, above = one.between
        assert below <= truth <= above == below + 1 and one.low == below and ends(one)[1] >= above


def test_many_replications_at_many_points_tell_it_well():
    told = found(25, 40, shared=True, gentle=1.0)
    assert np.median([np.subtract(*reversed(ends(one))) for _, one in told]) <= 6


def test_a_falling_curve_is_the_mirror_image():
    told = found(9, 20, shared=True, gentle=0.3, falls=True, sets=200)
    assert coverage(told) > 0.95 - 3 * np.sqrt(0.95 * 0.05 / 200)
    assert not any(one.rises for _, one in told)
