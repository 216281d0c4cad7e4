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
from scenarios.experiment.experiment import Point, afresh
from scenarios.experiment.workers import spread, staying
from scenarios.files.load import load
from sim.message import Message

TINY, GOES = 200, 10
"""Tiny jobs of a go, and goes: 2,000 in all."""
SHARED, TURNS = 24, 3
"""Busy jobs of a go, and goes with one worker and with two, in turns."""
LAST = date(2025, 4, 30)
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


def _share_tiny(folder: Path, name: str, count: int, workers: int = 1) -> None:
    jobs = [Tiny(folder, Message("{name}-{number}", name=name, number=number)) for number in range(count)]
    spread(jobs, count, workers)


def _spent(processes: Sequence[psutil.Process]) -> float:
    return float(sum(sum(one.cpu_times()[:2]) for one in processes))


@dataclass(frozen=True)
class Busy(Tiny):
    """A job that keeps the processor busy for so many seconds."""

    seconds: float = 0.5

    def __call__(self) -> None:
        until = time.thread_time() + self.seconds
        while time.thread_time() < until:
            pass


def efficiency() -> dict[str, Any]:
    """The time of one worker over twice that of two, of a cluster and of our own processes beside it; medians.

    Whoever works has begun to before: a command starts its processes once.
    """
    took: dict[tuple[str, int], list[float]] = {(of, count): [] for of in ("dask", "own") for count in (1, 2)}
    with tempfile.TemporaryDirectory() as folder:
        jobs = [Busy(Path(folder), Message("{number}", number=number)) for number in range(SHARED)]
        for _ in range(TURNS):
            for (of, workers), goes in took.items():
                with Cluster(workers=workers) if of == "dask" else staying():
                    _share_tiny(Path(folder), "warm", 4, workers)
                    began = time.perf_counter()
                    spread(jobs, SHARED, workers)
                    goes.append(time.perf_counter() - began)
    seconds = {key: statistics.median(goes) for key, goes in took.items()}
    return {of: round(seconds[of, 1] / seconds[of, 2] / 2, 3) for of in ("dask", "own")} | {
        "seconds": {f"{of} {count}": round(each, 2) for (of, count), each in seconds.items()}
    }


def replications() -> list[float]:
    """Seconds of the processor that each of a few replications of a light month takes, with its run-in."""
    values = {"end": LAST, "demand.load": 0.1}
    point, found = Point("month", load("baseline-fy2025").with_values(values).parameters, 1), []
    for number in range(1, 5):
        began = time.process_time()
        afresh(point, number)
        found.append(time.process_time() - began)
    return found[1:]


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
    print(
        json.dumps({"name": "cluster_efficiency", "load_average": psutil.getloadavg()[0], **efficiency()}), flush=True
    )
    seconds = replications()
    for line in fleets(seconds, small["scheduler_cpu_ms"] / 1e3):
        told = {"replications": MANY, "seconds_each": round(statistics.mean(seconds), 2)}
        print(json.dumps({"name": "cluster_fleet", **told, **line}), flush=True)


if __name__ == "__main__":
    main()
