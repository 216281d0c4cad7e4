"""Weights of draws from log-likelihoods, their tail smoothed, with how far they can be trusted.

Pareto-smoothed importance sampling (Vehtari, Simpson, Gelman, Yao, Gabry, *Pareto smoothed importance sampling*, JMLR
25, 2024): a generalized Pareto law is fitted to the largest weights, which then become its quantiles. Its shape k tells
how heavy the tail is: from 0.7 on, averages with these weights cannot be trusted, however many draws there are. The
law is fitted as Zhang and Stephens do (*Technometrics* 51, 2009), its shape drawn a little towards 0.5 where the tail
is short.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from scenarios.margin.rows import effective
from sim.streams import Floats

HEAVIEST = 0.7
"""Above this k, averages cannot be trusted."""
FEWEST = 30
"""Below this effective number, quantiles and probabilities are too rough to decide on."""
_HALVINGS = 40
_SHORTEST_TAIL = 5
"""Fewer largest weights say nothing of their law; 25 draws have so many."""
_PRIOR_SHAPE, _PRIOR_WEIGHT = 0.5, 10
"""As if ten more weights had been seen whose law has this shape."""


@dataclass(frozen=True)
class Weights:
    """A share of belief for each draw, 1 in all.

    ``k_hat`` is the shape of the largest weights' law; ``None`` where there are too few draws to tell.
    """

    shares: Floats
    k_hat: float | None

    @property
    def effective(self) -> float:
        """So many equally weighted draws would know as much: 1 over the sum of squares."""
        return float(1 / np.square(self.shares).sum())

    @property
    def whole(self) -> int:
        """The same, rounded down."""
        return effective(self.shares)

    @property
    def word(self) -> str:
        """``trusted``; or why not: ``heavy`` (the tail of the weights), ``few`` (the effective number)."""
        if self.k_hat is not None and self.k_hat > HEAVIEST:
            return "heavy"
        return "few" if self.effective < FEWEST else "trusted"

    def mean(self, values: Floats) -> float:
        """The weighted mean."""
        return float(self.shares @ values)

    def deviation(self, values: Floats) -> float:
        """The weighted standard deviation."""
        return float(np.sqrt(self.shares @ np.square(values - self.mean(values))))

    def quantiles(self, values: Floats, levels: Floats) -> Floats:
        """Weighted quantiles: linear between the middles of the weights in order of the values."""
        order = np.argsort(values, kind="stable")
        places = np.cumsum(self.shares[order]) - self.shares[order] / 2
        return np.interp(levels, places, values[order])


def equal_weights(count: int) -> Weights:
    """The same share for each draw, as before anything has come."""
    return Weights(np.full(count, 1 / count), None)


def smoothed(log_likelihood: Floats) -> Weights:
    """Weights in proportion to the likelihood of each draw, the largest smoothed.

    Args:
        log_likelihood: of each draw, up to a constant; all finite.
    """
    logs = log_likelihood - log_likelihood.max()
    shape = None
    tail = ceil(min(len(logs) / 5, 3 * sqrt(len(logs))))
    if tail >= _SHORTEST_TAIL and np.ptp(logs) > 0:
        order = np.argsort(logs, kind="stable")
        largest, cutoff = order[-tail:], np.exp(logs[order[-tail - 1]])
        above = np.exp(logs[largest]) - cutoff
        if above[-1] > 0:
            shape, scale = _pareto(np.maximum(above, np.finfo(float).tiny))
            expected = cutoff + _quantiles((np.arange(tail) + 0.5) / tail, shape, scale)
            logs[largest] = np.log(np.minimum(expected, 1.0))
    shares = np.exp(logs - logs.max())
    return Weights(shares / shares.sum(), shape)


def flattened(log_likelihood: Floats, least: float) -> tuple[Weights, float]:
    """Weights of the likelihood raised to the largest power up to 1 that leaves an effective number of ``least``.

    Returns them and the power. Less is believed than what came says, so what follows is spread more widely, not less.
    """
    whole = smoothed(log_likelihood)
    if whole.effective >= least:
        return whole, 1.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        enough = smoothed(middle * log_likelihood).effective >= least
        low, high = (middle, high) if enough else (low, middle)
    return smoothed(low * log_likelihood), low


def _pareto(above: Floats) -> tuple[float, float]:
    """Shape and scale of a generalized Pareto law of values above 0, in rising order."""
    count, candidates = len(above), 30 + int(sqrt(len(above)))
    quartile = above[max(int(count / 4 + 0.5) - 1, 0)]
    steps = 1 - np.sqrt(candidates / (np.arange(1, candidates + 1) - 0.5))
    rates = 1 / above[-1] + steps / (3 * quartile)
    shapes = np.log1p(-rates[:, None] * above).mean(axis=1)
    likelihoods = count * (np.log(-rates / shapes) - shapes - 1)
    belief = np.exp(likelihoods - likelihoods.max())
    rate = float(rates @ belief / belief.sum())
    shape = float(np.log1p(-rate * above).mean())
    pulled = (count * shape + _PRIOR_WEIGHT * _PRIOR_SHAPE) / (count + _PRIOR_WEIGHT)
    return pulled, -shape / rate


def _quantiles(levels: Floats, shape: float, scale: float) -> Floats:
    if abs(shape) < 1e-9:
        return np.asarray(-scale * np.log1p(-levels))
    return np.asarray(scale * np.expm1(-shape * np.log1p(-levels)) / shape)
