"""What may befall a run at work: it costs what was not finished, and the same command goes on from there."""

import errno
import json
import os
import subprocess
import sys
import time
from shutil import copytree, rmtree

import pytest
from installed import COMMAND, MONTH, environment, files
from known import Known

from benchmarks.kills import kills
from scenarios.errors import UserError
from scenarios.experiment.progress import Progress
from scenarios.run.run import run

WORDS = ("--chance-only", "--no-margin", "--no-page", "--json", "--quiet")


def after(replications, do):
    """Do something once so many replications are there."""
    left = [replications]

    def done(task):
        left[0] -= 1
        if left[0] == 0:
            do()

    return Progress(done=done)


def stored(folder):
    return {path.name: path.stat().st_mtime_ns for path in (folder / "replications").iterdir()}


@pytest.fixture
def known(unseen, tmp_path):
    """The replications of a run that nothing disturbed, for commands in a folder with its scenario."""
    (tmp_path / "short.toml").write_bytes((unseen / "scenario.toml").read_bytes())
    return Known(copytree(unseen / "replications", tmp_path / "known"))


@pytest.mark.skipif(sys.platform == "win32", reason="no signals that nobody can hold back")
def test_processes_are_killed_at_random_moments(tmp_path):
    found = kills(tmp_path, times=2, seed=7, replications=3)
    assert found["parents"] + found["workers"] >= 2


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize("refusal", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_a_disk_that_refuses_from_now_on_is_told_and_what_is_finished_stays(
    month, unseen, tmp_path, monkeypatch, refusal
):
    def refused(number):
        raise OSError(refusal, os.strerror(refusal))

    with monkeypatch.context() as patched:
        progress = after(2, lambda: patched.setattr("scenarios.durable.os.fsync", refused))
        with pytest.raises(UserError, match=f"cannot be written: {os.strerror(refusal)}"):
            run(month, tmp_path / "run", MONTH, progress)
    kept = stored(tmp_path / "run")
    assert len(kept) == 2 and all(name.endswith(".npz") for name in kept)
    assert not (tmp_path / "run" / "summary.json").exists()
    run(month, tmp_path / "run", MONTH)
    assert kept.items() <= stored(tmp_path / "run").items()
    assert files(tmp_path / "run") == files(unseen)


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files")
def test_workers_that_may_not_write_so_much_end_the_command_in_words(known, tmp_path):
    import resource

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    known.grant(5)
    asked = ("run", "short.toml", "--replications", "5", *WORDS, "--workers", "2", "--out", "run")
    command = known.started(tmp_path, *asked, preexec_fn=limited)
    told, said = command.communicate(timeout=300)
    assert command.returncode == 2 and "cannot be written: File too large" in said
    assert "Traceback" not in said and told == ""
    assert not list((tmp_path / "run").rglob("*.unfinished")) and not list((tmp_path / "run").rglob("*.npz"))


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize("replications", [1, 3, 5])
def test_a_folder_that_is_deleted_under_the_run_costs_what_was_in_it(month, unseen, tmp_path, replications):
    with pytest.raises(UserError, match="cannot be written"):
        run(month, tmp_path / "run", MONTH, after(replications, lambda: rmtree(tmp_path / "run")))
    run(month, tmp_path / "run", MONTH)
    assert files(tmp_path / "run") == files(unseen)


@pytest.mark.usefixtures("remembered")
def test_a_clock_that_is_moved_back_changes_nothing(month, unseen, tmp_path, monkeypatch):
    real, moved = time.time, [0]

    def back():
        moved[0] += 3600
        return real() - moved[0]

    def stop():
        raise KeyboardInterrupt

    monkeypatch.setattr("time.time", back)
    with pytest.raises(KeyboardInterrupt):
        run(month, tmp_path / "run", MONTH, after(2, stop))
    (tmp_path / "run" / "replications" / "a-0001.999999999.unfinished").write_bytes(b"half")
    run(month, tmp_path / "run", MONTH)
    assert moved[0] and files(tmp_path / "run") == files(unseen)


def test_of_two_processes_in_one_folder_one_is_refused_and_two_questions_share_what_is_finished(
    unseen, known, tmp_path
):
    def started(replications, *out):
        asked = ("run", "short.toml", "--replications", replications, *WORDS, "--workers", 1, *out)
        return known.started(tmp_path, *asked)

    both = [started(5, "--out", "run") for _ in range(2)]
    while all(command.poll() is None for command in both) and len(known.waiting()) < 2:
        time.sleep(0.02)
    known.grant(5)  # one is refused while the other is at work
    told = [command.communicate(timeout=300)[1] for command in both]
    assert sorted(command.returncode for command in both) == [0, 2]
    assert "".join(told).count("another cardflow command is at work in this folder") == 1
    assert targets(tmp_path / "run" / "summary.json") == targets(unseen / "summary.json")

    known.grant(0)
    both = [started(number) for number in (5, 4)]
    while len(known.waiting()) < 2:
        assert all(command.poll() is None for command in both)
        time.sleep(0.02)
    known.grant(5)  # both are at the same replication
    told = [command.communicate(timeout=300)[1] for command in both]
    assert [command.returncode for command in both] == [0, 0], told
    assert sorted(found["replications"] for found in map(summary, tmp_path.glob("runs/short/*/summary.json"))) == [4, 5]
    assert targets(unseen / "summary.json") in map(targets, tmp_path.glob("runs/short/*/summary.json"))
    assert len(list((tmp_path / "runs").rglob("*.npz"))) == 5 and not list((tmp_path / "runs").rglob("*.unfinished"))


def summary(path):
    return json.loads(path.read_bytes())


def targets(path):
    return summary(path)["targets"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes that are closed before")
@pytest.mark.parametrize("closed", ["pipe", "stdout", "stderr"])
def test_streams_that_are_closed_cost_no_answer(unseen, tmp_path, closed):
    read, write = os.pipe()
    os.close(read)
    (tmp_path / "short.toml").write_bytes((unseen / "scenario.toml").read_bytes())
    command = [str(COMMAND), "check", "short.toml"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment(),
        stdout=write if closed == "pipe" else subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn={"pipe": None, "stdout": lambda: os.close(1), "stderr": lambda: os.close(2)}[closed],
        timeout=300,
    )
    os.close(write)
    assert done.returncode == (1 if closed == "pipe" else 0)
    assert done.stderr == "" and ("valid" in (done.stdout or "")) == (closed == "stderr")
