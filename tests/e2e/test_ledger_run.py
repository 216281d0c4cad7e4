"""``cardflow ledger`` as a user runs it, small: keys, page, going on where it was, bad names."""

import json
from pathlib import Path

import openpyxl
import pytest
from installed import SHORT

import cardflow as api

KEYS = ["resource", "period", "saves", "unit_added", "difference", "low", "high", "clear"]
SEATS = "contact.resident.seats"
FEW = "\n[contact.resident]\nseats = 40\n\n[plant]\ncards_per_day = 30000\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "short.toml").write_text(SHORT.replace("06-30", "04-30") + FEW, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(cardflow, place) -> tuple[Path, list[dict]]:
    asked = "--resource", SEATS, "--resource", "systems.jpki_per_day"
    arguments = *asked, "--replications", 2, "--workers", 1, "--chance-only", "--json", "--out", "out"
    done = cardflow("ledger", "short", *arguments, cwd=place)
    return place / "out", json.loads(done.stdout)


def test_json_is_a_list_with_exactly_the_documented_keys(made):
    _, rows = made
    assert all(list(row) == KEYS for row in rows)
    seats = [row for row in rows if row["resource"] == SEATS]
    assert [(row["saves"], row["unit_added"]) for row in seats] == [("lost_calls_resident", 1)]
    assert seats[0]["low"] <= seats[0]["difference"] <= seats[0]["high"] and seats[0]["difference"] > 0
    ample = [row for row in rows if row["resource"] == "systems.jpki_per_day"]
    assert {row["difference"] for row in ample} == {0} and len(ample) == 3


def test_the_folder_holds_page_charts_scenario_and_ledger(made):
    folder, rows = made
    page = (folder / "ledger.html").read_text(encoding="utf-8")
    assert SEATS in page and len(list((folder / "charts").glob("*.png"))) == 3
    told = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))
    assert len(told["rows"]) == len(rows) and {entry["kind"] for entry in told["ledger"]} == {
        "late_cards", "late_cards_with_closure", "late_days", "lost_calls",
    }  # fmt: skip
    assert api.load(str(folder / "scenario.toml")).name == "scenario"


def test_the_api_takes_it_up_and_simulates_nothing_again(made, place, monkeypatch):
    monkeypatch.chdir(place)
    for name in ("replicate", "whole", "rerun"):
        monkeypatch.setattr(f"scenarios.experiment.experiment.{name}", None)
    found = api.ledger("short", [SEATS, "systems.jpki_per_day"], replications=2, chance_only=True, out="out")
    assert set(found.causes["kind"]) == {"late_cards", "late_cards_with_closure", "late_days", "lost_calls"}
    assert set(found.targets["target"]) == {"calls-95", "helpdesk-95", "renewed-in-time", "counters-no-errors"}
    assert found.prices["clear"].notna().any() and len(found.prices) == len(made[1])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["plan-perod"], ["did you mean plan-period?"]),
        (["plan-period", "--resource", "contact.resident.seat"], ["did you mean contact.resident.seats?"]),
        (["plan-period", "--resource", "plant.line", "--resource", "x"], ["did you mean plant.lines?", "x   is no"]),
        (["plan-period+seats-policy", "--resource", SEATS], ["seats_policy=fixed"]),
        (["plan-period", "--replications", "1"], ["takes 2 or more"]),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(inside, arguments, told, tmp_path):
    done = inside("ledger", *arguments, cwd=tmp_path, code=2)
    assert all(words in done.stderr for words in told), done.stderr
    assert "Traceback" not in done.stderr and done.stdout == "" and not list(tmp_path.iterdir())


def test_its_answer_becomes_a_workbook_a_sheet_of_it_csv_and_the_page_again(cardflow, made):
    folder, rows = made
    done = cardflow("workbook", folder, cwd=folder.parent)
    assert done.stdout.strip() == str(folder / "ledger.xlsx")
    book = openpyxl.load_workbook(folder / "ledger.xlsx")
    held = {
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)
    }
    assert {round(row["difference"], 6) for row in rows} <= {round(value, 6) for value in held}
    sheet = book.sheetnames[1]
    written = Path(cardflow("workbook", folder, "--csv", sheet, cwd=folder.parent).stdout.strip())
    assert written.read_bytes().startswith(b"\xef\xbb\xbf") and "seats" in written.read_text(encoding="utf-8-sig")
    wrong = cardflow("workbook", folder, "--csv", "nowhere", cwd=folder.parent, code=2)
    assert "no such sheet" in wrong.stderr and sheet in wrong.stderr
    assert (folder / "ledger.html").is_file() and (folder / "ledger.xlsx").is_file()
    assert cardflow("report", folder, "--lang", "ja", cwd=folder.parent).stdout.strip() == str(folder / "ledger.html")
    assert '<html lang="ja">' in (folder / "ledger.html").read_text(encoding="utf-8")
