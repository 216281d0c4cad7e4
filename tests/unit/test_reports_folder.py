"""Charts and page of small made-up run folders: full, empty, short, with things that later versions may add."""

import json
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

import ledger_sample
import numpy as np
import pandas as pd
import pytest
from drawn import not_inline, not_painted

from scenarios.history import load_municipalities
from scenarios.records import as_json
from sim.calendar import fiscal_year_of_month
from sim.facts import CALL_CAUSES, CAUSES, CENTRES, SOURCES, STATIONS, SYSTEMS
from sim.parts import FACTS
from sim.result import COUNTER_COLUMNS


def driver(path, rho, tied_to=None):
    """What a run says of an unknown that goes with the cards' target."""
    about = {"id": "issue-14-days/standard", "period": "FY2026", "statistic": "share_on_time_excl_closure"}
    ends = {"rho": rho, "low": rho - 0.1, "high": rho + 0.1}
    return {"path": path, **about, "replications": 3, **ends, "clear": True, "tied_to": tied_to}


RUN = {
    "scenario": "renewal-wave",
    "title": "Renewal wave: 更新の波 $5 & <b>",
    "seed": 1,
    "replications": 3,
    "version": "0.1.0",
    "chance_only": False,
    "chance_replications": 2,
    "margin": {"least": 0.1, "most": 5.0},
    "changes": [{"path": "plant.cards_per_day", "base": 160000, "value": 200000}],
    "chance_shares": {"issue-14-days/standard": 0.3, "express-7-days/express": None},
    "unknowns": "0123456789abcdef",
    "drivers": [driver("plant.remake_share", -0.8), driver("counters.collection_days", 0.7, "plant.remake_share")],
}


def target(**values):
    row = {
        "id": "issue-14-days",
        "part": "standard",
        "period": "FY2026",
        "statistic": "share_on_time_excl_closure",
        "decides": True,
        "value": 0.962,
        "low": 0.931,
        "high": 0.993,
        "threshold": 0.95,
        "probability": 2 / 3,
        "probability_low": 0.208,
        "probability_high": 0.939,
        "verdict": "at_risk",
        "first_breach": "2026-05",
        "first_breach_low": "2026-05",
        "first_breach_high": "2026-11",
        "short_of": "queue_production",
        "driver": "applications",
        "driver_reference": "FY2025",
        "driver_forecast_low": 0.97,
        "driver_forecast_high": 1.09,
        "margin_50": 1.31,
        "margin_80": 1.25,
        "margin_80_low": 1.21,
        "margin_90": 1.22,
        "margin_replications": 3,
        "uses_up": [{"cause": "renewal", "load": 0.4, "grows_to": 1.6}],
        "monthly_breach_probability": 2 / 3,
        "chance_share": 0.3,
    }
    return row | values


def summary(first, last):
    nothing = dict.fromkeys(("low", "high", "threshold", "probability", "first_breach", "short_of", "margin_80"))
    holds = {"verdict": "holds", "probability": 1.0, "probability_low": 0.44, "probability_high": 1.0}
    no_breach = {"first_breach": None, "short_of": None, "monthly_breach_probability": 0.0}
    targets = [
        target(),
        target(period="2026-05", value=0.81),
        target(
            statistic="mean_days",
            decides=False,
            value=10.23,
            low=10.1,
            high=10.4,
            threshold=None,
            verdict=None,
        ),
        target(
            id="express-7-days",
            part="express",
            statistic="delivered_share_7_days",
            value=0.9996,
            **holds,
            **no_breach,
        ),
        target(id="intake-160k", part=None, period="all", statistic="days_until_breach", value=None)
        | nothing
        | {"verdict": "not_tested"},
        target(id="of-a-later-version", part="system-x", statistic="share_of_something", short_of="something_new"),
    ]
    return {
        **{key: RUN[key] for key in ("scenario", "title", "seed", "replications", "version")},
        "first_day": str(first),
        "last_day": str(last),
        "targets": targets,
        "ledger": [
            as_json(entry)
            for entry in ledger_sample.entries()
            if int(entry.period[2:]) <= fiscal_year_of_month(str(last)[:7])
        ],
        "totals": {"FY2026": {"applications": 1234567, "cards_dispatched": 1200000, "something_new": 5}},
    }


