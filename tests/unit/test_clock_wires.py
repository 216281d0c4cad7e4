"""Choosing trip-wires and judging them: hand counts, known truth, what luck alone gives."""

import numpy as np
import pytest

from scenarios.clock.wires import LEAST, TOO_LATE, Record, Watch, Wire, choose, judge
from scenarios.run.words import wilson

KNOWN = 7 * np.arange(1, 31)
"""Weeks known on days 7 to 210."""


def watch(lost, days_before=28, first=0, last=210):
    deadlines = tuple(None if day is None else day - days_before for day in lost)
    return Watch(KNOWN, first, last, tuple(lost), deadlines)


def step(day, count=1, level=1.0):
    """Replications in which an observable rises from 0 to a level in the week known on a day."""
    return np.tile(np.where(day <= KNOWN, level, 0.0), (count, 1))


def test_a_wire_counts_by_hand():
    values = np.vstack([step(70), step(91), step(203), step(84), np.zeros((2, 30))])
    event = watch([140, 140, 140, None, None, 140])
    # Two weeks in a row: known on 77 (hit, 63 days ahead), 98 (hit), 210 (late), 91 (false alarm), never, never.
    record = judge(Wire("x", "above", 0.5, 2), values, event)
    assert (record.hits, record.of_breaks, record.false_alarms, record.of_others) == (2, 4, 1, 2)
    assert (record.warnings, record.fired) == ((63, 42), (77, 98))
    assert (record.hit_rate, record.false_alarm_rate, record.skill) == (0.5, 0.5, 0)


def test_right_alarms_and_saved_years_count_by_hand():
    values = np.vstack([step(70), step(91), step(133), step(203), step(84), np.zeros((2, 30))])
    lost = (140, 140, 140, 140, None, None, 140)
    deadlines = tuple(None if day is None else 112 for day in lost)
    event = Watch(KNOWN, 0, 210, lost, deadlines, saving=(77, 77, 77, TOO_LATE, None, None, TOO_LATE))
    # One week: known on 70 (saved), 91 (right, ordered too late), 133 (right, no hit), 203 (after the year is lost: no
    # alarm that anybody needs), 84 (false), never, never.
    record = judge(Wire("x", "above", 0.5, 1), values, event)
    assert (record.hits, record.of_breaks, record.right, record.false_alarms, record.saved) == (2, 5, 3, 1, 1)
    assert (record.alarms, record.precision, record.base_rate) == (4, 3 / 4, 5 / 7)


def test_a_wire_that_always_fires_is_right_as_often_as_years_break():
    event = Watch(
        KNOWN,
        0,
        210,
        (140, 140, None, None, None),
        (112, TOO_LATE, None, None, None),
        (112, TOO_LATE, None, None, None),
    )
    record = judge(Wire("x", "above", -1.0, 1), np.zeros((5, 30)), event)
    assert record.precision == record.base_rate == 2 / 5
    assert (record.hits, record.saved, record.false_alarms) == (1, 1, 3)  # the second year cannot be saved any more
    never = judge(Wire("x", "above", 1.0, 1), np.zeros((5, 30)), event)
    assert (never.precision, never.base_rate, never.saved, never.skill) == (None, 2 / 5, 0, 0)


def test_the_deadline_and_the_window_are_kept_to_the_day():
    values = np.vstack([step(112), step(119), step(14)])
    event = watch([140, 140, None], first=21)
    assert judge(Wire("x", "above", 0.5, 1), values, event).hits == 1
    assert judge(Wire("x", "above", 0.5, 1), np.vstack([values[:2], np.eye(1, 30, 1)]), event).false_alarms == 0


def test_below_is_above_the_other_way_round_and_equal_does_not_fire():
    event = watch([140, None])
    values = np.vstack([1 - step(70, level=0.5), np.ones((1, 30))])
    assert judge(Wire("x", "below", 0.6, 4), values, event).hits == 1
    assert judge(Wire("x", "below", 0.5, 4), values, event).hits == 0
    assert judge(Wire("x", "below", 1.0, 4), values, event).false_alarms == 0


def test_a_week_without_a_value_ends_the_row():
    values = step(70)
    values[0, 10] = np.nan
    assert judge(Wire("x", "above", 0.5, 2), values, watch([140])).fired == (91,)
    assert judge(Wire("x", "above", 0.5, 1), values, watch([140])).fired == (70,)


def test_more_weeks_than_there_are_never_fire():
    event = Watch(KNOWN[:3], 0, 210, (140, None), (112, None))
    assert judge(Wire("x", "above", 0.5, 8), np.ones((2, 3)), event).hits == 0


def test_rates_of_nothing_are_unknown_and_the_interval_joins_both_wilsons():
    empty = Record(0, 0, 2, 10)
    assert (empty.hit_rate, empty.skill, empty.skill_interval) == (None, None, None)
    record = Record(23, 27, 3, 33)
    (low, _), (_, most) = wilson(23, 27), wilson(3, 33)
    below = ((23 / 27 - low) ** 2 + (most - 3 / 33) ** 2) ** 0.5
    assert record.skill_interval[0] == pytest.approx(record.skill - below)
    assert Record(0, 5, 5, 5).skill_interval[0] >= -1 and Record(5, 5, 0, 5).skill_interval[1] <= 1


def test_a_perfect_wire_is_chosen_among_useless_ones():
    chance = np.random.default_rng(1)
    noise = chance.normal(10, 1, (20, 30))
    perfect = noise + np.vstack([step(70, 10, 20.0), np.zeros((10, 30))])
    event = watch([140] * 10 + [None] * 10)
    wire = choose({"useless": ("above", chance.normal(10, 1, (20, 30))), "perfect": ("above", perfect)}, event)
    assert wire.observable == "perfect" and 13 < wire.threshold < 29
    assert wire.threshold == float(f"{wire.threshold:.3g}")
    assert judge(wire, perfect, event).skill == 1 and wire.weeks == 1


def test_too_few_breaks_or_holds_choose_nothing():
    few = watch([140] * (LEAST - 1) + [None] * 9)
    assert choose({"x": ("above", np.vstack([step(70, LEAST - 1), np.zeros((9, 30))]))}, few) is None
    assert choose({"x": ("above", np.zeros((10, 30)))}, watch([140] * 5 + [None] * 5)) is None
    assert choose({}, watch([140] * 5 + [None] * 5)) is None
