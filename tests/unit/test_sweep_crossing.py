"""Where a swept quantity meets a target: fits, values and open ends by hand; along grids of one path and more."""

import numpy as np
import pytest
import sweep_sample as sample

from scenarios.compare.compared import Told
from scenarios.sweep.crossing import PROBABILITY, crossing
from scenarios.sweep.crossings import crossings
from scenarios.sweep.design import Spot

POINTS = [100.0, 110.0, 120.0, 130.0]


def met(*counts, of=20):
    """Replications by points: the first ones meet the target, so many at each point."""
    return np.array([[float(number < count) for count in counts] for number in range(of)])


def test_the_fit_reaches_it_somewhere_between_two_points():
    found = crossing(POINTS, met(0, 8, 18, 20), seed=1)
    assert (found.found, found.rises, found.fit) == ("within", True, (0.0, 0.4, 0.9, 1.0))
    assert found.between == (110, 120) and (found.low, found.high) == (110, 130)


def test_the_interval_holds_the_whole_gap_between_none_and_all():
    found = crossing([70.0, 100.0, 130.0], met(0, 5, 5, of=5), seed=1)
    assert (found.between, found.low, found.high) == ((70, 100), 70, None)
    found = crossing([70.0, 100.0, 130.0], met(0, 20, 20), seed=1)
    assert (found.between, found.low, found.high) == ((70, 100), 70, 100)


def test_shares_that_fall_back_are_pooled_by_their_weights():
    untested = met(8, 16, 12, 20)
    untested[:10, 2] = np.nan  # of ten tested replications two meet the target
    found = crossing(POINTS, untested, seed=1)
    assert found.fit == pytest.approx((0.4, 18 / 30, 18 / 30, 1.0))
    assert found.between == (120, 130)


def test_less_may_be_what_helps():
    rising, falling = crossing(POINTS, met(0, 8, 18, 20), seed=1), crossing(POINTS, met(20, 18, 8, 0), seed=1)
    assert not falling.rises and falling.between == (110, 120)
    assert (falling.low, falling.high) == (230 - rising.high, 230 - rising.low) == (100, 120)


def test_nothing_to_cross_is_told():
    assert crossing(POINTS, met(17, 18, 19, 20), seed=1).found == "everywhere"
    assert crossing(POINTS, met(20, 19, 18, 17), seed=1).found == "everywhere"
    nowhere = crossing(POINTS, met(0, 1, 2, 15), seed=1)
    assert (nowhere.found, nowhere.between, nowhere.high) == ("nowhere", (130, None), None)
    assert crossing(POINTS, met(20, 20, 20, 20), seed=1) is None
    assert crossing(POINTS, np.full((5, 4), np.nan), seed=1) is None


def test_few_replications_leave_the_safe_side_open():
    few, enough = (crossing(POINTS, met(0, 0, of, of, of=of), seed=1) for of in (15, 16))
    assert few.between == enough.between == (110, 120) and few.high is None and enough.high == 120
    assert few.low == enough.low == 110
    falling = crossing(POINTS, met(15, 15, 0, 0, of=15), seed=1)
    assert falling.low is None and falling.high is not None


def test_a_seed_gives_the_same_interval():
    luck = np.random.default_rng(3).random((30, 4)) < np.array([0.1, 0.4, 0.7, 0.95])
    one, again = (crossing(POINTS, luck.astype(float), seed=5) for _ in range(2))
    assert one == again


def test_points_of_one_grid_line_belong_together():
    key = "calls-95", "FY2026", "answered_share"
    spots = [Spot({"a": a, "b": b}, None) for a in (3.0, 1.0, 2.0) for b in (10.0, 20.0)]
    told = [[{key: Told(0.9, spot.values["a"] * 10 > spot.values["b"] + n)} for n in range(5)] for spot in spots]
    found = crossings(spots, told, ["a", "b"], seed=1, computed=[{} for _ in spots])
    along, across = ([row for row in found if row.path == path] for path in ("a", "b"))
    assert [row.at for row in along] == [{"b": 10.0}, {"b": 20.0}]
    assert all(row.values == (1.0, 2.0, 3.0) and row.probability == PROBABILITY for row in along)
    assert [row.between for row in along] == [(1.0, 2.0), (2.0, 3.0)]
    assert [(row.at, row.found, row.rises) for row in across] == [({"a": 2.0}, "within", False)]
    assert across[0].between == (10.0, 20.0)


def test_the_sample_has_a_crossing_for_each_year_of_a_target_that_moves(tmp_path):
    found = sample.write(tmp_path / "one", **sample.ONE)
    rows = [row for row in found["crossings"] if row["id"] == "calls-95"]
    assert [row["period"] for row in rows] == [*sample.YEARS, "years"] and {row["path"] for row in rows} == {
        sample.SEATS
    }
    *gaps, together = (row["between"] for row in rows)
    assert together == gaps[-1]  # the worst year decides
    assert gaps == sorted(gaps) and all(above - below == 20 for below, above in gaps)  # each year has more calls
    assert not [row for row in found["crossings"] if row["id"] == "renewed-in-time"]
    two = sample.write(tmp_path / "two", **sample.TWO)
    assert len([row for row in two["crossings"] if row["id"] == "calls-95"]) == 5 * 6
    points = sample.write(tmp_path / "points", **sample.POINTS)
    assert points["crossings"] == []
