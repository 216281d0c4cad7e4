"""Seats that go with the luck of the year they were told by: none on average, more where that year rang more."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from scenarios.files.load import Scenario, load
from scenarios.history import load_history
from sim.calendar import Calendar
from sim.draws import correlated
from sim.hindsight import KnownYear, _log_power_mean, seats_by_luck
from sim.parameters import quantities
from sim.plan import Plan
from sim.replication import replicate
from sim.streams import Streams
from sim.unknowns import Hindsight, Unknowns

SEATS = "contact.helpdesk.seats"
FY2025 = Calendar(date(2025, 4, 1), date(2026, 3, 31))


def unknowns(power: float = 0.8) -> Unknowns:
    written = quantities(load("baseline-fy2025").parameters)[SEATS]
    return Unknowns({SEATS: written}, np.array([[0.3]]), hindsight={SEATS: Hindsight(power)})


def plan(scenario: Scenario, replication: int, joint: Unknowns | None = None, chance_only: bool = False) -> Plan:
    own = scenario.parameters
    return Plan(own, Streams(1, replication), Calendar(own.start, own.end), chance_only, joint)


def test_the_power_mean_of_three_days_by_hand() -> None:
    # ((1 + 2^6 + 3^6) / 3)^(1/6) = 264.667^(1/6)
    assert np.exp(_log_power_mean(np.log([1.0, 2.0, 3.0]))) == pytest.approx(264.6666666667 ** (1 / 6), rel=1e-12)


@pytest.mark.parametrize("name", ["resident", "helpdesk"])
def test_the_luck_of_a_year_is_none_on_average_and_follows_the_noise_of_its_days(name: str) -> None:
    scenario, lucks, noises = load("baseline-fy2025"), [], []
    for replication in range(1, 121):
        known = plan(scenario, replication)
        lucks.append(np.log(KnownYear(name, known, Streams(1, replication)).busier))
        size, correlation = (known.value(f"contact.{name}.{what}") for what in ("noise", "noise_correlation"))
        noises.append(
            (
                size * correlated(Streams(1, replication).daily_normals(f"contact/{name}/noise", FY2025), correlation)
            ).mean()
        )
    assert abs(np.mean(lucks)) < 4 * np.std(lucks) / np.sqrt(len(lucks))
    assert np.corrcoef(lucks, noises)[0, 1] > 0.6


def test_the_same_seats_whatever_days_are_simulated() -> None:
    early, late = (
        load("baseline-fy2025"),
        load("baseline-fy2025").with_values({"start": "2027-04-01", "end": "2027-06-30"}),
    )
    for replication in (1, 2, 3):
        of = [
            seats_by_luck("helpdesk", plan(one, replication, unknowns()), Streams(1, replication))
            for one in (early, late)
        ]
        assert of[0] == of[1] != 1.0


def test_seats_grow_with_the_power_that_the_draws_name() -> None:
    known = plan(load("baseline-fy2025"), 7, unknowns(0.5))
    luck = KnownYear("helpdesk", known, Streams(1, 7)).busier
    assert seats_by_luck("helpdesk", known, Streams(1, 7)) == pytest.approx(luck**0.5, rel=1e-12)


def test_seats_that_a_planner_entered_stay_as_entered() -> None:
    scenario = load("baseline-fy2025").with_values({SEATS: 33})
    assert seats_by_luck("helpdesk", plan(scenario, 7, unknowns()), Streams(1, 7)) == 1.0
    steps = [{"from": "2016-01-01", "value": 33, "low": 16, "high": 66}, {"from": "2025-10-01", "value": 40}]
    later = load("baseline-fy2025").with_values({SEATS: steps})
    daily = plan(later, 7, unknowns()).daily(SEATS, 1.25)
    drawn = plan(later, 7, unknowns()).at(SEATS, date(2025, 4, 1))
    assert daily[0] == pytest.approx(1.25 * drawn) and daily[-1] == 40


def test_nothing_but_chance_varies_where_that_is_asked() -> None:
    assert seats_by_luck("helpdesk", plan(load("baseline-fy2025"), 7, unknowns(), True), Streams(1, 7)) == 1.0
    assert seats_by_luck("helpdesk", plan(load("baseline-fy2025"), 7), Streams(1, 7)) == 1.0


def test_a_year_with_more_outages_had_more_seats() -> None:
    scenario, of = load("baseline-fy2025"), Hindsight(0.0, 0.1, 0.02, 7e-6, 300)
    told = Unknowns(unknowns().quantities, np.array([[0.3]]), hindsight={SEATS: of})
    for replication in range(1, 6):
        known = plan(scenario, replication, told)
        own = KnownYear("helpdesk", known, Streams(1, replication)).outage_minutes
        # Of odds of 0.02 outages of m minutes take 7e-6 x rate x m / 60; others may take the rest.
        rate = known.value("contact.helpdesk.calls_per_outage_hour")
        usual, left = (0.02 - 7e-6 * rate * minutes / 60 for minutes in (300, own))
        times = seats_by_luck("helpdesk", known, Streams(1, replication))
        assert times == pytest.approx((usual / left) ** 0.1, rel=1e-12)
        assert (times > 1) == (own > 300)


def test_outages_are_those_that_the_year_is_simulated_with() -> None:
    scenario = load("baseline-fy2025")
    facts = replicate(scenario.parameters, load_history(), 1, 3).facts
    known = plan(scenario, 3)
    down = KnownYear("helpdesk", known, Streams(1, 3)).outages
    assert sum(int(minutes.sum()) for minutes in down.values()) == facts["helpdesk_outage_minutes"].sum() > 0


def test_an_outage_counts_by_how_many_ring_when_it_happens() -> None:
    event = {"system": "jpki_counter", "day": "2025-04-15", "hours": 1}
    never = {f"systems.{name}.failures_per_year": 0 for name in ("jpki_counter", "card_management")}
    told = []
    for start in ("10:00", "12:00", "19:00"):
        changed = {"systems.published_events": [event | {"from": start}], "contact.helpdesk.noise": 0, **never}
        known = plan(load("baseline-fy2025").with_values(changed), 1)
        told.append(KnownYear("helpdesk", known, Streams(1, 1)).outage_minutes)
    weights = load("baseline-fy2025").parameters.contact.helpdesk.hour_weights
    assert told[0] / told[1] == pytest.approx((weights[10] / weights[12]) ** 2, rel=1e-12)
    assert told[2] == 0  # the help desk is closed
