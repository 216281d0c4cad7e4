"""Lots, stations and the dispatch desk alone, against sums done by hand."""

from datetime import date

import pytest

from scenarios.files.load import load
from sim.calendar import Calendar
from sim.plan import Plan
from sim.plant.dispatch import Desk
from sim.plant.events import Events
from sim.plant.lots import Lot, make_lots
from sim.plant.opening_hours import OpeningHours
from sim.plant.station import Breakdowns, Station
from sim.streams import Streams

MONDAY = date(2026, 6, 1)


def hours(first: date = MONDAY, last: date = date(2026, 6, 30), **values: object) -> OpeningHours:
    """Ten open hours a day, from 8 to 18."""
    settings = {"plant.opening_hour": 8, "plant.closing_hour": 18, **values}
    parameters = load("plan-period").with_values(settings).parameters
    calendar = Calendar(first, last)
    return OpeningHours(Plan(parameters, Streams(1, 1), calendar), calendar)


def lot(cards: int, receipt_day: int = 0, express: bool = False, planned_day: int = 0) -> Lot:
    return Lot(receipt_day, express, cards, planned_day)


def finished(lots: list[Lot], per_day: float, open_hours: OpeningHours, **station: object) -> list[tuple[float, int]]:
    """When each lot is finished (days), all put at the start."""
    events = Events()
    done: list[tuple[float, int]] = []

    def told(it: Lot) -> None:
        done.append((events.now, it.cards))

    one = Station(events, "production", open_hours, [per_day] * 30, told, **station)
    for each in lots:
        one.put(each)
    events.run(until=30)
    return done


def test_work_accrues_in_open_hours_and_resumes_the_next_day() -> None:
    # 1,500 cards at 1,000 a ten-hour day: the first day to 18:00, then five hours from 8:00
    assert finished([lot(1500)], 1000, hours()) == [(pytest.approx(1 + 13 / 24), 1500)]


def test_overtime_is_worked_at_the_same_pace_on_the_day_it_is_decided() -> None:
    # 2,500 cards at 1,000 a ten-hour day: 1,000, then 1,200 to 20:00, then three hours
    open_hours = hours(**{"plant.overtime_hours": 2})
    open_hours.work_overtime(1)
    assert finished([lot(2500)], 1000, open_hours) == [(pytest.approx(2 + 11 / 24), 2500)]
    assert open_hours.closing("data")[1] == open_hours.closes


def test_work_skips_the_weekend() -> None:
    # 5,500 cards: Monday to Friday 5,000, the rest on Monday (day 7) by 13:00
    assert finished([lot(5500)], 1000, hours()) == [(pytest.approx(7 + 13 / 24), 5500)]


def test_a_dated_stop_stops_the_work() -> None:
    stop = [{"from": date(2026, 6, 2), "to": date(2026, 6, 3), "station": "production"}]
    assert finished([lot(1500)], 1000, hours(**{"plant.stops": stop})) == [(pytest.approx(3 + 13 / 24), 1500)]


def test_express_goes_first_but_does_not_interrupt() -> None:
    done = finished([lot(500), lot(501), lot(100, express=True)], 1000, hours())
    assert [cards for _, cards in done] == [500, 100, 501] or [cards for _, cards in done] == [100, 500, 501]
    assert done[0][1] == 100  # all were waiting at the opening, so the express lot is the first


def test_lines_share_the_rate() -> None:
    two = finished([lot(500), lot(500)], 1000, hours(), breakdowns=[None, None])
    assert [time for time, _ in two] == [pytest.approx(18 / 24)] * 2


def test_a_breakdown_adds_its_repair() -> None:
    repairs = Breakdowns(after=[3 / 24] + [1e9] * 29, repair=[2 / 24] * 30)
    assert finished([lot(500)], 1000, hours(), breakdowns=[repairs]) == [(pytest.approx((8 + 5 + 2) / 24), 500)]


def test_a_line_breaks_down_once_a_day_after_its_worked_time() -> None:
    # three hours, two of repair, five hours to the closing; the next day again three, two, and the last two hours
    repairs = Breakdowns(after=[3 / 24] * 30, repair=[2 / 24] * 30)
    assert finished([lot(1300)], 1000, hours(), breakdowns=[repairs]) == [(pytest.approx(1 + (8 + 7) / 24), 1300)]


@pytest.mark.parametrize(("receipt", "planned"), [(0, 9), (3, 14), (4, 15), (5, 15), (6, 15)])
def test_the_plan_counts_worked_days_after_receipt(receipt: int, planned: int) -> None:
    # Monday 1 June + 7 worked days = Wednesday 10 June; Saturday and Sunday give Tuesday 16 June
    assert hours().planned_day(receipt, 7) == planned


def test_the_plan_leaves_the_year_end_closure_out() -> None:
    plan = hours(first=date(2026, 12, 21), last=date(2027, 1, 31))
    # Thursday 24 December + 3: Friday 25, Monday 28, then Monday 4 January
    assert plan.planned_day(3, 3) == 14


def test_holidays_are_worked_or_not() -> None:
    golden_week = {"first": date(2026, 4, 27), "last": date(2026, 5, 31)}
    # Tuesday 28 April + 3 worked days: 29, 30 April, 1 May; with holidays closed: 30 April, 1 and 7 May
    assert hours(**golden_week).planned_day(1, 3) == 4
    assert hours(**golden_week, **{"plant.works_holidays": False}).planned_day(1, 3) == 10


def test_lots_carry_their_returns_and_defects() -> None:
    lots = make_lots(0, False, 1200, 7, returns=510, defects=3, size=500)
    assert [(it.cards, it.returns, it.defects) for it in lots] == [(500, 500, 0), (500, 10, 3), (200, 0, 0)]


def test_a_lot_splits_into_parts_with_the_same_past() -> None:
    whole = lot(100)
    whole.late[1] = 4
    part = whole.split(30)
    assert (whole.cards, part.cards, part.late[1]) == (70, 30, 4)
    with pytest.raises(ValueError, match="cannot take 71"):
        whole.split(71)


def test_the_desk_keeps_the_plan_and_sends_express_first() -> None:
    desk = Desk([0] * 10, [1e9] * 10)
    for each in (lot(10, planned_day=2), lot(5, express=True, planned_day=3), lot(7, planned_day=1)):
        desk.put(each)
    assert [it.cards for it in desk.leave(1)] == [7]
    assert [it.cards for it in desk.leave(3)] == [5, 10]
    assert desk.cards_inside == 0


def test_the_desk_stops_at_the_cap_and_starts_anew_with_the_month() -> None:
    desk = Desk([0, 0, 1], [25.0] * 3)
    for receipt in range(3):
        desk.put(lot(10, receipt_day=receipt))
    assert [it.cards for it in desk.leave(0)] == [10, 10, 5]
    assert desk.leave(1) == []
    assert [it.cards for it in desk.leave(2)] == [5]
