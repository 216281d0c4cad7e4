"""Driving licences on cards: slots that writing them takes, and those that make calls, by hand."""

from datetime import date

import numpy as np
import pytest

from scenarios.files.load import load
from sim.calendar import Calendar
from sim.counters.licences import Licences
from sim.counters.visits import HAND_OVER, slots_each
from sim.couplings import COUPLINGS
from sim.flows import Flows
from sim.journal import Journal
from sim.plan import Plan
from sim.streams import Streams

DAYS = Calendar(date(2026, 3, 30), date(2026, 6, 30))
FROM_APRIL = 2
HAND = {
    "counters.licence_share": 0.1,
    "counters.licence_slots": 0.12,
    "counters.licence_cards_in_calls": 600 * 365.25,
    "contact.resident.calls_per_licence": 0.03,
}


def plan_of(**values: float) -> Plan:
    parameters = load("plan-period").with_values({**HAND, **values}).parameters
    return Plan(parameters, Streams(1, 1), DAYS, chance_only=True)


def written(cards: int, **values: float) -> Journal:
    """So many cards handed over on every day."""
    journal = Journal(DAYS.days)
    licences = Licences(plan_of(**values), DAYS, journal, np.ones(DAYS.days))
    for day in range(DAYS.days):
        licences.hand_over(day, cards)
    return journal


def test_a_thousand_cards_of_which_a_tenth_has_a_licence_take_twelve_slots_more() -> None:
    with_licences, plain = (slots_each(plan_of(**values))[HAND_OVER] for values in ({}, {"counters.licence_share": 0}))
    assert 1000 * (with_licences - plain) == pytest.approx(12)
    journal = written(1000)
    assert (journal["licences_written"] == 100).all()
    assert not journal["licences_on_top"][:FROM_APRIL].any()  # the calls of FY2025 contain theirs
    assert (journal["licences_on_top"][FROM_APRIL:] == 40).all()
    assert (journal["licences_in_calls"] + journal["licences_on_top"] == 100).all()


def test_parts_of_a_licence_are_kept_for_the_next_day() -> None:
    journal = written(7, **{"counters.licence_cards_in_calls": 0})
    assert journal["licences_written"].sum() == pytest.approx(0.7 * DAYS.days, abs=2)


@pytest.mark.parametrize("nothing", ["counters.licence_share", "contact.resident.calls_per_licence"])
def test_no_licences_or_no_calls_about_them_make_none(nothing: str) -> None:
    assert rung({nothing: 0}) == 0


def test_of_forty_a_day_on_top_one_and_a_fifth_ring() -> None:
    """91 days of April to June, 3 calls for a hundred, a week later on average: the last are to come."""
    calls = 0.03 * 40 * (DAYS.days - FROM_APRIL)
    assert rung({}) == pytest.approx(0.95 * calls, rel=0.15)


def rung(values: dict[str, float]) -> int:
    journal = written(1000, **values)
    (row,) = (row for row in COUPLINGS if row.effect == "calls_licences")
    even = {"resident": np.ones(DAYS.days)}
    flows = Flows(plan_of(**values), Streams(1, 1), DAYS, journal, even, (row,))
    for day in range(DAYS.days):
        flows.turn(day)
        flows.close(day)
    return int(journal["calls_licences"].sum())
