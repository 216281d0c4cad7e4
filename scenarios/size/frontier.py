"""The cheapest mix of resources that serve one target: each replication's staircase, traced where it may be cheapest.

A replication can do with many mixes: the less of one, the more of another. For some rungs of all resources but the
last, its least rung of the last is a point of its staircase. The mix sought is the cheapest with which enough
replications hold; where it lies on the staircases is found on a coarse grid first, then closer and closer about the
best known, down to single rungs.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import inf

import numpy as np

from scenarios.size.choose import NEVER
from sim.streams import Floats, Ints

_BEST = 2
"""Points about which to look closer: costs rise and fall from rung to rung, so that the cheapest may lie in a dip."""
_COARSE = {1: 10, 2: 5}
"""Parts into which the first grid divides a resource, by how many are varied; 3 where more are."""

Point = tuple[int, ...]
"""Rungs of all resources but the last."""
Search = Generator[Point, Ints, None]
"""Yields a point, and is sent the least rung of the last resource by replication (``NEVER``: none will do)."""


@dataclass
class Staircases:
    """What is known of the staircases of some replications, and the cheapest mix on them.

    Args:
        costs: by resource the cost of each of its rungs, rising.
        held: replications that must hold.
    """

    costs: Sequence[Floats]
    held: int
    known: dict[Point, Ints] = field(default_factory=dict)

    @property
    def mix(self) -> list[int] | None:
        """The cheapest mix so far; of equally cheap ones that with least of the first, and so on. None if none does."""
        best = min(self.known, key=lambda point: (self._cost(point), point), default=None)
        if best is None or self._cost(best) == inf:
            return None
        return [*best, self._last(best)]

    def _last(self, point: Point) -> int:
        return int(np.partition(self.known[point], self.held - 1)[self.held - 1])

    def _cost(self, point: Point) -> float:
        last = self._last(point)
        if last == NEVER:
            return inf
        return float(sum(cost[rung] for cost, rung in zip(self.costs, (*point, last), strict=True)))

    def search(self) -> Search:
        """Ask for points until the cheapest mix is known."""
        tops = [len(cost) - 1 for cost in self.costs[:-1]]
        parts = _COARSE.get(len(tops), 3)
        spacing = [max(-(-top // parts), 1) for top in tops]
        grid = [sorted({*range(0, top + 1, space), top}) for top, space in zip(tops, spacing, strict=True)]
        yield from self._ask(product(*grid))
        while True:
            while around := self._around(spacing, tops):
                yield from self._ask(iter(around))
            if max(spacing) == 1:
                return
            spacing = [max(-(-space // 2), 1) for space in spacing]

    def _around(self, spacing: Sequence[int], tops: Sequence[int]) -> list[Point]:
        """Points about the best known, as far apart, that are not known yet and may be cheaper."""
        nearby = {
            point
            for best in self._best()
            for point in product(
                *(
                    sorted({max(rung - space, 0), rung, min(rung + space, top)})
                    for rung, space, top in zip(best, spacing, tops, strict=True)
                )
            )
        }
        return sorted(point for point in nearby if point not in self.known and not self._too_dear(point))

    def _best(self) -> list[Point]:
        """The cheapest points that do; none where none does."""
        found = sorted((self._cost(point), point) for point in self.known)
        return [point for cost, point in found[:_BEST] if cost < inf]

    def _ask(self, points: Iterator[Point]) -> Search:
        for point in points:
            if point not in self.known and not self._too_dear(point):
                self.known[point] = yield point

    def _too_dear(self, point: Point) -> bool:
        """Whether a point costs as much as the best mix without any of the last resource."""
        cost = sum(cost[rung] for cost, rung in zip(self.costs, point, strict=False)) + self.costs[-1][0]
        mix = self.mix
        return mix is not None and cost >= sum(own[rung] for own, rung in zip(self.costs, mix, strict=True))


Ask = Callable[[Mapping[str, Point]], Mapping[str, Ints]]
"""From a point by fiscal year to the least rung of the last resource there, by replication."""


def trace(staircases: Mapping[str, Staircases], ask: Ask) -> None:
    """Search all fiscal years at once: each at its own point, as long as it is sought."""
    searches = {period: each.search() for period, each in staircases.items()}
    wanted = {period: point for period, search in searches.items() if (point := next(search, None)) is not None}
    while wanted:
        told = ask(wanted)
        following: dict[str, Point] = {}
        for period in wanted:
            try:
                following[period] = searches[period].send(told[period])
            except StopIteration:
                continue
        wanted = following
