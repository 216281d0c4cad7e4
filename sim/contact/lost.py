"""Why calls are lost: every attempt that no agent took gets exactly one cause, the first of these that holds.

1. ``call_back``: it is not the caller's first attempt. An earlier one was lost, and has the cause of that; were it
   taken as another loss for the same reason, one bad hour would count up to four times.
2. ``outage``: the first call is about an outage, or was made while one was on that this centre hears of. Whoever rings
   then for another reason is lost to the rush as well.
3. ``closed``: deflected. The caller found the centre closed, or it closed on a caller in line, or before it rang one
   whom it had promised a call back. Ordinary first calls are made in opening hours, so nearly all are the latter.
4. ``notices``: the first call follows an expiry notice (有効期限通知書).
5. ``seats``: all others: nothing special was on, there were too few agents for the ordinary calls.

A centre that hears of no outage, or has no calls after notices, has no such cause (``LOST_CAUSES``).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from sim.calendar import Flags
from sim.contact.callers import IN_OUTAGE
from sim.contact.calls import DAY, DEFLECTED
from sim.facts import CALL_CAUSES, LOST_CAUSES

CAUSES = ("call_back", "outage", "closed", "notices", "seats")
_IS_OF_OUTAGE = {centre: np.isin(causes, IN_OUTAGE) for centre, causes in CALL_CAUSES.items()}
_IS_AFTER_NOTICE = {centre: np.isin(causes, ("notices",)) for centre, causes in CALL_CAUSES.items()}
"""By centre, whether a call with each tag was made for this reason."""
_NEVER_DOWN: Flags = np.zeros(0, dtype=np.bool_)


def decided_by(centre: str, down: Flags | None) -> tuple[Flags, Flags, Flags]:
    """What ``cause_of`` looks at: whether each tag is about an outage, or after a notice; and minutes of outages.

    Args:
        centre: ``resident`` or ``helpdesk``.
        down: the minutes of yesterday and today (2880) in which the centre was open and an outage on that makes people
            ring; None where there was none. Earlier days are not looked at: no line stands for longer.
    """
    heard = down if down is not None and "outage" in LOST_CAUSES[centre] else _NEVER_DOWN
    return _IS_OF_OUTAGE[centre], _IS_AFTER_NOTICE[centre], heard


@njit(nogil=True)
def cause_of(attempt: Any, of_outage: Flags, after_notice: Flags, down: Flags) -> int:
    """The first cause of ``CAUSES`` that holds of an attempt that was not answered."""
    if attempt.attempt > 0:
        return 0
    if of_outage[attempt.tag] or _rang_while(down, attempt.offered):
        return 1
    if attempt.outcome == DEFLECTED:
        return 2
    return 3 if after_notice[attempt.tag] else 4


@njit(nogil=True)
def _rang_while(down: Flags, offered: float) -> bool:
    """Whether a call rang in a minute of an outage; ``offered`` is on today's clock, ``down`` begins a day before."""
    minute = np.floor(offered + DAY)
    return bool(0 <= minute < len(down) and down[int(minute)])
