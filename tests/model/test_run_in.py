"""The start does not matter on the first reported day where no queue was over capacity."""

from datetime import date

import numpy as np
import pytest

from scenarios.files.load import load
from sim.parts import FACTS
from sim.people.history import CardHistory
from sim.replication import replicate
from sim.result import Result

DOUBLE = {"opening.cards": 900_000, "opening.at_municipalities": 1_800_000}
EMPTY = dict.fromkeys(DOUBLE, 0)


@pytest.fixture(scope="module")
def runs(history: CardHistory) -> tuple[Result, Result]:
    # lines at counters with too few slots remember what came first: here there are slots for all
    base = load("plan-period").with_values({"end": date(2026, 9, 30), "counters.slots_per_day": 1e9})
    empty, full = (replicate(base.with_values(start).parameters, history, 3, 1) for start in (EMPTY, DOUBLE))
    return empty, full


PERSONS = 4
"""What is left of a start of 2.7 million cards in a stock or flow of persons, at most."""
ROUNDED = {
    # the pool at the municipalities empties by a share a day, so a year later one or two of the start are left,
    "at_municipalities": "a person or two of the start still waits",
    "handed_over": "and comes on some day,",
    "transactions": "which is a transaction more,",
    "slots_taken": "and a slot,",
    "weekends_wished": "which one in some wishes for at a weekend,",
    "weekends_served": "and gets,",
    "weekends_waiting": "or waits for,",
    # and double work at the start pushes some cards of the first weeks into the next month, so that cohorts of holders,
    # kept by month of issue in fractions of persons, round another way on some days
    "cards_held": "rounding of cohorts",
    "cards_expiring": "rounding of cohorts",
    "certificates_expiring": "rounding of cohorts",
    "notices_sent": "rounding of cohorts",
    "signing_ended": "rounding of cohorts",
    "signing_wanted": "rounding of cohorts",
    "signing_reissued": "rounding of cohorts",
    "stays_extended": "rounding of cohorts",
    "readings_wanted": "rounding of cohorts",
    # a hand-over more tries the servers, and one in some has a licence in it
    "jpki_tried": "a try more,",
    "jpki_done": "which gets through",
    "licences_written": "a licence more,",
    "licences_in_calls": "in the calls of FY2025",
    "licences_on_top": "or beyond them",
}
SINCE_THE_START = "cards_handed_over_cumulative"
"""Counts on from a published number of a day before the run, so it holds what the run-in handed over of its start."""
A_CALL_MORE = {"helpdesk_busy_minutes": 60, "helpdesk_wait_seconds": 600}
"""A transaction more is, one time in 250, a call to the help desk more: what one call can move on its day."""


def test_nothing_was_late_so_the_start_may_be_forgotten(runs: tuple[Result, Result]) -> None:
    for run in runs:
        assert run.facts["late_inside"][0] == 0
        assert run.facts["booking_backlog"][0] == 0


@pytest.mark.parametrize("name", FACTS)
def test_empty_and_double_work_agree_on_the_first_reported_day(runs: tuple[Result, Result], name: str) -> None:
    empty, full = (int(run.facts[name][0]) for run in runs)
    if name == SINCE_THE_START:
        # all that was placed but the cards that nobody ever collects, a few per cent of those inside the plant
        assert 0.95 * sum(DOUBLE.values()) <= full - empty <= sum(DOUBLE.values())
    else:
        assert abs(full - empty) <= (PERSONS if name in ROUNDED else 0)


def test_they_agree_on_every_day_after(runs: tuple[Result, Result]) -> None:
    empty, full = (run.facts for run in runs)
    off = {name: int(np.ptp(full[name] - empty[name])) for name in FACTS}  # the constant part: see the first day
    allowed = dict.fromkeys(FACTS, 0) | dict.fromkeys(ROUNDED, PERSONS) | {SINCE_THE_START: PERSONS}
    allowed |= {name: 1 for name in FACTS if name.startswith("helpdesk_")} | A_CALL_MORE
    assert {name: most for name, most in off.items() if most > allowed[name]} == {}
    assert (full["helpdesk_offered"] != empty["helpdesk_offered"]).sum() <= 3


def test_lead_times_agree_too(runs: tuple[Result, Result]) -> None:
    empty, full = runs
    assert np.array_equal(empty.lead_times, full.lead_times)
    assert np.array_equal(empty.ledger, full.ledger)
