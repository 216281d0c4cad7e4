"""What became of the attempts of a day, counted in one compiled pass."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.calendar import Flags
from sim.compiled import compiled
from sim.contact.calls import ANSWERED, Attempts
from sim.facts import OUTCOMES
from sim.streams import Floats, Ints

_20_SECONDS = 20 / 60


class Outcomes(NamedTuple):
    """Attempts decided on a day: by outcome; promised a call back, and of these rung back; answered within 20 s."""

    outcomes: tuple[int, ...]
    promised: int
    rung_back: int
    within_20s: int


def count_outcomes(attempts: Attempts) -> Outcomes:
    """Count the attempts of a day."""
    *outcomes, promised, rung_back, within_20s = _count(attempts.outcome, attempts.wait, attempts.promised).tolist()
    return Outcomes(tuple(outcomes), promised, rung_back, within_20s)


_KINDS = len(OUTCOMES)


@compiled
def _count(outcome: Ints, wait: Floats, promised: Flags) -> Ints:
    counts = np.zeros(_KINDS + 3, dtype=np.int64)
    for k in range(len(outcome)):
        counts[outcome[k]] += 1
        answered = outcome[k] == ANSWERED
        counts[_KINDS] += promised[k]
        counts[_KINDS + 1] += promised[k] and answered
        counts[_KINDS + 2] += answered and wait[k] <= _20_SECONDS
    return counts
