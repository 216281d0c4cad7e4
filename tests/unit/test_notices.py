"""Notices by hand: made on working days, earliest expiry first, late from the day on which their promise is missed."""

from datetime import date, timedelta

import numpy as np
import pytest

from scenarios.files.load import load
from sim.calendar import Calendar
from sim.journal import Journal
from sim.notices.facts import NOTICES
from sim.notices.notices import Notices
from sim.notices.targets import POSTED
from sim.parts import FACTS
from sim.plan import Plan
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result
from sim.streams import Streams

FIRST = date(2025, 6, 2)
"""A Monday with no holiday for six weeks."""


def posted(due: dict[int, tuple[int, int, int]], days: int = 30, **changes: object) -> Journal:
    """Some days of notices that fall due: all, of these early, of these late."""
    scenario = load("baseline-fy2025").with_values({path.replace("__", "."): value for path, value in changes.items()})
    calendar = Calendar(FIRST, FIRST + timedelta(days=days - 1))
    journal = Journal(days)
    notices = Notices(Plan(scenario.parameters, Streams(1, 1), calendar, chance_only=True), calendar, journal)
    for day in range(days):
        for name, count in zip(("", "_early", "_late"), due.get(day, (0, 0, 0)), strict=True):
            journal.post(f"notices_due{name}", day, count)
    for start in range(0, days, 10):
        notices.run(slice(start, min(start + 10, days)))
    return journal


def test_with_ample_capacity_all_go_out_on_the_day_they_fall_due() -> None:
    journal = posted({0: (70, 0, 0), 3: (11, 0, 0)})
    assert journal["notices_sent"].tolist() == journal["notices_due"].tolist()
    assert journal["notices_in_time"].sum() == 81 and not journal["notices_waiting"].any()


def test_a_line_of_notices_by_hand() -> None:
    """100 of Monday at 30 a working day: 30, 30, 30, and 10 on Thursday, with 20 of the 40 due then; 20 on Friday."""
    journal = posted({0: (100, 0, 0), 3: (40, 0, 0)}, 7, notices__printed_per_day=30)
    assert journal["notices_sent"].tolist() == [30, 30, 30, 30, 20, 0, 0]
    assert journal["notices_waiting"].tolist() == [70, 40, 10, 20, 0, 0, 0]
    assert journal["notices_late"].sum() == 0


def test_a_notice_is_late_from_the_day_on_which_the_promise_is_missed() -> None:
    """Due 2 June, expiry 2 September: 80 days before is 14 June, so from 15 June (day 13) on it is late."""
    journal = posted({0: (100, 0, 0)}, notices__printed_per_day=5)
    assert np.flatnonzero(journal["notices_late"]).tolist() == [13]
    assert journal["notices_in_time"].sum() == 10 * 5
    assert journal["notices_late"][13] == 50
    assert journal["notices_sent"].sum() == 100 and journal["notices_waiting"][-1] == 0


def test_those_a_month_late_go_first_and_are_late_at_once_those_a_month_early_go_last() -> None:
    journal = posted({0: (90, 30, 20)}, 5, notices__printed_per_day=20)
    assert journal["notices_late"].tolist() == [20, 0, 0, 0, 0]
    assert journal["notices_in_time"].tolist() == [0, 20, 20, 20, 10]


def test_nothing_is_made_on_holidays_or_without_capacity() -> None:
    holiday = posted({49: (10, 0, 0)}, 52)  # Marine Day, 21 July 2025
    assert holiday["notices_sent"].nonzero()[0].tolist() == [50]
    none = posted({0: (50, 0, 0)}, 30, notices__printed_per_day=1e-9)
    assert not none["notices_sent"].any() and none["notices_late"].sum() == 50 == none["notices_waiting"][-1]


def test_e_mails_of_a_year_add_up() -> None:
    journal = posted({}, 365, notices__emails_per_year=5400)
    assert journal["notices_emailed"].sum() == pytest.approx(5400, abs=5)


def test_its_counts_add_up() -> None:
    journal = posted({day: (40, 5, 3) for day in range(25)}, notices__printed_per_day=37)
    journal.post_days("notices_delivered", slice(None), journal["notices_sent"])  # couplings do this in a run
    assert journal.close(parts=[NOTICES])


def test_the_target_is_the_share_in_time() -> None:
    parameters = load("baseline-fy2025").parameters
    days = (parameters.end - parameters.start).days + 1
    facts = {name: np.zeros(days, np.int64) for name in FACTS}
    facts["notices_in_time"][5], facts["notices_late"][5], facts["notices_waiting"][7] = 970, 30, 12
    nothing = (np.zeros((0, len(names)), np.int64) for names in (LEAD_TIME_COLUMNS, LEDGER_COLUMNS))
    calendar = Calendar(parameters.start, parameters.end)
    share, most, *_ = POSTED.statistics(POSTED, Result(facts, *nothing), parameters, calendar)
    assert (share.value, share.threshold, share.met) == (0.97, 0.99, False)
    assert most.value == 12


def test_emails_to_residents_abroad_grow_from_the_published_count() -> None:
    told = load("plan-period").parameters.notices.emails_per_year
    assert [told.at(date(year, 4, 1)) for year in (2024, 2025, 2026, 2027, 2028)] == [1200, 5400, 8000, 8000, 12000]
    assert all(step.bounds[0] >= 5400 for step in told.steps if step.from_ and step.from_ >= date(2026, 4, 1))
