"""Fresh replications: each says, independently of the search and of each other, the least steps that it needs.

They are simulated whole at a floor, which about half of the search's replications could do with. Who holds there needs
no more; for the others parts are run again at higher steps until the least that will do is found. What lies behind what
is raised was simulated with the floor of everything before it: that can only ask for more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

import numpy as np

from scenarios.experiment.experiment import Point, Task, afresh, do_missing
from scenarios.experiment.sealed import keep
from scenarios.size.choose import NEVER
from scenarios.size.direction import Key
from scenarios.size.needs import Needs, Note
from scenarios.size.problem import Bounded, Judged, Problem, judged
from scenarios.size.promises import held_by_promises
from scenarios.size.rungs import Ladder
from scenarios.size.scales import equipped
from scenarios.size.search import TRIES, Hands, Kept, KeptJob, Search, searched
from scenarios.size.theory import expected
from scenarios.size.usage import used
from scenarios.unknowns import load_unknowns
from sim.calendar import Calendar
from sim.replication import reported
from sim.result import Result
from sim.streams import EVEN, Ints, Streams

_DRAWS = 1024
MOST_FRESH = _DRAWS
"""Fresh replications at the most: each has a draw of its own of what is not known."""
FIRST = EVEN + 1
"""Number of the first: the search has those before, of which the luck is spread evenly."""
_FLOOR, _BELOW = 0.5, 0.25
"""Share of the search that the floor does for, at the most; so much less than the certainty asked for, at least."""
_START, _OFF = 0.8, 0.015
"""Where theory says nothing: the share of the search that the step looked at first does for; and how far that is
off.
"""
_SEARCHED = 0.5
"""Share of fresh replications that do not hold at the floor, about."""


def draws(seed: int, chance_only: bool) -> tuple[int, ...] | None:
    """Rows of what is not known, each drawn independently; None where only chance varies.

    The rows that replications take otherwise are evenly spread, so that sums of them vary less than a binomial law
    says: estimates gain by that, but no claim could rest on it. Taken from independent rows in whatever order, they
    are independent.
    """
    if chance_only:
        return None
    rows = len(load_unknowns().positions)
    found: list[int] = Streams(seed, 0).generator("size/fresh").integers(0, rows, size=_DRAWS).tolist()
    return tuple(found)


@dataclass(frozen=True)
class Fresh:
    """All fresh replications of a sizing: the floor at which they are simulated, and the searches from there."""

    problem: Problem
    needs: Needs

    @cached_property
    def floors(self) -> dict[Key, int]:
        """The step of each group and fiscal year at which they are simulated."""
        share = max(min(_FLOOR, self.problem.confidence - _BELOW), 0.0)
        return {
            key: int(min(np.sort(steps)[max(ceil(share * len(steps)) - 1, 0)], self.needs.mixes[key].top))
            for key, steps in self.needs.steps.items()
        }

    @cached_property
    def point(self) -> Point:
        """The scenario at the floor, with independent draws of what is not known."""
        problem = self.problem
        scenario = equipped(problem.scenario, self.needs.scales, self.needs.rungs(self.floors))
        label = f"{problem.scenario.name}, fresh"
        rows = draws(problem.seed, problem.chance_only)
        return Point(label, scenario.parameters, problem.seed, problem.chance_only, rows)

    @cached_property
    def searches(self) -> dict[str, Search]:
        """By group the search from the floor on."""
        rungs = self.needs.rungs(self.floors)
        return {
            name: Search(
                self.problem,
                self.point,
                self.problem.targets_of_all(group),
                self.needs.scales,
                rungs,
                {period: self.needs.mixes[name, period] for period in self.needs.periods},
            )
            for name, group in self.needs.groups.items()
        }

    def starts(self, name: str, result: Result) -> dict[str, int]:
        """The steps at which to look first: theory's as the search corrected it, or what did for most of the search."""
        years = Calendar(self.point.parameters.start, self.point.parameters.end).years()
        group, found = self.needs.groups[name], {}
        for period, days in years.items():
            key, steps = (name, period), np.sort(self.needs.steps[name, period])
            found[period] = int(min(steps[int(_START * (len(steps) - 1))], self.needs.mixes[name, period].top))
            if len(group) == 1:
                level = expected(group[0].path, result, self.point.parameters, days) * self.needs.correction[key]
                found[period] = self.needs.mixes[key].least(level + group[0].step) if level else found[period]
        return found


