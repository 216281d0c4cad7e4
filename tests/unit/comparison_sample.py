"""A comparison as ``cardflow compare`` leaves it, with made-up values of made-up replications."""

import json
import pickle
from datetime import date
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from made_once import once

from scenarios.compare.compare import inputs
from scenarios.compare.compared import KEY_FIGURES, Side, Told, rows
from scenarios.compare.record import Alternative, Comparison, Pair, Series
from scenarios.experiment.experiment import Point
from scenarios.files.load import load
from scenarios.records import as_json
from scenarios.run.available import Availability
from scenarios.run.monthly import SERIES, bands, months
from scenarios.run.periods import not_common, spans
from scenarios.run.statistic import EVERY_YEAR

YEARS = tuple(f"FY{year}" for year in range(2026, 2031))
TARGETS = {
    # id: statistic, mean, spread of chance, threshold
    "issue-14-days/standard": ("share_on_time_excl_closure", 1.0, 0.0, 0.99),
    "express-7-days/express": ("delivered_share_7_days", 0.96, 0.001, 0.9),
    "dispatch-4.8m": ("peak_month", 2.1e6, 3e4, 4.8e6),
    "calls-95": ("answered_share", 0.975, 0.006, 0.95),
    "helpdesk-95": ("answered_share", 0.93, 0.02, 0.95),
    "availability-99.9/jpki_counter": ("availability", 0.9992, 0.0004, 0.999),
    "renewed-in-time": ("renewed_in_time_share", 0.998, 0.001, 0.95),
}
BASE, SEATS, OUTAGE = "plan-period", "plan-period+seat-cut", "plan-period+plant-outage"
CHANGES = {
    BASE: {},
    SEATS: {
        "contact.resident.seats": [{"from": date(2016, 1, 1), "value": 120}, {"from": date(2027, 4, 1), "value": 90}]
    },
    OUTAGE: {"plant.stops": [{"from": date(2030, 11, 4), "to": date(2030, 11, 17), "station": "all"}]},
}
MOVED = {
    # scenario: id -> (first year moved, by how much, own chance)
    SEATS: {"calls-95": (1, -0.06, 0.01), "calls_offered": (1, 2.5e6, 2e5), "helpdesk-95": (0, 0.0, 0.004)},
    OUTAGE: {"issue-14-days/standard": (4, -0.041, 0.006), "received_to_be_late": (4, 9.4e5, 8e4)},
}
_DRAWN = [name for name in KEY_FIGURES if name != "late_standard"]
SIZES = dict(zip(_DRAWN, (1.5e7, 1.5e7, 1.4e7, 0, 0, 2.1e7, 8.1e6, 0, 1e4, 4e6, 5e5), strict=True))


@cache
def asked(name, end):
    """What is asked of a scenario, and its availability, which takes longest: the same however many replications."""
    scenario = load(BASE).with_values(CHANGES[name] | ({"end": end} if end else {}))
    point = Point(name, scenario.parameters, 1)
    return point, Availability(point)


def side(name, replications, end):
    """The same luck for every name; what it moves on top."""
    point, availability = asked(name, end)
    chance, own = np.random.default_rng(1), np.random.default_rng(len(name))
    periods = [period for period in spans(point.parameters) if period.startswith("FY") or period == "2027-05"]
    told = []
    for _ in range(replications):
        one = {}
        for period in periods:
            year = YEARS.index(period) if period in YEARS else 1
            values = {key: (entry[1], entry[2]) for key, entry in TARGETS.items()}
            values |= {key: (size, size * 0.01) for key, size in SIZES.items()}
            for key, (mean, spread) in values.items():
                value = mean + spread * chance.standard_normal()
                first, shift, noise = MOVED.get(name, {}).get(key, (9, 0.0, 0.0))
                value += (shift + noise * own.standard_normal()) * (year >= first)
                if key in TARGETS:
                    value = min(value, 1.0) if mean <= 1 else value
                    met = value <= TARGETS[key][3] if key.startswith("dispatch") else value >= TARGETS[key][3]
                    one[key, period, TARGETS[key][0]] = Told(float(value), bool(met))
                elif period in YEARS:
                    one[key, period, "total"] = Told(float(max(round(value), 0)))
            if period in YEARS:
                one["late_standard", period, "total"] = one["received_to_be_late", period, "total"]
        one |= every_year(one)
        one["intake-160k", "all", "days_until_breach"] = Told(None)
        told.append(one)
    return Side(name, point, told, availability)


