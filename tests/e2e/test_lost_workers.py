"""Jobs shared by processes: each is done, whatever happens to one of them."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reports.messages import said
from scenarios.errors import UserError, WorkLostError
from scenarios.experiment.experiment import Point, Task
from scenarios.experiment.workers import spread
from scenarios.files.load import load
from sim.message import Message


@dataclass(frozen=True)
class Leaves:
    """Leaves a file for each time that it was begun, then does what it is told to do."""

    task: Task
    folder: Path
    killed: int = 0
    fails: Callable[[], object] = list

    def __call__(self):
        begun = len(list(self.folder.glob(f"{self.task.replication}-*")))
        (self.folder / f"{self.task.replication}-{begun}").touch()
        if begun < self.killed:
            os.kill(os.getpid(), signal.SIGKILL)
        self.fails()


class OfAnOwnKindError(Exception):
    def __init__(self, one, two):
        super().__init__(f"{one}{two}")


def no_room():
    raise OSError(28, "No space left on device")


def a_users():
    raise UserError("x", [Message("must be {low} or more", low=1)])


def of_an_own_kind():
    raise OfAnOwnKindError("a", "b")


@pytest.fixture(scope="module")
def point():
    return Point("plan", load("baseline-fy2025").parameters, 1)


@pytest.fixture
def jobs(point, tmp_path):
    return lambda count, **at: [
        Leaves(Task(point, number), tmp_path, **at.get(f"job{number}", {})) for number in range(count)
    ]


def begun(folder):
    names = sorted(path.name.partition("-")[0] for path in folder.iterdir())
    return {name: names.count(name) for name in names}


@pytest.mark.parametrize("workers", [1, 2])
def test_every_job_is_done_once_and_told_of(jobs, tmp_path, workers):
    told = []
    spread(jobs(5), 5, workers, lambda job: told.append(job.task.replication))
    assert sorted(told) == [0, 1, 2, 3, 4]
    assert begun(tmp_path) == dict.fromkeys("01234", 1)


def test_a_job_whose_process_is_killed_is_done_once_more_after_the_others(jobs, tmp_path):
    told = []
    spread(jobs(4, job0={"killed": 1}), 4, 2, lambda job: told.append(job.task.replication))
    assert sorted(told) == [0, 1, 2, 3] and told[-1] == 0
    assert begun(tmp_path) == {"0": 2, "1": 1, "2": 1, "3": 1}


def test_a_job_that_is_killed_twice_is_named_and_the_others_are_done(jobs, tmp_path):
    told = []
    with pytest.raises(WorkLostError, match=r"killed twice.* [12] of plan, replication [12] of plan;") as lost:
        spread(jobs(4, job1={"killed": 9}, job2={"killed": 9}), 4, 2, lambda job: told.append(job.task.replication))
    assert sorted(told) == [0, 3]
    assert begun(tmp_path) == {"0": 1, "1": 2, "2": 2, "3": 1}
    assert all(name in said(lost.value.message, "ja") for name in ("plan 反復1", "plan 反復2"))


@pytest.mark.parametrize(
    ("fails", "kind", "words"),
    [
        (no_room, OSError, "No space left"),
        (a_users, RuntimeError, "must be 1 or more"),
        (of_an_own_kind, RuntimeError, "OfAnOwnKindError: ab"),
    ],
)
def test_what_a_job_raises_reaches_the_caller_with_its_place(jobs, fails, kind, words):
    with pytest.raises(kind, match=words) as raised:
        spread(jobs(2, job1={"fails": fails}), 2, 2)
    assert f"in {fails.__name__}" in "".join(raised.value.__notes__)
