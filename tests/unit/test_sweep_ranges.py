"""What ``--vary`` means and what is wrong with it; grids, hypercubes, and where uncertain values are put."""

from datetime import date

import numpy as np
import pytest

from scenarios.errors import UserError
from scenarios.files.load import load
from scenarios.sweep.design import Uncertain, grid, latin, moved, number_on, spots, uncertain
from scenarios.sweep.ranges import read_ranges
from scenarios.sweep.study import SweepOptions, refuse
from sim.parameters import quantities
from sim.schedule import Quantity

SEATS = "contact.resident.seats"
INDEX = "contact.resident.seats_index"
YEAR = load("baseline-fy2025")


def read(*texts):
    return read_ranges(texts, YEAR)


def test_a_range_has_its_steps_and_both_ends_where_the_steps_reach_them():
    (own,) = read(f"{SEATS}=400:900:50")
    assert own.values[0] == 400 and own.values[-1] == 900 and len(own.values) == own.count == 11
    assert read("plant.returned_share=0.01:0.04:0.01")[0].values == (0.01, 0.02, 0.03, 0.04)
    assert read(f"{SEATS}=400:490:50")[0].values == (400, 450)
    assert read("contact.resident.shrinkage=0.1:0.7:0.1")[0].values == (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


def test_a_list_keeps_its_order_and_whole_numbers_stay_whole():
    (own,) = read("plant.lines=8,4,12")
    assert own.values == (8, 4, 12) and (own.low, own.high) == (4, 12)
    assert all(isinstance(value, int) for value in own.values)


def test_a_mapping_says_the_same_as_texts():
    texts = read(f"{SEATS}=400:900:50", "plant.lines=4,8")
    assert read_ranges({SEATS: "400:900:50", "plant.lines": [4, 8]}, YEAR) == texts
    assert [own.text for own in texts] == [f"{SEATS}=400:900:50", "plant.lines=4,8"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("contact.resident.seat=400:900:50", "unknown field; did you mean contact.resident.seats?"),
        ("plant.stops=1:2:1", "is not a number, so it cannot be varied"),
        ("plant.stop=1:2:1", "plant.stop   unknown field"),
        ("start=1:2:1", "is not a number"),
        ("contact.resident.seats_policy=1:2", "cannot be varied; did you mean contact.resident.seats"),
        (f"{SEATS}=900:400:50", "is empty: the high end (400) must be above 900"),
        (f"{SEATS}=400:400:50", "is empty"),
        (f"{SEATS}=400:900:0", "the step (0) must be more than 0"),
        (f"{SEATS}=400:900:-50", "the step (-50) must be more than 0"),
        (f"{SEATS}=400:410:50", "the step (50) is longer than the range"),
        (f"{SEATS}=400:nan", "must be a finite number"),
        (f"{SEATS}=400:many", "'many' is not a number"),
        (f"{SEATS}=1:2:3:4", "low:high:step"),
        (f"{SEATS}=400", "one value only"),
        (f"{SEATS}=400,400", "one value only"),
        (f"{SEATS}=1,200,1,400", "names 1 more than once; commas stand between values: write 80,000 as 80000 or 8万"),
        ("plant.cards_per_day=150,500,160,500", "names 500 more than once"),
        (SEATS, "must look like"),
        ("plant.lines=4:12:0.5", "0.5 must be a whole number"),
        ("plant.returned_share=0.1:1.5:0.1", "must be between 0 and 1"),
        (f"{SEATS}=-10:10:5", "must be 0 or more"),
        ("plant.lines=0:4:1", "plant.lines = 0"),
    ],
)  # fmt: skip
def test_wrong_ranges_are_refused_in_words(text, told):
    with pytest.raises(UserError) as error:
        read(text)
    assert told in str(error.value), str(error.value)


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(UserError) as error:
        read("plant.line=1:2:1", f"{SEATS}=9:4:1", "plant.lines=4,8", "plant.lines=4:6:2")
    assert [mistake.message.partition("   ")[0] for mistake in error.value.mistakes] == [
        "plant.line",
        f"{SEATS}=9:4:1",
        "plant.lines",
    ]


