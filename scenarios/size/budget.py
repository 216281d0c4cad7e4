"""The budget of a sizing: a bill for every plan, and the line of cost against certainty, in yen with tax."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from math import inf
from typing import Any

import numpy as np

from scenarios.prices import Usage
from scenarios.size.direction import Key
from scenarios.size.evidence import EVERY_YEAR
from scenarios.size.line import further, line
from scenarios.size.money import Money
from scenarios.size.needs import Needs
from scenarios.size.plan import Claim, Plan
from sim.calendar import Period


@dataclass(frozen=True)
class Budget:
    """What plans cost. Uses cost the same in all of them, so that a level has one price.

    What is paid once for units more than in the month before depends on the year before too. Where a fiscal year's cost
    is told for many levels, the levels of the other years stay as they are in one plan: then more never costs less.
    """

    money: Money
    needs: Needs
    claims: Sequence[Claim]
    usage: Usage
    plans: Sequence[Plan]

    def _totals(self, steps: Mapping[Key, int]) -> dict[str, int]:
        return self.money.totals(self.needs.scales, self.needs.rungs(steps), self.usage)

    def _with(self, plan: Plan, steps: Mapping[Key, int], period: str) -> float | None:
        """What a fiscal year of a plan costs at other steps of its own; None where there are none."""
        own = {key: step for key, step in steps.items() if key[1] == period}
        return self._totals(plan.steps | own)[period] if own else None

    def bill(self, plan: Plan) -> dict[str, Any]:
        """The lines with their sums; of each year also what the ends of the interval of its least level would cost."""
        told = self.money.bill(self.needs.scales, self.needs.rungs(plan.steps), self.usage)
        for year in told["years"]:
            period = Period.of_year(year["fiscal_year"])
            year |= {"low": self._with(plan, plan.low, period), "high": self._with(plan, plan.high, period)}
        return told

    @cached_property
    def _asked(self) -> Plan:
        return max(self.plans, key=lambda plan: plan.shown)

    @cached_property
    def _by_order(self) -> dict[str, list[float]]:
        """Yen of the need of each order, by fiscal year and of all at once; infinite where that need is not known."""
        of = self.claims[0].needs.of_all
        found: dict[str, list[float]] = {period: [inf] * of for period in (*self.needs.periods, EVERY_YEAR)}
        for order in range(1, of + 1):
            known = [claim for claim in self.claims if claim.needs.known(order)]
            steps = {key: step for claim in known for key, step in claim.at(order).items()}
            for claim in known:
                for period in claim.periods:
                    found[period][order - 1] = self._with(self._asked, steps, period) or 0.0
            if len(known) == len(self.claims):
                found[EVERY_YEAR][order - 1] = sum(self._totals(steps).values())
        return found

    def curve(self) -> list[dict[str, Any]]:
        """The budget line of each fiscal year, and of all of them each at that certainty."""
        found = []
        for period, costs in self._by_order.items():
            known = np.flatnonzero(np.isfinite(costs))
            if len(known):
                told = line(costs, int(known[0]) + 1, int(known[-1]) + 1)
                found += [{"period": period, **asdict(point)} for point in told]
        return found

    def further(self, seed: int) -> list[dict[str, Any]]:
        """Yen for each further point between the certainties that may be claimed, by fiscal year and of all."""
        certainties = [plan.certainty for plan in self.plans if plan.shown]
        orders = {period: claim.orders for claim in self.claims for period in claim.periods}
        periods = list(self.needs.periods)
        found = []
        for period, own in [*((each, [each]) for each in periods), (EVERY_YEAR, periods)]:
            if period == EVERY_YEAR and len(periods) == 1:
                continue
            costs = [np.array(self._by_order[each]) for each in own]
            told = further(costs, np.stack([orders[each] for each in own]), certainties, seed)
            found += [{"period": period, **asdict(step)} for step in told]
        return found
