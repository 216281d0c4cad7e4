"""Hand-overs of 2022 tell of the share never collected as far as what else moves them lets them: by hand, on a line."""

from collections.abc import Mapping

import numpy as np
import pytest

from calibration.agreement import aims
from calibration.joint.coordinates import Coordinates, to_positions
from calibration.joint.handed_over import SHARE, handed_over
from calibration.problems import hand_over
from scenarios.files.load import load

COLLECTION, CAPACITY = "counters.collection_days", "systems.jpki_per_day@2016-01-01"
DEVIATIONS = {one.name: one.deviation for one in hand_over.UNCERTAIN}
A_SHARE = -2e7
"""Cards handed over fewer by the share; all figures alike."""


def counted(values: Mapping[str, float], a_day: float) -> dict[str, float]:
    """As published at a share of 0.035 and the time to collect assumed; capacity does nothing."""
    off = A_SHARE * (values[SHARE] - 0.035) - a_day * (values[COLLECTION] - 30)
    return {aim.id: aim.value + off for aim in aims(hand_over.NAME)}


def moments(a_day: float) -> tuple[float, float]:
    """Mean and standard deviation of the share after the figures, on a fine grid of the prior."""
    unknowns = Coordinates(load("baseline-fy2025").parameters)
    group = handed_over(unknowns, 1, lambda key, compute: compute(), lambda values: counted(values, a_day))
    grid = np.linspace(-4, 4, 801)
    z = np.zeros((grid.size, len(unknowns.names)))
    z[:, unknowns.names.index(SHARE)] = grid
    weights = np.exp(group.log_likelihood(z) - grid**2 / 2)
    shares = unknowns.values(SHARE, to_positions(grid))
    mean = float(np.average(shares, weights=weights))
    return mean, float(np.sqrt(np.average((shares - mean) ** 2, weights=weights)))


def test_the_share_is_told_as_well_as_the_figures_are_known() -> None:
    mean, deviation = moments(a_day=0.0)
    prior = 0.0051  # of the triangle 0.02, 0.03, 0.045: sqrt((a^2 + b^2 + c^2 - ab - ac - bc) / 18)
    days = np.array([0, 30, 55, 61])  # of a discrepancy of 200,000 / 1.96 cards that fades in a month
    alike = np.exp(-np.abs(days[:, None] - days[None, :]) / 365.25 * 12) + 1e-6 * np.eye(4)
    alone = 200_000 / 1.96 / -A_SHARE / np.sqrt(np.linalg.inv(alike).sum())
    assert deviation == pytest.approx(1 / np.hypot(1 / alone, 1 / prior), rel=0.15)
    assert 0.0317 < mean < 0.035


def test_a_time_to_collect_that_moves_all_as_much_leaves_little_to_tell() -> None:
    known, traded = moments(a_day=0.0), moments(a_day=40_000.0)
    assert traded[1] > 1.2 * known[1]
    assert traded[1] == pytest.approx(0.0051, rel=0.05)
    assert DEVIATIONS[COLLECTION] * 40_000 > 4 * 200_000 / 1.96
