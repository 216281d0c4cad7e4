"""What levels cost: to choose among them, and as a bill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from scenarios.bill import Line
from scenarios.prices import Prices, Usage, cost, unit_yen
from scenarios.resources import level
from scenarios.size.problem import Problem
from scenarios.size.promises import promised
from scenarios.size.scales import Rungs, Scales, levels, periods
from sim.calendar import Period

_WORKED = 21.0
"""Days of a month that are worked anyway: a weekend day without a price is one more beside them."""
_DAYS = "plant.weekend_days_per_month"


@dataclass(frozen=True)
class Money:
    """The prices of a sizing, or None."""

    problem: Problem
    prices: Prices | None

    @cached_property
    def years(self) -> dict[str, tuple[date, ...]]:
        """The fiscal years with the first days of their months."""
        parameters = self.problem.scenario.parameters
        return periods(parameters.start, parameters.end)

    def of_level(self, path: str, period: str, level_: float) -> float:
        """Yen for a level through a fiscal year; without prices, the level as a share of today's."""
        share = len(self.years[period]) / 12
        if self.prices is not None:
            return unit_yen(self.prices, path, Period(period).fiscal_year) * level_ * share
        today = np.mean([self.today[path][f"{month:%Y-%m}"] for month in self.years[period]])
        return level_ / max(float(today), _WORKED if path == _DAYS else 1.0) * share

    @cached_property
    def today(self) -> dict[str, dict[str, float]]:
        """Today's levels by resource and month."""
        months = [month for year in self.years.values() for month in year]
        return {
            one.path: {f"{month:%Y-%m}": level(self.problem.scenario, one.path, month) for month in months}
            for one in self.problem.resources
        }

    def lines(self, scales: Scales, rungs: Rungs, usage: Usage) -> list[Line]:
        """The bill of some rungs.

        What a use would cost with today's levels is not known: replications of their own would have to say so. Nor is
        what a level below the promises saves.
        """
        assert self.prices is not None
        by_month = {
            path: {f"{month:%Y-%m}": found for month, found in months.items()}
            for path, months in levels(scales, rungs).items()
        }
        return [self._without_saving(line, by_month) for line in cost(self.prices, by_month, self.today, usage)]

    def _without_saving(self, line: Line, by_month: Mapping[str, Mapping[str, float]]) -> Line:
        if line.item not in by_month or (line.beyond_today or 0) >= 0:
            return line
        months = self.years[Period.of_year(line.fiscal_year)]
        floor = promised(self.problem.scenario, line.item, months)
        if floor is None or all(by_month[line.item][f"{month:%Y-%m}"] >= floor for month in months):
            return line
        return replace(line, beyond_today=None)

    def totals(self, scales: Scales, rungs: Rungs, usage: Usage) -> dict[str, int]:
        """Yen with tax by fiscal year."""
        found = dict.fromkeys(self.years, 0)
        for line in self.lines(scales, rungs, usage):
            found[Period.of_year(line.fiscal_year)] += line.yen_incl_tax
        return found
