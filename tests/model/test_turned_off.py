"""What is turned off, or on, leaves every series without a path from it as it was, to the last bit.

Which series have a path is not written down here: it follows from what each part declares that it reads, and from the
couplings table.
"""

from collections.abc import Iterable
from datetime import date

import pytest
from no_run_in import without_run_in

from scenarios.files.load import Scenario, load
from sim.couplings import COUPLINGS, Coupling
from sim.declared import Part
from sim.facts import CENTRES, SYSTEMS
from sim.parts import CARDS, DECLARED, FACTS, PART_OF
from sim.people.history import CardHistory
from sim.reach import reached_by
from sim.replication import whole
from sim.result import Result

OFF: dict[str, dict[str, object]] = {
    "spread of slots": {"counters.slots_spread": 0},
    "post offices": {"services.post_offices.slots_each": 0, "contact.helpdesk.calls_per_post_office": 0},
    "calls of post offices": {"contact.helpdesk.calls_per_post_office": 0},
    "licences": {"counters.licence_share": 0},
    "calls about licences": {"contact.resident.calls_per_licence": 0},
    "slots of readings": {"counters.readings_slots": 0},
    "readings": {"demand.readings_share": 0},
    "residence cards": {"demand.residence_card_share": 0},
    "wishes for weekends": {"counters.weekend_wish": 0},
    "PIN resets": {"services.pins.signing_locked_share": 0, "services.pins.user_locked_share": 0},
    "visits for PINs": {"counters.pin_visit_share": 0},
    "slots of PINs": {"counters.pin_slots": 0},
    "slots of settings": {"counters.setting_slots": 0},
    "birth notices": {"demand.newborn_notice_share": 0},
    "residents abroad": {"demand.abroad_per_year": 0},
    "the next card": {"next_card.start": date(2031, 4, 1)},
    "its cut-over": {"next_card.cutover_days": 0, "next_card.ramp_share": 1},
    "calls at its launch": {"contact.resident.calls_per_early_card": 0},
    "capacity of notices": {"notices.printed_per_day": 1e9},
    "notices that come back": {"notices.undelivered_share": 0},
    "e-mails": {"notices.emails_per_year": 0},
    "phones": {"services.phones.new_per_year": 0, "services.phones.changed_share": 0},
    "calls about phones": {"contact.resident.calls_per_phone_certificate": 0},
    "loads shown": {
        f"services.shown.{name}": 0 for name in ("copies_android", "copies_ios", "attributes", "relying_parties")
    },
    "settings off peak": {"systems.setting_off_peak_share": 0},
    "validation service": {"systems.validation.failures_per_year": 0},
}
"""What runs in ``BUSY`` or its base, and is turned off."""
_JULY = {"day": date(2026, 7, 14), "from": "10:00"}
ON: dict[str, dict[str, object]] = {
    "AI": {"contact.resident.ai_share": 0.1},
    "sites lost at random": {"contact.resident.site_losses_per_year": 1, "contact.resident.site_loss_days": 365},
    "breakdowns by load": {"systems.jpki_load_slope": 100},
    "validation in availability": {"systems.validation.in_availability": True},
    "drills": {
        "systems.drills": [
            {"system": "jpki_counter", "months": [7], "nth": 2, "weekday": "tue", "from": "10:00", "hours": 3}
        ]
    },
    "a plant lost": {"disruptions.events": [{"hits": "plant", "hours": 48, **_JULY}]},
    "blanks that run out": {"plant.blank_stock": 200_000},
    "seats of residents lost": {"disruptions.events": [{"hits": "resident", "hours": 48, "lost": 0.5, **_JULY}]},
    "seats of the help desk lost": {"disruptions.events": [{"hits": "helpdesk", "hours": 48, "lost": 0.5, **_JULY}]},
    "the servers lost": {"disruptions.events": [{"hits": "jpki_counter", "hours": 5, **_JULY}]},
    "the verifiers lost": {"disruptions.events": [{"hits": "jpki_verifier", "hours": 5, **_JULY}]},
    "a validation centre lost": {"disruptions.events": [{"hits": "validation_centre", "hours": 500, **_JULY}]},
}
"""What the base does without, and is turned on."""
DATED = tuple(name for name, values in ON.items() if {*values} & {"disruptions.events", "systems.drills"})
"""Of these, what moves nothing before its month, in which the seats needed are of the whole month."""
HITS = {
    "drills": "systems.jpki_counter.hours",
    "a plant lost": "plant.stops",
    "seats of residents lost": "contact.resident.seats",
    "seats of the help desk lost": "contact.helpdesk.seats",
    "the servers lost": "systems.jpki_counter.hours",
    "the verifiers lost": "systems.jpki_verifier.hours",
    "a validation centre lost": "systems.validation.failures_per_year",
}
"""Events of one list hit many things: what each hits, as a parameter of that alone."""
OF_CARDS = (
    "readings",
    "residence cards",
    "residents abroad",
    "the next card",
    "its cut-over",
    "a plant lost",
    "blanks that run out",
)
"""What reaches the plant or the holders, and so nearly everything in the end, but not what is known from the start."""
MOVES_WHAT_IS_KNOWN = ("phones", "loads shown", "drills")
KNOWN_FROM_THE_START = {
    *("opening_work", "opening_at_municipalities", "restated_cards", "restated_at_municipalities"),
    *(f"{prefix}_{name}" for prefix in CENTRES.values() for name in ("open", "seats", "seats_fy2025")),
    *(f"{name}_minutes_{system}" for name in ("timetable", "service", "planned") for system in SYSTEMS),
    *("phone_certificates_issued", "phone_certificates_held", "post_offices", "attributes_provided", "validity_checks"),
    *(f"applications_{reason}" for reason in ("newborn", "move", "campaign")),
}
BUSY = {
    "start": date(2026, 6, 1),
    "end": date(2026, 7, 31),
    "counters.slots_per_day": 95_000,
    "services.post_offices.known": 3_000,
    "services.post_offices.opened_per_year": 2_000,
    "counters.licence_share": 0.1,
    "systems.jpki_per_day": 150_000,
    "systems.validation.failures_per_year": 30,
    "contact.resident.calls_per_phone_certificate": 0.03,
    "notices.printed_per_day": 60_000,
    "next_card.start": date(2026, 7, 1),
    "next_card.delay_months": 0,
}

