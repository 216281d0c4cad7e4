"""Levels as they are told: the least with its interval, today's, what is promised, by when to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np

from scenarios.clock.lead_times import load_lead_times
from scenarios.resources import level, rounded
from scenarios.size.needs import Needs
from scenarios.size.plan import Plan as Bought
from scenarios.size.problem import Problem
from scenarios.size.promises import promised
from scenarios.size.record import Level, Partial, Plan, Row
from scenarios.size.scales import Scale
from sim.calendar import Period


def levels_told(problem: Problem, needs: Needs, plan: Bought) -> tuple[Level, ...]:
    """A level by resource and fiscal year, or month."""
    rungs, low, high = (needs.rungs(steps) for steps in (plan.steps, plan.low, plan.high))
    found = []
    for one in problem.resources:
        for period, scale in needs.scales[one.path].items():
            rung = rungs[one.path][period]
            least = _levels(problem, scale, rung)
            spans = _spans(problem, scale, needs.theory[one.path][period], least, rung in (0, scale.top))
            lows, highs = (
                [None] * len(least) if end is None else _levels(problem, scale, end)
                for end in (own.get(one.path, {}).get(period) for own in (low, high))
            )
            for span, least_low, least_high in zip(spans, lows, highs, strict=True):
                found.append(replace(span, least_low=least_low, least_high=least_high))
    return tuple(found)


def _spans(problem: Problem, scale: Scale, theory: float, least: Sequence[float], at_bound: bool) -> list[Level]:
    """The fiscal year or its months with their levels, but for the interval.

    ``decide_by`` is the last date to act for what is more than today, by the assumed lead times.
    """
    path, scenario, leads = scale.path, problem.scenario, load_lead_times()
    todays = [level(scenario, path, month) for month in scale.months]
    months = [f"{month:%Y-%m}" for month in scale.months]
    by_year = [(scale.period, float(np.mean(todays)), 1.0)]
    spans = by_year if problem.by == "year" else zip(months, todays, scale.shape, strict=True)
    floor = promised(scenario, path, scale.months)
    found = []
    for (period, today, share), own in zip(spans, least, strict=True):
        by = leads.last_date(path, Period(period).first_day) if own > today else None
        expected = rounded(path, theory * share)
        told = Level(path, scale.period, period, today, expected, own, at_bound=at_bound, promised=floor, decide_by=by)
        found.append(told)
    return found


def _levels(problem: Problem, scale: Scale, rung: int) -> list[float]:
    """The level of a rung in each span."""
    return [scale.level(rung)] if problem.by == "year" else [*scale.by_month(rung).values()]


def rows_told(plan: Plan, problem: Problem) -> tuple[Row, ...]:
    """A row for each resource and period of the plan asked for, with what its bill has for it."""
    by_year = {each.period: each for each in plan.evidence}
    found = []
    for own, yen in zip(plan.levels, _billed(plan), strict=True):
        held = plan.every_year if problem.together == "run" else by_year[own.fiscal_year]
        found.append(Row(own.resource, own.period, own.least, held.probability, held.low, held.high, yen))
    return tuple(found)


def _billed(plan: Plan) -> list[int | None]:
    """What the bill of a plan has for each of its levels, with tax; None where there is no bill.

    Months share the lines of their fiscal year and add up to them: what runs by level, what is paid once by the units
    more than in the month before.
    """
    if plan.cost is None:
        return [None] * len(plan.levels)
    lines = {(line.item, line.fiscal_year, line.kind): line.yen_incl_tax for line in plan.cost.lines}
    found: list[int | None] = []
    before: dict[str, float] = {}
    for (path, period), group in groupby(plan.levels, key=lambda each: (each.resource, each.fiscal_year)):
        own = list(group)
        levels = [each.least for each in own]
        rises = [max(after - first, 0) for first, after in pairwise([before.get(path, own[0].today), *levels])]
        before[path] = levels[-1]
        year = Period(period).fiscal_year
        running = _shared(lines.get((path, year, "running"), 0), levels)
        once = _shared(lines.get((path, year, "one_off"), 0), rises)
        found += [sum(both) for both in zip(running, once, strict=True)]
    return found


def _shared(yen: int, weights: Sequence[float]) -> list[int]:
    """Whole yen by weight, which add up; all of it to the first where nothing weighs."""
    so_far = np.cumsum(weights)
    ends = np.rint(yen * so_far / so_far[-1]) if so_far[-1] else np.full(len(weights), yen)
    return [int(part) for part in np.diff(ends, prepend=0)]


def best_partial(plan: Plan) -> Partial | None:
    """Where nothing within the bounds suffices: how far they reach, and what is short."""
    if plan.reached:
        return None
    worst = min(plan.evidence, key=lambda each: each.probability)
    together = worst.period, worst.held, worst.of, worst.probability, worst.low, worst.high
    return Partial(*together, worst.short_of, plan.levels)
