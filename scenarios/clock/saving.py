"""Whether an order saves a year that breaks, and how late it may come: found by rerunning the part that it helps.

A replication is run again from its saved facts with the order at work, under the same luck; the year is saved where it
then meets its target. More of a resource, or the same for longer, is taken to meet no less, so that the least that does
is found by halving (``scenarios.size.rungs``).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass
from hashlib import blake2b
from math import log2
from pathlib import Path

from scenarios.clock.breaks import outcomes
from scenarios.clock.orders import Order, with_orders, with_policies_kept
from scenarios.experiment.experiment import Point, Task, again
from scenarios.experiment.sealed import keep, kept
from scenarios.experiment.store import Store
from scenarios.files.load import Scenario
from scenarios.history import load_history
from scenarios.size.rungs import Ladder, least_rungs
from sim import __version__
from sim.louder import Run
from sim.reach import lends, reached_by, upstream
from sim.replication import reported
from sim.result import Result
from sim.targets import part_of_target

Tried = Mapping[str, Sequence[Order]]
"""By fiscal year orders that may save it, the least helpful first."""


@dataclass(frozen=True)
class Search:
    """The search in one replication for the least helpful order that saves each of some years: a job for a worker.

    Years are tried together, so they must not touch each other.
    """

    scenario: Scenario
    base: Point
    target: str
    tried: Tried
    replication: int
    whole: Store
    folder: Path

    @property
    def task(self) -> Task:
        """What it costs."""
        paths = {own.path for of in self.tried.values() for own in of}
        return task(self.base, self.replication, self.target, paths, max(map(len, self.tried.values())))

    @property
    def path(self) -> Path:
        """Where what was found is kept."""
        tried = {period: [astuple(order) for order in orders] for period, orders in self.tried.items()}
        told = [self.base.digest, self.target, tried, __version__]
        digest = blake2b(json.dumps(told, sort_keys=True, default=str).encode(), digest_size=6).hexdigest()
        return self.folder / f"saved-{digest}-{self.replication:04d}.json"

    def there(self) -> bool:
        """Whether it has been done."""
        try:
            kept(self.path, self.whole.tell)
        except LookupError:
            return False
        return True

    def found(self) -> dict[str, int | None]:
        """By fiscal year the place of the order that saves it; None where none of them does."""
        told: dict[str, int | None] = kept(self.path)
        return told

    def __call__(self) -> None:
        """Search."""
        known = self.whole.load(self.base.digest, self.replication)
        scenario = self._as_it_was(known)

        def met(places: Mapping[str, int]) -> dict[str, bool]:
            orders = [self.tried[period][place] for period, place in places.items()]
            return self._saved(with_orders(scenario, orders), known)

        ladders = {
            year: Ladder(floor=0, start=len(orders) // 2, top=len(orders) - 1, step=max(len(orders) // 4, 1))
            for year, orders in self.tried.items()
        }
        keep(self.path, least_rungs(met, ladders))

    def _as_it_was(self, known: Result) -> Scenario:
        """The scenario with the seats that policies contracted in the replication."""
        base = self.base
        luck = base.seed, self.replication, base.chance_only, base.unknowns
        return with_policies_kept(self.scenario, Run(known, base.parameters, load_history(), *luck))

    def _saved(self, ordered: Scenario, known: Result) -> dict[str, bool]:
        """By fiscal year whether the replication meets the target with some orders."""
        point = Point(self.base.label, ordered.parameters, self.base.seed, self.base.chance_only, self.base.draws)
        result = again(known, self.base.parameters, point, self.replication, self.task.parts)
        told = outcomes(reported(result, point.parameters), point.parameters, [self.target])
        return {period: told[self.target, period].met is not False for period in self.tried}


def task(base: Point, replication: int, target: str, paths: Collection[str], orders: float) -> Task:
    """The search for a target by more of some resources: the parts that these reach, and the target rests on.

    Among so many orders it takes as many reruns as halving does, about.
    """
    wanted = upstream({part_of_target(target)}, lends(base.parameters))
    return Task(base, replication, wanted & reached_by(paths, base.parameters), log2(orders) + 0.5)
