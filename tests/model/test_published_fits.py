"""The fits against published figures: plans and calendars by hand, hand-overs of 2023 held back, notices by cohort."""

from datetime import date

import numpy as np
import pytest

from calibration import simulated
from calibration.agreement import load as load_agreements
from calibration.figures import load_published
from calibration.holders_walk import notices_by_cohort, outlook
from calibration.problems import hand_over, holders, lead_times
from calibration.values import assumed, calibrated, with_values
from scenarios.files.load import load
from sim.calendar import Calendar
from sim.parameters import quantities
from sim.people.history import CardHistory
from sim.plan import Plan
from sim.plant.opening_hours import OpeningHours
from sim.replication import replicate
from sim.streams import Streams


@pytest.fixture(scope="module")
def receipts() -> lead_times.Receipts:
    return lead_times.receipts()


@pytest.mark.parametrize("plan_days", [3, 7, 8])
def test_planned_days_are_those_of_the_plant(receipts: lead_times.Receipts, plan_days: int) -> None:
    parameters = load("baseline-fy2025").parameters
    calendar = Calendar(parameters.start, parameters.end)
    hours = OpeningHours(Plan(parameters, Streams(0, 0), calendar, chance_only=True), calendar)
    ours = lead_times.planned_days(lead_times.working_days(receipts, True, "closed"), plan_days)
    assert [hours.planned_day(day, plan_days) - day for day in range(300)] == ours[:300].tolist()


def test_by_hand_around_golden_week_2025(receipts: lead_times.Receipts) -> None:
    """Received on Friday 25 April 2025, eight worked days.

    Holidays worked: 28 29 30 April, 1 2 5 6 7 May, 12 days. Closed on 29 April and 5-6 May: until 12 May, 17 days.
    """
    friday = (date(2025, 4, 25) - receipts.calendar.first).days
    closed, worked = (
        lead_times.planned_days(lead_times.working_days(receipts, holidays, "closed"), 8)[friday]
        for holidays in (False, True)
    )
    assert (closed, worked) == (17, 12)


def test_closed_holidays_are_ruled_out_and_the_calendar_of_the_baseline_is_left_open(
    receipts: lead_times.Receipts,
) -> None:
    rows = list(lead_times.calendars(receipts))
    opened = [(row.class_, row.holidays, row.weekends, row.plan_days) for row in rows if row.open]
    assert opened == [("standard", "worked", "closed", 7), ("express", "worked", "closed", 3)]
    assert all(row.max > 12 for row in rows if row.class_ == "standard" and row.holidays == "closed")
    assert {row.why for row in rows} == {"fits", "max", "mean"}


def test_both_readings_of_the_mean_have_a_share(receipts: lead_times.Receipts) -> None:
    shares = {
        row.share for row in lead_times.calendars(receipts, "whole_year") if row.open and row.class_ == "standard"
    }
    assert [round(share or 0, 2) for share in shares] == pytest.approx([0.16], abs=0.02)


def test_hand_overs_of_2023_come_out_within_8_percent_of_those_published(history: CardHistory) -> None:
    scenario = load("hindcast-2023")
    result = replicate(scenario.parameters, history, 1, 1, chance_only=True)
    told = simulated.of_hindcast(result, scenario.parameters)
    first = scenario.parameters.start
    since_2016 = result.facts["cards_handed_over_cumulative"]
    assert since_2016[(date(2022, 12, 31) - first).days] == 71_905_789
    assert (scenario.parameters.end, len(since_2016)) == (date(2023, 7, 31), 304)
    held_back = {key: each for key, each in load_agreements().items() if key.startswith("HANDED-2023")}
    assert len(held_back) == 7
    for key, each in held_back.items():
        assert told[key] == pytest.approx(each.published.value, abs=each.tolerance), key
    assert told["APPLIED-2023-07-12"] == load_published()["APPLIED-2023-07-12"].value
    by_day = simulated.handed_over_by_day(result, scenario.parameters)
    assert by_day[date(2022, 10, 18)] == load_published()["HANDED-2022-10-18"].value
    assert by_day[date(2023, 6, 30)] == told["HANDED-2023-06-30"]


