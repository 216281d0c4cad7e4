"""Hall's transformation by hand, and the error that it mends."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from scenarios.compare.skewed import doubt, p_values, reach, skewness, transformed, turned_back


def test_the_transformation_by_hand() -> None:
    """T = -3, skewness 2, n = 25: -3 + 2 * 9 / 15 - 4 * 27 / 675 + 2 / 30 = -1.8933."""
    found = transformed(np.array(-3.0), np.array(2.0), 25)
    assert float(found) == pytest.approx(-3 + 1.2 - 0.16 + 1 / 15)
    closed = 5 / 2 * ((1 + 2 * -3 / 15) ** 3 - 1) + 2 / 30
    assert float(found) == pytest.approx(closed)
    assert float(transformed(np.array(1.7), np.array(0.0), 25)) == 1.7


@given(st.floats(-8, 8), st.floats(-3, 3), st.integers(3, 200))
@example(t=1.0, skew=1e-9, n=6)
def test_it_can_be_turned_back(t: float, skew: float, n: int) -> None:
    there = float(transformed(np.array(t), np.array(skew), n))
    assert float(transformed(np.array(turned_back(there, skew, n)), np.array(skew), n)) == pytest.approx(
        there, abs=1e-6
    )


def test_skewness_and_its_standard_error() -> None:
    values = np.random.default_rng(2).exponential(size=(3, 12))
    assert skewness(values) == pytest.approx(stats.skew(values, axis=1, bias=False))
    assert skewness(np.array([1.0, 1.0, 1.0])) == skewness(np.array([1.0, 4.0])) == 0 == doubt(2)
    measured = skewness(np.random.default_rng(3).standard_normal((20_000, 20))).std()
    assert doubt(20) == pytest.approx(measured, rel=3 / 200)  # a spread of 20,000 has a standard error of 0.5 %


def test_p_values_and_intervals_speak_alike() -> None:
    for t in (-9.0, -2.5, -0.3, 0.4, 3.0, 7.0):
        for skew in (-2.0, 0.0, 1.0):
            p = float(p_values(np.array(t), np.array(skew), 15))
            for level in (p * 0.999, min(p * 1.001, 1.0)):
                down, up = reach(level, skew, 15)
                excludes = t - down > 0 or t + up < 0
                assert excludes is (p < level) or p > 0.99


def test_too_early_claims_of_one_skewed_mean_are_mended() -> None:
    """20 exponential numbers with mean 0: at 1 %, Student's t claims 4 times too often; 40,000 samples."""
    samples = np.random.default_rng(4).exponential(size=(40_000, 20)) - 1
    t = samples.mean(axis=1) / samples.std(axis=1, ddof=1) * 20**0.5
    plain = (2 * stats.t.sf(abs(t), 19) < 0.01).mean()
    mended = (p_values(t, skewness(samples), 20) < 0.01).mean()
    assert plain > 0.03
    assert mended < 0.01 + 3 * (0.01 / 40_000) ** 0.5
