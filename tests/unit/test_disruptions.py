"""Disruptions on dates and drills of every year, by hand."""

from datetime import date, timedelta

import numpy as np
import pytest

from reports import catalogue, values
from reports.assumptions import written
from scenarios.errors import UserError
from scenarios.files.load import load
from sim.calendar import Calendar
from sim.disruptions import spans
from sim.facts import SYSTEMS
from sim.journal import Journal
from sim.parameters import Parameters
from sim.plan import Plan
from sim.plant.opening_hours import OpeningHours
from sim.streams import Streams
from sim.systems.downtime import Timetable
from sim.systems.outages import Outages

YEAR = Calendar(date(2026, 4, 1), date(2027, 3, 31))
TUESDAY = date(2026, 6, 2)
NEVER = {f"systems.{name}.failures_per_year": 0 for name in SYSTEMS}
TEN_HOURS = {"plant.opening_hour": 8, "plant.closing_hour": 18}
VISITS = [0] * 8 + [1] * 10 + [0] * 6


def hit(what: str, hours: object, **more: object) -> dict[str, object]:
    return {"hits": what, "day": TUESDAY, "from": "10:00", "hours": hours, **more}


def parameters(*events: dict[str, object], **values: object) -> Parameters:
    return load("plan-period").with_values({**NEVER, "disruptions.events": list(events), **values}).parameters


def plan(own: Parameters, replication: int = 1, chance_only: bool = False) -> Plan:
    return Plan(own, Streams(1, replication), YEAR, chance_only)


def outages(own: Parameters) -> tuple[Outages, Journal]:
    journal = Journal(YEAR.days)
    return Outages(plan(own), Streams(1, 1), YEAR, journal), journal


def on(journal: Journal, name: str, day: date = TUESDAY) -> int:
    return int(journal[name][YEAR.index(day)])


def test_a_lost_plant_works_what_is_left_of_its_hours() -> None:
    # Tuesday 10:00 to Thursday 10:00, of days from 8:00 to 18:00: two hours of ten, none, eight
    hours = OpeningHours(plan(parameters(hit("plant", 48), **TEN_HOURS)), YEAR)
    first = YEAR.index(TUESDAY)
    assert hours.working[first - 1 : first + 4].tolist() == pytest.approx([1, 0.2, 0, 0.8, 1])
    assert [hours.stopped["production"][first + day] for day in range(3)] == [False, True, False]
    assert not hours.dispatches(first + 1)
    assert not any(hours.stopped["data"]), "data are the card system's, which goes on"


def test_of_losses_at_once_the_worst_counts() -> None:
    both = hit("plant", 24 * 3, lost=0.5), hit("plant", 8, lost=0.75)
    hours = OpeningHours(plan(parameters(*both, **TEN_HOURS)), YEAR)
    assert hours.working[YEAR.index(TUESDAY)] == pytest.approx((2 * 1 + 8 * 0.25) / 10)
    assert hours.working[YEAR.index(TUESDAY) + 1] == pytest.approx(0.5)


def test_all_systems_are_down_at_once_and_one_alone_leaves_the_others() -> None:
    _, journal = outages(parameters(hit("systems", 12)))
    lost = {name: on(journal, f"outage_minutes_{name}") for name in SYSTEMS}
    assert lost == {"card_management": 600, "jpki_counter": 600, "jpki_verifier": 720}
    _, journal = outages(parameters(hit("jpki_verifier", 12)))
    assert [on(journal, f"outage_minutes_{name}") for name in SYSTEMS] == [0, 0, 720]


def test_a_slow_system_loses_its_share_and_no_availability() -> None:
    found, journal = outages(parameters(hit("jpki_counter", 4, lost=0.25)))
    assert on(journal, "outage_minutes_jpki_counter") == 0
    assert found.working_share(["jpki_counter"], VISITS)[YEAR.index(TUESDAY)] == pytest.approx(1 - 0.25 * 4 / 10)


def test_availability_as_computed_knows_them_too() -> None:
    own = parameters(hit("systems", 36))
    _, journal = outages(own)
    for name in SYSTEMS:
        assert Timetable(name, own, YEAR).known.sum() == journal[f"outage_minutes_{name}"].sum() > 0


def test_a_range_of_hours_is_drawn_anew_by_every_replication_and_its_middle_by_chance_alone() -> None:
    own = parameters(hit("plant", {"value": 672, "low": 336, "high": 1344}))

    def days(replication: int, chance_only: bool = False) -> float:
        drawn = plan(own, replication, chance_only).drawn
        (span,) = spans(own.disruptions.events, "plant", YEAR, drawn)
        return (span.end - span.start) / 1440

    found = [days(replication) for replication in range(1, 65)]
    assert 14 <= min(found) < 20 and 45 < max(found) <= 56
    assert np.mean(found) == pytest.approx((14 + 28 + 56) / 3, abs=1)
    assert days(5, chance_only=True) == 28


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (hit("systems", {"value": 12, "low": 4, "high": 24}), "hours of systems must be a number, not a range"),
        (hit("plant", [{"from": TUESDAY, "value": 3}]), "hours must be a number or a range, without dates"),
        (hit("plant", 0), "must be more than 0"),
        (hit("plant", 24, lost=0), "greater than 0"),
        (hit("plants", 24), "plant"),
        ({**hit("plant", 24), "day": date(2020, 1, 1)}, "outside the run"),
    ],
)
def test_what_cannot_be_meant_is_refused(event: dict[str, object], told: str) -> None:
    with pytest.raises(UserError) as refused:
        parameters(event)
    assert told in str(refused.value) and "disruptions.events" in str(refused.value)


