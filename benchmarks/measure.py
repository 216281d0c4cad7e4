"""What is measured, and how: medians of several goes on this machine."""

from __future__ import annotations

import multiprocessing
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psutil

REPEATS = 3


def replication(queue: multiprocessing.Queue[dict[str, float]]) -> None:
    """Five years of ``plan-period`` with its run-in, timed warm in a process of its own."""
    from scenarios.files.load import load
    from scenarios.history import load_history
    from sim.replication import replicate

    scenario, history = load("plan-period"), load_history()
    replicate(scenario.parameters, history, 1, 1)
    seconds = median(lambda: replicate(scenario.parameters, history, 1, 2))
    queue.put({"seconds": seconds, "peak_mb": peak_mb()})


def peak_mb() -> float:
    """The most memory this process has held, in MB."""
    info = psutil.Process().memory_info()
    if hasattr(info, "peak_wset"):
        return float(info.peak_wset / 1e6)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def median(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """The median time of several goes, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def medians(works: Sequence[Callable[[], object]], repeats: int = REPEATS) -> list[float]:
    """The median seconds of the processor that each work takes, in turns, so that none has a better moment."""
    spent: list[list[float]] = [[] for _ in works]
    for _ in range(repeats):
        for work, times in zip(works, spent, strict=True):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
    return [statistics.median(times) for times in spent]


@contextmanager
def timed(owner: object, name: str, part: str, spent: Counter[str]) -> Iterator[None]:
    """Add the seconds of the processor that a function takes to those ``spent`` on a part."""
    inner = getattr(owner, name)

    def timed(*args: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return inner(*args, **named)
        finally:
            spent[part] += time.process_time() - start  # type: ignore[assignment]

    with patch.object(owner, name, timed):
        yield


def in_own_process(work: Callable[[multiprocessing.Queue[dict[str, float]]], None]) -> dict[str, float]:
    """Run one measurement where nothing else has been loaded."""
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[dict[str, float]] = context.Queue()
    process = context.Process(target=work, args=(queue,))
    process.start()
    measured = queue.get()
    process.join()
    return measured


def help_text() -> float:
    """From typing ``cardflow --help`` to its end, in seconds."""
    command = [str(Path(sys.executable).parent / "cardflow"), "--help"]
    return median(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
