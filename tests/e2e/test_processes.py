"""The processes of a command: none outlives it, whatever ends it, and the loss of one costs nothing."""

import json
import os
import signal
import subprocess
import time

import psutil
import pytest
from installed import COMMAND, SHORT, environment

SIGNALS = (signal.SIGKILL, signal.SIGHUP, signal.SIGTERM)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("processes")
    (folder / "short.toml").write_text(f"{SHORT.replace('06-30', '04-30')}[demand]\nload = 0.1\n", encoding="utf-8")
    return folder


def started(home, out, replications):
    command = [str(COMMAND), "run", "short.toml", "--replications", str(replications), "--workers", "2"]
    command += ["--chance-only", "--no-margin", "--no-page", "--json", "--out", out]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    return subprocess.Popen(
        command,
        cwd=home,
        env=environment(PYTHONWARNINGS=""),
        start_new_session=True,
        preexec_fn=lambda: [signal.signal(number, signal.SIG_DFL) for number in SIGNALS if number != signal.SIGKILL],
        **streams,
    )


def finished(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("replications/*.npz")}


def at_work(command, folder, count):
    """The command's processes once it has finished so many replications."""
    while len(finished(folder)) < count:
        assert command.poll() is None, command.stderr.read()
        time.sleep(0.02)
    return psutil.Process(command.pid).children(recursive=True)


def test_nothing_outlives_a_command_and_what_was_finished_is_kept(home):
    kept = {}
    for number in SIGNALS:
        command = started(home, "ended", 12)
        children = at_work(command, home / "ended", len(kept) + 1)
        assert len(children) >= 2
        os.kill(command.pid, number)
        began = time.monotonic()
        _, said = command.communicate(timeout=60)
        if number == signal.SIGKILL:
            assert time.monotonic() - began < 5, "somebody held the streams open"
        else:
            assert command.returncode == 130 and "interrupted" in said
        _, alive = psutil.wait_procs(children, timeout=5)
        assert not alive, number
        assert "resource_tracker" not in said and "Traceback" not in said
        before, kept = kept, finished(home / "ended")
        assert before.items() <= kept.items() and len(before) < len(kept) < 12
    command = started(home, "ended", 12)
    assert json.loads(command.communicate(timeout=120)[0])["replications"] == 12
    assert kept.items() <= finished(home / "ended").items()


def test_a_killed_worker_costs_nothing(home):
    command = started(home, "lost", 5)
    workers = [child for child in at_work(command, home / "lost", 1) if "spawn_main" in " ".join(child.cmdline())]
    assert len(workers) == 2
    workers[0].kill()
    told, said = command.communicate(timeout=120)
    assert command.returncode == 0 and "Traceback" not in said
    assert json.loads(told)["replications"] == 5
    assert len(finished(home / "lost")) == 5


def test_workers_import_nothing_that_lies_beside_the_user(home, tmp_path):
    names = ("multiprocessing", "numpy", "pathlib", "pickle", "signal", "sim")
    for name in names:
        (tmp_path / f"{name}.py").write_text(f"raise SystemExit('the wrong {name}')\n", encoding="utf-8")
    (tmp_path / "short.toml").write_text((home / "short.toml").read_text(encoding="utf-8"), encoding="utf-8")
    command = started(tmp_path, "out", 2)
    _, said = command.communicate(timeout=120)
    assert command.returncode == 0 and "wrong" not in said
    assert len(finished(tmp_path / "out")) == 2
