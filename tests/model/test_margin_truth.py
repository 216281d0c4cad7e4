"""Margins against what is known otherwise: Erlang A for a centre, a sum by hand for a plant, reruns for the rest."""

from dataclasses import replace
from datetime import date
from functools import cache
from math import log, sqrt
from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq

from scenarios.files.load import load
from scenarios.history import load_history
from scenarios.margin.loads import loads, years
from scenarios.margin.search import Roots, lost_share, of_bookings, search, unrenewed_share
from scenarios.unknowns import load_unknowns
from sim.bookings import ASKED, Bookings, Spell
from sim.calendar import Calendar
from sim.contact.erlang import long_run
from sim.facts import CENTRES
from sim.louder import DRIVERS, HELPDESK_CALLS, PART_OF_DRIVER, RESIDENT_CALLS, VISITS, Run, louder
from sim.parameters import Parameters
from sim.parts import FACTS, PART_OF
from sim.replication import whole
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result
from sim.ringing import Ringing

ALWAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]
HANDLE, PATIENCE, SEATS = 5.0, 3.0, 60
CONSTANT = {
    "contact.resident.hours": [{"days": ALWAYS, "from": "00:00", "to": "24:00"}],
    "contact.resident.roster": [{"days": ALWAYS, "from": "00:00", "to": "24:00", "share": 1.0}],
    "contact.resident.closures": [],
    "contact.resident.seats": SEATS,
    "contact.resident.shrinkage": 0,
    "contact.resident.waiting_places": 10_000,
    "contact.resident.hour_weights": [1.0] * 24,
    "contact.resident.handle_minutes": HANDLE,
    "contact.resident.handle_weights": [1.0] * 4,
    "contact.resident.handle_spread": sqrt(log(2)),  # as much spread as an exponential
    "contact.resident.patience_minutes": PATIENCE,
    "contact.resident.call_back_share": 0,
}


def nothing(parameters: Parameters) -> Result:
    """No fact of any day."""
    days = Calendar(parameters.first_simulated_day, parameters.end).days
    tables = (np.zeros((0, len(columns)), np.int64) for columns in (LEAD_TIME_COLUMNS, LEDGER_COLUMNS))
    return Result({name: np.zeros(days, np.int64) for name in FACTS}, *tables)


def constant_centre(calls_a_minute: float, **values: Any) -> Run:
    """A centre with Poisson calls at all hours, once simulated; half as many before its first reported day."""
    scenario = load("plan-period").with_values({"start": "2026-04-01", "end": "2026-09-30", **CONSTANT, **values})
    parameters = scenario.parameters
    known = nothing(parameters)
    days = len(known.facts["calls_holders"])
    rate = np.where(np.arange(days) < 365, 0.5, 1.0) * calls_a_minute * 1440
    known.facts["calls_holders"][:] = np.random.default_rng(7).poisson(rate)
    empty = Run(known, parameters, load_history(), 1, 1)
    calls = {"calls_holders": known.facts["calls_holders"]}
    once = louder(empty, RESIDENT_CALLS, np.ones(days))
    return replace(empty, known=replace(once, facts=once.facts | calls))


@pytest.mark.parametrize("busy", [0.6, 0.95, 1.1])
def test_the_margin_of_a_centre_is_that_of_erlang_a(busy: float) -> None:
    rate = busy * SEATS / HANDLE
    run = constant_centre(rate)
    exact = brentq(lambda k: long_run(k * rate, HANDLE, PATIENCE, SEATS, 0.0).answered - 0.95, 0.3, 5)
    (root,) = search(run)["calls-95"].values()
    load_ = sum(loads(run)[RESIDENT_CALLS]["FY2026"].values())
    assert load_ == pytest.approx(2.0, abs=0.005)
    # the reference year had half the calls a minute
    assert root.found is not None
    assert root.found * load_ / 2 == pytest.approx(exact, abs=0.01)


def test_seats_by_policy_stay_as_they_were_contracted() -> None:
    run, policy = constant_centre(10.0), {"contact.resident.seats_policy": "last_year"}
    parameters = load("plan-period").with_values({"end": "2026-09-30", **CONSTANT, **policy}).parameters
    seats = np.where(np.arange(run.calendar.days) < 365, 60, 75)
    contracted = replace(
        run, parameters=parameters, known=replace(run.known, facts=run.known.facts | {"calls_seats": seats})
    )
    again = louder(contracted, RESIDENT_CALLS, np.full(len(seats), 1.5))
    np.testing.assert_array_equal(again.facts["calls_seats"], seats)


