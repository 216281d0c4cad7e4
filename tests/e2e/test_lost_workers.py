"""Jobs shared by processes: each is done, whatever happens to one of them."""

import os
import shutil
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil
import pytest

from reports.messages import said
from reports.pages import page_of
from scenarios.errors import UserError, WorkLostError
from scenarios.experiment.experiment import Point, Task
from scenarios.experiment.workers import at_the_same_time, spread, staying
from scenarios.files.load import load
from scenarios.folder.folder import Folder
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


def wrong():
    raise ValueError("no")


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


def says_who(folder):
    (folder / f"by-{os.getpid()}").touch()


def who(folder):
    return {int(path.name.removeprefix("by-")) for path in folder.glob("by-*")}


def test_workers_stay_for_the_next_jobs_while_they_are_asked_to(jobs, tmp_path):
    saying = {f"job{number}": {"fails": partial(says_who, tmp_path)} for number in range(4)}
    with staying():
        spread(jobs(4, **saying), 4, 2)
        first = who(tmp_path)
        spread(jobs(4, **saying), 4, 2)
        with at_the_same_time(at_work(tmp_path, partial(says_who, tmp_path))):
            pass
        assert who(tmp_path) == first and len(first) <= 2
    spread(jobs(4, **saying), 4, 2)
    assert who(tmp_path) > first
    assert not any(psutil.pid_exists(one) for one in who(tmp_path)), "nobody stays beyond that"


def test_who_is_killed_while_waiting_is_replaced(jobs, tmp_path):
    saying = {f"job{number}": {"fails": partial(says_who, tmp_path)} for number in range(4)}
    with staying():
        spread(jobs(4, **saying), 4, 2)
        first = who(tmp_path)
        for one in first:
            os.kill(one, signal.SIGKILL)
        told = []
        spread(jobs(4, **saying), 4, 2, lambda job: told.append(job.task.replication))
    assert sorted(told) == [0, 1, 2, 3] and who(tmp_path) > first


def test_nobody_waits_beside_a_job_that_lacked_memory(jobs, tmp_path):
    seen = []

    def alone(job):
        commands = [one.cmdline() for one in psutil.Process().children()]  # of one that has just ended: empty
        seen.append(sum("spawn_main" in " ".join(command) for command in commands))

    with staying():
        spread(jobs(3, job1={"fails": partial(no_memory_beside_others, tmp_path)}), 3, 2, alone)
    assert seen[-1] == 1 < seen[0]


def no_memory_beside_others(folder):
    if len(list(folder.glob("1-*"))) < 2:
        raise MemoryError


def test_a_job_that_finds_no_memory_is_done_once_more_after_the_others(jobs, tmp_path):
    told = []
    mine = jobs(4, job1={"fails": partial(no_memory_beside_others, tmp_path)})
    spread(mine, 4, 2, lambda job: told.append(job.task.replication))
    assert sorted(told) == [0, 1, 2, 3] and told[-1] == 1


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("fails", "words"),
    [
        (a_users, "UserError: x: 1 error.* must be 1 or more"),
        (of_an_own_kind, "OfAnOwnKindError: ab"),
        (wrong, "ValueError: no"),
    ],
)
def test_a_job_that_fails_is_named_with_its_cause_and_the_others_are_done(jobs, tmp_path, fails, words, workers):
    told = []
    failing = {f"job{number}": {"fails": fails} for number in (1, 3)}
    with pytest.raises(
        WorkLostError, match=f"replication 1 of plan, replication 3 of plan: .*{words}.*rest is kept"
    ) as lost:
        spread(jobs(6, **failing), 6, workers, lambda job: told.append(job.task.replication))
    assert sorted(told) == [0, 2, 4, 5]
    assert begun(tmp_path) == dict.fromkeys("012345", 1), "one that draws the same numbers would fail again"
    assert f"in {fails.__name__}" in "".join(traceback.format_exception(lost.value.__cause__))
    assert "plan 反復1、plan 反復3: プログラムの誤り" in said(lost.value.message, "ja")


def test_of_many_that_fail_alike_a_few_are_named(jobs):
    with pytest.raises(WorkLostError, match=r"replication 0 of plan, .* replication 4 of plan, 3 more: failed"):
        spread(jobs(8, **{f"job{number}": {"fails": wrong} for number in range(8)}), 8)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_the_system_refuses_ends_it_at_once(jobs, tmp_path, workers):
    """Every other job would be refused the same after all its work."""
    with pytest.raises(OSError, match="No space left"):
        spread(jobs(9, **{f"job{number}": {"fails": no_room} for number in range(9)}), 9, workers)
    assert len(begun(tmp_path)) <= 2 * workers


def at_work(folder: Path, fails: Callable[[], object] = list, killed: int = 0) -> Leaves:
    return Leaves(Task(Point("one", load("baseline-fy2025").parameters, 1), 1), folder, killed, fails)


def test_other_work_is_done_at_the_same_time_and_here_where_its_process_is_killed(tmp_path):
    with at_the_same_time(at_work(tmp_path)):
        assert len(list(tmp_path.iterdir())) <= 1
    assert [path.name for path in tmp_path.iterdir()] == ["1-0"]
    with at_the_same_time(at_work(tmp_path, killed=2)):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1-0", "1-1", "1-2"]


@pytest.mark.parametrize(("fails", "error"), [(no_room, OSError), (wrong, ValueError)])
def test_what_other_work_raises_is_raised_and_what_is_raised_meanwhile_comes_first(tmp_path, fails, error):
    with pytest.raises(error), at_the_same_time(at_work(tmp_path, fails)):
        pass
    with pytest.raises(KeyError), at_the_same_time(at_work(tmp_path, fails)):
        raise KeyError


def test_the_other_languages_page_is_the_same_by_another_process(tmp_path, unseen):
    for name in ("alone", "two"):
        shutil.copytree(unseen, tmp_path / name)
    with Folder(tmp_path / "alone", option="") as alone, Folder(tmp_path / "two", option="") as two:
        for folder, workers in ((alone, 1), (two, 2)):
            folder.reopen("run")
            page_of(folder, "en", workers)
    one, other = (drawn(tmp_path / name) for name in ("alone", "two"))
    assert one == other and len(one) > 20


def drawn(home: Path) -> dict[Path, bytes]:
    kinds = (".html", ".png", ".svg")
    return {path.relative_to(home): path.read_bytes() for path in home.rglob("*") if path.suffix in kinds}
