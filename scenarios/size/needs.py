"""What the search finds: what each of its replications needs of every group of resources, and the steps to buy them in.

Groups are sized one after the other. Those of an earlier part of the model come first, and later ones find them at the
level that would do for the certainty asked for alone. Of one resource every replication's least rung is searched. Of
several that serve the same targets the staircases are traced (``scenarios.size.frontier``), and the cheapest mix on
them fixes the ratio in which they are bought.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil

import numpy as np

from scenarios.experiment.experiment import Point, Task, do_missing, keep_whole
from scenarios.size.choose import NEVER
from scenarios.size.direction import Key
from scenarios.size.frontier import Point as Rungs
from scenarios.size.frontier import Staircases, trace
from scenarios.size.mixes import Mixes, beside, enough, in_ratio, of_one
from scenarios.size.plan import Costs
from scenarios.size.problem import Bounded, Problem
from scenarios.size.rungs import Ladder
from scenarios.size.scales import Scale, equipped, stands
from scenarios.size.search import Hands, Kept, Search, SearchJob, tries
from scenarios.size.today import Today, scales
from sim.parts import PARTS
from sim.reach import reached_by
from sim.streams import Floats, Ints

_FIRST = 2
"""Replications that are searched before the others, to correct theory for these."""
_OFF, _OFF_CORRECTED = 0.05, 0.015
"""Share by which the level expected may well be off, before and after."""
Note = Callable[[Kept, float], None]
"""Hears where something is kept, and of the seconds that each file there stands for."""


@dataclass(frozen=True)
class Needs:
    """By group (its name) and fiscal year: the steps, and which of them each replication of the search needs.

    ``theory`` is the level that theory expects to do, by resource and fiscal year; ``expected`` the sizes that theory,
    corrected, expects of each replication, 0 where it says nothing. ``correction`` is by group and fiscal year.
    """

    scales: dict[str, dict[str, Scale]]
    theory: dict[str, dict[str, float]]
    groups: dict[str, tuple[Bounded, ...]] = field(default_factory=dict)
    mixes: dict[Key, Mixes] = field(default_factory=dict)
    steps: dict[Key, Ints] = field(default_factory=dict)
    expected: dict[Key, Floats] = field(default_factory=dict)
    correction: dict[Key, float] = field(default_factory=dict)

    @property
    def periods(self) -> tuple[str, ...]:
        """The fiscal years."""
        return tuple(next(iter(self.scales.values())))

    def rungs(self, steps: Mapping[Key, int]) -> dict[str, dict[str, int]]:
        """The rungs of all resources at some steps."""
        found: dict[str, dict[str, int]] = {}
        for (group, period), step in steps.items():
            for path, rung in self.mixes[group, period].mix(step).items():
                found.setdefault(path, {})[period] = rung
        return found

    def costs(self, key: Key, costs: Costs) -> Floats:
        """What each step of a group costs in a fiscal year."""
        mixes, period = self.mixes[key], key[1]
        by_path = [
            np.array([costs(path, period, self.scales[path][period].level(rung)) for rung in rungs.tolist()])
            for path, rungs in zip(mixes.paths, mixes.rungs.T, strict=True)
        ]
        found: Floats = np.sum(by_path, axis=0)
        return found


def name_of(group: Sequence[Bounded]) -> str:
    """The name of a group."""
    return "+".join(bounded.path for bounded in group)


def find_needs(
    problem: Problem,
    base: Point,
    today: Today,
    numbers: Sequence[int],
    hands: Hands,
    costs: Costs,
    note: Note = lambda kept, seconds: None,
) -> Needs:
    """Search for what each replication needs of each group."""
    held = ceil(problem.confidence * len(numbers))
    ladders = scales(problem, today)
    theory = {
        path: {period: sorted(found)[held - 1] for period, found in by.items()} for path, by in today.theory.items()
    }
    needs = Needs(ladders, theory)
    settled: dict[Key, int] = {}
    for group in problem.groups():
        others = needs.rungs(settled)
        current, unknown = base, frozenset[str]()
        if settled and not stands(problem.scenario, ladders, others):
            equipment = equipped(problem.scenario, ladders, others)
            current = Point("sized so far", equipment.parameters, base.seed, base.chance_only)
            before = PARTS[: PARTS.index(problem.part_of(group))]
            keep_whole(current, numbers, hands.store, hands.workers, base=base, parts=before)
            unknown = reached_by(others, current.parameters) - set(before)
        search = Search(problem, current, problem.targets_of_all(group), ladders, others, {}, unknown)
        looking = _Looking(search, needs, numbers, hands, note, tries(problem, group))
        name = name_of(group)
        needs.groups[name] = group
        if len(group) == 1:
            looking.for_one(group[0].path, today)
        else:
            looking.for_mixes(group, held, costs)
        for period in needs.periods:
            rungs = np.sort(needs.steps[name, period])
            settled[name, period] = int(min(rungs[held - 1], needs.mixes[name, period].top))
    return needs


@dataclass(frozen=True)
class _Looking:
    """The search for one group."""

    search: Search
    needs: Needs
    numbers: Sequence[int]
    hands: Hands
    note: Note
    tries: int

    def for_one(self, path: str, today: Today) -> None:
        """Every replication's least rung: first of a few by theory, then of the others by theory as these correct
        it.
        """
        mixes = {period: of_one(scale) for period, scale in self.needs.scales[path].items()}
        expected = {period: np.array(levels) for period, levels in today.theory[path].items()}
        correction = dict.fromkeys(mixes, 1.0)
        found = {period: np.zeros(len(self.numbers), dtype=np.int64) for period in mixes}
        first, others = range(min(_FIRST, len(self.numbers))), range(_FIRST, len(self.numbers))
        for places, off in ((first, _OFF), (others, _OFF_CORRECTED)):
            ladders = [
                {
                    period: _ladder(self.needs.scales[path][period], expected[period][place] * correction[period], off)
                    for period in mixes
                }
                for place in places
            ]
            told = self._least(replace(self.search, mixes=mixes), places, ladders)
            for period, scale in self.needs.scales[path].items():
                found[period][list(places)] = told[period]
                correction[period] = _corrected(found[period], expected[period], scale)
        for period, scale in self.needs.scales[path].items():
            key = path, period
            self.needs.mixes[key], self.needs.steps[key] = mixes[period], found[period]
            self.needs.correction[key] = correction[period]
            sizes = expected[period] * correction[period] + scale.step
            self.needs.expected[key] = np.where(expected[period] > 0, sizes, 0.0)

    def for_mixes(self, group: Sequence[Bounded], held: int, costs: Costs) -> None:
        """The staircases of all replications, and the steps through the cheapest mix on them."""
        last = group[-1].path
        scales = {period: [self.needs.scales[each.path][period] for each in group] for period in self.needs.periods}
        priced = {
            period: [
                np.array([costs(scale.path, period, scale.level(rung)) for rung in range(scale.top + 1)])
                for scale in own
            ]
            for period, own in scales.items()
        }
        staircases = {period: Staircases(own, held) for period, own in priced.items()}

        def ask(points: Mapping[str, Rungs]) -> Mapping[str, Ints]:
            mixes = {
                period: beside(
                    dict(zip((each.path for each in group[:-1]), point, strict=True)), self.needs.scales[last][period]
                )
                for period, point in points.items()
            }
            ladders = [
                {
                    period: _between(staircases[period].known, point, place, mixes[period].top)
                    for period, point in points.items()
                }
                for place in range(len(self.numbers))
            ]
            others: dict[str, dict[str, int]] = {path: dict(own) for path, own in self.search.others.items()}
            for period, own in scales.items():  # a year that is found already stands at its mix
                mix = staircases[period].mix or [scale.top for scale in own]
                for scale, rung in zip(own, mix if period not in points else [], strict=False):
                    others.setdefault(scale.path, {})[period] = rung
            return self._least(replace(self.search, mixes=mixes, others=others), range(len(self.numbers)), ladders)

        trace(staircases, ask)
        for period, own in scales.items():
            key = name_of(group), period
            chosen = staircases[period].mix or [scale.top for scale in own]
            self.needs.mixes[key] = in_ratio(own, chosen)
            self.needs.steps[key] = enough(self.needs.mixes[key], staircases[period].known)
            self.needs.correction[key] = 1.0
            self.needs.expected[key] = np.zeros(len(self.numbers))

    def _least(self, search: Search, places: Sequence[int], ladders: Sequence[Mapping[str, Ladder]]) -> dict[str, Ints]:
        """The steps that some replications need, those known from an earlier search included."""
        kept = Kept(self.hands.folder, ["least", *search.told], self.hands.store.of_whole_runs())
        tasks = [Task(search.base, self.numbers[place], search.parts, self.tries) for place in places]
        jobs = [SearchJob(kept, task, search, own) for task, own in zip(tasks, ladders, strict=True)]
        if tasks:
            self.note(kept, tasks[0].work.seconds)
        do_missing(jobs, self.hands.workers, self.hands.on_done)
        known = [kept.known(task.replication) or {} for task in tasks]
        return {
            period: np.array([NEVER if (step := each[period]) is None else step for each in known], dtype=np.int64)
            for period in search.mixes
        }


def _ladder(scale: Scale, expected: float, off: float) -> Ladder:
    start = scale.rung(expected)
    return Ladder(0, start, scale.top, max(round(off * scale.level(start) / scale.step), 1))


def _between(known: Mapping[Rungs, Ints], point: Rungs, place: int, top: int) -> Ladder:
    """Where to look at a point: no lower than at one with more of everything, no higher than at one with less."""
    more = [needs[place] for other, needs in known.items() if _covers(other, point)]
    less = [needs[place] for other, needs in known.items() if _covers(point, other)]
    low, high = min(max(map(int, more), default=0), top), min(min(map(int, less), default=top), top)
    return Ladder(low, (low + high) // 2, top, max((high - low) // 2, 1))


def _covers(one: Rungs, other: Rungs) -> bool:
    return all(own >= theirs for own, theirs in zip(one, other, strict=True))


def _corrected(rungs: Ints, expected: Floats, scale: Scale) -> float:
    """What theory must be multiplied by, by what was found where that lies between the ends of the scale."""
    inside = (rungs > 0) & (rungs < NEVER) & (expected > 0)
    if not inside.any():
        return 1.0
    levels = scale.low + scale.step * rungs[inside]
    return float(np.median(levels / expected[inside]))


def asks(group: Sequence[Bounded]) -> int:
    """How often the replications of a search are asked for one group, about: once, or along their staircases."""
    return (1, 25, 90)[min(len(group), 3) - 1]
