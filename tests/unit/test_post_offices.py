"""Slots of post offices, by hand: in how many municipalities, on which days, and whom they serve."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.files.load import load
from scenarios.history import load_municipalities
from sim.calendar import Calendar
from sim.counters.certificates import Certificates
from sim.counters.post_offices import PostOffices, placed
from sim.couplings import COUPLINGS
from sim.flows import Flows
from sim.journal import Journal
from sim.municipalities import ONE, Municipalities
from sim.plan import Plan
from sim.streams import Streams

SPAN = Calendar(date(2026, 4, 1), date(2027, 3, 31))
MONDAY = SPAN.index(date(2026, 6, 1))
BASE = {
    "counters.weekdays": (1.0,) * 7,
    "counters.closures": (),
    "counters.slots_spread": 0,
    "counters.booking_patience_days": 1e9,
    "services.post_offices.slots_each": 5,
}


def plan_of(**values: object) -> Plan:
    parameters = load("plan-period").with_values({**BASE, **values}).parameters
    return Plan(parameters, Streams(1, 1), SPAN, chance_only=True)


def of(plan: Plan, places: Municipalities, count: int, replication: int = 1) -> tuple[PostOffices, Journal]:
    journal = Journal(SPAN.days)
    journal.post_days("post_offices_beyond", slice(None), np.full(SPAN.days, count))
    return PostOffices(plan, Streams(1, replication), SPAN, journal, places), journal


def towns(cards: list[float]) -> Municipalities:
    codes = 10_000 * (1 + np.arange(len(cards)))
    return Municipalities(codes, tuple("abcdefg"[: len(cards)]), np.array(cards, float), np.array(cards, float))


def test_they_begin_a_few_in_a_municipality_at_a_time_and_then_go_round_again() -> None:
    turn = np.array([2, 0, 1])
    assert placed(0, 3, turn).tolist() == [0, 0, 0]
    assert placed(4, 3, turn).tolist() == [0, 3, 1]
    assert placed(9, 3, turn).tolist() == [3, 3, 3]
    assert placed(20, 3, turn).tolist() == [6, 8, 6]


@given(st.integers(0, 10**9), st.integers(1, 1000), st.integers(1, 50))
def test_each_post_office_is_in_one_place(count: int, together: int, places: int) -> None:
    found = placed(count, together, np.random.default_rng(1).permutation(places))
    assert found.sum() == count and found.max() - found.min() <= together


def test_the_lot_goes_over_all_municipalities_alike_and_stays_as_it_is_while_they_grow() -> None:
    known = load_municipalities()
    few, many = (of(plan_of(), known, count)[0].slots(MONDAY) * known.demand for count in (300, 900))
    assert few.sum() == pytest.approx(300 * 5) and many.sum() == pytest.approx(900 * 5)
    assert np.count_nonzero(few) == 100 and (many >= few - 1e-9).all()
    # 100 of 1,741: the share of small ones is that of all, 0.85, within four standard errors
    small = known.residents < 100_000
    assert small[few > 0].mean() == pytest.approx(small.mean(), abs=4 * (0.85 * 0.15 / 100) ** 0.5)
    other = of(plan_of(), known, 300, replication=2)[0].slots(MONDAY)
    assert not np.array_equal(other > 0, few > 0)


def test_they_serve_on_working_days() -> None:
    offices, journal = of(plan_of(), ONE, 2)
    days = [date(2026, 6, 5), date(2026, 6, 6), date(2026, 6, 7), date(2026, 7, 20)]  # the last is a holiday
    assert [float(np.sum(offices.slots(SPAN.index(day)))) for day in days] == [10, 0, 0, 0]
    assert journal["post_office_slots"].sum() == 10
    closed, _ = of(plan_of(**{"counters.closures": [{"from": "06-01", "to": "06-30"}]}), ONE, 2)
    assert closed.slots(MONDAY) == 0.0


def line(places: Municipalities, count: int, **values: object) -> Journal:
    """A hundred visits on a Monday against ten slots a day, all of it in the places given."""
    journal = Journal(SPAN.days)
    journal.post_days("post_offices_beyond", slice(None), np.full(SPAN.days, count))
    plan = plan_of(**{"counters.slots_per_day": 10, **values})
    certificates = Certificates(plan, Streams(1, 1), SPAN, journal, places)
    journal.post("signing_wanted", MONDAY, 100)
    for day in range(MONDAY, MONDAY + 7):
        certificates.serve(day, certificates.attempts(day))
    return journal


def test_their_slots_come_on_top_of_the_counters() -> None:
    # ten at the counters and two post offices of five, but for the weekend
    journal = line(ONE, 2)
    assert journal["signing_reissued"][MONDAY : MONDAY + 7].tolist() == [20, 20, 20, 20, 20, 0, 0]
    assert journal["post_office_visits"][MONDAY : MONDAY + 7].tolist() == [10, 10, 10, 10, 10, 0, 0]
    alone = line(ONE, 0)
    assert alone["signing_reissued"][MONDAY : MONDAY + 7].tolist() == [10] * 7
    assert not alone["post_office_visits"].any()


def test_a_slot_helps_only_where_somebody_waits() -> None:
    # half of the visits, and of the slots, are in either town; one of them has a post office of forty slots for its 50
    journal = line(towns([1, 1]), 1, **{"services.post_offices.slots_each": 40})
    assert journal["post_office_slots"][MONDAY] == 40
    assert journal["signing_reissued"][MONDAY : MONDAY + 3].tolist() == [5 + 45, 5 + 5, 5]


def test_visits_for_anything_else_do_not_take_them() -> None:
    journal = Journal(SPAN.days)
    journal.post_days("post_offices_beyond", slice(None), np.full(SPAN.days, 2))
    certificates = Certificates(plan_of(**{"counters.slots_per_day": 10}), Streams(1, 1), SPAN, journal, ONE)
    journal.post("signing_wanted", MONDAY, 100)
    assert certificates.attempts(MONDAY, other_slots=1e6) == 10


def test_calls_as_they_begin_are_as_many_as_stated() -> None:
    """Two a day that make twenty calls each: 730 of them make 14,600 in a year of weights of 1."""
    plan = plan_of(**{"contact.helpdesk.calls_per_post_office": 20})
    journal = Journal(SPAN.days)
    journal.post_days("post_offices_on_top", slice(None), np.full(SPAN.days, 2))
    (row,) = (row for row in COUPLINGS if row.effect == "helpdesk_post_offices")
    flows = Flows(plan, Streams(1, 1), SPAN, journal, {"helpdesk": np.ones(SPAN.days)}, [row])
    for day in range(SPAN.days):
        flows.turn(day)
        flows.follow(day)
        flows.close(day)
    assert journal["helpdesk_post_offices"].sum() == pytest.approx(14_600, abs=4 * 14_600**0.5)
