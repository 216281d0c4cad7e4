"""Interrupted, damaged and repeated runs go on from what is finished."""

import shutil

import pyarrow.parquet as pq
import pytest
from installed import COMMAND, interrupted

import cardflow as api
from scenarios.experiment.store import Store
from sim.parts import FACTS

TABLES = ("daily.parquet", "lead_times.parquet", "ledger.parquet", "counters.parquet")


def run(scenario, folder, replications):
    api.run(scenario, replications=replications, out=folder, chance_only=True)
    return folder


def same(one, two):
    assert (one / "summary.json").read_bytes() == (two / "summary.json").read_bytes()
    assert all(pq.read_table(one / name).equals(pq.read_table(two / name)) for name in TABLES)


def stamps(folder):
    return {path.name: path.stat().st_mtime_ns for path in (folder / "replications").iterdir()}


@pytest.mark.usefixtures("remembered")
def test_more_replications_keep_the_first_ones(month, unseen, tmp_path):
    folder = run(month, tmp_path / "two", 2)
    first = stamps(folder)
    assert len(first) == 2
    run(month, folder, 5)
    assert len(stamps(folder)) == 5
    assert first.items() <= stamps(folder).items()
    same(folder, unseen)


@pytest.mark.usefixtures("remembered")
def test_damaged_replications_are_simulated_again(month, unseen, tmp_path):
    folder = run(month, tmp_path / "damaged", 5)
    whole = sorted((folder / "replications").iterdir())
    content = [path.read_bytes() for path in whole]
    middle = len(content[2]) // 2
    whole[0].write_bytes(content[0][: len(content[0]) // 2])
    whole[1].write_bytes(b"")
    whole[2].write_bytes(content[2][:middle] + bytes(64) + content[2][middle + 64 :])
    before = stamps(folder)
    run(month, folder, 5)
    changed = {name for name, stamp in stamps(folder).items() if before[name] != stamp}
    assert changed == {path.name for path in whole[:3]}
    same(folder, unseen)


def test_unfinished_files_of_a_killed_run_disturb_nothing(month, unseen, tmp_path):
    folder = shutil.copytree(unseen, tmp_path / "killed")
    (folder / ".cardflow" / "draft-x").mkdir()
    for name in (".cardflow/draft-x/summary.json", ".cardflow/contents.unfinished", "replications/a-0001.1.unfinished"):
        (folder / name).write_bytes(b"half")
    run(month, folder, 5)
    same(folder, unseen)
    assert sorted(path.name for path in (folder / ".cardflow").iterdir()) == ["contents.json", "lock"]


def test_an_interrupted_run_goes_on_where_it_was(month_file, unseen, cardflow, tmp_path):
    """And several processes find the bits that one finds."""
    words = ["run", str(month_file), "--replications", "5", "--chance-only", "--no-margin", "--no-page", "--json"]
    words += ["--out", "cut"]
    folder = tmp_path / "cut"
    replications = folder / "replications"
    command = [str(COMMAND), *words, "--workers", "2"]
    code, _, stderr = interrupted(command, tmp_path, lambda: replications.is_dir() and any(replications.glob("*.npz")))
    assert code == 130
    assert "interrupted" in stderr and "Traceback" not in stderr
    finished = stamps(folder)
    assert 1 <= len(finished) < 5
    assert all(name.endswith(".npz") for name in finished)
    assert not (folder / "summary.json").exists()
    (digest,) = {name[:12] for name in finished}
    for name in finished:
        number = int(name[13:17])
        assert Store(replications).has(digest, number)
        assert set(Store(replications).load(digest, number).facts) == set(FACTS)
        assert (replications / name).read_bytes() == (unseen / "replications" / name).read_bytes()
    assert cardflow(*words, "--workers", "1", cwd=tmp_path).stdout.startswith("{")
    assert finished.items() <= stamps(folder).items()
    assert len(stamps(folder)) == 5
    same(folder, unseen)


def test_an_interrupt_while_workers_start_is_quiet(month_file, tmp_path):
    command = [str(COMMAND), "run", str(month_file), "--replications", "4", "--workers", "2", "--out", "cut"]
    code, stdout, stderr = interrupted(command, tmp_path, (tmp_path / "cut" / "scenario.toml").exists)
    assert code == 130
    assert stdout == "" and "Traceback" not in stderr


@pytest.mark.usefixtures("remembered")
def test_two_folders_share_nothing(month, unseen, tmp_path):
    one = run(month, tmp_path / "one", 1)
    assert [path.name[-8:] for path in (one / "replications").iterdir()] == ["0001.npz"]
    before = stamps(unseen)
    for path in (one / "replications").iterdir():
        path.unlink()
    assert stamps(unseen) == before
    run(month, one, 1)
    assert len(stamps(one)) == 1 and stamps(unseen) == before


@pytest.mark.usefixtures("remembered")
def test_another_scenario_in_the_same_folder_leaves_no_old_answer(month, tmp_path, monkeypatch):
    folder = run(month, tmp_path / "shared", 1)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("scenarios.experiment.experiment.replicate", stop)
    with pytest.raises(KeyboardInterrupt):
        api.run(month.changed(plant__lines=9), replications=1, out=folder, chance_only=True)
    assert not (folder / "summary.json").exists()
