"""Minutes of outages by hand."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from scenarios.files.load import load
from sim.calendar import Calendar
from sim.journal import Journal
from sim.plan import Plan
from sim.streams import Streams
from sim.systems.breakdowns import _of_year
from sim.systems.outages import Outages

YEAR = Calendar(date(2026, 4, 1), date(2027, 3, 31))
TUESDAY = date(2026, 6, 2)
NEVER = {f"systems.{name}.failures_per_year": 0 for name in ("card_management", "jpki_counter", "jpki_verifier")}


def outages(**values: object) -> tuple[Outages, Journal]:
    scenario = load("plan-period").with_values({**NEVER, **values})
    journal = Journal(YEAR.days)
    streams = Streams(1, 1)
    return Outages(Plan(scenario.parameters, streams, YEAR, chance_only=True), streams, YEAR, journal), journal


def stop(start: str, hours: float, **more: object) -> dict[str, object]:
    return {"system": "jpki_counter", "day": TUESDAY, "from": start, "hours": hours, **more}


VISITS = [0] * 8 + [1] * 10 + [0] * 6
"""Visits from 8:00 to 18:00, evenly."""


def working(found: Outages) -> float:
    return float(found.working_share(["jpki_counter"], VISITS)[YEAR.index(TUESDAY)])


def on(journal: Journal, name: str, day: date = TUESDAY) -> int:
    return int(journal[f"{name}_minutes_jpki_counter"][YEAR.index(day)])


def test_service_hours_of_a_plain_week_a_holiday_and_the_year_end() -> None:
    _, journal = outages()
    assert on(journal, "service") == 690
    assert on(journal, "service", date(2026, 6, 6)) == 540
    assert on(journal, "service", date(2026, 5, 5)) == 540
    assert on(journal, "service", date(2026, 12, 31)) == 0
    assert journal["service_minutes_jpki_verifier"].sum() == 365 * 1440


def test_an_outage_counts_in_service_hours_only_and_goes_on_next_morning() -> None:
    _, journal = outages(**{"systems.events": [stop("19:00", 14.5)]})
    assert on(journal, "outage") == 60
    assert on(journal, "outage", date(2026, 6, 3)) == 60


def test_overlapping_events_count_once() -> None:
    _, journal = outages(**{"systems.events": [stop("10:00", 2), stop("11:00", 2)]})
    assert on(journal, "outage") == 180


def test_planned_stops_are_left_out_of_both() -> None:
    both = {"systems.events": [stop("10:00", 2)], "systems.planned": [stop("11:00", 3)]}
    found, journal = outages(**both)
    assert (on(journal, "planned"), on(journal, "outage"), on(journal, "service")) == (180, 60, 690 - 180)
    assert working(found) == pytest.approx(1 - 240 / 600)


def test_a_slow_down_takes_capacity_and_is_no_outage() -> None:
    found, journal = outages(**{"systems.events": [stop("10:00", 2, working_share=0.25)]})
    assert on(journal, "outage") == 0
    assert found.down(["jpki_counter"]) == {}
    assert working(found) == pytest.approx(1 - 0.75 * 120 / 600)


def test_work_outside_an_outage_does_not_notice_it() -> None:
    found, _ = outages(**{"systems.events": [stop("18:30", 1.5)]})
    assert working(found) == 1


def test_work_that_needs_two_systems_stops_when_either_is_down() -> None:
    other = {"system": "card_management", "day": TUESDAY, "from": "11:00", "hours": 2}
    found, _ = outages(**{"systems.events": [stop("10:00", 2), other]})
    both = found.working_share(["jpki_counter", "card_management"], VISITS)[YEAR.index(TUESDAY)]
    assert both == pytest.approx(1 - 180 / 600)
    down = found.down(["jpki_counter", "card_management"])[YEAR.index(TUESDAY)]
    assert np.flatnonzero(down).tolist() == list(range(600, 780))


def test_the_minutes_of_an_outage_are_known_to_the_help_desk() -> None:
    found, _ = outages(**{"systems.events": [stop("10:00", 1.5)]})
    down = found.down(["card_management", "jpki_counter"])[YEAR.index(TUESDAY)]
    assert np.flatnonzero(down).tolist() == list(range(600, 690))


def test_breakdowns_come_at_their_rate_and_take_their_time() -> None:
    values = {
        f"systems.jpki_verifier.{name}": value
        for name, value in {"failures_per_year": 100, "repair_hours": 2, "repair_spread": 0.3}.items()
    }
    parameters = load("plan-period").with_values({**NEVER, **values}).parameters
    minutes = []
    for replication in range(1, 21):
        streams, journal = Streams(1, replication), Journal(YEAR.days)
        Outages(Plan(parameters, streams, YEAR, chance_only=True), streams, YEAR, journal)
        minutes.append(journal["outage_minutes_jpki_verifier"].sum())
    # one a day at most: 365 (1 - exp(-100/365)) = 87.5 a year; two on days side by side rarely overlap
    mean, error = np.mean(minutes), np.std(minutes, ddof=1) / np.sqrt(20)
    assert mean == pytest.approx(87.5 * 120, abs=3 * error + 0.01 * mean)


def test_events_outside_service_hours_do_nothing() -> None:
    closed = {"system": "jpki_counter", "day": date(2026, 12, 31), "from": "10:00", "hours": 3}
    _, journal = outages(**{"systems.events": [closed]})
    assert journal["outage_minutes_jpki_counter"].sum() == 0


def test_a_longer_run_meets_the_same_breakdowns() -> None:
    """Where a year is cut off and where it is whole: all that is drawn is tied to the fiscal year."""
    longer = Calendar(date(2025, 11, 3), date(2028, 2, 29))
    often = {"systems.jpki_verifier.failures_per_year": 40, "systems.jpki_verifier.repair_hours": 1}
    parameters = load("plan-period").with_values({**NEVER, **often}).parameters
    lost = []
    for calendar in (YEAR, longer):
        streams, journal = Streams(1, 2), Journal(calendar.days)
        Outages(Plan(parameters, streams, calendar, chance_only=True), streams, calendar, journal)
        first = calendar.index(YEAR.first)
        lost.append(journal["outage_minutes_jpki_verifier"][first : first + YEAR.days])
    assert np.count_nonzero(lost[0]) > 20
    # failures a year are those of the run's own mean year, which its weekends make a little longer or shorter
    assert np.array_equal(lost[0] > 0, lost[1] > 0)
    assert lost[0] == pytest.approx(lost[1], abs=1)


def test_breakdowns_of_a_year_are_poissons_process_with_normal_repairs() -> None:
    """By lot over seeds: the count, the days, and the repairs, of which the longest come first."""
    failures = np.repeat([0.0, 0.01], [183, 183])
    told = [list(_of_year("a", 2026, failures, Streams(seed, 1))) for seed in range(600)]
    counts = np.array([len(year) for year in told])
    days_hit = 183 * -np.expm1(-0.01)  # on so many days one at least
    # the variance of nearly Poisson counts has a relative error of sqrt((2 + 1 / mean) / n)
    assert abs(counts.mean() - days_hit) < 3.3 * np.sqrt(days_hit / 600)
    assert abs(counts.var(ddof=1) / (days_hit * np.exp(-0.01)) - 1) < 3.3 * np.sqrt((2 + 1 / days_hit) / 600)
    days, when, repairs = (np.array(column) for column in zip(*(one for year in told for one in year), strict=True))
    assert (days >= 183).all()
    for u in ((days - 183 + np.random.default_rng(1).random(days.size)) / 183, when, stats.norm.cdf(repairs)):
        assert stats.kstest(u, "uniform").pvalue > 1e-3 / 3
    assert all(day < later for year in told for (day, _, _), (later, _, _) in pairwise(year))


def test_systems_that_never_break_have_no_breakdowns() -> None:
    assert list(_of_year("a", 2026, np.zeros(365), Streams(1, 1))) == []
