"""Hundreds of sizings of needs with a known law: claims are true, levels are the least, and prices are right."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import product

import numpy as np
import pytest
from scipy.special import betaincinv, ndtr

from scenarios.size.choose import NEVER, cheapest
from scenarios.size.claims import needed as orders_needed
from scenarios.size.claims import trials_for
from scenarios.size.frontier import Staircases, trace
from scenarios.size.line import Costs, further, line
from scenarios.size.mixes import Mixes, enough, in_ratio, of_one
from scenarios.size.options import SizeOptions
from scenarios.size.plan import Claim, Found, towards
from scenarios.size.scales import Scale

FY = "FY2027"
Law = Callable[[np.random.Generator, int], Mapping[str, np.ndarray]]
"""Levels that so many replications need, by resource."""
SIZINGS = 400
COLUMNS = (0.8, 0.9, 0.95)


def scale(path: str, top: int = 4000) -> Scale:
    return Scale(path, FY, 0, 1, top, (date(2027, 4, 1),), (1.0,))


def lognormal(rng: np.random.Generator, count: int) -> Mapping[str, np.ndarray]:
    return {"seats": 1000 * np.exp(0.12 * rng.standard_normal(count))}


def skewed(rng: np.random.Generator, count: int) -> Mapping[str, np.ndarray]:
    """A gamma law of the same spread: most need little, some much more."""
    return {"seats": 820 + 80 * rng.gamma(2.25, 1.0, count)}


def two(rng: np.random.Generator, count: int) -> Mapping[str, np.ndarray]:
    """Seats, and cards that vary by a third as much, half related to each other."""
    both = rng.standard_normal(count)
    own = [0.7 * both + 0.51**0.5 * rng.standard_normal(count) for _ in range(2)]
    return {"seats": 1000 * np.exp(0.12 * own[0]), "cards": 500 * np.exp(0.04 * own[1])}


def needed(levels: Mapping[str, np.ndarray]) -> dict[tuple[str, str], np.ndarray]:
    return {(path, FY): np.ceil(own).astype(np.int64) for path, own in levels.items()}


def sized(rng: np.random.Generator, law: Law, certainty: float, fresh: int) -> Claim:
    """A sizing at one yen a step of each resource."""
    searched = needed(law(rng, 16))
    mixes = {key: of_one(scale(key[0])) for key in searched}
    costs = {key: np.arange(own.top + 1.0) for key, own in mixes.items()}
    nothing = {key: np.zeros(16) for key in mixes}
    found = Found(needed(law(rng, fresh)), dict.fromkeys(mixes, 0))
    return Claim((FY,), towards(mixes, costs, searched, nothing, certainty), found)


def sizings(law: Law, certainty: float, count: int = SIZINGS, fresh: int | None = None) -> list[Claim]:
    rng = np.random.default_rng(7)
    return [sized(rng, law, certainty, fresh or trials_for(certainty)) for _ in range(count)]


@pytest.mark.parametrize("certainty", [0.8, 0.9, 0.95])
@pytest.mark.parametrize(("law", "most"), [(lognormal, 0.04), (skewed, 0.065)])
def test_claims_are_true_and_levels_little_above_the_least(law: Law, most: float, certainty: float) -> None:
    whole = np.sort(law(np.random.default_rng(0), 400_000)["seats"])
    exact = float(np.quantile(whole, certainty))
    bought, inside = [], []
    for claim in sizings(law, certainty):
        level = claim.level(certainty)
        assert level.shown and level.low and level.high
        low, own, high = (steps["seats", FY] for steps in (level.low, level.steps, level.high))
        assert low <= own <= high
        bought.append(own)
        inside.append(low <= np.ceil(exact) <= high)
    assert np.mean(np.array(bought) >= exact) >= 0.95 - 2 * (0.95 * 0.05 / SIZINGS) ** 0.5
    assert np.median(bought) <= (1 + most) * exact
    assert np.mean(inside) == pytest.approx(0.95, abs=0.02 + 2 * (0.95 * 0.05 / SIZINGS) ** 0.5)


def test_every_column_of_a_budget_is_in_the_middle_at_most_4_per_cent_above_the_least() -> None:
    exact = np.quantile(lognormal(np.random.default_rng(0), 400_000)["seats"], COLUMNS)
    claims = sizings(lognormal, 0.9, fresh=SizeOptions(0.9).counted(priced=True).of_fresh)
    bought = np.array([[claim.level(each).steps["seats", FY] for each in COLUMNS] for claim in claims])
    assert (np.median(bought, axis=0) <= 1.04 * exact).all()
    assert ((bought >= exact).mean(axis=0) >= 0.95 - 2 * (0.95 * 0.05 / SIZINGS) ** 0.5).all()


@pytest.mark.parametrize(("certainty", "fresh"), [(0.8, 133), (0.9, 215), (0.95, 400)])
def test_skewed_needs_take_more_replications_to_come_as_near_to_the_least(certainty: float, fresh: int) -> None:
    """What is too much is what the order asked for has in that law, for any rule that holds whatever the law."""
    whole = np.sort(skewed(np.random.default_rng(0), 400_000)["seats"])
    exact = float(np.quantile(whole, certainty))
    excess = {}
    for count in (fresh, trials_for(certainty)):
        bought = [claim.level(certainty).steps["seats", FY] for claim in sizings(skewed, certainty, fresh=count)]
        assert np.mean(np.array(bought) >= exact) >= 0.95 - 2 * (0.95 * 0.05 / SIZINGS) ** 0.5
        order = orders_needed(count, certainty)
        assert order is not None
        middle = float(np.quantile(whole, betaincinv(order, count - order + 1, 0.5)))
        excess[count] = np.median(bought) / exact - 1
        assert excess[count] == pytest.approx(middle / exact - 1, abs=0.01)
    assert excess[fresh] <= 0.04 < excess[trials_for(certainty)] + 0.003


@pytest.mark.parametrize("certainty", [0.8, 0.9])
def test_claims_of_two_resources_are_true_and_cost_little_more_than_the_cheapest(certainty: float) -> None:
    law = two(np.random.default_rng(1), 200_000)
    held = int(certainty * 200_000)
    truth, bought = [], []
    for claim in sizings(two, certainty):
        steps = {path: step for (path, _), step in claim.level(certainty).steps.items()}
        together = np.all([law[path][:50_000] <= step for path, step in steps.items()], axis=0)
        truth.append(together.mean() >= certainty)
        bought.append(sum(steps.values()))
    beside = [
        seats + np.partition(law["cards"][law["seats"] <= seats], held)[held]
        for seats in np.quantile(law["seats"], np.linspace(certainty + 0.002, 0.999, 60))
    ]
    assert np.mean(truth) >= 0.95 - 2 * (0.95 * 0.05 / SIZINGS) ** 0.5
    assert np.median(bought) <= 1.04 * min(beside)


def beside_plant(beyond: float, rng: np.random.Generator, fresh: int) -> Claim:
    """Seats, and a plant of which the share ``beyond`` of replications needs more than its first step of 500: theory
    expects all to need nearly that. The search needs none of it.
    """
    at_first = {("seats", FY): 1000 * np.exp(0.12 * rng.standard_normal(16)), ("plant", FY): np.full(16, 500.0)}
    searched = {key: np.ceil(own).astype(np.int64) - 500 * (key[0] == "plant") for key, own in at_first.items()}
    mixes = {("seats", FY): of_one(scale("seats")), ("plant", FY): of_one(Scale("plant", FY, 500, 1, 3500, (), ()))}
    costs = {key: np.arange(own.top + 1.0) for key, own in mixes.items()}
    theory = {("seats", FY): np.zeros(16), ("plant", FY): 480 * np.exp(0.12 * rng.standard_normal(16))}
    direction = towards(mixes, costs, searched, theory, 0.9)
    seats = np.ceil(1000 * np.exp(0.12 * rng.standard_normal(fresh))).astype(np.int64)
    plant = np.where(rng.random(fresh) < beyond, rng.integers(1, 200, fresh), 0)
    return Claim((FY,), direction, Found({("seats", FY): seats, ("plant", FY): plant}, dict.fromkeys(mixes, 0)))


def held(beyond: float, steps: Mapping[tuple[str, str], int]) -> float:
    """How likely a replication needs at most these steps."""
    within = np.clip(steps["plant", FY], 0, 199) / 199
    return float(ndtr(np.log(steps["seats", FY] / 1000) / 0.12) * (1 - beyond * (1 - within)))


@pytest.mark.parametrize("beyond", [0.0, 0.002, 0.01, 0.05])
@pytest.mark.parametrize("certainty", [0.8, 0.9, 0.95])
def test_claims_stay_true_where_nothing_is_bought_of_what_no_replication_needs(beyond: float, certainty: float) -> None:
    rng = np.random.default_rng(3)
    claims = [beside_plant(beyond, rng, 215) for _ in range(2 * SIZINGS)]
    levels = [claim.level(certainty) for claim in claims]
    assert all(level.shown and level.low and level.high for level in levels)
    true = np.mean([held(beyond, level.steps) >= certainty for level in levels])
    assert true >= 0.95 - 2 * (0.95 * 0.05 / (2 * SIZINGS)) ** 0.5
    for claim, level in zip(claims, levels, strict=True):
        most = int(claim.found.steps["plant", FY].max())
        assert claim.direction.spared == (("plant", FY),) and level.steps["plant", FY] <= most
        moved = claim.direction.steps(claim.needs.at(level.order))
        assert level.steps == {**moved, ("plant", FY): min(moved["plant", FY], most)}
        steps = [claim.level(each).steps for each in COLUMNS]
        assert all([each[key] for each in steps] == sorted(each[key] for each in steps) for key in level.steps)
    moved = [claim.direction.steps(claim.needs.at(orders_needed(215, certainty) or 0)) for claim in claims]
    saved = [sum(before.values()) - sum(level.steps.values()) for before, level in zip(moved, levels, strict=True)]
    assert certainty < 0.95 or beyond or np.median(saved) > 0, "an order more of seats costs less than the plant"


def test_nothing_is_spared_where_the_certainty_takes_every_replication() -> None:
    claim = beside_plant(0.0, np.random.default_rng(3), 29)
    level = claim.level(0.9)
    assert level.order == 29 and level.shown
    assert level.steps == claim.direction.steps(claim.needs.at(29))


def test_nothing_is_spared_that_likely_multipliers_do_not_move() -> None:
    """Theory expects a third of the first step: it is never bought, and no order need be given for it."""
    mixes = {("seats", FY): of_one(scale("seats")), ("plant", FY): of_one(Scale("plant", FY, 500, 1, 3500, (), ()))}
    costs = {key: np.arange(own.top + 1.0) for key, own in mixes.items()}
    spread = np.exp(0.12 * np.random.default_rng(1).standard_normal(16))
    searched = {("seats", FY): np.ceil(1000 * spread).astype(np.int64), ("plant", FY): np.zeros(16, dtype=np.int64)}
    theory = {("seats", FY): np.zeros(16), ("plant", FY): 160 * spread}
    assert towards(mixes, costs, searched, theory, 0.9).spared == ()


@pytest.mark.parametrize("law", [lognormal, skewed])
def test_a_surer_plan_is_never_cheaper_and_the_line_never_falls(law: Law) -> None:
    for claim in sizings(law, 0.9, 100, 150):
        levels = [claim.level(certainty).steps["seats", FY] for certainty in (0.8, 0.9, 0.95)]
        assert levels == sorted(levels)
        costs = [float(claim.at(order)["seats", FY]) for order in range(1, 151)]
        points = line("FY2027", Costs(costs, claim.needs.first, claim.needs.last))
        assert [point.yen for point in points] == sorted(costs) and points[-1].certainty == 150 / 151
        for point in points:
            assert (point.low or 0) <= point.yen <= (point.high or np.inf)


@pytest.mark.parametrize("law", [lognormal, skewed])
def test_yen_for_each_further_point_is_right(law: Law) -> None:
    certainties = (0.8, 0.9, 0.95)
    truth = np.diff(np.quantile(law(np.random.default_rng(0), 400_000)["seats"], certainties)) / [10, 5]
    told, inside = [], []
    for seed, claim in enumerate(sizings(law, 0.9, 100, 150)):
        costs = np.array([claim.at(order)["seats", FY] for order in range(1, 151)], dtype=np.float64)
        steps = further("FY2027", [costs], claim.orders[None], certainties, seed)
        told.append([step.yen for step in steps])
        inside.append([step.low <= own <= step.high for step, own in zip(steps, truth, strict=True)])
    assert (np.abs(np.median(told, axis=0) / truth - 1) <= 0.25).all()
    assert (np.mean(inside, axis=0) >= 0.93).all()


@pytest.mark.parametrize("of", [133, 215])
@pytest.mark.parametrize("law", [lognormal, skewed])
def test_the_interval_of_a_further_point_covers_95_per_cent_and_not_much_more(law: Law, of: int) -> None:
    """Of 800 sizings 93 to 97 %, within two standard errors of a count."""
    certainties, sizings_, rng = (0.8, 0.9, 0.95), 800, np.random.default_rng(11)
    truth = np.diff(np.quantile(law(np.random.default_rng(0), 400_000)["seats"], certainties)) / [10, 5]
    inside = []
    for seed in range(sizings_):
        needs = np.ceil(law(rng, of)["seats"])
        orders = np.argsort(np.argsort(needs, kind="stable"), kind="stable")
        steps = further("FY2027", [np.sort(needs)], orders[None], certainties, seed)
        inside.append([step.low <= own <= step.high for step, own in zip(steps, truth, strict=True)])
    assert np.mean(inside, axis=0) == pytest.approx([0.95, 0.95], abs=0.02 + 2 * (0.95 * 0.05 / sizings_) ** 0.5)


def test_the_interval_of_a_further_point_of_two_years_together_covers_95_per_cent() -> None:
    rng, inside = np.random.default_rng(12), []
    truth = np.diff(np.quantile(lognormal(np.random.default_rng(0), 400_000)["seats"], [0.8, 0.9, 0.95])) * 2 / [10, 5]
    for seed in range(SIZINGS):
        both = rng.standard_normal(215)
        own = [0.7 * both + 0.51**0.5 * rng.standard_normal(215) for _ in range(2)]
        needs = np.ceil(1000 * np.exp(0.12 * np.array(own)))
        orders = np.argsort(np.argsort(needs, axis=1, kind="stable"), axis=1, kind="stable")
        steps = further("FY2027", list(np.sort(needs, axis=1)), orders, [0.8, 0.9, 0.95], seed)
        inside.append([step.low <= each <= step.high for step, each in zip(steps, truth, strict=True)])
    assert np.mean(inside, axis=0) == pytest.approx([0.95, 0.95], abs=0.02 + 2 * (0.95 * 0.05 / SIZINGS) ** 0.5)


# mixes ----------------------------------------------------------------------------------------------------------------

Needs = Callable[[Sequence[int]], np.ndarray]


def substitutes(rng: np.random.Generator, tops: Sequence[int]) -> Needs:
    """24 replications in which a rung of one resource does for another at rates of their own."""
    rates = rng.lognormal(0, 0.3, (24, len(tops)))
    need = 0.6 * tops[-1] * np.exp(0.15 * rng.standard_normal(24))

    def least(point: Sequence[int]) -> np.ndarray:
        rest = np.maximum(need - (rates[:, :-1] * np.array(point)).sum(axis=1), 0)
        last = np.ceil(rest / rates[:, -1]).astype(np.int64)
        return np.where(last > tops[-1], NEVER, last)

    return least


def fading(rng: np.random.Generator, tops: Sequence[int]) -> Needs:
    """Each further rung of a resource does less, and without a little of the first nothing does."""
    rates = rng.lognormal(1.2, 0.3, (24, len(tops)))
    need = 0.5 * tops[-1] * np.exp(0.15 * rng.standard_normal(24))

    def least(point: Sequence[int]) -> np.ndarray:
        rest = np.maximum(need - (rates[:, :-1] * np.sqrt(np.array(point))).sum(axis=1), 0)
        last = np.ceil((rest / rates[:, -1]) ** 1.5).astype(np.int64)
        return np.where((last > tops[-1]) | (point[0] < 0.1 * need / rates[:, 0]), NEVER, last)

    return least


def brute_force(least: Needs, costs: Sequence[np.ndarray], held: int) -> float:
    best = np.inf
    for point in product(*(range(len(cost)) for cost in costs[:-1])):
        last = int(np.sort(least(point))[held - 1])
        if last < NEVER:
            best = min(best, sum(float(cost[rung]) for cost, rung in zip(costs, (*point, last), strict=True)))
    return best


@pytest.mark.parametrize("tops", [(40, 40), (11, 60), (12, 14, 16)], ids=["two", "days and cards", "three"])
@pytest.mark.parametrize("law", [substitutes, fading])
def test_a_mix_costs_no_more_than_a_step_above_brute_force(
    law: Callable[[np.random.Generator, Sequence[int]], Needs], tops: Sequence[int]
) -> None:
    solved = 0
    for seed in range(12):
        rng = np.random.default_rng(seed)
        least, prices = law(rng, tops), rng.uniform(1, 3, len(tops))
        costs = [price * np.arange(top + 1.0) for price, top in zip(prices, tops, strict=True)]
        staircases = Staircases(costs, 22)
        trace({FY: staircases}, lambda points, least=least: {FY: least(points[FY])})  # type: ignore[misc]
        truth = brute_force(least, costs, 22)
        assert (staircases.mix is None) == (truth == np.inf)
        if staircases.mix is not None:
            found = sum(float(cost[rung]) for cost, rung in zip(costs, staircases.mix, strict=True))
            assert truth <= found + 1e-9 and found <= truth + prices.max() + 1e-9
            assert len(staircases.known) < max(0.6 * np.prod([top + 1 for top in tops[:-1]]), 13)
            solved += 1
    assert solved >= 8


@pytest.mark.parametrize(
    ("tops", "seeds", "most"),
    [((240, 240), 30, 32), ((120, 400), 20, 32), ((11, 240), 20, 12), ((240, 30, 240), 3, 130)],
    ids=["two", "uneven", "days and cards", "three"],
)
@pytest.mark.parametrize("law", [substitutes, fading])
def test_a_mix_of_many_rungs_costs_no_more_than_a_step_above_brute_force_and_asks_for_few_points(
    law: Callable[[np.random.Generator, Sequence[int]], Needs], tops: Sequence[int], seeds: int, most: int
) -> None:
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        least, prices = law(rng, tops), rng.uniform(1, 3, len(tops))
        costs = [price * np.arange(top + 1.0) for price, top in zip(prices, tops, strict=True)]
        staircases = Staircases(costs, 22)
        trace({FY: staircases}, lambda points, least=least: {FY: least(points[FY])})  # type: ignore[misc]
        truth = brute_force(least, costs, 22)
        assert (staircases.mix is None) == (truth == np.inf)
        if staircases.mix is not None:
            found = sum(float(cost[rung]) for cost, rung in zip(costs, staircases.mix, strict=True))
            assert truth <= found + 1e-9 and found <= truth + prices.max() + 1e-9
            assert len(staircases.known) <= most


def test_three_resources_apart_are_bought_within_a_step_of_brute_force() -> None:
    rng = np.random.default_rng(2)
    needs = np.ceil(20 * np.exp(0.2 * rng.standard_normal((24, 3)))).astype(np.int64)
    costs = [price * np.arange(60.0) for price in (1.0, 2.5, 0.7)]
    found = cheapest(needs, costs, 22)
    truth = min(
        sum(float(cost[rung]) for cost, rung in zip(costs, rungs, strict=True))
        for rungs in product(*(np.unique(column) for column in needs.T))
        if (needs <= np.array(rungs)).all(axis=1).sum() >= 22
    )
    assert found is not None
    assert sum(float(cost[rung]) for cost, rung in zip(costs, found, strict=True)) == pytest.approx(truth)


def test_claims_of_a_mix_in_a_fixed_ratio_are_true() -> None:
    """Weekend days and cards a day: each replication has its own rate at which one does for the other."""
    days, cards = Scale("days", FY, 0, 1, 10, (), ()), Scale("cards", FY, 0, 1, 400, (), ())

    def drawn(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
        return 200 * np.exp(0.12 * rng.standard_normal(count)), 8 * np.exp(0.3 * rng.standard_normal(count))

    def least(law: tuple[np.ndarray, np.ndarray], point: Sequence[int]) -> np.ndarray:
        return np.ceil(np.maximum(law[0] - law[1] * point[0], 0)).astype(np.int64)

    rng, true = np.random.default_rng(5), []
    law = drawn(np.random.default_rng(6), 50_000)
    for _ in range(150):
        search, fresh = drawn(rng, 24), drawn(rng, 150)
        staircases = Staircases([5.0 * np.arange(11), 1.0 * np.arange(401)], 22)
        trace({FY: staircases}, lambda points, own=search: {FY: least(own, points[FY])})  # type: ignore[misc]
        assert staircases.mix is not None
        key, mixes = ("both", FY), in_ratio([days, cards], staircases.mix)
        direction = towards(
            {key: mixes},
            {key: mixes.rungs @ np.array([5.0, 1.0])},
            {key: enough(mixes, staircases.known)},
            {key: np.zeros(24)},
            0.9,
        )
        level = Claim((FY,), direction, Found({key: first_steps(mixes, fresh, least)}, {key: 0})).level(0.9)
        bought = mixes.rungs[level.steps[key]].tolist()
        true.append((least(law, bought) <= bought[1]).mean() >= 0.9)
    assert np.mean(true) >= 0.95 - 2 * (0.95 * 0.05 / 150) ** 0.5


def first_steps(mixes: Mixes, law: tuple[np.ndarray, np.ndarray], least: Callable[..., np.ndarray]) -> np.ndarray:
    """The first step that each replication can do with."""
    holds = np.array([least(law, [days]) <= cards for days, cards in mixes.rungs.tolist()])
    return np.where(holds.any(axis=0), holds.argmax(axis=0), NEVER)
