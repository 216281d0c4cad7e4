"""The compiled queues against SimPy as it is usually written, on the same day of calls."""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from benchmarks.measure import median

if TYPE_CHECKING:
    from sim.contact.calls import Calls

RATE, HANDLE, PATIENCE, SEATS = 94.0, 6.0, 3.0, 560
MINUTES = 1380.0  # calls ring until 23:00, so that all are decided by midnight
REPEATS = 9


def queues() -> list[dict[str, Any]]:
    """Ratios of speed, median against median, after checking that all three say the same; and calls per second."""
    from sim.contact.calls import ANSWERED, NO_LIMIT, Shift, State
    from sim.contact.fast import idle, run_day, serve

    calls, shift = day_of_calls(), Shift(*_constant(SEATS), places=NO_LIMIT)
    start = time.perf_counter()
    waits = usual_idiom(calls)
    usual = time.perf_counter() - start

    def plain_queue() -> Any:
        return serve(idle(SEATS), SEATS, calls.time, calls.handle, calls.patience)

    def full_queue() -> Any:
        return run_day(State.empty(), calls, shift)

    attempts = full_queue().attempts
    answered = attempts.outcome == ANSWERED
    _same(waits, {number: wait for number, wait in enumerate(plain_queue().tolist()) if wait < math.inf})
    _same(waits, dict(zip(attempts.tag[answered].tolist(), attempts.wait[answered].tolist(), strict=True)))
    plain, full = median(plain_queue, REPEATS), median(full_queue, REPEATS)
    return [
        {"name": "queue_vs_simpy", "ratio": usual / plain},
        {"name": "full_queue_vs_simpy", "ratio": usual / full},
        {"name": "queue", "calls_per_s": len(calls) / plain},
    ]


def day_of_calls() -> Calls:
    """A day of first attempts, a Poisson number at uniform times; nobody rings again."""
    import numpy as np

    from sim.contact.calls import Calls

    rng = np.random.default_rng(1)
    count = int(rng.poisson(RATE * MINUTES))
    none = np.zeros(count, dtype=np.int64)
    times = np.sort(rng.uniform(0.0, MINUTES, count))
    handle, patience = rng.exponential(HANDLE, count), rng.exponential(PATIENCE, count)
    return Calls.of(times, handle, patience, np.ones(count), none, none != 0, np.arange(count), none)


def usual_idiom(calls: Calls) -> dict[int, float]:
    """A process a caller, a ``Resource`` of agents, a request or a timeout: waits of those answered, in minutes."""
    env = simpy.Environment()
    agents = simpy.Resource(env, SEATS)
    waits: dict[int, float] = {}

    def caller(number: int, handle: float, patience: float) -> Generator[Any, Any, None]:
        rang = env.now
        with agents.request() as request:
            yield request | env.timeout(patience)
            if request.triggered:
                waits[number] = env.now - rang
                yield env.timeout(handle)

    def line() -> Generator[Any, Any, None]:
        rows = zip(calls.time.tolist(), calls.handle.tolist(), calls.patience.tolist(), strict=True)
        for number, (rings, handle, patience) in enumerate(rows):
            yield env.timeout(rings - env.now)
            env.process(caller(number, handle, patience))

    env.process(line())
    env.run()
    return waits


def _same(usual: dict[int, float], waits: dict[int, float]) -> None:
    """The idiom adds delays up in another order, so waits agree to rounding."""
    if usual.keys() != waits.keys() or any(abs(usual[number] - wait) > 1e-6 for number, wait in waits.items()):
        raise AssertionError("the queues differ: there is nothing to compare")


def _constant(agents: int) -> tuple[Any, Any]:
    import numpy as np

    return np.full(48, agents), np.ones(48, dtype=np.bool_)
