"""Weekends at the counters, by hand: who finds a slot on one, how long they wait, and where weekends are full."""

from datetime import date

import numpy as np
import pytest

from scenarios.files.load import load
from sim.calendar import Calendar
from sim.counters.certificates import Certificates
from sim.counters.facts import WISHES
from sim.counters.weekends import Weekends
from sim.journal import Journal
from sim.municipalities import ONE, Municipalities
from sim.plan import Plan
from sim.streams import Streams

SPAN = Calendar(date(2026, 5, 11), date(2026, 12, 31))
"""From a Monday on, with no holiday before 20 July."""
WEEKS = 10
BASE = {
    "counters.weekdays": (1, 1, 1, 1, 1, 0.5, 0.5),
    "counters.closures": (),
    "counters.slots_per_day": 600,
    "counters.slots_spread": 0,
    "counters.weekend_wish": 1,
}
"""A sixth of a week's slots are on weekends: 700 on a weekday, of weight 7/6, and half of them on a Saturday."""
HALF = 350


def plan_of(**values: object) -> Plan:
    parameters = load("plan-period").with_values({**BASE, **values}).parameters
    return Plan(parameters, Streams(1, 1), SPAN, chance_only=True)


def weekends(booked: dict[int, float], slots: float = HALF, **values: object) -> Journal:
    """One place with so many bookings a day, and so many slots for certificates on a day of a weekend."""
    journal = Journal(SPAN.days)
    line = Weekends(plan_of(**values), SPAN, journal, ONE)
    for day in range(SPAN.days):
        line.run(day, booked.get(day, 0.0), np.array([2 * slots if SPAN.weekday[day] < 5 else slots]))
    assert journal.close(parts=[WISHES])
    return journal


def first(journal: Journal, name: str, days: int) -> list[int]:
    found: list[int] = journal[f"weekends_{name}"][:days].tolist()
    return found


def test_who_wishes_for_a_weekend_comes_on_the_next_ones_in_order() -> None:
    # 600 of 3,600 who book on Monday: 350 come on Saturday, 250 on Sunday
    journal = weekends({0: 3600})
    assert first(journal, "wished", 2) == [600, 0]
    assert first(journal, "served", 8) == [0, 0, 0, 0, 0, 350, 250, 0]
    assert first(journal, "waiting", 8) == [600] * 5 + [250, 0, 0]
    assert first(journal, "none", 8) == [0] * 8
    # 350 wait five nights and 250 six: as many person-days as stand in line, night after night
    assert sum(first(journal, "waiting", 8)) == 350 * 5 + 250 * 6


def test_who_books_on_a_weekend_may_come_on_that_day() -> None:
    assert first(weekends({5: 1200}), "served", 8) == [0] * 5 + [200, 0, 0]


def test_who_finds_none_as_far_ahead_as_bookings_are_taken_takes_another_day() -> None:
    # 31 days after Monday 11 May hold four weekends (to 11 June): 2,800 slots for 4,000
    journal = weekends({0: 24_000})
    assert first(journal, "wished", 1) == [4000] and first(journal, "none", 1) == [1200]
    assert sum(first(journal, "served", 28)) == 2800 and first(journal, "waiting", 28)[-1] == 0
    farther = weekends({0: 24_000}, **{"counters.booking_horizon_days": 62})
    assert first(farther, "none", 1) == [0] and sum(first(farther, "served", 42)) == 4000


def test_weekends_are_full_where_none_is_left_for_four_weeks() -> None:
    # 2,799 of 2,800 leave one slot
    almost, full = (weekends({0: 6 * wished}) for wished in (2799, 2800))
    assert first(almost, "full", 7) == [0] * 7
    # from Tuesday on the fifth weekend is in sight, but not within four weeks until Saturday
    assert first(full, "full", 6) == [1] * 5 + [0]
    assert first(full, "full_residents", 1) == [1]


