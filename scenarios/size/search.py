"""What one replication needs: the first step in each fiscal year that will do, on the saved facts of its whole run."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.experiment.experiment import Point, Task, again
from scenarios.experiment.sealed import keep, kept
from scenarios.experiment.store import Store
from scenarios.size.mixes import Mixes
from scenarios.size.problem import Bounded, Judged, Problem, judged
from scenarios.size.promises import held_by_promises
from scenarios.size.rungs import Ladder, least_rungs
from scenarios.size.scales import Rungs, Scales, equipped, stands
from sim import __version__
from sim.calendar import Calendar
from sim.couplings import COUPLINGS
from sim.facts import CALL_CAUSES, CENTRES
from sim.parameters import Parameters
from sim.reach import lends, reached_by, upstream
from sim.replication import reported
from sim.result import Result
from sim.targets import part_of_target

TRIES = 3
"""Steps that the search of a replication looks at, about."""
_BEFORE = 7
"""Days before a year from which on calls are simulated: whoever is on the line as it begins has rung in them."""


def tries(problem: Problem, group: Sequence[Bounded]) -> int:
    """Steps that the search of a replication looks at for a group, about: none below a promise that stands."""
    return 0 if held_by_promises(problem, group) else TRIES


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
    resources stand. ``mixes`` are the steps by fiscal year, ``targets`` those that must hold. ``unknown``: parts of
    which the runs of the base know nothing.
    """

    problem: Problem
    base: Point
    targets: tuple[str, ...]
    scales: Scales
    others: Rungs
    mixes: Mapping[str, Mixes]
    unknown: frozenset[str] = frozenset()

    @cached_property
    def told(self) -> list[Any]:
        """All that determines what is found, as JSON can hold it."""
        scales = {
            path: {period: repr(scale) for period, scale in sorted(by.items())} for path, by in self.scales.items()
        }
        mixes = {period: mixes.told() for period, mixes in self.mixes.items()}
        asked = [self.targets, self.problem.monthly_floor, __version__]
        return [self.base.digest, scales, self.others, mixes, *asked]

    @property
    def parts(self) -> frozenset[str]:
        """Those that must be run to know whether the targets are met."""
        paths = [path for mixes in self.mixes.values() for path in mixes.paths]
        return searched(self.targets, paths, self.base)

    def needed(
        self,
        known: Result,
        replication: int,
        ladders: Mapping[str, Ladder],
        failed: Mapping[str, Mapping[int, Judged]] | None = None,
    ) -> tuple[dict[str, int | None], dict[str, dict[int, Judged]]]:
        """The first step of each fiscal year that will do, and what was said at the steps that were tried.

        ``failed``: what was said at steps that are known to fail.
        """
        before = failed or {}
        tried: dict[str, dict[int, Judged]] = {period: {} for period in ladders}

        def met(steps: Mapping[str, int]) -> dict[str, bool]:
            new = [period for period, step in steps.items() if not self._by_year or step not in tried[period]]
            said = self.said(known, replication, steps, new)
            for period in new:
                tried[period][steps[period]] = said[period]
            return {period: tried[period][step].together for period, step in steps.items()}

        def lack(period: str, step: int) -> float | None:
            said = tried[period].get(step) or before.get(period, {}).get(step)
            return None if said is None else said.lack

        return least_rungs(met, ladders, lack), tried

    @cached_property
    def _by_year(self) -> bool:
        """Whether a year can be looked at alone: calls, whose callers are known, do not outlast a week."""
        return self._known and self.parts <= set(CENTRES) and not lends(self.base.parameters)

    @property
    def _known(self) -> bool:
        """Whether the runs of the base know of all parts that are looked at."""
        return not self.parts & self.unknown

    def said(
        self, known: Result, replication: int, steps: Mapping[str, int], periods: Collection[str] | None = None
    ) -> dict[str, Judged]:
        """What a replication says at some steps; fiscal years that are not sought stay as the base has them.

        What it says of other fiscal years than the ``periods`` means nothing where these can be looked at alone.
        """
        rungs: dict[str, dict[str, int]] = {path: dict(by_period) for path, by_period in self.others.items()}
        for period, step in steps.items():
            for path, rung in self.mixes[period].mix(step).items():
                rungs.setdefault(path, {})[period] = rung
        if self._as_it_is and self._known and stands(self.problem.scenario, self.scales, rungs):
            return self._judged(known, self.base.parameters)
        parameters = equipped(self.problem.scenario, self.scales, rungs).parameters
        point = Point("tried", parameters, self.base.seed, self.base.chance_only, self.base.draws)
        heard, rows = known, COUPLINGS
        if self._by_year:
            heard, rows = _heard(known, parameters, steps if periods is None else periods, self.parts), ()
        result = again(heard, self.base.parameters, point, replication, self.parts, rows)
        return self._judged(result, parameters)

    @cached_property
    def _as_it_is(self) -> bool:
        """Whether the base is the scenario as it is."""
        return self.base.parameters == self.problem.scenario.parameters

    def _judged(self, result: Result, parameters: Parameters) -> dict[str, Judged]:
        return judged(reported(result, parameters), parameters, self.targets, self.problem.monthly_floor)


def _heard(known: Result, parameters: Parameters, periods: Collection[str], centres: Collection[str]) -> Result:
    """What is known, with nobody who rings some centres but in some fiscal years and in the week before each."""
    calendar = Calendar(parameters.first_simulated_day, parameters.end)
    rings = np.zeros(calendar.days, dtype=np.bool_)
    reported = calendar.index(parameters.start)
    for period, days in Calendar(parameters.start, parameters.end).years().items():
        if period in periods:
            rings[max(reported + days.start - _BEFORE, 0) : reported + days.stop] = True
    calls = [f"{CENTRES[centre]}_{cause}" for centre in centres for cause in CALL_CAUSES[centre]]
    return replace(known, facts=known.facts | {name: np.where(rings, known.facts[name], 0) for name in calls})


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
class KeptJob:
    """A job of one replication whose finding is kept."""

    kept: Kept
    task: Task

    @property
    def folder(self) -> Path:
        """Where what was found is kept."""
        return self.kept.folder

    def there(self) -> bool:
        """Whether that is known."""
        return self.kept.known(self.task.replication) is not None

    def __call__(self) -> None:
        """Find it, and write it down."""
        raise NotImplementedError


@dataclass(frozen=True)
class SearchJob(KeptJob):
    """The search in one replication, on its whole run. ``ladders`` say where to look."""

    search: Search
    ladders: Mapping[str, Ladder]

    def __call__(self) -> None:
        """Search, and write down what was found."""
        known = self.kept.whole.load(self.search.base.digest, self.task.replication)
        found, _ = self.search.needed(known, self.task.replication, self.ladders)
        keep(self.kept.file(self.task.replication), found)