@dataclass(frozen=True)
class FreshJob(KeptJob):
    """One fresh replication."""

    fresh: Fresh

    def __call__(self) -> None:
        """Simulate it at the floor, look for what it needs beyond, and write that down."""
        fresh, replication = self.fresh, self.task.replication
        parameters, problem = fresh.point.parameters, fresh.problem
        whole = afresh(fresh.point, replication)
        result = reported(whole, parameters)
        at_floor = judged(result, parameters, problem.targets, problem.monthly_floor)
        found: dict[str, Any] = {"steps": {}, "missed": {}, "short_of": {}, "not_tested": {}}
        for name, search in fresh.searches.items():
            own = {period: said.only(search.targets) for period, said in at_floor.items()}
            steps, tried = self._beyond(name, search, whole, result, own)
            found["steps"][name] = steps
            for what, told in _at_last_miss(tried).items():
                found[what][name] = told
        found["not_tested"] = {
            period: [target for target, met in said.met.items() if met is None] for period, said in at_floor.items()
        }
        found["used"] = used(result, parameters, [each.path for each in problem.resources])
        keep(self.kept.file(replication), found)

    def _beyond(
        self, name: str, search: Search, whole: Result, result: Result, at_floor: Mapping[str, Judged]
    ) -> tuple[dict[str, int | None], dict[str, dict[int, Judged]]]:
        """The steps that a group needs, and what was said at those tried."""
        fresh = self.fresh
        floors = {period: fresh.floors[name, period] for period in at_floor}
        steps: dict[str, int | None] = dict(floors)
        tried = {period: {floors[period]: said} for period, said in at_floor.items()}
        short = [period for period, said in at_floor.items() if not said.together]
        if short:
            starts = fresh.starts(name, result)
            ladders = {}
            for period in short:
                mixes = fresh.needs.mixes[name, period]
                aside = mixes.least(mixes.sizes[starts[period]] * (1 + _OFF)) - starts[period]
                floor = floors[period]
                ladders[period] = Ladder(floor, starts[period], mixes.top, max(aside, 1), fails=floor)
            told, more = search.needed(whole, self.task.replication, ladders, tried)
            steps |= told
            for period, said in more.items():
                tried[period] |= said
        return steps, tried


def _at_last_miss(tried: Mapping[str, Mapping[int, Judged]]) -> dict[str, dict[str, Any]]:
    """By fiscal year the targets missed at the highest step that fell short, and what it was short of."""
    found: dict[str, dict[str, Any]] = {"missed": {}, "short_of": {}}
    for period, said in tried.items():
        failed = [step for step, judgement in said.items() if not judgement.together]
        if failed:
            last = said[max(failed)]
            found["missed"][period] = [target for target, met in last.met.items() if met is False]
            found["short_of"][period] = last.short_of
    return found


def ask_fresh(fresh: Fresh, count: int, hands: Hands, note: Note) -> list[dict[str, Any]]:
    """What so many fresh replications say, as ``FreshJob`` writes it down."""
    told = [[search.told for search in fresh.searches.values()], list(fresh.floors.values())]
    kept = Kept(hands.folder, ["fresh", told], hands.store.of_whole_runs())
    jobs = [FreshJob(kept, task_of(fresh.problem, fresh.point, FIRST + place), fresh) for place in range(count)]
    note(kept, jobs[0].task.work.seconds)
    do_missing(jobs, hands.workers, hands.on_done)
    return [kept.known(job.task.replication) for job in jobs]


def steps_of(said: Sequence[Mapping[str, Any]], key: Key) -> Ints:
    """The steps that replications need of a group in a fiscal year."""
    name, period = key
    steps = [each["steps"][name][period] for each in said]
    return np.array([NEVER if step is None else step for step in steps], dtype=np.int64)


def rerun_parts(problem: Problem, group: Sequence[Bounded], base: Point) -> frozenset[str]:
    """Parts that are run again to know what is needed of a group."""
    return searched(problem.targets_of_all(group), [each.path for each in group], base)


def task_of(problem: Problem, base: Point, replication: int) -> Task:
    """One fresh replication, with what is run again of some; before the search has said where, of any point."""
    groups = [group for group in problem.groups() if not held_by_promises(problem, group)]
    parts = [part for group in groups for part in rerun_parts(problem, group, base)]
    again = sum(base.costs[part] for part in parts)
    return Task(base, replication, times=1 + _SEARCHED * TRIES * again / sum(base.costs.values()))
