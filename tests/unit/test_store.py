"""Stored replications prove themselves: edited, renamed, cut, foreign or shaped otherwise, they are simulated again."""

import os
import pickle
import time
import zipfile
from io import BytesIO

import numpy as np
import pytest

from scenarios.errors import UserError
from scenarios.experiment import store as storing
from scenarios.experiment.experiment import Point, do_missing, evaluate
from scenarios.experiment.store import Store, is_stored
from scenarios.files.find import LIBRARY
from scenarios.files.load import load
from scenarios.folder.question import Question
from scenarios.margin.job import searches
from scenarios.margin.search import Root
from scenarios.run.run_folder import RunFolder
from sim.parts import FACTS
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result


def result(days=30, value=0):
    facts = {name: np.full(days, value, dtype=np.int64) for name in FACTS}
    return Result(facts, np.ones((3, len(LEAD_TIME_COLUMNS)), np.int64), np.ones((2, len(LEDGER_COLUMNS)), np.int64))


@pytest.fixture
def store(tmp_path):
    told: list[str] = []
    made = Store(tmp_path / "replications", told.append)
    made.save("abc", 1, result())
    return made, made.folder / "abc-0001.npz", told


def edited(path, change):
    """The archive again, as somebody would who edits it with NumPy."""
    with np.load(BytesIO(path.read_bytes())) as arrays:
        found = {name: arrays[name] for name in arrays.files}
    change(found)
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=True, **found)


CHANGES = {
    "edited numbers": lambda found: found["fact_applications"].__setitem__(0, 5),
    "short arrays": lambda found: found.update(fact_applications=found["fact_applications"][:3]),
    "wrong types": lambda found: found.update(ledger=found["ledger"].astype(float)),
    "objects": lambda found: found.update(ledger=np.array([{"a": 1}], dtype=object)),
    "a scalar": lambda found: found.update(lead_times=np.int64(3)),
    "extra keys": lambda found: found.update(fact_of_mine=found["fact_applications"]),
    "missing keys": lambda found: found.pop("ledger"),
    "nothing": lambda found: found.clear(),
}


FORGED = ("short arrays", "a scalar", "extra keys", "missing keys", "nothing")
"""What the shape tells where somebody who knows how has made the seal fit."""


@pytest.mark.parametrize(("name", "forged"), [*((name, False) for name in CHANGES), *((name, True) for name in FORGED)])
def test_what_is_not_as_it_was_written_is_not_there_and_told(store, name, forged):
    made, path, told = store
    edited(path, CHANGES[name])
    if forged:
        archive = path.read_bytes()
        path.write_bytes(archive + storing._seal(archive, "abc", 1))
    assert not made.has("abc", 1)
    assert told == ["replication 1 (abc-0001.npz) is damaged or foreign: simulated again"]


def test_another_replication_or_point_under_this_name_is_not_there(store):
    made, path, told = store
    made.save("abd", 7, result(value=9))
    for other in ("abc-0002.npz", "abd-0001.npz"):
        (made.folder / other).write_bytes(path.read_bytes())
    (made.folder / "abc-0003.npz").write_bytes((made.folder / "abd-0007.npz").read_bytes())
    assert [made.has("abc", 1), made.has("abd", 7)] == [True, True] and not told
    assert not any([made.has("abc", 2), made.has("abd", 1), made.has("abc", 3), made.has("abc", 4)])
    assert len(told) == 3
    assert [is_stored(file) for file in sorted(made.folder.iterdir())] == [True, False, False, False, True]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_neither_a_pipe_nor_a_folder_nor_a_link_is_read(store):
    made, _, told = store
    os.mkfifo(made.folder / "abc-0002.npz")
    (made.folder / "abc-0003.npz").mkdir()
    (made.folder / "abc-0004.npz").symlink_to("/dev/zero")
    (made.folder / "abc-0005.npz").symlink_to("nowhere")
    assert not any(made.has("abc", number) for number in (2, 3, 4, 5)) and len(told) == 4
    assert not is_stored(made.folder / "abc-0002.npz") and not is_stored(made.folder / "abc-0004.npz")


def test_other_archives_are_not_there(store):
    made, path, _ = store
    whole = path.read_bytes()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("note.txt", "no arrays")
    assert not made.has("abc", 1)
    for cut in (whole[:-1], whole + b"x", whole[:-16], b"", whole[16:]):
        path.write_bytes(cut)
        assert not made.has("abc", 1)
    path.write_bytes(whole)
    assert made.has("abc", 1)


def test_numpy_reads_a_stored_replication(store):
    _, path, _ = store
    with np.load(path) as arrays:
        assert arrays["ledger"].shape == (2, len(LEDGER_COLUMNS))


