"""How much likelier a target is met in one scenario than in another that had the same luck.

Replications in which both meet it, or neither, say nothing about the difference: of the others as many must go either
way by chance, which is McNemar's test, here by the binomial distribution itself (Q. McNemar, Psychometrika 12, 1947,
153-157). The interval is Tango's, of all differences that a score test does not refute (T. Tango, *Equivalence test and
confidence interval for the difference in proportions for the paired-sample design*, Statistics in Medicine 17, 1998,
891-908, equations 24 to 26). Unlike p +- z s it keeps its promise for a few pairs and near 0 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from scipy.special import bdtr, ndtri

from scenarios.experiment.paired import LEVEL

_EDGE = 1e-12
"""Nearer to -1 and 1 than this no difference is tried."""


@dataclass(frozen=True)
class MetDifference:
    """In how many of ``pairs`` a target was ``gained`` (met in the scenario alone), and ``lost`` (in the other alone).

    ``same``: what decides is the same number in both of every pair, so that nothing can differ.
    """

    gained: int
    lost: int
    pairs: int
    same: bool = False

    @property
    def mean(self) -> float:
        """The difference of both shares."""
        return (self.gained - self.lost) / self.pairs

    @property
    def p(self) -> float:
        """The two-sided p-value of "met as often" (exact McNemar); of n pairs never below 2^(1-n)."""
        apart = self.gained + self.lost
        return min(2 * float(bdtr(min(self.gained, self.lost), apart, 0.5)), 1.0) if apart else 1.0

    def interval(self, level: float = LEVEL) -> tuple[float, float]:
        """Tango's interval, which misses the truth with a chance of about ``level``."""
        low = _lowest(self.gained, self.lost, self.pairs, level)
        return low, -_lowest(self.lost, self.gained, self.pairs, level)

    def tested(self, level: float) -> tuple[float, float]:
        """The same, stretched to 0 where the exact test finds no difference at this level; 0 where none can be."""
        if self.same:
            return 0.0, 0.0
        low, high = self.interval(level)
        return (low, high) if self.p <= level else (min(low, 0.0), max(high, 0.0))


def met_difference(
    own: Sequence[bool | None], against: Sequence[bool | None], same: bool = False
) -> MetDifference | None:
    """Replication by replication; those without a word of both are left out. None for fewer than two."""
    pairs = [(one, other) for one, other in zip(own, against, strict=True) if one is not None and other is not None]
    if len(pairs) < 2:
        return None
    return MetDifference(
        gained=sum(one and not other for one, other in pairs),
        lost=sum(other and not one for one, other in pairs),
        pairs=len(pairs),
        same=same,
    )


def _lowest(gained: int, lost: int, pairs: int, level: float) -> float:
    """The lower end of Tango's interval; the upper one is that of the scenarios exchanged, with the other sign."""
    from scipy.optimize import brentq  # who compares nothing need not wait for it to load

    z, seen = -float(ndtri(level / 2)), (gained - lost) / pairs

    def beyond(difference: float) -> float:
        return score(difference, gained, lost, pairs) - z

    if seen - _EDGE <= -1 or beyond(-1 + _EDGE) < 0:
        return -1.0
    return float(brentq(beyond, -1 + _EDGE, seen, xtol=1e-12))


def score(difference: float, gained: int, lost: int, pairs: int) -> float:
    """Tango's statistic of "the true difference is this": standard normal if it is, falling in the difference."""
    off = gained - lost - pairs * difference
    if abs(off) < _EDGE:
        return 0.0
    b = -gained - lost + (2 * pairs - gained + lost) * difference
    c = -lost * difference * (1 - difference)
    lost_alone = (sqrt(b**2 - 8 * pairs * c) - b) / (4 * pairs)
    return off / sqrt(pairs * (2 * lost_alone + difference * (1 - difference)))
