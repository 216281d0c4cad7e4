"""The decision clock on replications with known truth: breaks, last dates, trip-wires, extremes, refusals."""

import dataclasses
from datetime import date

import clock_sample as sample
import numpy as np
import pytest
from folder_sample import drawn

from reports.messages import said
from scenarios.clock.breaks import Outcome, outcomes
from scenarios.clock.choosing import Seen, Told
from scenarios.clock.clock import LIST_KEYS, WIRE_KEYS, ClockOptions, clock, listed, question, refuse
from scenarios.clock.events import describe
from scenarios.clock.lead_times import load_lead_times
from scenarios.clock.observables import OBSERVABLES, known_on, weekly
from scenarios.clock.record import Clock, Days
from scenarios.errors import UserError
from scenarios.experiment.experiment import Point
from scenarios.files.load import load
from scenarios.records import as_json, read
from scenarios.run.available import Availability


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("時計")


@pytest.fixture(scope="module")
def found(folder):
    sample.usual(folder)
    return read(Clock, folder)


def test_a_sign_that_always_comes_in_time_saves_every_year_and_is_never_wrong(found):
    event = sample.event(found)
    assert (event.breaks, event.replications, event.no_wire) == (8, 24, None)
    assert found.training == found.held_out == 12
    (wire,) = event.wires
    assert (wire.purpose, wire.months) == ("with_money", 6)
    assert (wire.wire, wire.side) == ("applications", "above")
    assert 100_000 < wire.threshold < 130_000
    assert (wire.hits, wire.saved, wire.of_breaks, wire.false_alarms, wire.of_others) == (4, 4, 4, 0, 8)
    assert (wire.right_alarms, wire.alarms, wire.precision, wire.base_rate) == (4, 4, 1, 4 / 12)
    assert wire.base_rate_low < 1 / 3 < wire.precision_low < 1 == wire.precision_high
    assert (wire.skill, wire.hit_rate, wire.false_alarm_rate) == (1, 1, 0)
    assert wire.skill_low < 1 == wire.skill_high == wire.hit_high
    fires = wire.fires.middle
    assert (fires - sample.SIGN).days == 7 * wire.weeks
    assert wire.warning_days == (date(2027, 2, 1) - fires).days


def test_a_sign_that_comes_too_late_for_the_lead_time_warns_and_saves_nothing(tmp_path):
    # The order must work by 20 February: at nine months of lead the purchase starts on 20 May, days before the sign.
    sample.usual(tmp_path)
    found = sample.clocked(tmp_path, targets=("calls-95",), lead_times=leads(months=9))
    (wire,) = sample.event(found).wires
    assert (wire.purpose, wire.months, wire.wire) == ("early_word", 1, "applications")
    assert (wire.hits, wire.of_breaks, wire.saved) == (4, 4, 0)
    assert (wire.precision, wire.base_rate) == (1, 4 / 12)
    # The last lead time that the sign leaves: known on 8 June, started by the 20th, at work on 20 February.
    (wire,) = sample.event(sample.clocked(tmp_path, targets=("calls-95",), lead_times=leads(months=8))).wires
    assert (wire.purpose, wire.hits, wire.saved) == ("with_money", 4, 4)


def test_an_order_that_must_be_requested_saves_no_year_by_ordinary_means_after_the_request(tmp_path):
    # At work by 20 February 2027, started by 20 August 2026, money of FY2026: requested by 31 August 2025. The sign is
    # known on 8 June 2026: then only money from elsewhere helps, unless the order needs no request.
    sample.usual(tmp_path)
    event = sample.event(sample.clocked(tmp_path, targets=("calls-95",)))
    (wire,), (seats,) = event.wires, event.resources
    assert wire.fires.early > seats.last_date_to_act
    assert (wire.purpose, wire.hits, wire.saved, wire.requested) == ("with_money", 4, 4, 0)
    at_once = sample.event(sample.clocked(tmp_path, targets=("calls-95",), lead_times=leads(6, in_request=False)))
    (wire,), (seats,) = at_once.wires, at_once.resources
    assert wire.fires.late <= seats.last_date_to_act
    assert (wire.purpose, wire.hits, wire.saved, wire.requested) == ("saves_year", 4, 4, None)


