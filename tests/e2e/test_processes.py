"""The processes of a command: none outlives it, whatever ends it, and the loss of one costs nothing."""

import json
import os
import signal
import subprocess
import time

import psutil
import pytest
import store_sample
from installed import COMMAND, SHORT, environment
from known import Known

from scenarios.experiment.experiment import Point
from scenarios.experiment.store import Store
from scenarios.files.load import load

SIGNALS = (signal.SIGKILL, signal.SIGHUP, signal.SIGTERM)
WORDS = ("--workers", "2", "--chance-only", "--no-margin", "--no-page", "--json")


@pytest.fixture
def home(tmp_path):
    (tmp_path / "short.toml").write_text(f"{SHORT.replace('06-30', '04-30')}[demand]\nload = 0.1\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def known(home):
    """Twelve replications in which nothing happens."""
    plan = load(str(home / "short.toml")).parameters
    for number in range(1, 13):
        Store(home / "known").save(Point("", plan, 1, chance_only=True).digest, number, store_sample.result(plan))
    return Known(home / "known")


def finished(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("replications/*.npz")}


def at_work(command, folder, count):
    """The command's processes once it has finished so many replications."""
    while len(finished(folder)) < count:
        assert command.poll() is None, command.stderr.read()
        time.sleep(0.02)
    return psutil.Process(command.pid).children(recursive=True)


def may_be_ended():
    for number in SIGNALS:
        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)


def test_nothing_outlives_a_command_and_what_was_finished_is_kept(home, known):
    asked = ("run", "short.toml", "--replications", "12", *WORDS, "--out", "ended")
    kept = {}
    for number in SIGNALS:
        known.grant(len(kept) + 1)
        command = known.started(home, *asked, start_new_session=True, preexec_fn=may_be_ended)
        children = at_work(command, home / "ended", len(kept) + 1)
        assert len(children) >= 2
        os.kill(command.pid, number)
        began = time.monotonic()
        if number != signal.SIGKILL:
            known.grant(12)  # what a worker is at it may finish
        _, said = command.communicate(timeout=60)
        if number == signal.SIGKILL:
            assert time.monotonic() - began < 5, "somebody held the streams open"
        else:
            assert command.returncode == 130 and "interrupted" in said
        _, alive = psutil.wait_procs(children, timeout=5)
        assert not alive, number
        assert "resource_tracker" not in said and "Traceback" not in said
        before, kept = kept, finished(home / "ended")
        assert before.items() <= kept.items() and 1 <= len(kept) - len(before) <= 3
    command = known.started(home, *asked)
    assert json.loads(command.communicate(timeout=120)[0])["replications"] == 12
    assert kept.items() <= finished(home / "ended").items()


def test_workers_import_nothing_that_lies_beside_the_user_and_a_killed_one_costs_nothing(home):
    """With replications that are simulated, by the command as it is installed."""
    names = ("multiprocessing", "numpy", "pathlib", "pickle", "signal", "sim")
    for name in names:
        (home / f"{name}.py").write_text(f"raise SystemExit('the wrong {name}')\n", encoding="utf-8")
    command = subprocess.Popen(
        [str(COMMAND), "run", "short.toml", "--replications", "4", *WORDS, "--out", "lost"],
        cwd=home,
        env=environment(PYTHONWARNINGS=""),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    workers = [child for child in at_work(command, home / "lost", 1) if "spawn_main" in " ".join(child.cmdline())]
    assert len(workers) == 2
    workers[0].kill()
    told, said = command.communicate(timeout=120)
    assert command.returncode == 0 and "Traceback" not in said and "wrong" not in said
    assert json.loads(told)["replications"] == 4
    assert len(finished(home / "lost")) == 4
