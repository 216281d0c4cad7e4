"""What a warning makes a planner order: so much more of one resource, from the day it works to the end of the year.

How much is one of a few rungs: times of what the scenario has, or days for weekend working, of which it may have none.
An order works in the fiscal year that it is for; one that comes earlier works from its first day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scenarios.files.load import Scenario
from scenarios.resources import LINES, RESOURCES, level, with_levels
from sim.facts import CENTRES
from sim.louder import Run, with_seats_kept
from sim.parameters import quantity

TIMES = (1.1, 1.2, 1.35, 1.5, 2.0)
"""So many times what the scenario has, rung by rung."""
DAYS = (2.0, 4.0, 6.0, 8.0)
"""So many more days of a month, rung by rung."""
_DAYS_OF_MONTH = "plant.weekend_days_per_month"
_PRODUCTION = "plant.cards_per_day"


@dataclass(frozen=True)
class Order:
    """So much more of a resource, by its rung, from ``since`` to ``until``, both included."""

    path: str
    rung: int
    since: date
    until: date

    def more(self, amount: float) -> float:
        """What there is with it of an amount that there is without."""
        if self.path == _DAYS_OF_MONTH:
            return amount + DAYS[self.rung]
        step = RESOURCES[self.path].step
        return float(round(amount * TIMES[self.rung] / step) * step)


def rungs(path: str) -> Sequence[float]:
    """What can be ordered of a resource, the least first: times, or days for weekend working."""
    return DAYS if path == _DAYS_OF_MONTH else TIMES


def adds_days(path: str) -> bool:
    """Whether an order of a resource adds days, in place of times."""
    return path == _DAYS_OF_MONTH


def with_orders(scenario: Scenario, orders: Iterable[Order]) -> Scenario:
    """The scenario with some orders, of each resource in spells that do not touch each other's days."""
    by_path: dict[str, list[Order]] = {}
    for order in orders:
        by_path.setdefault(order.path, []).append(order)
    return with_levels(scenario, {path: _levels(scenario, path, own) for path, own in by_path.items()})


def _levels(scenario: Scenario, path: str, orders: Sequence[Order]) -> dict[date, float]:
    """What there is of a resource from each date on which that changes."""
    own = quantity(scenario.parameters, _PRODUCTION if path == LINES else path)
    first, end = min(order.since for order in orders), scenario.parameters.end
    days = {step.from_ for step in own.steps if step.from_ is not None and step.from_ > first}
    days |= {order.since for order in orders} | {order.until + timedelta(days=1) for order in orders}
    found = {}
    for day in sorted(day for day in days if day <= end):
        amount = level(scenario, path, day)
        at_work = [order for order in orders if order.since <= day <= order.until]
        found[day] = at_work[0].more(amount) if at_work else amount
    return found


def with_policies_kept(scenario: Scenario, run: Run) -> Scenario:
    """The scenario with the seats that a policy contracted in a replication, so that more can be ordered of them."""
    parameters = scenario.parameters
    for centre in CENTRES:
        parameters = with_seats_kept(replace(run, parameters=parameters), centre)
    return replace(scenario, parameters=parameters)
