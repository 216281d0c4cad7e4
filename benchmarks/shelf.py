"""A shelf of many answers: how long it takes to list them, from the index and without one."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.measure import median
from reports.shelf.facts import facts
from scenarios.files.load import load
from scenarios.run.run import Options, run
from scenarios.run.run_folder import RunFolder
from scenarios.shelf.shelf import Shelf

COUNT = 300
_FEW = {"start": "2026-04-01", "end": "2026-05-31", "demand.load": 0.1}


def shelf() -> dict[str, float | str]:
    """Seconds for so many copies of a small run: from the index, and read anew from their folders."""
    with tempfile.TemporaryDirectory() as home:
        runs = Path(home, "runs")
        first = runs / "plan" / "000"
        with RunFolder(first) as folder:
            run(load("plan-period").with_values(_FEW), folder, Options(replications=1, margin=False, workers=1))
        for number in range(1, COUNT):
            shutil.copytree(first, runs / "plan" / f"{number:03}")
        on = Shelf(runs, facts)
        start = time.perf_counter()
        assert len(on.entries()) == COUNT
        anew = time.perf_counter() - start
        return {"name": "shelf", "answers": COUNT, "seconds": median(lambda: on.entries()), "without_index": anew}
