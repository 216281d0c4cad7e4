"""``cardflow sweep`` as a user runs it, small: keys, page, going on from the store, a screening, bad input."""

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from installed import SHORT

import cardflow as api
from scenarios.sweep import screening

SEATS = "contact.resident.seats"
VARY = f"{SEATS}=70,130"
KEYS = ["point", SEATS, "id", "period", "statistic", "value", "low", "high", "probability", "computed", "verdict"]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("sweep")
    (folder / "short.toml").write_text(SHORT.replace("06-30", "04-30"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def swept(cardflow, place) -> tuple[Path, list[dict], str]:
    arguments = "--replications", 2, "--workers", 1, "--chance-only", "--json", "--out", "out"
    done = cardflow("sweep", "short", "--vary", VARY, *arguments, cwd=place)
    return place / "out", json.loads(done.stdout), done.stderr


def test_json_is_a_list_with_exactly_the_documented_keys(swept):
    _, rows, stderr = swept
    assert all(list(row) == KEYS for row in rows)
    year = {row["point"]: row for row in rows if (row["id"], row["period"]) == ("calls-95", "FY2025")}
    assert [year[point][SEATS] for point in (1, 2)] == [70, 130]
    assert year[1]["value"] < year[2]["value"] and year[1]["probability"] == 0
    assert year[1]["low"] <= year[1]["value"] <= year[1]["high"]
    assert {row["period"] for row in rows} == {"FY2025", "all", "years"}
    assert "takes about" in stderr and "at most 3 replications" in stderr


def test_the_folder_holds_page_charts_table_and_replications(swept):
    folder, rows, _ = swept
    page = (folder / "sweep.html").read_text(encoding="utf-8")
    assert SEATS in page
    assert [path.name for path in (folder / "charts").glob("*.png")] == ["sweep-response-calls-95.png"]
    assert len(list((folder / "replications").glob("*.npz"))) == 4
    table = pd.read_parquet(folder / "sweep.parquet")
    assert table.groupby(["point", "replication"]).ngroups == 4 and set(table[SEATS]) == {70, 130}
    assert api.load(str(folder / "scenario.toml")).parameters.contact.resident.seats.at(date(2025, 4, 1)) == 142
    assert len(json.loads((folder / "sweep.json").read_text(encoding="utf-8"))["rows"]) == len(rows)


def test_what_is_stored_is_not_simulated_again(swept, place, monkeypatch, inside, capsys):
    folder, rows, _ = swept
    monkeypatch.chdir(place)
    monkeypatch.setattr("scenarios.experiment.experiment.replicate", None)
    found = api.sweep("short", {SEATS: [70, 130]}, replications=2, chance_only=True, out="out")
    assert len(found.rows) == len(rows) and list(found.replications[SEATS].unique()) == [70, 130]
    arguments = "--replications", "2", "--chance-only", "--json", "--out", str(folder)
    done = inside("sweep", "short", "--vary", VARY, *arguments, cwd=place)
    assert json.loads(done.stdout) == rows and "takes about" not in done.stderr


def test_a_screening_says_what_drives_the_calls(swept, place, monkeypatch):
    """Both ends of the range are in the store already."""
    monkeypatch.chdir(place)
    shutil.copytree(swept[0] / "replications", place / "screened" / "replications")
    monkeypatch.setattr(screening, "SWING_REPLICATIONS", 2)
    found = api.sweep("short", {SEATS: "70:130"}, screen=True, trajectories=2, replications=1, out="screened")
    effects = found.rows[found.rows["period"] == "FY2025"].set_index("id")
    assert effects.loc["calls-95", "mu"] > 0.05 and effects.loc["issue-14-days/standard", "mu_star"] == 0
    assert found.sweep["drivers"] == [SEATS] and found.sweep["shares"] is None
    swing = next(row for row in found.sweep["swings"] if (row["id"], row["period"]) == ("calls-95", "FY2025"))
    assert (swing["low_input"], swing["input"], swing["high_input"]) == (70, 142, 130)
    assert swing["low_effect"]["mean"] < 0 < swing["swing"]["mean"]  # of two replications no interval need leave 0 out
    assert len(list((place / "screened" / "replications").glob("*.npz"))) <= 4 + 2 + 2
    assert set(found.replications["design"]) == {"morris", "one_at_a_time"}
    assert "応答率" in found.write_report("ja").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["plan-perod", "--vary", VARY], ["did you mean plan-period?"]),
        (["plan-period", "--vary", "contact.resident.seat=1:2:1"], ["did you mean contact.resident.seats?"]),
        (["plan-period", "--vary", "plant.lines=9:4:1", "--vary", f"{SEATS}=1:9:0"], ["is empty", "more than 0"]),
        (["plan-period", "--vary", "plant.lines=4:8"], ["needs a step", "--lhs N"]),
        (["plan-period"], ["takes --vary"]),
        (["plan-period", "--vary", f"{SEATS}=1:5000:1"], ["5,000 points, more than 1,000"]),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(inside, arguments, told, tmp_path):
    done = inside("sweep", *arguments, cwd=tmp_path, code=2)
    assert all(words in done.stderr for words in told), done.stderr
    assert "Traceback" not in done.stderr and done.stdout == "" and not list(tmp_path.iterdir())


def test_a_long_sweep_without_anybody_to_ask_tells_its_time_and_goes_on(inside, place, monkeypatch):
    monkeypatch.setattr("scenarios.experiment.progress.ASK_ABOVE_SECONDS", 0)
    monkeypatch.setattr("sys.stdin", None)
    done = inside("sweep", "short", "--vary", VARY, "--chance-only", "--replications", "3", "--out", "out", cwd=place)
    assert "takes about" in done.stderr and "Start?" not in done.stderr
    assert (place / "out" / "sweep.json").exists()
