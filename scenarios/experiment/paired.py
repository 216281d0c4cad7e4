"""Differences between scenarios that had the same luck: the mean of pairs, its interval, and what it shows.

Replication i of both scenarios draws from the same streams (common random numbers), so what chance does to both alike
drops out of the difference of the pair. The mean of n paired differences has Student's t interval with n - 1 degrees of
freedom (Law, *Simulation Modeling and Analysis*, 10.2.1 and 11.2).

A difference is claimed by a stricter interval: that of Hall's corrected t, which allows for skewed differences and for
a tail that none of the pairs has shown (``scenarios.compare.skewed``). And n pairs, whatever they say, show no more
than that n coins fell on the same side, which chance does 2^(1-n) of the time: no p-value is below that, so that three
pairs of exactly the same difference are not yet a clear one. Of a few pairs an interval is so wide that a difference
which is not clear says nothing: it may be left to chance from ``fewest`` pairs on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf, log2, sqrt

import numpy as np
from scipy.special import stdtrit

from scenarios.compare.skewed import p_values, reach, skewness

LEVEL = 0.05
"""Chance of any wrong claim in a family; 1 less this is the confidence of a plain interval."""

FEWEST = 10
"""Pairs from which on a difference that is not clear may be one that chance explains, however few are judged."""


def fewest(claims: int) -> int:
    """Pairs from which on one of so many claims together can be clear at all; ``FEWEST`` at least.

    The first of m claims is tested at the level 5 % / m, and n pairs have no p-value below 2^(1-n).
    """
    return max(FEWEST, 1 + ceil(log2(max(claims, 1) / LEVEL)))


def cannot_be_told(pairs: int, claims: int, low: float, high: float) -> bool:
    """Whether so few pairs, with an interval around 0, tell neither a difference nor that there is none."""
    return pairs < fewest(claims) and low <= 0 <= high and low != high


@dataclass(frozen=True)
class Difference:
    """The mean of paired differences, the standard error of that mean (0 where all are equal), and how many pairs.

    ``most``: the largest size that a difference can have, 1 for shares. ``skewness``: of the differences.
    """

    mean: float
    error: float
    pairs: int
    most: float = inf
    skewness: float = 0.0

    @property
    def p(self) -> float:
        """The two-sided p-value of "no difference"; never below 2^(1-n) of n pairs, and 1 where all are 0."""
        if self.mean == 0:
            return 1.0
        least = 2.0 ** (1 - self.pairs)
        if self.error == 0:
            return least
        t, skew = np.array(self.mean / self.error), np.array(self.skewness)
        return max(float(p_values(t, skew, self.pairs)), least)

    def interval(self, level: float = LEVEL) -> tuple[float, float]:
        """The t interval that misses the truth with a chance of ``level``; both ends the mean where it is constant."""
        half = float(stdtrit(self.pairs - 1, 1 - level / 2)) * self.error
        return self._within(self.mean - half, self.mean + half)

    def tested(self, level: float) -> tuple[float, float]:
        """The interval that leaves 0 out exactly where the p-value is at most ``level``; no width where all are 0."""
        down, up = reach(level, self.skewness, self.pairs)
        low, high = self._within(self.mean - down * self.error, self.mean + up * self.error)
        return (low, high) if self.p <= level else (min(low, 0.0), max(high, 0.0))

    def _within(self, low: float, high: float) -> tuple[float, float]:
        if self.error == 0:
            return self.mean, self.mean
        return max(low, -self.most), min(high, self.most)


def paired(values: Sequence[float | None], against: Sequence[float | None], most: float = inf) -> Difference | None:
    """The difference ``values`` less ``against``, replication by replication; pairs without both are left out.

    ``most`` is the largest value that there can be, the least being 0.

    None for fewer than two pairs.
    """
    pairs = [(own, other) for own, other in zip(values, against, strict=True) if own is not None and other is not None]
    if len(pairs) < 2:
        return None
    differences = [own - other for own, other in pairs]
    if all(difference == differences[0] for difference in differences):
        return Difference(differences[0], 0.0, len(pairs), most)
    error = float(np.std(differences, ddof=1)) / sqrt(len(pairs))
    skew = float(skewness(np.array(differences)))
    return Difference(float(np.mean(differences)), error, len(pairs), most, skew)
