"""What ``make run`` takes, on all cores: to the first table, and to the end; and of the processor, in replications."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from scenarios.experiment.cores import cores

SCENARIO = "renewal-wave"
_EVERY, _GOES = 0.1, 5


def whole_run() -> dict[str, Any]:
    """Seconds, and how many replications of the same scenario would take as much of the processor.

    One beside as many as the run has processes; one alone has more of the memory and of the core, so that more of them
    would.
    """
    with tempfile.TemporaryDirectory() as folder:
        before, began = _spent(), time.monotonic()
        first = _run(Path(folder) / "run", began)
        wall, processor = time.monotonic() - began, _spent() - before
    alone, beside = _replication(1), _replication(cores())
    told = {"first_table_s": first, "wall_s": wall, "processor_s": processor}
    return {
        "name": "whole_run",
        **told,
        "replications_worth": processor / beside,
        "replications_worth_of_one_alone": processor / alone,
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


def _replication(processes: int) -> float:
    """Seconds of the processor of a replication, with so many processes at it at once."""
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        return statistics.median(pool.map(_spent_on_one, range(1, processes + 1)))


def _spent_on_one(of: int) -> float:
    from scenarios.files.load import load
    from scenarios.history import load_history
    from scenarios.unknowns import load_unknowns
    from sim.replication import whole

    parameters, history, unknowns = load(SCENARIO).parameters, load_history(), load_unknowns()
    whole(parameters, history, 1, 1, False, unknowns)
    spent = []
    for number in range(of * _GOES, (of + 1) * _GOES):
        began = time.process_time()
        whole(parameters, history, 1, number, False, unknowns)
        spent.append(time.process_time() - began)
    return statistics.median(spent)
