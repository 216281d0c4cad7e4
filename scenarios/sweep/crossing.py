"""The value of a swept quantity from which a target is met with a probability, by a monotone fit over all points.

The share of replications that meet the target is taken to rise, or to fall, with the quantity. The fit is the monotone
one nearest to the shares, weighted by replications (isotonic regression by pooling adjacent violators: Ayer, Brunk,
Ewing, Reid and Silverman, Annals of Mathematical Statistics 26, 1955, 641-647), and straight between points; where it
reaches the probability is the value.

Its interval holds the values at which the probability asked for lies inside the Wilson interval of the fitted one: at
its safe end a target is sure enough to be called held (``scenarios.run.words``). How many independent replications a
fitted share is worth is found by the bootstrap over replications, each taken at all points together, since points share
luck: the share's binomial variance over the one that it has (what a pool of points with the same luck is worth is no
more than one of them). So few replications leave the interval open on the safe side: below 16 not even a clean sheet
tells.

Measured over 2,000 sets a case, logistic curves whose crossing is known, 20 to 100 replications at 7 to 25 points, the
luck shared or not: the interval holds the crossing in 95 to 97 % of sets (``tests/model/test_crossing_truth.py``
repeats it with fewer).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scenarios.run.words import wilson
from scenarios.sweep.record import Crossing
from sim.streams import Floats, Streams

PROBABILITY = 0.8
"""As for a verdict: a target holds from here on."""
RESAMPLES = 400
Met = NDArray[np.float64]
"""Replications by points: 1 where the target was met, 0 where it was missed, NaN where it was not tested."""


def crossing(values: Sequence[float], met: Met, seed: int) -> Crossing | None:
    """The crossing of a target; ``values``: of the points, rising, each with a column of ``met``.

    None where the target was tested nowhere, or is met equally often at every point: then nothing moves it.
    """
    tested = ~np.isnan(met)
    if not tested.all(axis=0).any() or len(values) < 2:
        return None
    kept = tested.any(axis=0)
    points, met = np.array(values, dtype=np.float64)[kept], met[:, kept]
    shares, weights = _shares(met[None])
    if np.ptp(shares) == 0:
        return None
    rises = _rises(shares[0], weights[0])
    fitted = _fitted(shares, weights, rises)
    low, high = _interval(points, fitted[0], _worth(fitted[0], met, rises, seed), rises)
    return _crossing(points, fitted, rises, low, high)


def of_chances(values: Sequence[float], chances: Sequence[float | None]) -> Crossing | None:
    """The same of probabilities that are computed, None where the target was not tested."""
    tested = [(value, chance) for value, chance in zip(values, chances, strict=True) if chance is not None]
    if len(tested) < 2 or np.ptp([chance for _, chance in tested]) == 0:
        return None
    points, shares = np.array(tested, dtype=np.float64).T
    alike = np.ones((1, len(points)))
    rises = _rises(shares, alike[0])
    fitted = _fitted(shares[None], alike, rises)
    value = float(_where(points, fitted, rises)[0])
    return replace(_crossing(points, fitted, rises, value, value), computed=True)


def _crossing(points: Floats, fitted: Floats, rises: bool, low: float, high: float) -> Crossing:
    value = float(_where(points, fitted, rises)[0])
    return Crossing(
        found="within" if np.isfinite(value) else "everywhere" if (value < 0) == rises else "nowhere",
        rises=rises,
        value=value if np.isfinite(value) else None,
        low=low if np.isfinite(low) else None,
        high=high if np.isfinite(high) else None,
        fit=tuple(fitted[0].tolist()),
    )


def _shares(met: Met) -> tuple[Floats, Floats]:
    """By sample and point the share that meets the target, and of how many; ``met``: samples, replications, points."""
    tested = np.sum(~np.isnan(met), axis=1)
    shares: Floats = np.nansum(met, axis=1) / np.maximum(tested, 1)
    return shares, tested.astype(np.float64)


def _rises(shares: Floats, weights: Floats) -> bool:
    """Whether a rising fit misses the shares by no more than a falling one."""
    up, down = (_fitted(shares[None], weights[None], rises)[0] for rises in (True, False))
    return bool((weights * (shares - up) ** 2).sum() <= (weights * (shares - down) ** 2).sum())


def _fitted(shares: Floats, weights: Floats, rises: bool) -> Floats:
    """The monotone fit of each row; rows that are monotone already are left as they are."""
    from scipy.optimize import isotonic_regression

    fitted = shares.copy()
    steps = np.diff(shares, axis=1)
    for row in np.flatnonzero((steps < 0 if rises else steps > 0).any(axis=1)):
        fitted[row] = isotonic_regression(shares[row], weights=np.maximum(weights[row], 1e-9), increasing=rises).x
    return fitted


def _where(points: Floats, fitted: Floats, rises: bool) -> Floats:
    """Where each row reaches the probability, straight between points; infinite beyond either end of the points.

    Towards the side on which the target is met: plus infinity where it is met nowhere and the fit rises.
    """
    if not rises:
        return -_where(-points[::-1], fitted[:, ::-1], True)
    enough = fitted >= PROBABILITY - 1e-12
    first = np.argmax(enough, axis=1)
    before, rows = np.maximum(first - 1, 0), np.arange(len(fitted))
    low, high = fitted[rows, before], fitted[rows, first]
    part = np.divide(PROBABILITY - low, high - low, out=np.ones_like(low), where=high > low)
    found = points[before] + np.clip(part, 0.0, 1.0) * (points[first] - points[before])
    found = np.where(first == 0, -np.inf, found)
    return np.where(enough.any(axis=1), found, np.inf)


def _worth(fitted: Floats, met: Met, rises: bool, seed: int) -> Floats:
    """How many independent replications the fitted share of each point is worth; its own where that cannot be told."""
    generator = Streams(seed, 0).generator("sweep/crossing bootstrap")
    count, tested = len(met), (~np.isnan(met)).astype(np.float64)
    times = generator.multinomial(count, np.full(count, 1 / count), size=RESAMPLES).astype(np.float64)
    of = times @ tested
    shares = np.divide(times @ np.nan_to_num(met), of, out=np.tile(fitted, (RESAMPLES, 1)), where=of > 0)
    spread = _fitted(shares, of, rises).var(axis=0)
    own: Floats = tested.sum(axis=0)
    binomial = fitted * (1 - fitted) * (count - 1) / count
    worth = np.divide(binomial, spread, out=own.copy(), where=(spread > 0) & (binomial > 0))
    bounded: Floats = np.clip(worth, own, own.sum())
    return bounded


def _interval(points: Floats, fitted: Floats, worth: Floats, rises: bool) -> tuple[float, float]:
    """The values at which the probability lies inside the fitted share's interval."""
    bounds = np.array([wilson(share * of, of) for share, of in zip(fitted.tolist(), worth.tolist(), strict=True)])
    along = bounds if rises else bounds[::-1]
    monotone = np.maximum.accumulate(along, axis=0)
    least, most = (monotone if rises else monotone[::-1]).T
    safe, early = (float(_where(points, bound[None], rises)[0]) for bound in (least, most))
    return (early, safe) if rises else (safe, early)
