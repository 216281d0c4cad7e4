"""Seats that go with the luck of the year they were told by: none on average, more where that year rang more."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from scenarios.files.load import Scenario, load
from scenarios.history import load_history
from scenarios.unknowns import load_unknowns
from sim.calendar import Calendar
from sim.contact.call_backs import with_call_backs
from sim.contact.erlang import erlang_a_answered
from sim.draws import correlated
from sim.facts import INDEX_DAY
from sim.hindsight import FLOOR, KnownYear, Loss, seats_by_luck
from sim.parameters import quantities
from sim.plan import Plan
from sim.replication import replicate
from sim.streams import Streams
from sim.unknowns import Unknowns

SEATS = "contact.helpdesk.seats"
FY2025 = Calendar(date(2025, 4, 1), date(2026, 3, 31))
SHIPPED = load_unknowns().hindsight
SCENARIO = load("baseline-fy2025")
NO_BREAKDOWNS = {"systems.jpki_counter.failures_per_year": 0, "systems.card_management.failures_per_year": 0}


def unknowns(slope: float = 1.0) -> Unknowns:
    written = quantities(SCENARIO.parameters)[SEATS]
    return Unknowns({SEATS: written}, np.array([[0.3]]), hindsight={SEATS: replace(SHIPPED[SEATS], slope=slope)})


def plan(scenario: Scenario, replication: int, joint: Unknowns | None = None, chance_only: bool = False) -> Plan:
    own = scenario.parameters
    return Plan(own, Streams(1, replication), Calendar(own.start, own.end), chance_only, joint)


def loss(name: str, replication: int, scenario: Scenario = SCENARIO) -> Loss:
    known = plan(scenario, replication, chance_only=True)
    seats = known.at(f"contact.{name}.seats", INDEX_DAY)
    return Loss(KnownYear(name, known, Streams(1, replication)), SHIPPED[f"contact.{name}.seats"], seats)


def losses(name: str, replications: range, scenario: Scenario = SCENARIO) -> Iterator[Loss]:
    """The same of several: calls of a usual year, which are the same for all, are looked for once."""
    first = loss(name, 1, scenario)
    for replication in replications:
        one = copy(first)
        one._year = KnownYear(name, first._year.plan, Streams(1, replication))
        yield one


@pytest.mark.parametrize("name", ["resident", "helpdesk"])
def test_a_usual_year_loses_as_many_as_were_published(name: str) -> None:
    told = loss(name, 1)
    assert loss(name, 2)._calls == told._calls and loss(name, 2).luck == next(losses(name, range(2, 3))).luck
    assert told.usual(told._calls) == pytest.approx(SHIPPED[f"contact.{name}.seats"].measure, abs=2e-3)
    assert told.usual(0.95 * told._calls) > told.usual(1.05 * told._calls)
    assert told.own(30) < told.own(40) < told.own(60)


@pytest.mark.parametrize("name", ["resident", "helpdesk"])
def test_a_year_that_rings_more_is_a_bad_one(name: str) -> None:
    """Its busiest days lose most of what it loses: the mean of a high power of the noise looks at them."""
    lucks, noises, calm = [], [], SCENARIO.with_values(NO_BREAKDOWNS | {"systems.published_events": []})
    replications = range(1, 41)
    for replication, one in zip(replications, losses(name, replications, calm), strict=True):
        lucks.append(one.luck)
        known = plan(calm, replication)
        size, correlation = (known.value(f"contact.{name}.{what}") for what in ("noise", "noise_correlation"))
        normals = Streams(1, replication).daily_normals(f"contact/{name}/noise", FY2025)
        noises.append(np.log(np.mean(np.exp(6 * size * correlated(normals, correlation)))))
    assert np.corrcoef(lucks, noises)[0, 1] < -0.6


@pytest.mark.parametrize("name", ["resident", "helpdesk"])
def test_luck_is_small_on_average(name: str) -> None:
    lucks = [one.luck for one in losses(name, range(1, 61))]
    # The shipped years have other draws than the middle ones here: that leaves up to a quarter of the spread.
    assert abs(np.mean(lucks)) < np.std(lucks) * (0.25 + 4 / np.sqrt(len(lucks)))


def test_without_noise_and_outages_a_day_loses_what_erlang_a_says() -> None:
    quiet = {"contact.helpdesk.noise": 0, "contact.helpdesk.call_back_share": 0, "systems.published_events": []}
    told = loss("helpdesk", 1, SCENARIO.with_values(quiet | NO_BREAKDOWNS))
    known = plan(SCENARIO.with_values(quiet | NO_BREAKDOWNS), 1, chance_only=True)
    year, seats = told._year, 40.0
    lost = attempts = 0.0
    for day, calls in enumerate(told._calls * told._shares):
        profile, posts = year.callers.profile[year.kinds[day]], seats * told._staffed[year.kinds[day]]
        if calls and profile.any():
            hours = profile > 0
            law = (known.value("contact.helpdesk.handle_minutes"), known.value("contact.helpdesk.patience_minutes"))
            answered = erlang_a_answered(calls * profile[hours] / 30, *law, posts[hours])
            lost += float((calls * profile[hours] * (1 - answered)).sum())
            attempts += calls
    by_hand = -np.log((lost + FLOOR * attempts) / (attempts - lost))
    assert told.own(seats) == pytest.approx(
        by_hand, abs=0.01
    )  # between the rungs of a ladder losses are straight lines


def test_who_rings_again_once_makes_the_attempts_that_theory_says() -> None:
    rate, agents = np.array([2.0]), np.array([12.0])
    attempts, lost = with_call_backs(rate, 6.0, 3.0, agents, 0.5, 1)
    assert attempts[0] == pytest.approx(2.0 * (1 + 0.5 * lost[0]), rel=0.02)
    assert lost[0] == pytest.approx(1 - erlang_a_answered(attempts, 6.0, 3.0, agents)[0], rel=0.02)
    plain, none = with_call_backs(rate, 6.0, 3.0, agents, 0.5, 0)
    assert plain[0] == 2.0 and none[0] == pytest.approx(1 - erlang_a_answered(rate, 6.0, 3.0, agents)[0])


def test_the_same_seats_whatever_days_are_simulated() -> None:
    late = SCENARIO.with_values({"start": "2027-04-01", "end": "2027-06-30"})
    for replication in (1, 2, 3):
        of = [
            seats_by_luck("helpdesk", plan(one, replication, unknowns()), Streams(1, replication))
            for one in (SCENARIO, late)
        ]
        assert of[0] == of[1] != 1.0


@pytest.mark.parametrize("slope", [1.0, 0.5])
def test_seats_make_up_for_as_much_of_the_luck_as_shows(slope: float) -> None:
    for replication in range(1, 6):
        known, streams = plan(SCENARIO, replication, unknowns(slope)), Streams(1, replication)
        seats, of = known.at(SEATS, INDEX_DAY), unknowns(slope).hindsight[SEATS]
        told, times = Loss(KnownYear("helpdesk", known, streams), of, seats), seats_by_luck("helpdesk", known, streams)
        assert told.own(times * seats) == pytest.approx(told.own(seats) - slope * told.luck, abs=2e-3)
        assert (times > 1) == (told.luck < 0)


def test_seats_that_a_planner_entered_stay_as_entered() -> None:
    scenario = SCENARIO.with_values({SEATS: 33})
    assert seats_by_luck("helpdesk", plan(scenario, 7, unknowns()), Streams(1, 7)) == 1.0
    steps = [{"from": "2016-01-01", "value": 38, "low": 16, "high": 66}, {"from": "2025-10-01", "value": 40}]
    later = SCENARIO.with_values({SEATS: steps})
    daily = plan(later, 7, unknowns()).daily(SEATS, 1.25)
    drawn = plan(later, 7, unknowns()).at(SEATS, date(2025, 4, 1))
    assert daily[0] == pytest.approx(1.25 * drawn) and daily[-1] == 40


def test_nothing_but_chance_varies_where_that_is_asked() -> None:
    assert seats_by_luck("helpdesk", plan(SCENARIO, 7, unknowns(), True), Streams(1, 7)) == 1.0
    assert seats_by_luck("helpdesk", plan(SCENARIO, 7), Streams(1, 7)) == 1.0


def test_a_year_with_more_outages_had_more_seats() -> None:
    def times(hours: float, start: str = "10:00") -> float:
        event = {"system": "jpki_counter", "day": "2025-06-17", "hours": hours, "from": start}
        changed = {"systems.published_events": [event], "contact.helpdesk.noise": 0, **NO_BREAKDOWNS}
        return seats_by_luck("helpdesk", plan(SCENARIO.with_values(changed), 1, unknowns()), Streams(1, 1))

    assert times(1) < times(4) < times(8)
    assert times(2, "19:00") < times(2) <= times(2, "12:00") * 1.2  # the help desk is closed at seven


def test_what_fails_in_an_outage_makes_calls_too() -> None:
    def times(calls_per_error: float) -> float:
        changed = {"contact.helpdesk.calls_per_error": calls_per_error, **NO_BREAKDOWNS}
        event = {"system": "jpki_counter", "day": "2025-06-17", "hours": 8, "from": "09:00"}
        scenario = SCENARIO.with_values(changed | {"systems.published_events": [event]})
        return seats_by_luck("helpdesk", plan(scenario, 1, unknowns()), Streams(1, 1))

    assert times(0.0) < times(0.2)


def test_outages_are_those_that_the_year_is_simulated_with() -> None:
    facts = replicate(SCENARIO.parameters, load_history(), 1, 3).facts
    year = KnownYear("helpdesk", plan(SCENARIO, 3), Streams(1, 3))
    assert year.outage_minutes == facts["helpdesk_outage_minutes"].sum() > 0
