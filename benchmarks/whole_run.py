"""What ``make run`` takes, on all cores: to the first table, and to the end; and of the processor, in replications."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.measure import median

SCENARIO = "renewal-wave"
_EVERY = 0.1


def whole_run() -> dict[str, Any]:
    """Seconds, and how many replications of the same scenario would take as much of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        before, began = _spent(), time.monotonic()
        first = _run(Path(folder) / "run", began)
        wall, processor = time.monotonic() - began, _spent() - before
    of_one = _replication()
    told = {"first_table_s": first, "wall_s": wall, "processor_s": processor}
    return {
        "name": "whole_run",
        **told,
        "replications_worth": processor / of_one,
        "wall_over_processor": wall / processor,
    }


def _run(out: Path, began: float) -> float:
    """Run; seconds until an answer, be it provisional, is there."""
    command = [str(Path(sys.executable).parent / "cardflow"), "run", SCENARIO, "--out", str(out), "--yes", "--quiet"]
    first = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        while running.poll() is None:
            if not first and (out / "summary.json").exists():
                first = time.monotonic() - began
            time.sleep(_EVERY)
    if running.returncode:
        raise AssertionError(f"the run ended with {running.returncode}: there is nothing to measure")
    return first


def _spent() -> float:
    """Seconds of the processor of all that this process has started and that has ended."""
    used = os.times()
    return used.children_user + used.children_system


def _replication() -> float:
    from scenarios.files.load import load
    from scenarios.history import load_history
    from scenarios.unknowns import load_unknowns
    from sim.replication import whole

    parameters, history, unknowns = load(SCENARIO).parameters, load_history(), load_unknowns()
    whole(parameters, history, 1, 1, False, unknowns)
    numbers = iter(range(2, 9))
    return median(lambda: whole(parameters, history, 1, next(numbers), False, unknowns))
