"""What happened at the counters of each municipality, by fiscal year."""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.calendar import Calendar, fiscal_year
from sim.municipalities import Municipalities
from sim.result import COUNTER_COLUMNS
from sim.streams import Floats, Ints


class Years:
    """Sums by fiscal year and municipality over the reported days.

    Args:
        calendar: the simulated days.
        start: the first reported day.
        places: the municipalities.
    """

    def __init__(self, calendar: Calendar, start: date, places: Municipalities) -> None:
        self._places = places
        self._first_year = fiscal_year(start)
        last = calendar.dates[calendar.days - 1]
        self._start, self._year = calendar.index(start), calendar.fiscal_year.tolist()
        years = fiscal_year(last) - self._first_year + 1
        self._sums: Floats = np.zeros((max(years, 0), len(COUNTER_COLUMNS) - 2, len(places.codes)))
        self._none: Floats = np.zeros((0, len(places.codes)))

    def sums(self, day: int) -> Floats:
        """Sums of a day's year, to be added to: rows as in ``sim.result.COUNTER_COLUMNS`` from the third on, in the
        country's persons. No rows before the reported days."""
        if day < self._start:
            return self._none
        year: int = self._year[day] - self._first_year
        return np.asarray(self._sums[year])

    @property
    def table(self) -> Ints:
        """Rows of ``COUNTER_COLUMNS``, by year and municipality in the order of their codes as given."""
        years = self._first_year + np.arange(len(self._sums))
        persons = np.rint(self._sums * self._places.demand).astype(np.int64).transpose(0, 2, 1)
        named = [np.repeat(years, len(self._places.codes)), np.tile(self._places.codes, len(years))]
        return np.column_stack([*named, persons.reshape(-1, persons.shape[2])]).astype(np.int64)