A_DAY, CAPACITY = 10_000, 16_000
PLANT = {
    "start": "2026-04-01",
    "end": "2027-05-31",
    **{f"demand.channels.{name}.weekdays": [1] * 7 for name in ("online", "photo_booth", "mail", "counter")},
    **{f"demand.channels.{name}.holiday": 1 for name in ("online", "photo_booth", "mail", "counter")},
    "demand.newborn_express_share": 0,
    "demand.move_express_share": 0,
    "demand.loss_express_share": 0,
    "counters.closures": [],
    "plant.closures": [],
    "plant.weekend_days_per_month": 10,
    "plant.cards_per_day": CAPACITY,
    "plant.hours_between_breakdowns": 1e6,
    "plant.returned_share": 0,
    "plant.remake_share": 0,
    "plant.lot_size": 500,
    "opening.cards": 0,
}


@cache
def roots_of_plant() -> Roots:
    return search(plant())


@cache
def plant() -> Run:
    """So many applications every day, and a plant that makes cards every day."""
    first, last = date(2025, 4, 1), date(2027, 5, 31)
    days = (last - first).days + 1
    actual = [{"from": first, "to": last, "applications": A_DAY * days}]
    parameters = load("plan-period").with_values({**PLANT, "demand.actual": actual}).parameters
    return Run(whole(parameters, load_history(), 1, 1), parameters, load_history(), 1, 1)


def test_the_margin_of_a_plant_is_its_capacity_over_the_applications() -> None:
    """Of t days with k a cards each, the last are done on day t + 13 with c a day: on time while k a t <= c (t + 13).

    A card that comes on a day is begun on the next, and may take until the fourteenth. One in a hundred is late where
    that holds for 99 of 100 days of the year.
    """
    run = plant()
    root = roots_of_plant()["issue-14-days"]["FY2026"]
    on_time = 0.99 * 365
    exact = CAPACITY * (on_time + 13) / on_time / A_DAY
    assert np.ptp(run.known.facts["applications"]) <= 1
    assert root.found == pytest.approx(exact, abs=0.01)


def test_the_fullest_month_grows_with_applications() -> None:
    root = roots_of_plant()["dispatch-4.8m"]["FY2026"]
    assert root.found == pytest.approx(4_800_000 / (31 * A_DAY), rel=1e-4)


@cache
def operation() -> Run:
    """The whole operation for a few months, with what is not known drawn as runs draw it."""
    parameters = load("plan-period").with_values({"end": "2026-06-30"}).parameters
    known = whole(parameters, load_history(), 3, 2, False, load_unknowns())
    return Run(known, parameters, load_history(), 3, 2, False, load_unknowns())


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_part_under_its_own_load_does_what_it_did(driver: str) -> None:
    run = operation()
    again = louder(run, driver, np.ones(run.calendar.days))
    for name, part in PART_OF.items():
        if part == PART_OF_DRIVER[driver]:
            np.testing.assert_array_equal(again.facts[name], run.known.facts[name], name)


@pytest.mark.parametrize(("driver", "centre"), [(RESIDENT_CALLS, "resident"), (HELPDESK_CALLS, "helpdesk")])
def test_a_centre_alone_does_on_louder_days_what_a_rerun_of_the_part_does(driver: str, centre: str) -> None:
    run = operation()
    factor = np.where(np.arange(run.calendar.days) % 3 == 0, 1.3, 0.0)
    again, alone = louder(run, driver, factor).facts, Ringing(run, centre).under(factor)
    told = "answered", "abandoned", "deflected", "blocked", "offered", "call_backs", "busy_minutes", "wait_seconds"
    for name in (f"{CENTRES[centre]}_{one}" for one in told):
        np.testing.assert_array_equal(alone[name], again[name], name)
    assert alone[f"{CENTRES[centre]}_abandoned"].sum() > 100


def in_2026(run: Run) -> Spell:
    """The bookings of the reported days."""
    ((_, spell),) = Bookings(run).spells(years(run.parameters))
    return spell


