"""More replications until there are enough: until intervals are as narrow as asked, until words are decided, or both.

One loop serves both: a batch is simulated, everything asked for is looked at, and the next batch is what the slowest
needs. The replications are those of a run of so many from the start, bit by bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.experiment import precision
from scenarios.experiment.precision import Reached
from scenarios.run import decided
from scenarios.run.record import Decided
from sim.targets import Statistic


@dataclass(frozen=True)
class Found:
    """What a look found of what was asked for, None where it was not, and how many replications to have next."""

    precision: Reached | None
    decided: Decided | None
    next_count: int


@dataclass(frozen=True)
class Until:
    """What replications are added for: a precision (or None), words, and how many there may be at most."""

    precision: float | None
    decided: bool
    most: int

    def look(self, told: Sequence[Sequence[Statistic]]) -> Found:
        """Look at the statistics of all replications so far; the next count is theirs once there are enough."""
        have = len(told)
        width = None if self.precision is None else precision.reached(told, self.precision, self.most)
        words = decided.decided(told, self.most) if self.decided else None
        wanted = [have]
        if width is not None:
            wanted.append(precision.next_count(have, width.half, width.asked, self.most))
        if words is not None:
            wanted.append(decided.next_count(have, words))
        return Found(width, words, max(wanted))
