"""A shelf of many answers: how long it takes to list them, from the index and without one."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.measure import median
from reports.shelf.facts import facts
from scenarios.files.find import LIBRARY
from scenarios.files.load import load
from scenarios.run.run_folder import RunFolder
from scenarios.shelf.shelf import Shelf
from scenarios.wave.wave import wave

COUNT = 300


def shelf() -> dict[str, float | str]:
    """Seconds for so many copies of a small answer: from the index, and read anew from their folders."""
    with tempfile.TemporaryDirectory() as home:
        runs = Path(home, "runs")
        first = runs / "wave" / "000"
        with RunFolder(first) as folder:
            wave(load("renewal-wave", LIBRARY), 2024, 2035, folder)
        for number in range(1, COUNT):
            shutil.copytree(first, runs / "wave" / f"{number:03}")
        on = Shelf(runs, facts)
        start = time.perf_counter()
        assert len(on.entries()) == COUNT
        anew = time.perf_counter() - start
        return {"name": "shelf", "answers": COUNT, "seconds": median(on.entries), "without_index": anew}
