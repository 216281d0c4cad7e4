"""Between which values of a swept quantity a target comes to be met with a probability, by a monotone fit of points.

The share of replications that meet the target is taken to rise, or to fall, with the quantity. The fit is the monotone
one nearest to the shares, weighted by replications (isotonic regression by pooling adjacent violators: Ayer, Brunk,
Ewing, Reid and Silverman, Annals of Mathematical Statistics 26, 1955, 641-647). What happens between two points is not
known: of 0 of 5 at one and 5 of 5 at the next every replication may change right behind the one, or right before the
other. So no line is drawn: the fit reaches the probability between the last point that falls short of it and the first
that does not.

The 95 % interval has points as its ends too: the last one at which the upper end of the fitted share's Wilson interval
falls short of the probability, and the first one at which the lower end does not. At that safe end a target is sure
enough to be called held (``scenarios.run.words``). How many independent replications a fitted share is worth is found
by the bootstrap over replications, each taken at all points together, since points share luck: the share's binomial
variance over the one that it has (what a pool of points with the same luck is worth is no more than one of them). So
few replications leave the interval open on the safe side: below 16 not even a clean sheet tells.

Measured over 150 to 300 sets a case, curves from a jump to a logistic one three gaps wide, 5 to 40 replications at 3 to
25 points, the luck shared or not: the interval holds a crossing that may lie anywhere in 99 % of sets, one right behind
a point in 97 % or more, and one right before a point, the worst place, in 95 to 97 %
(``tests/model/test_crossing_truth.py`` repeats some of it).
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
    fitted = _fitted(shares, weights, rises)[0]
    worth = _worth(fitted, met, rises, seed).tolist()
    least, most = np.array([wilson(share * of, of) for share, of in zip(fitted.tolist(), worth, strict=True)]).T
    return _crossing(points, fitted, rises, least, most)


def of_chances(values: Sequence[float], chances: Sequence[float | None]) -> Crossing | None:
    """The same of probabilities that are computed, None where the target was not tested: no luck, no interval."""
    tested = [(value, chance) for value, chance in zip(values, chances, strict=True) if chance is not None]
    if len(tested) < 2 or np.ptp([chance for _, chance in tested]) == 0:
        return None
    points, shares = np.array(tested, dtype=np.float64).T
    alike = np.ones((1, len(points)))
    rises = _rises(shares, alike[0])
    fitted = _fitted(shares[None], alike, rises)[0]
    return replace(_crossing(points, fitted, rises, fitted, fitted), computed=True)


def _crossing(points: Floats, fitted: Floats, rises: bool, least: Floats, most: Floats) -> Crossing:
    """``least``, ``most``: ends of the fitted shares' intervals."""
    ordered = slice(None) if rises else slice(None, None, -1)
    places = points[ordered].tolist()
    short, early, safe = (_reached(shares[ordered]) for shares in (fitted, most, least))
    between = _around(places, short)
    ends = _around(places, early)[0], _around(places, safe)[1]
    return Crossing(
        found="everywhere" if between[0] is None else "nowhere" if between[1] is None else "within",
        rises=rises,
        between=between if rises else between[::-1],
        low=ends[not rises],
        high=ends[rises],
        fit=tuple(fitted.tolist()),
    )


def _reached(shares: Floats) -> int:
    """How many points, towards the side on which the target is met, fall short of the probability."""
    return int(np.searchsorted(np.maximum.accumulate(shares), PROBABILITY - 1e-12))


def _around(places: Sequence[float], short: int) -> tuple[float | None, float | None]:
    """The last of the points that fall short, and the first that does not."""
    return places[short - 1] if short else None, places[short] if short < len(places) else None


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
