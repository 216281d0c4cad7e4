"""What a replication uses of what is paid each time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.calendar import Calendar
from sim.facts import CENTRES
from sim.parameters import Parameters
from sim.result import Result

_WEEKENDS = "plant.weekend_days_per_month"


def used(result: Result, parameters: Parameters, resources: Sequence[str]) -> dict[str, dict[str, int]]:
    """What a replication uses by fiscal year of what is paid each time (``scenarios.price_file.USES``).

    Weekend days that are bought as a resource are not paid for each time too.
    """
    calendar = Calendar(parameters.start, parameters.end)
    weekends = result.facts["weekend_worked"]
    if _WEEKENDS in resources:
        wanted = [parameters.plant.weekend_days_per_month.at(day) for day in calendar.dates]
        so_far = np.cumsum(weekends)
        before_month = np.array([so_far[calendar.month < month].max(initial=0) for month in calendar.month])
        weekends = weekends * (so_far - before_month > np.array(wanted))
    calls = np.sum([result.facts[f"{prefix}_answered"] for prefix in CENTRES.values()], axis=0)
    cards = result.facts["dispatched_standard"] + result.facts["dispatched_express"]
    series = {
        "per_card": cards,
        "per_notice": result.facts["notices_sent"],
        "per_mail": result.facts["dispatched_express"],
        "per_call": calls,
        "overtime_hour": result.facts["overtime_hours"],
        "weekend_day": weekends,
    }
    return {
        year: {use: int(count[days].sum()) for use, count in series.items()} for year, days in calendar.years().items()
    }
