"""Which of the least multipliers that replications need, in order, stand for a certainty: whatever law they follow.

Of ``of`` independent replications so many hold at the k-th smallest need, and a further one holds there with a
probability of at least p unless fewer than k needs lie below the quantile: a binomial sum, the same for every law
(Wilks, *Determination of sample sizes for setting tolerance limits*, Annals of Mathematical Statistics 12, 1941, 91-96;
David and Nagaraja, *Order statistics*, 2003, chapter 7). ``scenarios.size.claims.needed`` says which k a claim takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import bdtr

from scenarios.size.claims import ERROR
from sim.streams import Floats

_COVERED, _AT_LEAST, _AT_MOST = 0.95, 0.93, 0.97
"""An interval covers 95 % as nearly as whole orders can, and none is given that covers less or more than this."""
_TAIL = 0.04
"""What an end of an interval is to leave out, at the most; both together leave out 5 %."""
_MOST = 0.049
"""What it may leave out where no such pair covers 95 %."""
_TRIED = 3
"""Orders that are looked at for either end, of those that leave out no more."""


@cache
def surrounding(of: int, probability: float) -> tuple[int, int]:
    """The orders between which the quantile lies with 95 %; 0 and ``of`` + 1 stand for an end that is not known.

    Of the pairs that cover 93 to 97 % those with fewest open ends are taken, of these those whose ends leave out 4 % at
    the most each, or little more, and of these the one that covers most nearly 95 %. Both ends are open where no pair
    covers that: so few replications give no interval. The upper end leaves out 5 % at the most, so that the level
    bought lies under it.
    """
    below = np.append(0.0, bdtr(np.arange(of + 1), of, probability))  # of order k: the quantile lies under it
    lows, highs = _ends(below, 1 - _AT_LEAST), _ends((1 - below)[::-1], ERROR)
    pairs = [_Pair.of(below, low, of + 1 - high) for low in lows for high in highs if low + high < of + 1]
    best = min(filter(_Pair.fits, pairs), key=lambda pair: pair.rank, default=None)
    return (best.low, best.high) if best else (0, of + 1)


def _ends(left_out: Floats, most: float) -> list[int]:
    """Ends worth a look: an open one, the last that leave out 4 % at the most, and those that leave out more.

    Args:
        left_out: by how many orders it lies inward, rising.
        most: of that.
    """
    orders = range(1, len(left_out) - 1)
    few = [order for order in orders if left_out[order] <= _TAIL]
    return [0, *few[-_TRIED:], *(order for order in orders if _TAIL < left_out[order] <= most)]


@dataclass(frozen=True)
class _Pair:
    """Two orders, what the ends leave out, and how many of them are open."""

    low: int
    high: int
    left_out: tuple[float, float]
    open_ends: int

    @classmethod
    def of(cls, below: Floats, low: int, high: int) -> _Pair:
        lows, highs = low > 0, high < len(below) - 1
        left_out = float(below[low]) if lows else 0.0, float(1 - below[high]) if highs else 0.0
        return cls(low, high, left_out, 2 - lows - highs)

    def fits(self) -> bool:
        """Whether it covers as much as it should, and neither end much more than its part."""
        return _AT_LEAST <= self.covered <= _AT_MOST and (self.open_ends > 0 or max(self.left_out) <= _MOST)

    @property
    def covered(self) -> float:
        return 1 - sum(self.left_out)

    @property
    def rank(self) -> tuple[int, float, float]:
        """Less is better."""
        beyond = sum(max(part - _TAIL, 0.0) for part in self.left_out)
        return self.open_ends, beyond, abs(self.covered - _COVERED)


def place(of: int, probability: float) -> float | None:
    """Where the quantile is read off: the order (of + 1) p, between two where it is not whole; None past the ends."""
    order = (of + 1) * probability
    return order if 1 <= order <= of else None


def certainty(of: int, order: int) -> float:
    """The certainty at which the need of an order is plotted: k / (n + 1), the mean of its distribution."""
    return order / (of + 1)
