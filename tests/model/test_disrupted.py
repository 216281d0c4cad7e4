"""What disruptions do to a whole simulation: work waits and is made up, seats are gone, and nothing else moves."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from no_run_in import without_run_in

from scenarios.files.load import Scenario, load
from sim.facts import CAUSES
from sim.people.history import CardHistory
from sim.replication import replicate
from sim.result import LEDGER_COLUMNS

Build = Callable[..., Scenario]
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)
AMPLE = {
    "plant__checks_per_day": 1e9,
    "plant__card_system_per_day": 1e9,
    "plant__inspection_per_day": 1e9,
    "plant__dispatch_cap_per_month": 1e9,
    "plant__closures": [],
}


def lost(what: str, day: date, hours: float, start: str = "00:00", share: float = 1.0) -> dict[str, object]:
    return {"hits": what, "day": day, "from": start, "hours": hours, "lost": share}


def test_a_plant_makes_what_its_hours_left_allow(empty_world: Build, nobody: CardHistory) -> None:
    # 8:00 to 22:00; lost from Tuesday 9 June 15:00 to Thursday 10:00: half of Tuesday, no Wednesday, 12 of 14 hours
    load = [{"from": date(2026, 3, 1), "to": LAST, "applications_per_day": 400_000}]
    gone = [lost("plant", date(2026, 6, 9), 43, "15:00")]
    scenario = empty_world(FIRST, LAST, **AMPLE, demand__stress=load, disruptions__events=gone)
    facts = replicate(without_run_in(scenario.parameters, 1), nobody, 1, 1).facts
    assert facts["capacity_production"][7:12].tolist() == [160_000, 80_000, 0, round(160_000 * 12 / 14), 160_000]
    assert facts["done_production"][8:11] == pytest.approx([80_000, 0, 160_000 * 12 / 14], abs=8 * 5000)
    assert facts["dispatched_standard"][9] == 0


def test_a_plant_lost_for_good_makes_no_card_and_loses_none(empty_world: Build, nobody: CardHistory) -> None:
    load = [{"from": date(2026, 3, 1), "to": LAST, "applications_per_day": 20_000}]
    gone = [lost("plant", date(2025, 7, 1), 24 * 365)]
    scenario = empty_world(FIRST, LAST, **AMPLE, demand__stress=load, disruptions__events=gone)
    result = replicate(without_run_in(scenario.parameters, 1), nobody, 1, 1)
    assert result.facts["dispatched_standard"].sum() == 0
    ledger = {name: result.ledger[:, place] for place, name in enumerate(LEDGER_COLUMNS)}
    late = ledger["late"] == 1
    assert set(ledger["cause"][late].tolist()) >= {CAUSES.index("outage")}


def test_an_earthquake_is_made_up_for_and_every_card_leaves(history: CardHistory) -> None:
    year = {"start": date(2027, 4, 1), "end": date(2027, 12, 31)}
    calm, shaken = (
        replicate(without_run_in(load(name).with_values(year).parameters), history, 1, 1, chance_only=True).facts
        for name in ("plan-period", "plan-period+earthquake")
    )
    monday = (date(2027, 6, 7) - year["start"]).days
    assert shaken["done_production"][monday + 1 : monday + 28].sum() == 0
    for system, minutes in (("card_management", 600), ("jpki_counter", 600), ("jpki_verifier", 720)):
        assert shaken[f"outage_minutes_{system}"][monday] == minutes
    left = [facts["dispatched_standard"] + facts["dispatched_express"] for facts in (calm, shaken)]
    assert left[1][monday : monday + 28].sum() < 0.1 * left[0][monday : monday + 28].sum()
    assert left[1].sum() == pytest.approx(left[0].sum(), rel=0.02)
    assert shaken["late_inside"].max() > 700_000 and shaken["late_inside"][-30:].max() == 0
    assert np.array_equal(shaken["applications"][:monday], calm["applications"][:monday])
    assert shaken["calls_late_cards"].sum() > 10 * max(calm["calls_late_cards"].sum(), 1)


def test_drills_stop_a_system_and_leave_availability_alone(history: CardHistory) -> None:
    year = {"start": date(2027, 4, 1), "end": date(2027, 6, 30)}
    calm, drilled = (
        replicate(without_run_in(load(name).with_values(year).parameters), history, 1, 1, chance_only=True).facts
        for name in ("plan-period", "plan-period+drills")
    )
    sunday = (date(2027, 6, 13) - year["start"]).days
    assert drilled["planned_minutes_jpki_counter"][sunday] == 180
    assert drilled["planned_minutes_card_management"].sum() == 180 + 3 * 90, "weekends are served to 17:30"
    assert drilled["transactions_failed"][sunday] > calm["transactions_failed"][sunday]
    for name in ("outage_minutes_card_management", "outage_minutes_jpki_counter"):
        assert np.array_equal(drilled[name], calm[name])


def test_lost_seats_lose_calls_of_their_days_and_nothing_else(history: CardHistory) -> None:
    span = {"start": date(2027, 6, 1), "end": date(2027, 6, 30)}
    values = {**span, "contact.resident.loss_reports_per_holder": 0.02}
    usual, lost, none = (
        replicate(
            without_run_in(load("plan-period").with_values(values | more).parameters), history, 1, 1, chance_only=True
        ).facts
        for more in (
            {},
            {"disruptions.events": [lost_seats("resident", 0.5)]},
            {"disruptions.events": [lost_seats("resident", 1.0)]},
        )
    )
    whole = usual["calls_agent_minutes"]
    for facts in (lost, none):
        assert np.array_equal(facts["calls_agent_minutes"] + facts["calls_agent_minutes_lost"], whole)
        assert np.array_equal(facts["calls_agent_minutes_rostered"], whole)
        assert np.array_equal(facts["calls_holders"], usual["calls_holders"])
        before = [name for name in usual if not np.array_equal(facts[name][:13], usual[name][:13])]
        assert not before
    days = slice(13, 16)
    assert lost["calls_agent_minutes_lost"][days].sum() == pytest.approx(whole[days].sum() / 2, rel=0.1)
    assert lost["calls_answered"][days].sum() < usual["calls_answered"][days].sum()
    assert none["calls_answered"][14] == 0 and none["calls_agent_minutes"][14] == 0
    assert none["calls_answered"][-5:].sum() == pytest.approx(usual["calls_answered"][-5:].sum(), rel=0.05)
    assert usual["calls_agent_minutes_lost"].sum() == 0
    assert np.array_equal(lost["helpdesk_answered"], usual["helpdesk_answered"])


def lost_seats(centre: str, share: float) -> dict[str, object]:
    return lost(centre, date(2027, 6, 14), 72, share=share)


def test_a_holiday_more_closes_the_help_desk_and_one_less_opens_it(history: CardHistory) -> None:
    # Tuesday 8 June 2027 is made a holiday, Thursday 29 April an ordinary day
    span = {"start": date(2027, 4, 1), "end": date(2027, 6, 30)}
    moved = {"disruptions.holidays": [date(2027, 6, 8)], "disruptions.workdays": [date(2027, 4, 29)]}
    by_law, changed = (
        replicate(
            without_run_in(load("plan-period").with_values(span | more).parameters), history, 1, 1, chance_only=True
        ).facts
        for more in ({}, moved)
    )
    june, april = ((day - span["start"]).days for day in (date(2027, 6, 8), date(2027, 4, 29)))
    assert by_law["helpdesk_open"][[april, june]].tolist() == [0, 1]
    assert changed["helpdesk_open"][[april, june]].tolist() == [1, 0]
    assert changed["transactions"][june] < 0.8 * by_law["transactions"][june]
    assert changed["done_production"][june] > 0, "the plant works national holidays"
    assert changed["helpdesk_offered"].sum() == pytest.approx(by_law["helpdesk_offered"].sum(), rel=0.02)


UNLUCKY = 2
"""A replication that loses a site in the year before or early in FY2027, where nearly every year does."""


@pytest.mark.parametrize(
    ("part", "moved", "less"),
    [
        ("site-loss", "calls_agent_minutes_lost", "calls_agent_minutes"),
        ("site-risk", "calls_agent_minutes_lost", "calls_agent_minutes"),
        ("ai-answers", "calls_ai_taken", "calls_offered"),
    ],
)
def test_parts_for_the_call_centre_tell_their_story(part: str, moved: str, less: str, history: CardHistory) -> None:
    """A quarter of a replication; where a site is lost by chance, of one of which a site surely is."""
    span = {"start": date(2027, 4, 1), "end": date(2027, 6, 30)}
    often = {"contact.resident.site_losses_per_year": 1, "contact.resident.site_loss_days": 365}
    more, months = (span | often, 12) if part == "site-risk" else (span, 0)
    usual, facts = (
        replicate(without_run_in(load(name).with_values(values).parameters, months), history, 1, UNLUCKY).facts
        for name, values in (("plan-period", span), (f"plan-period+{part}", more))
    )
    assert usual[moved].sum() == 0 and facts[moved].sum() > 0
    assert facts[less].sum() < usual[less].sum()
    assert np.array_equal(facts["helpdesk_offered"], usual["helpdesk_offered"])
