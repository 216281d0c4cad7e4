"""Levels as ``size.json`` tells them: the least with its interval, today's, what is promised, by when to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Any

import numpy as np

from scenarios.clock.lead_times import load_lead_times
from scenarios.resources import level, rounded
from scenarios.size.direction import Key
from scenarios.size.needs import Needs
from scenarios.size.promises import promised
from scenarios.size.question import Question
from scenarios.size.scales import Scale
from sim.calendar import Period

Steps = Mapping[Key, int]


def levels_told(question: Question, needs: Needs, steps: Steps, low: Steps, high: Steps) -> list[dict[str, Any]]:
    """A row by resource and fiscal year, or month; an end of the interval that is not known is None.

    ``decide_by`` is the last date to act for what is more than today, by the assumed lead times.
    """
    rungs = {"least": needs.rungs(steps), "least_low": needs.rungs(low), "least_high": needs.rungs(high)}
    found, leads = [], load_lead_times()
    for one in question.resources:
        for period, scale in needs.scales[one.path].items():
            rung = rungs["least"][one.path][period]
            spans = _spans(question, scale, needs.theory[one.path][period])
            told = {
                name: _levels(question, scale, own.get(one.path, {}).get(period), len(spans))
                for name, own in rungs.items()
            }
            floor = promised(question.scenario, one.path, scale.months)
            for place, span in enumerate(spans):
                own = {name: each[place] for name, each in told.items()}
                more = (own["least"] or 0.0) > span["today"]
                by = leads.last_date(one.path, Period(span["period"]).first_day).isoformat() if more else None
                ends = {"at_bound": rung in (0, scale.top), "promised": floor, "decide_by": by}
                found.append({"resource": one.path, "fiscal_year": period, **span, **own, **ends})
    return found


def _spans(question: Question, scale: Scale, theory: float) -> list[dict[str, Any]]:
    """The fiscal year or its months, with today's and theory's level."""
    path, scenario = scale.path, question.scenario
    if question.by == "year":
        today = float(np.mean([level(scenario, path, month) for month in scale.months]))
        return [{"period": scale.period, "today": today, "theory": rounded(path, theory)}]
    return [
        {"period": _month(month), "today": level(scenario, path, month), "theory": rounded(path, theory * share)}
        for month, share in zip(scale.months, scale.shape, strict=True)
    ]


def _levels(question: Question, scale: Scale, rung: int | None, count: int) -> list[float | None]:
    """The level of a rung in each span."""
    if rung is None:
        return [None] * count
    return [scale.level(rung)] if question.by == "year" else [*scale.by_month(rung).values()]


def rows_told(plan: Mapping[str, Any], question: Question) -> list[dict[str, Any]]:
    """A row for each resource and period of the plan asked for, with what its bill has for it."""
    evidence = {each["period"]: each for each in plan["evidence"]}
    if question.together == "run":
        evidence = dict.fromkeys(evidence, plan["every_year"])
    return [
        {name: each[name] for name in ("resource", "period", "least")}
        | {name: evidence[each["fiscal_year"]][name] for name in ("probability", "low", "high")}
        | {"cost_yen": yen}
        for each, yen in zip(plan["levels"], _billed(plan), strict=True)
    ]


def _billed(plan: Mapping[str, Any]) -> list[int | None]:
    """What the bill of a plan has for each of its levels, with tax; None where there is no bill.

    Months share the lines of their fiscal year and add up to them: what runs by level, what is paid once by the units
    more than in the month before.
    """
    if plan["cost"] is None:
        return [None] * len(plan["levels"])
    lines = {(line["item"], line["fiscal_year"], line["kind"]): line["yen_incl_tax"] for line in plan["cost"]["lines"]}
    found: list[int | None] = []
    before: dict[str, float] = {}
    for (path, period), group in groupby(plan["levels"], key=lambda each: (each["resource"], each["fiscal_year"])):
        own = list(group)
        levels = [each["least"] for each in own]
        rises = [max(after - first, 0) for first, after in pairwise([before.get(path, own[0]["today"]), *levels])]
        before[path] = levels[-1]
        running, once = (
            _shared(lines.get((path, Period(period).fiscal_year, kind), 0), weights)
            for kind, weights in (("running", levels), ("one_off", rises))
        )
        found += [sum(both) for both in zip(running, once, strict=True)]
    return found


def _shared(yen: int, weights: Sequence[float]) -> list[int]:
    """Whole yen by weight, which add up; all of it to the first where nothing weighs."""
    so_far = np.cumsum(weights)
    ends = np.rint(yen * so_far / so_far[-1]) if so_far[-1] else np.full(len(weights), yen)
    return [int(part) for part in np.diff(ends, prepend=0)]


def best_partial(plan: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where nothing within the bounds suffices: how far they reach, and what is short."""
    if plan["reached"]:
        return None
    worst = min(plan["evidence"], key=lambda each: each["probability"])
    names = ("period", "held", "of", "probability", "low", "high", "short_of")
    return {name: worst[name] for name in names} | {"levels": plan["levels"]}


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
