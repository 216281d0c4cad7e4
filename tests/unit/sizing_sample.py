"""A sizing as ``cardflow size`` leaves it, with made-up levels and evidence and the bills of the assumed prices."""

import json
import shutil
from itertools import pairwise

from scenarios.bill import Bill
from scenarios.price_file import SHIPPED
from scenarios.prices import cost, load_prices
from scenarios.records import as_json
from scenarios.resources import RESOURCES
from scenarios.size.claims import interval

YEARS = (2027, 2028)
WITHHELD = [{"certainty": 0.99, "reason": "too_few", "needs": 299, "of": 150}]
SEATS, CARDS = "contact.resident.seats", "plant.cards_per_day"
TARGETS = ("issue-14-days/standard", "calls-95")
TODAY = {SEATS: 120.0, CARDS: 160_000.0}
BOUNDS = {SEATS: (60, 400), CARDS: (100_000, 240_000)}
LEAST = {
    # certainty: seats and cards a day by fiscal year
    0.8: ((141, 128), (143_000, 171_000)),
    0.9: ((146, 132), (146_000, 178_000)),
    0.95: ((150, 135), (148_000, 184_000)),
    0.99: ((159, 141), (153_000, 196_000)),
}
HELD = {0.8: (88, 89), 0.9: (97, 96), 0.95: (198, 197), 0.99: (199, 199)}
USAGE = {"per_card": 19.4e6, "per_notice": 11.2e6, "per_mail": 0.6e6, "per_call": 3.1e6, "overtime_hour": 12.5}
SEASON = (18, 12, 6, 0, -6, -8, -4, 0, 2, 8, 14, 24)
"""Seats more or less in each month from April, where levels go by month."""


def months(year):
    return [f"{year}-{month:02d}" for month in range(4, 13)] + [f"{year + 1}-{month:02d}" for month in range(1, 4)]


def evidence(period, held, of, targets=TARGETS, short_of=None):
    low, high = interval(held, of)
    alone = {name: min(of, held + place) for place, name in enumerate(targets)}
    told = {"period": period, "held": held, "of": of, "probability": held / of, "low": low, "high": high}
    return told | {"targets": alone, "not_tested": [], "short_of": short_of}


def by_month(level, place, by, resource):
    shift = SEASON[place] if by == "month" and resource == SEATS else 0
    return float(level + shift)


def plan(certainty, prices, by="year", asked=0.9):
    levels, costed, today = [], {}, {}
    for resource, least in zip((SEATS, CARDS), LEAST[certainty], strict=True):
        costed[resource], today[resource] = {}, {}
        for year, level in zip(YEARS, least, strict=True):
            own = {month: by_month(level, place, by, resource) for place, month in enumerate(months(year))}
            costed[resource] |= own
            today[resource] |= dict.fromkeys(own, TODAY[resource])
            monthly = by == "month" and resource == SEATS
            periods = own if monthly else {f"FY{year}": float(level)}
            levels += [
                {
                    "resource": resource,
                    "fiscal_year": f"FY{year}",
                    "period": period,
                    "today": TODAY[resource],
                    "theory": round(0.97 * own_level),
                }
                | {
                    "theory": round(0.97 * own_level),
                    "least": own_level,
                    "at_bound": False,
                    "least_low": own_level - 8,
                    "least_high": own_level + 2,
                }
                | {"promised": None, "decide_by": f"{year - 1}-08-31" if own_level > TODAY[resource] else None}
                for period, own_level in periods.items()
            ]
    usage = {f"FY{year}": dict(USAGE) for year in YEARS}
    of = 200 if certainty > 0.9 else 100
    return {
        "certainty": certainty,
        "asked": certainty == asked,
        "shown": certainty < 0.99,
        "reached": True,
        "levels": levels,
        "evidence": [
            evidence(f"FY{year}", held, of) | {"shown": certainty < 0.99}
            for year, held in zip(YEARS, HELD[certainty], strict=True)
        ],
        "every_year": evidence("all", min(HELD[certainty]) - 2, of),
        "today_evidence": [
            evidence("FY2027", 31, 100, short_of="seats_resident"),
            evidence("FY2028", 62, 100, short_of="queue_production"),
        ],
        "today_every_year": evidence("all", 30, 100),
        "usage": usage,
        "cost": costs(Bill.of(cost(prices, costed, today, usage, usage))) if prices and certainty < 0.99 else None,
    }


