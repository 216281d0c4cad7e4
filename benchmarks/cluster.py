"""What a Dask cluster costs: a tiny job, two workers in place of one, and what that would mean for a thousand.

``python -m benchmarks.cluster`` prints JSON lines; it takes some minutes, and is not among those of ``make bench``.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import psutil

from benchmarks.fleet import makespan
from scenarios.experiment.cluster import Cluster
from scenarios.experiment.experiment import Point, simulate_missing
from scenarios.experiment.store import Store
from scenarios.experiment.workers import spread
from scenarios.files.load import load
from sim.message import Message

TINY, GOES = 200, 10
"""Tiny jobs of a go, and goes: 2,000 in all."""
SHARED, TURNS = 8, 3
"""Replications of a go, and goes with one worker and with two, in turns."""
LAST = date(2025, 6, 30)
FLEETS, MANY = (1, 2, 16, 128, 1000), 10_000
"""Workers, and replications that they share."""


@dataclass(frozen=True)
class Tiny:
    """A job as large as a replication's that leaves nothing but an empty file."""

    folder: Path
    label: Message
    load: bytes = bytes(36_000)

    @property
    def task(self) -> Tiny:
        return self

    def __call__(self) -> None:
        (self.folder / self.label).touch()


def tiny() -> dict[str, Any]:
    """Milliseconds of a tiny job on two workers: by the clock, and of the processor by whom; medians of the goes."""
    clock, own, theirs = list[float](), list[float](), list[float]()
    with tempfile.TemporaryDirectory() as folder, Cluster(workers=2):
        _share_tiny(Path(folder), "warm", 20)
        workers = psutil.Process().children(recursive=True)
        for go in range(GOES):
            began, spent, before = time.perf_counter(), time.process_time(), _spent(workers)
            _share_tiny(Path(folder), str(go), TINY)
            clock.append((time.perf_counter() - began) / TINY * 1e3)
            own.append((time.process_time() - spent) / TINY * 1e3)
            theirs.append((_spent(workers) - before) / TINY * 1e3)
    medians = {"ms": clock, "scheduler_cpu_ms": own, "workers_cpu_ms": theirs}
    return {name: round(statistics.median(goes), 2) for name, goes in medians.items()} | {"least_ms": min(clock)}


def _share_tiny(folder: Path, name: str, count: int) -> None:
    jobs = [Tiny(folder, Message("{name}-{number}", name=name, number=number)) for number in range(count)]
    spread(jobs, count)


def _spent(processes: Sequence[psutil.Process]) -> float:
    return float(sum(sum(one.cpu_times()[:2]) for one in processes))


def efficiency() -> dict[str, Any]:
    """The time of one worker over twice that of two, for replications of a quarter; seconds of one; medians."""
    point = Point("quarter", load("baseline-fy2025").with_values({"end": LAST}).parameters, 1)
    took: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        for go in range(TURNS):
            for workers in took:
                with Cluster(workers=workers):
                    store = Store(Path(folder) / f"{go}-{workers}")
                    simulate_missing([point], range(100, 100 + 2 * workers), store)  # so that each has loaded the model
                    began = time.perf_counter()
                    simulate_missing([point], range(SHARED), store)
                    took[workers].append(time.perf_counter() - began)
    one, two = (statistics.median(goes) for goes in took.values())
    return {"efficiency": round(one / two / 2, 3), "seconds_a_replication": round(one / SHARED, 3), "took": took}


def fleets(seconds: Sequence[float], overhead: float) -> list[dict[str, Any]]:
    """What many replications would take fleets: seconds, and the share of their time that workers are busy."""
    found = []
    for workers in FLEETS:
        many = list(islice(cycle(seconds), MANY))
        span = makespan(many, workers, overhead)
        found.append({"workers": workers, "seconds": round(span, 1), "busy": round(sum(many) / workers / span, 3)})
    return found


def main() -> None:
    """Measure and print."""
    busy = psutil.getloadavg()[0]
    small = tiny()
    print(json.dumps({"name": "cluster_tiny", "jobs": TINY * GOES, "load_average": busy, **small}), flush=True)
    shared = efficiency()
    print(json.dumps({"name": "cluster_efficiency", "load_average": psutil.getloadavg()[0], **shared}), flush=True)
    for line in fleets([shared["seconds_a_replication"]], small["scheduler_cpu_ms"] / 1e3):
        print(json.dumps({"name": "cluster_fleet", "replications": MANY, **line}), flush=True)


if __name__ == "__main__":
    main()
