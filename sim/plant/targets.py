"""Targets of the cards: dispatched and delivered in time, the fullest month, and a stated stress of applications."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.calendar import RUN, Calendar
from sim.lead_times import Cards
from sim.parameters import Parameters
from sim.result import Result
from sim.target import Loss, Measure, Statistic, Sums, Target, beside, decided, middle, periods

LEAVES_OUT_CLOSURE = {"standard": True, "express": False}
"""Whether the target of a class leaves cards that touch the New Year closure out of a fiscal year: its own reading."""
_LEAD_TIMES = (
    Measure("mean_days", "days", "less"),
    Measure("mean_days_excl_closure", "days", "less"),
    Measure("max_days", "days", "less"),
    Measure("max_days_excl_closure", "days", "less"),
    Measure("exceptions", "cards", "less"),
    Measure("max_days_exceptions", "days", "less"),
    Measure("inside_at_end", "cards", "less"),
)
_SINCE_BIRTH_NOTICE = "days_since_birth_notice"
_CAPACITIES = (
    "plant.checks_per_day",
    "plant.card_system_per_day",
    "plant.cards_per_day",
    "plant.lines",
    "plant.weekend_days_per_month",
    "plant.inspection_per_day",
    "plant.dispatch_cap_per_month",
)


def _issue(target: Target, result: Result, parameters: Parameters, calendar: Calendar) -> Iterator[Statistic]:
    settings = parameters.targets
    share = middle(settings.issue_share, parameters)
    for period, months in periods(calendar):
        cards = Cards(result, months, express=False, measure="dispatch")
        value = cards.share_within(settings.issue_days, LEAVES_OUT_CLOSURE["standard"])
        yield decided(target, "standard", period, "share_on_time_excl_closure", value, share, cards.short_of())
        yield from beside(target, "standard", period, {"share_on_time": cards.share_within(settings.issue_days)})
        if not period.monthly:
            yield from beside(target, "standard", period, _lead_times(cards))


def _express(target: Target, result: Result, parameters: Parameters, calendar: Calendar) -> Iterator[Statistic]:
    """By year all cards decide. By month those that touch the closure are left out (EXPR-002 excludes New Year):
    every December would break otherwise, whatever the plant did.
    """
    settings = parameters.targets
    name = f"delivered_share_{settings.express_days}_days"
    for period, months in periods(calendar):
        delivered = Cards(result, months, express=True, measure="delivery")
        dispatched = Cards(result, months, express=True, measure="dispatch")
        shares = {name: delivered.share_within(settings.express_days)}
        shares[f"{name}_excl_closure"] = delivered.share_within(settings.express_days, leave_out_closure=True)
        decides = f"{name}_excl_closure" if period.monthly else name
        threshold, value = middle(settings.express_share, parameters), shares.pop(decides)
        yield decided(target, "express", period, decides, value, threshold, dispatched.short_of())
        yield from beside(target, "express", period, shares)
        if not period.monthly:
            yield from beside(target, "express", period, _lead_times(dispatched))
            waited = _since_birth_notice(Sums(result, calendar.of_months(months)), delivered)
            yield from beside(target, "express", period, {_SINCE_BIRTH_NOTICE: waited})


def _since_birth_notice(sums: Sums, delivered: Cards) -> float | None:
    """Mean days from the birth notice to a card asked for with it: at the municipality, then as all express cards."""
    before, after = sums.share("newborn_municipal_days", "newborn_with_notice"), delivered.mean(False)
    return None if before is None or after is None else before + after


def _lead_times(cards: Cards) -> dict[str, float | None]:
    """Mean with exceptions; maximum over cards within the plan, the exceptions beside it."""
    return {
        "mean_days": cards.mean(False),
        "mean_days_excl_closure": cards.mean(True),
        "max_days": cards.longest(False, exception=False),
        "max_days_excl_closure": cards.longest(True, exception=False),
        "exceptions": cards.exceptions(),
        "max_days_exceptions": cards.longest(False, exception=True),
        "inside_at_end": cards.young_inside(),
    }


def _dispatch(target: Target, result: Result, parameters: Parameters, calendar: Calendar) -> Iterator[Statistic]:
    """The largest month that must leave to meet the targets, against the promised capacity."""
    due = result.facts["due_to_leave"]
    for period, months in periods(calendar):
        if period.monthly:
            continue
        by_month = [int(due[calendar.month == month].sum()) for month in months]
        peak = float(max(by_month)) if sum(by_month) else None
        capacity = middle(parameters.targets.dispatch_per_month, parameters)
        met = None if peak is None else peak <= capacity
        yield Statistic(target.id, None, period, "peak_month", peak, capacity, met, "cap")


def _intake(target: Target, result: Result, parameters: Parameters, calendar: Calendar) -> Iterator[Statistic]:
    """Days of stated stress until a card is received that will be late; all of them if none is."""
    wanted = middle(parameters.targets.intake_per_day, parameters)
    stress = [
        load for load in parameters.demand.stress if load.applications_per_day >= wanted and load.to >= calendar.first
    ]
    if not stress:
        yield Statistic(target.id, None, RUN, "days_until_breach", None, threshold=0.0)
        return
    first = max(calendar.index(min(load.from_ for load in stress)), 0)
    last = calendar.index(max(load.to for load in stress))
    late = np.flatnonzero(result.facts["received_to_be_late"][first : last + 1])
    days = last + 1 - first
    until = float(late[0]) if len(late) else float(days)
    yield Statistic(target.id, None, RUN, "days_until_breach", until, float(days), len(late) == 0)


ISSUE = Target(
    "issue-14-days",
    "cards",
    (
        Measure("share_on_time_excl_closure", "share", "more"),
        Measure("share_on_time", "share", "more"),
        *_LEAD_TIMES,
    ),
    _issue,
    ("targets.issue_",),
    judged=("standard",),
    driver="applications",
    resources=_CAPACITIES,
    signs=("applications", "cards_inside", "cards_late"),
    saves=("late_cards", "late_days"),
)
EXPRESS = Target(
    "express-7-days",
    "cards",
    (
        Measure("delivered_share_n_days", "share", "more"),
        Measure("delivered_share_n_days_excl_closure", "share", "more"),
        *_LEAD_TIMES,
        Measure(_SINCE_BIRTH_NOTICE, "days", "less"),
    ),
    _express,
    ("targets.express_",),
    judged=("express",),
    driver="applications",
    resources=_CAPACITIES,
    signs=("applications", "express_applications", "cards_inside", "cards_late"),
    saves=("late_cards", "late_days"),
)
DISPATCH = Target(
    "dispatch-4.8m",
    "cards",
    (Measure("peak_month", "cards", "less"),),
    _dispatch,
    ("targets.dispatch_",),
    driver="applications",
    loss=Loss(peak="due_to_leave"),
    signs=("applications", "cards_inside"),
)
INTAKE = Target(
    "intake-160k",
    "cards",
    (Measure("days_until_breach", "days", "more"),),
    _intake,
    ("targets.intake_",),
    yearly=False,
)
"""Its load is stated: nothing drives it, and nobody waits for it."""
TARGETS = (ISSUE, EXPRESS, DISPATCH, INTAKE)
