"""First cards of the planner's own years: applications of stated months less what renews, is lost, born or moves in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from calibration.fitting import Aim, Problem, Uncertain, Values
from calibration.holders_walk import outlook
from calibration.values import assumed, with_values
from scenarios.actuals import Actuals
from scenarios.load import load
from sim.calendar import month_number
from sim.parameters import quantities

SCENARIO = "baseline-fy2025"
PATH = "demand.first_time_per_year"
_SHARE = 0.02
"""A month's applications as expected lie about so near to those drawn: noise, and channels that deliver days later."""


def problems(actuals: Actuals) -> Iterator[Problem]:
    """One parameter for each step of first cards that stated months fall into; nothing without such months."""
    scenario = load(SCENARIO)
    stated: dict[date, dict[date, int]] = {}
    for month, count in actuals.series("applications").items():
        starts = [step.from_ for step in quantities(scenario.parameters)[PATH].steps if step.from_]
        begun = [start for start in starts if start <= month]
        if begun:
            stated.setdefault(max(begun), {})[month] = count
    if not stated:
        return
    names = {step: f"{PATH}@{step.isoformat()}" for step in stated}
    aims = tuple(
        Aim(f"applications from {min(months):%Y-%m} to {max(months):%Y-%m}", total, _SHARE * total)
        for months in stated.values()
        for total in [float(sum(months.values()))]
    )

    def predict(values: Values) -> Values:
        found = outlook(with_values(scenario, values).parameters, actuals.as_of)
        first = int(found.months[0])
        return {
            aim.id: sum(float(found.applications[month_number(month) - first]) for month in months)
            for aim, months in zip(aims, stated.values(), strict=True)
        }

    uncertain: tuple[Uncertain, ...] = tuple(assumed(scenario, name, "applications/year") for name in names.values())
    yield Problem("applications, actual", SCENARIO, uncertain, aims, predict)
