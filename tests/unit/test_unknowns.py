"""Joint draws of what is not known: spread evenly over replications, and taken only where the scenario left them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from scenarios.files.load import load
from sim.calendar import Calendar
from sim.parameters import Parameters, quantities, with_quantity
from sim.plan import Plan
from sim.schedule import Quantity, Step
from sim.streams import Streams
from sim.unknowns import Unknowns

RATE = "contact.resident.calls_per_notice"
HANDLE = "contact.resident.handle_minutes"
FIRST = "demand.first_time_per_year"


def parameters() -> Parameters:
    return load("baseline-fy2025").parameters


def unknowns(paths: Iterable[str] = (RATE, HANDLE, FIRST), rows: int = 64) -> Unknowns:
    """Rows in rising order of all their positions."""
    written = quantities(parameters())
    places = (np.arange(rows) + 0.5) / rows
    known = {path: written[path] for path in paths}
    return Unknowns(known, np.tile(places[:, None], (1, len(known))), central=rows // 2)


def plan(own: Parameters, replication: int = 1, chance_only: bool = False, joint: Unknowns | None = None) -> Plan:
    calendar = Calendar(own.first_simulated_day, own.end)
    return Plan(own, Streams(1, replication), calendar, chance_only, joint)


@pytest.mark.parametrize("rows", [1, 2, 64, 1024])
def test_all_rows_are_used_once_before_any_is_used_again(rows: int) -> None:
    known = unknowns(rows=rows)
    for first in (1, rows + 1):
        assert sorted(known.row(5, number) for number in range(first, first + rows)) == list(range(rows))


@pytest.mark.parametrize("seed", [1, 2, 77, 2**40])
def test_every_beginning_is_evenly_spread(seed: int) -> None:
    known = unknowns(rows=1024)
    rows = [known.row(seed, number) for number in range(1, 1025)]
    for count in (2, 4, 8, 64, 512):
        assert sorted(row * count // 1024 for row in rows[:count]) == list(range(count))
    assert len({row * 32 // 1024 for row in rows[:20]}) == 20  # and in between


def test_another_seed_and_another_turn_are_other_scramblings() -> None:
    known = unknowns(rows=64)
    orders = {
        tuple(known.row(seed, number) for number in range(first, first + 64)) for seed in range(8) for first in (1, 65)
    }
    assert len(orders) == 16


def test_each_replication_is_uniform_over_seeds() -> None:
    known, seeds = unknowns(rows=8), 4000
    for number in (1, 2, 7):
        counts = np.bincount([known.row(seed, number) for seed in range(seeds)], minlength=8)
        expected = seeds / 8
        assert ((counts - expected) ** 2 / expected).sum() < 24.3  # chi-square of 7 degrees: 99.9 %


def test_replications_of_a_smooth_figure_vary_far_less_than_independent_ones() -> None:
    known = unknowns(rows=1024)
    means = [np.mean([known.positions[known.row(seed, n), 0] for n in range(1, 21)]) for seed in range(200)]
    independent = 1 / 12 / 20
    assert np.var(means) < 0.1 * independent


def test_replications_take_whole_blocks_of_a_sequence() -> None:
    sequence = np.random.default_rng(1).permutation(64)
    known = replace(unknowns(rows=64), sequence=sequence)
    places, orders = {row: place for place, row in enumerate(sequence.tolist())}, set()
    for seed in range(20):
        for first in (1, 65):
            rows = [known.row(seed, number) for number in range(first, first + 64)]
            assert sorted(rows) == list(range(64))
            for length in (2, 8, 32):
                blocks = np.array([places[row] // length for row in rows]).reshape(-1, length)
                assert (blocks == blocks[:, :1]).all()
            orders.add(tuple(rows))
    assert len(orders) == 40


def test_each_replication_is_uniform_over_seeds_with_a_sequence() -> None:
    known, seeds = replace(unknowns(rows=8), sequence=np.array([3, 1, 0, 2, 7, 6, 4, 5])), 4000
    for number in (1, 2, 7):
        counts = np.bincount([known.row(seed, number) for seed in range(seeds)], minlength=8)
        assert ((counts - seeds / 8) ** 2 / (seeds / 8)).sum() < 24.3  # chi-square of 7 degrees: 99.9 %


def test_draws_that_were_chosen_are_spread_by_the_tree() -> None:
    known = replace(unknowns(rows=64), sequence=np.random.default_rng(1).permutation(64))
    assert known.chosen(range(64)).sequence is None


def test_a_parameter_takes_the_position_of_its_draw() -> None:
    own, known = parameters(), unknowns()
    drawn = plan(own, 3, joint=known)
    position = known.at(known.row(1, 3))[RATE]
    day = own.start
    assert drawn.at(RATE, day) == quantities(own)[RATE].at(day, position)
    assert drawn.at(FIRST, date(2030, 5, 1)) == quantities(own)[FIRST].at(date(2030, 5, 1), position)
    assert (drawn.daily(RATE) == drawn.at(RATE, day)).all()


def test_what_the_draws_do_not_hold_is_drawn_as_without_them() -> None:
    own = parameters()
    path = "contact.resident.patience_minutes"
    assert plan(own, 3, joint=unknowns()).value(path) == plan(own, 3).value(path)


def test_a_value_or_range_of_the_planner_replaces_its_unknown_and_keeps_the_rest() -> None:
    own, known = parameters(), unknowns()
    entered = with_quantity(own, RATE, {"value": 0.03, "low": 0.02, "high": 0.04})
    drawn = plan(entered, 4, joint=known)
    assert drawn.value(RATE) == plan(entered, 4).value(RATE)
    assert drawn.value(HANDLE) == plan(own, 4, joint=known).value(HANDLE)
    fixed = with_quantity(own, RATE, {"value": 0.03})
    assert plan(fixed, 4, joint=known).value(RATE) == 0.03


def test_a_later_step_of_the_planner_leaves_the_earlier_ones_as_they_were() -> None:
    own, known = parameters(), unknowns()
    steps = [step.model_dump() for step in quantities(own)[FIRST].steps]
    steps[-1] = {"from": steps[-1]["from"], "value": 2_000_000, "low": 1_900_000, "high": 2_100_000}
    drawn, before = (plan(each, 2, joint=known) for each in (with_quantity(own, FIRST, steps), own))
    assert drawn.at(FIRST, date(2027, 5, 1)) == before.at(FIRST, date(2027, 5, 1))
    assert 1_900_000 <= drawn.at(FIRST, date(2031, 5, 1)) <= 2_100_000


def test_a_range_in_proportion_keeps_its_unknown() -> None:
    own, known = parameters(), unknowns()
    times = {key: 1.5 * number for key, number in quantities(own)[HANDLE].steps[0].model_dump().items()}
    larger = plan(with_quantity(own, HANDLE, times), 6, joint=known)
    assert larger.value(HANDLE) == pytest.approx(1.5 * plan(own, 6, joint=known).value(HANDLE), rel=1e-12)


def test_chance_alone_stays_at_the_central_draw() -> None:
    own, known = parameters(), unknowns()
    values = {plan(own, number, chance_only=True, joint=known).value(RATE) for number in range(1, 9)}
    assert values == {quantities(own)[RATE].at(own.start, known.at(known.central)[RATE])}


def test_nothing_is_in_proportion_to_zero_but_the_same() -> None:
    path = "holders.history_position"
    known = Unknowns({path: Quantity.model_validate({"value": 0, "low": -1, "high": 1})}, np.array([[0.5]]))
    assert known.keeps(path, Step(value=0, low=-1, high=1))
    assert not known.keeps(path, Step(value=0, low=-1, high=0.5))
    assert not known.keeps(path, Step(value=0.5, low=-1, high=1))


@pytest.mark.parametrize("shape", [(3, 1), (0, 1), (4, 2)])
def test_draws_of_a_wrong_shape_are_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=r"power of two|columns"):
        Unknowns({RATE: quantities(parameters())[RATE]}, np.full(shape, 0.5))
