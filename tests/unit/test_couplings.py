from datetime import date

import pytest

from scenarios.load import load
from sim.calendar import Calendar
from sim.couplings import COUPLINGS, Couplings
from sim.facts import FACTS
from sim.journal import Journal
from sim.parameters import quantities
from sim.plan import Plan
from sim.streams import Streams

YEAR = Calendar(date(2026, 4, 1), date(2027, 3, 31))


def coupled(cause: str, count: int, **values: object) -> Journal:
    """A journal of a year after ``count`` of a cause on its first day."""
    parameters = load("plan-period").with_values(values).parameters
    streams = Streams(1, 1)
    journal = Journal(YEAR.days)
    couplings = Couplings(Plan(parameters, streams, YEAR, chance_only=True), streams, YEAR, journal)
    journal.post(cause, 0, count)
    for day in range(YEAR.days):
        couplings.turn(day)
        couplings.close(day)
    return journal


def test_the_table_names_facts_and_parameters_that_exist() -> None:
    known = quantities(load("plan-period").parameters)
    for row in COUPLINGS:
        assert {row.cause, row.effect} | {name for name in (row.rest, row.pending) if name} <= set(FACTS)
        assert {row.rate, row.lag} <= set(known)


def test_dispatched_cards_arrive_after_the_days_of_preparation() -> None:
    journal = coupled("dispatched_standard", 1000, **{"counters.preparation_days": 8})
    assert journal["arrived"][8] == 970
    assert journal["arrived"].sum() + journal["never_collected"].sum() == 1000
    assert journal["on_the_way"][7] == 970 and journal["on_the_way"][8] == 0


def test_returned_applications_come_back_after_the_mean_time() -> None:
    journal = coupled("returned", 100_000, **{"plant.returned_comes_back_share": 0.9, "plant.returned_days": 20})
    back = journal["resubmitted"]
    assert back.sum() == 90_000 and journal["withdrawn"].sum() == 10_000
    mean = sum(day * int(count) for day, count in enumerate(back)) / 90_000
    # geometric with mean 20: standard deviation below 20, so the mean of 90,000 has a standard error below 0.07
    assert mean == pytest.approx(20, abs=0.3)


def test_no_effect_falls_on_the_day_of_its_cause() -> None:
    journal = coupled("signing_ended", 1000, **{"holders.signing_reissue_days": 1})
    assert journal["signing_reissued"][0] == 0
    assert journal["signing_reissued"][1] == pytest.approx(600, abs=1)
