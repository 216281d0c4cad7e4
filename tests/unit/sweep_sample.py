"""Sweeps as ``cardflow sweep`` leaves them, with made-up answers: calls go by seats and rates, cards by capacity."""

import json
from functools import partial
from math import exp
from pathlib import Path
from unittest.mock import patch

import numpy as np
from made_once import once

from scenarios.compare.compared import Told
from scenarios.files.load import load
from scenarios.records import as_json
from scenarios.run.statistic import EVERY_YEAR
from scenarios.sweep import screening
from scenarios.sweep import sweep as driving
from scenarios.sweep.design import number_on, uncertain
from scenarios.sweep.drawn import drawn
from scenarios.sweep.responses import in_doubt
from scenarios.sweep.study import Study, SweepOptions
from scenarios.sweep.sweep import sweep

SEATS, CARDS = "contact.resident.seats", "plant.cards_per_day"
PLAN = load("plan-period")
MOVING = (
    SEATS,
    CARDS,
    "contact.resident.calls_per_notice",
    "contact.resident.handle_minutes",
    "demand.first_time_per_year",
)
TODAY = {path: number_on(PLAN, path, PLAN.parameters.start) for path in MOVING}
YEARS = tuple(f"FY{year}" for year in range(2026, 2031))
ANSWERED = "calls-95", "answered_share", 0.95
ISSUED = "issue-14-days/standard", "share_on_time_excl_closure", 0.99
STILL = "renewed-in-time", "renewed_in_time_share", 0.95
UNTESTED = "intake-160k", "days_until_breach", 0.0


def share(pressure: float) -> float:
    """Near 1 without pressure, falling fast where it passes 1."""
    return 1 / (1 + exp(8 * (pressure - 1.35)))


def answer(values, replication, chance_only):
    """What a replication says where inputs have these values; the others are as in plan-period."""
    luck = np.random.default_rng(replication).normal(0, 0.02 if chance_only else 0.08)
    ratio = {path: value / TODAY[path] for path, value in values.items() if path in TODAY}
    calls = ratio.get("contact.resident.calls_per_notice", 1) * ratio.get("contact.resident.handle_minutes", 1) ** 2
    told = {}
    for place, year in enumerate(YEARS):
        load_of_year = 0.9 + 0.05 * place
        rates = {
            ANSWERED: share(load_of_year * calls / ratio.get(SEATS, 1) + luck),
            ISSUED: share(load_of_year * ratio.get("demand.first_time_per_year", 1) / ratio.get(CARDS, 1) + luck),
            STILL: 0.999,
        }
        for (name, statistic, threshold), value in rates.items():
            told[name, year, statistic] = Told(value, value >= threshold)
        told["calls_offered", year, "total"] = Told(2e6 * calls)
    for name, statistic, _ in (ANSWERED, ISSUED, STILL):
        worst = min((told[name, year, statistic] for year in YEARS), key=lambda one: one.value)
        told[name, EVERY_YEAR, statistic] = worst  # one threshold: the worst year is missed where any is
    told[UNTESTED[0], "all", UNTESTED[1]] = Told(None)
    return told


def _told(ask, store, workers, on_done=lambda task: None):
    answers = [
        [answer(spot.values, number, spot.point.chance_only) for number in range(1, ask.replications + 1)]
        for spot in ask.spots
    ]
    levels = {
        (name, year, statistic): threshold for name, statistic, threshold in (ANSWERED, ISSUED, STILL) for year in YEARS
    }
    return answers, in_doubt(answers, [levels])


def _told_drawn(ask, store, workers, on_done=lambda task: None):
    """The same where inputs have the values that each replication draws of them."""
    (spot,), inputs = ask.spots, [own for own in uncertain(PLAN) if own.path in MOVING]
    rows = drawn(spot.point, inputs, ask.replications)
    answers = [
        answer({own.path: value for own, value in zip(inputs, row, strict=True)}, number, False)
        for number, row in enumerate(rows.tolist(), start=1)
    ]
    levels = {(name, year, statistic): threshold for name, statistic, threshold in (ANSWERED, ISSUED) for year in YEARS}
    return [answers], in_doubt([answers], [levels])


def with_draws(folder: Path, draws: int = 60) -> dict:
    """Fill a folder by drivers from what replications draw; a new one is a copy of the one that was made first."""
    if folder.exists():
        return _with_draws(folder, draws)
    once(partial(_with_draws, draws=draws), folder)
    return json.loads((folder / "sweep.json").read_text(encoding="utf-8"))


def _with_draws(folder: Path, draws: int) -> dict:
    with patch.object(driving, "_told", _told_drawn), patch.object(driving, "_take_over", lambda *_: None):
        return as_json(sweep(Study(PLAN, SweepOptions(draws=draws)), folder))


def write(folder: Path, **options) -> dict:
    """Fill a folder by a sweep of plan-period that simulates nothing; returns ``sweep.json``.

    A new folder is a copy of the one that was made first for the same options: most of the time goes into the points.
    """
    if folder.exists():
        return _swept(folder, **options)
    once(partial(_swept, **options), folder, screening.SOBOL_SAMPLES)
    return json.loads((folder / "sweep.json").read_text(encoding="utf-8"))


def _swept(folder: Path, **options) -> dict:
    with patch.object(driving, "_told", _told):
        return as_json(sweep(Study(PLAN, SweepOptions(**options)), folder))


ONE = {"vary": (f"{SEATS}=80:200:20",)}
TWO = {"vary": (f"{SEATS}=80:200:20", f"{CARDS}=120000:200000:20000")}
POINTS = {"vary": (f"{SEATS}=80:200", f"{CARDS}=120000:200000"), "lhs": 20}
THREE = {"vary": (f"{SEATS}=80:200", f"{CARDS}=120000:200000", "plant.lines=4:12"), "lhs": 30}
KINDS = {"one": ONE, "two": TWO, "points": POINTS, "three": THREE}
MOVED = (
    "contact.resident.calls_per_notice=0.012:0.05",
    "contact.resident.handle_minutes=6:8.5",
    "demand.first_time_per_year=2500000:5500000",
    "plant.lines=4:12",
)


def screened(folder: Path) -> dict:
    """The same for a screening, with fewer samples of Sobol's indices."""
    with patch.object(screening, "SOBOL_SAMPLES", 16):
        return write(folder, vary=MOVED, sobol=True, trajectories=6)
