"""The one experiment core: points in, results out. Only this file starts workers.

A point is a label and resolved parameters. Each replication of a point is stored under the digest of what determines it
(parameters, seed, chance only, card history, model version), so going on after an interruption is a store hit.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from scenarios.history import history_digest, load_history
from scenarios.store import Store
from sim import __version__
from sim.parameters import Parameters
from sim.replication import replicate
from sim.result import Result

_MOST_WORKERS = 61
"""Windows cannot wait for more."""


@dataclass(frozen=True)
class Point:
    """What to simulate: a label for people, and all that determines the numbers but the replication."""

    label: str
    parameters: Parameters
    seed: int
    chance_only: bool = False

    @cached_property
    def digest(self) -> str:
        """Twelve hexadecimal digits that stand for all that determines the results."""
        determined = [
            self.parameters.model_dump(mode="json", by_alias=True),
            self.seed,
            self.chance_only,
            history_digest(),
            __version__,
        ]
        return hashlib.blake2b(json.dumps(determined, sort_keys=True).encode(), digest_size=6).hexdigest()


@dataclass(frozen=True)
class Task:
    """One replication of one point."""

    point: Point
    replication: int


def evaluate(
    points: Sequence[Point],
    replications: int,
    store: Store,
    workers: int = 1,
    on_done: Callable[[Task], None] = lambda task: None,
) -> Iterator[tuple[Point, list[Result]]]:
    """Simulate every point, or take it from the store, and yield each with its results in order of replication.

    ``on_done`` is called as each replication is there. An interrupt leaves what is finished in the store.
    """
    tasks = [Task(point, replication) for point in points for replication in range(1, replications + 1)]
    missing = []
    for task in tasks:
        if store.has(task.point.digest, task.replication):
            on_done(task)
        else:
            missing.append(task)
    if workers <= 1 or len(missing) <= 1:
        for task in missing:
            _simulate(task, store)
            on_done(task)
    else:
        _simulate_in_parallel(missing, store, min(workers, len(missing)), on_done)
    for point in points:
        yield point, [store.load(point.digest, replication) for replication in range(1, replications + 1)]


def _simulate(task: Task, store: Store) -> None:
    point = task.point
    result = replicate(point.parameters, load_history(), point.seed, task.replication, point.chance_only)
    store.save(point.digest, task.replication, result)


def _simulate_in_parallel(tasks: list[Task], store: Store, workers: int, on_done: Callable[[Task], None]) -> None:
    context = multiprocessing.get_context("spawn")
    workers = min(workers, _MOST_WORKERS)
    with _interrupts_held():
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts_to_the_parent)
    running: dict[Future[None], Task] = {}
    left = iter(tasks)
    try:
        while True:
            with _interrupts_held():
                running |= {pool.submit(_simulate, task, store): task for task in islice(left, workers - len(running))}
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                task = running.pop(future)
                future.result()
                on_done(task)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while workers start, and raise it afterwards.

    It reaches every process of a console: workers start with the signal blocked, and the parent must not be torn out
    of starting one, whichever of its threads the signal lands on.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    can_block = hasattr(signal, "pthread_sigmask")
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if can_block else set()
    try:
        yield
    finally:
        if can_block:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler or signal.default_int_handler)
    if pressed:
        raise KeyboardInterrupt


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
