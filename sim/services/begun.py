"""What is counted on from a day on which it is known: what came since, before the first day of a later run."""

from __future__ import annotations

from datetime import date

from sim.calendar import Calendar
from sim.plan import Plan
from sim.timing import DAYS_A_YEAR


def since(day: date, path: str, plan: Plan, calendar: Calendar) -> float:
    """What a yearly rate has brought from a day up to the first of a calendar; nothing where that is no later."""
    if calendar.first <= day:
        return 0.0
    return float((plan.on(Calendar(day, calendar.first)).daily(path) / DAYS_A_YEAR)[:-1].sum())
