"""The search's replications at today's levels: what they say of the targets, and what theory makes of their loads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from scenarios.experiment.experiment import Point, keep_whole
from scenarios.size.problem import Bounded, Judged, Problem, centre_of, judged
from scenarios.size.promises import promised
from scenarios.size.scales import Scale, periods
from scenarios.size.search import Hands
from scenarios.size.theory import expected
from sim.calendar import Calendar
from sim.facts import CENTRES
from sim.replication import reported
from sim.result import Result
from sim.streams import Floats


@dataclass(frozen=True)
class Today:
    """The replications of the search at today's levels: what they say of the targets, and what theory makes of them.

    ``theory`` holds by resource and fiscal year what each replication is expected to need; ``shapes`` by seats and
    fiscal year each month's share of the year's mean.
    """

    said: list[dict[str, Judged]] = field(default_factory=list)
    theory: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    shapes: dict[str, dict[str, tuple[float, ...]]] = field(default_factory=dict)


def look_at_today(problem: Problem, base: Point, numbers: Sequence[int], hands: Hands) -> Today:
    """Simulate today's levels, and ask theory what each replication's loads would need."""
    kept = keep_whole(base, numbers, hands.store, hands.workers, hands.on_done)
    years = Calendar(base.parameters.start, base.parameters.end).years()
    paths = [bounded.path for bounded in problem.resources]
    today = Today(theory={path: {period: [] for period in years} for path in paths})
    monthly: dict[str, list[list[float]]] = {path: [] for path in paths if centre_of(path)}
    for number in numbers:
        result = reported(kept.load(base.digest, number), base.parameters)
        today.said.append(judged(result, base.parameters, problem.targets, problem.monthly_floor))
        for path in paths:
            for period, days in years.items():
                today.theory[path][period].append(expected(path, result, base.parameters, days))
        for path, found in monthly.items():
            found.append(_by_month(path, result, base))
    for path, found in monthly.items():
        today.shapes[path] = _shapes(np.quantile(found, problem.confidence, axis=0), base)
    return today


def _by_month(path: str, result: Result, base: Point) -> list[float]:
    """Seats that each month needs by Erlang A."""
    prefix = CENTRES[centre_of(path) or ""]
    start = base.parameters.start
    firsts = [month for months in periods(start, base.parameters.end).values() for month in months]
    return [float(result.facts[f"{prefix}_seats_needed"][(first - start).days]) for first in firsts]


def _shapes(by_month: Floats, base: Point) -> dict[str, tuple[float, ...]]:
    """Each month's share of its year's mean."""
    found, left = {}, by_month
    for period, months in periods(base.parameters.start, base.parameters.end).items():
        own, left = left[: len(months)], left[len(months) :]
        mean = float(own.mean())
        found[period] = tuple((own / mean).tolist()) if mean else (1.0,) * len(months)
    return found


def scales(problem: Problem, today: Today) -> dict[str, dict[str, Scale]]:
    """The levels among which to look, by resource and fiscal year."""
    parameters = problem.scenario.parameters
    years = periods(parameters.start, parameters.end)
    return {
        bounded.path: {period: _scale(problem, today, bounded, period, months) for period, months in years.items()}
        for bounded in problem.resources
    }


def _scale(problem: Problem, today: Today, bounded: Bounded, period: str, months: tuple[date, ...]) -> Scale:
    low = bounded.low
    if not problem.below_promises:
        floor = promised(problem.scenario, bounded.path, months)
        low += max(-((low - floor) // bounded.step), 0) * bounded.step if floor is not None else 0
    top = int((bounded.high - low + 1e-9) // bounded.step)
    by_month = problem.by == "month" and bounded.path in today.shapes
    shape = today.shapes[bounded.path][period] if by_month else (1.0,) * len(months)
    return Scale(bounded.path, period, low, bounded.step, top, months, shape)
