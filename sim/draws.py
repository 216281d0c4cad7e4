"""Counts and noise from the numbers of a stream, by inversion: a larger mean never gives a smaller count.

And whole numbers that follow a series without any.
"""

from __future__ import annotations

from math import ceil, isfinite

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
    safe = np.maximum(mean, _LEAST)
    k = np.ceil(special.pdtrik(u, safe))
    k = np.where((k > 0) & (special.pdtr(np.maximum(k - 1, 0), safe) >= u), k - 1, k)
    return np.where((mean > 0) & np.isfinite(k), np.maximum(k, 0), 0).astype(np.int64)


def poisson(u: float, mean: float) -> int:
    """The same for one count."""
    if not mean > 0:
        return 0
    mean = max(mean, _LEAST)
    quantile = special.pdtrik(u, mean)
    if not isfinite(quantile):
        return 0
    k: int = max(ceil(quantile), 0)
    return k - 1 if k > 0 and special.pdtr(k - 1, mean) >= u else k


def binomials(u: Floats, n: Ints, p: Floats) -> Ints:
    """The binomial quantile: the least k with P(N <= k) >= u, for each of n trials with chance p."""
    u, n, p = np.broadcast_arrays(u, n, p)
    found = np.where(p >= 1, np.maximum(n, 0), 0).astype(np.int64)
    drawn = (n > 0) & (p > 0) & (p < 1)  # the library's inverse is slow: only where something is to be drawn
    if drawn.any():
        found[drawn] = _between(u[drawn], n[drawn], np.clip(p[drawn], _LEAST, 1 - _LEAST))
    return found


def _between(u: Floats, trials: Ints, chance: Floats) -> Floats:
    k = np.clip(np.ceil(special.bdtrik(u, trials, chance)), 0, trials)
    above = (k > 0) & (special.bdtr(np.maximum(k - 1, 0), trials, chance) >= u)
    return np.asarray(np.where(above, k - 1, k))


def binomial(u: float, n: int, p: float) -> int:
    """The same for one count."""
    if n <= 0 or p <= 0:
        return 0
    if p >= 1:
        return n
    p = min(max(p, _LEAST), 1 - _LEAST)
    k: int = min(max(ceil(special.bdtrik(u, n, p)), 0), n)
    return k - 1 if k > 0 and special.bdtr(k - 1, n, p) >= u else k
