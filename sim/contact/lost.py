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

import numpy as np

from sim.calendar import Flags
from sim.contact.callers import IN_OUTAGE
from sim.contact.calls import ANSWERED, DAY, DEFLECTED, Attempts
from sim.facts import CALL_CAUSES, LOST_CAUSES
from sim.streams import Floats

_IS_OF_OUTAGE = {centre: np.isin(causes, IN_OUTAGE) for centre, causes in CALL_CAUSES.items()}
_IS_AFTER_NOTICE = {centre: np.isin(causes, ("notices",)) for centre, causes in CALL_CAUSES.items()}
"""By centre, whether a call with each tag was made for this reason."""


def lost_by_cause(centre: str, attempts: Attempts, down: Flags | None = None) -> dict[str, int]:
    """Lost calls by cause, in the order of ``LOST_CAUSES``; the sum is the number of attempts not answered.

    Args:
        centre: ``resident`` or ``helpdesk``.
        attempts: those decided on a day.
        down: the minutes of yesterday and today (2880) in which the centre was open and an outage on that makes people
            ring; None where there was none. Earlier days are not looked at: no line stands for longer.
    """
    causes = LOST_CAUSES[centre]
    lost = np.flatnonzero(attempts.outcome != ANSWERED)
    if not len(lost):
        return dict.fromkeys(causes, 0)
    tag, first = attempts.tag[lost], attempts.attempt[lost] == 0
    holds = {
        "call_back": ~first,
        "outage": _IS_OF_OUTAGE[centre][tag] | _while_down(attempts.offered[lost], down),
        "closed": attempts.outcome[lost] == DEFLECTED,
        "notices": _IS_AFTER_NOTICE[centre][tag],
        "seats": np.ones(len(lost), dtype=np.bool_),
    }
    which = np.argmax([holds[cause] for cause in causes], axis=0)
    return dict(zip(causes, np.bincount(which, minlength=len(causes)).tolist(), strict=True))


def _while_down(offered: Floats, down: Flags | None) -> Flags:
    """Calls that rang in a minute of an outage; ``offered`` is on today's clock."""
    if down is None:
        return np.zeros(len(offered), dtype=np.bool_)
    minute = np.floor(offered + DAY).astype(np.int64)
    known = (minute >= 0) & (minute < len(down))
    return np.asarray(known & down[np.where(known, minute, 0)])
