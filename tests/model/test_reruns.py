"""Parts run again on saved facts equal the whole simulation bit for bit, and say nothing of what they left out."""

from collections import defaultdict
from collections.abc import Callable, Mapping
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


@pytest.fixture(scope="module")
def simulated(short: Scenario, history: CardHistory) -> Callable[[Mapping[str, object]], Result]:
    """The same replication under some values, simulated whole: as it is known once, whoever asks."""
    found: dict[str, Result] = {}

    def simulate(values: Mapping[str, object]) -> Result:
        key = repr(values)
        if key not in found:
            found[key] = whole(without_run_in(short.with_values(dict(values)).parameters), history, 1, 3)
        return found[key]

    return simulate


def differing(one: Result, other: Result) -> set[str]:
    return {name for name, series in one.facts.items() if (series != other.facts[name]).any()}


@pytest.mark.parametrize(("what", "of_both", "change", "parts"), CHANGES, ids=[case[0] for case in CHANGES])
def test_a_rerun_equals_the_whole_simulation_bit_for_bit(
    short: Scenario,
    history: CardHistory,
    simulated: Callable[[Mapping[str, object]], Result],
    what: str,
    of_both: dict[str, object],
    change: dict[str, object],
    parts: tuple[str, ...],
) -> None:
    changed = without_run_in(short.with_values(of_both | change).parameters)
    assert reached_by(change, changed) == set(parts)
    known, afresh = simulated(of_both), simulated(of_both | change)
    again = rerun(parts, known, changed, history, 1, 3)
    assert not differing(again, afresh)
    assert (again.lead_times == afresh.lead_times).all()
    assert (again.ledger == afresh.ledger).all()
    assert differing(known, afresh)


def test_upstream_parts_alone_say_nothing_of_those_behind_them(
    short: Scenario, history: CardHistory, simulated: Callable[[Mapping[str, object]], Result]
) -> None:
    fewer = {"plant.cards_per_day": 60_000}
    changed = without_run_in(short.with_values(fewer).parameters)
    known, afresh = simulated({}), simulated(fewer)
    again = rerun({"cards"}, known, changed, history, 1, 3)
    right = {name for name in afresh.facts if PART_OF[name] in ("cards", None)}
    assert not differing(again, afresh) & right
    assert not any(again.facts[name].any() for name in afresh.facts if PART_OF[name] in ("resident", "helpdesk"))
    assert (again.lead_times == afresh.lead_times).all()


def test_one_part_after_the_other_comes_to_the_same(
    short: Scenario, history: CardHistory, simulated: Callable[[Mapping[str, object]], Result]
) -> None:
    changes = {"plant.cards_per_day": 60_000, "counters.slots_per_day": 70_000, "contact.resident.seats": 100}
    changed = without_run_in(short.with_values(changes).parameters)
    step = simulated({})
    for parts in ({"cards"}, {"counters"}, {"resident", "helpdesk"}):
        step = rerun(parts, step, changed, history, 1, 3)
    assert not differing(step, simulated(changes))


def test_a_part_is_not_run_without_what_it_rests_on(
    short: Scenario, history: CardHistory, simulated: Callable[[Mapping[str, object]], Result]
) -> None:
    plain, lending = without_run_in(short.parameters), without_run_in(short.with_values(LENT).parameters)
    known = simulated({})
    with pytest.raises(ValueError, match="resident rests on counters"):
        rerun({"cards", "resident"}, known, plain, history, 1, 3)
    with pytest.raises(ValueError, match="rests on"):
        rerun({"helpdesk"}, known, lending, history, 1, 3)


MOVED_AT_ONCE = 8


def test_no_quantity_changes_a_part_that_it_is_said_not_to_reach(history: CardHistory) -> None:
    """Each that does not reach everything is moved, some at a time that are said to reach the same, in a tiny world."""
    tiny = load("baseline-fy2025").with_values(
        {"end": date(2025, 4, 15), "contact.resident.seats": 60, "opening.cards": 900_000}
    )
    known = whole(without_run_in(tiny.parameters), history, 1, 1, chance_only=True)
    alike = defaultdict(list)
    for path in quantities(tiny.parameters):
        alike[frozenset(reached_by([path], tiny.parameters))].append(path)
    del alike[frozenset(PARTS)]
    assert sum(map(len, alike.values())) > 50
    for parts, paths in alike.items():
        for some in (paths[at : at + MOVED_AT_ONCE] for at in range(0, len(paths), MOVED_AT_ONCE)):
            parameters = without_run_in(tiny.with_values({path: moved(tiny, path) for path in some}).parameters)
            assert reached_by(some, parameters) == parts
            changed = differing(known, whole(parameters, history, 1, 1, chance_only=True))
            unexpected = {name for name in changed if PART_OF[name] is not None and PART_OF[name] not in parts}
            assert not unexpected, f"{some} are said to reach {sorted(parts)} only"


def moved(scenario: Scenario, path: str) -> float:
    """Another value of a quantity: less, but none that turns anything off."""
    middle = quantities(scenario.parameters)[path].at(START)
    less = middle * 0.7 if middle else 0.3
    return max(int(less), 1) if path.endswith("seats") else less


def test_every_part_posts_facts() -> None:
    assert {part for part in PART_OF.values() if part} == set(PARTS)
