"""A falling short by the load: what theory expects over factors on a year's load, and the root that reruns correct."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite, log
from statistics import median

import numpy as np

from sim.streams import Floats

MOST_RERUNS = 4
NEAR = 0.05
"""A root this near the load that was simulated, in logarithms, needs no further rerun: theory gives the slope. Twice
as far does between two reruns that say how far theory's slope is off; beyond both of them it does not.
"""
_STEEPEST, _STEPS = 0.7, 20
_AWAY = 0.1
"""A rerun that tells no more than that it is off moves the guess by this much, the next such one by twice as much."""
_SURE = 0.25
"""A share says how loud a year was if theory has it within this of the load wanted, in logarithms."""
_CLOSE, _EXACT = 0.01, 0.001
"""A crossing so near the point that was looked at last is known so well, in logarithms."""
_SLOPES = 1.0, 20.0
_SLOPE = 4.0
"""How fast a share rises with the load, both in logarithms: least and most, and as a rule."""
NONE = 1e-7
"""Shares below this count as none."""
_RISEN = 1e-3
"""A share this little above the least, as logarithms, has not risen: it does not tell how loud a year was."""


@dataclass(frozen=True)
class Curve:
    """A share that falls short, over rising factors (as logarithms) on a year's load."""

    factors: Floats
    shares: Floats

    def with_points(self, other: Curve) -> Curve:
        """This curve with the points of another."""
        factors = np.concatenate([self.factors, other.factors])
        order = np.argsort(factors, kind="stable")
        return Curve(factors[order], np.concatenate([self.shares, other.shares])[order])

    def at_share(self, share: float) -> float:
        """The logarithm of the factor with that share; infinite beyond either end, and where none has risen."""
        rising = np.log(np.maximum(np.maximum.accumulate(self.shares), NONE))
        wanted = log(max(share, NONE))
        if wanted >= rising[-1]:
            return float("inf")
        if wanted <= rising[0] + _RISEN:
            return float("-inf")
        last = int(np.searchsorted(rising, wanted, side="right"))
        below, above = rising[last - 1], rising[last]
        part = (wanted - below) / (above - below)
        return float(self.factors[last - 1] + part * (self.factors[last] - self.factors[last - 1]))


@dataclass(frozen=True)
class Sought:
    """A year whose root is sought.

    ``whole`` is the curve of the year, ``seen`` that of the days of it that reruns look at. ``known`` is the share
    that falls short under the year's own load, ``allowed`` the share at which the target is just met.
    """

    whole: Curve
    seen: Curve
    known: float
    allowed: float

    @property
    def ends(self) -> tuple[float, float]:
        """The factors looked at, as logarithms."""
        return float(self.whole.factors[0]), float(self.whole.factors[-1])

    def root(self, shift: float) -> float:
        """Where the target is just met, if a load acts like theory's with ``shift`` added."""
        low, high = self.ends
        return min(max(self.whole.at_share(self.allowed) - shift, low), high)

    def beyond(self, root: float) -> bool:
        """Whether a root lies at an end of what is looked at."""
        low, high = self.ends
        return not low < root < high

    def shift_of(self, root: float) -> float | None:
        """How much louder than theory's a load acts where the target is just met; None where either lies at an end."""
        theory = self.root(0.0)
        return None if self.beyond(root) or self.beyond(theory) else theory - root

    def shift(self, share: float, curve: Curve, factor: float) -> float | None:
        """How much louder than theory's a load acted; None where the share does not tell."""
        acted = curve.at_share(share)
        return acted - factor if isfinite(acted) else None

    @property
    def known_shift(self) -> float | None:
        """How much louder than theory's the year's own load acted; None where its share does not tell enough."""
        return self.shift(self.known, self.whole, 0.0) if self.sure(self.known, self.whole) else None

    def sure(self, share: float, curve: Curve) -> bool:
        """Whether a share is near enough to the one allowed to say how loud a year was."""
        return abs(curve.at_share(share) - curve.at_share(self.allowed)) < _SURE


def crossing(short: Callable[[float], float], allowed: float, ends: tuple[float, float], guess: float) -> float:
    """Where a share first exceeds the one allowed (the logarithm of a factor), to a thousandth as a rule.

    Args:
        short: the share that falls short at a factor (its logarithm), which rises with it.
        allowed: the share at which a target is just met.
        ends: the least and the largest factor looked at, as logarithms; a root beyond is said to be there.
        guess: where to look first, as a logarithm.
    """
    low, high = ends
    root, met, broken, points = min(max(guess, low), high), -inf, inf, []
    while met < high and broken > low and broken - met > _EXACT:
        looked, excess = root, log(max(short(root), NONE) / allowed)
        points.append((excess, looked))
        met, broken = (max(met, looked), broken) if excess <= 0 else (met, min(broken, looked))
        root = min(max(_crossing_of(points), low), high)
        possible, close = met < root < broken or root == looked, abs(root - looked) < _CLOSE
        if possible and close and all(abs(excess) <= abs(other) for other, _ in points):
            return root
        if close or not possible:
            root = high if broken == inf else low if met == -inf else (met + broken) / 2
    return min(max((met + broken) / 2, low), high)


