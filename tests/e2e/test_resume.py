"""Interrupted, damaged and repeated runs go on from what is finished."""

import shutil
import subprocess

import pyarrow.parquet as pq
import pytest
from installed import COMMAND, SHORT, environment, interrupted

import cardflow as api
from scenarios.experiment.store import Store
from scenarios.files.load import load
from sim.parts import FACTS

TABLES = ("daily.parquet", "lead_times.parquet", "ledger.parquet", "counters.parquet")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("resume") / "short.toml"
    path.write_text(f"{SHORT.replace('06-30', '04-30')}[demand]\nload = 0.1\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def fresh(file):
    """Four replications in one go."""
    return run(file, file.parent / "fresh", 4)


def run(file, folder, replications):
    api.run(load(str(file)), replications=replications, out=folder, chance_only=True)
    return folder


def same(one, two):
    assert (one / "summary.json").read_bytes() == (two / "summary.json").read_bytes()
    assert all(pq.read_table(one / name).equals(pq.read_table(two / name)) for name in TABLES)


def stamps(folder):
    return {path.name: path.stat().st_mtime_ns for path in (folder / "replications").iterdir()}


def test_more_replications_keep_the_first_ones(file, fresh, tmp_path):
    folder = run(file, tmp_path / "two", 2)
    first = stamps(folder)
    assert len(first) == 2
    run(file, folder, 4)
    assert len(stamps(folder)) == 4
    assert first.items() <= stamps(folder).items()
    same(folder, fresh)


def test_damaged_replications_are_simulated_again(file, fresh, tmp_path):
    folder = run(file, tmp_path / "damaged", 4)
    whole = sorted((folder / "replications").iterdir())
    content = [path.read_bytes() for path in whole]
    middle = len(content[2]) // 2
    whole[0].write_bytes(content[0][: len(content[0]) // 2])
    whole[1].write_bytes(b"")
    whole[2].write_bytes(content[2][:middle] + bytes(64) + content[2][middle + 64 :])
    before = stamps(folder)
    run(file, folder, 4)
    changed = {name for name, stamp in stamps(folder).items() if before[name] != stamp}
    assert changed == {path.name for path in whole[:3]}
    same(folder, fresh)


def test_unfinished_files_of_a_killed_run_disturb_nothing(file, fresh, tmp_path):
    folder = shutil.copytree(fresh, tmp_path / "killed")
    (folder / ".cardflow" / "draft-x").mkdir()
    for name in (".cardflow/draft-x/summary.json", ".cardflow/contents.unfinished", "replications/a-0001.1.unfinished"):
        (folder / name).write_bytes(b"half")
    run(file, folder, 4)
    same(folder, fresh)
    assert sorted(path.name for path in (folder / ".cardflow").iterdir()) == ["contents.json", "lock"]


def test_an_interrupted_run_goes_on_where_it_was(file, tmp_path):
    command = [str(COMMAND), "run", str(file), "--replications", "6", "--chance-only", "--no-margin", "--json"]
    command += ["--no-page", "--workers", "2", "--out", "cut"]
    folder = tmp_path / "cut"
    replications = folder / "replications"
    code, _, stderr = interrupted(command, tmp_path, lambda: replications.is_dir() and any(replications.glob("*.npz")))
    assert code == 130
    assert "interrupted" in stderr and "Traceback" not in stderr
    finished = stamps(folder)
    assert 1 <= len(finished) < 6
    assert all(name.endswith(".npz") for name in finished)
    assert not (folder / "summary.json").exists()
    (digest,) = {name[:12] for name in finished}
    for name in finished:
        number = int(name[13:17])
        assert Store(replications).has(digest, number)
        assert set(Store(replications).load(digest, number).facts) == set(FACTS)
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, timeout=500, check=True)
    assert done.stdout == b"" or done.stdout.startswith(b"{")
    assert finished.items() <= stamps(folder).items()
    assert len(stamps(folder)) == 6
    same(folder, run(file, tmp_path / "whole", 6))


def test_an_interrupt_while_workers_start_is_quiet(file, tmp_path):
    command = [str(COMMAND), "run", str(file), "--replications", "4", "--workers", "2", "--out", "cut"]
    code, stdout, stderr = interrupted(command, tmp_path, (tmp_path / "cut" / "scenario.toml").exists)
    assert code == 130
    assert stdout == "" and "Traceback" not in stderr


def test_two_folders_share_nothing(file, fresh, tmp_path):
    one = run(file, tmp_path / "one", 1)
    assert [path.name[-8:] for path in (one / "replications").iterdir()] == ["0001.npz"]
    before = stamps(fresh)
    for path in (one / "replications").iterdir():
        path.unlink()
    assert stamps(fresh) == before
    run(file, one, 1)
    assert len(stamps(one)) == 1 and stamps(fresh) == before


def test_another_scenario_in_the_same_folder_leaves_no_old_answer(file, tmp_path, monkeypatch):
    folder = run(file, tmp_path / "shared", 1)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("scenarios.experiment.experiment.replicate", stop)
    with pytest.raises(KeyboardInterrupt):
        api.run(load(str(file)).changed(plant__lines=9), replications=1, out=folder, chance_only=True)
    assert not (folder / "summary.json").exists()
