"""What AI takes of a centre's calls, who rings again, and the readings of the answer rate, by hand."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from scenarios.files.load import load
from scenarios.margin.search import lost_share
from sim.answering import AiReading, attempts, callers
from sim.calendar import Calendar
from sim.contact.ai import AiAnswers
from sim.contact.callers import Callers
from sim.contact.calls import Calls
from sim.plan import Plan
from sim.streams import Streams

DAYS = Calendar(date(2026, 4, 1), date(2027, 3, 31))
DUE = {
    "notices": 400,
    "applications": 100,
    "late_cards": 0,
    "counter_waits": 3,
    "phones": 0,
    "launch": 0,
    "licences": 0,
    "holders": 500,
    "loss": 200,
}


def ai(share: float, again: float) -> AiAnswers:
    values = {"contact.resident.ai_share": share, "contact.resident.ai_again_share": again}
    streams = Streams(1, 1)
    plan = Plan(load("plan-period").with_values(values).parameters, streams, DAYS, chance_only=True)
    return AiAnswers("resident", plan, streams, DAYS)


def test_without_ai_all_go_to_agents() -> None:
    left = ai(0, 0.5).leave(0, DUE)
    assert (left.first, left.taken, left.again, left.settled) == (DUE, 0, {}, 0)


def test_ai_that_takes_all_leaves_loss_reports_and_those_it_does_not_help() -> None:
    helped, not_helped = (ai(1, again).leave(0, DUE) for again in (0, 1))
    only_loss = {**dict.fromkeys(DUE, 0), "loss": 200}
    assert helped.first == not_helped.first == only_loss
    assert (helped.taken, helped.settled) == (1003, 1003)
    assert (not_helped.taken, not_helped.settled) == (1003, 0)
    assert helped.all() == only_loss and not_helped.all() == DUE


def test_shares_are_those_stated_and_nobody_vanishes() -> None:
    answers = ai(0.2, 0.25)
    days = [answers.leave(day, DUE) for day in range(DAYS.days)]
    for day in days:
        assert day.taken + sum(day.first.values()) == sum(DUE.values())
        assert day.settled + sum(day.again.values()) == day.taken
    calls = 1003 * DAYS.days
    taken, again = sum(day.taken for day in days), sum(sum(day.again.values()) for day in days)
    assert taken / calls == pytest.approx(0.2, abs=4 * np.sqrt(0.2 * 0.8 / calls))
    assert again / taken == pytest.approx(0.25, abs=4 * np.sqrt(0.25 * 0.75 / taken))


def test_who_rings_for_an_agent_at_once_has_the_numbers_it_had_and_the_others_a_second_attempt() -> None:
    plan = Plan(load("plan-period").parameters, Streams(1, 1), DAYS, chance_only=True)
    callers = Callers("resident", plan, Streams(1, 1), DAYS)
    alone, both = callers.draw(1, DUE, None), callers.draw(1, DUE, None, {"holders": 50, "notices": 20})
    first = both.take(both.attempt == 0)
    for name in ("time", "handle", "patience", "pause", "again", "tag"):
        assert np.array_equal(getattr(first, name), getattr(alone, name)), name
    second: Calls = both.take(both.attempt == 1)
    assert np.bincount(second.tag, minlength=6).tolist() == [20, 0, 0, 0, 50, 0]


FACTS = {"answered": 80, "abandoned": 15, "deflected": 4, "blocked": 1, "offered": 100, "call_backs": 30}
FACTS |= {"ai_taken": 40, "ai_settled": 30, "ai_again": 10}
READINGS: list[tuple[AiReading, tuple[int, int], tuple[int, int]]] = [
    ("agents", (80, 100), (80, 80)),
    ("answered", (120, 140), (110, 110)),
    ("settled", (110, 140), (110, 110)),
]


@pytest.mark.parametrize(("reading", "of_attempts", "of_callers"), READINGS, ids=[case[0] for case in READINGS])
def test_each_reading_of_the_answer_rate(
    reading: AiReading, of_attempts: tuple[int, int], of_callers: tuple[int, int]
) -> None:
    total: Callable[[str], int] = FACTS.__getitem__
    assert attempts("resident", reading).of(total) == of_attempts
    assert callers("resident", reading).of(total) == of_callers
    assert attempts("helpdesk", reading).of(total) == attempts("resident", None).of(total) == (80, 100)
    assert callers("helpdesk", reading).of(total) == callers("resident", None).of(total) == (80, 70)
    facts = {f"calls_{name}": np.array([number]) for name, number in FACTS.items()}
    assert lost_share(facts, "resident", np.array([0]), reading) == pytest.approx(1 - of_attempts[0] / of_attempts[1])
