"""Parts run again on saved facts equal the whole simulation bit for bit, and say nothing of what they left out."""

from datetime import date

import pytest
from no_run_in import without_run_in

from scenarios.files.load import Scenario, load
from sim.parameters import quantities
from sim.parts import PART_OF, PARTS
from sim.people.history import CardHistory
from sim.reach import reached_by
from sim.replication import rerun, whole
from sim.result import Result

START, END = date(2025, 4, 1), date(2025, 5, 31)
LENT = {"contact.cross_trained_share": 0.1}
DRILL = {"system": "jpki_counter", "months": [4], "nth": 3, "weekday": "wed", "from": "10:00", "hours": 2}
SEATS_LOST = {"disruptions.events": [{"hits": "resident", "day": START, "hours": 100, "lost": 0.8}]}
BY_LOAD = {"systems.jpki_load_slope": 500, "systems.jpki_load_level": 0.2}
CHANGES = [
    ("the counters", {}, {"counters.slots_per_day": 50_000, "systems.jpki_per_day": 40_000}, PARTS[1:]),
    ("residents' seats", {}, {"contact.resident.seats": 90}, ("resident",)),
    ("the help desk's seats", {}, {"contact.helpdesk.seats": [{"from": START, "value": 10}]}, ("helpdesk",)),
    ("seats of centres that lend", LENT, {"contact.helpdesk.seats": 10}, ("resident", "helpdesk")),
    ("contact rates", {}, {"contact.resident.calls_per_notice": 0.06}, ("resident",)),
    ("the plant", {}, {"plant.cards_per_day": 60_000}, PARTS),
    ("AI", {}, {"contact.resident.ai_share": 0.3, "targets.ai_reading": "settled"}, ("resident",)),
    ("those who go on elsewhere", SEATS_LOST, {"contact.resident.fail_over_share": 0.5}, ("resident",)),
    ("a disruption", {}, {"disruptions.events": [{"hits": "plant", "day": START, "hours": 200}]}, PARTS),
    ("a drill", {}, {"systems.drills": [DRILL]}, PARTS),
    ("load that breaks the servers", {}, BY_LOAD, PARTS[1:]),
    ("the help desk where load breaks the servers", BY_LOAD, {"contact.helpdesk.seats": 10}, ("helpdesk",)),
    ("offers", {}, {"contact.resident.offer_accepted_share": 0.5, "contact.resident.seats": 80}, ("resident",)),
]


@pytest.fixture(scope="module")
def short() -> Scenario:
    return load("baseline-fy2025").with_values({"end": END})


def differing(one: Result, other: Result) -> set[str]:
    return {name for name, series in one.facts.items() if (series != other.facts[name]).any()}


@pytest.mark.parametrize(("what", "of_both", "change", "parts"), CHANGES, ids=[case[0] for case in CHANGES])
def test_a_rerun_equals_the_whole_simulation_bit_for_bit(
    short: Scenario,
    history: CardHistory,
    what: str,
    of_both: dict[str, object],
    change: dict[str, object],
    parts: tuple[str, ...],
) -> None:
    base = without_run_in(short.with_values(of_both).parameters)
    changed = without_run_in(short.with_values(of_both | change).parameters)
    assert reached_by(change, changed) == set(parts)
    known, afresh = (whole(each, history, 1, 3) for each in (base, changed))
    again = rerun(parts, known, changed, history, 1, 3)
    assert not differing(again, afresh)
    assert (again.lead_times == afresh.lead_times).all()
    assert (again.ledger == afresh.ledger).all()
    assert differing(known, afresh)


def test_upstream_parts_alone_say_nothing_of_those_behind_them(short: Scenario, history: CardHistory) -> None:
    changed = without_run_in(short.with_values({"plant.cards_per_day": 60_000}).parameters)
    known, afresh = whole(without_run_in(short.parameters), history, 1, 1), whole(changed, history, 1, 1)
    again = rerun({"cards"}, known, changed, history, 1, 1)
    right = {name for name in afresh.facts if PART_OF[name] in ("cards", None)}
    assert not differing(again, afresh) & right
    assert not any(again.facts[name].any() for name in afresh.facts if PART_OF[name] in ("resident", "helpdesk"))
    assert (again.lead_times == afresh.lead_times).all()


def test_one_part_after_the_other_comes_to_the_same(short: Scenario, history: CardHistory) -> None:
    changes = {"plant.cards_per_day": 60_000, "counters.slots_per_day": 70_000, "contact.resident.seats": 100}
    changed = without_run_in(short.with_values(changes).parameters)
    step = whole(without_run_in(short.parameters), history, 1, 1)
    for parts in ({"cards"}, {"counters"}, {"resident", "helpdesk"}):
        step = rerun(parts, step, changed, history, 1, 1)
    assert not differing(step, whole(changed, history, 1, 1))


def test_a_part_is_not_run_without_what_it_rests_on(short: Scenario, history: CardHistory) -> None:
    plain, lending = without_run_in(short.parameters), without_run_in(short.with_values(LENT).parameters)
    known = whole(plain, history, 1, 1)
    with pytest.raises(ValueError, match="resident rests on counters"):
        rerun({"cards", "resident"}, known, plain, history, 1, 1)
    with pytest.raises(ValueError, match="rests on"):
        rerun({"helpdesk"}, known, lending, history, 1, 1)


def test_no_quantity_changes_a_part_that_it_is_said_not_to_reach(history: CardHistory) -> None:
    """Each that does not reach everything is moved once, in a world small enough for that."""
    tiny = load("baseline-fy2025").with_values(
        {"end": date(2025, 4, 15), "contact.resident.seats": 60, "opening.cards": 900_000}
    )
    known = whole(without_run_in(tiny.parameters), history, 1, 1, chance_only=True)
    elsewhere = {p: q for p, q in quantities(tiny.parameters).items() if reached_by([p], tiny.parameters) != set(PARTS)}
    assert len(elsewhere) > 50
    for path, quantity in elsewhere.items():
        middle = quantity.at(START)
        moved = middle * 0.7 if middle else 0.3
        moved = max(int(moved), 1) if path.endswith("seats") else moved
        parameters = without_run_in(tiny.with_values({path: moved}).parameters)
        parts = reached_by([path], parameters)
        changed = differing(known, whole(parameters, history, 1, 1, chance_only=True))
        unexpected = {name for name in changed if PART_OF[name] is not None and PART_OF[name] not in parts}
        assert not unexpected, f"{path} is said to reach {sorted(parts)} only"


def test_every_part_posts_facts() -> None:
    assert {part for part in PART_OF.values() if part} == set(PARTS)
