from datetime import date

import numpy as np
import pytest

from scenarios.files.load import load
from sim.calendar import Calendar
from sim.couplings import COUPLINGS
from sim.flows import Flows
from sim.journal import Journal
from sim.parameters import quantities
from sim.parts import FACTS
from sim.plan import Plan
from sim.streams import Streams

YEAR = Calendar(date(2026, 4, 1), date(2027, 3, 31))


PLACES = {row.pattern for row in COUPLINGS if row.pattern}


def coupled(cause: str, counts: dict[int, int], weights: np.ndarray | None = None, **values: object) -> Journal:
    """A journal of a year in which ``cause`` has ``counts`` by day, everywhere with the same daily weights."""
    parameters = load("plan-period").with_values(values).parameters
    streams = Streams(1, 1)
    journal = Journal(YEAR.days)
    patterns = dict.fromkeys(PLACES, np.ones(YEAR.days) if weights is None else weights)
    flows = Flows(Plan(parameters, streams, YEAR, chance_only=True), streams, YEAR, journal, patterns)
    for day, count in counts.items():
        journal.post(cause, day, count)
    for day in range(YEAR.days):
        flows.turn(day)
        flows.follow(day)
        flows.close(day)
    return journal


def test_the_table_names_facts_and_parameters_that_exist() -> None:
    known = quantities(load("plan-period").parameters)
    for row in COUPLINGS:
        assert {row.cause, row.effect} | {name for name in (row.rest, row.pending) if name} <= set(FACTS)
        assert {name for name in (row.rate, row.lag) if name} <= set(known)
        assert (row.lag is None) == (row.law in ("share", "poisson"))


def test_dispatched_cards_arrive_after_the_days_of_preparation() -> None:
    journal = coupled("dispatched_standard", {0: 1000}, **{"counters.preparation_days": 8})
    assert journal["settings_wanted"][8] == 970
    assert journal["settings_wanted"].sum() + journal["never_collected"].sum() == 1000
    assert journal["on_the_way"][7] == 970 and journal["on_the_way"][8] == 0


def test_returned_applications_come_back_after_the_mean_time() -> None:
    journal = coupled("returned", {0: 100_000}, **{"plant.returned_comes_back_share": 0.9, "plant.returned_days": 20})
    back = journal["resubmitted"]
    assert back.sum() == 90_000 and journal["withdrawn"].sum() == 10_000
    mean = sum(day * int(count) for day, count in enumerate(back)) / 90_000
    # geometric with mean 20: standard deviation below 20, so the mean of 90,000 has a standard error below 0.07
    assert mean == pytest.approx(20, abs=0.3)


def test_no_effect_falls_on_the_day_of_its_cause() -> None:
    journal = coupled("signing_ended", {0: 1000}, **{"holders.signing_reissue_days": 1})
    assert journal["signing_wanted"][0] == 0
    assert journal["signing_wanted"][1] == pytest.approx(600, abs=1)


def test_nobody_rings_on_a_closed_day_and_nobody_is_lost() -> None:
    weights = np.where(np.arange(YEAR.days) % 7 < 5, 7 / 5, 0.0)
    journal = coupled("notices_sent", {0: 100_000}, weights, **{"contact.resident.calls_per_notice": 0.03})
    calls = journal["calls_notices"]
    assert calls[weights == 0].sum() == 0
    assert calls.sum() == 3000


def test_a_share_of_the_days_work_follows_on_the_same_day() -> None:
    journal = coupled("transactions", {10: 200_000}, **{"contact.helpdesk.calls_per_transaction": 0.01})
    calls = journal["helpdesk_transactions"]
    assert calls.sum() == calls[10]
    assert calls[10] == pytest.approx(2000, abs=4 * np.sqrt(2000))


def test_an_hour_of_outage_makes_its_calls_on_its_day() -> None:
    minutes = dict.fromkeys(range(0, 300, 3), 90)
    journal = coupled("helpdesk_outage_minutes", minutes, **{"contact.helpdesk.calls_per_outage_hour": 40})
    calls = journal["helpdesk_outages"]
    assert set(np.flatnonzero(calls)) <= set(minutes)
    assert calls.sum() == pytest.approx(100 * 1.5 * 40, abs=4 * np.sqrt(6000))


def test_holders_ring_all_year_from_the_day_after_the_first() -> None:
    held = dict.fromkeys(range(YEAR.days), 10_000_000)
    journal = coupled("cards_held", held, **{"contact.resident.calls_per_holder": 0.01})
    calls = journal["calls_holders"]
    mean = (YEAR.days - 1) / 365.25 * 100_000
    assert calls[0] == 0
    assert calls.sum() == pytest.approx(mean, abs=4 * np.sqrt(mean))


def test_a_late_card_makes_its_holder_ring_once_at_most() -> None:
    stock = dict.fromkeys(range(300), 10_000)
    values = {"contact.resident.late_callers_share": 0.2, "contact.resident.late_days": 15}
    journal = coupled("late_inside", stock, **values)
    calls = journal["calls_late_cards"]
    assert calls.sum() == 2000
    assert calls[:17].sum() == pytest.approx(2000 * (1 - (14 / 15) ** 16), abs=80)


def test_new_late_cards_make_new_callers_when_the_old_ones_have_left() -> None:
    stock = dict.fromkeys(range(100), 10_000) | dict.fromkeys(range(200, 300), 10_000)
    journal = coupled("late_inside", stock, **{"contact.resident.late_callers_share": 0.2})
    assert journal["calls_late_cards"].sum() == pytest.approx(4000, abs=10)


def test_the_load_multiplies_calls_that_no_application_makes() -> None:
    once, twice = (coupled("notices_sent", {0: 100_000}, **{"demand.load": load_}) for load_ in (1, 2))
    assert twice["calls_notices"].sum() == pytest.approx(2 * once["calls_notices"].sum(), abs=1)
