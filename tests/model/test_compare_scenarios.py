"""Compared scenarios meet the same luck: identical ones differ by exactly zero, a changed one only where it must."""

from datetime import date
from pathlib import Path

import pytest

from scenarios.compare.compare import CompareOptions, compare
from scenarios.compare.compared import Side, rows, tell
from scenarios.compare.record import Comparison
from scenarios.experiment.experiment import Point, evaluate
from scenarios.experiment.store import Store
from scenarios.files.load import Scenario, load
from scenarios.run.available import Availability

OPTIONS = CompareOptions(replications=2, seed=5)
MOVED = {"calls-95", "calls_offered"}
"""What seats of residents can move: their calls."""


@pytest.fixture(scope="module")
def month() -> Scenario:
    return load("baseline-fy2025").with_values({"end": date(2025, 4, 30)})


@pytest.fixture(scope="module")
def compared(month: Scenario, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Comparison]:
    folder = tmp_path_factory.mktemp("compared")
    return folder, compare([month, month.changed(contact__resident__seats=100)], folder, OPTIONS)


def test_identical_scenarios_both_simulated_afresh_differ_by_exactly_zero(
    month: Scenario, compared: tuple[Path, Comparison], tmp_path: Path
) -> None:
    point = Point("again", month.parameters, OPTIONS.seed)
    stores = compared[0] / "replications", tmp_path
    sides = []
    for store in stores:
        ((_, results),) = evaluate([point], OPTIONS.replications, Store(store))
        told = [tell(result, point.parameters) for result in results]
        sides.append(Side(store.name, point, told, Availability(point)))
    assert len(list(tmp_path.iterdir())) == OPTIONS.replications
    found = rows(*sides)
    assert len({row.id for row in found}) > 15
    for row in found:
        if row.value is None:
            assert (row.difference, row.low, row.high, row.clear) == (None, None, None, None), row.id
        else:
            assert row.difference == row.low == row.high == 0, row.id
            assert not row.clear and not row.met_differs, row.id


def test_fewer_seats_move_the_calls_and_nothing_before_them(compared: tuple[Path, Comparison]) -> None:
    _, found = compared
    assert [entry.path for entry in found.pairs[0].inputs] == ["contact.resident.seats"]
    moved = {row.id for row in found.rows if row.difference}
    assert moved == MOVED
    year = next(row for row in found.rows if row.id == "calls-95" and row.period == "FY2025")
    assert year.difference < 0 and year.replications == 2


def test_series_of_both_stand_beside_each_other(month: Scenario, compared: tuple[Path, Comparison]) -> None:
    series = compared[1].series
    assert list(series) == ["baseline-fy2025", "baseline-fy2025 (2)"]
    first, second = series.values()
    assert first.months == ("2025-04",) and first.applications == second.applications
    assert first.calls_answered_share.mean[0] > second.calls_answered_share.mean[0]


def test_a_second_comparison_takes_every_replication_from_the_store(
    month: Scenario, compared: tuple[Path, Comparison], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, found = compared

    def refuse(*_: object) -> None:
        raise AssertionError("simulated again")

    monkeypatch.setattr("scenarios.experiment.experiment.replicate", refuse)
    assert compare([month, month.changed(contact__resident__seats=100)], folder, OPTIONS) == found
    same = compare([month, month], folder, OPTIONS)
    assert same.pairs[0].inputs == () and not any(row.difference for row in same.rows)
