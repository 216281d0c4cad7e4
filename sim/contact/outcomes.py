"""What became of the attempts of a day, counted in one compiled pass."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.calendar import Flags
from sim.compiled import compiled
from sim.contact.calls import ANSWERED, Attempts, Records
from sim.contact.lost import CAUSES, cause_of, decided_by
from sim.facts import LOST_CAUSES, OUTCOMES
from sim.streams import Ints

_20_SECONDS = 20 / 60


class Outcomes(NamedTuple):
    """Attempts decided on a day: by outcome; promised a call back, and of these rung back; answered within 20 s; and
    those not answered by cause, in the order of ``LOST_CAUSES``.
    """

    outcomes: tuple[int, ...]
    promised: int
    rung_back: int
    within_20s: int
    lost: dict[str, int]


def count_outcomes(centre: str, attempts: Attempts, down: Flags | None = None) -> Outcomes:
    """Count the attempts of a day at ``resident`` or ``helpdesk``; ``down`` as in ``sim.contact.lost.decided_by``."""
    counts = _count(attempts.rows, *decided_by(centre, down)).tolist()
    promised, rung_back, within_20s, *lost = counts[_KINDS:]
    by_cause = dict(zip(CAUSES, lost, strict=True))
    own = {cause: by_cause[cause] for cause in LOST_CAUSES[centre]}
    return Outcomes(tuple(counts[:_KINDS]), promised, rung_back, within_20s, own)


_KINDS = len(OUTCOMES)
_LOST = _KINDS + 3
_COUNTS = _LOST + len(CAUSES)


@compiled
def _count(attempts: Records, of_outage: Flags, after_notice: Flags, down: Flags) -> Ints:
    counts = np.zeros(_COUNTS, dtype=np.int64)
    answered, rung_back, within_20s = 0, 0, 0  # most calls are answered: numbers of their own are quicker to count up
    for k in range(len(attempts)):
        row = attempts[k]
        if row.outcome == ANSWERED:
            answered += 1
            rung_back += row.promised
            within_20s += row.wait <= _20_SECONDS
        else:
            counts[row.outcome] += 1
            counts[_KINDS] += row.promised
            counts[_LOST + cause_of(row, of_outage, after_notice, down)] += 1
    counts[ANSWERED] = answered
    counts[_KINDS] += rung_back
    counts[_KINDS + 1 : _LOST] = rung_back, within_20s
    return counts