LOSES_A_SITE = 4
"""A replication in which a call site would be lost at random in these months, where the rate lets it."""


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
    """What a part posts by its own work; a cause that is known at once if it posts nothing else."""
    own = {fact.name for fact in part.facts} - EFFECTS
    return own - AT_ONCE if len(part.facts) > 1 else own


def feeding(part: Part) -> set[str]:
    """Facts of others that a part works on."""
    return {fact.name for fact in part.facts} & EFFECTS | {*part.reads}


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


@pytest.fixture(scope="module")
def busy() -> Scenario:
    """Counters with lines, so that what is turned off is missed."""
    return load("plan-period").with_values(BUSY)


@pytest.fixture(scope="module")
def usual(busy: Scenario, history: CardHistory) -> Result:
    return whole(without_run_in(busy.parameters), history, 1, LOSES_A_SITE)


def test_series_with_a_path_are_those_that_a_reader_of_the_table_would_name() -> None:
    spread, wish = may_move(OFF["spread of slots"]), may_move(OFF["wishes for weekends"])
    assert {"renewed_in_time", "came_back", "calls_counter_waits", "calls_answered", "helpdesk_transactions"} <= spread
    assert not spread & {
        "settings_wanted",
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


@pytest.mark.parametrize("what", (*OFF, *ON))
def test_what_is_turned_off_or_on_leaves_all_else_to_the_last_bit(
    what: str, busy: Scenario, usual: Result, history: CardHistory
) -> None:
    values = (OFF | ON)[what]
    parameters = without_run_in(busy.with_values(values).parameters)
    without = whole(parameters, history, 1, LOSES_A_SITE)
    moved = {name for name, series in usual.facts.items() if (series != without.facts[name]).any()}
    allowed = may_move([HITS[what]] if what in HITS else values)
    assert moved and moved <= allowed
    assert not moved & KNOWN_FROM_THE_START or what in MOVES_WHAT_IS_KNOWN
    assert len(allowed) < (len(FACTS) if what in OF_CARDS else len(FACTS) * 0.6)
    assert {PART_OF[name] for name in moved} - {None} <= reached_by(values, parameters)
    if CARDS not in {PART_OF[name] for name in allowed - may_move(OFF["birth notices"]) - may_move(OFF["e-mails"])}:
        assert (usual.lead_times == without.lead_times).all() and (usual.ledger == without.ledger).all()
    if what in DATED:
        day = (date(2026, 7, 1) - parameters.first_simulated_day).days
        assert not [name for name in moved if (usual.facts[name][:day] != without.facts[name][:day]).any()]
