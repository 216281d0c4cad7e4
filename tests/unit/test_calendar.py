from datetime import date

import numpy as np
import pytest

from sim.calendar import Calendar, fiscal_year, month_label, month_number
from sim.fields import YearlyWindow

YEAR_END = YearlyWindow.model_validate({"from": "12-29", "to": "01-03"})


def test_fiscal_years_run_from_april_to_march() -> None:
    assert [fiscal_year(day) for day in (date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31))] == [2025, 2026, 2026]


def test_months_are_consecutive_numbers() -> None:
    assert month_number(date(2027, 1, 1)) - month_number(date(2026, 12, 1)) == 1
    assert month_label(month_number(date(2026, 4, 15))) == "2026-04"


@pytest.mark.parametrize(("day", "inside"), [((12, 28), False), ((12, 29), True), ((1, 3), True), ((1, 4), False)])
def test_the_closure_runs_over_the_year_end(day: tuple[int, int], inside: bool) -> None:
    one = date(2027, *day)
    assert Calendar(one, one).closed([YEAR_END]).tolist() == [inside]


def test_holidays_are_the_national_ones() -> None:
    calendar = Calendar(date(2026, 4, 29), date(2026, 5, 7))
    # Showa Day on 29 April; 3-5 May, and 6 May because the 3rd is a Sunday
    assert np.flatnonzero(calendar.holiday).tolist() == [0, 4, 5, 6, 7]


def test_months_cover_every_day_once() -> None:
    calendar = Calendar(date(2026, 4, 10), date(2026, 6, 5))
    slices = [days for _, days in calendar.months()]
    assert [days.start for days in slices] == [0, 21, 52]
    assert slices[-1].stop == calendar.days


def test_a_calendar_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="comes before"):
        Calendar(date(2026, 4, 2), date(2026, 4, 1))
