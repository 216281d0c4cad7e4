"""From the empty template to a run that starts from the planner's own figures, and what that run may show of them."""

import json
import re
import shutil
from datetime import date
from types import SimpleNamespace

import openpyxl
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import cardflow as api

MONTHS = {
    "2025-04": (1_317_641, 1_280_629, 331_337, 0.9907, 613, 41_011, 0.9703, 47),
    "2025-05": (1_287_653, 1_250_641, 341_347, 0.9871, 614, 42_019, 0.9607, 48),
}
COLUMNS = "BCEFGHIJ"
BACKLOG = (543_217, 987_653)
QUICK = ("--replications", "1", "--no-margin", "--chance-only", "--workers", "1", "--set", "end=2025-06-30")


@pytest.fixture(scope="module")
def planned(tmp_path_factory, cardflow):
    """A run with a filled template beside it."""
    home = tmp_path_factory.mktemp("実績")
    said = cardflow("actuals-template", "実績.xlsx", "--lang", "ja", cwd=home).stdout
    book = openpyxl.load_workbook(home / "実績.xlsx")
    for row, figures in enumerate(MONTHS.values(), start=7):
        for column, figure in zip(COLUMNS, figures, strict=True):
            book["月次"][f"{column}{row}"] = figure
    book["月次"]["B1"], book["月次"]["B2"], book["月次"]["B3"] = date(2025, 5, 31), *BACKLOG
    book.save(home / "実績.xlsx")
    before = (home / "実績.xlsx").read_bytes()
    done = cardflow("run", "baseline-fy2025", "--actuals", "実績.xlsx", "--out", "run", *QUICK, cwd=home)
    return SimpleNamespace(home=home, folder=home / "run", before=before, said=said, stdout=done.stdout)


def read(planned, name):
    return json.loads((planned.folder / name).read_text(encoding="utf-8"))


def test_the_template_says_what_to_do_and_is_not_overwritten(planned, inside):
    assert "cardflow run plan-period --actuals 実績.xlsx" in planned.said
    done = inside("actuals-template", "実績.xlsx", cwd=planned.home, code=2)
    assert "is there already" in done.stderr
    assert "must end in .xlsx" in inside("actuals-template", "実績.csv", cwd=planned.home, code=2).stderr


def test_the_file_is_untouched_and_not_copied(planned):
    assert (planned.home / "実績.xlsx").read_bytes() == planned.before
    assert not list(planned.folder.rglob("*.xlsx"))


def test_applications_are_exactly_the_stated_ones(planned):
    daily = pq.read_table(planned.folder / "daily.parquet")
    months = pc.strftime(daily["date"], "%Y-%m")
    for month, (applications, *_) in MONTHS.items():
        assert pc.sum(daily["applications"].filter(pc.equal(months, month))).as_py() == applications
    assert pc.sum(daily["applications"].filter(pc.equal(months, "2025-06"))).as_py() > 0


def test_the_run_goes_on_from_the_stated_work(planned):
    daily = pq.read_table(planned.folder / "daily.parquet").to_pandas().set_index("date")
    restated = daily[["restated_cards", "restated_at_municipalities"]]
    assert restated.index[restated.any(axis=1)].tolist() == [date(2025, 6, 1)]
    inside = daily[[f"waiting_{name}" for name in ("checks", "data", "production", "inspection", "dispatch")]]
    assert abs(inside.loc[date(2025, 6, 1)].sum() - BACKLOG[0]) < 0.1 * BACKLOG[0]  # a Sunday: only receipts are new
    assert daily["calls_seats"].loc[date(2025, 5, 31)] == 614
    assert daily["calls_seats"].loc[date(2025, 6, 1)] == 614


