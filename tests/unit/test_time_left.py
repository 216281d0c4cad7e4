"""The time left is right within a third from a tenth of the way on, in runs whose costs were recorded.

``recorded_runs.json``: of three runs every task in order with its load, replication, parts (none: a whole replication),
whether by chance alone, and its seconds of processor time.
"""

import json
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from statistics import median

import pytest

from cardflow.time_left import TimeLeft
from scenarios.climbing import heavier, idle, likely, likely_from
from scenarios.cost import Work
from scenarios.experiment import Point, Task
from scenarios.load import load
from scenarios.run import LADDER, LADDER_REPLICATIONS
from sim.parts import PARTS

RECORDED = json.loads((Path(__file__).parent / "recorded_runs.json").read_text(encoding="utf-8"))
STARTING = 1.0
"""Seconds until workers are ready for their first task. Each then loads what is compiled, as the first recorded did."""


@dataclass
class Replay:
    """A recorded run on a clock of its own: ``told`` is (seconds since the start, seconds said to be left)."""

    slower: float
    workers: int
    left: TimeLeft = field(init=False)
    now: float = 0.0
    told: list[tuple[float, float]] = field(default_factory=list)

    def start(self, trial: float) -> None:
        self.left = TimeLeft(lambda: self.now, trial, self.workers)

    def share(self, tasks: list[tuple[Work, float]], loading: float = 0.0) -> None:
        """A phase: tasks in order, each for the worker who is free first; all wait for the last."""
        free = [self.now + loading * self.slower] * self.workers
        ends = []
        for work, seconds in tasks:
            first = free.index(min(free))
            free[first] += seconds * self.slower
            ends.append((free[first], work))
        for end, work in sorted(ends, key=lambda each: each[0]):
            while self.now + 1 < end:
                self.now += 1
                self.told.append((self.now, self.left.seconds()))
            self.now = end
            self.left.done(work)


def replayed(name: str, slower: float = 1.0, workers: int = 2, trial: float | None = None) -> Replay:
    recorded = RECORDED[name]
    scenario = load(name).with_values({"end": recorded["end"]})
    phases = [(key, list(rows)) for key, rows in groupby(recorded["tasks"], key=lambda row: (row[0], row[3]))]
    point = Point(name, scenario.parameters, 1)
    whole, points = Task(point, 1).work, heavier(point, LADDER)
    replications = len(phases[0][1])
    promised = likely(points, min(replications, LADDER_REPLICATIONS), workers)
    run = Replay(slower, workers)
    run.start(slower if trial is None else trial)
    run.left.more(whole * (replications + len(phases[1][1])) + promised)
    for (factor, _), rows in phases:
        if factor == 1.0:
            usual = median(row[4] for row in rows)
            loading = 0.0 if run.told else STARTING + rows[0][4] - usual
            run.share([(whole, usual if loading and row is rows[0] else row[4]) for row in rows], loading)
            continue
        times = idle(len(rows), workers)
        tasks = [Task(points[factor], row[1], tuple(row[2].split("+")), times) for row in rows]
        still = likely_from(factor, tasks, points)
        run.left.less(promised - still)
        promised = still - sum((task.work for task in tasks), Work())
        run.share([(task.work, row[4]) for task, row in zip(tasks, rows, strict=True)])
    run.left.less(promised)
    return run


def beyond(run: Replay, part: float, seconds: float = 2.0) -> list[tuple[float, float, float]]:
    """From a tenth of the way on, what was told and is off by more than this part and some seconds."""
    told = [(now, run.now - now, said) for now, said in run.told if now >= 0.1 * run.now]
    return [each for each in told if abs(each[2] - each[1]) > each[1] * part + seconds]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("slower", [0.6, 1.0, 2.0])
@pytest.mark.parametrize("name", RECORDED)
def test_within_a_third_from_a_tenth_of_the_way(name, slower, workers):
    run = replayed(name, slower, workers)
    assert not beyond(run, 1 / 3)
    assert run.left.left.count == 0 and run.left.seconds() == 0


@pytest.mark.parametrize("name", RECORDED)
def test_many_workers_wait_for_each_other_and_the_estimate_is_coarser(name):
    assert not beyond(replayed(name, 1.0, 4), 0.5, 3.0)


@pytest.mark.parametrize(("slower", "trial"), [(1.0, 0.6), (1.0, 2.0)])
def test_a_trial_that_misjudged_the_machine_is_corrected_by_a_third_of_the_way(slower, trial):
    run = replayed("renewal-wave", slower, 2, trial)
    told = [(run.now - now, said) for now, said in run.told if now >= run.now / 3]
    assert not [each for each in told if abs(each[1] - each[0]) > each[0] / 3 + 2]


def test_one_thing_cannot_be_shared():
    left = TimeLeft(lambda: 0.0, 2.0, 8)
    left.more(Work(1, 10.0))
    assert left.seconds() == pytest.approx(2 * (1.5 + 10.0))


def test_what_was_there_already_takes_no_time():
    now = [0.0]
    left = TimeLeft(lambda: now[0], 1.0, 2)
    left.more(Work(10, 100.0))
    for _ in range(8):
        left.less(Work(1, 10.0))
    assert left.left == Work(2, 20.0)
    assert left.seconds() == pytest.approx(1.5 + 10.0)


def test_the_costs_of_what_was_recorded_are_right_within_a_half():
    """Of each kind of task, on average: load, parts, whole or not."""
    for name, recorded in RECORDED.items():
        scenario = load(name).with_values({"end": recorded["end"]})
        for factor, parts in {(row[0], row[2]) for row in recorded["tasks"]}:
            took = [row[4] for row in recorded["tasks"] if (row[0], row[2]) == (factor, parts)]
            point = Point(name, scenario.parameters, 1)
            said = Task(heavier(point, [factor])[factor], 1, tuple(parts.split("+")) if parts else PARTS).work.seconds
            if len(took) >= 3:
                assert 0.5 < said / median(took) < 1.6, (name, factor, parts)
