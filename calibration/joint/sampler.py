"""Draws from a standard normal prior conditioned on what is known: tempered sequential Monte Carlo.

Many particles start as draws of the prior, evenly spread. The likelihood is let in by degrees, each as large as leaves
half of the particles effective. After each, particles are drawn anew by weight and moved by Metropolis steps whose
proposals are draws of the normal law fitted to the particles: an autoregression about its mean (Cotter and others,
*MCMC methods for functions*, 2013, with an adapted reference). Directions in which the particles are as wide as the
prior within sampling noise are proposed from the prior, so that unknowns that nothing speaks of cost nothing.

Sources: Del Moral, Doucet and Jasra, *Sequential Monte Carlo samplers* (2006); Jasra and others, *Inference for Levy-
driven stochastic volatility models via adaptive sequential Monte Carlo* (2011) for the steps by effective number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import logsumexp, ndtri
from scipy.stats import qmc

from sim.streams import Floats, Ints

LogLikelihood = Callable[[Floats], Floats]
"""From rows of coordinates to one number a row; minus infinity where impossible."""
_EFFECTIVE = 0.5
_MOVED = 3.0
"""Accepted moves a particle takes on average after each degree, and at the end this many times as many."""
_MOST_MOVES = 40
_DEGREES = 200


@dataclass(frozen=True)
class Sample:
    """Equally likely draws ``z[draw, coordinate]``, their log likelihood, and the log of the evidence for the model.

    ``degrees`` are the powers of the likelihood on the way; ``accepted`` the share of the last moves taken;
    ``ancestors`` how many of the first particles have descendants.
    """

    z: Floats
    log_likelihood: Floats
    log_evidence: float
    degrees: tuple[float, ...]
    accepted: float
    ancestors: int


def prior(draws: int, coordinates: int, seed: int) -> Floats:
    """Standard normal draws, evenly spread (scrambled Sobol)."""
    u = qmc.Sobol(coordinates, seed=np.random.default_rng([seed, 1])).random(draws)
    return np.asarray(ndtri(np.clip(u, 1e-9, 1 - 1e-9)))


def sample(log_likelihood: LogLikelihood, coordinates: int, draws: int, seed: int) -> Sample:
    """Draw from the prior times the likelihood.

    Raises:
        ValueError: if no draw of the prior is possible at all.
    """
    generator = np.random.default_rng([seed, 2])
    z = prior(draws, coordinates, seed)
    known = log_likelihood(z)
    if not np.isfinite(known).any():
        raise ValueError("no draw of the prior can give what is known")
    degrees, evidence, line, accepted = [0.0], 0.0, np.arange(draws), 0.0
    while degrees[-1] < 1 and len(degrees) < _DEGREES:
        step = _step(known, 1 - degrees[-1])
        weights, total = _weights(known * step)
        evidence += total - np.log(draws)
        degrees.append(min(degrees[-1] + step, 1.0))
        chosen = resampled(weights, generator)
        z, known, line = z[chosen], known[chosen], line[chosen]
        last = degrees[-1] >= 1
        z, known, accepted = _moved(log_likelihood, z, known, degrees[-1], generator, _MOVED * (2 if last else 1))
    return Sample(z, known, float(evidence), tuple(degrees), accepted, len(np.unique(line)))


def _step(known: Floats, room: float) -> float:
    """How much more of the likelihood leaves the wanted share of particles effective."""

    def off(step: float) -> float:
        weights, _ = _weights(known * step)
        return effective(weights) / len(known) - _EFFECTIVE

    if off(room) >= 0:
        return room
    low = room
    while off(low) < 0 and low > 1e-12:
        low /= 4
    return float(brentq(off, low, low * 4, xtol=low * 1e-3)) if low > 1e-12 else low


def _weights(logs: Floats) -> tuple[Floats, float]:
    safe = np.where(np.isfinite(logs), logs, -1e300)
    total = float(logsumexp(safe))
    return np.exp(safe - total), total


def effective(weights: Floats) -> float:
    """How many equal weights these are worth (Kish)."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def resampled(weights: Floats, generator: np.random.Generator) -> Ints:
    """Which draws are kept, some more than once: systematic, so that each comes about as often as its weight."""
    count = len(weights)
    places = (np.arange(count) + generator.random()) / count
    return np.minimum(np.searchsorted(np.cumsum(weights / weights.sum()), places), count - 1)


# moves --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Reference:
    """The normal law fitted to the particles: ``mean``, and ``root`` with ``root root' = covariance``."""

    mean: Floats
    root: Floats
    inverse: Floats

    def log_density(self, z: Floats) -> Floats:
        """Up to a constant."""
        return np.asarray(-0.5 * (((z - self.mean) @ self.inverse.T) ** 2).sum(axis=1))


def _fitted(z: Floats) -> _Reference:
    """Mean and covariance of the particles; what is within sampling noise of the prior is taken to be the prior.

    The eigenvalues of the covariance of independent standard normals lie within ``(1 +- sqrt(d / n))^2`` (Marchenko and
    Pastur, 1967).
    """
    rows, coordinates = z.shape
    noise = np.sqrt(coordinates / rows)
    variances, directions = np.linalg.eigh(np.atleast_2d(np.cov(z.T)) + 1e-12 * np.eye(coordinates))
    variances = np.where(((1 - noise) ** 2 <= variances) & (variances <= (1 + noise) ** 2), 1.0, variances)
    variances = np.maximum(variances, 1e-10)
    mean = z.mean(axis=0)
    mean = np.where(np.abs(mean) < 3 / np.sqrt(rows), 0.0, mean)
    root = (directions * np.sqrt(variances)) @ directions.T
    return _Reference(mean, root, (directions / np.sqrt(variances)) @ directions.T)


def _moved(
    log_likelihood: LogLikelihood,
    z: Floats,
    known: Floats,
    degree: float,
    generator: np.random.Generator,
    wanted: float,
) -> tuple[Floats, Floats, float]:
    """Metropolis steps until particles have moved so often on average; the step grows or shrinks with success."""
    reference, reach, taken, share = _fitted(z), 0.7, 0.0, 0.0
    for _ in range(_MOST_MOVES):
        noise = generator.standard_normal(z.shape)
        away = np.sqrt(1 - reach**2) * (z - reference.mean) + reach * (noise @ reference.root)
        proposed = reference.mean + away
        told = log_likelihood(proposed)
        log_ratio = degree * (told - known) - 0.5 * ((proposed**2).sum(axis=1) - (z**2).sum(axis=1))
        log_ratio += reference.log_density(z) - reference.log_density(proposed)
        accepted = np.log(generator.random(len(z))) < np.where(np.isfinite(told), log_ratio, -np.inf)
        z = np.where(accepted[:, None], proposed, z)
        known = np.where(accepted, told, known)
        share = float(accepted.mean())
        taken += share * reach**2
        reach = float(np.clip(reach * np.exp(share - 0.35), 0.05, 1.0))
        if taken >= wanted:
            break
    return z, known, share
