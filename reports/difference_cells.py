"""What tables say of a difference, whatever question found it: how it is set off, and why it has no interval."""

from __future__ import annotations

from reports.document import Value, say
from scenarios.compare.record import Compared
from scenarios.ledger.record import Helped, Price

_MARKS = {
    **dict.fromkeys(("better", "saves", "helps"), "holds"),
    **dict.fromkeys(("worse", "costs", "harms"), "fails"),
    **dict.fromkeys(("chance", "alike", "hardly", "none", "not_tested"), "not_tested"),
    "too_few": "undecided",
}
"""How a difference is set off for the eye, by its outcome, in the marks of verdicts."""


def mark(row: Price | Compared | Helped) -> str:
    """The verdict whose look a row has."""
    return _MARKS.get(row.outcome, "")


def no_interval(row: Price | Compared | Helped) -> Value:
    """Why a row has no interval: every replication says the same, or there are too few; None where it has one."""
    if row.low == row.high:
        return say("comparison.exact")
    return say("comparison.cannot_be_told", pairs=row.replications) if row.untold else None
