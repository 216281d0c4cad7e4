"""Sizings whose right answer is known: Erlang A, a sum by hand, needs drawn from a known law."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from scenarios.errors import UserError
from scenarios.experiment.experiment import Point, evaluate, evaluate_again
from scenarios.experiment.store import Store
from scenarios.files.load import Scenario
from scenarios.ledger.ledger import LedgerOptions, ledger, listed
from scenarios.resources import raised
from scenarios.size.fresh import FIRST, Fresh, ask_fresh
from scenarios.size.needs import find_needs
from scenarios.size.problem import Bounded, Problem, judged
from scenarios.size.scales import equipped
from scenarios.size.search import Hands
from scenarios.size.size import SizeOptions, size
from scenarios.size.theory import fluid
from scenarios.size.today import look_at_today
from sim.contact.erlang import long_run
from sim.people.history import CardHistory

Build = Callable[..., Scenario]


@pytest.fixture(autouse=True)
def _nobody_lives_here(monkeypatch: pytest.MonkeyPatch, nobody: CardHistory) -> None:
    monkeypatch.setattr("scenarios.experiment.experiment.load_history", lambda: nobody)


# one plain centre -----------------------------------------------------------------------------------------------------

ALL_DAY = [{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"], "from": "00:00", "to": "24:00"}]
MARKOV = (np.log(2)) ** 0.5
"""Spread of log-normal handle times that are as uneven as exponential ones."""


def plain_centre(empty_world: Build, march: float, april: float, handle: float, patience: float) -> Scenario:
    """Only the help desk is rung, day and night, so often a minute in two months of two fiscal years."""
    desk = {
        "seats": 33,
        "hours": ALL_DAY,
        "closures": [],
        "roster": [{**ALL_DAY[0], "share": 1.0}],
        "shrinkage": 0,
        "waiting_places": 100_000,
        "handle_minutes": handle,
        "handle_weights": [1, 1],
        "handle_spread": MARKOV,
        "patience_minutes": patience,
        "call_back_share": 0,
        "weekdays": [1] * 7,
        "holiday": 1,
        "hour_weights": [1] * 24,
        "noise": 0,
        "calls_per_open_day": [
            {"from": date(2024, 3, 1), "value": 0},
            {"from": date(2025, 3, 1), "value": 1440 * march},
            {"from": date(2025, 4, 1), "value": 1440 * april},
        ],
    }
    values = {f"contact.helpdesk.{name}": value for name, value in desk.items()}
    return empty_world(date(2025, 3, 1), date(2025, 4, 30)).with_values(values)


def by_level(path: str, period: str, level: float) -> float:
    """A yen a unit."""
    return level


def least_seats(rate: float, handle: float, patience: float) -> int:
    """Exactly: the fewest agents with whom Erlang A answers 95 %."""
    return next(n for n in range(1, 1000) if long_run(rate, handle, patience, n, 1.0).answered >= 0.95)


@pytest.mark.parametrize(("handle", "patience"), [(6.0, 3.0), (10.0, 1.0), (4.0, 12.0)])
@pytest.mark.parametrize("rates", [(1.0, 2.5), (6.0, 15.0)])
def test_seats_of_a_plain_centre_are_erlangs_to_one(
    empty_world: Build, tmp_path: Path, handle: float, patience: float, rates: tuple[float, float]
) -> None:
    scenario = plain_centre(empty_world, *rates, handle, patience)
    problem = Problem(scenario, (Bounded("contact.helpdesk.seats", 1, 400, 1),), ("helpdesk-95",), chance_only=True)
    base = Point("plain", scenario.parameters, 1, chance_only=True)
    hands = Hands(Store(tmp_path / "r"), tmp_path / "needs", 1, lambda task: None)
    numbers = range(1, 3)
    needs = find_needs(problem, base, look_at_today(problem, base, numbers, hands), numbers, hands, by_level)
    for period, rate in zip(("FY2024", "FY2025"), rates, strict=True):
        scale, exact = needs.scales["contact.helpdesk.seats"][period], least_seats(rate, handle, patience)
        found = [scale.level(int(rung)) for rung in needs.steps["contact.helpdesk.seats", period]]
        assert all(abs(seats - exact) <= 1 for seats in found), (found, exact)
        assert needs.theory["contact.helpdesk.seats"][period] == pytest.approx(exact, abs=1)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose replications two sizings of one scenario share."""
    return tmp_path_factory.mktemp("size")