def _crossing_of(points: list[tuple[float, float]]) -> float:
    """Where the excess is none, by a parabola through the three points next to that, or by what there is.

    Args:
        points: excess (a share over the one allowed) and factor of each, as logarithms.
    """
    (excess, factor), *others = sorted(reversed(points), key=lambda point: abs(point[0]))[:3]
    slopes = [_slope(*pair) for pair in pairwise([(excess, factor), *others])]
    straight = factor - excess / (slopes[0] if slopes else _SLOPE)
    if len(slopes) < 2 or others[1][0] == excess:
        return straight
    bent = (1 / slopes[1] - 1 / slopes[0]) / (others[1][0] - excess) * excess * others[0][0]
    return straight + min(max(bent, -_CLOSE), _CLOSE)


def _slope(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How fast the excess rises from one point to another, within what it can."""
    rise, run = other[0] - one[0], other[1] - one[1]
    return min(max(rise / run, _SLOPES[0]), _SLOPES[1])


Rerun = Callable[[Mapping[str, float]], Mapping[str, float]]
"""From the factors of some years (their logarithms) to the shares that fall short in them."""


def roots(
    sought: Mapping[str, Sought], rerun: Rerun, most: int = MOST_RERUNS, near: float = NEAR, usual: float = 0.0
) -> dict[str, float]:
    """The factor at which each year's target is just met (its logarithm), at an end of the curve if beyond.

    Years are rerun all at once, each at its own guess; those whose guess proves right enough are left alone from then
    on. ``rerun`` is called ``most`` times at most, not at all where the years' own shares tell enough. ``near``: as
    ``NEAR``, smaller for theory whose slope is less right. ``usual``: how much louder than theory's a load acts where
    no year's own share tells; where some do, the others are taken to be as the middle one of them.
    """
    sure = [shift for each in sought.values() if (shift := each.known_shift) is not None]
    usual = median(sure) if sure else usual
    searches = {year: _Search(each, near, usual) for year, each in sought.items()}
    for _ in range(most):
        wanted = {year: search.root for year, search in searches.items() if not search.done}
        if not wanted:
            break
        told = rerun(wanted)
        for year, factor in wanted.items():
            searches[year].learn(factor, told[year])
    return {year: search.best for year, search in searches.items()}


class _Search:
    """The guess at one year's root."""

    def __init__(self, sought: Sought, near: float, usual: float) -> None:
        self._sought, self._near = sought, near
        self._low, self._high = sought.ends
        self._away = _AWAY
        shift = sought.known_shift
        sure = shift is not None
        told = shift is not None and np.array_equal(sought.seen.shares, sought.whole.shares)
        self._points: list[tuple[float, float]] = [(0.0, shift)] if shift is not None and told else []
        self.root = sought.root(usual if shift is None else shift)
        self._narrow(0.0, sought.known)
        possible = self._low <= self.root <= self._high
        self.done = possible and (sought.beyond(self.root) or (sure and abs(self.root) < near))
        if not possible:
            self.root = max(self._low, -_AWAY) if self.root < self._low else min(self._high, _AWAY)

    @property
    def best(self) -> float:
        """The root as far as it is known; theory's where no rerun told, within what reruns allow."""
        if self.done or self._points:
            return self.root
        return min(max(self._sought.root(0.0), self._low), self._high)

    def learn(self, factor: float, share: float) -> None:
        """A rerun under a factor fell short by so much."""
        self._narrow(factor, share)
        shift = self._sought.shift(share, self._sought.seen, factor)
        if shift is None:
            away = factor + (self._away if share <= self._sought.allowed else -self._away)
            self.root = away if self._low < away < self._high else (self._low + self._high) / 2
            self._away *= 2
            return
        sure = self._sought.sure(share, self._sought.seen)
        self._points += [(factor, shift)] if sure else []
        self.root = self._between() if len(self._points) > 1 else self._sought.root(shift)
        near = 2 * self._near if self._told_on_both_sides else self._near
        self.done = (sure and abs(self.root - factor) < near) or self._high - self._low < self._near / 2
        if not self.done and not self._low <= self.root <= self._high:
            self.root = (self._low + self._high) / 2

    @property
    def _told_on_both_sides(self) -> bool:
        ends = [factor for factor, _ in self._points[-2:]]
        return len(ends) > 1 and min(ends) <= self.root <= max(ends)

    def _between(self) -> float:
        """The root by the last two reruns that tell: how far theory is off moves evenly from one to the other."""
        (before, first), (factor, shift) = self._points[-2:]
        slope = (shift - first) / (factor - before) if factor != before else 0.0
        slope, root = min(max(slope, -_STEEPEST), _STEEPEST), self._sought.root(shift)
        for _ in range(_STEPS):
            root = self._sought.root(shift + slope * (root - factor))
        return root

    def _narrow(self, factor: float, share: float) -> None:
        """The root lies above a load that does, and below one that does not."""
        if share <= self._sought.allowed:
            self._low = max(self._low, factor)
        else:
            self._high = min(self._high, factor)
