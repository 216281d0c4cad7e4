"""Minutes of outages by hand."""

from datetime import date

import numpy as np
import pytest

from scenarios.load import load
from sim.calendar import Calendar
from sim.journal import Journal
from sim.plan import Plan
from sim.streams import Streams
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