def test_the_run_names_file_and_date_and_keeps_only_what_charts_draw(planned):
    named = {"file": "実績.xlsx", "as_of": "2025-05-31"}
    named["afterwards"] = [{"path": "demand.actual", "last": "2025-05", "then": "forecast"}] + [
        {"path": f"contact.{centre}.seats", "last": "2025-05", "then": "held", "until": None} for centre in CENTRES
    ]
    assert "seats (residents) stay as last stated" in planned.stdout
    assert read(planned, "summary.json")["actuals"] == named
    run = read(planned, "run.json")
    assert run["actuals"] == named and [change["path"] for change in run["changes"]] == ["end"]
    assert set(run["replaced"]) == {"demand.actual", "opening.restated", *(f"contact.{c}.seats" for c in CENTRES)}
    drawn = read(planned, "actuals.json")
    assert set(drawn) == {"file", "as_of", "months"} and [row["month"] for row in drawn["months"]] == list(MONTHS)
    assert "実績.xlsx" in planned.stdout and str(planned.home) not in json.dumps([run, drawn], ensure_ascii=False)


CENTRES = ("resident", "helpdesk")


def listed(page: str) -> str:
    """The page without its pictures."""
    return re.sub("<svg.*?</svg>", "", page, flags=re.DOTALL)


@pytest.mark.usefixtures("unpainted")
def test_the_report_names_the_figures_and_lists_none_in_either_language(planned, inside):
    figures = {figure for row in MONTHS.values() for figure in row} | set(BACKLOG)
    shown = {form for figure in figures if figure > 100 for form in (f"{figure}", f"{figure:,}")}
    shown |= {form for figure in figures if figure < 1 for form in (f"{figure}", f"{100 * figure:.2f}")}
    for lang in ("en", "ja"):
        if lang == "ja":
            inside("report", "run", "--lang", lang, cwd=planned.home)
        text = listed((planned.folder / "report.html").read_text(encoding="utf-8"))
        assert f'lang="{lang}"' in text and text.count("実績.xlsx") >= 2 + 4
        assert [form for form in shown if re.search(rf"(?<![\d.,#]){re.escape(form)}(?![\d,.])", text)] == []


def test_charts_carry_the_figures(planned):
    import drawn
    import numpy as np

    from reports import actuals, catalogue, values
    from reports.drawing import Series
    from reports.run.document import document
    from reports.run_data import read as read_run

    data, cat = read_run(planned.folder), catalogue.load("ja")
    assert actuals.monthly(data, "applications").tolist()[:2] == [1_317_641, 1_287_653]
    charts = drawn.charts(document(data))
    for name in ("wave", "dispatch", "answer-rate", "calls-by-cause", "seats"):
        points = [mark.values for mark in drawn.marks(charts[name].make(), Series) if mark.look.marker == "diamond"]
        assert [0, 1] in [np.flatnonzero(np.isfinite(values)).tolist() for values in points], name
        named = [values.text(cat, mark.name) for mark in drawn.marks(charts[name].make(), Series)]
        assert "実績" in named, name


def test_the_resolved_scenario_is_the_same_run_without_the_file(planned, tmp_path):
    """All replications are found again, so parameters and digest are the same; nothing of the figures stays behind."""
    again = shutil.copytree(planned.folder, tmp_path / "again")
    before = {path.name: path.stat().st_mtime_ns for path in (again / "replications").iterdir()}
    run = api.run(str(again / "scenario.toml"), replications=1, chance_only=True, out=again)
    assert {path.name: path.stat().st_mtime_ns for path in (again / "replications").iterdir()} == before
    assert run.summary["totals"] == read(planned, "summary.json")["totals"] and "actuals" not in run.summary
    assert not (again / "actuals.json").exists()


def test_wrong_figures_are_refused_before_anything_runs(planned, inside):
    (planned.home / "wrong.csv").write_text("基準日,2025-05-31\n年月,申請件数\n2025-04,1300\n", encoding="cp932")
    done = inside("run", "baseline-fy2025", "--actuals", "wrong.csv", "--out", "none", cwd=planned.home, code=2)
    assert "wrong.csv: 1 error, nothing was run" in done.stderr and "B3 = 1300   wrong unit?" in done.stderr
    assert not (planned.home / "none").exists()


def test_an_as_of_date_after_the_run_says_what_to_change(planned, inside):
    ended = ("--set", "end=2025-04-30", "--out", "none")
    done = inside("run", "baseline-fy2025", "--actuals", "実績.xlsx", *ended, cwd=planned.home, code=2)
    assert "--set end=2025-05-31" in done.stderr and "Traceback" not in done.stderr