@cache
def daily(first, last, replications, size):
    """The table of facts; several files of tests take the same."""
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    rng = np.random.default_rng(1)
    frames = []
    for replication in range(1, replications + 1):
        wave = 1 + 0.8 * np.sin(np.arange(len(days)) / 500)
        columns = {name: (size * 0.1 * wave * rng.uniform(0.9, 1.1, len(days))).astype(int) for name in FACTS}
        parts = [size * share for share in (0.3, 0.04, 0.05, 0.1, 0.5, 0.01, 0.01, 0.02, 0.005)]
        for name, part in zip(SOURCES, parts, strict=True):
            columns[f"applications_{name}"] = (part * wave * rng.uniform(0.8, 1.2, len(days))).astype(int)
        columns["applications"] = sum(columns[f"applications_{name}"] for name in SOURCES)
        worked = np.array([day.weekday() < 5 for day in days])
        for name in STATIONS:
            columns[f"capacity_{name}"] = np.where(worked, int(2.0 * size), 0)
            columns[f"done_{name}"] = np.where(worked, (1.2 * size * wave).astype(int), 0)
        columns["dispatched_standard"] = columns["done_inspection"]
        columns |= contact(columns, len(days))
        frames.append(pd.DataFrame({"date": days, "replication": replication, **columns}))
    return pd.concat(frames).astype(dict.fromkeys(FACTS, "int64"))