def test_the_chance_of_a_break_of_availability_is_that_of_a_run_and_its_alarms_are_counted(tmp_path):
    sample.usual(tmp_path)
    found = sample.clocked(tmp_path, targets=("availability-99.9/jpki_counter", "calls-95"))
    known = Availability(Point("one", sample.scenario().parameters, 1))
    for event in found.events:
        if event.target == "calls-95":
            assert event.computed is False and event.probability == event.breaks / event.replications
        else:
            assert event.computed and event.breaks == 0 and event.replications == 24
            assert event.probability == 1 - known.probability("jpki_counter", event.period) > 0.2
            assert event.probability_low is event.probability_high is None


def test_months_of_breakdowns_are_not_told(monkeypatch):
    monkeypatch.setattr("scenarios.clock.events.choose_one", lambda *_: None)
    event, outage = ("availability-99.9/jpki_counter", "FY2026"), date(2026, 5, 1)
    broken = [Told({}, {event: Outcome(False, outage, outage, by_year="availability")})] * 2
    told = [
        describe(event, (outage, outage), Seen({}, np.array([]), broken, 0), load_lead_times(), of)
        for of in (None, 0.35)
    ]
    assert [one.breaks for one in told] == [2, 2]
    assert [one.first_breach.all + one.lost.all for one in told] == [(outage,) * 6, ()]


def leads(months, in_request=True):
    """The shipped lead times but for residents' seats."""
    shipped, seats = load_lead_times(), "contact.resident.seats"
    parts = {"procurement_months": months, "hiring_months": 0, "training_months": 0, "in_request": in_request}
    own = {**shipped.entries, seats: shipped.entries[seats].model_copy(update=parts)}
    return dataclasses.replace(shipped, entries=own, text=f"# {months} {in_request}\n")


def test_without_a_sign_no_wire_has_skill_on_replications_that_did_not_choose_it(tmp_path):
    # Noise is all there is: a wire that fits it on the half that chose it does not on the other half.
    breaking = lambda number: number % 3 == 0 if number <= 18 else number % 4 == 0  # noqa: E731
    event = sample.event(sample.clocked(tmp_path, 36, breaking, targets=("calls-95",), sign=None))
    (wire,) = event.wires
    assert (wire.training.of_breaks, wire.training.of_others) == (6, 12) and (wire.of_breaks, wire.of_others) == (5, 13)
    fitted = wire.training.hits / wire.training.of_breaks - wire.training.false_alarms / wire.training.of_others
    assert wire.skill <= 0 < fitted, "the half that chose the wire judges it"
    assert wire.skill_low <= 0 and wire.precision_low < wire.base_rate


def test_where_no_order_saves_the_year_dates_count_from_its_first_day(tmp_path):
    found = sample.clocked(tmp_path, targets=("calls-95",), rerun=lambda known, *_: known)
    event = sample.event(found)
    assert event.order is None and event.needed.early == date(2026, 4, 1)
    (seats,) = event.resources
    assert (seats.start_by, seats.last_date_to_act) == (date(2025, 10, 1), date(2024, 8, 31))
    (wire,) = event.wires
    assert (wire.purpose, wire.saved, wire.hits) == ("early_word", None, 4)


def test_the_order_is_the_least_that_saves_and_all_dates_count_from_the_same_break(found):
    # A year may lose 5 % of 365 days of 10,000 calls: 182,500. 275 days lose 100 each, then 3,000: 27,500 by the end of
    # December, 120,500 by the end of January, 204,500 by the end of February. Of 365 days that lose 100 each, 50 may
    # lose 2,900 more: 181,500. With seats from 20 February on the year is saved, from the 21st on it is not.
    event = sample.event(found)
    assert event.first_breach == Days(*[date(2027, 1, 1)] * 3)
    assert event.lost.middle == date(2027, 2, 1)
    assert event.needed == Days(*[date(2027, 2, 20)] * 3)
    order = event.order
    assert (order.resource, order.times, order.days_added) == ("contact.resident.seats", 1.35, None)
    assert (order.saves, order.of_breaks, order.months) == (8, 8, 6)
    (seats,) = event.resources
    assert (seats.resource, seats.months) == ("contact.resident.seats", 6)
    assert seats.start_by == date(2026, 8, 20)
    assert seats.request_by == seats.last_date_to_act == seats.last_date_to_act_middle == date(2025, 8, 31)


