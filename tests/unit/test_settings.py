"""Settings before hand-over, by hand: who waits, for which slots, and for how long."""

from datetime import date

import numpy as np
import pytest

from scenarios.files.load import load
from sim.calendar import Calendar
from sim.counters.counters import Counters
from sim.counters.facts import COUNTERS
from sim.journal import Journal
from sim.people.history import CardHistory
from sim.plan import Plan
from sim.replication import replicate
from sim.streams import Ints, Streams

SPAN = Calendar(date(2026, 6, 1), date(2026, 8, 31))
"""From a Monday on, with a holiday on Monday 20 July."""
PLAIN = {
    "counters.handover_slots": 0,
    "counters.other_slots_per_day": 0,
    "counters.licence_share": 0,
    "counters.pin_slots": 0,
    "counters.slots_spread": 0,
    "counters.setting_slots": 0.2,
    "counters.weekdays": (1.0,) * 5 + (0.0,) * 2,
    "systems.setting_off_peak_share": 0,
    "systems.jpki_per_day": 1e9,
}
WEEK = 5 / 7
"""Weights are 1 on average over a plain week."""


def counters(wanted: dict[int, int], days: int = 30, **values: object) -> Journal:
    """So many cards come to be set on some days."""
    plan = Plan(load("plan-period").with_values(PLAIN | values).parameters, Streams(1, 1), SPAN, chance_only=True)
    journal = Journal(SPAN.days)
    counters = Counters(plan, Streams(1, 1), SPAN, journal, {}, {})
    for day, count in wanted.items():
        journal.post("settings_wanted", day, count)
    for day in range(days):
        counters.run(day)
    balance = next(one for one in COUNTERS.balances if one.name == "cards to be set before hand-over")
    come, made, waiting = (journal[name] for name in (*balance.come_in, *balance.accounted_for))
    assert (np.cumsum(come - made)[:days] == waiting[:days]).all()
    return journal


def of(found: Ints, days: int) -> list[int]:
    told: list[int] = found[:days].tolist()
    return told


def test_settings_take_a_fifth_of_a_slot_before_certificates_and_the_rest_waits() -> None:
    # 100 slots a day: 500 cards a day are set and nothing is left; of the third day's 200 slots' worth 40 remain
    found = counters({0: 1200}, **{"counters.slots_per_day": 100 * WEEK})
    assert of(found["settings_made"], 4) == of(found["arrived"], 4) == [500, 500, 200, 0]
    assert of(found["settings_waiting"], 4) == [700, 200, 0, 0]
    assert of(found["slots_taken"], 4) == [100, 100, 40, 0]


def test_cards_that_come_on_a_weekend_or_a_holiday_are_set_on_the_next_working_day() -> None:
    saturday, monday = SPAN.index(date(2026, 7, 18)), SPAN.index(date(2026, 7, 20))
    found = counters({saturday: 90, monday: 10}, days=60)
    assert found["settings_made"][saturday : monday + 2].tolist() == [0, 0, 0, 100]


def test_unset_cards_of_2018_are_25_working_days_of_dispatch() -> None:
    """261,690 / 25 = 10,468 a day: with hardly a slot for 25 working days so many wait, five weeks, and then none."""
    dispatched = {day: 10_468 for day in range(33) if day % 7 < 5}
    slots = [{"from": date(2016, 1, 1), "value": 1e-6}, {"from": date(2026, 7, 6), "value": 1e9}]
    found = counters(dispatched, days=40, **{"counters.slots_per_day": slots})
    assert found["settings_waiting"][34] == pytest.approx(261_690, rel=0.001)
    assert found["settings_waiting"][35] == 0 and found["settings_made"][35] == 25 * 10_468


def test_off_peak_they_take_no_slot_of_the_day_and_centrally_no_day_either() -> None:
    none = {"counters.slots_per_day": 1e-6}
    off_peak = counters({0: 1000, 5: 1000}, **none, **{"systems.setting_off_peak_share": 1})
    assert of(off_peak["settings_made"], 8) == [1000, 0, 0, 0, 0, 0, 0, 1000]
    central = counters({0: 1000, 5: 1000}, **none, **{"counters.setting_slots": 0})
    assert of(central["settings_made"], 8) == [1000, 0, 0, 0, 0, 1000, 0, 0]
    assert not off_peak["slots_taken"].any() and not central["slots_taken"].any()


def test_hand_overs_come_before_settings() -> None:
    # 300 holders a day come for a card at half a slot: 150 of 200 slots, 50 are left for 250 settings
    values = {
        "counters.slots_per_day": 200 * WEEK,
        "counters.handover_slots": 0.5,
        "counters.collection_days": 1,
        "counters.handover_per_day": 300,
    }
    parameters = load("plan-period").with_values(PLAIN | values).parameters
    journal = Journal(SPAN.days)
    counter = Counters(Plan(parameters, Streams(1, 1), SPAN, chance_only=True), Streams(1, 1), SPAN, journal, {}, {})
    counter.open_with(1000)
    journal.post("settings_wanted", 0, 5000)
    counter.run(0)
    assert (journal["handed_over"][0], journal["settings_made"][0]) == (300, 250)


def test_from_dispatch_to_ready_it_takes_about_eight_days_in_the_base(history: CardHistory) -> None:
    scenario = load("baseline-fy2025").with_values({"end": date(2025, 9, 30)})
    found = replicate(scenario.parameters, history, 1, 1, chance_only=True).facts
    on_the_way = (found["on_the_way"] + found["settings_waiting"]).sum()
    # Little: cards that are on the way or not set, over those set a day
    assert on_the_way / found["settings_made"].sum() == pytest.approx(8.5, abs=0.5)
