"""The delay ledger's sums, what a unit more is claimed to save, and what is refused."""

from datetime import date

import ledger_sample as sample
import numpy as np
import pytest

from scenarios.errors import UserError
from scenarios.files.load import load
from scenarios.ledger.delays import entries, sums
from scenarios.ledger.ledger import LIST_KEYS, LedgerOptions, chosen_resources, ledger, listed, question
from scenarios.ledger.record import Ledger
from scenarios.ledger.savings import SAVES, counts
from scenarios.records import read
from scenarios.resources import RESOURCES
from sim.calendar import month_number
from sim.facts import CAUSES
from sim.lead_times import Cards
from sim.parts import FACTS
from sim.result import Result
from sim.targets import statistics

JUNE, APRIL = month_number(date(2026, 6, 1)), month_number(date(2027, 4, 1))


@pytest.fixture(scope="module")
def scenario():
    return load("plan-period").with_values({"start": date(2026, 4, 1), "end": date(2027, 4, 30)})


def result(scenario, lost=100):
    """Two fiscal years: cards received in June 2026 and April 2027, calls lost on the first day and the last."""
    days = (scenario.parameters.end - scenario.parameters.start).days + 1
    facts = {name: np.zeros(days, dtype=np.int64) for name in FACTS}
    for name, count in {"abandoned": lost, "lost_seats": lost - 30, "lost_call_back": 30}.items():
        facts[f"calls_{name}"][[0, -1]] = count, 2 * count
    facts["expired_waiting"][0], facts["gave_up_in_time"][0] = 5, 6
    lead_times = [
        [JUNE, 0, 0, 14, 0, 0, 0, 1000], [JUNE, 0, 0, 15, 0, 1, 0, 70], [JUNE, 0, 0, 40, 0, 1, 1, 7],
        [JUNE, 0, 0, 16, 1, 0, 0, 900],
        [APRIL, 1, 0, 6, 0, 0, 0, 50], [APRIL, 1, 1, 8, 0, 0, 0, 50], [APRIL, 1, 1, 7, 0, 0, 0, 20],
    ]  # fmt: skip
    queue = CAUSES.index("queue_production")
    days_by_cause = [
        [JUNE, 0, 0, 0, 0, 14_000], [JUNE, 0, 0, 1, 0, 600], [JUNE, 0, queue, 1, 0, 730], [JUNE, 0, 0, 1, 1, 14_400],
        [APRIL, 1, 0, 1, 1, 300],
    ]  # fmt: skip
    return Result(facts, np.array(lead_times), np.array(days_by_cause))


def test_sums_are_of_late_cards_and_lost_calls_by_year_and_cause(scenario):
    told = {key: count for key, count in sums(result(scenario), scenario.parameters).items() if count}
    assert told == {
        ("late_cards", "standard", "FY2026", None): 77,
        ("late_cards_with_closure", "standard", "FY2026", None): 977,
        ("late_cards", "express", "FY2027", None): 50,
        ("late_cards_with_closure", "express", "FY2027", None): 50,
        ("late_days", "standard", "FY2026", None): 1330,
        ("late_days", "standard", "FY2026", "planned_step"): 600,
        ("late_days", "standard", "FY2026", "queue_production"): 730,
        ("late_days", "express", "FY2027", None): 300,
        ("late_days", "express", "FY2027", "planned_step"): 300,
        ("lost_calls", "resident", "FY2026", None): 100,
        ("lost_calls", "resident", "FY2026", "seats"): 70,
        ("lost_calls", "resident", "FY2026", "call_back"): 30,
        ("lost_calls", "resident", "FY2027", None): 200,
        ("lost_calls", "resident", "FY2027", "seats"): 140,
        ("lost_calls", "resident", "FY2027", "call_back"): 60,
    }


def test_late_cards_are_what_the_target_of_the_year_counts_as_late(scenario):
    """Share times judged cards is what was in time; those that touch the closure stand beside it, apart."""
    whole, parameters = result(scenario), scenario.parameters
    by_key = {(said.target, said.period, said.name): said for said in statistics(whole, parameters)}
    told = sums(whole, parameters)
    for kind, year, target, name, month in (
        ("standard", "FY2026", "issue-14-days", "share_on_time_excl_closure", JUNE),
        ("express", "FY2027", "express-7-days", "delivered_share_7_days", APRIL),
    ):
        said = by_key[target, year, name]
        assert said.decides
        express = kind == "express"
        cards = Cards(whole, np.array([month]), express, "delivery" if express else "dispatch")
        judged = cards.judged(7 if express else 14, leave_out_closure=not express)
        late = told["late_cards", kind, year, None]
        assert said.value == (judged - late) / judged and late > 0


