"""The folder of a run: refused before it is made, whole files, tables with units; the store of replications."""

import zipfile
from datetime import date
from types import SimpleNamespace

import numpy as np
import pyarrow.parquet as pq
import pytest
from folder_sample import filled, taken, tree

from scenarios.errors import UserError
from scenarios.experiment.store import Store
from scenarios.files.load import load
from scenarios.folder.draft import Draft
from scenarios.run.options import Options
from scenarios.run.run_folder import RunFolder, write_tables
from sim.parts import FACTS
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result


@pytest.fixture
def parameters():
    return load("baseline-fy2025").with_values({"end": date(2025, 4, 30)}).parameters


@pytest.fixture
def result():
    facts = {name: np.arange(30, dtype=np.int64) + number for number, name in enumerate(FACTS)}
    month = 2025 * 12 + 3
    lead_times = np.array([[month, 0, 0, 10, 0, 0, 0, 500], [month, 1, 1, 5, 1, 1, 1, 7]])
    return Result(facts, lead_times, np.array([[month, 0, 0, 1, 1, 5000]]))


def nothing():
    empty = {name: np.zeros(30, dtype=np.int64) for name in FACTS}
    return Result(empty, np.zeros((0, len(LEAD_TIME_COLUMNS)), int), np.zeros((0, len(LEDGER_COLUMNS)), int))


def test_a_run_that_fits_gets_its_folder_when_it_begins(tmp_path, parameters):
    with RunFolder(tmp_path / "深い" / "run") as runs:
        runs.prepare(parameters, 20)
        assert not list(tmp_path.iterdir())
        taken(runs)
    assert [path.name for path in (tmp_path / "深い" / "run").iterdir()] == [".cardflow"]


@pytest.mark.parametrize("short", ["memory", "disk"])
def test_a_run_too_large_is_refused_before_its_folder_is_made(tmp_path, parameters, monkeypatch, short):
    room = {"memory": 10**12, "disk": 10**12} | {short: 10**6}
    monkeypatch.setattr("psutil.virtual_memory", lambda: SimpleNamespace(available=room["memory"]))
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=room["disk"]))
    with pytest.raises(UserError, match=f"need about .* GB of {short}"):
        RunFolder(tmp_path / "run").prepare(parameters, 20)
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_told_and_leaves_the_old_answer(tmp_path, monkeypatch):
    filled(tmp_path / "run")
    before = tree(tmp_path / "run")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with RunFolder(tmp_path / "run") as runs:
        taken(runs)
        monkeypatch.setattr("pathlib.Path.write_text", full)
        with pytest.raises(UserError, match="cannot be written: No space left on device"), runs.answer() as draft:
            draft.write_json("summary.json", {"a": 2})
    assert tree(tmp_path / "run") == before


def test_text_is_utf8_with_plain_line_ends_and_no_numbers_that_are_none(tmp_path):
    with RunFolder(tmp_path / "run") as runs:
        taken(runs)
        with runs.answer() as draft:
            draft.write_json("x.json", {"題": [1, None]})
        with pytest.raises(ValueError, match="JSON"), runs.answer() as draft:
            draft.write_json("y.json", float("nan"))
    assert tree(tmp_path / "run") == {"x.json": '{\n "題": [\n  1,\n  null\n ]\n}\n'.encode()}
    assert sorted(path.name for path in (tmp_path / "run" / ".cardflow").iterdir()) == ["contents.json", "lock"]


def test_tables_have_dates_words_and_units(tmp_path, parameters, result):
    write_tables(Draft(tmp_path), [result, nothing()], parameters)
    daily = pq.read_table(tmp_path / "daily.parquet")
    assert daily.num_rows == 60
    assert daily["date"].to_pylist()[::30] == [date(2025, 4, 1)] * 2
    assert daily["applications"].to_pylist() == [*range(30), *[0] * 30]
    assert all(field.metadata[b"unit"] for field in daily.schema if field.name in FACTS)
    lead_times = pq.read_table(tmp_path / "lead_times.parquet").to_pylist()
    assert lead_times[1] == {
        "replication": 1, "month": "2025-04", "class": "express", "measure": "delivery", "days": 5,
        "touches_closure": True, "exception": True, "state": "inside", "cards": 7,
    }  # fmt: skip
    ledger = pq.read_table(tmp_path / "ledger.parquet").to_pylist()
    planned = {"replication": 1, "month": "2025-04", "class": "standard", "cause": "planned_step"}
    assert ledger == [planned | {"late": True, "touches_closure": True, "card_days": 5000}]


def test_tables_without_cards_are_valid(tmp_path, parameters):
    write_tables(Draft(tmp_path), [nothing()], parameters)
    assert pq.read_table(tmp_path / "daily.parquet").num_rows == 30
    assert pq.read_table(tmp_path / "lead_times.parquet").num_rows == 0
    assert pq.read_table(tmp_path / "ledger.parquet").num_rows == 0


def test_a_stored_replication_reads_back(tmp_path, result):
    store = Store(tmp_path / "replications")
    assert not store.has("abc", 1)
    store.save("abc", 1, result)
    assert store.has("abc", 1) and not store.has("abc", 2) and not store.has("abd", 1)
    again = store.load("abc", 1)
    assert list(again.facts) == list(result.facts)
    assert all(np.array_equal(again.facts[name], series) for name, series in result.facts.items())
    assert np.array_equal(again.lead_times, result.lead_times) and np.array_equal(again.ledger, result.ledger)
    assert [path.name for path in store.folder.iterdir()] == ["abc-0001.npz"]


def test_a_damaged_replication_is_not_there(tmp_path, result):
    store = Store(tmp_path)
    store.save("abc", 1, result)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    for cut in (0, 1, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:cut])
        assert not store.has("abc", 1)
    for at in range(0, len(whole), 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        if store.has("abc", 1):
            assert np.array_equal(store.load("abc", 1).lead_times, result.lead_times)
    path.write_bytes(b"something else")
    assert not store.has("abc", 1)


def test_a_replication_without_a_fact_of_today_is_not_there(tmp_path, result):
    store = Store(tmp_path)
    store.save("abc", 1, Result(dict(list(result.facts.items())[1:]), result.lead_times, result.ledger))
    assert not store.has("abc", 1)
    with zipfile.ZipFile(tmp_path / "abc-0002.npz", "w") as archive:
        archive.writestr("note.txt", "no arrays")
    assert not store.has("abc", 2)


def test_chance_alone_is_told_apart_only_where_there_is_something_to_tell():
    assert Options(replications=20).chance_replications == 5
    assert Options(replications=1).chance_replications == 0
    assert Options(replications=20, chance_only=True).chance_replications == 0


@pytest.mark.parametrize("values", [{"plant.lot_size": 1}, {"demand.first_time_per_year": 1e9, "plant.lot_size": 50}])
def test_more_lots_than_a_day_can_hold_are_refused(tmp_path, values):
    with pytest.raises(UserError, match="raise lot_size"):
        RunFolder(tmp_path / "run").prepare(load("plan-period").with_values(values).parameters, 1)
    assert not (tmp_path / "run").exists()
