"""Comparing without simulating: rows of made-up replications, periods in common, inputs that differ, refusals."""

from datetime import date
from pathlib import Path
from typing import Any

import comparison_sample as sample
import pytest

from scenarios.compare.compare import LIST_KEYS, CompareOptions, compare, inputs, listed, question
from scenarios.compare.compared import FINEST, KEY_FIGURES, MET, Side, Told, rows
from scenarios.compare.mcnemar import MetDifference
from scenarios.compare.record import Compared, Input
from scenarios.errors import UserError
from scenarios.experiment.experiment import Point
from scenarios.files.load import Scenario, load
from scenarios.run.available import Availability
from scenarios.run.monthly import bands, months
from scenarios.run.periods import not_common, spans
from scenarios.run.statistic import EVERY_YEAR
from sim.parts import FACTS

YEAR = load("baseline-fy2025")
POINT = Point("year", YEAR.parameters, 1)


def side(name: str, **told: list[Any]) -> Side:
    """Of each id the values of all replications in FY2025, met from 0.5 on; ``all`` after two underscores."""
    count = len(next(iter(told.values())))
    replications = [
        {
            (key.partition("__")[0], key.partition("__")[2] or "FY2025", "answered_share"): Told(
                values[number], None if values[number] is None else values[number] >= 0.5
            )
            for key, values in told.items()
        }
        for number in range(count)
    ]
    return Side(name, POINT, replications, Availability(POINT))


def figures(own: Side, base: Side) -> list[Compared]:
    """The rows that stand behind those that decide."""
    return [row for row in rows(own, base) if row.kind != "probability"]


def deciding(own: Side, base: Side) -> list[Compared]:
    return [row for row in rows(own, base) if row.kind == "probability"]


def test_rows_tell_values_difference_and_how_often_the_verdict_differs() -> None:
    (row,) = figures(side("B", calls=[0.6, 0.4, 0.8]), side("A", calls=[0.4, 0.2, 0.7]))
    assert (row.scenario, row.against, row.kind, row.id, row.period) == ("B", "A", "target", "calls", "FY2025")
    assert (row.value, row.against_value) == pytest.approx((0.6, 1.3 / 3))
    assert row.difference == pytest.approx(0.5 / 3) and row.replications == 3
    assert row.low is not None and row.high is not None and row.low < row.difference < row.high
    assert (row.met, row.against_met, row.met_differs) == (2, 1, 1)


def test_identical_replications_differ_by_exactly_zero() -> None:
    for row in rows(side("B", calls=[0.1, 0.2, 0.3]), side("A", calls=[0.1, 0.2, 0.3])):
        assert (row.difference, row.low, row.high, row.clear) == (0.0, 0.0, 0.0, False)


def test_what_was_tested_in_one_has_a_value_and_no_difference_and_in_neither_nothing() -> None:
    base = side("A", one=[None, None], both=[None, None])
    one, both = figures(side("B", one=[0.6, 0.4], both=[None, None]), base)
    assert (one.value, one.against_value, one.difference, one.low, one.clear) == (0.5, None, None, None, None)
    assert (one.met, one.against_met, one.met_differs) == (1, None, None)
    assert (both.value, both.difference, both.low, both.high, both.clear) == (None, None, None, None, None)


def test_the_run_is_claimed_only_where_a_target_has_no_years() -> None:
    own = side("B", years=[0.2, 0.3, 0.4], years__all=[0.2, 0.3, 0.4], run__all=[0.2, 0.3, 0.4])
    base = side("A", years=[0.1, 0.2, 0.25], years__all=[0.1, 0.2, 0.25], run__all=[0.1, 0.2, 0.25])
    years, whole, run = figures(own, base)
    assert (years.clear is None, whole.clear is None, run.clear is None) == (False, True, False)
    assert (years.claims, whole.claims, run.claims) == (2, None, 2)
    assert whole.low is not None and years.low is not None and years.low < whole.low


