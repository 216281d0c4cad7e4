"""The budget line: what certainty costs, for all certainties from the same needs of fresh replications.

Every need is a point, plotted at k / (n + 1), from the least that was looked for to the largest: the line ends where
the data end. A surer point stands for a larger need in every fiscal year. Its interval is that of the orders about its
quantile, and ends where these do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np

from scenarios.size.orders import certainty, place, surrounding
from scenarios.size.record import Further, Point
from sim.streams import Floats, Ints

_DRAWN = 1000
_ENDS = (0.025, 0.975)


@dataclass(frozen=True)
class Needs:
    """The multipliers that fresh replications need in one claim: sorted, as logarithms; infinite where none will do.

    ``first`` is the least order that is known exactly: smaller needs were not told apart.
    """

    multipliers: Floats
    first: int

    @classmethod
    def of(cls, multipliers: Floats, floor: float = -np.inf) -> Needs:
        """Needs of which none was looked for below ``floor``."""
        return cls(np.sort(multipliers), int((multipliers <= floor).sum()) + 1 if floor > -np.inf else 1)

    @property
    def of_all(self) -> int:
        """How many replications there are."""
        return len(self.multipliers)

    @property
    def last(self) -> int:
        """The largest order at which a need can be met."""
        return int(np.isfinite(self.multipliers).sum() + np.isneginf(self.multipliers).sum())

    def known(self, order: int) -> bool:
        """Whether the need of an order is known exactly."""
        return self.first <= order <= self.last

    def at(self, order: int) -> float:
        """The need of an order, 1 being the least."""
        return float(self.multipliers[order - 1])

    def around(self, probability: float, order: int = 0) -> tuple[float | None, float | None]:
        """The 95 % interval of the least multiplier for a certainty; None for an end that is not known.

        It reaches to the ``order`` that is bought.
        """
        low, high = surrounding(self.of_all, probability)
        high = max(high, order)
        return (self.at(low) if self.known(low) else None, self.at(high) if self.known(high) else None)


@dataclass(frozen=True)
class Costs:
    """Yen of the need of each order; known exactly from the order ``first`` to ``last``, 1 being the least."""

    yen: Sequence[float]
    first: int
    last: int

    @property
    def known(self) -> Floats:
        """Yen of each order, infinite where that is not known."""
        orders = np.arange(1, len(self.yen) + 1)
        return np.where((self.first <= orders) & (orders <= self.last), np.array(self.yen, dtype=np.float64), np.inf)

    def around(self, order: int, probability: float) -> tuple[float | None, float | None]:
        """The 95 % interval of what a certainty costs, for which the need of an order is bought.

        From the least that any order from the lower end on costs to the most that any up to the upper end does: a
        later year may cost less where the year before has paid more once. None for an end that is not known.
        """
        low, high = surrounding(len(self.yen), probability)
        high = max(high, order)
        below, above = self.yen[max(low - 1, 0) : order], self.yen[order - 1 : high]
        return (
            min(below) if self.first <= low <= self.last else None,
            max(above) if self.first <= high <= self.last else None,
        )


def line(period: str, costs: Costs) -> list[Point]:
    """The points of a period's budget line, from the least need that is known to the largest."""
    found = []
    for order in range(costs.first, costs.last + 1):
        share = certainty(len(costs.yen), order)
        found.append(Point(period, share, costs.yen[order - 1], *costs.around(order, share)))
    return found


def further(
    period: str, costs: Sequence[Floats], orders: Ints, certainties: Sequence[float], seed: int
) -> list[Further]:
    """Between each two neighbouring certainties of which both ends lie within the data.

    Each is the difference of the costs of two quantiles, read off at (n + 1) p. What is not known is which share of all
    needs lies below either. For the interval it is drawn by weighing replications anew, with all their claims at once
    (Rubin, *The Bayesian bootstrap*, Annals of Statistics 9, 1981, 130-134), while the needs stay where they are: drawn
    anew too, as in the bootstrap, the ends would fall on other needs as well, and the interval cover 99 %. Between the
    ends needs are taken to lie as far apart as those of a law with an exponential tail (Renyi, *On the theory of order
    statistics*, Acta Mathematica Hungarica 4, 1953, 191-231).

    Args:
        period: which it is of.
        costs: by claim the yen of the need of each order, rising; infinite where that is not known.
        orders: by claim the order of each replication's need, from 0, shape (claims, replications).
        certainties: rising.
        seed: of the draws.
    """
    of = orders.shape[1]
    drawn = np.random.default_rng(seed).standard_exponential((_DRAWN, of + 1))
    weights = drawn[:, :of] / drawn.sum(axis=1, keepdims=True)
    found = []
    for lower, upper in pairwise(certainties):
        low, high = place(of, lower), place(of, upper)
        if low is None or high is None:
            continue
        told = [_read(each, high) - _read(each, low) for each in costs]
        if not np.isfinite(told).all():
            continue
        apart = log((1 - lower) / (1 - upper))
        spread = sum(yen * apart / _apart(own, weights, low, high) for yen, own in zip(told, orders, strict=True))
        points = 100 * (upper - lower)
        least, most = np.quantile(spread, _ENDS) / points
        found.append(Further(period, lower, upper, sum(told) / points, float(least), float(most)))
    return found


def _apart(orders: Ints, weights: Floats, lower: float, upper: float) -> Floats:
    """How far two places among the orders lie apart in an exponential law, by the shares below them, in each draw."""
    first, second = (weights @ np.clip(place - orders, 0, 1) for place in (lower, upper))
    found: Floats = np.log((1 - first) / (1 - second))
    return found


def _read(costs: Floats, order: float) -> float:
    """The cost at an order, between two where it is not whole; not finite where that is not known."""
    below, part = int(order), order % 1
    low = float(costs[below - 1])
    return low + part * (float(costs[below]) - low) if part else low