def test_bookings_alone_do_under_their_own_load_what_they_did() -> None:
    """But for less than two persons in whole numbers, and as many more by slots taken, which are rounded too."""
    run = operation()
    spell = in_2026(run)
    walked = spell.under(1.0)
    assert spell.sees_all(walked)
    assert (run.known.facts["transactions_failed"][spell.days] > 0).any()
    for name in ("renewed_in_time", "expired_waiting", "gave_up_in_time"):
        known = run.known.facts[name][spell.days]
        assert np.cumsum(walked[name]) == pytest.approx(np.cumsum(known), abs=4), name


@pytest.mark.parametrize("factor", [0.7, 1.5, 3.0])
def test_bookings_alone_do_under_other_loads_what_all_counters_would(factor: float) -> None:
    """A thousandth of all who are done with it: those who come back do it by their expectation, others by chance."""
    run = operation()
    spell = in_2026(run)
    by_day = np.ones(run.calendar.days)
    by_day[spell.days] = factor
    walked, rerun = spell.under(factor), louder(run, VISITS, by_day).facts
    done = sum(float(count.sum()) for name, count in walked.items() if name != ASKED)
    for name in ("renewed_in_time", "expired_waiting", "gave_up_in_time"):
        assert walked[name].sum() == pytest.approx(rerun[name][spell.days].sum(), abs=done / 1000), name


UNSEEN = {"systems.jpki_per_day": 130_000}, {"counters.visits_by_appointment_per_day": 100_000}
"""Servers, and appointments, that are short under the load at which slots are."""


def with_known(run: Run, **values: Any) -> Run:
    """The same facts, as if they had come about under other parameters."""
    return replace(run, parameters=load("plan-period").with_values({"end": "2026-06-30", **values}).parameters)


@pytest.mark.parametrize("values", [*UNSEEN, {"systems.jpki_load_slope": 1.0}])
def test_bookings_alone_say_where_more_is_at_work_than_they_see(values: dict[str, float]) -> None:
    spell = in_2026(with_known(operation(), **values))
    assert not spell.sees_all(spell.under(3.0))


@pytest.mark.parametrize("name", ["jpki_overloaded", "visits_put_off"])
def test_bookings_alone_are_not_trusted_where_more_was_at_work(name: str) -> None:
    """What got through then says nothing of a smaller load."""
    run = operation()
    always = np.ones_like(run.known.facts[name])
    spell = in_2026(replace(run, known=replace(run.known, facts=run.known.facts | {name: always})))
    assert not spell.sees_all(spell.under(0.5))


@pytest.mark.parametrize("values", UNSEEN)
def test_where_bookings_alone_do_not_see_all_their_roots_are_where_reruns_break(values: dict[str, float]) -> None:
    parameters = load("plan-period").with_values({"end": "2026-06-30", **values}).parameters
    run = Run(whole(parameters, load_history(), 3, 2), parameters, load_history(), 3, 2)
    load_ = {year: sum(causes.values()) for year, causes in loads(run)[VISITS].items()}
    root, days = of_bookings(run, load_)["FY2026"], years(parameters)["FY2026"]
    assert root.found is not None and root.found < root.theory * 0.9
    for off, met in ((-0.02, True), (0.02, False)):
        factor = np.ones(run.calendar.days)
        factor[days] = root.found * (1 + off)
        short = unrenewed_share(louder(run, VISITS, factor).facts, days)
        assert short is not None and (short <= 0.05) is met


def test_the_roots_that_are_found_are_where_reruns_break() -> None:
    """One in a hundred below them the target is met, as much above it is not; a whole operation for a few months."""
    run = operation()
    found, days = search(run), years(run.parameters)["FY2026"]
    shares = {
        "calls-95": lambda facts: lost_share(facts, "resident", days),
        "helpdesk-95": lambda facts: lost_share(facts, "helpdesk", days),
        "renewed-in-time": lambda facts: unrenewed_share(facts, days),
    }
    drivers = {"calls-95": RESIDENT_CALLS, "helpdesk-95": "helpdesk_calls", "renewed-in-time": VISITS}
    for target, share in shares.items():
        root = found[target]["FY2026"].found
        assert root is not None
        for off, met in ((-0.01, True), (0.01, False)):
            factor = np.ones(run.calendar.days)
            factor[days] = root * (1 + off)
            assert (share(louder(run, drivers[target], factor).facts) <= 0.05) is met, (target, off)
