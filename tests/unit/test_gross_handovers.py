"""Monthly hand-overs by age: non-negative, true to the published totals, checked by hand at a re-count."""

from datetime import date, timedelta

import numpy as np
import pytest

from calibration.figures import load_by_age, load_handed_over
from calibration.gross_handovers import gross_handovers, monthly_totals, recounted

TOTALS = {row.as_of: row.cumulative for row in load_handed_over() if row.cumulative is not None}


def cumulative_by_month() -> dict[str, float]:
    totals = monthly_totals()
    return dict(zip(totals, np.cumsum(list(totals.values())).tolist(), strict=True))


def test_shape_and_signs() -> None:
    gross = gross_handovers()
    assert (gross.months[0], gross.months[-1]) == ("2016-01", "2023-06")
    assert (gross.bands[0], gross.bands[-2], gross.bands[-1]) == ("0-4", "85-89", "90+")
    assert gross.cards.shape == (90, 19)
    assert (gross.cards >= 0).all()
    assert list(monthly_totals())[-1] == "2024-06"
    assert min(monthly_totals().values()) >= 0


def test_bands_sum_to_the_monthly_totals() -> None:
    gross, totals = gross_handovers(), monthly_totals()
    by_month = dict(zip(gross.months, gross.cards.sum(axis=1).tolist(), strict=True))
    assert by_month == pytest.approx({month: totals[month] for month in gross.months})


def ends_a_month(as_of: date) -> bool:
    return as_of.day == 1 or (as_of + timedelta(days=1)).day == 1


@pytest.mark.parametrize("as_of", [day for day in TOTALS if ends_a_month(day)])
def test_totals_match_every_published_month_end(as_of: date) -> None:
    """A table as of the first of a month is the close of the month before."""
    month = as_of - timedelta(days=1) if as_of.day == 1 else as_of
    assert cumulative_by_month()[f"{month:%Y-%m}"] == pytest.approx(TOTALS[as_of], rel=1e-9)


def test_total_is_exact_at_the_end_of_2022() -> None:
    assert round(cumulative_by_month()["2022-12"]) == TOTALS[date(2022, 12, 31)] == 71_905_789


def test_hand_overs_begin_on_the_assumed_day() -> None:
    assert 0 < monthly_totals()["2016-01"] < cumulative_by_month()["2016-03"]
    assert cumulative_by_month()["2016-02"] < 2_040_000 < cumulative_by_month()["2016-03"]


def test_ages_were_recounted_in_five_intervals() -> None:
    by_age = load_by_age()
    ends = [day.isoformat() for day, fell in zip(by_age.dates[1:], recounted(by_age), strict=True) if fell]
    assert ends == ["2018-12-01", "2019-09-16", "2020-09-01", "2021-06-01", "2022-01-01"]


def test_an_ordinary_month_is_the_published_difference() -> None:
    """Ages 20-24: 3,406,286 cards as of 2022-11-30 and 3,616,973 as of 2022-12-31."""
    gross = gross_handovers()
    cards = gross.cards[gross.months.index("2022-12"), gross.bands.index("20-24")]
    assert cards == pytest.approx(210_687)


def test_a_month_with_a_recount_by_hand() -> None:
    """Ages 0-4 in December 2021, when the published count falls from 1,249,229 to 1,006,525.

    November: 52,713 of 1,020,942 cards. January: 44,976 of 1,008,741. The mean of 5.163 % and 4.459 %
    is 4.811 %, and of the 1,298,085 cards of December that makes 62,450.
    """
    gross = gross_handovers()
    cards = gross.cards[gross.months.index("2021-12"), gross.bands.index("0-4")]
    assert cards == pytest.approx(62_450, abs=1)


def test_months_after_the_last_table_keep_its_mix() -> None:
    """The mix of 2023 is that of October to December 2022."""
    gross = gross_handovers()
    autumn = gross.cards[[gross.months.index(month) for month in ("2022-10", "2022-11", "2022-12")]].sum(axis=0)
    for month in ("2023-01", "2023-06"):
        cards = gross.cards[gross.months.index(month)]
        assert cards / cards.sum() == pytest.approx(autumn / autumn.sum())
