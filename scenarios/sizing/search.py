"""What one replication needs: the least rung of a resource in each fiscal year, on the saved facts of its whole run."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from scenarios.experiment import Point, Task, again
from scenarios.kept import keep, kept
from scenarios.sizing.question import Question, judged, part_of_target
from scenarios.sizing.rungs import Ladder, least_rungs
from scenarios.sizing.scales import Rungs, Scale, Scales, equipped
from scenarios.store import Store
from sim import __version__
from sim.reach import lends, upstream
from sim.replication import reported

TRIES = 4
"""Rungs that the search of a replication looks at, about."""


@dataclass(frozen=True)
class Hands:
    """Where the work is kept, who does it, and who is told of each replication."""

    store: Store
    folder: Path
    workers: int
    on_done: Callable[[Task], None]


@dataclass(frozen=True)
class Search:
    """The search for one resource in all replications.

    ``base`` is the scenario with what was sized before; its whole runs are in ``whole``. ``others`` are the rungs at
    which resources of the same targets stand meanwhile. Nobody asks for less than the rung of ``floors``, by fiscal
    year; where there is none, for the lowest.
    """

    question: Question
    base: Point
    path: str
    scales: Scales
    others: Rungs
    whole: Store
    folder: Path
    floors: Mapping[str, int] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """What determines the needs found."""
        scales = {
            path: {period: repr(scale) for period, scale in sorted(by.items())} for path, by in self.scales.items()
        }
        told: list[Any] = [self.base.digest, self.path, scales, self.others, self.floors]
        told += [self.question.targets_of(self.path), self.question.monthly_floor, __version__]
        return blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=6).hexdigest()

    @property
    def parts(self) -> frozenset[str]:
        """Those that must be run to know whether the resource's targets are met."""
        return searched(self.question, self.path, self.base)

    def task(self, replication: int) -> Task:
        """The search in a replication."""
        return Task(self.base, replication, self.parts, TRIES)

    def file(self, replication: int) -> Path:
        """Where what a replication needs is kept."""
        return self.folder / f"{self.digest}-{replication:04d}.json"

    def known(self, replication: int) -> dict[str, int | None] | None:
        """What a replication was found to need; None where that is not known yet."""
        try:
            found: dict[str, int | None] = kept(self.file(replication), self.whole.tell)
        except LookupError:
            return None
        return found


def searched(question: Question, path: str, base: Point) -> frozenset[str]:
    """Parts that must be run to know whether a resource's targets are met."""
    return upstream({part_of_target(target) for target in question.targets_of(path)}, lends(base.parameters))


@dataclass(frozen=True)
class SearchJob:
    """The search in one replication. ``starts`` are the rungs that theory expects, give or take a share ``off``."""

    search: Search
    task: Task
    starts: Mapping[str, int]
    off: float

    def __call__(self) -> None:
        """Search, and write down what was found."""
        search, replication = self.search, self.task.replication
        question, mine = search.question, search.scales[search.path]
        known = search.whole.load(search.base.digest, replication)
        targets, parts = question.targets_of(search.path), search.parts

        def met(rungs: Mapping[str, int]) -> dict[str, bool]:
            scenario = equipped(question.scenario, search.scales, {**search.others, search.path: rungs})
            point = Point(search.path, scenario.parameters, question.seed, question.chance_only)
            result = again(known, search.base.parameters, point, replication, parts)
            said = judged(reported(result, scenario.parameters), scenario.parameters, targets, question.monthly_floor)
            return {period: said[period].together for period in rungs}

        ladders = {
            period: Ladder(search.floors.get(period, 0), start, scale.top, self._step(scale, start))
            for period, scale in mine.items()
            for start in (self.starts[period],)
        }
        found = least_rungs(met, ladders)
        keep(search.file(replication), found)

    def _step(self, scale: Scale, start: int) -> int:
        return max(round(self.off * scale.level(start) / scale.step), 1)
