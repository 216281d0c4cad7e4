"""Charts and page of small made-up run folders: full, empty, one month, with things that later versions may add."""

import json
import warnings
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.facts import CAUSES, FACTS, SOURCES, STATIONS

RUN = {
    "scenario": "renewal-wave",
    "title": "Renewal wave: 更新の波 $5 & <b>",
    "seed": 1,
    "replications": 3,
    "version": "0.1.0",
    "chance_only": False,
    "chance_replications": 2,
    "ladder": [1.25, 1.5, 2.0, 3.0],
    "changes": [{"path": "plant.cards_per_day", "base": 160000, "value": 200000}],
    "chance_shares": {"issue-14-days": 0.3, "express-7-days": None},
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
        "headroom": 1.25,
        "monthly_breach_probability": 2 / 3,
        "chance_share": 0.3,
    }
    return row | values


def summary(first, last):
    nothing = dict.fromkeys(("low", "high", "threshold", "probability", "first_breach", "short_of", "headroom"))
    holds = {"verdict": "holds", "probability": 1.0, "probability_low": 0.44, "probability_high": 1.0}
    no_breach = {"first_breach": None, "short_of": None, "headroom": None, "monthly_breach_probability": 0.0}
    targets = [
        target(),
        target(period="2026-05", value=0.81),
        target(statistic="mean_days", decides=False, value=10.23, low=10.1, high=10.4, threshold=None, verdict=None),
        target(
            id="express-7-days", part="express", statistic="delivered_share_7_days", value=0.9996, **holds, **no_breach
        ),
        target(id="intake-160k", part=None, period="all", statistic="days_until_breach", value=None)
        | nothing
        | {"verdict": "not_tested"},
        target(id="of-a-later-version", part="system-x", statistic="share_of_something", short_of="something_new"),
    ]
    return {
        "scenario": "renewal-wave",
        "first_day": str(first),
        "last_day": str(last),
        "targets": targets,
        "totals": {"FY2026": {"applications": 1234567, "cards_dispatched": 1200000, "something_new": 5}},
    }


def daily(first, last, replications, size):
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    rng = np.random.default_rng(1)
    frames = []
    for replication in range(1, replications + 1):
        wave = 1 + 0.8 * np.sin(np.arange(len(days)) / 500)
        columns = {name: (size * 0.1 * wave * rng.uniform(0.9, 1.1, len(days))).astype(int) for name in FACTS}
        parts = [size * share for share in (0.3, 0.04, 0.05, 0.1, 0.5, 0.01)]
        for name, part in zip(SOURCES, parts, strict=True):
            columns[f"applications_{name}"] = (part * wave * rng.uniform(0.8, 1.2, len(days))).astype(int)
        columns["applications"] = sum(columns[f"applications_{name}"] for name in SOURCES)
        worked = np.array([day.weekday() < 5 for day in days])
        for name in STATIONS:
            columns[f"capacity_{name}"] = np.where(worked, int(2.0 * size), 0)
            columns[f"done_{name}"] = np.where(worked, (1.2 * size * wave).astype(int), 0)
        columns["dispatched_standard"] = columns["done_inspection"]
        frames.append(pd.DataFrame({"date": days, "replication": replication, **columns}))
    return pd.concat(frames).astype(dict.fromkeys(FACTS, "int64"))


def tables(months, replications):
    lead, ledger = [], []
    for replication in range(1, replications + 1):
        for number, month in enumerate(months):
            shift = 8 if number % 37 in (20, 21) else 0
            for days in (9, 10, 11, 12, 17):
                spread = (days + shift, month.endswith("-12"), days == 17, "dispatched", 1000 - 180 * (days == 17) * 5)
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
    columns = ["replication", "month", "class", "measure", "days", "touches_closure", "exception", "state", "cards"]
    return (
        pd.DataFrame(lead, columns=columns),
        pd.DataFrame(ledger, columns=["replication", "month", "class", "cause", "card_days"]),
    )


def make(folder: Path, first=date(2026, 4, 1), last=date(2030, 3, 31), size=70_000, replications=3):
    from reports.run_data import months_between

    folder.mkdir(parents=True, exist_ok=True)
    baseline = files("scenarios").joinpath("library", "baseline-fy2025.toml").read_text(encoding="utf-8")
    (folder / "scenario.toml").write_text(baseline, encoding="utf-8")
    run = RUN | {"first_day": str(first), "last_day": str(last), "first_simulated_day": "2025-04-01"}
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
    (folder / "summary.json").write_text(json.dumps(summary(first, last)), encoding="utf-8")
    frame = daily(first, last, replications, size)
    if size == 0:
        frame[list(FACTS)] = 0
    frame.to_parquet(folder / "daily.parquet")
    lead, ledger = tables(months_between(first, last) if size else (), replications)
    lead.astype({"touches_closure": bool, "exception": bool}).to_parquet(folder / "lead_times.parquet")
    ledger.to_parquet(folder / "ledger.parquet")
    return folder
