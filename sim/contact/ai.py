"""Calls that AI answers (AI応答): a share of each cause's first calls never reaches an agent, unless it rings again.

AI answers at once, as many as there are, in the hours of the centre; loss reports go to agents. Whom it does not help
rings again after the pause of any other next attempt, and wants an agent then: that is not the first attempt any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.calendar import Calendar
from sim.contact.callers import URGENT
from sim.facts import CALL_CAUSES
from sim.plan import Plan
from sim.quantiles import binomial
from sim.streams import Streams


@dataclass(frozen=True)
class ToAgents:
    """Callers of a day by cause: those whose first attempt goes to agents, and those who ring again for one.

    ``taken``: first calls that AI took, those who ring again among them.
    """

    first: Mapping[str, int]
    again: Mapping[str, int]
    taken: int

    @property
    def settled(self) -> int:
        """Of those taken, who does not ring again."""
        return self.taken - sum(self.again.values())

    @property
    def anybody(self) -> bool:
        """Whether agents are rung at all."""
        return any(self.first.values()) or any(self.again.values())

    def all(self) -> dict[str, int]:
        """Callers who want an agent, by cause."""
        return {cause: count + self.again.get(cause, 0) for cause, count in self.first.items()}


class AiAnswers:
    """What AI takes of a centre's calls."""

    def __init__(self, centre: str, plan: Plan, streams: Streams, calendar: Calendar) -> None:
        path = f"contact.{centre}"
        self._share = plan.daily(f"{path}.ai_share").tolist()
        self._again = plan.daily(f"{path}.ai_again_share").tolist()
        causes = [cause for cause in CALL_CAUSES[centre] if cause not in URGENT] if any(self._share) else []
        self._takes, self._unhelped = (
            {c: streams.daily_uniforms(f"contact/{centre}/{c}/ai/{what}", calendar).tolist() for c in causes}
            for what in ("takes", "again")
        )

    def leave(self, day: int, due: Mapping[str, int]) -> ToAgents:
        """What AI leaves to agents of the first calls of a day."""
        share = self._share[day]
        if not share:
            return ToAgents(due, {}, 0)
        taken = {cause: binomial(luck[day], due[cause], share) for cause, luck in self._takes.items()}
        again = {cause: binomial(self._unhelped[cause][day], count, self._again[day]) for cause, count in taken.items()}
        first = {cause: count - taken.get(cause, 0) for cause, count in due.items()}
        return ToAgents(first, again, sum(taken.values()))
