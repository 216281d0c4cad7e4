"""Three readings of the answer rate where AI answers calls (AI応答): the target does not say whether that counts.

By agents alone: what AI takes is neither offered nor answered, and who rings again for an agent is. As answered: each
call that AI takes is an attempt answered. As settled: it is an attempt, answered where nobody rings again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sim.facts import OUTCOMES, WITH_AI

AiReading = Literal["agents", "answered", "settled"]
Total = Callable[[str], int]
"""Sums a fact of a centre, named without the centre's prefix, over some days."""


def answered_and_over(total: Total, centre: str, reading: AiReading) -> tuple[int, int]:
    """Attempts answered, and attempts that are over."""
    answered, over = total("answered"), sum(map(total, OUTCOMES))
    if reading == "agents" or centre not in WITH_AI:
        return answered, over
    return answered + total("ai_settled" if reading == "settled" else "ai_taken"), over + total("ai_taken")


def callers_answered(total: Total, centre: str, reading: AiReading) -> tuple[int, int]:
    """Callers answered, once each, and callers; whom AI does not help is answered when an agent does."""
    answered, callers = total("answered"), total("offered") - total("call_backs")
    if centre not in WITH_AI:
        return answered, callers
    if reading == "agents":
        return answered, callers + total("ai_again")
    return answered + total("ai_settled"), callers + total("ai_taken")
