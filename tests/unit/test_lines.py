"""Lines of bookings: by hand, and against the same sums written as numpy writes them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.counters.lines import (
    EARLY,
    EXPIRED,
    GONE,
    GONE_IN_TIME,
    IN_TIME,
    KINDS,
    LATE,
    ROWS,
    TOTAL,
    WAITED,
    Waiting,
    beyond,
    here,
    lines,
    serve,
)
from sim.streams import Floats

NIGHTS = 60


def waiting(stays: float = 1.0, keeps: float = 1.0) -> Waiting:
    """A share of those who are left stays each night, and of certificates lasts."""
    nights = np.arange(NIGHTS)
    return Waiting(stays**nights, np.full(NIGHTS, 1 - stays), keeps**nights, np.full(NIGHTS, 1 - keeps))


def in_time(*persons: float) -> Floats:
    booked = np.zeros((KINDS, len(persons)))
    booked[IN_TIME] = persons
    return booked


def test_one_municipality_by_hand() -> None:
    found = lines(5, in_time(10, 20, 30), waiting(stays=0.9, keeps=0.5))
    # of the ten of two nights ago 8.1 stay, a quarter of them with their certificate
    assert found.rows[0, TOTAL] == pytest.approx(8.1) and found.rows[0, IN_TIME] == pytest.approx(8.1 / 4)
    assert found.rows[0, LATE] == pytest.approx(8.1 * 3 / 4) and found.rows[0, WAITED] == pytest.approx(16.2)
    assert found.ends[TOTAL] == pytest.approx(8.1 + 18 + 30)
    assert found.ends[GONE] == pytest.approx(5.61) and found.ends[EXPIRED] == pytest.approx(0.5 * (2.025 + 9 + 30))
    told = serve(found, np.array([5.0]), np.array([17.1]), np.array([1.0]))
    assert told.to.tolist() == pytest.approx([6.5])  # all of the first day, half of the second
    by_place = np.zeros((4, 1))
    here(found, np.array([5.0]), told.to, by_place)
    assert told.served[TOTAL] == pytest.approx(17.1) and by_place[0].tolist() == pytest.approx([17.1])
    assert told.served[IN_TIME] == pytest.approx(2.025 + 4.5) and told.served[WAITED] == pytest.approx(16.2 + 9)
    assert told.waiting[TOTAL] == pytest.approx(39)


def test_nobody_and_everybody() -> None:
    found, from_start, all_of_it = lines(0, in_time(3, 0, 0, 4), waiting()), np.array([0.0]), np.array([1.0])
    none, everybody = (serve(found, from_start, np.array([persons]), all_of_it) for persons in (0.0, 7.0))
    assert none.to.tolist() == [0.0] and none.served.tolist() == [0.0] * ROWS
    assert everybody.to.tolist() == [4.0] and everybody.waiting == pytest.approx(np.zeros(ROWS))
    again = serve(found, everybody.to, np.array([0.0]), all_of_it)
    assert again.to.tolist() == [4.0] and again.served == pytest.approx(np.zeros(ROWS))


@pytest.mark.parametrize("seed", range(5))
def test_all_municipalities_are_served_as_numpy_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    booked = rng.gamma(1.0, 100.0, (KINDS, 40)) * (rng.random(40) < 0.7)
    found, demand = lines(100, booked, waiting(0.98, 0.97)), rng.dirichlet(np.ones(300))
    served_to = 100 + rng.uniform(0, 40, 300)

    def at(place: Floats) -> Floats:
        return np.array([np.interp(place, 100 + np.arange(41), found.upto[:, row]) for row in range(ROWS)])

    room = rng.uniform(0, 1.2, 300) * (found.ends[TOTAL] - at(served_to)[TOTAL])
    told = serve(found, served_to, room, demand)
    total = found.upto[:, TOTAL]
    reached = np.minimum(at(served_to)[TOTAL] + room, total[-1])
    assert at(told.to)[TOTAL] == pytest.approx(reached, abs=1e-6)
    assert (told.to >= served_to).all() and (told.to <= 140).all()
    done, left = at(told.to) - at(served_to), found.ends[:, None] - at(told.to)
    assert told.served == pytest.approx(done @ demand) and told.waiting == pytest.approx(left @ demand)
    by_place = [done[TOTAL], done[IN_TIME] + done[EARLY], left[EXPIRED] + left[GONE_IN_TIME], done[WAITED]]
    added = np.ones((4, 300))
    here(found, served_to, told.to, added)
    assert added == pytest.approx(1 + np.array(by_place), abs=1e-6)


def test_a_wait_is_long_from_its_day_on_as_far_as_a_line_has_not_come() -> None:
    told = np.ones(4)
    beyond(np.array([3.0, 7.0, 7.25, 8.0]), 7, 40.0, told)
    assert told.tolist() == [41, 41, 31, 1]
