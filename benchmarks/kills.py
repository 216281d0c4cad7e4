"""A run whose processes are killed at random moments, a hundred times: nothing finished is lost, nobody is left behind.

``python -m benchmarks.kills [TIMES] [SEED]`` prints a JSON line; it takes some minutes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from shutil import rmtree

import psutil

PLAN = """\
extends = "baseline-fy2025"
end = 2025-04-30
[demand]
load = 0.1
"""
REPLICATIONS = 6
_COMMAND = """\
import cardflow
options = dict(replications={replications}, workers=2, out="run", chance_only=True, margin=False)
cardflow.run("plan.toml", **options)
"""
_DYING = 10.0
"""Seconds in which whoever has lost the parent is to be gone."""


def kills(folder: Path, times: int, seed: int, replications: int = REPLICATIONS) -> dict[str, int]:
    """Kill the parent or a worker of a run so many times; how many of each, and how often the run came to its end.

    A run whose parent was killed is given again; one that came to its end is begun anew.

    Raises:
        AssertionError: if a finished replication is lost or written again, a process is left behind, or an answer is
            not that of a run that nobody disturbed.
    """
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
    began = time.monotonic()
    assert _started(folder, replications).wait() == 0
    took, undisturbed = time.monotonic() - began, (folder / "run" / "summary.json").read_bytes()
    rmtree(folder / "run")

    random, found = Random(seed), {"parents": 0, "workers": 0, "ends": 0}
    while found["parents"] + found["workers"] < times:
        parent = _started(folder, replications)
        found["workers"] += _workers_killed(parent, random, took)
        family, before = [parent, *_below(parent)], _finished(folder)
        if parent.is_running() and parent.status() != psutil.STATUS_ZOMBIE:
            found["parents"] += 1
            parent.kill()
        code = parent.wait()
        assert not psutil.wait_procs(family, timeout=_DYING)[1], "a process is left behind"
        assert before.items() <= _finished(folder).items(), "a finished replication is lost"
        if code == 0:
            found["ends"] += 1
            assert (folder / "run" / "summary.json").read_bytes() == undisturbed
            rmtree(folder / "run")
    before = _finished(folder)
    assert _started(folder, replications).wait() == 0
    assert (folder / "run" / "summary.json").read_bytes() == undisturbed
    assert before.items() <= _finished(folder).items()
    return found


def _started(folder: Path, replications: int) -> psutil.Popen:
    nothing, command = subprocess.DEVNULL, _COMMAND.format(replications=replications)
    return psutil.Popen([sys.executable, "-c", command], cwd=folder, stdout=nothing, stderr=nothing)


def _workers_killed(parent: psutil.Popen, random: Random, took: float) -> int:
    """Let a run go on for a random time, in which workers may be killed; how many were."""
    killed = 0
    until = time.monotonic() + random.uniform(0.0, took)
    while (left := until - time.monotonic()) > 0 and parent.poll() is None:
        time.sleep(random.uniform(0.0, left))
        workers = [one for one in _below(parent) if _is_worker(one)]
        if workers and random.random() < 0.5:
            random.choice(workers).kill()
            killed += 1
    return killed


def _below(parent: psutil.Popen) -> Sequence[psutil.Process]:
    try:
        found: Sequence[psutil.Process] = parent.children(recursive=True)
    except psutil.NoSuchProcess:
        return []
    return found


def _is_worker(process: psutil.Process) -> bool:
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False


def _finished(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (folder / "run").glob("replications/*.npz")}


def main(times: int = 100, seed: int = 1) -> None:
    """Kill and print."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        found = kills(Path(folder), times, seed)
        print(json.dumps({"name": "kills", **found, "seconds": time.monotonic() - began}), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
