"""An answer that grows: who cannot wait for all replications of a run is shown what those that are there say.

They are looked at as soon as a few are there, and then as often as costs next to nothing. The answer is the same,
whether anybody looked or not.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from scenarios.errors import UserError
from scenarios.experiment.experiment import Task

_FEW, _FEWEST = 4, 2
"""Replications to look at first, and at the least: one has no spread."""
_AT_ONCE = 5.0
"""Seconds in which nobody needs to be shown anything."""
_PATIENCE = 20.0
"""Seconds after which it is the fewest that are looked at."""
_APART = 10.0
"""Seconds from one look to the next at the least."""
_SHARE = 0.02
"""Of the time that looking may take."""


Known = TypeVar("Known")
"""What is known of a replication that was looked at."""


class Growing(Generic[Known]):
    """Who looks.

    Args:
        read: what is to be known of a replication that is there.
        show: shows those of some replications, in their order, of so many that there are to be.
        follows: whether anything is worked out after all replications are there.
        clock: seconds, as of ``time.monotonic``.
    """

    def __init__(
        self,
        read: Callable[[int], Known],
        show: Callable[[Sequence[Known], int], None],
        follows: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read, self._show, self._follows, self._clock = read, show, follows, clock
        self._began, self._next = clock(), clock() + _AT_ONCE
        self._there = set[int]()
        self._known: dict[int, Known] = {}

    def of(self, number: int) -> Known:
        """What is to be known of a replication that is there; none is read twice."""
        if number not in self._known:
            self._known[number] = self._read(number)
        return self._known[number]

    def done(self, task: Task, of: int) -> None:
        """A replication is there, of so many; what was there before is nothing to wait for."""
        self._there.add(task.replication)
        if task.simulated and self._is_time(of):
            self._look(of)

    def _is_time(self, of: int) -> bool:
        now, count = self._clock(), len(self._there)
        if count >= of:
            return self._follows and count >= _FEWEST and now >= self._began + _AT_ONCE
        return count >= (_FEW if now < self._began + _PATIENCE else _FEWEST) and now >= self._next

    def _look(self, of: int) -> None:
        began = self._clock()
        with suppress(UserError, OSError, ValueError):  # what is wrong with a folder or a disk, the end tells
            self._show([self.of(number) for number in sorted(self._there)], of)
        now = self._clock()
        self._next = now + max(_APART, (now - began) / _SHARE)
