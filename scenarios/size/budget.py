"""The budget of a sizing: a bill for every plan, and the line of cost against certainty, in yen with tax.

A point of the line is the bill of a plan that takes the need of the same order in every fiscal year. So a plan costs
the same wherever it is priced; what a later year pays once is what the year before has not bought at that certainty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from scenarios.bill import Bill
from scenarios.prices import Usage
from scenarios.size.evidence import EVERY_YEAR
from scenarios.size.line import Costs, further, line
from scenarios.size.money import Money
from scenarios.size.needs import Needs
from scenarios.size.plan import Claim, Plan
from scenarios.size.record import Further, Point
from sim.calendar import Period


@dataclass(frozen=True)
class Budget:
    """What plans cost. Uses cost the same in all of them, so that the same levels have one price."""

    money: Money
    needs: Needs
    claims: Sequence[Claim]
    usage: Usage
    plans: Sequence[Plan]

    def bill(self, plan: Plan) -> Bill:
        """The lines with their sums; of each year also the 95 % interval of what the certainty costs."""
        told = Bill.of(self.money.lines(self.needs.scales, self.needs.rungs(plan.steps), self.usage))
        orders = {
            period: level.order
            for claim, level in zip(self.claims, plan.levels, strict=True)
            for period in claim.periods
        }
        years = []
        for year in told.years:
            period = Period.of_year(year.fiscal_year)
            low, high = self._by_order[period].around(orders[period], plan.certainty)
            years.append(replace(year, low=low, high=high))
        return replace(told, years=tuple(years))

    @cached_property
    def _by_order(self) -> dict[str, Costs]:
        """Yen of the plan at the need of each order, by fiscal year and of all at once."""
        orders = range(1, self.claims[0].needs.of_all + 1)
        plans = [{key: step for claim in self.claims for key, step in claim.at(order).items()} for order in orders]
        totals = [self.money.totals(self.needs.scales, self.needs.rungs(steps), self.usage) for steps in plans]
        found = {
            period: Costs([total[period] for total in totals], claim.needs.first, claim.needs.last)
            for claim in self.claims
            for period in claim.periods
        }
        first, last = max(own.first for own in found.values()), min(own.last for own in found.values())
        return found | {EVERY_YEAR: Costs([sum(total.values()) for total in totals], first, last)}

    def curve(self) -> tuple[Point, ...]:
        """The budget line of each fiscal year, and of all of them each at that certainty."""
        return tuple(point for period, costs in self._by_order.items() for point in line(period, costs))

    def further(self, seed: int) -> tuple[Further, ...]:
        """Yen for each further point between the certainties that may be claimed, by fiscal year and of all."""
        certainties = [plan.certainty for plan in self.plans if plan.shown]
        orders = {period: claim.orders for claim in self.claims for period in claim.periods}
        periods = list(self.needs.periods)
        found: list[Further] = []
        for period, own in [*((each, [each]) for each in periods), (EVERY_YEAR, periods)]:
            if period == EVERY_YEAR and len(periods) == 1:
                continue
            costs = [self._by_order[each].known for each in own]
            found += further(period, costs, np.stack([orders[each] for each in own]), certainties, seed)
        return tuple(found)
