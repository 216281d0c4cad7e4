"""The periods that two runs have in common: fiscal years, months and the whole run, each with the same days."""

from __future__ import annotations

from datetime import date

from sim.calendar import RUN, Period, fiscal_year, month_number
from sim.parameters import Parameters

Span = tuple[date, date]


def spans(parameters: Parameters) -> dict[Period, Span]:
    """The first and last reported day of each period: ``FY2026``, ``all``, ``2026-04``, in this order."""
    first, last = parameters.start, parameters.end
    years = map(Period.of_year, range(fiscal_year(first), fiscal_year(last) + 1))
    months = map(Period.of_month, range(month_number(first), month_number(last) + 1))
    by_year, by_month = (
        {period: (max(first, period.first_day), min(last, period.last_day)) for period in each}
        for each in (years, months)
    )
    return {**by_year, RUN: (first, last), **by_month}


def not_common(own: Parameters, other: Parameters) -> list[Period]:
    """Periods that only one of two runs reports, or of which both report other days, in order of kind and time."""
    ours, theirs = spans(own), spans(other)
    both = dict.fromkeys((*ours, *theirs))
    lacking = [period for period in both if ours.get(period) != theirs.get(period)]
    return sorted(lacking, key=lambda period: period.order)