def test_checking_costs_less_than_reading(store):
    made, _, _ = store
    made.save("abc", 1, result(days=1826))
    started = time.perf_counter()
    for _ in range(5):
        made.has("abc", 1)
    checked, started = time.perf_counter() - started, time.perf_counter()
    for _ in range(5):
        made.load("abc", 1)
    assert checked < time.perf_counter() - started


def test_a_store_travels_without_who_listens(store):
    made, _, _ = store
    other = pickle.loads(pickle.dumps(made))
    assert other == made and other.has("abc", 1) and other.of_whole_runs().folder == made.folder / "whole"
    assert made.of_whole_runs().tell == made.tell


def test_a_damaged_replication_is_simulated_again_with_a_word(tmp_path, monkeypatch):
    told: list[str] = []
    point = Point("plan", load("baseline-fy2025").parameters, 1)
    monkeypatch.setattr(
        "scenarios.experiment.experiment.replicate", lambda parameters, history, seed, number, *_: result(3, number)
    )
    with RunFolder(tmp_path / "run", tell=told.append) as runs:
        runs.ask(Question("run", "plan", []))
        runs.begin({})
        for _ in range(2):
            ((_, results),) = evaluate([point], 3, runs.store)
            assert [int(one.facts["applications"][0]) for one in results] == [1, 2, 3]
            edited(runs.store.folder / f"{point.digest}-0002.npz", CHANGES["edited numbers"])
    assert told == [f"replication 2 ({point.digest}-0002.npz) is damaged or foreign: simulated again"]


def test_a_damaged_margin_is_searched_again_with_a_word(tmp_path, monkeypatch):
    told: list[str] = []
    point = Point("plan", load("plan-period", LIBRARY).parameters, 1)
    monkeypatch.setattr("scenarios.margin.job.search", lambda run: {"calls-95": {"FY2026": Root(1.2, 1.3)}})
    monkeypatch.setattr("scenarios.margin.job.loads", lambda run: {"resident_calls": {"FY2026": {"loss": 1.0}}})
    with RunFolder(tmp_path / "run", tell=told.append) as runs:
        runs.ask(Question("run", "plan", []))
        runs.begin({})
        for number in (1, 2):
            runs.store.of_whole_runs().save(point.digest, number, result(3))

        def margins():
            jobs = searches(point, (1, 2), runs.store, runs.home / "kept")
            do_missing(jobs, workers=1)
            return [job.found() for job in jobs]

        for _ in range(2):
            found = margins()
        assert not told
        first, other = sorted((runs.home / "kept").iterdir())
        first.write_text(first.read_text(encoding="utf-8").replace("1.3", "1.4"), encoding="utf-8")
        other.write_bytes(first.read_bytes())
        assert margins() == found
    words = "is damaged or foreign: simulated again"
    assert told == [f"replication {n} ({path.name}) {words}" for n, path in ((1, first), (2, other))]


def test_what_killed_processes_left_goes_and_what_is_being_written_stays(tmp_path):
    folder = tmp_path / "run" / "replications"
    with RunFolder(tmp_path / "run") as runs:
        runs.ask(Question("run", "plan", []))
        runs.begin({})
    (folder / "whole").mkdir(parents=True)
    dead, foreign = 2**22 + 7, folder / "thesis.unfinished"
    names = [f"abc-0001.{dead}.unfinished", f"whole/abc-0002.{dead}.unfinished", f"abc-0003.{os.getpid()}.unfinished"]
    for name in (*names, foreign.name):
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (time.time() - 3600, time.time() - 3600))
    (folder / f"abc-0004.{dead}.unfinished").write_bytes(b"perhaps another computer is at it")
    with RunFolder(tmp_path / "run") as runs:
        runs.ask(Question("run", "plan", []))
        runs.begin({})
    left = {path.name for path in folder.iterdir()}
    assert left == {"whole", f"abc-0003.{os.getpid()}.unfinished", f"abc-0004.{dead}.unfinished", foreign.name}
    assert not list((folder / "whole").iterdir())


def test_a_folder_of_replications_alone_is_ours_but_not_with_anything_else(store, tmp_path):
    """So that finished replications can be taken along to another folder."""
    made, _, _ = store
    for name in ("note.txt", "abc-0009.npz"):
        (made.folder / name).write_bytes(b"mine")
        with RunFolder(tmp_path) as runs, pytest.raises(UserError, match=f"holds replications/{name}"):
            runs.ask(Question("run", "plan", []))
            runs.begin({})
        (made.folder / name).unlink()
    with RunFolder(tmp_path) as runs:
        runs.ask(Question("run", "plan", []))
        runs.begin({})
        assert runs.store.has("abc", 1)
