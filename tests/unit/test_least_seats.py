"""The search for the least seats: the same from wherever it begins, and never beyond the most."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sim.contact.staffing import least

MOST = 5000


@given(st.integers(1, 2 * MOST), st.integers(1, MOST))
def test_the_least_is_found_from_anywhere(wanted: int, near: int) -> None:
    asked: list[int] = []

    def enough(seats: int) -> bool:
        asked.append(seats)
        return seats >= wanted

    assert least(enough, near, MOST) == min(wanted, MOST)
    assert min(asked) >= 1 and max(asked) <= MOST
    if abs(wanted - near) <= 4:
        assert len(asked) <= 6
