"""What became of the attempts of a day, counted in one compiled pass."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.contact.calls import ANSWERED, Attempts, Records
from sim.facts import OUTCOMES
from sim.streams import Ints

_20_SECONDS = 20 / 60


class Outcomes(NamedTuple):
    """Attempts decided on a day: by outcome; promised a call back, and of these rung back; answered within 20 s."""

    outcomes: tuple[int, ...]
    promised: int
    rung_back: int
    within_20s: int


def count_outcomes(attempts: Attempts) -> Outcomes:
    """Count the attempts of a day."""
    *outcomes, promised, rung_back, within_20s = _count(attempts.rows).tolist()
    return Outcomes(tuple(outcomes), promised, rung_back, within_20s)


_KINDS = len(OUTCOMES)


@compiled
def _count(attempts: Records) -> Ints:
    counts = np.zeros(_KINDS + 3, dtype=np.int64)
    for k in range(len(attempts)):
        row = attempts[k]
        answered = row.outcome == ANSWERED
        counts[row.outcome] += 1
        counts[_KINDS] += row.promised
        counts[_KINDS + 1] += row.promised and answered
        counts[_KINDS + 2] += answered and row.wait <= _20_SECONDS
    return counts
