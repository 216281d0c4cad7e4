"""``cardflow run`` and ``report``: what is printed, and what stands in the folder."""

import json
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest

import cardflow as api
from scenarios.experiment.experiment import Point
from scenarios.files.find import LIBRARY
from scenarios.files.load import load
from sim.parts import FACTS

SMALL = ("--replications", 2, "--no-margin")
SUMMARY = {
    "scenario", "title", "seed", "replications", "first_day", "last_day", "version", "targets", "totals",
    "ledger",
}  # fmt: skip
ROW = {
    "id", "part", "period", "statistic", "decides", "value", "low", "high", "threshold", "probability", "computed",
    "probability_low", "probability_high", "verdict", "first_breach", "short_of", "driver",
    "driver_reference", "driver_forecast_low", "driver_forecast_high", "margin_50", "margin_50_low", "margin_50_high",
    "margin_80", "margin_80_low", "margin_80_high", "margin_90", "margin_90_low", "margin_90_high",
    "margin_replications", "uses_up",
}  # fmt: skip
TOTALS = {
    "applications", "cards_dispatched", "express_dispatched", "cards_handed_over", "certificates_renewed",
    "notices_sent", "calls_offered", "calls_answered", "helpdesk_offered", "helpdesk_answered",
}  # fmt: skip
TARGETS = {
    "issue-14-days", "express-7-days", "dispatch-4.8m", "intake-160k", "calls-95", "helpdesk-95", "availability-99.9",
    "renewed-in-time", "counters-no-errors", "notices-3-months",
}  # fmt: skip


@pytest.fixture(scope="module")
def quarter(tmp_path_factory, cardflow):
    """A run of a scenario file with a Japanese name, in a folder with a Japanese name."""
    home = tmp_path_factory.mktemp("作業")
    (home / "計画").mkdir()
    file = home / "計画" / "シナリオ.toml"
    file.write_text(
        'title = "短い計画"\nwhy = "To see."\nextends = "baseline-fy2025"\nend = 2025-06-30\n', encoding="utf-8"
    )
    changed = ("--set", "plant.cards_per_day=200000", "--seed", 3, "--workers", 2)
    done = cardflow("run", "計画/シナリオ.toml", "--out", "結果/第一", *SMALL, *changed, cwd=home)
    folder = home / "結果" / "第一"
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return SimpleNamespace(home=home, file=file, folder=folder, summary=summary, changed=changed, stdout=done.stdout)


def tables(folder: Path):
    return {path.name: pq.read_table(path) for path in sorted(folder.glob("*.parquet"))}


def test_the_folder_holds_everything(quarter):
    names = {path.relative_to(quarter.folder).as_posix() for path in quarter.folder.rglob("*") if path.is_file()}
    replications = {name for name in names if name.startswith("replications/")}
    charts = {name for name in names if name.startswith("charts/")}
    tables = {f"{name}.parquet" for name in ("daily", "lead_times", "ledger", "counters")}
    files = tables | {"summary.json", "run.json", "scenario.toml"}
    beside = {"report.html", "report.ja.html", "track-record.jsonl", ".cardflow/contents.json", ".cardflow/lock"}
    assert names == replications | charts | files | beside
    assert len(replications) == 2 + 5
    assert all(name.endswith(".npz") for name in replications)
    assert {Path(name).stem for name in charts if name.endswith(".png")} == {
        Path(name).stem for name in charts if name.endswith(".svg")
    }
    assert len(charts) >= 12


def test_the_screen_shows_verdicts_and_names_the_report(quarter):
    assert "短い計画" in quarter.stdout
    assert str(Path("結果") / "第一" / "report.html") in quarter.stdout


def test_the_page_fetches_nothing(quarter):
    page = (quarter.folder / "report.html").read_text(encoding="utf-8")
    sources = re.findall(r"""(?:src|href)\s*=\s*["']([^"']*)""", page)
    assert sources
    assert all(source.startswith(("data:", "#")) or source == "report.ja.html" for source in sources)
    assert not re.search(r"@import|url\((?!['\"]?(?:data:|#))|<script[^>]+src", page)


def test_daily_has_a_row_a_day_and_replication_with_documented_columns(quarter):
    table = pq.read_table(quarter.folder / "daily.parquet")
    assert table.num_rows == 2 * 91
    assert table.column_names == ["date", "replication", *FACTS]
    assert str(table["date"][0]) == "2025-04-01" and str(table["date"][-1]) == "2025-06-30"
    for fact in FACTS.values():
        field = table.schema.field(fact.name)
        assert field.metadata == {b"unit": fact.unit.encode(), b"meaning": fact.meaning.encode()}
    formats = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    assert [name for name in (*table.column_names, *ROW, *SUMMARY) if f"`{name}`" not in formats] == []


def test_lead_times_are_counts_by_month_class_and_days(quarter):
    table = pq.read_table(quarter.folder / "lead_times.parquet").to_pandas()
    assert {"month", "class", "days", "cards"} <= set(table.columns)
    assert table["cards"].gt(0).all()
    assert set(table["class"]) == {"standard", "express"}
    assert set(table["month"]) == {f"2025-{month:02d}" for month in range(4, 7)}


