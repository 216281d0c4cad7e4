"""How short repairs of a system must be for its availability to reach the target: worked out, nothing is simulated."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from scenarios.experiment.experiment import Point
from scenarios.files.load import Scenario
from scenarios.run.available import Availability
from scenarios.run.record import Repair
from scenarios.run.statistic import Row
from scenarios.run.words import HOLDS_FROM, alike
from sim.parameters import quantities

_RUNGS = tuple(part / 20 for part in range(20, 0, -1))
"""Of the mean time to repair now, so much is looked at."""


def repairs(scenario: Scenario, point: Point, rows: Sequence[Row]) -> tuple[Repair, ...] | None:
    """Of each system whose computed probability over all years is too low; None where there is none."""
    missed = [row for row in rows if row.joint and row.computed and row.part and row.verdict != "holds"]
    return tuple(_repair(scenario, point, row, rows) for row in missed) or None


def _repair(scenario: Scenario, point: Point, missed: Row, rows: Sequence[Row]) -> Repair:
    path = f"systems.{missed.part}.repair_hours"
    now = quantities(point.parameters)[path].at(point.parameters.end)
    periods = _periods([row for row in rows if row.judged == missed.judged and row.yearly])

    def enough(hours: float) -> bool:
        own = replace(point, parameters=scenario.with_values({path: hours}).parameters)
        return Availability(own).in_every(missed.part, periods) >= HOLDS_FROM

    tried = [round(now * share, 4) for share in _RUNGS]
    place = bisect_left(tried, True, key=enough)
    return Repair(path, now, tried[place] if place < len(tried) else None)


def _periods(years: Sequence[Row]) -> list[str]:
    """The fiscal years asked about: where they are alike the worst so many times, which is quicker and no safer."""
    chances = {year.period: year.probability for year in years if year.probability is not None}
    same = alike(list(chances.values()))
    return [min(chances, key=lambda period: chances[period])] * len(chances) if same else list(chances)
