"""A target is one row beside its part: what the row says fits the rest of the model, and stands nowhere else."""

import re
from pathlib import Path

import numpy as np
import pytest

from scenarios.clock.observables import OBSERVABLES
from scenarios.files.changes import flat
from scenarios.files.load import load
from scenarios.resources import RESOURCES
from sim.facts import CAUSES
from sim.lead_times import NOT_SHORT, Cards
from sim.louder import DRIVERS
from sim.parts import FACTS, PARTS
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result
from sim.target import code, parted
from sim.targets import MEASURES, TARGETS, judged_by_year, measure, part_of_target, statistics

ROOT = Path(__file__).parents[2]


def everything(name: str) -> list[str]:
    """What a row's names stand for, with each part that is judged."""
    return [name.format(part=part) for part in TARGETS["availability-99.9"].judged if part]


@pytest.mark.parametrize("target", TARGETS.values(), ids=list(TARGETS))
def test_a_row_names_what_there_is(target) -> None:
    assert target.part is None or target.part in PARTS
    assert target.driver is None or target.driver in DRIVERS
    assert set(target.resources) <= set(RESOURCES)
    assert {sign for name in target.signs for sign in everything(name)} <= set(OBSERVABLES)
    facts = [fact for part in target.judged if (loss := target.lost_of(part)) for fact in (*loss.counted, *loss.lost)]
    assert set(facts) <= set(FACTS)
    paths = flat(load("plan-period").parameters)
    assert all(any(path.startswith(beginning) for path in paths) for beginning in target.parameters)


@pytest.mark.parametrize("target", TARGETS)
def test_the_id_of_a_target_stands_in_the_code_of_its_part_alone(target: str) -> None:
    homes = [
        path.relative_to(ROOT).as_posix()
        for package in ("sim", "scenarios", "reports", "cardflow")
        for path in (ROOT / package).rglob("*.py")
        if re.search(f'(?<!`)"{re.escape(target)}["/]', path.read_text(encoding="utf-8"))
    ]
    assert len(homes) == 1 and homes[0].startswith("sim/") and homes[0].endswith("/targets.py")


@pytest.mark.parametrize(
    ("months", "cards", "short_of"),
    [((7,), 0, None), ((8,), 1, 0), ((9,), 10, 1), ((9, 10), 110, 2), ((8, 9, 10, 11), 1111, 3), ((12,), 0, None)],
)
def test_cards_are_those_received_from_the_first_month_to_the_last(months, cards, short_of) -> None:
    """Months 8 to 11 have 1, 10, 100 and 1,000 cards past their plan, each short of something else for as many days."""
    causes = [place for place, cause in enumerate(CAUSES) if cause not in NOT_SHORT]
    amounts = list(enumerate((1, 10, 100, 1000)))
    received = [{"month": 8 + place, "days": 20, "exception": 1, "cards": count} for place, count in amounts]
    lost = [{"month": 8 + place, "cause": causes[place], "card_days": count} for place, count in amounts]
    rows = (
        np.array([[row.get(name, 0) for name in names] for row in table], dtype=np.int64)
        for names, table in ((LEAD_TIME_COLUMNS, received), (LEDGER_COLUMNS, lost))
    )
    found = Cards(Result({}, *rows), np.array(months), express=False, measure="dispatch")
    assert found.judged(14) == found.late(14) == cards
    assert found.short_of() == (None if short_of is None else CAUSES[causes[short_of]])


def test_every_statistic_is_declared_by_its_target() -> None:
    parameters = load("intake-160k").parameters
    days = (parameters.end - parameters.start).days + 1
    facts = {name: np.ones(days, dtype=np.int64) for name in FACTS}
    nothing = (np.zeros((0, len(names)), np.int64) for names in (LEAD_TIME_COLUMNS, LEDGER_COLUMNS))
    found: dict[str, set[object]] = {name: set() for name in TARGETS}
    for said in statistics(Result(facts, *nothing), parameters):
        assert said.part in TARGETS[said.target].judged
        found[said.target].add(measure(said.name))
    assert found == {name: set(target.measures) for name, target in TARGETS.items()}


def test_one_name_is_one_statistic() -> None:
    assert {each for target in TARGETS.values() for each in target.measures} == set(MEASURES.values())


def test_words_for_what_is_judged_are_read_as_they_were_made() -> None:
    for judged in judged_by_year():
        assert code(*parted(judged)) == judged
    assert parted("availability-99.9/jpki_counter") == ("availability-99.9", "jpki_counter")
    assert part_of_target("issue-14-days/standard") == "cards"
    assert "intake-160k" not in judged_by_year()
    with pytest.raises(LookupError, match="no part of the model decides availability-99"):
        part_of_target("availability-99.9")


def test_what_a_year_of_all_systems_has_lost_is_the_sum_of_theirs() -> None:
    availability = TARGETS["availability-99.9"]
    assert availability.lost_of("jpki_counter").lost == ("outage_minutes_jpki_counter",)
    assert len(availability.lost_of(None).counted) == 3
    assert TARGETS["issue-14-days"].lost_of("standard") is None
