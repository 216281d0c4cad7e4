"""Days of a run: weekdays, national holidays (祝日), yearly closures, months and fiscal years (年度)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

import numpy as np
from holidays import country_holidays
from numpy.typing import NDArray

from sim.fields import YearlyWindow

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@cache
def holidays(year: int) -> frozenset[date]:
    """National holidays of a calendar year, one-off laws included (package ``holidays``)."""
    return frozenset(country_holidays("JP", years=year))


def fiscal_year(day: date) -> int:
    """The fiscal year that ``day`` belongs to: FY2026 runs from 2026-04-01 to 2027-03-31."""
    return day.year if day.month >= 4 else day.year - 1


@cache
def fiscal_year_of_month(label: str) -> int:
    """The fiscal year of a month such as ``2027-04``."""
    return Period(label).fiscal_year


def month_number(day: date) -> int:
    """Months since year 0: consecutive months are consecutive numbers."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """First day of a month number."""
    return date(month // 12, month % 12 + 1, 1)


@cache
def days_of(month: int) -> tuple[date, ...]:
    """The days of a month number."""
    first = first_day(month)
    return tuple(first + timedelta(days=day) for day in range((first_day(month + 1) - first).days))


def month_label(number: int) -> str:
    """``2026-04`` for the month number of April 2026."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


class Period(str):
    """A fiscal year (``FY2026``), a month (``2026-04``), the run (``all``) or all its fiscal years at once (``years``).

    It is the text that stands for it in files, so that one read from a file is as good as one made here. What is none
    of these, such as a period of a later version, is neither yearly nor monthly, and has no days.
    """

    __slots__ = ()

    @classmethod
    def of_year(cls, year: int) -> Period:
        """A fiscal year."""
        return cls(f"FY{year}")

    @classmethod
    def of_month(cls, number: int) -> Period:
        """The month of a month number."""
        return cls(month_label(number))

    @property
    def yearly(self) -> bool:
        """Whether it is one fiscal year."""
        return self.startswith("FY") and self[2:].isdigit()

    @property
    def monthly(self) -> bool:
        """Whether it is one month."""
        return len(self) == 7 and self[4] == "-" and self[:4].isdigit() and self[5:].isdigit()

    @property
    def month(self) -> int:
        """Its month number, or that of its first month.

        Raises:
            ValueError: if it is neither a fiscal year nor a month.
        """
        if self.yearly:
            return int(self[2:]) * 12 + 3
        if self.monthly:
            return int(self[:4]) * 12 + int(self[5:]) - 1
        raise ValueError(f"{self} is no fiscal year and no month")

    @property
    def fiscal_year(self) -> int:
        """The fiscal year that it is, or that it belongs to.

        Raises:
            ValueError: if it is neither a fiscal year nor a month.
        """
        return (self.month - 3) // 12

    @property
    def first_day(self) -> date:
        """Its first day.

        Raises:
            ValueError: if it is neither a fiscal year nor a month.
        """
        return first_day(self.month)

    @property
    def last_day(self) -> date:
        """Its last day.

        Raises:
            ValueError: if it is neither a fiscal year nor a month.
        """
        return first_day(self.month + (12 if self.yearly else 1)) - timedelta(days=1)

    def holds(self, month: str) -> bool:
        """Whether a month lies in it; all do in the run and in all its years."""
        return self in (RUN, YEARS) or self in (month, Period.of_year(Period(month).fiscal_year))

    @property
    def order(self) -> tuple[int, str]:
        """By kind and time: fiscal years, the run, months."""
        return 0 if self.yearly else 2 if self.monthly else 1, str(self)


RUN, YEARS = Period("all"), Period("years")
"""The whole run, and all its fiscal years together."""


@dataclass(frozen=True)
class ChangedHolidays:
    """Days that a scenario makes national holidays, and national holidays that it makes ordinary days."""

    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()

    def of(self, year: int) -> frozenset[date]:
        """National holidays of a calendar year after the change."""
        return (holidays(year) - self.removed) | {day for day in self.added if day.year == year}


