"""``cardflow size`` as a user runs it, small: keys, page, prices, going on after an interruption, bad names."""

import json
import shutil
from pathlib import Path

import pytest
from installed import SHORT

import cardflow as api
from scenarios.experiment.progress import Progress
from scenarios.files.load import load
from scenarios.records import as_json
from scenarios.size.size import SizeOptions, size

KEYS = ["resource", "period", "least", "probability", "low", "high", "cost_yen"]
SEATS = "contact.helpdesk.seats=20:120"
QUICKLY = ["--confidence", "0.5", "--replications", "6", "--fresh", "6", "--chance-only", "--workers", "1"]
QUICKLY += ["--as-of", "2026-12-01"]
OPTIONS = SizeOptions(confidence=0.5, replications=6, fresh=6, chance_only=True)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("size")
    (folder / "short.toml").write_text(SHORT.replace("06-30", "04-30"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def sized(cardflow, place) -> list[dict]:
    done = cardflow("size", "short", "--resource", SEATS, *QUICKLY, "--json", "--out", "out", cwd=place)
    return json.loads(done.stdout)


def test_json_is_a_list_with_exactly_the_documented_keys(sized):
    (row,) = sized
    assert list(row) == KEYS
    assert (row["resource"], row["period"], row["cost_yen"]) == ("contact.helpdesk.seats", "FY2025", None)
    assert 20 < row["least"] < 120
    assert row["low"] <= row["probability"] <= row["high"]


def test_the_folder_holds_page_charts_answer_and_replications(sized, place):
    folder = place / "out"
    page = (folder / "size.html").read_text(encoding="utf-8")
    assert "short" in page and f"{sized[0]['least']:g}" in page
    assert list((folder / "charts").glob("sized-*.png"))
    found = json.loads((folder / "size.json").read_text(encoding="utf-8"))
    (plan,) = found["plans"]
    assert {"certainty", "asked", "shown", "levels", "evidence", "every_year", "today_evidence"} <= set(plan)
    assert plan["evidence"][0]["of"] == 6
    assert found["as_of"] == "2026-12-01"
    assert len(list((folder / "replications" / "whole").glob("*.npz"))) == 6, "fresh ones leave what they need alone"


def test_with_prices_the_api_adds_plans_and_a_budget_and_simulates_only_them(sized, cardflow, place, monkeypatch):
    monkeypatch.chdir(place)
    cardflow("prices-template", "prices.toml", cwd=place)
    monkeypatch.setattr("scenarios.experiment.experiment.whole", None)
    found = api.size("short", [SEATS], options=OPTIONS, prices="prices.toml", out="out")
    assert [plan["certainty"] for plan in found.size["plans"]] == [0.5]
    withheld = {each["certainty"]: each["needs"] for each in found.size["withheld"]}
    assert withheld == {0.8: 14, 0.9: 29, 0.95: 59, 0.99: 299}, "six replications show no more than 50 %"
    (row,) = found.rows.to_dict("records")
    assert row["cost_yen"] > 0
    asked = found.size["plans"][0]["cost"]
    assert sum(line["yen_incl_tax"] for line in asked["lines"]) == asked["years"][0]["yen_incl_tax"]
    assert found.write_report("ja").is_file() and (place / "out" / "budget.xlsx").is_file()


def test_an_interrupted_search_goes_on_where_it_was(sized, place):
    whole, half = place / "out", place / "cut"
    shutil.copytree(whole, half)
    lost = [half / "size.json", *sorted((half / "needs").iterdir())[::2]]
    lost += sorted((half / "replications").glob("*.npz"))[::2]
    for path in lost:
        path.unlink()
    before = {path: path.stat().st_mtime_ns for path in half.rglob("*") if path.suffix in (".json", ".npz")}
    scenario, (targets, options) = load(str(place / "short.toml")), ([], OPTIONS)

    def stop(task):
        if len(list((half / "needs").iterdir())) > 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        size(scenario, [SEATS], targets, half, options, progress=Progress(done=stop))
    assert not (half / "size.json").exists()
    found = size(scenario, [SEATS], targets, half, options)
    assert as_json(found.rows) == sized
    assert all(
        path.stat().st_mtime_ns == stamp
        for path, stamp in before.items()
        if path.parent.name not in ("cut", ".cardflow")
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--resource", "contact.resident.seat"], "did you mean contact.resident.seats?"),
        (["--resource", "plant.lines=9:4"], "is an empty range"),
        (["--resource", "plant.lines", "--target", "calls-95"], "is never reachable with these resources"),
        (["--resource", "plant.lines", "--prices", "few.toml"], "plant.lines   has no price"),
        ([], "none is named"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(inside, arguments, told, tmp_path):
    (tmp_path / "few.toml").write_text(PRICES, encoding="utf-8")
    done = inside("size", "plan-period", *arguments, cwd=tmp_path, code=2)
    assert told in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and done.stdout == "" and len(list(tmp_path.iterdir())) == 1


PRICES = """\
[contact.resident.seats]
yen = 400000
every = "month"
tax_rate = 0.1
tax_included = false
funding = "x"
from = 2025
assumed = true
"""