def test_the_whole_way_to_a_claim(empty_world: Build, shared: Path) -> None:
    scenario = plain_centre(empty_world, 0.5, 2.0, 6.0, 3.0)
    options = SizeOptions(confidence=0.5, replications=6, fresh=6, chance_only=True)
    found = size(scenario, ["contact.helpdesk.seats=1:60"], ["helpdesk-95"], shared, options)
    exact = {"FY2024": least_seats(0.5, 6.0, 3.0), "FY2025": least_seats(2.0, 6.0, 3.0)}
    for row in found.rows:
        assert abs(row.least - exact[row.period]) <= 1
        assert row.low <= row.probability <= row.high
    (plan,) = found.plans
    assert plan.shown
    assert all(each.held <= each.of for each in plan.evidence)


def test_a_fresh_replication_needs_what_whole_simulations_say(empty_world: Build, tmp_path: Path) -> None:
    """Searched from the floor by reruns of a part, found by simulating it whole at that level and a seat below."""
    path, numbers = "contact.helpdesk.seats", range(1, 4)
    scenario = plain_centre(empty_world, 1.0, 1.5, 6.0, 3.0).with_values({"contact.helpdesk.noise": 0.5})
    problem = Problem(scenario, (Bounded(path, 1, 90, 1),), ("helpdesk-95",), chance_only=True)
    base = Point("plain", scenario.parameters, 1, chance_only=True)
    hands = Hands(Store(tmp_path / "r"), tmp_path / "needs", 1, lambda task: None)
    needs = find_needs(problem, base, look_at_today(problem, base, numbers, hands), numbers, hands, by_level)
    fresh = Fresh(problem, needs)
    said = ask_fresh(fresh, 2, hands, lambda kept, seconds: None)
    beyond = 0
    for place, each in enumerate(said):
        for period, step in each["steps"][path].items():
            floor, scale = fresh.floors[path, period], needs.scales[path][period]
            for rung, meets in ((step, True), *([(step - 1, False)] if step > floor else [])):
                own = equipped(scenario, needs.scales, {path: {**dict.fromkeys(needs.periods, step), period: rung}})
                point = Point("whole", own.parameters, 1, chance_only=True)
                ((_, [result]),) = evaluate([point], [FIRST + place], Store(tmp_path / "whole"))
                assert judged(result, own.parameters, problem.targets, None)[period].together is meets, scale
            beyond += step > floor
    assert beyond, "some need more than the floor"


def plain_chain(empty_world: Build, last: date) -> Scenario:
    """100,000 applications on Monday 1 June 2026 at one line, and ample of everything before and behind it."""
    ample = dict.fromkeys(("checks_per_day", "card_system_per_day", "inspection_per_day"), 1e9)
    return empty_world(date(2026, 6, 1), last).with_values(
        {f"plant.{name}": value for name, value in ample.items()}
        | {
            "plant.lines": 1,
            "plant.lot_size": 100,
            "demand.stress": [{"from": date(2026, 6, 1), "to": date(2026, 6, 1), "applications_per_day": 100_000}],
        }
    )


