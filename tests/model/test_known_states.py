"""What is known of the past: applications, work inside on a day, cards handed over; and reruns on saved facts."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from no_run_in import without_run_in

from scenarios.errors import UserError
from scenarios.files.load import Scenario, load
from sim.people.history import CardHistory
from sim.replication import replicate, whole
from sim.streams import Ints

START, END = date(2025, 4, 1), date(2025, 7, 5)


@pytest.fixture(scope="module")
def short() -> Scenario:
    return load("baseline-fy2025").with_values({"end": END})


def facts_of(scenario: Scenario, history: CardHistory) -> dict[str, Ints]:
    return replicate(without_run_in(scenario.parameters), history, 1, 1).facts


@pytest.fixture(scope="module")
def plain(short: Scenario, history: CardHistory) -> dict[str, Ints]:
    return facts_of(short, history)


def day(of: date) -> int:
    return (of - START).days


def test_known_applications_replace_what_would_be_drawn_to_the_last_one(
    short: Scenario, plain: dict[str, Ints], history: CardHistory
) -> None:
    windows = [
        {"from": date(2025, 4, 1), "to": date(2025, 4, 30), "applications": 1_234_567},
        {"from": date(2025, 6, 1), "to": date(2025, 6, 15), "applications": 400_001},
    ]
    known = facts_of(short.with_values({"demand.actual": windows}), history)
    received = known["applications"]
    assert received[: day(date(2025, 5, 1))].sum() == 1_234_567
    assert received[day(date(2025, 6, 1)) : day(date(2025, 6, 16))].sum() == 400_001
    may = slice(day(date(2025, 5, 1)), day(date(2025, 6, 1)))
    assert received[may] == pytest.approx(plain["applications"][may], rel=0.01)
    april = slice(0, 30)
    share = known["applications_renewal"][april].sum() / 1_234_567
    assert share == pytest.approx(
        plain["applications_renewal"][april].sum() / plain["applications"][april].sum(), abs=0.01
    )


def test_known_applications_of_a_world_without_demand_count_as_first_cards(
    empty_world: Callable[..., Scenario], nobody: CardHistory
) -> None:
    actual = [{"from": START, "to": START, "applications": 777}]
    world = empty_world(START, END).with_values({"demand.actual": actual, "plant.returned_share": 0})
    facts = facts_of(world, nobody)
    assert facts["applications"].sum() == facts["applications_first_time"].sum() == 777


@pytest.mark.parametrize("inside", [0, 100_000, 900_000])
def test_work_inside_is_set_to_what_is_stated(
    short: Scenario, plain: dict[str, Ints], history: CardHistory, inside: int
) -> None:
    state = [{"as_of": date(2025, 6, 30), "cards": inside, "at_municipalities": 1_000_000}]
    facts = facts_of(short.with_values({"opening.restated": state}), history)
    morning = day(date(2025, 7, 1))
    stations = ("checks", "data", "production", "inspection", "dispatch")
    before = sum(int(plain[f"waiting_{name}"][morning - 1]) for name in stations)
    express = int(plain["applications_express"][morning - 5 : morning].sum())  # express cards inside are not restated
    begun = 8 * 5000  # nor are the lots in work on eight lines
    changed = int(facts["restated_cards"].sum())
    assert facts["restated_cards"][morning] == changed
    assert before + changed == pytest.approx(inside, abs=express + begun)
    on_the_way = int(plain["on_the_way"][morning - 1])
    waiting = int(plain["at_municipalities"][morning - 1]) + int(facts["restated_at_municipalities"][morning])
    assert waiting == 1_000_000 - on_the_way


def test_never_collected_cards_are_taken_out_of_a_stated_stock(short: Scenario, history: CardHistory) -> None:
    state = {"as_of": date(2025, 6, 30), "at_municipalities": 2_000_000}
    with_share = {**state, "dispatched_so_far": 10_000_000}
    share = {"counters.never_collected_share": 0.05}
    without, fewer = (
        facts_of(short.with_values({"opening.restated": [s], **share}), history) for s in (state, with_share)
    )
    difference = without["restated_at_municipalities"].sum() - fewer["restated_at_municipalities"].sum()
    assert difference == 500_000


@pytest.mark.parametrize("as_of", [date(2024, 7, 7), date(2025, 5, 31)])
def test_the_count_since_2016_meets_the_published_one(short: Scenario, history: CardHistory, as_of: date) -> None:
    known = short.with_values({"opening.handed_over": {"as_of": as_of, "cards": 100_108_393}})
    facts = whole(known.parameters, history, 1, 1).facts
    first = known.parameters.first_simulated_day
    assert facts["cards_handed_over_cumulative"][(as_of - first).days] == 100_108_393
    assert (np.diff(facts["cards_handed_over_cumulative"]) == facts["handed_over"][1:]).all()


def test_a_count_published_before_the_run_is_carried_on_by_the_card_history(history: CardHistory) -> None:
    later = load("baseline-fy2025").with_values(
        {
            "start": date(2026, 4, 1),
            "end": date(2026, 4, 30),
            "opening.handed_over": {"as_of": "2024-07-07", "cards": 0},
        }
    )
    facts = whole(later.parameters, history, 1, 1).facts
    nine_months = history.cards[2024 * 12 + 6 - history.first_month :][:9].sum()
    assert facts["cards_handed_over_cumulative"][0] - facts["handed_over"][0] == round(nine_months)


def test_an_earlier_history_moves_the_cards_and_loses_none_inside(history: CardHistory) -> None:
    month = 365.25 / 12
    assert (history.drawn(0, 0) == history.cards).all()
    earlier = history.drawn(0, month)
    assert earlier[1:-1] == pytest.approx(history.cards[2:])
    assert earlier[0] == pytest.approx(history.cards[:2].sum(axis=0))  # nothing was issued before the first month
    assert history.drawn(0, -month)[1:] == pytest.approx(history.cards[:-1])
    half = history.drawn(0, month / 2)
    assert half[1:-1] == pytest.approx((history.cards[1:-1] + history.cards[2:]) / 2)
    assert half[0] == pytest.approx(history.cards[0] + history.cards[1] / 2)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (
            "demand.actual",
            [
                {"from": "2025-05-01", "to": "2025-05-31", "applications": 1},
                {"from": "2025-05-31", "to": "2025-06-30", "applications": 1},
            ],
            "must come after",
        ),
        ("demand.actual", [{"from": "2023-01-01", "to": "2023-01-31", "applications": 1}], "outside the run"),
        ("opening.restated", [{"as_of": "2030-01-01", "cards": 1}], "outside the run"),
        (
            "opening.restated",
            [{"as_of": "2025-05-02", "cards": 1}, {"as_of": "2025-05-01", "cards": 1}],
            "must come after",
        ),
        ("opening.restated", [{"as_of": "2025-05-01", "cards": -1}], "greater than or equal to 0"),
    ],
)
def test_what_cannot_be_is_refused(path: str, value: object, said: str) -> None:
    with pytest.raises(UserError, match=said):
        load("baseline-fy2025").with_values({path: value})