def contact(columns, days):
    """Calls that add up, some of them unanswered in the second half; seats; systems with an outage a month."""
    found = {}
    later = np.arange(days) > days / 2
    for centre, prefix in CENTRES.items():
        causes = [columns[f"{prefix}_{cause}"] for cause in CALL_CAUSES[centre]]
        found[f"{prefix}_call_backs"] = np.where(later, sum(causes) // 5, 0)
        offered = found[f"{prefix}_offered"] = sum(causes) + found[f"{prefix}_call_backs"]
        found[f"{prefix}_answered"] = np.where(later, offered * 8 // 10, offered * 99 // 100)
        lost = {"abandoned": offered - found[f"{prefix}_answered"], "deflected": 0 * offered, "blocked": 0 * offered}
        found |= {f"{prefix}_{name}": calls for name, calls in lost.items()}
        found[f"{prefix}_within_20s"] = np.where(later, offered // 2, offered * 9 // 10)
        found[f"{prefix}_wait_seconds"] = np.where(later, offered * 60, offered * 5)
        found[f"{prefix}_agent_minutes"] = 2 * columns[f"{prefix}_busy_minutes"]
        found[f"{prefix}_seats"] = np.where(offered > 0, 121, 0)
        found[f"{prefix}_seats_fy2025"] = np.where(offered > 0, 121, 0)
        found[f"{prefix}_seats_needed"] = np.where(later & (offered > 0), 246, 0)
    once = np.where(np.arange(days) == days // 2, 1, 0)
    found["validation_breakdowns"] = found["validation_fail_overs"] = found["jpki_load_breaks"] = once
    found["validation_unseen"] = found["validation_unrelieved"] = found["crl_late_minutes"] = 0 * once
    found["validation_down_minutes"], found["validity_checks_unanswered"] = 10 * once, 23_300 * once
    for system in SYSTEMS:
        found[f"service_minutes_{system}"] = np.where(columns["applications"] > 0, 1000, 0)
        found[f"outage_minutes_{system}"] = np.where(later & (np.arange(days) % 30 == 0), 60, 0)
        found[f"planned_minutes_{system}"] = np.zeros(days, dtype=int)
    return found


@cache
def tables(months, replications):
    lead, ledger = [], []
    for replication in range(1, replications + 1):
        for number, month in enumerate(months):
            shift = 8 if number % 37 in (20, 21) else 0
            for days in (9, 10, 11, 12, 17):
                spread = (
                    days + shift,
                    month.endswith("-12"),
                    days == 17,
                    "dispatched",
                    1000 - 180 * (days == 17) * 5,
                )
                lead.append((replication, month, "standard", "dispatch", *spread))
            lead.append((replication, month, "standard", "dispatch", 3, False, False, "inside", 40))
            lead += [
                (replication, month, "express", "delivery", days, False, False, "dispatched", 50) for days in (4, 5, 6)
            ]
            lead += [(replication, month, "express", "dispatch", 4, False, False, "dispatched", 150)]
            for kind, cards in (("standard", 4100), ("express", 150)):
                ledger += [
                    (replication, month, kind, cause, int(cards * (7 if cause == "planned_step" else 0.4)))
                    for cause in (*CAUSES, "a_later_cause")
                ]
    columns = [
        "replication",
        "month",
        "class",
        "measure",
        "days",
        "touches_closure",
        "exception",
        "state",
        "cards",
    ]
    return (
        pd.DataFrame(lead, columns=columns),
        pd.DataFrame(ledger, columns=["replication", "month", "class", "cause", "card_days"]),
    )


def counters(years, replications) -> pd.DataFrame:
    """Persons by municipality: the more cards for the residents, and the later the year, the more are late."""
    places = load_municipalities()
    crowded = np.clip(places.cards / places.residents - 0.62, 0, 1)
    rows = []
    for replication in range(1, replications + 1):
        for year in years:
            tried = (places.cards * 0.1).astype(int)
            lost = (tried * np.clip(crowded * (0.5 + 0.2 * replication + 0.1 * (year - 2026)), 0, 1)).astype(int)
            named = (np.full(len(tried), replication), np.full(len(tried), year), places.codes)
            rows.append(np.column_stack([*named, tried, tried - lost, lost, lost * 10, lost, lost // 2]))
    names = ("replication", *COUNTER_COLUMNS)
    return pd.DataFrame(np.concatenate([np.zeros((0, len(names)), int), *rows]), columns=names)


def make(folder: Path, first=date(2026, 4, 1), last=date(2030, 3, 31), size=70_000, replications=3):
    from sim.calendar import months_between

    folder.mkdir(parents=True, exist_ok=True)
    baseline = files("scenarios").joinpath("library", "baseline-fy2025.toml").read_text(encoding="utf-8")
    (folder / "scenario.toml").write_text(baseline, encoding="utf-8")
    run = RUN | {"first_day": str(first), "last_day": str(last), "first_simulated_day": "2025-04-01"}
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
    (folder / "summary.json").write_text(json.dumps(summary(first, last)), encoding="utf-8")
    frame = daily(first, last, replications, size)
    if size == 0:
        frame = frame.assign(**dict.fromkeys(FACTS, 0))
    frame.to_parquet(folder / "daily.parquet")
    lead, ledger = tables(months_between(first, last) if size else (), replications)
    lead.astype({"touches_closure": bool, "exception": bool}).to_parquet(folder / "lead_times.parquet")
    ledger.to_parquet(folder / "ledger.parquet")
    counters(range(first.year, last.year + (last.month > 3)) if size else (), replications).to_parquet(
        folder / "counters.parquet"
    )
    return folder


SHAPES = {
    "four years": {},
    "one year": {"last": date(2027, 3, 31)},
    "one month": {"last": date(2026, 4, 30)},
    "nothing": {"size": 0},
    "one replication": {"replications": 1},
}


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    return make(tmp_path_factory.mktemp("full") / "run")


@pytest.fixture(scope="module")
def page(full):
    from reports.faces.page import write
    from reports.run.document import RUN

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reports.faces.figures.sheet.save", not_painted)
        patch.setattr("reports.faces.page.inline", not_inline)
        return write(RUN, full, "en").read_text(encoding="utf-8")


def test_titles_are_text_and_never_markup_or_mathematics(page):
    assert "更新の波 $5 &amp; &lt;b&gt;" in page


def test_page_shows_the_numbers_of_the_summary(page):
    for shown in (
        "96.2 %", "93.1-99.3 %", "2 of 3", "(21 % to 94 %)", "2026-05", "2026-11", "x1.25", "95.0 %",
        "over 99.9 %", "1,234,567", "of-a-later-version", "something_new",
    ):  # fmt: skip
        assert shown in page, shown


def test_months_stay_out_of_the_table_by_year(full):
    from reports import catalogue, values
    from reports.document import Number, Period
    from reports.run import tables, verdicts
    from reports.run_data import read

    data, cat = read(full), catalogue.load("en")
    rows = verdicts.rows(data.summary)
    years = tables.by_period(verdicts.deciding(rows), data.run, "year")
    assert [values.text(cat, row[2]) for row in years.rows] == ["FY2026", "FY2026", "the whole run", "FY2026"]
    months = tables.by_period(verdicts.deciding_months(rows), data.run, "month")
    assert [row[2:4] for row in months.rows] == [
        (Period("2026-05"), Number(0.81, "share_on_time_excl_closure", exact=True))
    ]


def test_assumed_values_are_marked_and_published_ones_are_not(full):
    from reports import assumptions, catalogue, values
    from reports.run_data import read

    data, cat = read(full), catalogue.load("ja")
    lines = {line.path: line for line in (*assumptions.uncertain(data), *assumptions.certain(data))}
    assert lines["plant.remake_share"].assumed and "仮定値" in values.text(cat, lines["plant.remake_share"].evidence)
    assert lines["demand.channels.online.share"].assumed
    assert not lines["rules.card_birthdays_adult"].assumed
    assert [change.path for change in assumptions.changes(data)] == ["plant.cards_per_day"]


def test_a_folder_that_is_no_run_is_refused(tmp_path):
    from reports.faces.page import write
    from reports.run.document import RUN

    with pytest.raises(FileNotFoundError):
        write(RUN, tmp_path, "en")
    assert not list(tmp_path.iterdir())