def test_weekends_and_cards_are_bought_alike_in_whatever_order_they_are_named(
    empty_world: Build, tmp_path: Path
) -> None:
    """Weekdays alone take 9,900 cards a day (see below); weekend days that cost next to nothing make it fewer."""
    scenario = plain_chain(empty_world, date(2026, 6, 30))
    cards, days = Bounded("plant.cards_per_day", 6300, 12300, 600), Bounded("plant.weekend_days_per_month", 0, 2, 1)
    asked = [
        Problem(scenario, named, ("issue-14-days/standard",), chance_only=True, below_promises=True)
        for named in ((cards, days), (days, cards))
    ]
    assert asked[0].groups() == asked[1].groups() == [(days, cards)]
    base = Point("chain", scenario.parameters, 1, chance_only=True)
    hands = Hands(Store(tmp_path / "r"), tmp_path / "needs", 1, lambda task: None)

    def nearly_free(path: str, period: str, level: float) -> float:
        return level if path == cards.path else 0.1 * level

    needs = find_needs(asked[0], base, look_at_today(asked[0], base, [1], hands), [1], hands, nearly_free)
    key = "plant.weekend_days_per_month+plant.cards_per_day", "FY2026"
    mix = needs.mixes[key].mix(int(needs.steps[key][0]))
    least = {path: needs.scales[path]["FY2026"].level(rung) for path, rung in mix.items()}
    assert least == {cards.path: 8700, days.path: 2}, "100,000 in twelve days: 8,334 a day; steps of 600 make it 8,700"


def test_a_target_out_of_bounds_gets_the_best_that_is_in_them(empty_world: Build, shared: Path) -> None:
    scenario = plain_centre(empty_world, 0.5, 2.0, 6.0, 3.0)
    options = SizeOptions(confidence=0.5, replications=6, fresh=6, chance_only=True)
    found = size(scenario, ["contact.helpdesk.seats=4:8"], [], shared, options)
    (plan,) = found.plans
    assert not plan.reached
    assert not plan.shown
    held = {each.period: each.held for each in plan.evidence}
    assert held == {"FY2024": 6, "FY2025": 0}
    assert found.best_partial is not None
    assert (found.best_partial.probability, found.best_partial.short_of) == (0, "seats_helpdesk")
    least = {row.period: row.least for row in found.rows}
    assert least["FY2025"] == 8


def test_one_more_seat_saves_calls_where_sizing_asks_for_more_and_hardly_any_where_it_would_release(
    empty_world: Build, shared: Path
) -> None:
    """30 seats in March, with a third of the calls of April: some could be released, and a month on more are asked."""
    scenario = plain_centre(empty_world, 2.0, 6.0, 6.0, 3.0).with_values({"contact.helpdesk.seats": 30})
    path = "contact.helpdesk.seats"
    found = ledger(scenario, shared / "ledger", LedgerOptions((path,), replications=12, chance_only=True))
    exact = {"FY2024": least_seats(2.0, 6.0, 3.0), "FY2025": least_seats(6.0, 6.0, 3.0)}
    assert exact["FY2024"] < 30 < exact["FY2025"]
    saved = {row["period"]: row for row in listed(found) if row["saves"] == "lost_calls_helpdesk"}
    assert saved["FY2025"]["clear"] and saved["FY2025"]["low"] > 0
    assert saved["FY2024"]["difference"] < 0.01 * saved["FY2025"]["difference"]


def test_a_point_run_in_parts_is_stored_as_if_run_whole(empty_world: Build, tmp_path: Path) -> None:
    scenario = plain_centre(empty_world, 0.5, 2.0, 6.0, 3.0)
    base, more = (
        Point(name, each.parameters, 1)
        for name, each in (("as it is", scenario), ("more", raised(scenario, "contact.helpdesk.seats", 5)))
    )
    ((_, [afresh]),) = evaluate([more], [3], Store(tmp_path / "afresh"))
    ((_, [in_parts]),) = evaluate_again([more], base, [3], Store(tmp_path / "in parts"))
    assert all((series == in_parts.facts[name]).all() for name, series in afresh.facts.items())
    assert (afresh.lead_times == in_parts.lead_times).all() and (afresh.ledger == in_parts.ledger).all()