def every_year(told):
    """What a replication says of all its fiscal years together."""
    found = {}
    for identifier, (statistic, *_) in TARGETS.items():
        years = [said for (key, period, _), said in told.items() if key == identifier and period.startswith("FY")]
        if years:
            worst = (max if statistic == "peak_month" else min)(said.value for said in years)
            found[identifier, EVERY_YEAR, statistic] = Told(worst, all(said.met for said in years))
    return found


def series(name, parameters):
    """A wave with noise; the second scenario answers fewer calls, the third has a backlog."""
    chance, count = np.random.default_rng(2), len(months(parameters))
    x = np.linspace(0, 6, count)
    shapes = {
        "applications": 9e5 + 5e5 * np.sin(x) ** 2,
        "dispatched": 9e5 + 5e5 * np.sin(x - 0.2) ** 2,
        "backlog": 2e5 + (np.arange(count) == count - 5) * (1.2e6 if name == OUTAGE else 0.0),
        "calls_answered_share": np.full(count, 0.96) - (name == SEATS) * 0.1 * np.sin(x) ** 2,
        "helpdesk_answered_share": np.full(count, 0.97),
        "certificates_wait_days": 1 + np.sin(x) ** 2,
    }
    assert set(shapes) == set(SERIES)
    spread = {key: 0.03 * np.abs(shape) for key, shape in shapes.items()}
    return bands(
        [{key: shape + spread[key] * chance.standard_normal() for key, shape in shapes.items()} for _ in range(20)]
    )


@cache
def comparison(*names, replications=20, end=None):
    """One for all who ask for the same; ``end``: the last day of the scenarios after the first, where it is another."""
    with TemporaryDirectory() as folder:
        once(partial(_keep, names=names or (BASE, SEATS), replications=replications, end=end), Path(folder))
        return pickle.loads((Path(folder) / "comparison").read_bytes())


def _keep(folder: Path, **asked) -> None:
    folder.mkdir()
    (folder / "comparison").write_bytes(pickle.dumps(_comparison(**asked)))


def _comparison(names, replications, end):
    sides = [side(name, replications, end if place else None) for place, name in enumerate(names)]
    parameters = [one.parameters for one in sides]
    found = [rows(one, sides[0]) for one in sides[1:]]
    days = [(own.start, own.end) for own in parameters]
    return Comparison(
        version="0.3.0",
        seed=1,
        replications=replications,
        chance_only=False,
        confidence=0.95,
        scenarios=tuple(
            Alternative(name, name, f"Title of {name}", "", f"scenario-{number}.toml", *span)
            for number, (name, span) in enumerate(zip(names, days, strict=True), start=1)
        ),
        pairs=tuple(
            Pair(
                scenario=one.name,
                against=sides[0].name,
                inputs=inputs(one.parameters, sides[0].parameters),
                not_common=tuple(not_common(one.parameters, sides[0].parameters)),
                target_claims=sum(row.clear is not None for row in told if row.kind == "probability"),
                claims=sum(row.clear is not None for row in told if row.kind != "probability"),
            )
            for one, told in zip(sides[1:], found, strict=True)
        ),
        rows=tuple(row for told in found for row in told),
        series={
            name: Series(tuple(months(own)), **series(name, own)) for name, own in zip(names, parameters, strict=True)
        },
    )


def write(folder, data=None):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / Comparison.FILE).write_text(json.dumps(as_json(data or comparison())), encoding="utf-8")
    return folder
