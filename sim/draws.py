"""Counts and noise from the numbers of a stream, by inversion: a larger mean never gives a smaller count.

And whole numbers that follow a series without any.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isfinite
from typing import Any

import numpy as np
from scipy import special

from sim.streams import Floats, Ints

_LEAST = 1e-12
"""Chances and means below this are beyond the library's inverse functions."""


def whole_numbers(series: Floats) -> Ints:
    """Whole numbers whose running total stays within one half of that of a series."""
    running = np.floor(np.cumsum(series) + 0.5)
    return np.diff(running, prepend=0.0).astype(np.int64)


def correlated(normals: Floats, correlation: float) -> Floats:
    """A stationary first-order autoregression with unit variance from independent standard normals."""
    if len(normals) == 0:
        return normals
    series: Floats = normals * np.sqrt(1 - correlation**2)
    series[0] = normals[0]
    for i in range(1, len(series)):
        series[i] += correlation * series[i - 1]
    return series


def log_noise(normals: Floats, size: float, correlation: float) -> Floats:
    """Logarithm of noise about 1 by day: lognormal with mean 1, ``size`` its spread on the log scale."""
    return np.asarray(size * correlated(normals, correlation) - size**2 / 2)


def poissons(u: Floats, mean: Floats) -> Ints:
    """The Poisson quantile: the least k with P(N <= k) >= u, monotone in ``mean`` for the same ``u``."""
    u, mean = np.broadcast_arrays(u, mean)
    found = np.zeros(u.shape, dtype=np.int64)
    drawn = (mean > 0) & np.isfinite(mean)
    if drawn.any():
        own = np.maximum(mean[drawn], _LEAST)
        found[drawn] = _leasts(u[drawn], _near(u[drawn], own, own, 1.0), np.inf, lambda k, at: special.pdtr(k, own[at]))
    return found


def poisson(u: float, mean: float) -> int:
    """The same for one count."""
    if not (mean > 0 and isfinite(mean)):
        return 0
    mean = max(mean, _LEAST)
    return _least(u, _near(u, mean, mean, 1.0), inf, lambda k: special.pdtr(k, mean))


def binomials(u: Floats, n: Ints, p: Floats) -> Ints:
    """The binomial quantile: the least k with P(N <= k) >= u, for each of n trials with chance p."""
    u, n, p = np.broadcast_arrays(u, n, p)
    found = np.where(p >= 1, np.maximum(n, 0), 0).astype(np.int64)
    drawn = (n > 0) & (p > 0) & (p < 1)
    if drawn.any():
        trials, chance = n[drawn], np.clip(p[drawn], _LEAST, 1 - _LEAST)
        mean = trials * chance
        guess = _near(u[drawn], mean, mean * (1 - chance), 1 - 2 * chance)
        found[drawn] = _leasts(u[drawn], guess, trials, lambda k, at: special.bdtr(k, trials[at], chance[at]))
    return found


def binomial(u: float, n: int, p: float) -> int:
    """The same for one count."""
    if n <= 0 or p <= 0:
        return 0
    if p >= 1:
        return n
    p = min(max(p, _LEAST), 1 - _LEAST)
    guess = _near(u, n * p, n * p * (1 - p), 1 - 2 * p)
    return _least(u, guess, n, lambda k: special.bdtr(k, n, p))


# quantiles by a guess that is nearly always right or next to it, in half of the time of the library's inverses --------


def _near(u: Any, mean: Any, variance: Any, skewed: Any) -> Any:
    """About the quantile, by Cornish and Fisher's first terms; ``skewed``: skewness times the standard deviation."""
    normal = special.ndtri(u)
    return np.floor(mean + normal * np.sqrt(variance) + skewed * (normal * normal - 1) / 6)


def _least(u: float, guess: float, most: float, upto: Callable[[float], float]) -> int:
    """The least k, at most ``most``, up to which the chance is u or more."""
    k = min(max(guess, 0.0), most)
    if upto(k) < u:
        while k < most and upto(k) < u and k + 1 > k:
            k += 1
    else:
        while k > 0 and upto(k - 1) >= u:
            k -= 1
    return int(k)


def _leasts(u: Floats, guess: Floats, most: Any, upto: Callable[[Floats, Ints], Floats]) -> Ints:
    """The same for many; ``upto`` says it of some of them, by their places."""
    k, most = np.clip(guess, 0.0, most), np.broadcast_to(most, guess.shape)
    every = np.arange(len(k))
    short = every[(upto(k, every) < u) & (k < most)]
    over = np.setdiff1d(every, short)
    while len(short):
        k[short] += 1
        short = short[(upto(k[short], short) < u[short]) & (k[short] < most[short]) & (k[short] + 1 > k[short])]
    over = over[k[over] > 0]
    while len(over):
        over = over[upto(k[over] - 1, over) >= u[over]]
        k[over] -= 1
        over = over[k[over] > 0]
    return np.asarray(k.astype(np.int64))
