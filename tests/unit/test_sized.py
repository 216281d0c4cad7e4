"""A sizing put together from needs of a known law: one price a level, rising with certainty, inside its interval."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from scenarios.files.load import load
from scenarios.price_file import load_prices
from scenarios.records import as_json
from scenarios.resources import level
from scenarios.size.fresh import FIRST, MOST_FRESH, draws
from scenarios.size.mixes import of_one
from scenarios.size.money import Money
from scenarios.size.needs import Needs
from scenarios.size.options import SizeOptions, ask
from scenarios.size.problem import Judged, Problem
from scenarios.size.sized import Sized
from scenarios.size.today import Today, scales
from scenarios.unknowns import load_unknowns, unknowns_of

BUDGET = load("budget-fy2027")
SEATS, CARDS = "contact.resident.seats", "plant.cards_per_day"
YEARS = ("FY2027", "FY2028")
MIDDLE = {SEATS: (135.0, 125.0), CARDS: (118_000.0, 150_000.0)}
SPREAD = {SEATS: 0.12, CARDS: 0.04}
USED = {"per_card": 19_400_000, "per_notice": 11_200_000, "per_mail": 600_000, "per_call": 3_100_000}


def question(**how: Any) -> Problem:
    bounds = [f"{SEATS}=60:400", f"{CARDS}=80000:400000"] if how.get("below_promises") else [f"{SEATS}=60:400", CARDS]
    return ask(BUDGET, bounds, [], SizeOptions(**how))


def sized(seed: int, fresh: int = 150, priced: bool = True, floor: bool = True, **how: Any) -> Sized:
    """Needs are log-normal; of half of the fresh replications no more is known than that they can do with the floor."""
    asked, rng = question(**how), np.random.default_rng(seed)
    ladders = scales(asked, Today())
    needs = Needs(
        ladders, {path: dict.fromkeys(YEARS, 1.0) for path in MIDDLE}, {each.path: (each,) for each in asked.resources}
    )
    floors, steps = {}, {}
    for path, middles in MIDDLE.items():
        for period, middle in zip(YEARS, middles, strict=True):
            key, scale = (path, period), ladders[path][period]
            searched, own = (middle * np.exp(SPREAD[path] * rng.standard_normal(count)) for count in (24, fresh))
            needs.mixes[key] = of_one(scale)
            needs.steps[key] = np.array([scale.rung(each) for each in searched])
            needs.expected[key], needs.correction[key] = np.full(24, middle), 1.0
            floors[key] = int(np.sort(needs.steps[key])[11]) if floor else 0
            steps[key] = np.maximum([scale.rung(each) for each in own], floors[key])
    said = [
        {
            "steps": {path: {period: int(steps[path, period][place]) for period in YEARS} for path in MIDDLE},
            "missed": {path: {period: [asked.targets_of(path)[0]] for period in YEARS} for path in MIDDLE},
            "short_of": {path: dict.fromkeys(YEARS, "seats_resident") for path in MIDDLE},
            "not_tested": {period: [] for period in YEARS},
            "used": {period: USED for period in YEARS},
        }
        for place in range(fresh)
    ]
    today = Today(said=[dict.fromkeys(YEARS, Judged(dict.fromkeys(asked.targets, False), "seats_resident"))] * 24)
    return Sized(asked, Money(asked, load_prices() if priced else None), today, needs, floors, said)


def written(found: Sized) -> dict[str, Any]:
    """What stands in ``size.json``."""
    content: dict[str, Any] = as_json(found.record())
    return content


@cache
def made(seed: int, **how: Any) -> tuple[Sized, dict[str, Any]]:
    """A sizing with what stands of it in ``size.json``: for all who only read it."""
    found = sized(seed, **how)
    return found, written(found)


def totals(plan: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return {year["fiscal_year"]: year for year in plan["cost"]["years"]}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("together", ["year", "run"])
def test_the_budget_rises_with_certainty_and_lies_in_its_interval_in_every_seed(seed: int, together: str) -> None:
    _, found = made(seed, together=together)
    plans = found["plans"]
    assert [plan["certainty"] for plan in plans] == [0.8, 0.9, 0.95]
    assert found["withheld"] == [{"certainty": 0.99, "of": 150, "reason": "too_few", "needs": 299}]
    by_level: dict[str, set[int]] = {}
    for plan in plans:
        assert plan["shown"] and plan["reached"]
        for year in totals(plan).values():
            assert year["low"] <= year["yen_incl_tax"] <= year["high"]
        for each in plan["levels"]:
            assert each["least_low"] <= each["least"] <= each["least_high"]
        levels = str([each["least"] for each in plan["levels"]])
        by_level.setdefault(levels, set()).add(sum(year["yen_incl_tax"] for year in totals(plan).values()))
    assert all(len(prices) == 1 for prices in by_level.values())
    for name in (SEATS, CARDS):
        for period in YEARS:
            own = [
                each["least"]
                for plan in plans
                for each in plan["levels"]
                if (each["resource"], each["period"]) == (name, period)
            ]
            assert own == sorted(own)
    spent = [sum(year["yen_incl_tax"] for year in totals(plan).values()) for plan in plans]
    assert spent == sorted(spent)
    for period in (*YEARS, "all"):
        points = [point for point in found["curve"] if point["period"] == period]
        yen = [point["yen"] for point in points]
        # of a later year the line may fall by what the year before, surer too, has paid once: never by more
        assert period == "FY2028" or yen == sorted(yen)
        assert all((point["low"] or 0) <= point["yen"] <= (point["high"] or np.inf) for point in points)
        assert points[-1]["certainty"] == 150 / 151 and points[0]["certainty"] < 0.75
        steps = [step for step in found["further"] if step["period"] == period]
        assert [(step["lower"], step["upper"]) for step in steps] == [(0.8, 0.9), (0.9, 0.95)]
        assert all(step["low"] <= step["yen"] <= step["high"] for step in steps)
        assert all(step["yen"] >= 0 and step["low"] >= 0 for step in steps)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    "how",
    [{"together": "year"}, {"together": "run"}, {"below_promises": True}, {"confidence": 0.97, "fresh": 215}],
)
def test_every_point_of_the_line_is_the_bill_of_a_plan_and_every_plan_is_billed_at_its_point(
    seed: int, how: dict[str, Any]
) -> None:
    own, found = made(seed, **how)
    line = {(point["period"], point["certainty"]): point for point in found["curve"]}
    of, matched = len(own.said), 0
    for plan, levels in zip(found["plans"], (each.levels for each in own.plans), strict=True):
        (order,) = {level.order for level in levels}
        years = totals(plan)
        told = {f"FY{year}": total["yen_incl_tax"] for year, total in years.items()}
        for period, yen in (told | {"all": sum(told.values())}).items():
            point = line.get((period, order / (of + 1)))
            if point is not None:  # a need that lies below what was looked for has no point
                assert point["yen"] == yen
                matched += 1
        assert all(
            year["low"] is None or year["low"] <= year["yen_incl_tax"] <= year["high"] for year in years.values()
        )
    assert matched >= 3 * (len(found["plans"]) - 1)


@pytest.mark.parametrize("seed", range(6))
def test_yen_for_a_further_point_is_the_difference_of_the_line_between_its_certainties(seed: int) -> None:
    _, found = made(seed, together="year")
    for step in found["further"]:
        points = [point for point in found["curve"] if point["period"] == step["period"]]
        ends = [
            np.interp(step[end], [point["certainty"] for point in points], [point["yen"] for point in points])
            for end in ("lower", "upper")
        ]
        assert step["yen"] == pytest.approx((ends[1] - ends[0]) / (100 * (step["upper"] - step["lower"])))


@pytest.mark.parametrize("by", ["year", "month"])
def test_a_row_costs_what_the_bill_has_for_it_and_nothing_where_nothing_is_shown(by: str) -> None:
    found = written(sized(1, by=by))
    plan = next(each for each in found["plans"] if each["asked"])
    billed: dict[tuple[str, str], int] = {}
    for line in plan["cost"]["lines"]:
        key = line["item"], f"FY{line['fiscal_year']}"
        billed[key] = billed.get(key, 0) + line["yen_incl_tax"]
    rows: dict[tuple[str, str], list[int]] = {}
    for row, each in zip(found["rows"], plan["levels"], strict=True):
        rows.setdefault((row["resource"], each["fiscal_year"]), []).append(row["cost_yen"])
    assert len(rows) == 4 and any(line["kind"] == "one_off" for line in plan["cost"]["lines"])
    for key, yen in rows.items():
        assert sum(yen) == billed[key] > 0 and len(yen) == (1 if by == "year" else 12) and min(yen) > 0
    if by == "month":
        first, *others = rows[SEATS, "FY2027"]
        assert first > max(others), "what is paid once is paid in the month that has more than the one before"
    few = written(sized(2, fresh=25, by=by))
    assert [row["cost_yen"] for row in few["rows"]] == [None] * len(rows) * (1 if by == "year" else 12)
    assert {row["cost_yen"] for row in written(sized(1, priced=False))["rows"]} == {None}


def test_evidence_counts_those_that_need_no_more_than_is_bought() -> None:
    found, told = made(3, together="year")
    plan = next(each for each in told["plans"] if each["asked"])
    for said in plan["evidence"]:
        own = {each["resource"]: each["least"] for each in plan["levels"] if each["period"] == said["period"]}
        enough = [
            all(
                found.needs.scales[path][said["period"]].level(each["steps"][path][said["period"]]) <= own[path]
                for path in MIDDLE
            )
            for each in found.said
        ]
        assert said["held"] == sum(enough) >= 142 and said["of"] == 150
        assert all(said["held"] <= alone <= 150 for alone in said["targets"].values())
    assert plan["every_year"]["held"] <= min(said["held"] for said in plan["evidence"])
    assert plan["today_evidence"][0]["held"] == 0 and plan["today_evidence"][0]["of"] == 24


def test_production_stays_at_what_was_promised_and_does_not_rise_with_certainty() -> None:
    plans = made(1, together="year")[1]["plans"]
    cards = [each for plan in plans for each in plan["levels"] if each["resource"] == CARDS]
    assert {(each["least"], each["promised"]) for each in cards if each["period"] == "FY2027"} == {(160_000, 160_000)}
    assert min(each["least"] for each in cards) == 160_000


def test_below_the_promises_no_saving_is_told() -> None:
    plan = next(each for each in made(1, below_promises=True)[1]["plans"] if each["asked"])
    own = {each["period"]: each for each in plan["levels"] if each["resource"] == CARDS}
    assert (
        own["FY2027"]["least"] < own["FY2027"]["promised"] == 160_000 == level(BUDGET, CARDS, BUDGET.parameters.start)
    )
    lines = {line["fiscal_year"]: line for line in plan["cost"]["lines"] if line["item"] == CARDS}
    assert lines[2027]["beyond_today"] is None
    seats = sum(line["beyond_today"] for line in plan["cost"]["lines"] if line["item"] == SEATS)
    assert sum(year["beyond_today"] for year in totals(plan).values()) >= seats > 0


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        (CARDS, 160_000), ("plant.checks_per_day", 160_000), ("plant.inspection_per_day", 160_000),
        ("plant.lines", 8), ("plant.dispatch_cap_per_month", 4_800_000), ("counters.slots_per_day", None),
    ],
)  # fmt: skip
def test_what_was_promised_is_the_least_that_is_looked_at(path: str, kept: float | None) -> None:
    own, free = (scales(ask(BUDGET, [path], [], SizeOptions(below_promises=below)), Today()) for below in (False, True))
    lowest = own[path]["FY2027"].low
    assert lowest == (kept if kept is not None else free[path]["FY2027"].low)
    assert free[path]["FY2027"].low < (kept or np.inf)
    less = replace(BUDGET.with_values({CARDS: 120_000}), name="less")
    weaker = scales(ask(less, [CARDS], [], SizeOptions()), Today())
    assert weaker[CARDS]["FY2027"].low == 120_000, "what is less than promised today is not released"


def test_too_few_replications_make_an_estimate_and_no_budget_beside_it() -> None:
    found = written(sized(2, fresh=25))
    (plan,) = (each for each in found["plans"] if each["asked"])
    assert not plan["shown"] and plan["reached"]
    assert {each["certainty"]: each["reason"] for each in found["withheld"]} == dict.fromkeys(
        (0.9, 0.95, 0.99), "too_few"
    )
    assert plan["cost"] is None and [each["certainty"] for each in found["plans"] if each["cost"]] == [0.8]
    assert found["further"] == [], "of a budget line nothing is told between plans that are not both shown"
    alone = written(sized(2, priced=False))
    assert len(alone["plans"]) == 1 and alone["curve"] is None and alone["plans"][0]["cost"] is None


def test_by_when_to_decide_is_told_of_what_is_more_than_today() -> None:
    plan = next(each for each in made(1, together="year")[1]["plans"] if each["asked"])
    for each in plan["levels"]:
        assert (each["decide_by"] is not None) == (each["least"] > each["today"])
        assert each["decide_by"] is None or each["decide_by"] < f"{each['period'][2:]}-04-01"


def test_fresh_replications_draw_what_is_not_known_independently() -> None:
    assert draws(1, chance_only=True) is None
    rows, halves = len(load_unknowns().positions), []
    for seed in range(60):
        chosen = draws(seed, chance_only=False)
        assert chosen is not None and len(chosen) == MOST_FRESH and chosen != draws(seed + 1, chance_only=False)
        own = unknowns_of(chosen)
        taken = [own.row(seed, FIRST + place) for place in range(MOST_FRESH if seed < 5 else 150)]
        assert len(set(taken)) == len(taken), "each draw is taken once"
        halves.append(sum(chosen[row] < rows / 2 for row in taken[:150]))
    # evenly spread draws would put 75 into either half each time; independent ones vary by 6.1
    assert np.std(halves) == pytest.approx(150**0.5 / 2, rel=4 / (2 * 60) ** 0.5)