def test_wishes_beyond_the_weekends_slots_keep_them_full() -> None:
    # once full, 750 bookings a weekday with 312.5 wishes (2.5 times the share) take each weekend as it comes in sight:
    # 2,800 in line on Monday and Tuesday, 3,150 on Wednesday, 3,500 on Thursday and Friday, 3,150, 2,800: 31 days each
    booked = {day: 750.0 for day in range(7 * WEEKS) if SPAN.weekday[day] < 5}
    journal = weekends(booked | {0: 24_000.0}, **{"counters.weekend_wish": 2.5})
    late = slice(7, 7 * 5)
    assert journal["weekends_served"][late].sum() == 4 * 700
    assert journal["weekends_none"][late].sum() == pytest.approx(4 * (5 * 312.5 - 700), abs=1)
    assert journal["weekends_full"][late].mean() > 0.7
    waited = journal["weekends_waiting"][late].sum() / journal["weekends_served"][late].sum()
    assert waited == pytest.approx(31, abs=0.5)
    # as many wishes as slots, or fewer, wait for the next weekend and no longer
    enough = weekends(booked, **{"counters.weekend_wish": 1})
    assert enough["weekends_none"].sum() == enough["weekends_full"].sum() == 0
    assert enough["weekends_waiting"][late].sum() / enough["weekends_served"][late].sum() < 6


def test_without_a_wish_nothing_is_told_and_without_slots_nobody_finds_any() -> None:
    booked = dict.fromkeys(range(7 * WEEKS), 600.0)
    none = weekends(booked, **{"counters.weekend_wish": 0})
    assert not any(none[fact.name].any() for fact in WISHES.facts)
    nowhere = weekends(booked, slots=0)
    assert nowhere["weekends_none"].sum() == nowhere["weekends_wished"].sum() == 100 * 7 * WEEKS
    assert nowhere["weekends_full"][: 7 * WEEKS].all()
    never = weekends(booked, **{"counters.weekdays": (1, 1, 1, 1, 1, 0, 0)})
    assert not never["weekends_wished"].any()


def test_holidays_are_weekends_and_the_end_of_a_run_hides_none_to_come() -> None:
    # Monday 20 July 2026 is a holiday: Saturday, Sunday and Monday for those who book on Friday 17
    friday = SPAN.index(date(2026, 7, 17))
    journal = weekends({friday: 6 * 1000})
    assert journal["weekends_served"][friday : friday + 5].tolist() == [0, 350, 350, 300, 0]
    last = SPAN.days - 1
    late = weekends({last: 6 * 2000})
    assert late["weekends_none"][last] == 0 and late["weekends_waiting"][last] == 2000


@pytest.mark.parametrize("cards", [[1.0], [1.0, 4.0, 5.0]], ids=["one", "equal a head"])
def test_equal_slots_a_head_are_the_national_pool(cards: list[float]) -> None:
    codes = 10_000 * (1 + np.arange(len(cards)))
    places = Municipalities(codes, tuple("abc"[: len(cards)]), np.array(cards), np.array(cards))
    found = []
    for where in (ONE, places):
        journal = Journal(SPAN.days)
        certificates = Certificates(plan_of(**{"counters.weekend_wish": 2}), Streams(1, 1), SPAN, journal, where)
        journal.post_days("signing_wanted", slice(0, 100), np.full(100, 600))
        for day in range(100):
            certificates.serve(day, certificates.attempts(day, other_slots=80))
        found.append([first(journal, name, 100) for name in ("wished", "served", "none", "waiting")])
    for pool, spread in zip(*found, strict=True):
        assert spread == pytest.approx(pool, abs=1)
    assert sum(found[0][2]) > 0


def test_the_lines_of_all_bookings_know_nothing_of_it() -> None:
    told = []
    for wish in (0, 2.5):
        journal = Journal(SPAN.days)
        plan = plan_of(**{"counters.weekend_wish": wish})
        certificates = Certificates(plan, Streams(1, 1), SPAN, journal, ONE)
        journal.post_days("certificates_wanted", slice(0, 100), np.full(100, 700))
        journal.post_days("certificates_wanted_in_time", slice(0, 100), np.full(100, 600))
        for day in range(100):
            certificates.serve(day, certificates.attempts(day))
        names = ("certificates_renewed", "renewed_in_time", "slot_wait_days", "expired_waiting", "booking_backlog")
        told.append([journal[name].tolist() for name in names])
    assert told[0] == told[1] and sum(told[0][3]) > 0
