"""The periods that two runs have in common: fiscal years, months and the whole run, each with the same days."""

from __future__ import annotations

from datetime import date

from sim.calendar import RUN, Calendar, Period
from sim.parameters import Parameters

Span = tuple[date, date]


def spans(parameters: Parameters) -> dict[Period, Span]:
    """The first and last reported day of each period: ``FY2026``, ``all``, ``2026-04``, in this order."""
    calendar = Calendar(parameters.start, parameters.end)
    found: dict[Period, Span] = {}
    for day, year in zip(calendar.dates, calendar.fiscal_year.tolist(), strict=True):
        _stretch(found, Period.of_year(year), day)
    found[RUN] = (parameters.start, parameters.end)
    for day, month in zip(calendar.dates, calendar.month.tolist(), strict=True):
        _stretch(found, Period.of_month(month), day)
    return found


def _stretch(found: dict[Period, Span], period: Period, day: date) -> None:
    found[period] = (found.get(period, (day, day))[0], day)


def not_common(own: Parameters, other: Parameters) -> list[Period]:
    """Periods that only one of two runs reports, or of which both report other days, in order of kind and time."""
    ours, theirs = spans(own), spans(other)
    both = dict.fromkeys((*ours, *theirs))
    lacking = [period for period in both if ours.get(period) != theirs.get(period)]
    return sorted(lacking, key=lambda period: period.order)
