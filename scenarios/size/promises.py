"""What the published promises ask of a capacity, whatever the targets that are sized for.

The plant is promised to take in 160,000 applications a day and to make up to 4.8 million cards a month (JLIS-003, -002;
``targets.intake_per_day`` and ``targets.dispatch_per_month`` of the scenario). Forecast demand asks for less most of
the time, so that a sizing by forecast alone would give up what was promised. Nothing of today's level is released below
it, unless the planner says so; where today's level is below it, nothing is released at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import inf

from scenarios.files.load import Scenario
from scenarios.resources import LINES, level
from scenarios.size.problem import Bounded, Problem
from scenarios.size.scales import periods
from sim.parameters import quantity

_BY_DAY = (
    "plant.checks_per_day",
    "plant.card_system_per_day",
    "plant.cards_per_day",
    "plant.inspection_per_day",
)
_BY_MONTH = "plant.dispatch_cap_per_month"
_ALL = "plant.weekend_days_per_month"
"""A month of 4.8 million cards at 160,000 a day is thirty days: no weekend day is to spare."""


def promised(scenario: Scenario, path: str, months: Sequence[date]) -> float | None:
    """The level below which nothing of today's may be released in any of the months; None where nothing is promised."""
    if path not in (*_BY_DAY, _BY_MONTH, _ALL, LINES):
        return None
    return max(min(level(scenario, path, month), _asked(scenario, path, month)) for month in months)


def held_by_promises(problem: Problem, group: Sequence[Bounded]) -> bool:
    """Whether nothing of a group may be released: it is hardly ever short, and what there is has been simulated."""
    scenario = problem.scenario
    years = periods(scenario.parameters.start, scenario.parameters.end).values()
    return not problem.below_promises and all(
        promised(scenario, each.path, months) == max(level(scenario, each.path, month) for month in months)
        for each in group
        for months in years
    )


def _asked(scenario: Scenario, path: str, month: date) -> float:
    targets = scenario.parameters.targets
    if path == _BY_MONTH:
        return targets.dispatch_per_month.at(month)
    if path == LINES:
        made = quantity(scenario.parameters, "plant.cards_per_day").at(month)
        return scenario.parameters.plant.lines * targets.intake_per_day.at(month) / made
    return inf if path == _ALL else targets.intake_per_day.at(month)


def promise_of(path: str) -> str | None:
    """Which promise it is: ``intake`` by day, ``month`` by month; None where nothing is promised."""
    if path in (*_BY_DAY, LINES):
        return "intake"
    return "month" if path in (_BY_MONTH, _ALL) else None
