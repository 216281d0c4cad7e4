"""The call centres inside a replication: common random numbers, conservation, recovery."""

from datetime import date

import numpy as np
import pytest
from no_run_in import without_run_in

from scenarios.files.load import load
from sim.calendar import Calendar
from sim.contact.callers import Callers
from sim.facts import CALL_CAUSES, CENTRES, LOST, LOST_CAUSES, OUTCOMES
from sim.people.history import CardHistory
from sim.plan import Plan
from sim.replication import replicate
from sim.result import Result
from sim.streams import Streams

PERIOD = {"start": date(2026, 4, 1), "end": date(2026, 6, 30)}
OF_CALLS = tuple(f"{prefix}_" for prefix in CENTRES.values())


def run(history: CardHistory, chance_only: bool = False, **values: object) -> Result:
    parameters = load("plan-period").with_values({**PERIOD, **values}).parameters
    return replicate(without_run_in(parameters), history, 7, 1, chance_only)


@pytest.fixture(scope="module")
def base(history: CardHistory) -> Result:
    return run(history)


def test_changing_seats_leaves_every_first_call_and_all_that_calls_do_not_touch(
    history: CardHistory, base: Result
) -> None:
    fewer = run(history, **{"contact.resident.seats": 60})
    firsts = [f"{CENTRES[centre]}_{cause}" for centre, causes in CALL_CAUSES.items() for cause in causes]
    untouched = [name for name in base.facts if not name.startswith("calls_")]
    assert fewer.facts["calls_abandoned"].sum() > 2 * base.facts["calls_abandoned"].sum()
    for name in (*firsts, *untouched):
        assert np.array_equal(fewer.facts[name], base.facts[name]), name
    assert np.array_equal(fewer.lead_times, base.lead_times)


def test_a_calls_numbers_do_not_depend_on_seats_other_causes_or_later_calls() -> None:
    calendar = Calendar(date(2026, 4, 1), date(2026, 4, 30))

    def callers(**values: object) -> Callers:
        streams = Streams(1, 1)
        plan = Plan(load("plan-period").with_values(values).parameters, streams, calendar)
        return Callers("resident", plan, streams, calendar)

    few = callers().draw(6, {"notices": 300, "holders": 0}, None)
    many = callers(**{"contact.resident.seats": 10}).draw(6, {"notices": 500, "holders": 200}, None)
    mine = many.tag == CALL_CAUSES["resident"].index("notices")
    for column in ("time", "handle", "patience", "pause", "again", "urgent"):
        wanted, found = getattr(few, column), getattr(many, column)[mine]
        assert np.isin(wanted, found).all(), column
    by_time = {time: number for number, time in enumerate(many.time)}
    places = [by_time[time] for time in few.time]
    assert np.array_equal(many.handle[places], few.handle)
    assert np.array_equal(many.patience[places], few.patience)


def test_drawn_calls_have_the_stated_means_and_hours() -> None:
    calendar = Calendar(date(2026, 4, 1), date(2026, 4, 30))
    streams = Streams(1, 1)
    parameters = load("plan-period").parameters
    resident = parameters.contact.resident
    plan = Plan(parameters, streams, calendar, chance_only=True)
    count = 40_000
    calls = Callers("resident", plan, streams, calendar).draw(6, {"holders": count}, None)
    weight = np.dot(resident.mix.holders, resident.handle_weights)
    assert calls.handle.mean() == pytest.approx(7 * weight, abs=4 * calls.handle.std() / np.sqrt(count))
    assert calls.patience.mean() == pytest.approx(3, abs=4 * 3 / np.sqrt(count))
    assert calls.pause.mean() == pytest.approx(40, abs=4 * 40 / np.sqrt(count))
    # 0.6 go on after each attempt, three times at most: P(0) = 0.4, P(3) = 0.216
    shares = np.bincount(calls.again, minlength=4) / count
    assert shares == pytest.approx([0.4, 0.24, 0.144, 0.216], abs=4 * 0.5 / np.sqrt(count))
    assert calls.time.min() >= 8.5 * 60 and calls.time.max() < 20 * 60
    morning = np.mean((calls.time >= 600) & (calls.time < 660))
    weights = np.array(resident.hour_weights)
    weights[8] /= 2
    assert morning == pytest.approx(weights[10] / weights.sum(), abs=4 * 0.5 / np.sqrt(count))