def test_notices_by_cohort_add_up_to_the_notices_of_the_year() -> None:
    parameters = load("baseline-fy2025").parameters
    cohorts = notices_by_cohort(parameters, 2025)
    total = outlook(parameters, holders.LAST_DAY).notices_of(2025)
    assert sum(cohort.notices for cohort in cohorts) == pytest.approx(total, rel=0.02)
    certificates = sum(cohort.notices for cohort in cohorts if cohort.kind == "certificates")
    from_the_surge = sum(c.notices for c in cohorts if c.kind == "certificates" and c.issued_year in (2020, 2021))
    assert from_the_surge > 0.9 * certificates


def test_an_outlook_speaks_of_held_revoked_and_ages() -> None:
    found = outlook(load("baseline-fy2025").parameters, holders.LAST_DAY)
    for key, each in load_agreements().items():
        if holders.speaks_of(key) and each.use == "held_back":
            assert holders.told(found, key) == pytest.approx(each.published.value, abs=each.tolerance), key
    known = found.issued[~np.isnan(found.issued)]  # the card history ends before the walk
    assert (np.diff(known) >= 0).all()
    with pytest.raises(KeyError):
        holders.told(found, "JLIS-008")


def test_values_are_set_by_path_and_by_step() -> None:
    scenario = load("baseline-fy2025")
    name = "demand.first_time_per_year@2025-04-01"
    changed = with_values(scenario, {name: 6e6, "holders.loss_rate": 0.004})
    steps = quantities(changed.parameters)["demand.first_time_per_year"].steps
    own = quantities(scenario.parameters)["demand.first_time_per_year"].steps
    assert (steps[1].value, steps[1].bounds) == (6e6, (6e6, 6e6))
    assert (steps[0], steps[2:]) == (own[0], own[2:])
    later = "demand.first_time_per_year@2026-04-01"
    assert assumed(scenario, later, "").high == own[2].high
    part = calibrated(scenario, {name: {"value": 6e6, "low": 5.9e6, "high": 6.1e6}})
    assert part["demand.first_time_per_year"][1] == {
        "from": date(2025, 4, 1),
        "value": 6e6,
        "low": 5.9e6,
        "high": 6.1e6,
    }
    with pytest.raises(ValueError, match="no step from 2025-05-01"):
        assumed(scenario, "demand.first_time_per_year@2025-05-01", "")


def test_the_hindcast_holds_what_was_fitted_to_2022(history: CardHistory) -> None:
    """Refitting moves the values by less than a tenth of their intervals."""
    from calibration.fitting import fit

    fitted = {each.uncertain.name: each for each in fit(hand_over.problem(), 100).parameters}
    held = quantities(load("hindcast-2023").parameters)
    for path in ("counters.collection_days", "counters.never_collected_share"):
        width = fitted[path].high - fitted[path].low
        assert held[path].steps[0].value == pytest.approx(fitted[path].value, abs=width / 10), path


def test_what_is_not_known_of_past_years_narrows_no_later_one() -> None:
    """A path has one draw for all its steps: those of FY2024 and FY2025, and those from FY2026 on, have a path each."""
    known = quantities(load("baseline-fy2025").parameters)
    begins = date(2026, 4, 1)
    forecast, *past = (
        known[f"demand.{name}"].steps for name in ("first_time_per_year", "first_time_level", "first_time_push")
    )
    past.append(known["demand.reissue_push"].steps)
    for step in forecast:
        assert step.from_ is not None
        assert (step.bounds[0] < step.bounds[1]) == (step.from_ >= begins)
    for steps in past:
        assert [step.bounds for step in steps if step.from_ == max(each.from_ or begins for each in steps)] == [(1, 1)]
        assert max(step.from_ for step in steps if step.from_) <= begins
        assert any(step.bounds[0] < step.bounds[1] for step in steps)
