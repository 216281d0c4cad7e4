"""The event list of the plant: what happens next, by time; at one instant, in the order in which it was entered.

A process is a generator that is sent the time and yields for how long it waits, in days; or nothing, and waits until
somebody resumes it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from heapq import heappop, heappush, heapreplace
from itertools import count

Process = Generator[float | None, float, None]


class Events:
    """Processes that wait for a time, and the time that it is ``now``."""

    def __init__(self) -> None:
        self.now = 0.0
        self._order = count()
        self._due: list[tuple[float, int, Callable[[float], float | None]]] = []

    def start(self, process: Process) -> None:
        """Let a process begin now, after what is due now already; its first ``yield`` is sent the time."""
        next(process)
        self.resume(process)

    def resume(self, process: Process) -> None:
        """Let a process that waits for nothing go on now, after what is due now already."""
        heappush(self._due, (self.now, next(self._order), process.send))

    def run(self, until: float) -> None:
        """Let happen what is due before ``until``."""
        due, order = self._due, self._order
        while due and due[0][0] < until:
            self.now, _, go_on = due[0]
            wait = go_on(self.now)
            if wait is None:
                heappop(due)
            else:
                heapreplace(due, (self.now + wait, next(order), go_on))
        self.now = until
