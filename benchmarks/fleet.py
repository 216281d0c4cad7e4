"""How long jobs take on workers that there are not: by list scheduling, with what the scheduler takes for each."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heapify, heapreplace


def makespan(seconds: Iterable[float], workers: int, overhead: float = 0.0) -> float:
    """Seconds until all jobs are done, in their order, each by the worker that is free first.

    ``seconds``: what each takes a worker. ``overhead``: seconds that the one scheduler takes for each, one after the
    other, so that no job starts before it and those ahead of it are sent.
    """
    free = [0.0] * workers
    heapify(free)
    for number, own in enumerate(seconds, start=1):
        heapreplace(free, max(free[0], number * overhead) + own)
    return max(free)
