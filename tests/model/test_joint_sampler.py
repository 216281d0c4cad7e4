"""The sampler and the surfaces on problems whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.joint.figures import Group, Likelihood, covariance
from calibration.joint.sampler import effective, prior, resampled, sample
from scenarios.surface import fit

DIMENSIONS, DRAWS = 12, 4096


def _linear(seed: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Slopes, published values and covariance of five figures of twelve unknowns, two of them almost the same."""
    generator = np.random.default_rng(seed)
    slopes = generator.standard_normal((5, DIMENSIONS)) * (np.arange(DIMENSIONS) < 7)
    slopes[4] = slopes[3] + 0.02 * generator.standard_normal(DIMENSIONS)
    spread = covariance([1.0, 0.2, 0.5, 0.4, 0.4], [0.05] * 5, [0, 0, 1, 2, 2.2], memory=1.0)
    return slopes, slopes @ generator.standard_normal(DIMENSIONS), spread


def test_a_linear_case_has_its_known_posterior_within_two_per_cent() -> None:
    slopes, published, spread = _linear()
    z = prior(512, DIMENSIONS, 7)
    surface = fit(z, z @ slopes.T, range(DIMENSIONS))
    group = Group("lines", tuple("abcde"), published, spread, surface)
    draws = 1 << 16
    found = sample(Likelihood((group,)), DIMENSIONS, draws, seed=1)

    exact = np.linalg.inv(np.eye(DIMENSIONS) + slopes.T @ np.linalg.solve(spread, slopes))
    mean = exact @ slopes.T @ np.linalg.solve(spread, published)
    deviation = np.sqrt(np.diag(exact))
    assert 4 / np.sqrt(draws) < 0.02  # four standard errors of independent draws
    assert np.abs(surface.residual).max() < 1e-6
    assert np.abs(found.z.mean(axis=0) - mean).max() < 0.02
    assert found.z.std(axis=0) == pytest.approx(deviation, rel=0.02)
    correlations = exact / np.outer(deviation, deviation)
    assert np.abs(np.corrcoef(found.z.T) - correlations).max() < 0.02
    assert np.log(len(np.unique(found.z, axis=0)) / draws) > -0.02


def test_the_evidence_is_the_density_of_what_was_published() -> None:
    slopes, published, spread = _linear()
    z = prior(512, DIMENSIONS, 7)
    group = Group("lines", tuple("abcde"), published, spread, fit(z, z @ slopes.T, range(DIMENSIONS)))
    found = sample(Likelihood((group,)), DIMENSIONS, DRAWS, seed=1)

    whole = spread + slopes @ slopes.T
    known = -0.5 * (published @ np.linalg.solve(whole, published) + np.linalg.slogdet(whole)[1])
    known += 0.5 * np.linalg.slogdet(spread)[1]
    assert found.log_evidence == pytest.approx(known, abs=0.3)


def test_a_bent_and_narrow_ridge_is_followed() -> None:
    def ridge(z: np.ndarray) -> np.ndarray:
        return np.asarray(-0.5 * ((z[:, 0] + 0.5 * z[:, 1] + 0.2 * z[:, 2] ** 2 - 1.0) / 0.05) ** 2)

    found = sample(ridge, 6, DRAWS, seed=2)
    off = found.z[:, 0] + 0.5 * found.z[:, 1] + 0.2 * found.z[:, 2] ** 2 - 1.0
    dense = prior(1 << 17, 6, 5)
    weights = np.exp(ridge(dense))
    weights /= weights.sum()
    for column in range(6):
        mean = float(weights @ dense[:, column])
        spread = float(np.sqrt(weights @ (dense[:, column] - mean) ** 2))
        assert found.z[:, column].mean() == pytest.approx(mean, abs=0.08)
        assert found.z[:, column].std() == pytest.approx(spread, rel=0.06)
    assert off.std() == pytest.approx(0.05, rel=0.1)


def test_what_nothing_speaks_of_stays_the_prior() -> None:
    found = sample(lambda z: -0.5 * (z[:, 0] / 0.1) ** 2, 30, DRAWS, seed=4)
    assert found.z[:, 1:].std(axis=0) == pytest.approx(1.0, abs=0.06)
    assert np.abs(found.z[:, 1:].mean(axis=0)).max() < 0.08


def test_the_same_seed_gives_the_same_draws_and_another_seed_others() -> None:
    def known(z: np.ndarray) -> np.ndarray:
        return np.asarray(-np.abs(z[:, 0] - 1))

    first, again, other = (sample(known, 3, 256, seed).z for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_what_is_impossible_is_refused() -> None:
    with pytest.raises(ValueError, match="no draw of the prior"):
        sample(lambda z: np.full(len(z), -np.inf), 2, 64, seed=1)


def test_a_surface_knows_its_error() -> None:
    generator = np.random.default_rng(1)
    z = prior(512, 6, 3)
    truth = 3 + z[:, 0] + 0.5 * z[:, 1] * z[:, 2] - 0.3 * z[:, 3] ** 2
    surface = fit(z, np.column_stack([truth + 0.2 * generator.standard_normal(512), truth]), range(6))
    fresh = prior(4096, 6, 11)
    said = surface(fresh)
    wanted = 3 + fresh[:, 0] + 0.5 * fresh[:, 1] * fresh[:, 2] - 0.3 * fresh[:, 3] ** 2
    assert np.sqrt(surface.residual[0, 0]) == pytest.approx(0.2, rel=0.1)
    assert float(np.sqrt(np.mean((said[:, 1] - wanted) ** 2))) < 0.01
    with pytest.raises(ValueError, match="too few"):
        fit(z[:5], z[:5], range(6))


def test_figures_of_a_kind_do_not_count_as_often_as_there_are() -> None:
    once = covariance([1.0], [0.0], [0.0], memory=1.0)
    ten = covariance([1.0] * 10, [0.0] * 10, np.linspace(0, 0.1, 10), memory=1.0)
    information = float(np.ones(10) @ np.linalg.solve(ten, np.ones(10)))
    assert float(1 / once[0, 0]) <= information < 1.2 / float(once[0, 0])


def test_resampling_keeps_each_draw_about_as_often_as_its_weight() -> None:
    weights = np.array([0.5, 0.25, 0.125, 0.125])
    chosen = resampled(np.repeat(weights / 100, 100), np.random.default_rng(1))
    counts = np.bincount(chosen // 100, minlength=4)
    assert np.abs(counts - 400 * weights).max() <= 100
    assert effective(np.ones(7)) == pytest.approx(7)
    assert effective(np.array([1.0, 0.0, 0.0])) == pytest.approx(1)
