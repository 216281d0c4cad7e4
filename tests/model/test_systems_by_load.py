"""Systems in a whole simulation: what load breaks, and what the validation service leaves alone."""

from datetime import date

import numpy as np
import pytest
from no_run_in import without_run_in

from scenarios.files.load import load
from sim.people.history import CardHistory
from sim.replication import replicate
from sim.streams import Ints
from sim.systems.facts import VALIDATION

SPAN = {"start": date(2026, 6, 1), "end": date(2026, 7, 31)}
OWN = {fact.name for fact in VALIDATION}
OFF = {"systems.validation.failures_per_year": 0, "systems.validation.checks_per_month": 0}


def facts(history: CardHistory, **values: object) -> dict[str, Ints]:
    parameters = load("plan-period").with_values(SPAN | values).parameters
    return replicate(without_run_in(parameters), history, 1, 2).facts


def differing(one: dict[str, Ints], other: dict[str, Ints]) -> set[str]:
    return {name for name in one if (one[name] != other[name]).any()}


@pytest.fixture(scope="module")
def plain(history: CardHistory) -> dict[str, Ints]:
    return facts(history)


def test_without_the_validation_service_every_other_series_is_the_same(
    history: CardHistory, plain: dict[str, Ints]
) -> None:
    off = facts(history, **OFF)
    assert {"validity_checks", "validity_checks_answered"} <= differing(plain, off) <= OWN
    assert not any(off[name].any() for name in OWN)


def test_with_it_in_availability_only_that_of_relying_parties_moves(
    history: CardHistory, plain: dict[str, Ints]
) -> None:
    often = {"systems.validation.failures_per_year": 40, "systems.validation.in_availability": True}
    seen = facts(history, **often)
    assert differing(plain, seen) - OWN == {"outage_minutes_jpki_verifier"}
    assert (seen["outage_minutes_jpki_verifier"] >= seen["validation_down_minutes"]).all()


def test_a_slope_that_no_day_reaches_changes_nothing(history: CardHistory, plain: dict[str, Ints]) -> None:
    steep = {"systems.jpki_load_slope": 300, "systems.jpki_load_level": 10}
    assert not differing(plain, facts(history, **steep))


def test_load_breaks_the_servers_and_less_room_breaks_them_more(history: CardHistory, plain: dict[str, Ints]) -> None:
    """Half the capacity: utilisation doubles, and every day that broke before breaks again."""
    steep = {"systems.jpki_load_slope": 100, "systems.jpki_load_level": 0.2, "systems.validation.failures_per_year": 0}
    wide, narrow = (facts(history, **steep, **{"systems.jpki_per_day": room}) for room in (300_000, 150_000))
    broken = [set(np.flatnonzero(found["jpki_load_breaks"])) for found in (wide, narrow)]
    assert set() < broken[0] < broken[1]
    assert not plain["jpki_load_breaks"].any()
    for name in ("outage_minutes_jpki_counter", "transactions_failed", "helpdesk_outage_minutes", "helpdesk_offered"):
        assert plain[name].sum() < wide[name].sum() < narrow[name].sum(), name
    assert (wide["outage_minutes_card_management"] == plain["outage_minutes_card_management"]).all()
    assert (wide["applications"] == plain["applications"]).all()
