"""Levels of a resource that can be bought for a fiscal year, rung by rung, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scenarios.files.load import Scenario
from scenarios.resources import level, resource, with_levels
from sim.calendar import Calendar, Period, fiscal_year
from sim.parameters import quantities

Levels = Mapping[str, Mapping[date, float]]
"""Resource -> first day of a month -> level."""


@dataclass(frozen=True)
class Scale:
    """What can be bought of a resource in one fiscal year.

    Rung n is ``low`` plus n steps, on average over the year; each of the ``months`` (their first days) has its share of
    it by ``shape``, whose mean is 1, in whole steps.
    """

    path: str
    period: str
    low: float
    step: float
    top: int
    months: tuple[date, ...]
    shape: tuple[float, ...]

    def level(self, rung: int) -> float:
        """The mean level of a rung."""
        return self.low + rung * self.step

    def by_month(self, rung: int) -> dict[date, float]:
        """The level of each month."""
        level = self.level(rung)
        return {
            month: round(level * share / self.step) * self.step if share != 1 else level
            for month, share in zip(self.months, self.shape, strict=True)
        }

    def rung(self, level: float) -> int:
        """The least rung that reaches a level, within the scale."""
        return int(min(max(-((self.low - level) // self.step), 0), self.top))


Scales = Mapping[str, Mapping[str, Scale]]
"""Resource -> period -> scale."""
Rungs = Mapping[str, Mapping[str, int]]
"""Resource -> period -> rung."""


def periods(start: date, end: date) -> dict[str, tuple[date, ...]]:
    """The fiscal years of a run, each with the first days of its months."""
    calendar = Calendar(start, end)
    firsts = [calendar.dates[days.start] for _, days in calendar.months()]
    found: dict[str, list[date]] = {}
    for first in firsts:
        found.setdefault(Period.of_year(fiscal_year(first)), []).append(first)
    return {period: tuple(months) for period, months in found.items()}


def levels(scales: Scales, rungs: Rungs) -> dict[str, dict[date, float]]:
    """The levels of some rungs, month by month."""
    return {
        path: {
            month: level
            for period, rung in by_period.items()
            for month, level in scales[path][period].by_month(rung).items()
        }
        for path, by_period in rungs.items()
    }


def equipped(scenario: Scenario, scales: Scales, rungs: Rungs) -> Scenario:
    """The scenario with the levels of some rungs."""
    return with_levels(scenario, {path: _steps(months) for path, months in levels(scales, rungs).items()})


def stands(scenario: Scenario, scales: Scales, rungs: Rungs) -> bool:
    """Whether a scenario has the levels of some rungs already, so that its own runs say what holds there.

    Not where a policy would move them, where they move inside a month, or where one resource stands for another.
    """
    wanted = levels(scales, rungs)
    return all(_by_month(scenario, path) for path in wanted) and all(
        level(scenario, path, month) == one for path, months in wanted.items() for month, one in months.items()
    )


def _by_month(scenario: Scenario, path: str) -> bool:
    """Whether the levels of a resource are as written, and move on the first day of a month if at all."""
    quantity, policy = quantities(scenario.parameters).get(path), resource(path).policy
    written: object = scenario.parameters
    for name in policy.split(".") if policy else ():
        written = getattr(written, name)
    moved = policy is not None and written != "fixed"
    return (
        quantity is not None and not moved and all(step.from_ is None or step.from_.day == 1 for step in quantity.steps)
    )


def _steps(months: Mapping[date, float]) -> dict[date, float]:
    """The months in which the level changes."""
    ordered = sorted(months)
    changes: Iterable[date] = (
        month for number, month in enumerate(ordered) if number == 0 or months[month] != months[ordered[number - 1]]
    )
    return {month: months[month] for month in changes}