def test_summary_has_the_documented_keys(quarter):
    summary = quarter.summary
    assert set(summary) == SUMMARY
    assert all(set(row) >= ROW for row in summary["targets"])
    assert list(summary["totals"]) == ["FY2025"]
    assert set(summary["totals"]["FY2025"]) >= TOTALS
    assert {row["kind"] for row in summary["ledger"]} == {
        "late_cards",
        "late_cards_with_closure",
        "late_days",
        "lost_calls",
    }
    decided = {row["id"] for row in summary["targets"] if row["decides"] and row["verdict"] != "not_tested"}
    assert decided == TARGETS - {"intake-160k"}
    assert (summary["scenario"], summary["title"], summary["seed"]) == ("シナリオ", "短い計画", 3)
    assert (summary["replications"], summary["first_day"], summary["last_day"]) == (2, "2025-04-01", "2025-06-30")


def test_late_cards_are_what_the_share_of_the_year_lacks(quarter):
    """Of each replication share times judged cards is what was in time; totals and ledger say the rest, in the mean."""
    table, late, shares = pq.read_table(quarter.folder / "lead_times.parquet").to_pandas(), {}, {}
    for kind, measure, most in (("standard", "dispatch", 14), ("express", "delivery", 7)):
        judged = (table["class"] == kind) & (table["measure"] == measure)
        judged &= (table["state"] != "inside") | (table["days"] > most)
        judged &= ~(table["touches_closure"] & (kind == "standard"))
        cards = table[judged].groupby("replication")["cards"].sum()
        over = (
            table[judged & (table["days"] > most)].groupby("replication")["cards"].sum().reindex(cards.index).fillna(0)
        )
        late[kind], shares[kind] = over.mean(), (1 - over / cards).mean()
    years = {
        row["id"]: row["value"] for row in quarter.summary["targets"] if row["decides"] and row["period"] == "FY2025"
    }
    assert [years["issue-14-days"], years["express-7-days"]] == pytest.approx([*shares.values()])
    totals = quarter.summary["totals"]["FY2025"]
    ledger = {(row["kind"], row["of"]): row["value"] for row in quarter.summary["ledger"] if row["cause"] is None}
    for kind, count in late.items():
        assert totals[f"late_{kind}"] == ledger["late_cards", kind] == pytest.approx(count)
    assert totals["received_to_be_late"] == ledger["late_cards_with_closure", "standard"] >= late["standard"]
    assert late["express"] > 0


def test_exactly_one_statistic_decides_each_target_part_and_period(quarter):
    decides: dict[tuple, int] = {}
    for row in quarter.summary["targets"]:
        key = row["id"], row["part"], row["period"]
        decides[key] = decides.get(key, 0) + row["decides"]
    beside = {(id_, part) for (id_, part, _), count in decides.items() if count == 0}
    assert beside == {("availability-99.9", None)}  # readings of all systems together, where each decides by itself
    assert set(decides.values()) == {0, 1}
    assert {period for _, _, period in decides} >= {"FY2025", "2025-04", "2025-06", "all"}


def test_rows_say_what_they_may(quarter):
    for row in quarter.summary["targets"]:
        assert row["verdict"] in (
            ("holds", "at_risk", "fails", "undecided", "not_tested") if row["decides"] else (None,)
        )
        if "share" in row["statistic"] and row["value"] is not None:
            assert 0 <= row["value"] <= 1
        if row["verdict"] == "not_tested":
            assert row["probability"] is None


def test_no_path_and_no_clock_in_the_summary(quarter):
    text = (quarter.folder / "summary.json").read_text(encoding="utf-8")
    assert not re.search(r"\d\d:\d\d|[\\/]", text)
    assert quarter.home.name not in text and "第一" not in text


def test_changes_are_recorded(quarter):
    run = json.loads((quarter.folder / "run.json").read_text(encoding="utf-8"))
    assert {change["path"]: change["value"] for change in run["changes"]} == {
        "end": "2025-06-30",
        "plant.cards_per_day": 200000,
    }
    assert run["base"] == "baseline-fy2025"
    assert run["chance_replications"] == 5 and run["margin"] is None


def test_json_is_alone_on_stdout_and_equals_the_file(quarter, cardflow):
    before = (quarter.folder / "summary.json").read_bytes()
    done = cardflow(
        "run",
        quarter.file,
        "--out",
        quarter.folder,
        *SMALL,
        *quarter.changed,
        "--json",
        "--no-page",
        cwd=quarter.folder,
    )
    assert json.loads(done.stdout) == quarter.summary
    assert (quarter.folder / "summary.json").read_bytes() == before


