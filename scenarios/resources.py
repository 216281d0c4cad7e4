"""What a planner can buy: capacities by the path of their parameter, and the least amount that is bought of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from scenarios.errors import UserError, nearest
from scenarios.files.load import Scenario
from scenarios.unknowns import record
from sim.facts import CENTRES, INDEX_DAY
from sim.message import Message
from sim.parameters import quantities, quantity
from sim.reach import read_by
from sim.schedule import Quantity
from sim.targets import TARGETS

LINES = "plant.lines"
_SEATS = tuple(f"contact.{centre}.seats" for centre in CENTRES)
_PRODUCTION = "plant.cards_per_day"


@dataclass(frozen=True)
class Resource:
    """A capacity that can be bought or released.

    ``unit`` says what is counted, ``step`` the least amount of it that is bought. ``policy`` is the parameter by which
    the scenario might set the level itself.
    """

    path: str
    unit: str
    step: float
    policy: str | None = None

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """Those that more of it can help to meet, each with its part: first of the part that reads it, then others."""
        own = [target for target in TARGETS.values() if self.path in target.resources]
        first = read_by(self.path)
        return tuple(code for target in sorted(own, key=lambda one: one.part not in first) for code in target.codes)


RESOURCES = {
    resource.path: resource
    for resource in (
        Resource("contact.resident.seats", "seats", 1, "contact.resident.seats_policy"),
        Resource("contact.helpdesk.seats", "seats", 1, "contact.helpdesk.seats_policy"),
        Resource("plant.checks_per_day", "cards/day", 1000),
        Resource("plant.card_system_per_day", "cards/day", 1000),
        Resource(_PRODUCTION, "cards/day", 1000),
        Resource(LINES, "lines", 1),
        Resource("plant.weekend_days_per_month", "days/month", 1),
        Resource("plant.inspection_per_day", "cards/day", 1000),
        Resource("plant.dispatch_cap_per_month", "cards/month", 50_000),
        Resource("counters.slots_per_day", "slots/day", 1000),
        Resource("systems.jpki_per_day", "transactions/day", 5000),
    )
}
"""A line (製造ライン) brings its share of the production: the cards a day of today's lines, each as much. Weekend days
are planned ones, worked whatever the backlog."""


def resource(path: str) -> Resource:
    """A resource by its path.

    Raises:
        UserError: naming the nearest right one.
    """
    if path not in RESOURCES:
        told = {"path": path, "hint": nearest(path, RESOURCES), "resources": list(RESOURCES)}
        raise UserError("--resource", [Message("{path}   is no resource{hint}; there are {resources}", **told)])
    return RESOURCES[path]


def level(scenario: Scenario, path: str, day: date) -> float:
    """What the scenario has of a resource on a day, at the middle of what is not known.

    Where seats follow a policy, the level is the one before it moves them.
    """
    if path == LINES:
        return float(scenario.parameters.plant.lines)
    return quantity(scenario.parameters, path).at(day)


@dataclass(frozen=True)
class Hundred:
    """What the index 100 stands for in levels of a resource."""

    value: float
    """the seats that levels are written for"""
    low: float
    middle: float
    high: float
    """what that may be: 5, 50 and 95 %"""


def hundred(scenario: Scenario, path: str) -> Hundred | None:
    """What the index 100 stands for in levels of a resource: seats of FY2025, while nobody has entered their number.

    A level of such seats is one in proportion to them: half as many again as in FY2025, however many there were.
    """
    seats = quantities(scenario.parameters).get(path) if path in _SEATS else None
    if seats is None or not seats.uncertain:
        return None
    return Hundred(seats.at(INDEX_DAY), *record().seats[path.split(".")[1]])


def with_levels(scenario: Scenario, levels: Mapping[str, Mapping[date, float]]) -> Scenario:
    """The scenario with so much of each resource from each date on; before the first of them all is as it was.

    What is not known of a capacity stays as uncertain as it was, in proportion. A policy that would set the level of a
    resource is switched off.
    """
    values: dict[str, Any] = {}
    for path, steps in levels.items():
        known = resource(path)
        if known.policy:
            values[known.policy] = "fixed"
        if path == LINES:
            lines = scenario.parameters.plant.lines
            times = {day: count / lines for day, count in steps.items()}
            production = quantities(scenario.parameters)[_PRODUCTION]
            values[_PRODUCTION] = _stepped(
                scenario, production, {day: times[day] * production.at(day) for day in steps}
            )
            values[LINES] = max(1, round(max(steps.values())))
        else:
            values[path] = _stepped(scenario, quantities(scenario.parameters)[path], steps)
    return scenario.with_values(values)


def raised(scenario: Scenario, path: str, by: float) -> Scenario:
    """The scenario with so much more of a resource, or less, from its first reported day on, at every date."""
    start = scenario.parameters.start
    days = {start} if path == LINES else {start, *_dates(quantities(scenario.parameters)[path], start)}
    return with_levels(scenario, {path: {day: max(level(scenario, path, day) + by, 0.0) for day in days}})


def _dates(quantity: Quantity, after: date) -> list[date]:
    return [step.from_ for step in quantity.steps if step.from_ is not None and step.from_ > after]


def _stepped(scenario: Scenario, quantity: Quantity, levels: Mapping[date, float]) -> list[dict[str, Any]]:
    """Dated steps: the quantity's own before the first level, then the levels, as uncertain as it was."""
    first, before = min(levels), scenario.parameters.first_simulated_day
    own = [day for day in (before, *_dates(quantity, before)) if day < first]
    steps = [{"from": day, **_range(quantity, day, quantity.at(day))} for day in own]
    return steps + [{"from": day, **_range(quantity, day, levels[day])} for day in sorted(levels)]


def _range(quantity: Quantity, day: date, value: float) -> dict[str, float]:
    middle = quantity.at(day)
    low, high = (quantity.at(day, u) for u in (0.0, 1.0))
    if low == high or middle == 0:
        return {"value": value}
    return {"value": value, "low": low / middle * value, "high": high / middle * value}


def rounded(path: str, amount: float, up: bool = True) -> float:
    """An amount in whole steps of a resource, rounded up or down."""
    step = RESOURCES[path].step
    whole = -(-amount // step) if up else amount // step
    return float(whole * step)


def all_targets(paths: Sequence[str]) -> tuple[str, ...]:
    """Targets that more of these resources can help to meet, in the order of the table."""
    return tuple(dict.fromkeys(target for path in paths for target in RESOURCES[path].targets))
