"""Margins of a replication as work that can be shared, and what is kept of it: loads and roots, as a small file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scenarios.experiment.experiment import Point, Task
from scenarios.experiment.sealed import keep, kept
from scenarios.experiment.store import Store
from scenarios.history import load_history
from scenarios.margin.loads import loads
from scenarios.margin.search import CALIBRATING, Root, Roots, search
from sim.louder import Run
from sim.message import Message
from sim.parts import CARDS, COUNTERS, HELPDESK, RESIDENT

_RERUNS = {CARDS: 0.9, COUNTERS: 1.0, RESIDENT: 0.13, HELPDESK: 0.4}
"""Processor time of a search by what it looks at, in that of simulating the part, about; the cards of the first few
alone. Of the counters the bookings alone are walked, of calls those of some days are taken again."""


@dataclass(frozen=True)
class Found:
    """Of one replication: by driver, fiscal year and cause the load, and by target and fiscal year the root."""

    loads: dict[str, dict[str, dict[str, float]]]
    roots: Roots


@dataclass(frozen=True)
class Search:
    """The search of one replication on its whole run: a job that leaves what it finds in a folder."""

    task: Task
    whole: Store
    folder: Path

    @property
    def path(self) -> Path:
        """Where that is kept."""
        return self.folder / f"margin-{self.task.point.digest}-{self.task.replication:04d}.json"

    def there(self) -> bool:
        """Whether that has been done; what is damaged is told, and is not there."""
        try:
            kept(self.path)
        except LookupError:
            if os.path.lexists(self.path):
                what = {"replication": self.task.replication, "file": self.path.name}
                self.whole.tell(
                    Message("replication {replication} ({file}) is damaged or foreign: simulated again", **what)
                )
            return False
        return True

    def __call__(self) -> None:
        """Search."""
        point, replication = self.task.point, self.task.replication
        known = self.whole.load(point.digest, replication)
        luck = point.seed, replication, point.chance_only
        run = Run(known, point.parameters, load_history(), *luck, point.unknowns)
        roots = {
            target: {year: [root.theory, root.found] for year, root in by_year.items()}
            for target, by_year in search(run).items()
        }
        keep(self.path, {"loads": loads(run), "roots": roots})

    def found(self) -> Found:
        """What was found."""
        told: dict[str, Any] = kept(self.path)
        roots = {
            target: {year: Root(*root) for year, root in by_year.items()} for target, by_year in told["roots"].items()
        }
        return Found(told["loads"], roots)


def task(point: Point, replication: int) -> Task:
    """The search of a replication, with what it costs."""
    asked = {part: times for part, times in _RERUNS.items() if part != CARDS or replication <= CALIBRATING}
    cost = sum(times * point.costs[part] for part, times in asked.items())
    labelled = replace(point, label=f"{point.label}, margin")
    return Task(labelled, replication, times=cost / sum(point.costs.values()))


def searches(point: Point, numbers: Iterable[int], store: Store, folder: Path) -> list[Search]:
    """The searches of replications whose whole runs are kept in ``store.of_whole_runs()``, as jobs."""
    return [Search(task(point, number), store.of_whole_runs(), folder) for number in numbers]


def known(point: Point, numbers: Sequence[int], folder: Path) -> list[Found]:
    """The margins of replications that ``find`` left in a folder; none unless those of all are there."""
    jobs = [Search(task(point, number), Store(folder), folder) for number in numbers]
    try:
        return [job.found() for job in jobs]
    except LookupError:
        return []
