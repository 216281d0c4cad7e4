"""The time left is right within a third from a tenth of the way on, in recorded runs and in noisy ones made up.

``recorded_runs.json``: of some commands every whole replication in order, with the values set in it, and its seconds of
processor time.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from replay import STARTING, Replay, beyond

from scenarios.experiment.cost import Work
from scenarios.experiment.experiment import Point, Task
from scenarios.experiment.time_left import TimeLeft
from scenarios.files.load import load

RECORDED = json.loads((Path(__file__).parent / "recorded_runs.json").read_text(encoding="utf-8"))


def task(scenario, end, values) -> Task:
    told = load(scenario).with_values({"end": date.fromisoformat(end), **values})
    return Task(Point(scenario, told.parameters, 1), 1)


@cache
def tasks(name: str) -> list[tuple[Work, float]]:
    """What each recorded replication is said to cost, and what it took."""
    run, known = RECORDED[name], dict[str, Work]()
    for values, _ in run["tasks"]:
        known.setdefault(repr(values), task(run["scenario"], run["end"], values).work)
    return [(known[repr(values)], seconds) for values, seconds in run["tasks"]]


def replayed(recorded, slower: float = 1.0, workers: int = 2, trial: float | None = None) -> Replay:
    usual = median(seconds for _, seconds in recorded[: len(recorded) // 3])
    run = Replay(slower, workers)
    run.start(slower if trial is None else trial)
    run.left.more(sum((work for work, _ in recorded), Work()), max(work.seconds for work, _ in recorded))
    loading = STARTING + max(recorded[0][1] - usual, 0.0)
    run.share([(recorded[0][0], min(recorded[0][1], usual)), *recorded[1:]], loading)
    return run


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("slower", [0.6, 1.0, 2.0])
@pytest.mark.parametrize("name", RECORDED)
def test_within_a_third_from_a_tenth_of_the_way(name, slower, workers):
    run = replayed(tasks(name), slower, workers)
    assert not beyond(run, 1 / 3, 2 * max(slower, 1.0))
    assert run.left.left.count == 0 and run.left.seconds() == 0


@pytest.mark.parametrize("name", RECORDED)
def test_many_workers_wait_for_each_other_and_the_estimate_is_coarser(name):
    assert not beyond(replayed(tasks(name), 1.0, 4), 0.5, 3.0)


@pytest.mark.parametrize(("slower", "trial"), [(1.0, 0.6), (1.0, 2.0)])
def test_a_trial_that_misjudged_the_machine_is_corrected_by_a_third_of_the_way(slower, trial):
    run = replayed(tasks("run renewal-wave"), slower, 2, trial)
    told = [(run.now - now, said) for now, said in run.told if now >= run.now / 3]
    assert not [each for each in told if abs(each[1] - each[0]) > each[0] / 3 + 2]


KINDS = {
    "alike": [(60, 3.0)],
    "one as heavy as ten, later": [(40, 2.0), (20, 20.0)],
    "heavy first": [(10, 20.0), (60, 1.0)],
    "three kinds": [(20, 1.0), (20, 4.0), (20, 8.0)],
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("workers", [1, 2, 8])
@pytest.mark.parametrize("slower", [0.5, 3.0])
@pytest.mark.parametrize("kinds", KINDS.values(), ids=KINDS)
def test_noisy_things_of_several_kinds_are_told_by_what_they_cost(kinds, slower, workers, seed):
    """Durations vary by a quarter about 1.3 times what costs say; the trial is right about the machine.

    What is told is off by more than a third in at most one moment of fifty, and never by more than a half.
    """
    random = np.random.default_rng(seed)
    made = [(Work(1, cost), cost * 1.3 * random.lognormal(0, 0.25)) for count, cost in kinds for _ in range(count)]
    run = replayed(made, slower, workers)
    longest = slower * 1.3 * max(cost for _, cost in kinds)  # the last things leave workers idle by chance
    told = [now for now, _ in run.told if now >= 0.1 * run.now]
    assert len(beyond(run, 1 / 3, longest)) <= 0.02 * len(told)
    assert not beyond(run, 1 / 2, longest)


@pytest.mark.parametrize("workers", [1, 2])
def test_things_done_sooner_than_loading_was_thought_to_take_are_counted_as_they_come(workers):
    replay = Replay(1.0, workers)
    replay.start(1.0)
    replay.left.more(Work(1, 0.3) * 900)
    for number in range(1, 31):
        replay.now = 0.3 * number / workers
        replay.left.done(Work(1, 0.3))
        assert replay.left.seconds() == pytest.approx((900 - number) * 0.3 / workers, rel=0.05)


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


@pytest.mark.parametrize("name", RECORDED)
def test_the_costs_of_what_was_recorded_are_right_within_a_half(name):
    """Of replications with the same values, on average."""
    by_cost: dict[float, list[float]] = {}
    for work, took in tasks(name):
        by_cost.setdefault(work.seconds, []).append(took)
    assert all(0.5 < said / median(took) < 1.6 for said, took in by_cost.items()), by_cost
