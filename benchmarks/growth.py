"""How much memory a worker keeps from one replication to the next."""

from __future__ import annotations

import gc
import multiprocessing
from datetime import date

import psutil

FIRST, LAST = 20, 70


def growth(queue: multiprocessing.Queue[dict[str, float]]) -> None:
    """Fourteen months, replication after replication, in a process of its own: MB and Python objects a replication.

    After some fifty replications nothing grows any more. Until then it is the C library's allocator that spreads its
    free blocks over more pages; the objects that Python holds stay as many, and ``malloc_trim`` gives the pages back.
    """
    from scenarios.files.load import load
    from scenarios.history import load_history
    from sim.replication import replicate

    parameters = load("plan-period").with_values({"end": date(2026, 5, 31)}).parameters
    held = {}
    for number in range(1, LAST + 1):
        replicate(parameters, load_history(), 1, number)
        if number in (FIRST, LAST):
            gc.collect()
            held[number] = psutil.Process().memory_info().rss / 1e6, len(gc.get_objects())
    (megabytes, objects), (more_megabytes, more_objects) = held[FIRST], held[LAST]
    goes = LAST - FIRST
    queue.put({"mb": (more_megabytes - megabytes) / goes, "objects": (more_objects - objects) / goes})