def test_years_without_a_break_say_so(found):
    reasons = {(event.target, event.period): event.no_wire for event in found.events}
    assert reasons["calls-95", "FY2027"] == reasons["availability-99.9/jpki_counter", "FY2026"] == "never"
    assert reasons["helpdesk-95", "FY2026"] == "not_tested"
    later = sample.event(found, period="FY2027")
    assert later.resources == () and later.order is None and later.needed.early is None


def test_a_month_judged_by_another_statistic_than_the_year_says_so(found):
    apart = {event.target: (event.by_month, event.by_year) for event in found.events}
    express = "delivered_share_7_days"
    assert apart.pop("express-7-days/express") == (f"{express}_excl_closure", express)
    assert len(apart) > 5 and set(apart.values()) == {(None, None)}
    assert "by_month" not in as_json(sample.event(found))


def test_the_list_has_the_documented_keys_and_a_row_a_wire(found):
    rows = listed(found)
    assert all(set(row) == {*LIST_KEYS, *WIRE_KEYS, "resource", "last_date_to_act"} for row in rows)
    own = [row for row in rows if (row["target"], row["period"]) == ("calls-95", "FY2026")]
    assert [row["purpose"] for row in own] == ["with_money"]
    assert own[0]["resource"] == "contact.resident.seats" and own[0]["last_date_to_act"] == date(2025, 8, 31)
    without = next(row for row in rows if (row["target"], row["period"]) == ("calls-95", "FY2027"))
    assert without["wire"] is None and without["no_wire"] == "never"


def test_the_file_holds_what_is_returned_and_paths_of_the_best_wire(folder, found, tmp_path):
    sample.usual(tmp_path)
    assert sample.clocked(tmp_path, targets=("calls-95",)) == read(Clock, tmp_path)
    (path,) = found.paths
    assert (path.target, len(path.break_), len(path.hold)) == ("calls-95", 4, 8)
    assert all(len(line) == len(path.weeks) for line in path.break_ + path.hold)
    assert load(str(folder / "scenario.toml")).parameters == sample.scenario().parameters
    assert load_lead_times(folder / "lead-times.toml").entries == load_lead_times().entries


def test_extremes_choose_nothing(tmp_path):
    reasons = {
        name: sample.event(sample.clocked(tmp_path / name, count, breaking, ("calls-95",))).no_wire
        for name, count, breaking in (
            ("never", 4, lambda number: False),
            ("always", 4, lambda number: True),
            ("two", 2, lambda number: number == 1),
            ("once", 12, lambda number: number == 9),
        )
    }
    assert reasons == {"never": "never", "always": "always", "two": "too_few", "once": "too_few"}


def test_a_target_may_be_named_with_or_without_its_part(tmp_path):
    named = ("availability-99.9", "renewed-in-time")
    targets = {event.target for event in sample.clocked(tmp_path, 2, targets=named).events}
    assert targets == {f"availability-99.9/{name}" for name in ("card_management", "jpki_counter", "jpki_verifier")} | {
        "renewed-in-time"
    }


def test_an_answer_about_another_scenario_no_longer_counts(tmp_path, monkeypatch):
    sample.clocked(tmp_path, 2)
    drawn(tmp_path, {"clock.html": "old"}, "clock")
    monkeypatch.setattr("scenarios.clock.clock.keep_whole", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        clock(load("plan-period"), tmp_path, ClockOptions(sample.AS_OF, 2), load_lead_times())
    assert not (tmp_path / "clock.json").exists() and not (tmp_path / "clock.html").exists()


def test_refusals_name_the_option_the_value_and_the_nearest_name(tmp_path):
    options = ClockOptions(sample.AS_OF, 1, targets=("calls-59", "intake-160k", "availability-99.9/jpki_counters"))
    with pytest.raises(UserError) as error:
        clock(sample.scenario(), tmp_path / "none", options, load_lead_times())
    told = str(error.value)
    assert "4 errors" in told and "--replications 1" in told and "did you mean calls-95?" in told
    assert "intake-160k: its load is stated" in told and "did you mean availability-99.9/jpki_counter?" in told
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2025, 3, 31), date(2028, 4, 1), date(9999, 12, 31)])
def test_a_day_that_is_none_of_the_simulated_ones_is_refused(tmp_path, day):
    first, last = sample.scenario().parameters.first_simulated_day, sample.scenario().parameters.end
    with pytest.raises(UserError) as error:
        clock(sample.scenario(), tmp_path / "none", ClockOptions(day, 1), load_lead_times())
    told = f"--as-of {day}   must lie between {first} and {last}"
    assert "2 errors" in str(error.value) and told in str(error.value) and not (tmp_path / "none").exists()
    assert f"{first} から {last} まで" in said(error.value.lines[-1], "ja")
    for answered in (first, last):
        refuse(sample.scenario(), ClockOptions(answered))
    refuse(None, ClockOptions(day))