# one plain chain ------------------------------------------------------------------------------------------------------


def test_a_chain_is_sized_as_by_hand(empty_world: Build, tmp_path: Path) -> None:
    # 100,000 applications on Monday 1 June 2026 are worked on from the 2nd and must leave by the 15th, ten worked days
    # later. 99 % of them in ten days take 9,900 a day; lots of 100 and steps of 100 leave it there, or a step above.
    scenario = plain_chain(empty_world, date(2026, 7, 31))
    bounds = Bounded("plant.cards_per_day", 1000, 30_000, 100)
    problem = Problem(scenario, (bounds,), ("issue-14-days/standard",), chance_only=True, below_promises=True)
    base = Point("chain", scenario.parameters, 1, chance_only=True)
    hands = Hands(Store(tmp_path / "r"), tmp_path / "needs", 1, lambda task: None)
    needs = find_needs(problem, base, look_at_today(problem, base, [1], hands), [1], hands, by_level)
    (rung,) = needs.steps["plant.cards_per_day", "FY2026"]
    assert needs.scales["plant.cards_per_day"]["FY2026"].level(int(rung)) in (9_900, 10_000)


def test_a_fluid_needs_what_the_sum_by_hand_says() -> None:
    # 700 arrive on the first of 21 days, all worked; they must be through on day 14 and take one day of pipeline: 13
    # days for 95 % of nothing but these, which is all of them.
    arrivals = np.zeros(21, dtype=np.int64)
    arrivals[0] = 700
    need = fluid(arrivals, np.ones(21, dtype=np.bool_), target_days=14, pipeline=1, share=0.95)
    assert need == pytest.approx(700 / 13, rel=1e-4)
    assert fluid(np.zeros(5, dtype=np.int64), np.ones(5, dtype=np.bool_), 14, 1, 0.99) == 0


# what is wrong --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("resources", "asked", "said"),
    [
        (["contact.resident.seat"], [], "did you mean contact.resident.seats?"),
        (["contact.resident.seats=900:400"], [], "is an empty range: 400 is less than 900"),
        (["contact.resident.seats=a:b"], [], "must look like LOW:HIGH"),
        (["contact.resident.seats=1:9:0"], [], "the step must be more than 0"),
        (["contact.resident.seats"] * 2, [], "is named twice"),
        (["contact.resident.seats"], ["calls-59"], "did you mean calls-95?"),
        (["contact.resident.seats"], ["issue-14-days"], "is never reachable with these resources"),
        (["contact.resident.seats", "plant.lines"], ["calls-95"], "plant.lines   helps to meet none of calls-95"),
        (["plant.lines", "plant.cards_per_day"], [], "are two names of one thing"),
        ([], [], "none is named"),
        (["plant.cards_per_day=50000:100000"], [], "--release-below-promises allows it"),
    ],
)
def test_a_wrong_question_is_refused_before_anything_runs(
    empty_world: Build, tmp_path: Path, resources: list[str], asked: list[str], said: str
) -> None:
    world = empty_world(date(2026, 6, 1), date(2026, 6, 30))
    with pytest.raises(UserError) as told:
        size(world, resources, asked, tmp_path / "out", SizeOptions())
    assert said in str(told.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (SizeOptions(confidence=0.3), "--confidence 0.3"),
        (SizeOptions(replications=3), "--replications 3"),
        (SizeOptions(monthly_floor=95), "--monthly-floor 95"),
        (SizeOptions(fresh=4), "--fresh 4: a sizing takes 5 to 1024"),
        (SizeOptions(fresh=2000), "--fresh 2000"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    empty_world: Build, tmp_path: Path, options: SizeOptions, said: str
) -> None:
    world = empty_world(date(2026, 6, 1), date(2026, 6, 30))
    with pytest.raises(UserError, match=said):
        size(world, ["contact.resident.seats"], [], tmp_path, options)
