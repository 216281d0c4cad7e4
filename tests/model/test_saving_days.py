"""The model itself: seats that come earlier save no less, and the day found by halving is the last that saves."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from no_run_in import without_run_in

from scenarios.clock.breaks import outcomes
from scenarios.clock.orders import DAYS, TIMES, Order, with_orders
from scenarios.clock.saving import Search
from scenarios.experiment.experiment import Point, again, keep_whole
from scenarios.experiment.store import Store
from scenarios.files.load import Scenario, load
from sim.parameters import quantities
from sim.replication import reported

SEATS, EVENT = "contact.resident.seats", ("calls-95", "FY2026")
LAST = date(2026, 8, 31)
MONTHS = [date(2026, month, 1) for month in range(4, 9)]


def at_once(scenario: Scenario, orders: Iterable[Order]) -> Scenario:
    """The scenario with some orders, simulated from its first reported day on."""
    ordered = with_orders(scenario, orders)
    return replace(ordered, parameters=without_run_in(ordered.parameters))


def test_earlier_seats_save_no_less_and_halving_finds_the_last_day_that_does(tmp_path, monkeypatch):
    monkeypatch.setattr("scenarios.clock.saving.with_orders", at_once)
    scenario = load("plan-period").with_values({"end": LAST, "contact.resident.seats_index": 46})
    point = Point("x", without_run_in(scenario.parameters), 1, chance_only=True)
    store = Store(tmp_path / "replications")
    whole = keep_whole(point, [1], store)
    known = whole.load(point.digest, 1)
    assert outcomes(reported(known, point.parameters), point.parameters)[EVENT].met is False

    def answered(day):
        ordered = at_once(scenario, [Order(SEATS, 4, day, LAST)]).parameters
        result = again(known, point.parameters, Point("x", ordered, 1, chance_only=True), 1, {"resident"})
        found = reported(result, ordered)
        facts = found.facts
        share = facts["calls_answered"].sum() / facts["calls_offered"].sum()
        return share, outcomes(found, ordered)[EVENT].met

    told = [answered(month) for month in MONTHS]
    shares, met = [share for share, _ in told], [one for _, one in told]
    assert shares == sorted(shares, reverse=True) and met == sorted(met, reverse=True)
    assert True in met and False in met, told
    days = [LAST - timedelta(days=back) for back in range((LAST - MONTHS[0]).days + 1)]
    tried = [Order(SEATS, 4, day, LAST) for day in days]
    search = Search(scenario, point, EVENT[0], {EVENT[1]: tried}, 1, whole, tmp_path / "kept")
    assert not search.there()
    search()
    last = tried[search.found()[EVENT[1]]].since
    assert search.there() and MONTHS[met.index(False) - 1] <= last < MONTHS[met.index(False)]
    assert answered(last)[1] is True and answered(last + timedelta(days=1))[1] is False


def test_an_order_works_in_its_spell_alone_and_keeps_what_is_not_known_in_proportion():
    scenario = load("budget-fy2027")
    first, last = date(2027, 10, 1), date(2028, 3, 31)
    ordered = with_orders(scenario, [Order(SEATS, 1, first, last)]).parameters
    before, after = quantities(scenario.parameters)[SEATS], quantities(ordered)[SEATS]
    for day in (date(2027, 9, 30), date(2028, 4, 1)):
        assert after.step_on(day).value == before.step_on(day).value
    assert after.at(first) == after.at(last) == round(before.at(first) * TIMES[1])
    low, high = before.step_on(first).bounds
    wide = after.step_on(first).bounds
    assert abs(wide[1] / wide[0] - high / low) < 1e-9
    weekend = "plant.weekend_days_per_month"
    days = quantities(with_orders(scenario, [Order(weekend, 0, first, last)]).parameters)[weekend]
    assert (days.at(first), days.at(date(2028, 4, 1))) == (DAYS[0], 0)
