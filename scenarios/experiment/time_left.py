"""How much time work still takes: from what each thing costs, and from how quickly things go this time.

Costs are weights (``scenarios.experiment.cost``) by which what is done and what is left are held against each other,
since the margins of one replication may cost four times those of another. The pace is measured from when every process
has done its first task, which also pays for loading and compiling; until then it is that of this machine by a small
trial, which afterwards counts like a round of all processes. What the last things still take is counted from when the
youngest of them was started, which is when something else was done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from scenarios.experiment.cost import Work

_START = 1.5
"""Seconds in which a process starts and loads the model, on the machine on which costs were measured."""
_HALF_FORGOTTEN = 8
"""Rounds of all processes after which a measurement counts by half: machines get busy, and costs are estimates."""
_PATIENCE = 3.0
"""What has not come after so many times the time of the heaviest thing known makes the pace slower."""


class TimeLeft:
    """A stop-watch for work.

    Args:
        clock: seconds, as of ``time.monotonic``.
        slowness: how many times longer than the machine measured this one takes
        (``scenarios.experiment.cost.slowness``). workers: processes that share the work.
    """

    def __init__(self, clock: Callable[[], float], slowness: float, workers: int) -> None:
        self._clock, self._workers = clock, workers
        self._usual = workers / slowness
        self._fade = 0.5 ** (1 / (_HALF_FORGOTTEN * workers))
        self._trust = 1.0
        self._last = clock() + _START * slowness
        self._events = 0
        self._heaviest = self._latest = 0.0
        self._starts = deque([self._last] * workers, maxlen=workers)
        self._weight = self._seconds = 0.0
        self.left = Work()

    def more(self, work: Work, heaviest: float = 0.0) -> None:
        """There is so much more to do, of which one thing costs this much at the most, where that is known."""
        self._heaviest = max(self._heaviest, heaviest)
        self.left += work

    def less(self, work: Work) -> None:
        """So much need not be done, or was there already."""
        self.left -= work

    def done(self, work: Work) -> None:
        """Something has just been done."""
        now = self._clock()
        if self._events >= self._workers:
            self._weight = self._weight * self._fade + work.seconds
            self._seconds = self._seconds * self._fade + now - self._last
            self._trust *= self._fade
        self._events += 1
        self._last = now  # whatever was expected of loading, it is over where something is done
        self._heaviest, self._latest = max(self._heaviest, work.seconds), work.seconds
        self.left -= work
        if self.left.count >= self._workers:
            self._starts.append(self._last)

    def seconds(self) -> float:
        """Seconds until all is done, about."""
        if self.left.count <= 0:
            return 0.0
        each, waited = self.left.seconds / self.left.count, self._clock() - self._last
        pace = self._pace(each, 0.0)
        overdue = waited - _PATIENCE * max(each, self._heaviest) * self._workers / pace
        pace = self._pace(each, max(overdue, 0.0))
        if self.left.count < self._workers:
            return max(self.left.seconds / pace - (self._clock() - self._starts[-1]), 0.0)
        return max((self.left.seconds - self._at_work(each)) / pace - waited, 0.0)

    def _pace(self, each: float, overdue: float) -> float:
        """Seconds of cost that are done in a second: less where there are fewer things left than processes."""
        round_ = self._workers * max(each, self._latest) * self._trust
        busy = min(self.left.count / self._workers, 1.0)
        return busy * (self._weight + round_) / (self._seconds + round_ / self._usual + overdue)

    def _at_work(self, each: float) -> float:
        """What other processes have done, on average, of what they are at when one is done."""
        others = min(self._workers, self.left.count) - 1 if self._events else 0
        return each * others / 2
