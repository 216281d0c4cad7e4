"""``cardflow compare`` as a user runs it, small: keys, page, going on after an interruption, bad names."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from installed import COMMAND, SHORT, environment, interrupted

import cardflow as api

KEYS = ["scenario", "against", "kind", "id", "period", "difference", "low", "high"]
FEWER = 'title = "Fewer seats"\nwhy = "A part."\n\n[contact.resident]\nseats = 100\n'


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("compare")
    (folder / "short.toml").write_text(SHORT.replace("06-30", "04-30"), encoding="utf-8")
    (folder / "fewer.toml").write_text(FEWER, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def compared(cardflow, place) -> tuple[Path, list[dict]]:
    arguments = "--replications", 2, "--workers", 1, "--chance-only", "--json", "--out", "out"
    done = cardflow("compare", "short", "short+fewer", *arguments, cwd=place)
    return place / "out", json.loads(done.stdout)


def test_json_is_a_list_with_exactly_the_documented_keys(compared):
    _, rows = compared
    assert all(list(row) == KEYS for row in rows)
    assert {(row["scenario"], row["against"]) for row in rows} == {("short+fewer", "short")}
    year = {row["id"]: row for row in rows if row["period"] == "FY2025"}
    assert year["applications"]["difference"] == year["issue-14-days/standard"]["difference"] == 0
    assert year["calls-95"]["difference"] < 0
    assert year["calls-95"]["low"] <= year["calls-95"]["difference"] <= year["calls-95"]["high"]
    untested = next(row for row in rows if row["id"] == "intake-160k")
    assert (untested["difference"], untested["low"], untested["high"]) == (None, None, None)


def test_the_folder_holds_page_charts_scenarios_and_replications(compared):
    folder, rows = compared
    page = (folder / "comparison.html").read_text(encoding="utf-8")
    assert "contact.resident.seats" in page and "short+fewer" in page
    assert len(list((folder / "charts").glob("comparison-*.png"))) == 7
    assert len(list((folder / "replications").glob("*.npz"))) == 4
    assert api.load(str(folder / "scenario-2.toml")).parameters.contact.resident.seats.at(date(2025, 4, 1)) == 100
    assert len(json.loads((folder / "comparison.json").read_text(encoding="utf-8"))["rows"]) == len(rows)


def test_the_api_takes_it_up_and_gives_a_frame(compared, place, monkeypatch):
    monkeypatch.chdir(place)
    monkeypatch.setattr("scenarios.experiment.experiment.replicate", None)
    found = api.compare("short", "short+fewer", replications=2, chance_only=True, out="out")
    assert list(found.rows["id"].unique())[:2] == ["issue-14-days/standard", "express-7-days/express"]
    assert set(found.clear["id"]) <= {"calls-95", "calls_offered"}


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are signalled otherwise")
def test_an_interrupted_comparison_goes_on_where_it_was(compared, place):
    command = [str(COMMAND), "compare", "short", "short+fewer", "--replications", "2", "--workers", "1"]
    command += ["--chance-only", "--no-page", "--json", "--out", "cut"]
    replications = place / "cut" / "replications"
    code, _, stderr = interrupted(command, place, lambda: list(replications.glob("*.npz")))
    assert code == 130 and "goes on from there" in stderr and "Traceback" not in stderr
    before = {path.name: path.stat().st_mtime_ns for path in replications.glob("*.npz")}
    assert 1 <= len(before) < 4 and not (place / "cut" / "comparison.json").exists()
    done = subprocess.run(command, cwd=place, env=environment(), capture_output=True, timeout=300, check=True)
    after = {path.name: path.stat().st_mtime_ns for path in replications.glob("*.npz")}
    assert before.items() <= after.items() and len(after) == 4
    assert json.loads(done.stdout) == compared[1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["plan-period", "plan-perod"], ["no scenario 'plan-perod'", "did you mean plan-period?"]),
        (["plan-period", "plan-period", "--set", "plant.line=9"], ["did you mean plant.lines?"]),
        (["plan-period", "seat-cut"], ["it is a part"]),
        (["plan-period"], ["two or more scenarios"]),
        (["plan-period", "plan-period+seat-cut", "--replications", "1"], ["takes 2 or more"]),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(inside, arguments, told, tmp_path):
    done = inside("compare", *arguments, cwd=tmp_path, code=2)
    assert all(words in done.stderr for words in told), done.stderr
    assert "Traceback" not in done.stderr and done.stdout == "" and not list(tmp_path.iterdir())