def test_another_reading_of_a_target_is_no_difference() -> None:
    base = side("A", calls=[0.1, 0.2])
    other = Side("B", POINT, [{("calls", "FY2025", "another"): Told(0.5, True)} for _ in range(2)], Availability(POINT))
    assert [(row.statistic, row.difference) for row in figures(other, base)] == [
        ("answered_share", None),
        ("another", None),
    ]


def test_one_difference_a_target_decides_however_many_figures_there_are() -> None:
    """Met in 12 of 12 instead of 2: 10 replications apart, 2 (1/2)^10 = 0.002; Tango's interval at 2.5 % of two."""
    better, worse = [0.6] * 12, [0.6] * 2 + [0.4] * 10
    own, base = side("B", one=better, two=[0.7] * 12), side("A", one=worse, two=[0.6] * 12)
    moved, still = deciding(own, base)
    assert (moved.kind, moved.statistic, moved.period, moved.claims) == ("probability", MET, EVERY_YEAR, 2)
    assert (moved.against_value, moved.value, moved.difference) == pytest.approx((2 / 12, 1.0, 10 / 12))
    assert (moved.against_met, moved.met, moved.met_differs, moved.clear) == (2, 12, 10, True)
    assert (moved.low, moved.high) == MetDifference(10, 0, 12).interval(0.025)
    assert (still.difference, still.met_differs, still.clear) == (0.0, 0, False)
    assert still.low is not None and still.low < 0  # figures moved, so that the probability may differ


def test_a_target_is_met_over_the_period_where_no_year_is_missed() -> None:
    years = {"FY2025": [0.9, 0.9, 0.1, None], "all": [0.9, 0.9, 0.9, 0.9]}
    base = side("A", one=years["FY2025"], one__all=years["all"], run__all=[0.1, 0.9, 0.9, 0.9])
    one, run = deciding(base, base)
    assert (one.id, one.period, one.met, one.replications) == ("one", EVERY_YEAR, 2, 3)
    assert (run.id, run.period, run.met, run.replications) == ("run", "all", 3, 4)


def test_equal_differences_in_few_pairs_are_not_clear() -> None:
    few = figures(side("B", calls=[0.6, 0.7, 0.8]), side("A", calls=[0.1, 0.2, 0.3]))[0]
    many = figures(side("B", calls=[0.75] * 12), side("A", calls=[0.25] * 12))[0]
    assert (few.difference, few.low, few.clear) == (pytest.approx(0.5), 0.0, False)
    assert (many.difference, many.low, many.high, many.clear) == (0.5, 0.5, 0.5, True)


def test_periods_are_common_where_both_report_the_same_days() -> None:
    shorter = YEAR.with_values({"end": date(2025, 6, 15)}).parameters
    assert spans(shorter)["FY2025"] == (date(2025, 4, 1), date(2025, 6, 15))
    lacking = not_common(shorter, YEAR.parameters)
    assert lacking[:3] == ["FY2025", "all", "2025-06"] and len(lacking) == 12
    assert not_common(YEAR.parameters, YEAR.parameters) == []
    long = load("plan-period")
    first = long.with_values({"end": date(2029, 3, 31)})
    assert [name for name in not_common(first.parameters, long.parameters) if "-" not in name] == [
        "FY2029", "FY2030", "all",
    ]  # fmt: skip


def test_only_inputs_that_differ_are_told_dates_included() -> None:
    other = YEAR.with_values({"contact.resident.seats_index": 99, "end": date(2025, 6, 30)})
    found = inputs(other.parameters, YEAR.parameters)
    assert found == (
        Input("end", "2025-06-30", "2026-03-31"),
        Input("contact.resident.seats_index", 99.0, 100.0),
    )
    assert inputs(YEAR.parameters, load("baseline-fy2025").parameters) == ()


