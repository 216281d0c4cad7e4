"""Recorded or made-up work done again on a clock of its own, to hold what is told of the time left against it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from scenarios.experiment.cost import Work
from scenarios.experiment.time_left import TimeLeft

Done = Callable[[int], None]
STARTING = 1.0
"""Seconds until workers are ready for their first task. Each then loads what is compiled, as the first recorded did."""


@dataclass
class Replay:
    """A recorded run on a clock of its own: ``told`` is (seconds since the start, seconds said to be left)."""

    slower: float
    workers: int
    left: TimeLeft = field(init=False)
    now: float = 0.0
    told: list[tuple[float, float]] = field(default_factory=list)

    def start(self, trial: float) -> None:
        self.left = TimeLeft(lambda: self.now, trial, self.workers)

    def share(self, tasks: list[tuple[Work, float]], loading: float = 0.0, done: Done | None = None) -> None:
        """A phase: tasks in order, each for the worker who is free first; all wait for the last.

        ``done`` hears the place of each in place of the stop-watch.
        """
        free = [self.now + loading * self.slower] * self.workers
        ends = []
        for place, (_, seconds) in enumerate(tasks):
            first = free.index(min(free))
            free[first] += seconds * self.slower
            ends.append((free[first], place))
        for end, place in sorted(ends):
            while self.now + 1 < end:
                self.now += 1
                self.told.append((self.now, self.left.seconds()))
            self.now = end
            (done or self._done(tasks))(place)

    def _done(self, tasks: list[tuple[Work, float]]) -> Done:
        return lambda place: self.left.done(tasks[place][0])


def beyond(run: Replay, part: float, seconds: float = 2.0) -> list[tuple[float, float, float]]:
    """From a tenth of the way on, what was told and is off by more than this part and some seconds."""
    told = [(now, run.now - now, said) for now, said in run.told if now >= 0.1 * run.now]
    return [each for each in told if abs(each[2] - each[1]) > each[1] * part + seconds]
