"""Jobs shared by processes: each is done, whatever happens to one of them."""

import json
import os
import signal
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psutil
import pytest
import sizing_sample
from folder_sample import question
from leaving import (
    Leaves,
    Numbered,
    a_users,
    begun,
    leaving,
    no_memory_beside_others,
    no_room,
    of_an_own_kind,
    says_who,
    who,
    wrong,
)

from reports.messages import said
from reports.pages import page_of
from scenarios.errors import WorkLostError
from scenarios.experiment.experiment import Point, Task
from scenarios.experiment.workers import at_the_same_time, spread, staying
from scenarios.files.load import load
from scenarios.run.run_folder import RunFolder


@pytest.fixture
def jobs(tmp_path):
    return partial(leaving, tmp_path)


def test_jobs_here_are_told_of_as_replications_are():
    plan = Point("plan", load("baseline-fy2025").parameters, 1)
    assert Numbered(1).label == Task(plan, 1).label and said(Task(plan, 1).label, "ja") == "plan 反復1"


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


def test_workers_stay_for_the_next_jobs_while_they_are_asked_to(jobs, tmp_path):
    saying = {f"job{number}": {"fails": partial(says_who, tmp_path, 2)} for number in range(4)}
    with staying():
        spread(jobs(4, **saying), 4, 2)
        first = who(tmp_path)
        spread(jobs(4, **saying), 4, 2)
        with at_the_same_time(at_work(tmp_path, partial(says_who, tmp_path, 2))):
            pass
        assert who(tmp_path) == first and len(first) == 2
    spread(jobs(4, **saying), 4, 2)
    assert who(tmp_path) > first
    assert not any(psutil.pid_exists(one) for one in who(tmp_path)), "nobody stays beyond that"


def test_who_is_killed_while_waiting_is_replaced(jobs, tmp_path):
    saying = {f"job{number}": {"fails": partial(says_who, tmp_path, 2)} for number in range(4)}
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
    return Leaves(Numbered(1), folder, killed, fails)


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


def test_the_other_languages_page_is_the_same_by_another_process(tmp_path):
    for name, workers in (("alone", 1), ("two", 2)):
        with RunFolder(tmp_path / name) as folder:
            folder.ask(question(kind="size"))
            folder.begin({})
            with folder.answer() as draft:
                draft.write_text("size.json", json.dumps(sizing_sample.sizing()))
            page_of(folder, "en", workers)
    one, other = (drawn(tmp_path / name) for name in ("alone", "two"))
    assert one == other and {path.suffix for path in one} == {".html", ".png", ".svg"} and len(one) == 2 + 2 * 4


def drawn(home: Path) -> dict[Path, bytes]:
    kinds = (".html", ".png", ".svg")
    return {path.relative_to(home): path.read_bytes() for path in home.rglob("*") if path.suffix in kinds}
