"""Runs as folders keep them, made up: replications that differ in how many call and in how well calls are answered."""

from datetime import date, datetime, timedelta, timezone
from functools import cache, partial
from pathlib import Path

import numpy as np
from made_once import once

from scenarios.experiment.sealed import keep
from scenarios.files.actuals import Actuals, Month
from scenarios.files.load import Scenario, load
from scenarios.files.scenario_file import complete_file
from scenarios.records import as_json, from_json
from scenarios.run.options import Options
from scenarios.run.record import Run, Summary
from scenarios.run.run import question
from scenarios.run.run_folder import RunFolder, write_tables
from scenarios.run.written import _identity
from scenarios.update.reopened import reopened
from scenarios.update.update import update
from sim.parts import FACTS
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result

MADE = datetime(2026, 6, 10, 9, 0, tzinfo=timezone(timedelta(hours=9)))
DAYS = (date(2026, 9, 30) - date(2026, 4, 1)).days + 1
MONTHS = tuple(date(2026, month, 1) for month in range(4, 10))


@cache
def scenario() -> Scenario:
    return load("plan-period").with_values({"end": date(2026, 9, 30)})


def result(calls: float, share: float, rng: np.random.Generator) -> Result:
    """A replication with so many calls of residents a day, a share of them answered; the rest is alike."""
    facts = {name: np.zeros(DAYS, dtype=np.int64) for name in FACTS}
    facts["calls_offered"] = rng.poisson(calls, DAYS)
    facts["calls_answered"] = rng.binomial(facts["calls_offered"], share)
    facts["calls_abandoned"] = facts["calls_offered"] - facts["calls_answered"]
    facts["notices_sent"] = np.full(DAYS, 30_000)
    facts["calls_seats"] = np.full(DAYS, 120)
    return Result(facts, np.zeros((0, len(LEAD_TIME_COLUMNS)), int), np.zeros((0, len(LEDGER_COLUMNS)), int))


def results(count: int = 60, seed: int = 1) -> list[Result]:
    """Calls from 5,000 to 15,000 a day; the more, the fewer are answered: 0.99 to 0.89."""
    rng = np.random.default_rng(seed)
    places = (np.arange(count) + 0.5) / count
    return [result(5000 + 10_000 * u, 0.99 - 0.1 * u, rng) for u in rng.permutation(places)]


def run_folder(path: Path, count: int = 60, run: dict | None = None) -> Path:
    """A finished run's folder with these replications, in a new folder."""
    return once(partial(_run_folder, count=count, run=run), path)


def _run_folder(path: Path, count: int, run: dict | None) -> None:
    made, options, told = scenario(), Options(count), results(count)
    with RunFolder(path) as runs:
        runs.ask(question(made, options))
        runs.begin({"scenario.toml": complete_file(made)})
        with runs.answer() as draft:
            write_tables(draft, told, made.parameters)
            named = as_json(_identity(made, options)) | {"first_simulated_day": made.parameters.first_simulated_day}
            draft.write(from_json(Run, named | (run or {})))
            draft.write(from_json(Summary, named | (run or {}) | {"targets": [], "totals": {}}))
    if run and "margin" in run:
        keep_margins(path, told)


LOOKED_AT = {"margin": {"least": 0.1, "most": 5.0}}


def keep_margins(path: Path, told: list[Result]) -> None:
    """Of each replication its load of residents' calls, and that it bears 1.1 less a tenth of that load."""
    point = reopened(path).point
    for number, one in enumerate(told, 1):
        load = float(one.facts["calls_offered"].mean()) / 10_000
        factor = (1.1 - 0.1 * load) / load
        found = {
            "loads": {"resident_calls": {"FY2026": {"holders": load}}},
            "roots": {"calls-95": {"FY2026": [factor, factor]}},
        }
        keep(path / "kept" / f"margin-{point.digest}-{number:04d}.json", found)


def actuals(calls: float = 8_000, share: float = 0.96, months: int = 3, **more: int) -> Actuals:
    """So many calls a day of which a share was answered, in the first months."""
    rows = tuple(
        Month(month, calls_resident=round(calls * 30.5), answered_share_resident=share, **more)
        for month in MONTHS[:months]
    )
    return Actuals("came.csv", MONTHS[months] - timedelta(days=1), rows)


def updated(folder: Path) -> None:
    """An update in a folder, of a run beside it."""
    run = run_folder(folder.with_name(f"{folder.name}-run"))
    with RunFolder(folder) as held:
        update(run, actuals(), held, MADE)
