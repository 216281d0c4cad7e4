"""A driver's load by fiscal year, as a multiple of that of FY2025 in the same replication.

Where a run does not hold FY2025 the twelve months before its first reported day stand in, and say so. A year of which
only some months are reported is compared with the same months.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from sim.calendar import Calendar, Period, month_label
from sim.louder import DRIVERS, Run, causes
from sim.parameters import Parameters
from sim.streams import Ints

REFERENCE = 2025
"""The fiscal year that loads are multiples of."""


def reference_days(parameters: Parameters) -> tuple[str, Ints]:
    """What loads are multiples of, and its simulated days: ``FY2025``, else the twelve months before the first day."""
    calendar = Calendar(parameters.first_simulated_day, parameters.end)
    days = np.flatnonzero(calendar.fiscal_year == REFERENCE)
    if len(np.unique(calendar.month[days])) == 12:
        return Period.of_year(REFERENCE), days
    first = calendar.index(parameters.start)
    months = calendar.month[first] - 12, calendar.month[first] - 1
    days = np.flatnonzero((calendar.month >= months[0]) & (calendar.month <= months[1]))
    year = (parameters.start - timedelta(days=1)).year - (parameters.start.month != 1)
    if parameters.start.month == 4:
        return Period.of_year(year), days
    return "/".join(month_label(int(month)) for month in months), days


def years(parameters: Parameters) -> Mapping[str, Ints]:
    """The simulated days of each reported fiscal year."""
    return _years(parameters.start, parameters.end, (parameters.start - parameters.first_simulated_day).days)


@lru_cache(maxsize=4)
def _years(start: date, end: date, first: int) -> Mapping[str, Ints]:
    by_year = Calendar(start, end).years()
    return {year: first + np.arange(days.start, days.stop) for year, days in by_year.items()}


def loads(run: Run) -> dict[str, dict[str, dict[str, float]]]:
    """By driver, fiscal year and cause: the cause's load as a multiple of the driver's in the reference year.

    A driver that the reference knows nothing of is left out.
    """
    calendar, (_, reference) = run.calendar, reference_days(run.parameters)
    in_year = calendar.month % 12
    found: dict[str, dict[str, dict[str, float]]] = {}
    for driver in DRIVERS:
        series = causes(driver, run.known.facts)
        total = np.sum(list(series.values()), axis=0)
        for year, days in years(run.parameters).items():
            same = reference[np.isin(in_year[reference], np.unique(in_year[days]))]
            if base := float(total[same].sum()):
                of_year = {cause: float(counts[days].sum()) / base for cause, counts in series.items()}
                found.setdefault(driver, {})[year] = of_year
    return found
