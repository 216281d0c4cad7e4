"""The queue of the page: what waits, what begins, and that nothing begins twice or is lost."""

import json
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest

from cardflow.serve import jobs
from cardflow.serve.figures import Figures
from cardflow.serve.questions import Clock, Compare, Ledger, Places, Run, Size, Update
from scenarios.folder.lock import lock

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def begun(monkeypatch):
    """What began, by the folder of its job; it does nothing for as long as is asked."""
    found, popen = [], subprocess.Popen

    def started(words, **how):
        child = popen(SLEEPS, **how)
        found.append((words, how["cwd"].parent.name, child))
        return child

    monkeypatch.setattr(jobs.subprocess, "Popen", started)
    yield found
    for _, _, child in found:
        child.kill()
        child.wait()


def asked(name="renewal-wave"):
    return jobs.Asked(question=Run(scenario=name), lang="en")


def ended(begun, which):
    begun[which][2].kill()
    begun[which][2].wait()


def test_one_is_at_work_the_others_wait_in_their_order(tmp_path, begun):
    queue = jobs.Jobs(tmp_path)
    names = [queue.start(asked()) for _ in range(3)]
    assert [(job.id, job.state, job.place) for job in queue.all()] == [
        (names[0], "running", 0), (names[1], "waiting", 1), (names[2], "waiting", 2),
    ]  # fmt: skip
    ended(begun, 0)
    queue.tend()
    assert [queue.find(name).state for name in names] == ["stopped", "running", "waiting"]
    assert [name for _, name, _ in begun] == names[:2]


def test_more_are_at_work_at_once_where_that_is_asked(tmp_path, begun):
    queue = jobs.Jobs(tmp_path, at_once=2)
    names = [queue.start(asked()) for _ in range(3)]
    assert [queue.find(name).state for name in names] == ["running", "running", "waiting"]


def test_what_waits_is_taken_out_and_asked_for_again_at_the_end(tmp_path, begun):
    queue = jobs.Jobs(tmp_path)
    first, second, third = (queue.start(asked()) for _ in range(3))
    queue.stop(queue.find(second))
    assert queue.find(second).state == "stopped" and queue.find(third).place == 1
    queue.go_on(queue.find(second))
    assert (queue.find(third).place, queue.find(second).place) == (1, 2)
    queue.stop(queue.find(first))
    begun[0][2].wait(60)
    queue.tend()
    assert queue.find(third).state == "running"


