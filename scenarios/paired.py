"""Differences between scenarios that had the same luck: paired t intervals, and which of many differences are clear.

Replication i of both scenarios draws from the same streams (common random numbers), so what chance does to both alike
drops out of the difference of the pair. The mean of n paired differences has Student's t interval with n - 1 degrees of
freedom (Law, *Simulation Modeling and Analysis*, 10.2.1 and 11.2).

Many differences are looked at together, so some would pass a 5 % test by chance alone. Holm's step-down keeps the
chance of even one wrong claim in a family of m at 5 %, whatever they have to do with each other: in rising order of
their p-values the k-th is tested at the level 5 % / (m - k + 1), until the first that fails; it and all after it are
left to chance (Holm, *A simple sequentially rejective multiple test procedure*, Scandinavian Journal of Statistics 6,
1979, 65-70). The interval shown is at the level of the row's step, those after the first that fails at the level of
that one, so it excludes 0 exactly where the test claims a difference. None is narrower than the plain 95 % interval,
and none reaches beyond what a difference can be (100 points for shares). Of a few pairs an interval is so wide that a
difference which is not clear says nothing: from ``FEWEST`` pairs on it may be left to chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from scipy.special import stdtr, stdtrit

LEVEL = 0.05
"""Chance of any wrong claim in a family; 1 less this is the confidence of a plain interval."""

FEWEST = 10
"""Pairs from which on a difference that is not clear is one that chance explains; of fewer it cannot be told."""


def cannot_be_told(pairs: int, low: float, high: float) -> bool:
    """Whether so few pairs, with an interval around 0, tell neither a difference nor that there is none."""
    return pairs < FEWEST and low <= 0 <= high and low != high


@dataclass(frozen=True)
class Difference:
    """The mean of paired differences, the standard error of that mean (0 where all are equal), and how many pairs.

    ``most``: the largest size that a difference can have, 1 for shares.
    """

    mean: float
    error: float
    pairs: int
    most: float = inf

    @property
    def p(self) -> float:
        """The two-sided p-value of "no difference"; 1 and 0 where the difference is constant, zero or not."""
        if self.error == 0:
            return 1.0 if self.mean == 0 else 0.0
        return 2 * float(stdtr(self.pairs - 1, -abs(self.mean) / self.error))

    def interval(self, level: float = LEVEL) -> tuple[float, float]:
        """The t interval that misses the truth with a chance of ``level``; both ends the mean where it is constant."""
        if self.error == 0:
            return self.mean, self.mean
        half = float(stdtrit(self.pairs - 1, 1 - level / 2)) * self.error
        return max(self.mean - half, -self.most), min(self.mean + half, self.most)


@dataclass(frozen=True)
class Claim:
    """The interval of a difference, and whether it is clear: not explained by chance."""

    low: float
    high: float
    clear: bool


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
    return Difference(float(np.mean(differences)), error, len(pairs), most)


def holm(family: Sequence[Difference], level: float = LEVEL) -> list[Claim]:
    """The claims of a family of differences, in their order, by Holm's step-down."""
    claims: dict[int, Claim] = {}
    failed: float | None = None
    for step, place in enumerate(sorted(range(len(family)), key=lambda place: family[place].p)):
        share = level / (len(family) - step) if failed is None else failed
        low, high = family[place].interval(share)
        clear = failed is None and (low > 0 or high < 0)
        failed = failed if clear or failed is not None else share
        claims[place] = Claim(low, high, clear)
    return [claims[place] for place in range(len(family))]
