"""The cut-over to the next card (次期カードへの切替): production and data stand, then work up to their rates.

The first worked days of the month in which the next card begins are lost while lines and systems change over. From the
day after, both go on at ``next_card.ramp_share`` of their rate, which rises evenly to all of it within
``next_card.ramp_months``. Checks, inspection and dispatch go on, and days planned for cards stay what they were.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from sim.calendar import Calendar, Flags, Floats, first_day
from sim.launch import launch_month
from sim.plan import Plan
from sim.timing import DAYS_A_MONTH

CHANGED_OVER = ("data", "production")
"""Stations that the cut-over stops."""


class CutOver:
    """Days of a replication on which they are ``stopped``, and the ``pace`` of every day: the share of their rate."""

    def __init__(self, plan: Plan, calendar: Calendar) -> None:
        first = first_day(launch_month(plan.parameters, plan.at))
        resumes = _after_worked_days(plan, calendar, first, round(plan.at("next_card.cutover_days", first)))
        self.stopped: Flags = calendar.within([(first, resumes - timedelta(days=1))])
        since = np.arange(calendar.days) - calendar.index(resumes)
        share, months = (plan.at(f"next_card.ramp_{name}", first) for name in ("share", "months"))
        rising = share + (1 - share) * np.clip(since / (months * DAYS_A_MONTH), 0, 1)
        self.pace: Floats = np.where(since >= 0, rising, 1.0)


def scheduled(plan: Plan, calendar: Calendar) -> Flags:
    """Days that the plant counts as worked: weekdays outside its closures, holidays where they are worked."""
    plant = plan.parameters.plant
    holidays = calendar.holiday & (not plant.works_holidays)
    return np.asarray((calendar.weekday < 5) & ~calendar.closed(plant.closures) & ~holidays)


def _after_worked_days(plan: Plan, calendar: Calendar, first: date, count: int) -> date:
    """The day after so many worked days from ``first`` on; after two months at the latest."""
    around = Calendar(first, first + timedelta(days=61), calendar.changed)
    worked = np.flatnonzero(scheduled(plan, around))[:count]
    return around.dates[int(worked[-1])] + timedelta(days=1) if len(worked) else first
