"""What a crowded help desk may do: borrow agents of the residents' centre, who are not made up, or offer call backs."""

from collections.abc import Callable
from datetime import date
from typing import cast

import numpy as np
import pytest
from no_run_in import without_run_in

from scenarios.files.load import Scenario, load
from sim.calendar import Calendar, Flags
from sim.contact.centre import Centre
from sim.contact.erlang import erlang_a_answered
from sim.contact.lending import Lending
from sim.contact.staffing import agents_needed
from sim.journal import Journal
from sim.people.history import CardHistory
from sim.plan import Plan
from sim.replication import whole
from sim.streams import Ints, Streams

Build = Callable[..., Scenario]
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)
HALF_HOURS = 19
"""Of the help desk, 8:30 to 18:00; the residents' centre is open at all of them."""


@pytest.fixture
def facts_with(empty_world: Build, nobody: CardHistory) -> Callable[..., dict[str, Ints]]:
    """June 2026 in a world in which only the help desk is rung, the month before left out."""

    def run(calls: int, **values: object) -> dict[str, Ints]:
        seats = {"contact__resident__seats": 120, "contact__helpdesk__seats": 33}
        scenario = empty_world(FIRST, LAST, contact__helpdesk__calls_per_open_day=calls, **{**seats, **values})
        return {
            name: series[-30:]
            for name, series in whole(without_run_in(scenario.parameters, 1), nobody, 1, 1, True).facts.items()
        }

    return run


def test_agents_needed_are_the_fewest_that_meet_the_share() -> None:
    calls = np.array([0.0, 3.0, 40.0, 900.0])
    needed = agents_needed(calls, handle=7.0, patience=3.0, answered_share=0.95)
    assert needed[0] == 0
    assert np.all(erlang_a_answered(calls[1:] / 30, 7.0, 3.0, needed[1:]) >= 0.95)
    assert np.all(erlang_a_answered(calls[1:] / 30, 7.0, 3.0, needed[1:] - 1) < 0.95)


def test_a_crowded_help_desk_gets_the_trained_agents_and_no_more(facts_with: Callable[..., dict[str, Ints]]) -> None:
    alone, helped = (facts_with(2500, contact__cross_trained_share=trained) for trained in (0.0, 0.1))
    weekday = helped["helpdesk_open"] > 0
    # of 120 seats 84 agents answer by day (shrinkage 30 %) and 59 of 84 staffed from 17:00: a tenth are 8, and 5 later
    assert set(helped["agent_minutes_lent"][weekday].tolist()) == {30 * (8 * (HALF_HOURS - 2) + 5 * 2)}
    assert helped["agent_minutes_lent"][~weekday].sum() == 0
    moved = helped["agent_minutes_lent"]
    assert np.array_equal(helped["helpdesk_agent_minutes"], alone["helpdesk_agent_minutes"] + moved)
    assert np.array_equal(helped["calls_agent_minutes"], alone["calls_agent_minutes"] - moved)
    rates = [facts["helpdesk_answered"].sum() / facts["helpdesk_offered"].sum() for facts in (alone, helped)]
    assert rates[0] < rates[1] < 0.95
    assert helped["helpdesk_office"].tolist() == alone["helpdesk_office"].tolist()


def test_a_help_desk_with_agents_enough_borrows_none(facts_with: Callable[..., dict[str, Ints]]) -> None:
    alone, helped = (facts_with(50, contact__cross_trained_share=trained) for trained in (0.0, 0.5))
    assert all(np.array_equal(alone[name], helped[name]) for name in alone)


class Posts:
    """A centre that says what it is told: agents there are and agents needed, in every half-hour."""

    def __init__(self, there: int, needed: int) -> None:
        self.there, self.needed = there, needed
        self.borrowed = np.zeros(48, dtype=np.int64)

    def is_open(self, day: int) -> Flags:
        return np.arange(48) >= 17

    def agents(self, day: int) -> Ints:
        return np.full(48, self.there)

    def agents_needed(self, day: int) -> Ints:
        return np.full(48, self.needed)

    def run(self, day: int, borrowed: Ints) -> None:
        self.borrowed = borrowed


@pytest.mark.parametrize(
    ("lender", "borrower", "lent"),
    [((20, 12), (5, 8), 3), ((20, 18), (5, 8), 2), ((20, 5), (5, 50), 10), ((20, 30), (5, 8), 0), ((20, 5), (9, 8), 0)],
    ids=["what is lacking", "what can be spared", "who is trained", "none to spare", "none lacking"],
)
def test_lent_is_the_least_of_what_is_lacking_spared_and_trained(
    lender: tuple[int, int], borrower: tuple[int, int], lent: int
) -> None:
    calendar = Calendar(FIRST, LAST)
    half = load("plan-period").changed(contact__cross_trained_share=0.5).parameters
    journal = Journal(calendar.days)
    residents, helpdesk = Posts(*lender), Posts(*borrower)
    plan = Plan(half, Streams(1, 1), calendar, chance_only=True)
    Lending(plan, journal, cast(Centre, residents), cast(Centre, helpdesk)).run(0)
    assert helpdesk.borrowed.tolist() == [0] * 17 + [lent] * 31
    assert residents.borrowed.tolist() == (-helpdesk.borrowed).tolist()
    assert journal["agent_minutes_lent"][0] == lent * 31 * 30


def offering(share: float, minutes: float) -> dict[str, object]:
    return {"contact__helpdesk__offer_accepted_share": share, "contact__helpdesk__offer_after_minutes": minutes}


def test_call_backs_turn_abandoned_calls_into_answered_ones(facts_with: Callable[..., dict[str, Ints]]) -> None:
    usual, offered = (facts_with(1100, **offering(share, 5.0)) for share in (0.0, 0.5))
    first = {name: offered[f"helpdesk_{name}"].sum() for name in ("rung_back", "not_rung_back", "deflected")}
    assert first["rung_back"] > 100
    assert first["not_rung_back"] <= first["deflected"]
    assert offered["helpdesk_abandoned"].sum() < 0.97 * usual["helpdesk_abandoned"].sum()
    assert offered["helpdesk_answered"].sum() > usual["helpdesk_answered"].sum()
    assert offered["helpdesk_office"].tolist() == usual["helpdesk_office"].tolist()
    assert usual["helpdesk_rung_back"].sum() == usual["helpdesk_not_rung_back"].sum() == 0


def test_an_offer_that_nobody_waits_long_enough_for_changes_nothing(facts_with: Callable[..., dict[str, Ints]]) -> None:
    usual, offered = (facts_with(800, **offering(share, 1e9)) for share in (0.0, 0.5))
    assert usual["helpdesk_abandoned"].sum() > 0
    assert all(np.array_equal(usual[name], offered[name]) for name in usual)
