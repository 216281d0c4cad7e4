"""How much of a spread is chance: the variance of replications in which chance alone varies, over that of all.

Five replications tell a variance badly, so the share has a 95 % interval: that of a ratio of two variances, from the
quantiles of F with their degrees of freedom, cut at 1, since chance is a part of all. F takes both samples as normal
and independent. The first numbers share their luck, which makes the ratio less variable than F says. Where chance alone
moves nothing, as where all its replications reach a ceiling of 100 %, their variance of 0 says nothing: none is told.

Measured with 5 of 20 over 3,000 draws a share from 0.05 to 0.99 (``tests/model/test_chance_share.py`` repeats it with
fewer): the interval holds the true share in 94 to 96 % of draws where values are normal and independent, in 95 to 98 %
where the first five share their luck, and in 81 to 92 % where they are as skewed as an exponential.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri


@dataclass(frozen=True)
class ChanceShare:
    """The share of the variance that is chance, with its 95 % interval."""

    value: float
    low: float
    high: float


def chance_share(values: Sequence[float], by_chance: Sequence[float]) -> ChanceShare | None:
    """What part of the spread of ``values`` is chance; None where it cannot be told: either does not vary."""
    if not (_varies(values) and _varies(by_chance)):
        return None
    total = float(np.var(values, ddof=1))
    ratio, freedom = float(np.var(by_chance, ddof=1)) / total, (len(by_chance) - 1, len(values) - 1)
    ends = (ratio / float(fdtri(*freedom, quantile)) for quantile in (0.975, 0.025))
    low, high = (min(end, 1.0) for end in ends)
    return ChanceShare(min(ratio, 1.0), low, high)


def _varies(values: Sequence[float]) -> bool:
    """Whether values differ by more than rounding."""
    return len(values) > 1 and bool(np.ptp(values) > 1e-12 * np.max(np.abs(values)))
