"""Fiscal years side by side, as charts of any question have them."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from reports.document import Period, Value
from reports.drawing import Names, Words
from sim.calendar import fiscal_year_of_month

_LEAST_BARS = 5


def fiscal_years(months: Iterable[str]) -> list[int]:
    """The fiscal years of months, in order."""
    return sorted({fiscal_year_of_month(month) for month in months})


def years_axis(years: Iterable[int]) -> Names:
    """The axis, a place a year."""
    return Names(tuple(map(Period.of_year, years)), _LEAST_BARS)


def above(text: Value, place: float, value: float, over: float = float("nan")) -> Words:
    """A number above a bar."""
    return Words(text, place, value, "above", over=(over,), ground="white", within=(0.96, inf))
