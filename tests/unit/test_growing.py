"""When the replications of a run that are there are looked at: soon, not often, and at no cost to speak of."""

import pytest

from scenarios.errors import UserError
from scenarios.experiment.experiment import Point, Task
from scenarios.files.load import load
from scenarios.run.growing import Growing

POINT = Point("plan", load("baseline-fy2025").parameters, 1)


class Looked:
    """What was shown when, of replications that are there at given seconds."""

    def __init__(self, follows=True, cost=0.0, fails=None):
        self.now, self.cost, self.fails = 0.0, cost, fails
        self.shown, self.read = [], []
        self.growing = Growing(self._statistics, self._show, follows, lambda: self.now)

    def _statistics(self, number):
        self.read.append(number)
        return [number]

    def _show(self, told, of):
        self.shown.append((self.now, [number for (number,) in told], of))
        self.now += self.cost
        if self.fails:
            raise self.fails

    def at(self, seconds, number, of=20, simulated=True):
        self.now = max(self.now, seconds)
        self.growing.done(Task(POINT, number, simulated=simulated), of)


def test_four_are_looked_at_first_in_their_order_and_each_is_read_once():
    looked = Looked()
    for seconds, number in enumerate((3, 1, 2, 5, 4, 7), start=4):
        looked.at(seconds, number)
    looked.at(30, 6)
    assert looked.shown == [(7, [1, 2, 3, 5], 20), (30, [1, 2, 3, 4, 5, 6, 7], 20)]
    assert [looked.growing.of(number) for number in (8, 3, 8)] == [[8], [3], [8]]
    assert sorted(looked.read) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_who_waits_long_is_shown_two_but_never_one():
    looked = Looked()
    looked.at(25, 1)
    looked.at(50, 2)
    assert looked.shown == [(50, [1, 2], 20)]


def test_what_ends_soon_or_was_there_before_is_not_looked_at():
    looked = Looked()
    for number in range(1, 21):
        looked.at(number * 0.2, number)
    for number in range(1, 21):
        looked.at(60, number, simulated=False)
    assert not looked.shown


@pytest.mark.parametrize("follows", [True, False])
def test_all_are_looked_at_where_more_is_worked_out_of_them(follows):
    looked = Looked(follows)
    for number in range(1, 7):
        looked.at(4 + number, number, of=6)
    assert [numbers for _, numbers, _ in looked.shown] == [[1, 2, 3, 4], *([[1, 2, 3, 4, 5, 6]] if follows else [])]


def test_looking_takes_two_per_cent_of_the_time():
    looked = Looked(cost=2.0)
    for number in range(1, 1001):
        looked.at(number, number, of=2000)
    assert 2.0 * len(looked.shown) <= 0.025 * looked.now and len(looked.shown) >= 9


@pytest.mark.parametrize("fails", [OSError(28, "No space left on device"), UserError("--out x", []), ValueError("cut")])
def test_what_goes_wrong_while_looking_does_not_end_the_run(fails):
    looked = Looked(fails=fails)
    for number in range(1, 9):
        looked.at(number * 10, number)
    assert len(looked.shown) > 1
