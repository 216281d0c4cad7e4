"""First cards of the planner's own years: applications of stated months less what renews, is lost, born or moves in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from math import sqrt

from calibration.fitting import Aim, Problem, Uncertain, Values
from calibration.holders_walk import outlook
from calibration.values import assumed, with_values
from scenarios.files.actuals import Actuals
from scenarios.files.load import Scenario, load
from scenarios.update.figures import FIGURES
from sim.calendar import fiscal_year, month_number
from sim.parameters import Parameters, quantities

SCENARIO = "baseline-fy2025"
PATHS = {"demand.first_time_level": "multiplier", "demand.first_time_per_year": "applications/year"}
"""What is not known of first cards, with its unit: of years gone by, and of years to come."""
_SHARE = 0.02
"""A month's applications as expected lie about so near to those drawn: noise, and channels that deliver days later."""


def problems(actuals: Actuals) -> Iterator[Problem]:
    """One parameter for each uncertain step of first cards with stated months in it; nothing without such months."""
    scenario = load(SCENARIO)
    stated: dict[tuple[str, date], dict[date, int]] = {}
    for month, count in actuals.series("applications").items():
        if step := _uncertain_step(scenario, month):
            stated.setdefault(step, {})[month] = count
    if not stated:
        return
    names = {f"{path}@{start.isoformat()}": PATHS[path] for path, start in stated}
    aims = tuple(
        Aim(f"applications from {min(months):%Y-%m} to {max(months):%Y-%m}", *_total(scenario.parameters, months))
        for months in stated.values()
    )

    def predict(values: Values) -> Values:
        found = outlook(with_values(scenario, values).parameters, actuals.as_of)
        first = int(found.months[0])
        return {
            aim.id: sum(float(found.applications[month_number(month) - first]) for month in months)
            for aim, months in zip(aims, stated.values(), strict=True)
        }

    uncertain: tuple[Uncertain, ...] = tuple(assumed(scenario, name, unit) for name, unit in names.items())
    yield Problem("applications, actual", SCENARIO, uncertain, aims, predict)


def _uncertain_step(scenario: Scenario, month: date) -> tuple[str, date] | None:
    """Path and start of the step that holds in a month and has a range."""
    for path in PATHS:
        begun = [step for step in quantities(scenario.parameters)[path].steps if step.from_ and step.from_ <= month]
        if begun and begun[-1].from_ and begun[-1].bounds[0] < begun[-1].bounds[1]:
            return path, begun[-1].from_
    return None


def _total(parameters: Parameters, months: Mapping[date, int]) -> tuple[float, float]:
    """Applications of stated months together, and how far they may lie from what is expected.

    Chance is that of so many months and, the same in all months of a fiscal year, the yearly swing of those who apply
    for a first card or after a move: the step that is fitted is what is expected in a year, not what one year had.
    """
    total = float(sum(months.values()))
    by_month = FIGURES["applications"].month / sqrt(len(months))
    swings = sum(_swing(parameters, year, months) ** 2 for year in {fiscal_year(month) for month in months})
    return total, sqrt((_SHARE * total) ** 2 + (by_month * total) ** 2 + swings)


def _swing(parameters: Parameters, year: int, months: Mapping[date, int]) -> float:
    """Standard deviation of the applications that a fiscal year's swing adds to its stated months."""
    known, day = quantities(parameters), date(year, 4, 1)
    swinging = sum(known[path].at(day) for path in ("demand.first_time_per_year", "demand.move_per_year"))
    count = sum(fiscal_year(month) == year for month in months)
    return known["demand.year_swing"].at(day) * swinging * count / 12