def test_one_worker_gives_the_same_to_the_last_byte(quarter, tmp_path):
    """From Python, which draws no charts; those by chance alone are taken over, as they are simulated likewise."""
    scenario = load(str(quarter.file)).changed(plant__cards_per_day=200000)
    shutil.copytree(quarter.folder / "replications", tmp_path / "one" / "replications")
    for path in (tmp_path / "one" / "replications").glob(f"{Point('', scenario.parameters, 3).digest}-*"):
        path.unlink()
    assert len(list((tmp_path / "one" / "replications").iterdir())) == 5
    api.run(scenario, replications=2, seed=3, workers=1, out=tmp_path / "one")
    assert (tmp_path / "one" / "summary.json").read_bytes() == (quarter.folder / "summary.json").read_bytes()
    one, two = tables(tmp_path / "one"), tables(quarter.folder)
    assert set(one) == {"daily.parquet", "lead_times.parquet", "ledger.parquet", "counters.parquet"}
    assert all(one[name].equals(two[name], check_metadata=True) for name in two)


def test_the_resolved_scenario_runs_again_to_the_same_result(quarter, cardflow, tmp_path):
    again = load(str(quarter.folder / "scenario.toml"))
    original = load(str(quarter.file)).changed(plant__cards_per_day=200000)
    assert again.parameters == original.parameters
    assert Point("a", again.parameters, 3).digest == Point("b", original.parameters, 3).digest
    copy = shutil.copytree(quarter.folder, tmp_path / "copy")
    done = cardflow("run", "scenario.toml", "--seed", 3, "--out", ".", *SMALL, "--json", "--no-page", cwd=copy)
    assert json.loads(done.stdout) == {**quarter.summary, "scenario": "scenario"}
    assert len(list((copy / "replications").iterdir())) == 7


def test_report_makes_charts_and_page_again(quarter, cardflow, tmp_path):
    copy = shutil.copytree(quarter.folder, tmp_path / "結果" / "第一")
    page = copy / "report.html"
    assert '<html lang="en">' in page.read_text(encoding="utf-8")
    page.unlink()
    done = cardflow("report", "結果/第一", "--lang", "ja", cwd=tmp_path)
    assert str(Path("結果") / "第一" / "report.html") in done.stdout
    text = page.read_text(encoding="utf-8")
    assert '<html lang="ja">' in text and "仮定値" in text


def test_the_default_folder_is_named_after_scenario_and_digest(cardflow, tmp_path):
    """And: parts are joined with +, a year-level draw can be switched off, a + in a path is no join."""
    arguments = ("--replications", 1, "--chance-only", "--no-margin", "--workers", 1, "--json")
    dates = ("--set", "start=2030-11-01", "--set", "end=2030-11-30")
    done = cardflow("run", "plan-period+plant-outage", *dates, *arguments, cwd=tmp_path)
    folder, replications = sorted((tmp_path / "runs" / "plan-period+plant-outage").iterdir())
    assert re.fullmatch(r"[0-9a-f]{12}", folder.name) and replications.name == "replications"
    (stored,) = replications.iterdir()
    summary = json.loads(done.stdout)
    assert summary["scenario"] == "plan-period+plant-outage"
    assert " + " in summary["title"]
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert run["chance_only"] is True and run["chance_replications"] == 0
    assert {change["path"] for change in run["changes"]} == {"start", "end", "plant.stops"}
    again = load(str(folder / "scenario.toml"))
    assert Point("", again.parameters, 1, chance_only=True).digest == stored.name[:12]


@pytest.mark.usefixtures("unpainted")
def test_margins_are_searched_when_asked_for_and_found_again(tmp_path):
    """And: the second time nothing is simulated, the page and the terminal say them."""
    scenario = load("baseline-fy2025").with_values({"end": "2025-04-30", "demand.load": 0.1, "plant.lot_size": 2000})
    run = api.run(scenario, replications=1, out=tmp_path / "run", margin=True)
    told = run.targets.set_index(["id", "period"]).query("decides")
    for target in ("issue-14-days", "dispatch-4.8m", "calls-95", "helpdesk-95", "renewed-in-time"):
        for period in ("FY2025", "years"):
            assert 0.1 <= told.loc[(target, period), "margin_80"] <= 5
        assert told.loc[(target, "FY2025"), "driver_reference"] == "FY2024"  # of FY2025 a month is simulated
    assert told.loc[("availability-99.9", "FY2025"), "margin_80"].isna().all()
    assert json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8"))["margin"] == {
        "least": 0.1,
        "most": 5,
    }
    again = api.run(scenario, replications=1, out=tmp_path / "run", margin=True)
    assert again.summary == run.summary
    page = run.write_report().read_text(encoding="utf-8")
    assert "Margins" in page and "residents' calls" in page.replace("&#39;", "'")


def test_names_are_looked_up_beside_the_file_and_here_before_the_library(tmp_path, monkeypatch):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "mine.toml").write_text('title = "m"\nextends = "base"\n', encoding="utf-8")
    (tmp_path / "deep" / "base.toml").write_text('title = "b"\nextends = "surge"\n', encoding="utf-8")
    (tmp_path / "surge.toml").write_text("broken", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    scenario = load("deep/mine")
    assert scenario.base == "surge" and scenario.parameters == load("surge", LIBRARY).parameters
