"""Which of the least multipliers that replications need, in order, stand for a certainty: whatever law they follow.

Of ``of`` independent replications so many hold at the k-th smallest need, and a further one holds there with a
probability of at least p unless fewer than k needs lie below the quantile: a binomial sum, the same for every law
(Wilks, *Determination of sample sizes for setting tolerance limits*, Annals of Mathematical Statistics 12, 1941, 91-96;
David and Nagaraja, *Order statistics*, 2003, chapter 7). ``scenarios.size.claims.needed`` says which k a claim takes.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy.stats import binom

from sim.streams import Floats

_COVERED = 0.95
_TAIL = 0.04
"""What an end of an interval may leave out, at the most; both together leave out 5 %, as nearly as whole orders can."""


@cache
def surrounding(of: int, probability: float) -> tuple[int, int]:
    """The orders between which the quantile lies with 95 %; 0 and ``of`` + 1 stand for an end that is not known.

    Of all pairs whose ends leave out 4 % at the most each, the one that covers most nearly 95 %.
    """
    below = binom.cdf(np.arange(-1, of), of, probability)  # of order k: the quantile lies under it
    lows = [order for order in range(of + 1) if order == 0 or below[order] <= _TAIL][-3:]
    highs = [order for order in range(1, of + 2) if order == of + 1 or 1 - _under(below, order) <= _TAIL][:3]
    pairs = [(low, high) for low in lows for high in highs]
    return min(pairs, key=lambda pair: abs(_covered(below, *pair) - _COVERED))


def _under(below: Floats, order: int) -> float:
    return 1.0 if order >= len(below) else float(below[order])


def _covered(below: Floats, low: int, high: int) -> float:
    return _under(below, high) - (0.0 if low == 0 else float(below[low]))


def place(of: int, probability: float) -> float | None:
    """Where the quantile is read off: the order (of + 1) p, between two where it is not whole; None past the ends."""
    order = (of + 1) * probability
    return order if 1 <= order <= of else None


def certainty(of: int, order: int) -> float:
    """The certainty at which the need of an order is plotted: k / (n + 1), the mean of its distribution."""
    return order / (of + 1)