def test_entries_are_means_with_t_intervals_and_causes_without_any_are_left_out(scenario):
    found = entries([result(scenario, lost) for lost in (90, 100, 110)], scenario.parameters)
    own = {(entry.of, entry.period, entry.cause): entry for entry in found if entry.kind == "lost_calls"}
    assert set(own) == {
        *((("resident", year, cause)) for year in ("FY2026", "FY2027") for cause in (None, "seats", "call_back")),
        *(("helpdesk", year, None) for year in ("FY2026", "FY2027")),
    }
    total = own["resident", "FY2026", None]
    assert total.value == 100 and total.low == pytest.approx(100 - 4.303 * 10 / 3**0.5, abs=0.01)
    (one,) = [e for e in entries([result(scenario)], scenario.parameters) if e.kind == "late_cards" and e.value == 77]
    assert (one.low, one.high) == (None, None)


def test_counts_put_classes_together_and_centres_apart(scenario):
    told = counts(result(scenario), scenario.parameters)
    assert set(told) == {(saved, year) for saved in SAVES for year in ("FY2026", "FY2027")}
    assert {key: count for key, count in told.items() if count} == {
        ("late_cards", "FY2026"): 77,
        ("late_cards", "FY2027"): 50,
        ("late_days", "FY2026"): 1330,
        ("late_days", "FY2027"): 300,
        ("lost_calls_resident", "FY2026"): 100,
        ("lost_calls_resident", "FY2027"): 200,
        ("unrenewed", "FY2026"): 11,
    }


def test_a_unit_saves_what_there_is_less_of_and_claims_only_what_it_is_for():
    found = sample.ledger()
    rows = found.rows
    of = {(row.resource, row.saves, row.period): row for row in rows}
    seats = of["contact.resident.seats", "lost_calls_resident", "FY2028"]
    assert seats.clear is True and 0 < seats.low < 9000 < seats.high and seats.unit_added == 1
    first = of["contact.resident.seats", "lost_calls_resident", "FY2026"]
    assert (first.difference, first.low, first.high, first.clear) == (0, 0, 0, False)
    assert of["plant.cards_per_day", "late_cards", "FY2030"].clear is True
    assert of["plant.cards_per_day", "lost_calls_resident", "FY2030"].clear is None
    assert of["counters.slots_per_day", "unrenewed", "FY2030"].clear is False
    assert ("contact.resident.seats", "late_cards", "FY2030") not in of
    assert len(rows) == 5 * sum(len(reach) for reach in sample.REACH.values())
    assert all(tuple(row) == LIST_KEYS for row in listed(found))


def test_without_paths_all_resources_are_asked_about_but_those_that_a_policy_sets(scenario):
    assert [one.path for one in chosen_resources(scenario, ())] == list(RESOURCES)
    by_policy = scenario.with_values({"contact.resident.seats_policy": "last_year"})
    assert "contact.resident.seats" not in [one.path for one in chosen_resources(by_policy, ())]
    twice = ["plant.lines", "plant.lines"]
    assert [one.path for one in chosen_resources(scenario, twice)] == ["plant.lines"]


def test_all_wrong_resources_are_told_at_once(scenario):
    by_policy = scenario.with_values({"contact.resident.seats_policy": "last_year"})
    with pytest.raises(UserError) as error:
        chosen_resources(by_policy, ["contact.resident.seat", "plant.line", "contact.resident.seats"])
    said = str(error.value)
    assert "did you mean contact.resident.seats?" in said and "did you mean plant.lines?" in said
    assert "contact.resident.seats_policy=fixed" in said and len(error.value.mistakes) == 3


def test_one_replication_is_refused(scenario, tmp_path):
    with pytest.raises(UserError, match="takes 2 or more"):
        ledger(scenario, tmp_path / "run", LedgerOptions(replications=1))
    assert not (tmp_path / "run").exists()


def test_the_folder_stands_for_scenario_resources_and_seed(scenario):
    def folder(**values):
        return question(scenario, LedgerOptions(**values)).folder

    seats = folder(resources=("contact.resident.seats",))
    assert seats == folder(resources=("contact.resident.seats",), workers=2)
    assert len({seats, folder(), folder(seed=2), folder(chance_only=True), folder(replications=9)}) == 5
    assert seats.parent.as_posix() == "runs/ledger/plan-period"


def test_the_record_is_read_as_it_was_written(tmp_path):
    assert read(Ledger, sample.write(tmp_path)) == sample.ledger()
