"""Morris and Sobol through our wrappers on functions whose answers are known."""

import numpy as np
import pytest
from SALib.test_functions import Ishigami

from scenarios.sweep.sensitivity import (
    elementary_effects,
    morris_design,
    morris_effects,
    sobol_design,
    sobol_shares,
)

S1, ST = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)
"""Ishigami's function with a = 7 and b = 0.1 (Ishigami and Homma 1990), worked out by hand."""


def ishigami(positions):
    return Ishigami.evaluate(np.pi * (2 * positions - 1))


def test_a_straight_function_has_its_slopes_as_effects_and_no_sigma():
    positions = morris_design(3, 6, seed=1)
    assert positions.shape == (24, 3) and set(np.round(3 * positions.ravel(), 9)) == {0, 1, 2, 3}
    found = morris_effects(positions, positions @ np.array([2.0, -5.0, 0.0]) + 7, seed=1)
    for own, slope in zip(found, (2.0, -5.0, 0.0), strict=True):
        assert (own.mu, own.mu_star, own.sigma) == pytest.approx((slope, abs(slope), 0.0), abs=1e-9)
        assert own.low == pytest.approx(own.high, abs=1e-9) == pytest.approx(abs(slope), abs=1e-9)
        assert (own.sigma_low, own.sigma_high) == pytest.approx((0.0, 0.0), abs=1e-9)


def test_one_input_moves_at_a_time():
    positions = morris_design(4, 5, seed=2).reshape(5, 5, 4)
    assert ((np.abs(np.diff(positions, axis=1)) > 1e-9).sum(axis=2) == 1).all()


def test_an_input_that_works_through_another_has_a_large_sigma():
    positions = morris_design(3, 40, seed=1)
    effects = morris_effects(positions, 4 * positions[:, 0] * positions[:, 1] + positions[:, 2], seed=1)
    assert all(own.sigma > 0.8 and own.sigma_low < own.sigma < own.sigma_high for own in effects[:2])
    assert effects[2].sigma == pytest.approx(0.0, abs=1e-9)


def test_our_elementary_effects_are_those_behind_the_means():
    positions = morris_design(3, 10, seed=3)
    outputs = ishigami(positions)
    effects, found = elementary_effects(positions, outputs), morris_effects(positions, outputs, seed=3)
    assert np.abs(effects).mean(axis=0) == pytest.approx([own.mu_star for own in found])
    assert effects.mean(axis=0) == pytest.approx([own.mu for own in found])
    assert effects.std(axis=0, ddof=1) == pytest.approx([own.sigma for own in found])


def test_ishigami_has_its_analytic_shares():
    found = sobol_shares(3, ishigami(sobol_design(3, 1024, seed=1)), seed=1)
    assert found is not None
    assert [own.s1 for own in found] == pytest.approx(S1, abs=0.03)
    assert [own.st for own in found] == pytest.approx(ST, abs=0.03)
    for own, s1, st in zip(found, S1, ST, strict=True):
        assert own.s1_low - 0.02 < s1 < own.s1_high + 0.02 and own.st_low - 0.02 < st < own.st_high + 0.02


def test_intervals_of_few_samples_are_wider():
    few, many = (sobol_shares(3, ishigami(sobol_design(3, samples, seed=5)), seed=5) for samples in (64, 1024))
    assert few is not None and many is not None
    assert all(a.st_high - a.st_low > b.st_high - b.st_low for a, b in zip(few, many, strict=True))


def test_an_output_that_does_not_vary_has_no_shares_and_no_effects():
    assert sobol_shares(2, np.full(len(sobol_design(2, 8, seed=1)), 0.97), seed=1) is None
    positions = morris_design(2, 4, seed=1)
    assert {own.mu_star for own in morris_effects(positions, np.full(len(positions), 1.0), seed=1)} == {0.0}


def test_a_seed_gives_the_same_design_and_intervals_whatever_numpy_drew_before():
    design = morris_design(5, 4, seed=7)
    np.random.seed(0)
    assert (morris_design(5, 4, seed=7) == design).all() and (sobol_design(2, 8, 7) == sobol_design(2, 8, 7)).all()
    outputs = ishigami(sobol_design(3, 16, seed=7))
    assert sobol_shares(3, outputs, seed=7) == sobol_shares(3, outputs, seed=7)
    assert not np.array_equal(morris_design(5, 4, seed=8), design)
