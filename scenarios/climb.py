"""The headroom ladder: the same replications under rising load, each as far as it still has something to break.

A target that a replication has broken at one load needs no heavier one, and the part of the model that it watches is
left out of that replication from then on, unless another target rests on it. Under three times the load the residents'
call centre alone would take most of the time. What is simulated is as in a whole simulation, bit for bit
(``sim.replication.rerun``); it is kept apart from whole replications, since the facts of parts left out are unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isinf

import numpy as np

from scenarios.climbing import idle, likely, likely_from
from scenarios.cost import Work
from scenarios.experiment import Point, Task, do_missing
from scenarios.headroom import Rung, Told, crossings, decided, has_headroom
from scenarios.history import load_history
from scenarios.row import Row
from scenarios.store import Store
from sim.calendar import Calendar
from sim.facts import FACTS
from sim.parameters import Parameters
from sim.parts import PARTS
from sim.reach import lends, upstream
from sim.replication import reported, rerun
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result
from sim.targets import PART_OF_TARGET, Statistic, statistics


@dataclass(frozen=True)
class Step:
    """Some parts of one replication under a heavier load: a job that leaves its result in the store of the ladder."""

    task: Task
    store: Store

    @property
    def name(self) -> str:
        """What the result is kept under, beside the number of the replication."""
        return "-".join((self.task.point.digest, *self.task.parts))

    def there(self) -> bool:
        """Whether that has been done."""
        return self.store.has(self.name, self.task.replication)

    def __call__(self) -> None:
        """Simulate."""
        point, replication = self.task.point, self.task.replication
        simulated = rerun(
            self.task.parts, _nothing(point.parameters), point.parameters, load_history(), point.seed, replication,
            point.chance_only,
        )  # fmt: skip
        self.store.save(self.name, replication, reported(simulated, point.parameters))

    def told(self) -> Told:
        """What the replication says of the targets whose parts were simulated."""
        return decided(statistics(self.store.load(self.name, self.task.replication), self.task.point.parameters))


def climb(
    rows: Sequence[Row],
    told: Sequence[Sequence[Statistic]],
    points: Mapping[float, Point],
    store: Store,
    workers: int = 1,
    on_done: Callable[[Task], None] = lambda task: None,
    on_skipped: Callable[[Work], None] = lambda work: None,
) -> list[Rung]:
    """Raise the load until every replication has broken every tested target in every year, or the ladder ends.

    Args:
        rows: as judged under the load of the run itself.
        told: the statistics of the replications that climb, under that load.
        points: the heavier loads in rising order.
        store: of the run; the ladder has a folder of its own in it.
        workers: processes.
        on_done: told of each replication.
        on_skipped: told of work that was expected (``scenarios.climbing.likely``) and is not needed after all.

    Returns:
        The rungs climbed, the load of the run first; what a replication says of a load that it skipped is empty.
    """
    climbed: list[Rung] = [(1.0, [decided(one) for one in told])]
    ladder = store.of_the_ladder()
    promised = likely(points, len(told), workers)
    for load, point in points.items():
        steps = _steps(rows, climbed, point, ladder, workers)
        left = likely_from(load, [step.task for step in steps.values()], points)
        on_skipped(promised - left)
        if not steps:
            break
        do_missing(steps.values(), Step.there, workers, on_done)
        promised = left - sum((step.task.work for step in steps.values()), Work())
        climbed.append((load, [steps[place].told() if place in steps else {} for place in range(len(told))]))
    return climbed


def _steps(rows: Sequence[Row], climbed: Sequence[Rung], point: Point, store: Store, workers: int) -> dict[int, Step]:
    """For each replication with something left to break, the parts that it needs."""
    unbroken: dict[int, set[str]] = {}
    for row in rows:
        if has_headroom(row) and row.id in PART_OF_TARGET:
            for place, load in enumerate(crossings(row, climbed)):
                if load is not None and isinf(load):
                    unbroken.setdefault(place, set()).add(PART_OF_TARGET[row.id])
    lending = lends(point.parameters)
    return {
        place: Step(Task(point, place + 1, _in_order(upstream(parts, lending)), idle(len(unbroken), workers)), store)
        for place, parts in sorted(unbroken.items())
    }


def _in_order(parts: frozenset[str]) -> tuple[str, ...]:
    return tuple(part for part in PARTS if part in parts)


def _nothing(parameters: Parameters) -> Result:
    """Every fact of every simulated day as 0: what is known before anything is simulated."""
    days = Calendar(parameters.first_simulated_day, parameters.end).days
    facts = {name: np.zeros(days, dtype=np.int64) for name in FACTS}
    lead_times, ledger = (np.zeros((0, len(columns)), np.int64) for columns in (LEAD_TIME_COLUMNS, LEDGER_COLUMNS))
    return Result(facts, lead_times, ledger)
