"""What is turned off at the counters leaves every series without a path from it as it was, to the last bit.

Which series have a path is not written down here: it follows from what each part declares that it reads, and from the
couplings table.
"""

from collections.abc import Iterable
from datetime import date

import pytest

from scenarios.files.load import Scenario, load
from sim.couplings import COUPLINGS, Coupling
from sim.declared import Part
from sim.notices.facts import NOTICES
from sim.parameters import Parameters
from sim.parts import CARDS, DECLARED, FACTS, PART_OF
from sim.people.facts import PEOPLE
from sim.people.history import CardHistory
from sim.plant.facts import PLANT
from sim.reach import reached_by
from sim.replication import whole
from sim.result import Result

ONE_ANOTHER = (PEOPLE, PLANT, NOTICES)
"""Parts that read facts of each other without saying so: cards dispatched late are valid longer."""
OFF: dict[str, dict[str, object]] = {
    "spread of slots": {"counters.slots_spread": 0},
    "post offices": {"services.post_offices.slots_each": 0, "contact.helpdesk.calls_per_post_office": 0},
    "calls of post offices": {"contact.helpdesk.calls_per_post_office": 0},
    "licences": {"counters.licence_share": 0},
    "slots of readings": {"counters.readings_slots": 0},
    "readings": {"demand.readings_share": 0},
    "residence cards": {"demand.residence_card_share": 0},
    "wishes for weekends": {"counters.weekend_wish": 0},
    "PIN resets": {"services.pins.signing_locked_share": 0, "services.pins.user_locked_share": 0},
    "visits for PINs": {"counters.pin_visit_share": 0},
    "slots of PINs": {"counters.pin_slots": 0},
    "birth notices": {"demand.newborn_notice_share": 0},
}
BEYOND_THE_COUNTERS = ("readings", "residence cards")
BUSY = {
    "start": date(2026, 6, 1),
    "end": date(2026, 8, 31),
    "counters.slots_per_day": 95_000,
    "services.post_offices.known": 3_000,
    "services.post_offices.opened_per_year": 2_000,
    "counters.licence_share": 0.1,
}


def brought(row: Coupling) -> set[str]:
    """Facts that a row of the table posts."""
    return {name for name in (row.effect, row.rest, row.pending) if name}


def known_at_once(row: Coupling) -> bool:
    """Whether a row's cause stands before anything is done: nothing but its own parameters moves it."""
    return row.same_day and row.law != "share"


EFFECTS = set().union(*(brought(row) for row in COUPLINGS if row.law != "queue"))
AT_ONCE = {row.cause for row in COUPLINGS if known_at_once(row)}


def reading(path: str) -> list[Part]:
    """Declarations that are the first to read a parameter."""
    fitting = [(len(own), part) for part in DECLARED for own in part.parameters if path.startswith(own)]
    return [part for length, part in fitting if length == max(length for length, _ in fitting)]


def own_facts(part: Part) -> set[str]:
    """What a part posts by its own work."""
    return {fact.name for fact in part.facts} - EFFECTS - AT_ONCE


def feeding(part: Part) -> set[str]:
    """Facts of others that a part works on."""
    others = [name for other in ONE_ANOTHER for name in own_facts(other)] if part in ONE_ANOTHER else []
    return {fact.name for fact in part.facts} & EFFECTS | {*part.reads, *others}


def may_move(paths: Iterable[str]) -> set[str]:
    """Facts with a path from these parameters."""
    moved: set[str] = set()
    new = set().union(*(own_facts(part) for path in paths for part in reading(path)))
    new |= set().union(*(brought(row) for row in COUPLINGS if {row.rate, row.lag} & {*paths}))
    while not new <= moved:
        moved |= new
        behind = [brought(row) for row in COUPLINGS if row.law != "queue" and moved & {*row.causes}]
        behind += [own_facts(part) for part in DECLARED if feeding(part) & moved]
        new = set().union(*behind)
    return moved


def without_run_in(scenario: Scenario) -> Parameters:
    parameters = scenario.parameters
    return parameters.model_copy(update={"opening": parameters.opening.model_copy(update={"run_in_months": 0})})


@pytest.fixture(scope="module")
def busy() -> Scenario:
    """Counters with lines, so that what is turned off is missed."""
    return load("plan-period").with_values(BUSY)


@pytest.fixture(scope="module")
def usual(busy: Scenario, history: CardHistory) -> Result:
    return whole(without_run_in(busy), history, 1, 1)


def test_series_with_a_path_are_those_that_a_reader_of_the_table_would_name() -> None:
    spread, wish = may_move(OFF["spread of slots"]), may_move(OFF["wishes for weekends"])
    assert {"renewed_in_time", "came_back", "calls_counter_waits", "calls_answered", "helpdesk_transactions"} <= spread
    assert not spread & {
        "arrived",
        "signing_wanted",
        "pin_visits_user",
        "calls_notices",
        "helpdesk_office",
        "cards_held",
    }
    assert wish == {name for name in FACTS if name.startswith("weekends_")}
    calls = may_move(OFF["calls of post offices"])
    assert {"helpdesk_post_offices", "helpdesk_answered"} <= calls
    assert not calls & {"helpdesk_transactions", "calls_answered", "renewed_in_time"}


@pytest.mark.parametrize("what", OFF)
def test_what_is_turned_off_leaves_all_else_to_the_last_bit(
    what: str, busy: Scenario, usual: Result, history: CardHistory
) -> None:
    values = OFF[what]
    parameters = without_run_in(busy.with_values(values))
    without = whole(parameters, history, 1, 1)
    moved = {name for name, series in usual.facts.items() if (series != without.facts[name]).any()}
    allowed = may_move(values)
    assert moved and moved <= allowed
    assert len(allowed) < (len(FACTS) if what in BEYOND_THE_COUNTERS else len(FACTS) * 0.6)
    assert {PART_OF[name] for name in moved} - {None} <= reached_by(values, parameters)
    if CARDS not in {PART_OF[name] for name in allowed - may_move(OFF["birth notices"])}:
        assert (usual.lead_times == without.lead_times).all() and (usual.ledger == without.ledger).all()
