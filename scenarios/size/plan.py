"""Plans for any certainty from one set of needs: the level that the binomial bound asks for, and its interval.

One multiplier moves all groups, also one that needs no more than its first step. Of those that the search found to be
such (``Direction.spared``) no more is bought than the most that any fresh replication needs, and the multiplier is that
of the next order for each. The claim stays true whatever the law: cutting off the replication that needs most of a
group, then the others by the multiplier, leaves as much as cutting off as many by the multiplier alone (Tukey,
*Non-parametric estimation II: statistically equivalent blocks and tolerance regions*, Annals of Mathematical Statistics
18, 1947, 529-539; with ties no less, III, 19, 1948, 30-39). Which are spared is fixed before a fresh replication is
looked at. Where the certainty takes all replications there is none to cut off, and nothing is spared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

import numpy as np

from scenarios.size.choose import NEVER, cheapest
from scenarios.size.claims import needed
from scenarios.size.direction import Direction, Key, reference
from scenarios.size.line import Needs
from scenarios.size.mixes import Mixes
from sim.streams import Floats, Ints

Costs = Callable[[str, str, float], float]
"""What a level of a resource costs in a fiscal year."""


@dataclass(frozen=True)
class Found:
    """What replications need of some groups in some fiscal years: the first step of each that they can do with.

    ``steps`` are by replication; nothing below the step of ``floors`` was looked for.
    """

    steps: Mapping[Key, Ints]
    floors: Mapping[Key, int]


def towards(
    mixes: Mapping[Key, Mixes],
    costs: Mapping[Key, Floats],
    searched: Mapping[Key, Ints],
    expected: Mapping[Key, Floats],
    certainty: float,
) -> Direction:
    """The direction through the cheapest steps with which the share ``certainty`` of the search holds.

    Args:
        mixes: the steps of each group and fiscal year that make up one claim.
        costs: what each of them costs, rising.
        searched: the steps that each replication of the search needs.
        expected: the sizes that theory expects each to need; 0 where it says nothing.
        certainty: asked for.
    """
    keys = list(mixes)
    needs = np.stack([searched[key] for key in keys], axis=1)
    possible = int((needs < NEVER).all(axis=1).sum())
    chosen = cheapest(needs, [costs[key] for key in keys], min(ceil(certainty * len(needs)), possible))
    if not possible or chosen is None:
        chosen = [mixes[key].top for key in keys]
    references = {
        key: reference(mixes[key], step, searched[key], expected[key]) for key, step in zip(keys, chosen, strict=True)
    }
    return Direction.of(mixes, references, [key for key in keys if not searched[key].any()])


@dataclass(frozen=True)
class Level:
    """What a claim buys for a certainty: the step of each group and fiscal year, and the interval of the least.

    ``order`` is that of the need bought. ``reached``: that need can be met. ``shown``: the replications are enough to
    claim the certainty. An end of the interval that is not known is None.
    """

    order: int
    reached: bool
    shown: bool
    steps: Mapping[Key, int]
    low: Mapping[Key, int] | None
    high: Mapping[Key, int] | None


@dataclass(frozen=True)
class Claim:
    """Fiscal years in which targets are to hold together, the direction, and what fresh replications need along it."""

    periods: tuple[str, ...]
    direction: Direction
    found: Found

    @cached_property
    def multipliers(self) -> Floats:
        """What each replication needs, in their order, as logarithms."""
        return self.direction.needed(self.found.steps)

    @cached_property
    def needs(self) -> Needs:
        """The same from the least to the largest."""
        floor = max(float(self.direction.positions[key][step]) for key, step in self.found.floors.items())
        return Needs.of(self.multipliers, floor)

    @cached_property
    def orders(self) -> Ints:
        """The order of each replication's need, from 0."""
        found = np.empty(len(self.multipliers), dtype=np.int64)
        found[np.argsort(self.multipliers, kind="stable")] = np.arange(len(self.multipliers))
        return found

    def level(self, certainty: float) -> Level:
        """The least level that may be claimed to hold with a certainty; the likeliest where none may."""
        of, needs = self.needs.of_all, self.needs
        order = needed(of, certainty)
        shown, order = order is not None, order or min(ceil((of + 1) * certainty), of)
        sparing = order + len(self.direction.spared) <= of
        if shown and sparing:
            order += len(self.direction.spared)
        reached = order <= needs.last
        low, high = needs.around(certainty, order)
        return Level(
            order,
            reached,
            shown and reached,
            self._bought(needs.at(order), sparing),
            None if low is None else self._bought(low, sparing),
            None if high is None else self._bought(high, sparing),
        )

    def at(self, order: int) -> dict[Key, int]:
        """The steps that the need of an order buys."""
        return self._bought(self.needs.at(order))

    def _bought(self, multiplier: float, sparing: bool = True) -> dict[Key, int]:
        """The steps that a multiplier buys; of what is spared no more than any replication needs."""
        steps = self.direction.steps(multiplier)
        most = {key: int(self.found.steps[key].max()) for key in self.direction.spared if sparing}
        return {key: min(step, most.get(key, step)) for key, step in steps.items()}


@dataclass(frozen=True)
class Plan:
    """A certainty with what each claim buys for it."""

    certainty: float
    levels: Sequence[Level]

    @property
    def reached(self) -> bool:
        """Whether levels within the bounds do."""
        return all(level.reached for level in self.levels)

    @property
    def shown(self) -> bool:
        """Whether the certainty may be claimed of every fiscal year."""
        return all(level.shown for level in self.levels)

    @property
    def steps(self) -> dict[Key, int]:
        """The steps bought."""
        return {key: step for level in self.levels for key, step in level.steps.items()}

    @property
    def low(self) -> dict[Key, int]:
        """Those of the lower end of the interval, where that is known."""
        return {key: step for level in self.levels for key, step in (level.low or {}).items()}

    @property
    def high(self) -> dict[Key, int]:
        """Those of the upper end."""
        return {key: step for level in self.levels for key, step in (level.high or {}).items()}