def test_another_server_goes_on_with_the_queue_and_begins_nothing_twice(tmp_path, begun):
    first = jobs.Jobs(tmp_path)
    names = [first.start(asked()) for _ in range(4)]
    ended(begun, 0)
    servers = [jobs.Jobs(tmp_path, at_once=2) for _ in range(6)]
    threads = [Thread(target=server.tend) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [name for _, name, _ in begun] == names[:3]
    assert servers[0].find(names[3]).state == "waiting"


def test_who_is_at_the_queue_is_waited_for(tmp_path, begun, monkeypatch):
    queue = jobs.Jobs(tmp_path)
    monkeypatch.setattr(jobs, "_PATIENCE", 0.05)
    (tmp_path / jobs.PLACE / ".cardflow").mkdir(parents=True)
    with lock(tmp_path / jobs.PLACE / ".cardflow" / "queue.lock"):
        name = queue.start(asked())
        assert queue.find(name).state == "waiting" and not begun
        with pytest.raises(OSError):
            queue.stop(queue.find(name))
    queue.tend()
    assert queue.find(name).state == "running"


def test_a_server_that_ends_between_beginning_a_job_and_noting_it_leaves_one_that_is_seen(tmp_path):
    queue = jobs.Jobs(tmp_path)
    folder = tmp_path / jobs.PLACE / "0123456789ab"
    (folder / ".cardflow").mkdir(parents=True)
    told = asked().model_copy(update={"began": "2026-04-01T00:00:00+09:00"})
    (folder / ".cardflow/job.json").write_text(told.model_dump_json())
    assert queue.find("0123456789ab").state == "stopped"
    with lock(folder / ".cardflow/lock"):
        assert queue.find("0123456789ab").state == "running"


def test_what_stopped_is_taken_off_the_list_and_leaves_nothing(tmp_path, begun):
    queue = jobs.Jobs(tmp_path)
    first, second = queue.start(asked()), queue.start(asked())
    queue.forget(queue.find(first))
    assert queue.find(first) is not None
    queue.stop(queue.find(second))
    job = queue.find(second)
    queue.forget(job)
    assert queue.find(second) is None and not job.folder.exists()


def test_a_folder_that_is_deleted_is_no_job_any_more(tmp_path, begun):
    queue = jobs.Jobs(tmp_path)
    queue.start(asked())
    job = queue.find(queue.start(asked()))
    (job.folder / ".cardflow/job.json").unlink()
    (job.folder / ".cardflow").rmdir()
    job.folder.rmdir()
    assert queue.find(job.id) is None and len(queue.all()) == 1


def test_three_hundred_jobs_are_looked_at_in_no_time(tmp_path):
    queue, told = jobs.Jobs(tmp_path), asked().model_copy(update={"began": "2026", "process": 2**22, "born": 1.0})
    for number in range(300):
        home = tmp_path / jobs.PLACE / f"{number:012x}" / ".cardflow"
        home.mkdir(parents=True)
        (home / "job.json").write_text(told.model_dump_json())
    assert len(queue.all()) == 300
    start = time.perf_counter()
    queue.tend()
    assert time.perf_counter() - start < 0.2


# what is asked ------------------------------------------------------------------------------------------------------

PLACES = Places(Path("/home"), lambda digest: f"/figures/{digest}", lambda key: f"/answers/{key}", str)
KEY = "0123456789abcdef"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Size(scenario="a", resources=("b.c",), targets=("d-1/e",), prices="x = 1"),
         "a --seed 1 --yes --resource=b.c --target=d-1/e --confidence 0.9 --by year --together year "
         "--prices=/home/prices.toml"),
        (Ledger(scenario="a", resources=("b.c",), replications=2), "a --replications 2 --seed 1 --yes --resource=b.c"),
        (Clock(scenario="a", as_of="2026-04-01"), "a --seed 1 --yes --as-of=2026-04-01"),
        (Compare(scenario="a", others=("b+c",), settings=("d=1",)), "a b+c --set=d=1 --seed 1 --yes"),
        (Update(run=KEY, figures=KEY), f"/answers/{KEY} /figures/{KEY}"),
        (Run(scenario="a", figures=KEY), f"a --seed 1 --yes --actuals=/figures/{KEY}"),
    ],
)  # fmt: skip
def test_each_kind_of_question_is_its_command(question, words):
    assert question.words(PLACES) == words.split()
    again = jobs.Asked.model_validate_json(jobs.Asked(question=question, lang="ja").model_dump_json())
    assert again.question == question


@pytest.mark.parametrize(
    "planted",
    [
        {"kind": "run", "scenario": "--out=elsewhere"},
        {"kind": "run", "scenario": "../../etc/passwd"},
        {"kind": "run", "scenario": "a", "settings": ["--out"]},
        {"kind": "run", "scenario": "a", "figures": "../../../etc/x"},
        {"kind": "run", "scenario": "a", "out": "elsewhere"},
        {"kind": "run", "scenario": "a", "replications": 10**9},
        {"kind": "size", "scenario": "a", "resources": ["--out=x"]},
        {"kind": "ledger", "scenario": "a\n--out", "resources": []},
        {"kind": "clock", "scenario": "a", "targets": ["--lead-times"]},
        {"kind": "clock", "scenario": "a", "as_of": "--out"},
        {"kind": "compare", "scenario": "a", "others": ["--out"]},
        {"kind": "update", "run": "../..", "figures": KEY},
        {"kind": "validate"},
    ],
)  # fmt: skip
def test_a_planted_file_asks_nothing_of_its_own(tmp_path, begun, planted):
    home = tmp_path / jobs.PLACE / "0123456789ab" / ".cardflow"
    home.mkdir(parents=True)
    (home / "job.json").write_text(json.dumps({"question": planted, "lang": "en", "waits": 1.0}))
    queue = jobs.Jobs(tmp_path)
    queue.tend()
    assert queue.find("0123456789ab") is None and not begun


def test_a_planted_process_is_not_stopped(tmp_path):
    """The number of a process that anybody named is ours only where it was born when ours was."""
    own = subprocess.Popen(SLEEPS)
    home = tmp_path / jobs.PLACE / "0123456789ab" / ".cardflow"
    home.mkdir(parents=True)
    told = asked().model_copy(update={"began": "2026", "process": own.pid, "born": 1.0})
    (home / "job.json").write_text(told.model_dump_json())
    queue = jobs.Jobs(tmp_path)
    queue.stop(queue.find("0123456789ab"))
    assert own.poll() is None
    own.kill()
    own.wait()


def test_figures_are_not_put_where_a_link_leads(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs/.cardflow").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Exception, match="runs"):
        Figures(tmp_path / "runs").put(b"a,b")
    assert not list((tmp_path / "elsewhere").iterdir())
