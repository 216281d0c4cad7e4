"""What one replication needs: the first step in each fiscal year that will do, on the saved facts of its whole run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from scenarios.experiment import Point, Task, again
from scenarios.kept import keep, kept
from scenarios.sizing.mixes import Mixes
from scenarios.sizing.question import Judged, Question, judged, part_of_target
from scenarios.sizing.rungs import Ladder, least_rungs
from scenarios.sizing.scales import Rungs, Scales, equipped
from scenarios.store import Store
from sim import __version__
from sim.reach import lends, reached_by, upstream
from sim.replication import reported
from sim.result import Result

TRIES = 3
"""Steps that the search of a replication looks at, about."""


@dataclass(frozen=True)
class Hands:
    """Where the work is kept, who does it, and who is told of each replication."""

    store: Store
    folder: Path
    workers: int
    on_done: Callable[[Task], None]


@dataclass(frozen=True)
class Search:
    """The search of replications for the steps that they need.

    ``base`` is the scenario on whose whole runs parts are run again; ``others`` are the rungs at which all other
    resources stand. ``mixes`` are the steps by fiscal year, ``targets`` those that must hold.
    """

    question: Question
    base: Point
    targets: tuple[str, ...]
    scales: Scales
    others: Rungs
    mixes: Mapping[str, Mixes]

    @cached_property
    def told(self) -> list[Any]:
        """All that determines what is found, as JSON can hold it."""
        scales = {
            path: {period: repr(scale) for period, scale in sorted(by.items())} for path, by in self.scales.items()
        }
        mixes = {period: mixes.told() for period, mixes in self.mixes.items()}
        asked = [self.targets, self.question.monthly_floor, __version__]
        return [self.base.digest, scales, self.others, mixes, *asked]

    @property
    def parts(self) -> frozenset[str]:
        """Those that must be run to know whether the targets are met."""
        paths = [path for mixes in self.mixes.values() for path in mixes.paths]
        return searched(self.targets, paths, self.base)

    def needed(
        self, known: Result, replication: int, ladders: Mapping[str, Ladder]
    ) -> tuple[dict[str, int | None], dict[str, dict[int, Judged]]]:
        """The first step of each fiscal year that will do, and what was said at the steps that were tried."""
        tried: dict[str, dict[int, Judged]] = {period: {} for period in ladders}

        def met(steps: Mapping[str, int]) -> dict[str, bool]:
            said = self.said(known, replication, steps)
            for period, step in steps.items():
                tried[period][step] = said[period]
            return {period: said[period].together for period in steps}

        return least_rungs(met, ladders), tried

    def said(self, known: Result, replication: int, steps: Mapping[str, int]) -> dict[str, Judged]:
        """What a replication says at some steps; fiscal years that are not sought stay as the base has them."""
        rungs: dict[str, dict[str, int]] = {path: dict(by_period) for path, by_period in self.others.items()}
        for period, step in steps.items():
            for path, rung in self.mixes[period].mix(step).items():
                rungs.setdefault(path, {})[period] = rung
        parameters = equipped(self.question.scenario, self.scales, rungs).parameters
        point = Point("tried", parameters, self.base.seed, self.base.chance_only, self.base.draws)
        result = again(known, self.base.parameters, point, replication, self.parts)
        return judged(reported(result, parameters), parameters, self.targets, self.question.monthly_floor)


def searched(targets: Iterable[str], paths: Iterable[str], base: Point) -> frozenset[str]:
    """Parts that must be run to know whether targets are met with other levels of some resources."""
    before = upstream({part_of_target(target) for target in targets}, lends(base.parameters))
    return before & reached_by(paths, base.parameters)


@dataclass(frozen=True)
class Kept:
    """Where what replications were found to need is kept: a small file each."""

    folder: Path
    told: list[Any]
    whole: Store

    @cached_property
    def digest(self) -> str:
        """What determines what was found."""
        return blake2b(json.dumps(self.told, sort_keys=True).encode(), digest_size=6).hexdigest()

    def file(self, replication: int) -> Path:
        """Of a replication."""
        return self.folder / f"{self.digest}-{replication:04d}.json"

    def known(self, replication: int) -> Any:
        """What was found; None where that is not known yet."""
        try:
            return kept(self.file(replication), self.whole.tell)
        except LookupError:
            return None


@dataclass(frozen=True)
class SearchJob:
    """The search in one replication, on its whole run. ``ladders`` say where to look."""

    search: Search
    kept: Kept
    task: Task
    ladders: Mapping[str, Ladder]

    def __call__(self) -> None:
        """Search, and write down what was found."""
        known = self.kept.whole.load(self.search.base.digest, self.task.replication)
        found, _ = self.search.needed(known, self.task.replication, self.ladders)
        keep(self.kept.file(self.task.replication), found)