def costs(told):
    """A bill with the interval of each year."""
    found = as_json(told)
    for year in found["years"]:
        year |= {"low": 0.985 * year["yen_incl_tax"], "high": 1.004 * year["yen_incl_tax"]}
    return found


def sizing(by="year", priced=True, asked=0.9):
    """Everything; without prices only the asked plan. Nothing is shown for 99 % unless it is asked for."""
    prices = load_prices() if priced else None
    certainties = sorted({*(each for each in LEAST if each < 0.98), asked}) if priced else (asked,)
    plans = [plan(certainty, prices, by, asked) for certainty in certainties]
    billed = [plan for plan in plans if plan["cost"]]
    return {
        "version": "0.4.0",
        "scenario": "budget-fy2027",
        "title": "The FY2027 budget request",
        "seed": 1,
        "chance_only": False,
        "first_day": "2027-04-01",
        "last_day": "2029-03-31",
        "confidence": asked,
        "assurance": 0.95,
        "together": "year",
        "by": by,
        "monthly_floor": 0.9 if by == "month" else None,
        "targets": list(TARGETS),
        "search_replications": 24,
        "fresh_replications": 200 if asked > 0.9 else 100,
        "resources": [
            {"path": path, "unit": RESOURCES[path].unit, "step": RESOURCES[path].step, "low": low, "high": high}
            for path, (low, high) in BOUNDS.items()
        ],
        "prices": as_json(prices.origin) if prices else None,
        "plans": plans,
        "curve": curve(billed) if priced else None,
        "further": further(billed) if priced else [],
        "withheld": WITHHELD if priced else [],
        "below_promises": False,
        "best_partial": None,
        "rows": [],
    }


def curve(plans):
    """Through the plans, straight between them, five per cent to either side."""
    found = []
    for year in YEARS:
        totals = [next(y for y in plan["cost"]["years"] if y["fiscal_year"] == year)["yen_incl_tax"] for plan in plans]
        certainties = [plan["certainty"] for plan in plans]
        known = [(0.5, 0.97 * totals[0]), *zip(certainties, totals, strict=True), (0.97, 1.02 * totals[-1])]
        for certainty, yen in known:
            ends = {"low": None if certainty == 0.5 else 0.997 * yen, "high": 1.004 * yen if certainty < 0.97 else None}
            found.append({"period": f"FY{year}", "certainty": certainty, "yen": yen, **ends})
    return found


def further(plans):
    """Between the plans, half as much to either side."""
    found = []
    for year in YEARS:
        totals = {
            plan["certainty"]: y["yen_incl_tax"]
            for plan in plans
            for y in plan["cost"]["years"]
            if y["fiscal_year"] == year
        }
        for lower, upper in pairwise(totals):
            yen = (totals[upper] - totals[lower]) / (100 * (upper - lower))
            told = {"period": f"FY{year}", "lower": lower, "upper": upper}
            found.append(told | {"yen": yen, "low": 0.5 * yen, "high": 1.5 * yen})
    return found


def out_of_reach():
    """No level within the bounds suffices."""
    data = sizing(priced=False)
    low, high = interval(54, 100)
    levels = [
        {"resource": SEATS, "fiscal_year": f"FY{year}", "period": f"FY{year}", "today": 120.0, "theory": 140}
        | {"least": 130.0, "at_bound": True}
        for year in YEARS
    ]
    data["plans"][0] |= {"shown": False, "reached": False, "levels": [], "evidence": []}
    data["resources"] = [data["resources"][0] | {"high": 130}]
    data["best_partial"] = {
        "period": "FY2028",
        "probability": 0.54,
        "low": low,
        "high": high,
        "levels": levels,
        "held": 54,
        "of": 100,
    }
    data["best_partial"]["short_of"] = "seats_resident"
    return data


def write(folder, data=None):
    """The folder of a sizing; with prices a copy of their file."""
    folder.mkdir(parents=True, exist_ok=True)
    data = data or sizing()
    (folder / "size.json").write_text(json.dumps(data), encoding="utf-8")
    if data["prices"]:
        shutil.copy(SHIPPED, folder / "prices.toml")
    return folder
