"""Residence cards, readings and Roman letters, residents abroad, licences: extremes, and sums by hand."""

from datetime import date

import numpy as np
import pytest
from no_run_in import without_run_in

from scenarios.files.load import load
from scenarios.history import load_history
from sim.calendar import Calendar
from sim.facts import SOURCES
from sim.people.card_classes import AGAIN, ALONE, OF_HOLDERS, REASONS
from sim.replication import replicate
from sim.streams import Ints

START, END = date(2026, 4, 1), date(2026, 8, 31)
DAYS = Calendar(START, END)
FROM_JUNE = DAYS.index(date(2026, 6, 1))
NONE = {
    "demand.residence_card_share": 0,
    "demand.readings_share": 0,
    "demand.readings_reissue_share": 0,
    "demand.abroad_per_year": 0,
    "counters.licence_share": 0,
}
CLASSES = "residence", "readings", "abroad"


def facts(**changes: object) -> dict[str, Ints]:
    scenario = load("plan-period").with_values({"start": START, "end": END, **NONE, **changes})
    return replicate(without_run_in(scenario.parameters), load_history(), 1, 1, chance_only=True).facts


def from_june(value: float) -> list[dict[str, object]]:
    return [{"from": date(2016, 1, 1), "value": 0}, {"from": date(2026, 6, 1), "value": value}]


@pytest.fixture(scope="module")
def none() -> dict[str, Ints]:
    return facts()


def test_where_nobody_asks_for_them_there_are_none(none: dict[str, Ints]) -> None:
    assert not any(none[f"applications_{name}"].any() for name in CLASSES)
    assert not none["readings_wanted"].any()


NOBODY_ELSE = {"demand.stays_extended_per_year": 0}
"""Only holders of a card have a stay extended."""


def test_residence_cards_spare_holders_the_counter_and_are_no_hand_over(none: dict[str, Ints]) -> None:
    found = facts(**{"demand.residence_card_share": from_june(1.0)}, **NOBODY_ELSE)
    assert not found["stays_extended"][FROM_JUNE:].any()
    assert (found["stays_extended"][:FROM_JUNE] == none["stays_extended"][:FROM_JUNE]).all()
    spared = none["stays_extended"][FROM_JUNE:].sum()
    # as many as were spared, but for the noise of days and of Poisson
    assert found["applications_residence"].sum() == pytest.approx(spared, rel=0.05)
    assert (found["applications_renewal"] == none["applications_renewal"]).all()
    # cards inside the plant at a month's end are of all reasons alike
    assert np.abs(found["cards_held"] / none["cards_held"] - 1).max() < 2e-5
    # they leave the plant, and nobody comes to a municipality for them: as many cards arrive there
    assert 0.6 * spared < found["dispatched_residence"].sum() < spared
    assert found["dispatched_standard"].sum() > none["dispatched_standard"].sum() + 0.6 * spared
    for name in ("arrived", "handed_over"):
        assert found[name].sum() == pytest.approx(none[name].sum(), abs=0.05 * spared)
    assert not none["dispatched_residence"].any()


def test_who_holds_no_card_has_a_first_one_with_the_stay_extended(none: dict[str, Ints]) -> None:
    a_year = 1_500_000
    found = facts(**{"demand.residence_card_share": from_june(0.4), "demand.stays_extended_per_year": a_year})
    # four tenths of all extensions of three months, whoever has them
    assert found["applications_residence"].sum() == pytest.approx(0.4 * a_year / 4, rel=0.05)
    on_top = 0.4 * (a_year / 12 - none["stays_extended"][FROM_JUNE:].sum() / 3)
    july = DAYS.index(date(2026, 7, 1))
    # of June's one or two in a hundred have left; cards inside the plant are of all reasons alike, as above
    left = 0.985 * on_top
    assert found["cards_held"][july] - none["cards_held"][july] == pytest.approx(
        left, abs=2e-5 * none["cards_held"][july]
    )


def test_readings_are_asked_for_by_a_share_of_the_holders_and_some_cards_made_anew(none: dict[str, Ints]) -> None:
    found = facts(**{"demand.readings_share": from_june(0.12), "demand.readings_reissue_share": 0.25})
    held = none["cards_held"][FROM_JUNE:]
    visits = 0.12 / 365.25 * held.sum()
    assert found["readings_wanted"].sum() == pytest.approx(visits, rel=0.001)
    assert found["applications_readings"].sum() == pytest.approx(0.25 * visits, rel=0.05)
    # another card in place of the old one: the stock stays but for cards on the way
    assert np.abs(found["cards_held"] / none["cards_held"] - 1).max() < 0.001


def test_visits_for_readings_take_slots_and_transactions_of_the_servers(none: dict[str, Ints]) -> None:
    asked = {"demand.readings_share": from_june(0.5), "counters.slots_spread": 0.0}
    narrow = facts(**asked, **{"counters.slots_per_day": 110_000, "counters.readings_slots": 0.0})
    crowded = facts(**asked, **{"counters.slots_per_day": 110_000, "counters.readings_slots": 1.0})
    assert crowded["booking_backlog"][-1] > narrow["booking_backlog"][-1] + 10_000
    servers = {"systems.jpki_per_day": 150_000, "systems.events": [], "systems.published_events": []}
    quiet, busy = facts(**servers), facts(**servers, **asked, **{"counters.readings_slots": 0.0})
    assert busy["jpki_timeouts"].sum() > quiet["jpki_timeouts"].sum()


def test_residents_abroad_join_the_holders(none: dict[str, Ints]) -> None:
    found = facts(**{"demand.abroad_per_year": from_june(365.25 * 5000)})
    sent = found["applications_abroad"].sum()
    assert sent == pytest.approx(5000 * (DAYS.days - FROM_JUNE), rel=0.1)
    more = int(found["cards_held"][-1] - none["cards_held"][-1])
    assert 0.5 * sent < more < sent  # those of the last month are not yet among them, nor what is never collected


def test_a_licence_takes_longer_to_hand_over(none: dict[str, Ints]) -> None:
    tight = {"counters.slots_per_day": 110_000, "counters.slots_spread": 0.0}
    plain, licences = facts(**tight), facts(**tight, **{"counters.licence_share": 1.0, "counters.licence_slots": 0.5})
    assert licences["slot_wait_days"].sum() > plain["slot_wait_days"].sum()
    assert (licences["applications"] == none["applications"]).all()


def test_every_reason_has_its_row_in_the_table() -> None:
    assert tuple(reason.name for reason in REASONS) == SOURCES
    assert {reason.name for reason in REASONS if reason.replaces is not None} == {*AGAIN}
    assert {*ALONE, *OF_HOLDERS} == {*SOURCES} - {"campaign"}
