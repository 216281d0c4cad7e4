"""Every command with ``--out`` on a folder that holds something else: refused, named, byte for byte unchanged."""

import shutil
from pathlib import Path

import pytest
from installed import COMMAND, interrupted

from scenarios.folder.question import Question
from scenarios.run.run_folder import RunFolder

SEATS = "contact.resident.seats"
PLAN = 'title = "Mine"\nwhy = "x"\nextends = "baseline-fy2025"\nend = 2025-04-30\n'
ARGUMENTS = {
    "run": ["plan-period", "--replications", "1"],
    "run with actuals": ["plan-period", "--actuals", "own.csv", "--set", "end=2026-06-30"],
    "compare": ["plan-period", "plan-period+seat-cut", "--replications", "2"],
    "sweep": ["plan-period", "--vary", f"{SEATS}=80:200:40"],
    "sweep --screen": ["plan-period", "--screen", "--vary", "plant.lines=4:8", "--trajectories", "2"],
    "sweep --screen of all": ["plan-period", "--screen"],
    "sweep --sobol": ["plan-period", "--sobol"],
    "sweep --lhs": ["plan-period", "--vary", f"{SEATS}=80:200", "--lhs", "1000"],
    "clock": ["plan-period", "--replications", "2", "--as-of", "2026-12-01"],
    "ledger": ["plan-period", "--resource", SEATS, "--replications", "2"],
    "size": ["plan-period", "--resource", SEATS],
    "validate": ["--replications", "2"],
    "calibrate": ["--only", "lead_times"],
}
FOREIGN = {
    "a scenario": ("scenario.toml", PLAN),
    "scenarios to compare": ("scenario-a.toml", PLAN),
    "a table": ("daily.parquet", "PAR1"),
    "answers of an older version": ("summary.json", "{}"),
    "charts of somebody": ("charts/own.png", "PNG"),
    "a workbook": ("予算.xlsx", "PK"),
    "a hidden file": (".gitignore", "*"),
    "an empty folder": ("plans/", ""),
}
WORK = (
    *(f"scenarios.experiment.experiment.{name}" for name in ("replicate", "whole", "rerun", "load_history", "spread")),
    *(f"scenarios.sweep.{name}" for name in ("screening.morris_design", "screening.moved", "study.latin")),
    *(f"scenarios.sweep.{name}" for name in ("study.grid", "study.spots")),
    "scenarios.experiment.estimate.expected",
    "scenarios.ledger.ledger._raised",
    "scenarios.size.size.look_at_today",
    "calibration.calibrate._Work",
)
"""Where work begins: simulating, points made for it, and even counting how large it is."""
OWN = "基準日,2026-04-30\n年月,申請件数\n2026-04,1234567\n"


def put(folder: Path, what: str) -> None:
    name, text = FOREIGN[what]
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir() if name.endswith("/") else path.write_text(text, encoding="utf-8")


