"""What AI takes of a centre's calls (AI応答) by expectation, and how the answer rate reads it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.quick.calls import Calls
from sim.answering import attempts
from sim.contact.callers import URGENT
from sim.facts import WITH_AI
from sim.parameters import Parameters
from sim.plan import Plan
from sim.streams import Floats


@dataclass(frozen=True)
class ByAi:
    """First calls of each day: those for agents by cause, those that AI takes, and of these who rings again."""

    to_agents: Calls
    taken: Floats
    again: Floats

    def rate(self, centre: str, parameters: Parameters, days: slice, answered: float, offered: float) -> float | None:
        """The answer rate of some days as a scenario reads it, from the attempts that reach agents."""
        taken, again = float(self.taken[days].sum()), float(self.again[days].sum())
        told = {"answered": answered, "ai_taken": taken, "ai_settled": taken - again, "abandoned": offered - answered}
        reading = attempts(centre, parameters.targets.ai_reading)
        above, below = (sum(told.get(name, 0.0) for name in names) for names in (reading.above, reading.below))
        return above / below if below > 0 else None


def by_ai(centre: str, plan: Plan, first: Calls) -> ByAi:
    """Those of a centre; where AI takes none, all are for agents."""
    nobody: Floats = np.zeros(plan.calendar.days)
    if centre not in WITH_AI:
        return ByAi(first, nobody, nobody)
    share, again = plan.daily(f"contact.{centre}.ai_share"), plan.daily(f"contact.{centre}.ai_again_share")
    taken = share * np.sum([series for cause, series in first.items() if cause not in URGENT], axis=0)
    left = 1 - share * (1 - again)
    to_agents = {cause: series if cause in URGENT else series * left for cause, series in first.items()}
    return ByAi(to_agents, taken, taken * again)