def test_every_attempt_is_accounted_for_every_day(base: Result) -> None:
    for prefix in CENTRES.values():
        facts = {name: base.facts[f"{prefix}_{name}"] for name in (*OUTCOMES, "offered", "waiting", "in_service")}
        inside = facts["waiting"] + facts["in_service"]
        decided = sum(facts[outcome] for outcome in OUTCOMES)
        assert np.array_equal(facts["offered"][1:] + inside[:-1], decided[1:] + inside[1:])
        firsts = sum(base.facts[f"{prefix}_{cause}"] for cause in CALL_CAUSES[_centre(prefix)])
        assert np.array_equal(facts["offered"], firsts + base.facts[f"{prefix}_call_backs"])
        lost = sum(base.facts[f"{prefix}_lost_{cause}"] for cause in LOST_CAUSES[_centre(prefix)])
        assert np.array_equal(lost, sum(facts[outcome] for outcome in LOST))


def _centre(prefix: str) -> str:
    return next(centre for centre, name in CENTRES.items() if name == prefix)


def test_an_outage_reaches_the_help_desk_and_the_counters_and_leaves_the_cards(
    history: CardHistory, base: Result
) -> None:
    day = date(2026, 6, 1)
    event = {"system": "jpki_counter", "day": day, "from": "09:30", "hours": 3}
    storm = run(history, **{"systems.events": [event]})
    at = (day - PERIOD["start"]).days
    assert storm.facts["helpdesk_outages"][at] > 50
    assert storm.facts["helpdesk_lost_outage"][at] > 10 > base.facts["helpdesk_lost_outage"][at]
    assert storm.facts["transactions"][at] < 0.95 * base.facts["transactions"][at]
    for name, series in base.facts.items():
        assert np.array_equal(storm.facts[name][:at], series[:at]), name
    for name in ("applications", "dispatched_standard", "arrived", "notices_sent", "calls_holders", "calls_notices"):
        assert np.array_equal(storm.facts[name], base.facts[name]), name


def test_late_cards_make_calls_about_them(history: CardHistory, base: Result) -> None:
    late = run(history, **{"plant.cards_per_day": 25_000})
    assert base.facts["calls_late_cards"].sum() < 100
    assert late.facts["calls_late_cards"].sum() > 1000
    share = load("plan-period").parameters.contact.resident.late_callers_share.steps[0].bounds[1]
    ever_late = late.facts["late_inside"].max() + late.facts["dispatched_standard"].sum()
    assert late.facts["calls_late_cards"].sum() < share * ever_late


def test_notices_posted_once_a_month_make_a_burst_of_calls(history: CardHistory, base: Result) -> None:
    burst = run(history, **{"renewal.notices_posted": "monthly", "contact.resident.notice_days": 3})
    posted = burst.facts["notices_sent"]
    assert np.count_nonzero(posted) == 3
    assert posted.sum() == pytest.approx(base.facts["notices_sent"].sum(), abs=3)
    calls = burst.facts["calls_notices"]
    assert calls.max() > 2.5 * base.facts["calls_notices"].max()


def test_seats_that_follow_the_calls_rise_a_year_after_them(history: CardHistory) -> None:
    def seats(per_holder: object) -> list[int]:
        values = {
            "start": date(2026, 4, 1),
            "end": date(2028, 4, 30),
            "contact.resident.seats_policy": "last_year",
            "contact.resident.calls_per_holder": per_holder,
            "demand.load": [{"from": date(2016, 1, 1), "value": 1}, {"from": date(2027, 1, 1), "value": 2}],
        }
        parameters = load("plan-period").with_values(values).parameters
        series = replicate(without_run_in(parameters), history, 7, 1, chance_only=True).facts["calls_seats"]
        return [int(series[day]) for day in (0, 364, 365, 729, 731)]

    first, still, second, third, fourth = seats(0.01)
    assert first == still
    assert second == third
    assert fourth > 1.5 * second