_AS_BY_LAW = ChangedHolidays()
_A_MONDAY = date(1, 1, 1).toordinal()
_NUMPY_YEAR = 1970
"""The year in which numpy's count of months begins."""


class Calendar:
    """A span of days, addressed by number from 0; national holidays are those by law, or as a scenario changes them."""

    def __init__(self, first: date, last: date, changed: ChangedHolidays = _AS_BY_LAW) -> None:
        if last < first:
            raise ValueError(f"the calendar's last day {last} comes before its first {first}")
        self.first = first
        self.days = (last - first).days + 1
        self.changed = changed
        ordinals = first.toordinal() + np.arange(self.days)
        free = [day.toordinal() for year in range(first.year, last.year + 1) for day in changed.of(year)]
        self.weekday = (ordinals - _A_MONDAY) % 7
        self.holiday: Flags = np.isin(ordinals, free)
        days = np.datetime64(first, "D") + np.arange(self.days)
        months = days.astype("datetime64[M]")
        self.month = months.astype(np.int64) + 12 * _NUMPY_YEAR
        self.fiscal_year = (self.month - 3) // 12
        self._of_year = 100 * (self.month % 12 + 1) + (days - months).astype(np.int64) + 1

    @cached_property
    def dates(self) -> list[date]:
        """The days one by one."""
        return [self.first + timedelta(days=i) for i in range(self.days)]

    def index(self, day: date) -> int:
        """The day number of a date; may lie outside the span."""
        return (day - self.first).days

    def closed(self, windows: Sequence[YearlyWindow]) -> Flags:
        """Days inside any of the yearly windows, which may run over the year's end."""
        flags = np.zeros(self.days, dtype=np.bool_)
        for window in windows:
            first, last = (100 * month + day for month, day in (window.from_, window.to))
            late, early = first <= self._of_year, self._of_year <= last
            flags |= late & early if first <= last else late | early
        return flags

    def within(self, windows: Iterable[tuple[date, date]]) -> Flags:
        """Days inside any of the dated windows, ends included."""
        flags = np.zeros(self.days, dtype=np.bool_)
        for first, last in windows:
            flags[max(self.index(first), 0) : max(self.index(last) + 1, 0)] = True
        return flags

    def weights(
        self, weekdays: Sequence[float], holiday: float, closed: float, closures: Sequence[YearlyWindow]
    ) -> Floats:
        """A weight for every day, 1 on average over a plain week; not all weekdays are 0."""
        weekly = np.array(weekdays, dtype=np.float64)
        weight = np.where(self.holiday, holiday, weekly[self.weekday])
        weight = np.where(self.closed(closures), closed, weight)
        return np.asarray(weight / weekly.mean())

    def years(self) -> dict[str, slice]:
        """Each fiscal year, such as ``FY2027``, with its days."""
        starts = np.flatnonzero(np.r_[True, np.diff(self.fiscal_year) != 0])
        ends = np.r_[starts[1:], self.days]
        return {Period.of_year(self.fiscal_year[a]): slice(int(a), int(b)) for a, b in zip(starts, ends, strict=True)}

    def of_months(self, months: Sequence[int] | NDArray[np.int64]) -> slice:
        """The days of months that follow each other, such as those of a period."""
        first, last = np.searchsorted(self.month, [months[0], months[-1] + 1])
        return slice(int(first), int(last))

    def months(self) -> list[tuple[int, slice]]:
        """Each month's number with its days."""
        starts = np.flatnonzero(np.r_[True, np.diff(self.month) != 0])
        ends = np.r_[starts[1:], self.days]
        return [(int(self.month[a]), slice(int(a), int(b))) for a, b in zip(starts, ends, strict=True)]


def months_between(first: date, last: date) -> tuple[str, ...]:
    """Every month from the first day to the last, such as ``2026-04``."""
    return tuple(month_label(number) for number in range(month_number(first), month_number(last) + 1))