def test_a_grid_has_every_combination_the_last_path_moving_first():
    assert grid(read("plant.lines=4,8", f"{SEATS}=1:3:1")) == [(4, 1), (4, 2), (4, 3), (8, 1), (8, 2), (8, 3)]


def test_a_grid_needs_steps_and_has_a_limit():
    with pytest.raises(UserError, match=r"needs a step, as in plant\.lines=4:12:STEP; or give --lhs N"):
        refuse(YEAR, SweepOptions(["plant.lines=4:12"]))
    with pytest.raises(UserError, match=r"101 x 11 = 1,111 points, more than 1,000"):
        refuse(YEAR, SweepOptions([f"{SEATS}=400:900:5", "plant.cards_per_day=100000:200000:10000"]))


def test_a_hypercube_takes_one_value_of_each_part_of_each_range():
    ranges = read(f"{SEATS}=100:200", "plant.cards_per_day=100000:200000")
    places = np.array(latin(ranges, 10, seed=1))
    for column, own in enumerate(ranges):
        parts = np.floor(10 * (places[:, column] - own.low) / (own.high - own.low))
        assert sorted(parts) == list(range(10))
    assert latin(ranges, 10, seed=1) == latin(ranges, 10, seed=1) != latin(ranges, 10, seed=2)


def test_a_hypercube_keeps_to_steps_lists_and_whole_numbers():
    ranges = read(f"{SEATS}=100:200:50", "plant.lines=4:12", "plant.returned_share=0.01,0.02")
    places = latin(ranges, 20, seed=3)
    assert {row[0] for row in places} == {100, 150, 200} and {row[2] for row in places} == {0.01, 0.02}
    assert all(isinstance(row[1], int) and 4 <= row[1] <= 12 for row in places)


def test_a_varied_value_holds_for_the_whole_run():
    cut = load("plan-period+seat-cut")
    ((spot,),) = [spots(cut, [INDEX], [(120,)], seed=1, chance_only=False)]
    seats = quantities(spot.point.parameters)[INDEX]
    assert {seats.at(date(year, 4, 1)) for year in range(2025, 2032)} == {120}
    assert number_on(cut, INDEX, date(2031, 3, 31)) == 75 != number_on(cut, INDEX, date(2026, 4, 1))


def test_values_that_break_a_rule_together_are_told_with_their_point():
    start, stop = "plant.weekend_start_backlog", "plant.weekend_stop_backlog"
    known = quantities(YEAR.parameters)
    low = next(known[stop].numbers())
    with pytest.raises(UserError) as error:
        spots(YEAR, [start, stop], [(low + 1, low), (low, 2 * low + 5)], seed=1, chance_only=False)
    assert f"{stop}=" in error.value.where


def test_an_uncertain_value_goes_to_both_ends_as_a_replication_draws_it():
    steps = Quantity.model_validate(
        [{"from": date(2025, 4, 1), "value": 2, "low": 1, "high": 4}, {"from": date(2026, 4, 1), "value": 5}]
    )
    own = Uncertain("plant.returned_share", steps, date(2025, 4, 1))
    assert [step["value"] for step in own.at(0.0)] == [1, 5] and [step["value"] for step in own.at(1.0)] == [4, 5]
    assert own.number(0.5) == steps.at(date(2025, 4, 1), 0.5)
    assert Uncertain("x", Quantity.model_validate({"value": 2, "low": 1, "high": 4}), date(2025, 4, 1)).at(1.0) == 4


def test_a_moved_point_leaves_all_else_in_the_middle_and_draws_nothing():
    inputs = uncertain(YEAR)
    assert len(inputs) > 50 and all(own.quantity.uncertain for own in inputs)
    one = next(own for own in inputs if own.path == "contact.resident.calls_per_notice")
    spot = moved(YEAR, [one], [1.0], seed=1)
    assert spot.point.chance_only and spot.values == {one.path: one.quantity.steps[0].high}
    changed = quantities(spot.point.parameters)
    assert [path for path, own in quantities(YEAR.parameters).items() if changed[path] != own] == [one.path]
