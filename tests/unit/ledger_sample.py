"""A delay ledger as ``cardflow ledger`` would leave it, made up: seats and production save something, others do not."""

import json
from datetime import date

import numpy as np

from scenarios.ledger.helped import helped
from scenarios.ledger.record import Asked, Entry, Ledger
from scenarios.ledger.savings import SAVES, prices
from scenarios.records import as_json
from scenarios.resources import RESOURCES
from sim.facts import CLASSES, LOST_CAUSES

YEARS = tuple(f"FY{year}" for year in range(2026, 2031))
PATHS = ("contact.resident.seats", "plant.cards_per_day", "counters.slots_per_day", "plant.inspection_per_day")
REACH = {
    "contact.resident.seats": ("lost_calls_resident",),
    "plant.cards_per_day": tuple(SAVES),
    "counters.slots_per_day": ("lost_calls_resident", "lost_calls_helpdesk", "unrenewed"),
    "plant.inspection_per_day": tuple(SAVES),
}
SAVED = {
    ("contact.resident.seats", "lost_calls_resident"): (9000.0, 2500.0),
    ("plant.cards_per_day", "late_cards"): (24000.0, 6000.0),
    ("plant.cards_per_day", "lost_calls_resident"): (800.0, 500.0),
    ("counters.slots_per_day", "unrenewed"): (12.0, 60.0),
}


def counted(replications, saved=None):
    """What each replication loses; ``saved`` of it, where there is something."""
    rng, own = np.random.default_rng(1), np.random.default_rng(2)
    found = []
    for _ in range(replications):
        one = {}
        for what in SAVES:
            for number, year in enumerate(YEARS):
                count = int(rng.lognormal(11, 0.3) * (1 + number / 3))
                mean, spread = (saved or {}).get(what, (0.0, 0.0))
                one[what, year] = count - round((mean + spread * own.standard_normal()) * (number > 0))
        found.append(one)
    return found


TARGETS = {
    "calls-95": "lost_calls_resident",
    "issue-14-days/standard": "late_cards",
    "express-7-days/express": "late_cards",
    "renewed-in-time": "unrenewed",
}


def words(counted_once):
    """What a replication says of each target: met where at most 125,000 are lost in every year."""
    figures = {name: tuple(float(counted_once[what, year]) for year in YEARS) for name, what in TARGETS.items()}
    return {name: (max(values) <= 125_000, values) for name, values in figures.items()}


def of(path):
    return {what: size for (resource, what), size in SAVED.items() if resource == path}


def entry(kind, whose, period, cause, value):
    return Entry(kind, whose, period, cause, value, 0.8 * value, 1.2 * value)


def entries(size=1.0):
    found = []
    for whose in CLASSES:
        for number, period in enumerate(YEARS):
            cards = size * 2e5 * (1 + number) * (0.05 if whose == "express" else 1)
            days = {"planned_step": 7.0, "closed_day": 6.0, "queue_production": 4.0 * number, "remake": 0.3}
            found.append(entry("late_cards", whose, period, None, cards))
            closed = 3e4 * size if whose == "standard" else 0.0
            found.append(entry("late_cards_with_closure", whose, period, None, cards + closed))
            found.append(entry("late_days", whose, period, None, cards * sum(days.values())))
            found += [entry("late_days", whose, period, cause, cards * each) for cause, each in days.items() if each]
    for centre, causes in LOST_CAUSES.items():
        for number, period in enumerate(YEARS):
            calls = {cause: size * 1e5 * (1 + number) / (2 + place) for place, cause in enumerate(causes)}
            found.append(entry("lost_calls", centre, period, None, sum(calls.values())))
            found += [entry("lost_calls", centre, period, cause, count) for cause, count in calls.items()]
    return found


def ledger(replications=16, size=1.0, saves=True):
    chosen = [RESOURCES[path] for path in PATHS]
    without = counted(replications)
    sides = {path: counted(replications, of(path) if saves else None) for path in PATHS}
    judged = [words(counted_once) for counted_once in without]
    helping = {path: [words(counted_once) for counted_once in sides[path]] for path in PATHS}
    return Ledger(
        scenario="plan-period", title="Title", why="", seed=1, replications=replications, chance_only=False,
        first_day=date(2026, 4, 1), last_day=date(2031, 3, 31), version="0.3.0", confidence=0.95,
        resources=tuple(Asked(one.path, one.unit, one.step, REACH[one.path]) for one in chosen),
        ledger=tuple(entries(size)),
        targets=tuple(helped(chosen, judged, helping)),
        rows=tuple(prices(chosen, REACH, without, sides)),
    )  # fmt: skip


def write(folder, data=None):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / Ledger.FILE).write_text(json.dumps(as_json(data or ledger())), encoding="utf-8")
    return folder