def everything(folder: Path) -> dict[Path, tuple[int, bytes | None]]:
    """Every path with its time and content."""
    return {
        path: (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in (folder, *folder.rglob("*"))
    }


@pytest.fixture(autouse=True)
def no_work_begins(monkeypatch):
    """A test that does not want it asks for ``monkeypatch`` and undoes it."""
    for name in WORK:
        monkeypatch.setattr(name, lambda *_, name=name, **__: pytest.fail(f"{name} before the refusal"))


def test_in_a_new_folder_work_begins(inside, tmp_path):
    """Each command gets there where there is nothing to refuse, so that the tests below can fail."""
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    for command, arguments in ARGUMENTS.items():
        with pytest.raises(pytest.fail.Exception, match="before the refusal"):
            inside(command.split()[0], *arguments, "--out", "new", cwd=tmp_path)
        assert not (tmp_path / "new").exists(), command


@pytest.mark.parametrize("what", FOREIGN)
@pytest.mark.parametrize("command", ARGUMENTS)
def test_a_folder_that_holds_something_else_is_refused_and_unchanged(inside, tmp_path, command, what):
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    out = tmp_path / "out"
    put(out, what)
    before = everything(tmp_path)
    done = inside(command.split()[0], *ARGUMENTS[command], "--out", str(out), cwd=tmp_path, code=2)
    named = FOREIGN[what][0].split("/")[0]
    assert f"holds {named}" in done.stderr and f"--out {out}" in done.stderr
    assert "Traceback" not in done.stderr and done.stdout == ""
    assert everything(tmp_path) == before


@pytest.mark.parametrize("out", [".", ""])
@pytest.mark.parametrize("command", ARGUMENTS)
def test_the_current_folder_with_anything_in_it_is_refused(inside, tmp_path, command, out):
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    before = everything(tmp_path)
    done = inside(command.split()[0], *ARGUMENTS[command], "--out", out, cwd=tmp_path, code=2)
    assert "holds own.csv" in done.stderr and everything(tmp_path) == before


@pytest.mark.parametrize("command", ARGUMENTS)
def test_a_folder_in_which_another_command_is_at_work_is_refused(inside, tmp_path, command):
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    with RunFolder(tmp_path / "out") as first:
        first.ask(Question("run", "plan", []))
        first.begin({"scenario.toml": PLAN})
        before = everything(tmp_path)
        done = inside(command.split()[0], *ARGUMENTS[command], "--out", "out", cwd=tmp_path, code=2)
        assert "another cardflow command is at work in this folder" in done.stderr and done.stdout == ""
        assert "at work" in inside("report", "out", cwd=tmp_path, code=2).stderr
        assert everything(tmp_path) == before


def test_scenarios_beside_a_comparison_stay(inside, tmp_path):
    """Once ``compare --out .`` deleted them all, also the draft that took no part."""
    for name in ("scenario-a", "scenario-b", "scenario-draft"):
        (tmp_path / f"{name}.toml").write_text(PLAN, encoding="utf-8")
    before = everything(tmp_path)
    arguments = ("scenario-a.toml", "scenario-b.toml", "--out", ".", "--replications", "2")
    done = inside("compare", *arguments, cwd=tmp_path, code=2)
    assert "holds scenario-a.toml" in done.stderr and everything(tmp_path) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "scenario.toml", "--replications", "1"],
        ["sweep", "scenario.toml", "--vary", f"{SEATS}=80,90"],
        ["clock", "scenario.toml", "--replications", "2"],
        ["ledger", "scenario.toml", "--replications", "2"],
        ["size", "scenario.toml", "--resource", SEATS],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_scenario_named_like_ours_is_not_overwritten(inside, tmp_path, arguments):
    (tmp_path / "scenario.toml").write_text(f"# mine\n{PLAN}", encoding="utf-8")
    before = everything(tmp_path)
    done = inside(*arguments, "--out", ".", cwd=tmp_path, code=2)
    assert "holds scenario.toml" in done.stderr and everything(tmp_path) == before


def test_it_is_said_in_japanese(inside, tmp_path):
    put(tmp_path, "a workbook")
    done = inside("run", "plan-period", "--out", ".", "--lang", "ja", cwd=tmp_path, code=2)
    assert "予算.xlsx があります" in done.stderr and "cardflow が書いたままのものではない" in done.stderr


def test_damage_is_told_and_an_interrupted_command_leaves_no_answer_of_an_older_question(cardflow, inside, tmp_path):
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    small = ("--replications", "1", "--chance-only", "--no-margin", "--workers", "1", "--out", "out")
    cardflow("run", "plan", *small, cwd=tmp_path)
    out = tmp_path / "out"
    older = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {"summary.json", "daily.parquet", "report.html"} <= older
    kept = {path: path.read_bytes() for path in (out / "replications").iterdir()}

    shutil.copytree(out, tmp_path / "copy")
    table = tmp_path / "copy" / "daily.parquet"
    table.write_bytes(table.read_bytes()[:-100])
    (tmp_path / "copy" / "run.json").write_text("{}", encoding="utf-8")
    told = inside("report", "copy", cwd=tmp_path, code=2).stderr
    assert "daily.parquet   is missing, damaged" in told and "run.json   is missing" in told and "Traceback" not in told
    told = inside("report", "copy", "--lang", "ja", cwd=tmp_path, code=2).stderr
    assert "daily.parquet   がないか、壊れているか" in told

    command = [str(COMMAND), "run", "plan", *small, "--set", "plant.lines=9", "--seed", "2"]

    def begun() -> bool:
        return "lines = 9" in (out / "scenario.toml").read_text(encoding="utf-8")

    code, _, _ = interrupted(command, tmp_path, begun)
    assert code == 130
    left = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    left = {name for name in left if not name.startswith((".cardflow/", "replications/", "track-record"))}
    assert left == {"scenario.toml"} and "lines = 9" in (out / "scenario.toml").read_text(encoding="utf-8")
    assert all(path.read_bytes() == content for path, content in kept.items())
    told = inside("report", "out", cwd=tmp_path, code=2).stderr
    assert "give the same command again" in told
