"""Headroom: the load at which each replication breaks, their median, and its distribution-free interval."""

from collections.abc import Sequence

import numpy as np
import pytest

from scenarios.headroom import Rung, decided, with_headroom
from scenarios.row import Row, headroom_confidence
from sim.targets import Statistic


def row(statistic: str = "share_on_time", threshold: float = 0.9, target: str = "t") -> Row:
    return Row(target, None, "FY2026", statistic, True, 1.0, None, None, threshold)


def rung(load: float, values: Sequence[float | None], statistic: str = "share_on_time", target: str = "t") -> Rung:
    """The deciding statistic of each replication under a load."""
    return load, [decided([Statistic(target, None, "FY2026", statistic, value, 0.9)]) for value in values]


def found(*rungs: Rung, of: Row | None = None) -> tuple[float | None, float | None, float | None, int | None]:
    (filled,) = with_headroom([of or row()], rungs)
    return filled.headroom, filled.headroom_low, filled.headroom_high, filled.headroom_replications


def test_headroom_is_where_the_statistic_crosses_its_threshold() -> None:
    assert found(rung(1.0, [1.0]), rung(1.5, [0.95]), rung(2.0, [0.85])) == pytest.approx((1.75, 1.75, 1.75, 1))


def test_headroom_of_a_peak_counts_downwards() -> None:
    peak = row("peak_month", 4e6)
    rungs = rung(1.0, [2e6], "peak_month"), rung(3.0, [6e6], "peak_month")
    assert found(*rungs, of=peak)[0] == pytest.approx(2.0)


def test_each_replication_crosses_on_its_own_and_the_interval_is_all_of_them() -> None:
    base = rung(1.0, [1.0, 1.0, 1.0, 0.8, 1.0, 1.0])
    two = rung(2.0, [0.85, 0.8, 1.0, 0.8, 0.8, 0.85])
    three = rung(3.0, [0.7, 0.7, 0.8, 0.7, 0.7, 0.7])
    # 1 + 0.1/0.15, 1 + 0.1/0.2, 2 + 0.1/0.2, 1 (broken already), 1.5, 1.6667
    assert found(base, two, three) == pytest.approx(((1.5 + 5 / 3) / 2, 1.0, 2.5, 6))


@pytest.mark.parametrize(
    ("broken", "expected"),
    [(0, (None, None, None, 6)), (2, (None, 2.0, None, 6)), (4, (2.0, 2.0, None, 6)), (6, (2.0, 2.0, 2.0, 6))],
)
def test_beyond_the_ladder_an_end_is_open(broken: int, expected: tuple[object, ...]) -> None:
    ends = [0.8] * broken + [1.0] * (6 - broken)
    assert found(rung(1.0, [1.0] * 6), rung(3.0, ends)) == expected


def test_what_is_broken_already_has_a_headroom_of_one() -> None:
    assert found(rung(1.0, [0.5, 0.6])) == (1.0, 1.0, 1.0, 2)


def test_replications_without_a_value_are_left_out() -> None:
    assert found(rung(1.0, [None, 1.0]), rung(2.0, [None, 0.8])) == (1.5, 1.5, 1.5, 1)


def test_no_ladder_and_no_load_that_could_break_it_tell_nothing() -> None:
    nothing = (None, None, None, None)
    assert found() == nothing
    assert found(rung(1.0, [0.5], target="availability-99.9"), of=row(target="availability-99.9")) == nothing


def test_the_interval_of_six_holds_the_median_with_969_in_1000() -> None:
    assert headroom_confidence(6) == pytest.approx(0.96875)
    loads = np.random.default_rng(5).lognormal(0.5, 0.4, (4000, 6))
    held = np.mean((loads.min(axis=1) <= np.exp(0.5)) & (np.exp(0.5) <= loads.max(axis=1)))
    assert held == pytest.approx(headroom_confidence(6), abs=4 * np.sqrt(0.03 * 0.97 / 4000))
