"""Targets of the call centres: about 95 % answered over the year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sim.answering import attempts, callers
from sim.calendar import Calendar
from sim.facts import CENTRES, OUTCOMES
from sim.parameters import Parameters
from sim.result import Result
from sim.target import Loss, Measure, Statistic, Sums, Target, beside, decided, middle, periods

_MEASURES = (
    Measure("answered_share", "share", "more"),
    Measure("callers_answered_share", "share", "more"),
    Measure("within_20s_share", "share", "more"),
    Measure("mean_wait_s", "seconds", "less"),
    Measure("utilisation", "share", "more"),
    Measure("mean_of_months_share", "share", "more"),
)


def _answered(target: Target, result: Result, parameters: Parameters, calendar: Calendar) -> Iterator[Statistic]:
    """Answered over offered, by attempt; that is how the published yearly rate is read (JLIS-012, JLIS-013).

    An attempt belongs to the period in which it is over, answered or lost: one that rings before midnight and ends
    after it would otherwise be offered in one period and answered in the next, whose share could pass 1.
    """
    centre, reading = str(target.part), parameters.targets.ai_reading

    def rate(sums: Sums) -> float | None:
        return _share(*attempts(centre, reading).of(sums.__getitem__))

    def over(months: Sequence[int]) -> Sums:
        return Sums(result, calendar.of_months(months), CENTRES[centre])

    threshold = middle(parameters.targets.answered_share, parameters)
    by_month = {month: over([month]) for month, _ in calendar.months()}
    for period, own in periods(calendar):
        months = own.tolist()
        sums = by_month[months[0]] if period.monthly else over(months)
        yield decided(target, None, period, "answered_share", rate(sums), threshold, f"seats_{centre}")
        others = {
            "callers_answered_share": _at_most_one(_share(*callers(centre, reading).of(sums.__getitem__))),
            "within_20s_share": _at_most_one(sums.share("within_20s", *OUTCOMES)),
            "mean_wait_s": sums.share("wait_seconds", "offered"),
            "utilisation": _at_most_one(sums.share("busy_minutes", "agent_minutes")),
        }
        if not period.monthly:
            rates = [share for month in months if (share := rate(by_month[month])) is not None]
            others["mean_of_months_share"] = float(np.mean(rates)) if rates else None
        yield from beside(target, None, period, others)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _at_most_one(share: float | None) -> float | None:
    """A share of which a little may fall outside its period.

    A call is within 20 seconds when it is taken, over when the agent has finished; agents finish a call after closing.
    """
    return None if share is None else min(share, 1.0)


def _of_centre(identifier: str, centre: str, resources: tuple[str, ...], signs: tuple[str, ...]) -> Target:
    return Target(
        identifier,
        centre,
        _MEASURES,
        _answered,
        ("targets.answered_", "targets.ai_reading"),
        driver=f"{centre}_calls",
        loss=Loss((f"{CENTRES[centre]}_offered",), kept=(f"{CENTRES[centre]}_answered",)),
        resources=(f"contact.{centre}.seats", *resources),
        signs=signs,
        saves=(f"lost_calls_{centre}",),
    )


CALLS = _of_centre(
    "calls-95",
    "resident",
    (),
    (
        "applications",
        "notices",
        "booking_backlog",
        "calls",
        "calls_answered",
        "calls_answered_of_year",
        "calls_handling",
    ),
)
HELPDESK_CALLS = _of_centre(
    "helpdesk-95",
    "helpdesk",
    ("systems.jpki_per_day",),
    (
        "helpdesk_calls",
        "helpdesk_answered",
        "helpdesk_answered_of_year",
        "helpdesk_handling",
        "transactions",
        "transactions_failed",
    ),
)
TARGETS = (CALLS, HELPDESK_CALLS)
