"""Calls a second in one queue, by simulators of others and by ours: one agent, busy three quarters of the time (M/M/1).

Each draws its own numbers, first in, first out, and is held against theory: three minutes of waiting on average. Ours
are the queue of ``cardflow queue`` and that of a run, with which the centres take their days. Cimba compiles its model
before it begins, ours is compiled once and kept; that is not timed. Ciw and Cimba are timed where they are installed
(``pip install cardflow[peers]``).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing import get_context
from typing import Any

RATE, HANDLE = 0.75, 1.0
WAIT = RATE * HANDLE**2 / (1 - RATE * HANDLE)
"""Minutes, by theory (Pollaczek and Khinchine)."""
_BATCHES = 20
_FOUR = 4.0
"""Standard errors within which the mean wait must be."""


@dataclass(frozen=True)
class Told:
    """What a simulator did: calls, the seconds of it, and mean waits of as many independent or long batches."""

    calls: int
    seconds: float
    waits: list[float]


def peers() -> list[dict[str, Any]]:
    """A line for each simulator: calls a second, mean wait with its standard error, and how many times ours are faster.

    Raises:
        AssertionError: if a mean wait is further from theory than chance allows.
    """
    works: dict[str, Callable[[], Told]] = {"run": _of_a_run, "queue": _ours, "simpy": _simpy}
    works |= {name: work for name, work in (("ciw", _ciw), ("cimba", _cimba)) if find_spec(name)}
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:  # compilers may bite each other
        told = {name: pool.submit(work).result() for name, work in works.items()}
    speed = {name: one.calls / one.seconds for name, one in told.items()}
    return [
        {
            "name": "peer",
            "peer": name,
            "calls_per_s": speed[name],
            **_wait(name, one.waits),
            "run_is_faster_by": speed["run"] / speed[name],
            "queue_is_faster_by": speed["queue"] / speed[name],
        }
        for name, one in told.items()
    ]


def _wait(name: str, waits: list[float]) -> dict[str, float]:
    mean = sum(waits) / len(waits)
    error = math.sqrt(sum((wait - mean) ** 2 for wait in waits) / (len(waits) - 1) / len(waits))
    if abs(mean - WAIT) > _FOUR * error:
        raise AssertionError(
            f"{name} waits {mean:.3f} minutes on average, theory {WAIT:g} (standard error {error:.3f})"
        )
    return {"wait_minutes": mean, "standard_error": error}


def _ours() -> Told:
    import numpy as np

    from sim.contact.fast import idle, serve

    def batch(seed: int, calls: int = 200_000) -> float:
        rng = np.random.default_rng(seed)
        times = np.cumsum(rng.exponential(1 / RATE, calls))
        waits = serve(idle(1), 1, times, rng.exponential(HANDLE, calls), np.full(calls, np.inf))
        return float(waits.mean())

    batch(0)
    start = time.perf_counter()
    waits = [batch(seed) for seed in range(1, _BATCHES + 1)]
    return Told(_BATCHES * 200_000, time.perf_counter() - start, waits)


def _of_a_run() -> Told:
    """Day after day, a Poisson number of calls each; 100 days a batch, one agent round the clock."""
    import numpy as np

    from sim.contact.calls import DAY, NO_LIMIT, Calls, Shift, State
    from sim.contact.fast import run_day

    shift = Shift(np.ones(48, dtype=np.int64), np.ones(48, dtype=np.bool_), NO_LIMIT)
    rng, state, calls = np.random.default_rng(1), State.empty(), 0

    def batch(days: int) -> float:
        nonlocal state, calls
        waited, number = 0.0, 0
        for _ in range(days):
            count = int(rng.poisson(RATE * DAY))
            none, ever = np.zeros(count, dtype=np.int64), np.full(count, np.inf)
            times, handle = np.sort(rng.uniform(0, DAY, count)), rng.exponential(HANDLE, count)
            rows = Calls.of(times, handle, ever, np.ones(count), none, none != 0, none, none)
            told = run_day(state, rows, shift)
            state, waited, number = told.state, waited + float(told.attempts.wait.sum()), number + len(told.attempts)
        calls += number
        return waited / number

    batch(20)
    start, calls = time.perf_counter(), 0
    waits = [batch(100) for _ in range(_BATCHES)]
    return Told(calls, time.perf_counter() - start, waits)


def _simpy() -> Told:
    import numpy as np
    import simpy

    def batch(seed: int, calls: int = 5000) -> float:
        rng, env, waits = np.random.default_rng(seed), simpy.Environment(), []
        agent = simpy.Resource(env, 1)

        def caller() -> Generator[Any, Any, None]:
            rang = env.now
            with agent.request() as request:
                yield request
                waits.append(env.now - rang)
                yield env.timeout(rng.exponential(HANDLE))

        def line() -> Generator[Any, Any, None]:
            for _ in range(calls):
                yield env.timeout(rng.exponential(1 / RATE))
                env.process(caller())

        env.process(line())
        env.run()
        return sum(waits[calls // 10 :]) / len(waits[calls // 10 :])

    start = time.perf_counter()
    waits = [batch(seed) for seed in range(_BATCHES)]
    return Told(_BATCHES * 5000, time.perf_counter() - start, waits)


def _ciw() -> Told:
    import ciw

    minutes = 3000.0
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(RATE)],
        service_distributions=[ciw.dists.Exponential(1 / HANDLE)],
        number_of_servers=[1],
    )
    waits, calls, start = [], 0, time.perf_counter()
    for seed in range(_BATCHES):
        ciw.seed(seed)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(minutes)
        records = simulation.get_all_records()
        late = [row.waiting_time for row in records if row.arrival_date > minutes / 10]
        waits.append(sum(late) / len(late))
        calls += len(records)
    return Told(calls, time.perf_counter() - start, waits)


def _cimba() -> Told:
    from benchmarks.cimba_queue import lines

    lines(1, 100.0, _BATCHES)
    minutes = 100_000.0
    start = time.perf_counter()
    waits = [line / RATE for line in lines(2, minutes, _BATCHES)]
    return Told(round(_BATCHES * 1.1 * minutes * RATE), time.perf_counter() - start, waits)
