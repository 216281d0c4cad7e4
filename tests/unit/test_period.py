"""A period is its text, and tells what it is."""

import json
from datetime import date

import pytest

from sim.calendar import RUN, YEARS, Calendar, Period, month_number


def test_a_fiscal_year_and_a_month_tell_their_days():
    year, month = Period("FY2026"), Period("2027-02")
    assert (year.yearly, year.monthly, month.yearly, month.monthly) == (True, False, False, True)
    assert (year.first_day, year.last_day) == (date(2026, 4, 1), date(2027, 3, 31))
    assert (month.first_day, month.last_day) == (date(2027, 2, 1), date(2027, 2, 28))
    assert year.fiscal_year == month.fiscal_year == 2026
    assert Period("2027-04").fiscal_year == 2027


@pytest.mark.parametrize("text", ["all", "years", "FY", "FY20x6", "2026-4", "2026-04-01", "of-a-later-version", ""])
def test_what_is_no_year_and_no_month_has_no_days(text):
    period = Period(text)
    assert not period.yearly and not period.monthly
    with pytest.raises(ValueError, match="is no fiscal year and no month"):
        period.first_day  # noqa: B018


def test_periods_are_made_as_they_are_read_and_written_as_their_text():
    assert Period.of_year(2026) == "FY2026" and Period.of_month(month_number(date(2026, 12, 1))) == "2026-12"
    assert Period.of_year(Period("FY2031").fiscal_year) == Period("FY2031")
    assert Period.of_month(Period("2031-01").month) == Period("2031-01")
    assert json.dumps({Period("FY2026"): RUN}) == '{"FY2026": "all"}'


def test_months_lie_in_their_year_in_the_run_and_in_all_years():
    assert [each for each in (Period("FY2026"), Period("FY2027"), RUN, YEARS, Period("2027-03"), Period("2027-02"))
            if each.holds("2027-03")] == ["FY2026", "all", "years", "2027-03"]  # fmt: skip


def test_periods_stand_in_order_of_kind_and_time():
    told = [Period(text) for text in ("2026-05", "all", "FY2027", "2026-04", "FY2026")]
    assert sorted(told, key=lambda period: period.order) == ["FY2026", "FY2027", "all", "2026-04", "2026-05"]


def test_the_years_of_a_calendar_are_periods():
    years = Calendar(date(2026, 1, 1), date(2027, 12, 31)).years()
    assert [Period(name).fiscal_year for name in years] == [2025, 2026, 2027]
