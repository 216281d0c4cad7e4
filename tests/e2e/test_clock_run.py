"""``cardflow clock`` as a user runs it, small: keys, page, going on from the store, lead times, bad input."""

import json
from datetime import date
from pathlib import Path

import pytest
from installed import SHORT

import cardflow as api

KEYS = {
    "target", "period", "purpose", "wire", "side", "threshold", "weeks", "hits", "of_breaks", "hit_rate", "hit_low",
    "hit_high", "saved", "right_alarms", "alarms", "precision", "precision_low", "precision_high", "base_rate",
    "base_rate_low", "base_rate_high", "false_alarms", "of_others", "false_alarm_rate", "false_alarm_low",
    "false_alarm_high", "warning_days", "warning_days_low", "warning_days_high", "resource", "last_date_to_act",
    "probability", "probability_low", "probability_high", "computed", "requested", "no_wire",
}  # fmt: skip
SEATS = "[contact.resident]\nseats = 20\n"
LEADS = """\
[contact.resident.seats]
procurement_months = 1
hiring_months = 1
training_months = 0
in_request = false
assumed = false
why = "Ours."
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("clock")
    (folder / "short.toml").write_text(SHORT.replace("06-30", "04-30") + SEATS, encoding="utf-8")
    (folder / "ours.toml").write_text(LEADS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def clocked(cardflow, place) -> tuple[Path, list[dict]]:
    arguments = "--replications", 2, "--workers", 1, "--json", "--as-of", "2025-04-01", "--out", "out"
    done = cardflow("clock", "short", *arguments, cwd=place)
    return place / "out", json.loads(done.stdout)


def test_json_is_a_list_with_exactly_the_documented_keys(clocked):
    _, rows = clocked
    assert all(set(row) == KEYS for row in rows)
    calls = next(row for row in rows if row["target"] == "calls-95")
    assert (calls["period"], calls["no_wire"], calls["probability"]) == ("FY2025", "always", 1)
    assert (calls["resource"], calls["last_date_to_act"]) == ("contact.resident.seats", "2023-08-31")
    assert next(row for row in rows if row["target"] == "issue-14-days/standard")["no_wire"] == "never"


def test_the_folder_holds_page_charts_inputs_and_replications(clocked):
    folder, _ = clocked
    page = (folder / "clock.html").read_text(encoding="utf-8")
    assert "act now" in page and "2023-08-31 (passed)" in page
    assert [path.name for path in (folder / "charts").glob("*.png")] == ["clock-calendar.png"]
    assert len(list((folder / "replications" / "whole").glob("*.npz"))) == 2
    assert api.load(str(folder / "scenario.toml")).parameters.contact.resident.seats.at(date(2025, 4, 1)) == 20


def test_the_api_takes_it_up_with_other_lead_times(clocked, place, monkeypatch):
    monkeypatch.chdir(place)
    for simulates in ("scenarios.experiment.experiment.whole", "scenarios.clock.saving.again"):
        monkeypatch.setattr(simulates, None)
    found = api.clock("short", ["calls-95"], 2, out="out", lead_times="ours.toml", as_of=date(2025, 1, 1))
    (dates,) = found.dates.to_dict("records")
    assert (dates["last_date_to_act"], dates["request_by"], dates["assumed"]) == ("2025-02-01", None, False)
    assert list(found.rows["target"]) == ["calls-95"]
    assert "コールセンター" in found.write_report("ja").read_text(encoding="utf-8")


def test_a_template_can_be_edited_and_is_not_overwritten(inside, tmp_path):
    inside("lead-times-template", "mine.toml", cwd=tmp_path)
    assert "仮定値" in (tmp_path / "mine.toml").read_text(encoding="utf-8")
    again = inside("lead-times-template", "mine.toml", cwd=tmp_path, code=2)
    assert "is there already" in again.stderr
    assert "must end in .toml" in inside("lead-times-template", "mine.txt", cwd=tmp_path, code=2).stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["plan-perod"], ["no scenario 'plan-perod'", "did you mean plan-period?"]),
        (["plan-period", "--set", "plant.line=9"], ["did you mean plant.lines?"]),
        (["plan-period", "--target", "calls-59"], ["did you mean calls-95?"]),
        (["plan-period", "--replications", "1"], ["takes 2 or more"]),
        (["plan-period", "--as-of", "tomorrow"], ["must be a date such as"]),
        (["plan-period", "--as-of", "1999-05-01"], ["--as-of 1999-05-01   must lie between 2025-04-01 and 2031-03-31"]),
        (["plan-period", "--lead-times", "none.toml"], ["none.toml", "cannot be read"]),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(inside, arguments, told, tmp_path):
    done = inside("clock", *arguments, cwd=tmp_path, code=2)
    assert all(words in done.stderr for words in told), done.stderr
    assert "Traceback" not in done.stderr and done.stdout == "" and not list(tmp_path.iterdir())
