from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.schedule import Quantity

TODAY = date(2026, 4, 1)
FINITE = st.floats(-1e9, 1e9)


def quantity(written: object) -> Quantity:
    return Quantity.model_validate(written)


def test_a_number_holds_on_every_day() -> None:
    assert quantity(5).at(TODAY) == 5
    assert not quantity(5).uncertain


def test_dated_steps_change_on_their_dates_and_the_first_holds_before() -> None:
    steps = quantity([{"from": date(2026, 4, 1), "value": 500}, {"from": date(2027, 4, 1), "value": 650}])
    assert [steps.at(day) for day in (date(2020, 1, 1), date(2027, 3, 31), date(2027, 4, 1))] == [500, 500, 650]


def test_the_middle_of_the_range_holds_without_a_draw() -> None:
    assert quantity({"value": 2, "low": 1, "high": 5}).at(TODAY) == 2


@pytest.mark.parametrize(("u", "drawn"), [(0.0, 1.0), (0.25, 2.0), (1.0, 5.0)])
def test_draws_follow_the_triangular_law(u: float, drawn: float) -> None:
    # P(X <= 2) = (2-1)^2 / ((5-1)(2-1)) = 1/4 for the triangle from 1 over 2 to 5
    assert quantity({"value": 2, "low": 1, "high": 5}).at(TODAY, u) == pytest.approx(drawn)


@given(st.tuples(FINITE, FINITE, FINITE).map(sorted), st.floats(0, 1), st.floats(0, 1))
def test_draws_stay_in_the_range_and_rise_with_u(numbers: list[float], first: float, second: float) -> None:
    low, value, high = numbers
    steps = quantity({"value": value, "low": low, "high": high})
    a, b = (steps.at(TODAY, u) for u in sorted((first, second)))
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert low - slack <= a <= b + slack <= high + 2 * slack


@pytest.mark.parametrize(
    "written",
    ["many", True, {"value": 1, "low": 2}, {"valu": 1}, [], [{"value": 1}, {"value": 2}], float("nan")],
)
def test_what_is_not_a_quantity_is_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        quantity(written)


def test_dates_out_of_order_are_refused() -> None:
    with pytest.raises(ValidationError, match="in order"):
        quantity([{"from": date(2027, 4, 1), "value": 1}, {"from": date(2026, 4, 1), "value": 2}])


@given(
    st.one_of(
        FINITE,
        st.tuples(FINITE, FINITE, FINITE).map(lambda t: dict(zip(("low", "value", "high"), sorted(t), strict=True))),
    )
)
def test_written_and_read_again_it_is_the_same(written: object) -> None:
    assert quantity(quantity(written).model_dump()) == quantity(written)