def test_a_law_moves_holidays_for_all() -> None:
    # Tuesday 2 June becomes one, Tuesday 5 May none: 540 minutes of service on a holiday, 690 on a weekday
    moved = parameters(**{"disruptions.holidays": [TUESDAY], "disruptions.workdays": [date(2026, 5, 5)]})
    calendar = moved.calendar()
    assert calendar.holiday[calendar.index(TUESDAY)] and not calendar.holiday[calendar.index(date(2026, 5, 5))]
    assert calendar.holiday.sum() == parameters().calendar().holiday.sum()
    journal = Journal(calendar.days)
    Outages(Plan(moved, Streams(1, 1), calendar), Streams(1, 1), calendar, journal)
    served = journal["service_minutes_jpki_counter"]
    assert [int(served[calendar.index(day)]) for day in (TUESDAY, date(2026, 5, 5))] == [540, 690]


@pytest.mark.parametrize(
    ("path", "day", "told"),
    [
        ("disruptions.holidays", date(2026, 5, 5), "2026-05-05 is a national holiday already"),
        ("disruptions.workdays", TUESDAY, "2026-06-02 is no national holiday"),
        ("disruptions.holidays", date(2020, 6, 2), "outside the run"),
    ],
)
def test_holidays_that_change_nothing_are_refused(path: str, day: date, told: str) -> None:
    with pytest.raises(UserError) as refused:
        parameters(**{path: [day]})
    assert told in str(refused.value)


def test_a_planner_reads_them_in_words() -> None:
    event, practice = hit("plant", {"value": 672, "low": 336, "high": 1344}, lost=0.5), drill()
    english, japanese = (
        [values.text(catalogue.load(lang), written(entry)) for entry in (event, practice)] for lang in ("en", "ja")
    )
    assert english == [
        "the plant: 50 % lost, 2026-06-02 from 10:00 for 336 to 1,344 h",
        "JPKI for counters: Sun no. 3 of months 4, 10, from 16:00 for 3 h",
    ]
    assert japanese[0] == "工場の50%を喪失、2026年6月2日 10:00から336～1,344時間"
    assert japanese[1].startswith("公的個人認証(窓口向け)、4")


def drill(**more: object) -> dict[str, object]:
    usual = {"system": "jpki_counter", "months": [4, 10], "nth": 3, "weekday": "sun", "from": "16:00", "hours": 3}
    return usual | more


def test_drills_are_planned_maintenance_of_every_year() -> None:
    # third Sundays of April and October 2026: the 19th and the 18th; weekends are served to 17:30
    _, journal = outages(parameters(**{"systems.drills": [drill()]}))
    planned = np.flatnonzero(journal["planned_minutes_jpki_counter"])
    assert [YEAR.first + timedelta(int(day)) for day in planned] == [date(2026, 4, 19), date(2026, 10, 18)]
    assert journal["planned_minutes_jpki_counter"][planned].tolist() == [90, 90]
    assert journal["outage_minutes_jpki_counter"].sum() == 0
    assert on(journal, "service_minutes_jpki_counter", date(2026, 4, 19)) == 540 - 90
    assert journal["planned_minutes_card_management"].sum() == 0


def test_drills_as_they_were_counted_take_their_minutes_inside_service_hours() -> None:
    # a year: 12 recovery drills of 16:00 to 19:00, to 17:30 inside, and 2 or 4 emergency drills of three hours
    year = load("plan-period+drills").with_values({"start": YEAR.first, "end": date(2027, 3, 31)})
    _, journal = outages(year.parameters)
    for system, minutes in (("card_management", 12 * 90 + 2 * 180), ("jpki_counter", 12 * 90 + 4 * 180)):
        planned = journal[f"planned_minutes_{system}"]
        assert planned.sum() == minutes
        assert np.array_equal(journal[f"timetable_minutes_{system}"], journal[f"service_minutes_{system}"] + planned)
    assert journal["planned_minutes_jpki_verifier"].sum() == 0


def test_a_month_without_a_fifth_sunday_has_no_drill_on_it() -> None:
    _, journal = outages(parameters(**{"systems.drills": [drill(months=list(range(1, 13)), nth=5)]}))
    days = [YEAR.first + timedelta(int(day)) for day in np.flatnonzero(journal["planned_minutes_jpki_counter"])]
    assert [day.month for day in days] == [5, 8, 11, 1]


def test_drills_leave_the_minutes_that_a_breakdown_can_take() -> None:
    with_drill, without = (parameters(**{"systems.drills": drills}) for drills in ([drill()], []))
    served = [Timetable("jpki_counter", own, YEAR).minutes(slice(0, YEAR.days)) for own in (with_drill, without)]
    assert served[1] - served[0] == 180
