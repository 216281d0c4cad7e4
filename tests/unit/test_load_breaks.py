"""Breakdowns that follow from load: chances by hand, luck kept from scenario to scenario, and their minutes."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from scenarios.files.load import load
from scenarios.run.available import is_computed
from sim.calendar import Calendar
from sim.counters.jpki import Jpki
from sim.facts import AT_COUNTERS, SYSTEMS
from sim.journal import Journal
from sim.parameters import Parameters
from sim.plan import Plan
from sim.streams import EVEN, Floats, Streams
from sim.systems.load_breaks import LoadBreaks
from sim.systems.outages import Outages

YEAR = Calendar(date(2026, 4, 1), date(2027, 3, 31))
TUESDAY, NEW_YEARS_EVE = YEAR.index(date(2026, 6, 2)), YEAR.index(date(2026, 12, 31))
JPKI = "systems.jpki_counter"
TWO_HOURS = {f"{JPKI}.repair_hours": 2, f"{JPKI}.repair_spread": 0}
ALWAYS = 10_000
"""A slope with which every day above the level breaks."""


def parameters(slope: float, often: float = 1.5, **values: object) -> Parameters:
    plain = {f"systems.{name}.failures_per_year": 0 for name in SYSTEMS} | {f"{JPKI}.failures_per_year": often}
    known = {f"systems.{name}": value for name, value in values.items()}
    return load("plan-period").with_values({**plain, **TWO_HOURS, "systems.jpki_load_slope": slope, **known}).parameters


def candidates(own: Parameters, replication: int = 1) -> LoadBreaks:
    streams = Streams(1, replication)
    return LoadBreaks(Plan(own, streams, YEAR, chance_only=True), streams, YEAR)


def outages(own: Parameters) -> tuple[Outages, Journal]:
    streams, journal = Streams(1, 1), Journal(YEAR.days)
    return Outages(Plan(own, streams, YEAR, chance_only=True), streams, YEAR, journal), journal


def test_the_rate_of_a_day_by_hand() -> None:
    """At 0.9 of the capacity, 0.5 above the level, a slope of 40 adds 20 times the usual 1.5 a year.

    A Tuesday has 690 of the year's minutes of service, so that it breaks with chance 1 - exp(-20 * 1.5 * 690 / year).
    """
    service = outages(parameters(0))[1]["service_minutes_jpki_counter"]
    share = service[TUESDAY] / (service.sum() / 365 * 365.25)
    chance = 1 - np.exp(-20 * 1.5 * share)
    own, n = parameters(40), 3000
    seen = np.mean([candidates(own, EVEN + number).breaks(TUESDAY, 0.9) for number in range(n)])
    assert seen == pytest.approx(chance, abs=3 * (chance * (1 - chance) / n) ** 0.5)


def test_nothing_breaks_up_to_the_level_outside_service_or_without_any_failures() -> None:
    found, never = candidates(parameters(ALWAYS)), candidates(parameters(ALWAYS, often=0))
    assert not found.breaks(TUESDAY, 0.4) and found.breaks(TUESDAY, 0.9)
    assert not found.breaks(NEW_YEARS_EVE, 0.9)
    assert not never.breaks(TUESDAY, 9.0)


def test_a_busier_day_keeps_what_breaks_a_quieter_one() -> None:
    """Monotone in load, in the slope, and in the usual rate; and each breakdown stays as it is."""
    base = candidates(parameters(100))
    days = range(YEAR.days)
    kept = [{day for day in days if base.breaks(day, used)} for used in (0.3, 0.5, 0.7, 1.0, 2.0)]
    assert all(one < other for one, other in pairwise(kept)) and not kept[0]
    for steeper in (candidates(parameters(200)), candidates(parameters(100, often=3))):
        assert kept[2] < {day for day in days if steeper.breaks(day, 0.7)}
        assert all(steeper.candidate(day) == base.candidate(day) for day in kept[2])


def test_it_begins_in_service_when_people_come() -> None:
    """Of so many days as many begin by noon as visits do, closing time cut off."""
    own = parameters(ALWAYS)
    weights = np.array(own.counters.hour_weights)
    hours = np.concatenate([[0.5 * weights[8]], weights[9:20]])
    until_noon = hours[:4].sum() / hours.sum()
    days = np.flatnonzero((YEAR.weekday < 5) & ~YEAR.holiday)
    found = candidates(own)
    starts = np.array([found.candidate(int(day))[0] - day * 1440 for day in days if found.breaks(int(day), 0.9)])
    assert starts.min() >= 510 and starts.max() < 1200 and len(starts) > 200
    error = (until_noon * (1 - until_noon) / len(starts)) ** 0.5
    assert (starts < 720).mean() == pytest.approx(until_noon, abs=3 * error)


def test_a_kept_breakdown_takes_its_minutes_of_service_and_is_heard_of() -> None:
    found, journal = outages(parameters(ALWAYS))
    jpki = found.minutes(["jpki_counter"])
    assert not journal["outage_minutes_jpki_counter"].any() and TUESDAY not in jpki
    assert found.strain(TUESDAY, 0.3) == [] and not found.down(AT_COUNTERS)
    assert found.strain(TUESDAY, 0.9) == [TUESDAY]
    assert journal["jpki_load_breaks"][TUESDAY] == journal["jpki_load_breaks"].sum() == 1
    start = int(candidates(parameters(ALWAYS)).candidate(TUESDAY)[0]) - TUESDAY * 1440
    lost = min(120, 1200 - start)
    assert journal["outage_minutes_jpki_counter"][TUESDAY] == journal["outage_minutes_jpki_counter"].sum() == lost
    assert found.down(AT_COUNTERS)[TUESDAY].sum() == lost
    assert (jpki[TUESDAY] == 0).sum() == 120, "those who asked before follow"


def test_a_repair_that_lasts_the_night_takes_the_next_morning_too() -> None:
    found, journal = outages(parameters(ALWAYS, **{"jpki_counter.repair_hours": 24}))
    assert found.strain(TUESDAY, 0.9) == [TUESDAY, TUESDAY + 1]
    lost = journal["outage_minutes_jpki_counter"][TUESDAY : TUESDAY + 2]
    assert lost.sum() == 690 and lost[1] > 0  # a whole day of service, begun at some minute of it


def test_minutes_that_are_lost_already_count_once() -> None:
    stop = {"system": "jpki_counter", "day": date(2026, 6, 2), "from": "08:30", "hours": 11.5}
    found, journal = outages(parameters(ALWAYS, events=[stop]))
    found.strain(TUESDAY, 0.9)
    assert journal["outage_minutes_jpki_counter"][TUESDAY] == 690


def test_what_broke_is_known_again_where_the_day_is_not_run_again() -> None:
    own = parameters(ALWAYS)
    first, journal = outages(own)
    first.strain(TUESDAY, 0.9)
    again = Journal(YEAR.days)
    again.post("jpki_load_breaks", TUESDAY, 1)
    streams = Streams(1, 1)
    known = Outages(Plan(own, streams, YEAR, chance_only=True), streams, YEAR, again)
    assert (again["outage_minutes_jpki_counter"] == journal["outage_minutes_jpki_counter"]).all()
    assert (known.down(AT_COUNTERS)[TUESDAY] == first.down(AT_COUNTERS)[TUESDAY]).all()


def utilisation(works: dict[int, Floats], cards: int, certificates: int, **values: object) -> float:
    own = load("plan-period").with_values({"counters.hour_weights": [0] * 8 + [1] * 10 + [0] * 6, **values}).parameters
    told: list[float] = []
    plan = Plan(own, Streams(1, 1), YEAR, chance_only=True)
    Jpki(plan, works, works, lambda _, used: told.append(used)).serve(0, cards, certificates)
    return told[0]


def test_the_utilisation_of_a_day_by_hand() -> None:
    """40 quarter-hours from 8:00 take 4,000 transactions a day; a card is half of one."""
    able = {"systems.jpki_per_day": 4000}
    assert utilisation({}, 2000, 2000, **able) == pytest.approx(0.75)
    slow, down = np.ones(1440), np.ones(1440)
    slow[9 * 60 : 10 * 60] = 0.25
    down[9 * 60 + 5 : 12 * 60 + 10] = 0
    assert utilisation({0: slow}, 2000, 2000, **able) == pytest.approx(3.0), "a quarter of it works"
    assert utilisation({0: down}, 2000, 2000, **able) == pytest.approx(0.75), "who meets an outage uses nothing"
    assert utilisation({0: np.zeros(1440)}, 2000, 2000, **able) == 0


def test_availability_is_counted_where_load_breaks_systems() -> None:
    dated = [{"from": date(2016, 1, 1), "value": 0}, {"from": date(2027, 4, 1), "value": 5}]
    assert is_computed("availability-99.9/jpki_counter", parameters(0))
    for slope in (5, dated):
        own = load("plan-period").with_values({"systems.jpki_load_slope": slope}).parameters
        assert not is_computed("availability-99.9/jpki_counter", own)
    assert not is_computed("calls-95", parameters(0))
