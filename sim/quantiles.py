"""Counts from the numbers of a stream, by inversion: a larger mean never gives a smaller count.

A quantile is guessed, nearly always right or next to it, and checked against the chances. Compiled: importing this
module imports numba (about a second), so import it late.
"""

from __future__ import annotations

from math import inf, isfinite, sqrt

import numpy as np

from sim.compiled import compiled
from sim.special import bdtr, ndtri, pdtr
from sim.streams import Floats, Ints

_LEAST = 1e-12
"""Chances and means below this are taken to be this: nothing is exact below it."""


@compiled
def poisson(u: float, mean: float) -> int:
    """The Poisson quantile: the least k with P(N <= k) >= u, monotone in ``mean`` for the same ``u``."""
    if not (mean > 0 and isfinite(mean)):
        return 0
    mean = max(mean, _LEAST)
    k = _between(_guess(u, mean, mean, 1.0), inf)
    while pdtr(k, mean) < u and k + 1 > k:
        k += 1
    while k > 0 and pdtr(k - 1, mean) >= u:
        k -= 1
    return int(k)


@compiled
def binomial(u: float, n: int, p: float) -> int:
    """The binomial quantile: the least k with P(N <= k) >= u, of n trials with chance p."""
    if n <= 0 or p <= 0:
        return 0
    if p >= 1:
        return n
    p = min(max(p, _LEAST), 1 - _LEAST)
    k = _between(_guess(u, n * p, n * p * (1 - p), 1 - 2 * p), float(n))
    while k < n and bdtr(k, n, p) < u and k + 1 > k:
        k += 1
    while k > 0 and bdtr(k - 1, n, p) >= u:
        k -= 1
    return int(k)


@compiled
def _guess(u: float, mean: float, variance: float, skewed: float) -> float:
    """About the quantile, by Cornish and Fisher's first terms; ``skewed``: skewness times the standard deviation."""
    normal: float = ndtri(u)
    guess: float = np.floor(mean + normal * sqrt(variance) + skewed * (normal * normal - 1) / 6)
    return guess


@compiled
def _between(guess: float, most: float) -> float:
    return min(max(guess, 0.0), most)


def poissons(u: Floats, mean: Floats) -> Ints:
    """Poisson quantiles of arrays that fit each other (broadcast)."""
    each = np.broadcast_arrays(np.asarray(u, dtype=np.float64), np.asarray(mean, dtype=np.float64))
    found = _poissons(*(one.ravel() for one in each))
    return np.asarray(found.reshape(each[0].shape))


def binomials(u: Floats, n: Ints, p: Floats) -> Ints:
    """Binomial quantiles of arrays that fit each other (broadcast)."""
    given = np.asarray(u, dtype=np.float64), np.asarray(n, dtype=np.int64), np.asarray(p, dtype=np.float64)
    each = np.broadcast_arrays(*given)
    found = _binomials(*(one.ravel() for one in each))
    return np.asarray(found.reshape(each[0].shape))


@compiled
def _poissons(u: Floats, mean: Floats) -> Ints:
    found = np.empty(len(u), dtype=np.int64)
    for place in range(len(u)):
        found[place] = poisson(u[place], mean[place])
    return found


@compiled
def _binomials(u: Floats, n: Ints, p: Floats) -> Ints:
    found = np.empty(len(u), dtype=np.int64)
    for place in range(len(u)):
        found[place] = binomial(u[place], n[place], p[place])
    return found
