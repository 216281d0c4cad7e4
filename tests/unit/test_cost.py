"""What a replication is said to cost is near what it took, of every part, whatever makes the work.

``recorded_costs.json``: of ``plan-period`` to 2026-05-31 with some values set, seconds of processor time of one
replication whole and of each part run again, all measured in one go on one machine; and of each centre its first calls,
its attempts and those answered.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from scenarios.experiment.cost import by_part, seconds, unanswered
from scenarios.files.load import load
from scenarios.run.expected import Values, expected
from sim.parts import CARDS, COUNTERS, HELPDESK, PARTS, RESIDENT

RECORDED = json.loads((Path(__file__).parent / "recorded_costs.json").read_text(encoding="utf-8"))


def parameters(**values):
    return load("plan-period").with_values({"end": date(2026, 5, 31), **values}).parameters


@pytest.mark.parametrize("case", RECORDED)
def test_costs_are_near_what_was_measured(case):
    recorded = RECORDED[case]
    told = by_part(parameters(**recorded["values"]))
    took = recorded["seconds"]
    assert 0.7 < sum(told.values()) / took["whole"] < 1.4
    assert all(0.6 < told[part] / took[part] < 1.6 for part in PARTS), told


@pytest.mark.parametrize("case", RECORDED)
def test_attempts_without_an_answer_follow_from_calls_and_capacity(case):
    values = Values(parameters(**RECORDED[case]["values"]), high=False)
    for centre, (first, attempts, answered) in RECORDED[case]["calls"].items():
        path, day = f"contact.{centre}", date(2026, 1, 1)
        again, most = values(f"{path}.call_back_share", day), values.centre(path).most_call_backs
        assert unanswered(first, answered, again, most) == pytest.approx(attempts - answered, rel=0.3, abs=0.02 * first)


def test_nobody_answers_and_everybody_is_answered():
    assert unanswered(1000.0, 0.0, 0.5, 2) == pytest.approx(1750.0, rel=1e-6)
    assert unanswered(1000.0, 1e9, 0.5, 2) == pytest.approx(0.0, abs=1e-3)
    assert unanswered(0.0, 100.0, 0.5, 2) == 0.0


LOADS = {
    "calls of holders": ({"contact.resident.calls_per_holder": 0.1}, {RESIDENT}),
    "loss reports": ({"contact.resident.loss_reports_per_holder": 0.1}, {RESIDENT}),
    "calls of who has a notice": ({"contact.resident.calls_per_notice": 0.5}, {RESIDENT}),
    "calls of applicants": ({"contact.resident.calls_per_application": 0.5}, {RESIDENT}),
    "calls of offices": ({"contact.helpdesk.calls_per_open_day": 20_000}, {HELPDESK}),
    "calls from counters": ({"contact.helpdesk.calls_per_transaction": 0.3}, {HELPDESK}),
    "cards that all are fetched at once": (
        {"opening.at_municipalities": 1e9, "counters.handover_per_day": 1e9},
        {HELPDESK},
    ),
    "calls in outages": (
        {"contact.helpdesk.calls_per_outage_hour": 100_000, "systems.jpki_counter.failures_per_year": 20},
        {HELPDESK},
    ),
    "people ring again": ({"contact.resident.call_back_share": 0.9, "contact.resident.seats": 20}, {RESIDENT}),
    "small lots": ({"plant.lot_size": 500}, {CARDS}),
    "stated work": (
        {"demand.stress": [{"from": date(2026, 4, 1), "to": date(2026, 5, 31), "applications_per_day": 900_000}]},
        {CARDS, RESIDENT, HELPDESK},
    ),
    "load": ({"demand.load": 3}, set(PARTS)),
    "days": ({"end": date(2028, 5, 31)}, set(PARTS)),
}


@pytest.mark.parametrize(("values", "parts"), LOADS.values(), ids=LOADS)
def test_what_makes_work_costs_time_in_the_parts_that_do_it(values, parts):
    before, after = by_part(parameters()), by_part(parameters(**values))
    assert {part for part in PARTS if after[part] > before[part] * 1.1} == parts


def test_some_parts_cost_their_share_and_all_the_sum():
    plan = parameters()
    alone = by_part(plan)
    assert seconds(plan, [COUNTERS, HELPDESK]) == alone[COUNTERS] + alone[HELPDESK]
    assert seconds(plan) == pytest.approx(sum(alone.values()))


@pytest.mark.parametrize("name", ["baseline-fy2025", "plan-period", "renewal-wave", "hindcast-2023"])
def test_calls_and_cards_of_a_usual_year_are_those_expected(name):
    """Of every library period: lots through the plant, and the years that the constants stand for."""
    from scenarios.experiment.cost import _applications, _spells

    told = load(name).parameters
    values = Values(told, high=False)
    cards = sum(_applications(values, *spell) for spell in _spells(told.first_simulated_day, told.end))
    assert cards == pytest.approx(expected(told).applications, rel=0.25)