def test_the_folder_goes_by_what_determines_the_results():
    def folder(leads=None, **values):
        options = ClockOptions(**{"as_of": sample.AS_OF, **values})
        return question(sample.scenario(), options, leads or load_lead_times()).folder

    others = [folder(seed=2), folder(as_of=date(2030, 1, 1)), folder(targets=("calls-95",)), folder(replications=8)]
    others.append(folder(dataclasses.replace(load_lead_times(), text="# others\n")))
    assert len({folder(), *others}) == 6 and folder(workers=2) == folder()
    assert folder().parts[:3] == ("runs", "clock", "plan-period")


def test_weeks_go_from_monday_to_sunday_and_years_from_april():
    parameters = load("plan-period").with_values({"end": date(2027, 4, 30)}).parameters
    made = sample.nothing(parameters)
    days = np.arange((parameters.end - parameters.start).days + 1)
    made.facts["applications"][:] = days
    made.facts["calls_offered"][:] = 100
    made.facts["calls_answered"][:] = np.where(days < 365, 90, 50)
    made.facts["outage_minutes_jpki_counter"][:] = 6
    known, found = known_on(parameters), weekly(made, parameters)
    assert date.fromordinal(int(known[0])) == date(2026, 4, 13) and date.fromordinal(int(known[-1])) == date(
        2027, 4, 26
    )
    assert set(found) == set(OBSERVABLES) and all(len(values) == len(known) for values in found.values())
    # 2026-04-01 is a Wednesday: the first whole week has the days numbered 5 to 11.
    assert found["applications"][0] == 8 and found["calls_answered"][0] == 0.9
    assert np.isnan(found["helpdesk_answered"]).all()
    assert found["down_jpki_counter"][0] == pytest.approx(12 * 6 / 60)
    # 2027-04-04 is the fourth day of its fiscal year.
    last = int(np.flatnonzero(known == date(2027, 4, 5).toordinal())[0])
    assert found["calls_answered_of_year"][last - 1 : last + 1].tolist() == [0.9, 0.5]
    assert found["down_jpki_counter"][last] == pytest.approx(4 * 6 / 60)


def test_months_in_which_other_targets_are_lost_by_hand():
    parameters = load("plan-period").with_values({"end": date(2027, 3, 31)}).parameters
    made = sample.nothing(parameters)
    day = (date(2026, 9, 10) - parameters.start).days
    made.facts["service_minutes_jpki_counter"][:] = 600
    # A year of 365 x 600 minutes may lose 219 of them.
    made.facts["outage_minutes_jpki_counter"][[10, day]] = [200, 20]
    made.facts["due_to_leave"][day : day + 21] = 300_000
    made.facts["renewed_in_time"][:] = 1000
    made.facts["expired_waiting"][day : day + 100] = 500
    told = outcomes(made, parameters)
    down = told["availability-99.9/jpki_counter", "FY2026"]
    assert (down.met, down.broke, down.lost) == (False, date(2026, 9, 1), date(2026, 9, 1))
    assert told["dispatch-4.8m", "FY2026"].lost == date(2026, 9, 1)
    # 500 a day of 365,000 + 50,000: 5 % are 20,750, reached on the 42nd day, 21 October.
    renewed = told["renewed-in-time", "FY2026"]
    assert (renewed.broke, renewed.lost) == (date(2026, 9, 1), date(2026, 10, 1))
    assert told["issue-14-days/standard", "FY2026"].met is None
