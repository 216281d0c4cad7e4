"""Student's t where what is averaged is skewed: Hall's transformation of the statistic.

The mean of a few skewed numbers is told from 0 far too easily by Student's t: the spread is measured low just when the
mean is. Hall turns the statistic T of n numbers with skewness g into one that is nearly symmetric,

    h(T) = T + g T^2 / (3 sqrt n) + g^2 T^3 / (27 n) + g / (6 sqrt n)
         = (sqrt n / g) ((1 + g T / (3 sqrt n))^3 - 1) + g / (6 sqrt n),

which rises in T and can be turned back (P. Hall, *On the removal of skewness by transformation*, Journal of the Royal
Statistical Society B 54, 1992, 221-228). A skewness of so few numbers is itself hardly known, and measured low just
where it does harm, so that Hall's transformation alone keeps the chance of a wrong claim among 95 exponential
differences at 17 % instead of 5 (20 pairs; Student's t: 58 %). So the skewness is taken a standard error nearer to what
would make less of the difference, and the plain t stands where that makes more of it (``tests/unit/test_paired.py``
measures what both promise together).
"""

from __future__ import annotations

from math import cbrt, sqrt

import numpy as np
from scipy.special import stdtr, stdtrit

from sim.streams import Floats

_SYMMETRIC = 1e-9
_MOST = 1e6
"""Beyond this a t statistic is taken as this: of any number of pairs it leaves no doubt."""


def skewness(values: Floats) -> Floats:
    """Along the last axis, unbiased for normal numbers (Joanes and Gill 1998, G1); 0 for fewer than three or equal."""
    n = values.shape[-1]
    off = values - values.mean(axis=-1, keepdims=True)
    variance = np.square(off).mean(axis=-1)
    if n < 3:
        return np.zeros_like(variance)
    safe = np.where(variance > 0, variance, 1.0)
    found: Floats = sqrt(n * (n - 1)) / (n - 2) * (off**3).mean(axis=-1) / safe**1.5
    return np.where(variance > 0, found, 0.0)


def doubt(n: int) -> float:
    """The standard error of the skewness of n normal numbers; 0 for fewer than three."""
    return sqrt(6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3))) if n > 2 else 0.0


def transformed(t: Floats, skew: Floats, n: int) -> Floats:
    """Hall's h of a t statistic of n numbers with a skewness."""
    root = sqrt(n)
    found: Floats = t + skew * t**2 / (3 * root) + skew**2 * t**3 / (27 * n) + skew / (6 * root)
    return found


def turned_back(h: float, skew: float, n: int) -> float:
    """The t statistic that has this h."""
    if abs(skew) < _SYMMETRIC:
        return h
    root = sqrt(n)
    return 3 * root / skew * (cbrt(1 + skew / root * (h - skew / (6 * root))) - 1)


def p_values(t: Floats, skew: Floats, n: int) -> Floats:
    """Two-sided p-values of "the mean is 0" from t statistics of n numbers, none below that of Student's t."""
    t, sign = np.clip(t, -_MOST, _MOST), np.sign(t)
    towards = np.maximum(sign * transformed(t, skew - sign * doubt(n), n), 0.0)
    found: Floats = np.minimum(2 * stdtr(n - 1, -np.minimum(np.abs(t), towards)), 1.0)
    return found


def reach(level: float, skew: float, n: int) -> tuple[float, float]:
    """How many standard errors an interval that misses the truth with a chance of ``level`` goes down and up.

    It leaves 0 out exactly where the p-value is below ``level``.
    """
    plain = float(stdtrit(n - 1, 1 - level / 2))
    down = turned_back(plain, skew - doubt(n), n)
    up = -turned_back(-plain, skew + doubt(n), n)
    return max(plain, down), max(plain, up)
