"""Three readings of the answer rate where AI answers calls (AI応答): the target does not say whether that counts.

By agents alone: what AI takes is neither offered nor answered, and who rings again for an agent is. As answered: each
call that AI takes is an attempt answered. As settled: it is an attempt, answered where nobody rings again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, TypeVar

from sim.facts import OUTCOMES, WITH_AI

Sum = TypeVar("Sum", int, float)
AiReading = Literal["agents", "answered", "settled"]


class Rate(NamedTuple):
    """Facts of a centre, without its prefix, that are added up above and below a rate; ``less`` is taken off below."""

    above: tuple[str, ...]
    below: tuple[str, ...]
    less: tuple[str, ...] = ()

    def of(self, total: Callable[[str], Sum]) -> tuple[Sum, Sum]:
        """Both sums; ``total`` adds up one fact."""
        return sum(map(total, self.above)), sum(map(total, self.below)) - sum(map(total, self.less))


def attempts(centre: str, reading: AiReading | None) -> Rate:
    """Attempts answered, of those that are over; ``None`` of runs of earlier versions, which know no AI."""
    if centre not in WITH_AI or reading in ("agents", None):
        return Rate(("answered",), OUTCOMES)
    return Rate(("answered", "ai_settled" if reading == "settled" else "ai_taken"), (*OUTCOMES, "ai_taken"))


def callers(centre: str, reading: AiReading | None) -> Rate:
    """Callers answered, once each, of all callers; whom AI does not help is answered when an agent does."""
    if centre not in WITH_AI or reading is None:
        return Rate(("answered",), ("offered",), ("call_backs",))
    if reading == "agents":
        return Rate(("answered",), ("offered", "ai_again"), ("call_backs",))
    return Rate(("answered", "ai_settled"), ("offered", "ai_taken"), ("call_backs",))
