"""Blank cards: a stock that runs out and is delivered, by hand; none at all; and always enough."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from no_run_in import without_run_in

from scenarios.files.load import Scenario
from sim.facts import CAUSES
from sim.people.history import CardHistory
from sim.replication import replicate
from sim.result import LEDGER_COLUMNS, Result

Build = Callable[..., Scenario]
FIRST, LAST = date(2026, 6, 1), date(2026, 7, 31)
SPAN = {"from": FIRST, "to": LAST, "applications_per_day": 20_000}


def made(empty_world: Build, nobody: CardHistory, **values: object) -> Result:
    """20,000 applications a day from Monday 1 June 2026 on, in lots of 1,000."""
    plant = {f"plant__{name}": value for name, value in ({"lot_size": 1000} | values).items()}
    scenario = empty_world(FIRST, LAST, demand__stress=[SPAN], **plant)
    return replicate(without_run_in(scenario.parameters), nobody, seed=1, replication=1)


def days_for_want_of_blanks(result: Result) -> int:
    cause, days = (result.ledger[:, LEDGER_COLUMNS.index(name)] for name in ("cause", "card_days"))
    return int(days[cause == CAUSES.index("blanks")].sum())


def test_a_hundred_thousand_last_five_days_and_the_next_come_in_july(empty_world: Build, nobody: CardHistory) -> None:
    """100,000 blanks are the cards of five days of receipt. 300,000 come on Wednesday 1 July; by then 30 days were
    received, of which 500,000 cards wait or are at earlier stations.
    """
    delivered = [{"day": date(2026, 7, 1), "cards": 300_000}]
    result = made(empty_world, nobody, blank_stock=100_000, blanks_delivered=delivered)
    facts, july = result.facts, 30
    assert facts["blanks_counted"].sum() == 100_000 and facts["blanks_delivered"].sum() == 300_000
    assert facts["blanks_used"][:july].sum() == facts["done_production"][:july].sum() == 100_000
    assert facts["blanks_left"][july - 1] == 0
    assert facts["blanks_used"].sum() == 400_000 and facts["blanks_left"][-1] == 0
    assert facts["blanks_used"][july : july + 2].sum() == pytest.approx(300_000, abs=8 * 1000)  # 160,000 a day
    assert days_for_want_of_blanks(result) > 0
    left = np.cumsum(facts["blanks_counted"] + facts["blanks_delivered"] - facts["blanks_used"])
    assert (facts["blanks_left"] == left).all()


def test_what_is_ordered_comes_a_lead_time_later(empty_world: Build, nobody: CardHistory) -> None:
    """The same 300,000, ordered on 1 June with 30 days to their delivery; those of an order in July come too late."""
    ordered = [{"day": date(2026, 6, 1), "cards": 300_000}, {"day": date(2026, 7, 15), "cards": 100_000}]
    by_order = made(empty_world, nobody, blank_stock=100_000, blanks_ordered=ordered, blank_lead_days=30)
    by_date = made(
        empty_world, nobody, blank_stock=100_000, blanks_delivered=[{"day": date(2026, 7, 1), "cards": 300_000}]
    )
    assert by_order.facts["blanks_delivered"].sum() == 300_000
    assert all((series == by_date.facts[name]).all() for name, series in by_order.facts.items())


def test_without_blanks_nothing_is_made(empty_world: Build, nobody: CardHistory) -> None:
    facts = made(empty_world, nobody, blank_stock=0).facts
    assert not facts["done_production"].any() and not facts["blanks_used"].any()
    assert facts["waiting_production"][-1] > 0 and facts["done_data"].sum() > 0


def test_a_lot_waits_until_there_are_blanks_for_all_of_it(empty_world: Build, nobody: CardHistory) -> None:
    facts = made(empty_world, nobody, blank_stock=2_500).facts
    assert facts["blanks_used"].sum() == 2000 and facts["blanks_left"][-1] == 500


def test_remakes_take_blanks_of_their_own(empty_world: Build, nobody: CardHistory) -> None:
    facts = made(empty_world, nobody, remake_share=0.1).facts
    assert facts["remade"].sum() > 0
    begun = facts["blanks_used"].sum() - facts["done_production"].sum()
    assert 0 <= begun <= 8 * 1000  # in work as the run ends
    assert facts["done_production"].sum() > facts["done_inspection"].sum() - facts["remade"].sum()


def test_enough_blanks_move_nothing_but_their_own_counts(empty_world: Build, nobody: CardHistory) -> None:
    always, enough = (made(empty_world, nobody, **values) for values in ({}, {"blank_stock": 50_000_000}))
    moved = {name for name, series in always.facts.items() if (series != enough.facts[name]).any()}
    assert moved == {"blanks_counted", "blanks_delivered", "blanks_left"}
    assert (always.facts["blanks_delivered"] == always.facts["blanks_used"]).all()
    assert (always.ledger == enough.ledger).all() and (always.lead_times == enough.lead_times).all()