def test_the_folder_goes_by_all_scenarios_the_seed_and_the_replications() -> None:
    other = YEAR.changed(plant__lines=9)

    def folder(scenarios: list[Scenario], **options: Any) -> Path:
        return question(scenarios, CompareOptions(**options)).folder

    assert folder([YEAR, other]).parts[:3] == ("runs", "compare", "baseline-fy2025-vs-baseline-fy2025")
    assert folder([YEAR, other], workers=2) == folder([YEAR, other])
    others = {folder([other, YEAR]), folder([YEAR, other], seed=2), folder([YEAR, other], replications=40)}
    assert folder([YEAR, other]) not in others and len(others) == 3
    assert len(folder([YEAR] * 20).parts[2]) == 100


def test_too_few_scenarios_and_replications_are_told_together_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        compare([YEAR], tmp_path / "out", CompareOptions(replications=1))
    assert len(error.value.mistakes) == 2 and "two or more" in str(error.value)
    assert not list(tmp_path.iterdir())


def test_the_list_has_the_eight_documented_keys() -> None:
    told = listed(sample.comparison(sample.BASE, sample.SEATS))
    assert LIST_KEYS == ("scenario", "against", "kind", "id", "period", "difference", "low", "high")
    assert {tuple(row) for row in told} == {LIST_KEYS}
    untested = next(row for row in told if row["id"] == "intake-160k")
    assert (untested["difference"], untested["low"], untested["high"]) == (None, None, None)


def test_key_figures_are_facts_or_sums_of_them() -> None:
    sums = {"cards_dispatched", "cards_handed_over", "late_standard"}
    assert set(KEY_FIGURES) - sums <= set(FACTS)


def test_bands_leave_out_replications_without_a_value() -> None:
    import numpy as np

    from scenarios.run.monthly import SERIES, Band

    replications = [{name: np.array([value, np.nan]) for name in SERIES} for value in (1.0, 3.0, np.nan)]
    assert bands(replications)["backlog"] == Band(mean=(2.0, None), low=(1.2, None), high=(2.8, None))
    assert months(YEAR.parameters)[::11] == ["2025-04", "2026-03"]


def available(name: str, hours: float, **values: float) -> Side:
    """Calls beside a system whose repairs take so long on average; counted, it is met by luck alone."""
    systems = {f"systems.{key}": value for key, value in values.items()}
    parameters = YEAR.with_values({"systems.jpki_counter.repair_hours": hours, **systems}).parameters
    told = [
        {
            ("availability-99.9/jpki_counter", "FY2025", "availability"): Told(
                0.9995 - 0.001 * (number % 2), number % 2 == 0
            )
        }
        | {("calls-95", "FY2025", "answered_share"): Told(0.96, True)}
        for number in range(10)
    ]
    point = Point(name, parameters, 1)
    return Side(name, point, told, Availability(point))


def test_the_probability_of_availability_is_computed_and_judged_with_no_other() -> None:
    quick, slow = available("quick", 1.0), available("slow", 8.0)
    calls, system = sorted(deciding(slow, quick), key=lambda row: row.computed)
    assert (calls.computed, calls.claims, system.computed, system.claims) == (False, 1, True, None)
    chances = [Availability(one.point).probability("jpki_counter", "FY2025") for one in (slow, quick)]
    assert (system.value, system.against_value) == tuple(chances) and chances[0] < chances[1]
    assert system.difference == system.low == system.high == chances[0] - chances[1] and system.clear
    assert (system.met, system.against_met, system.met_differs) == (None, None, None)
    (_, same) = sorted(deciding(slow, available("same", 8.0)), key=lambda row: row.computed)
    assert same.difference == 0 and not same.clear
    (_, near) = sorted(deciding(available("near", 8.01), slow), key=lambda row: row.computed)
    assert 0 < abs(near.difference or 0.0) < FINEST and not near.clear


def test_availability_is_counted_where_load_breaks_the_systems_of_either_side() -> None:
    computed, counted = available("plain", 1.0), available("load", 1.0, jpki_load_slope=100)
    for side, base in ((computed, counted), (counted, computed), (counted, counted)):
        rows = deciding(side, base)
        assert not any(row.computed for row in rows) and {row.claims for row in rows} == {2}
        assert {row.id: row.met for row in rows}["availability-99.9/jpki_counter"] == 5
