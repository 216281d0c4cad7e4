"""The plant against sums done by hand: exact daily receipts, no chance."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from no_run_in import without_run_in

from scenarios.files.load import Scenario
from sim.calendar import Calendar
from sim.people.history import CardHistory
from sim.replication import replicate
from sim.result import Result
from sim.targets import statistics

Build = Callable[..., Scenario]
AMPLE = {
    "plant__checks_per_day": 1e9,
    "plant__card_system_per_day": 1e9,
    "plant__inspection_per_day": 1e9,
    "plant__dispatch_cap_per_month": 1e9,
    "plant__closures": [],
}


def stated(first: date, last: date, per_day: int) -> list[dict[str, object]]:
    return [{"from": first, "to": last, "applications_per_day": per_day}]


def replicated(scenario: Scenario, nobody: CardHistory) -> Result:
    """From the month before on, in which a plant that is to be full gets a month of work more than it can do."""
    return replicate(without_run_in(scenario.parameters, 1), nobody, seed=1, replication=1)


def facts_of(scenario: Scenario, nobody: CardHistory) -> dict[str, np.ndarray]:
    return replicated(scenario, nobody).facts


def monthly(facts: dict[str, np.ndarray], name: str, scenario: Scenario) -> dict[int, int]:
    calendar = Calendar(scenario.parameters.start, scenario.parameters.end)
    return {int(m) % 12 + 1: int(facts[name][calendar.month == m].sum()) for m in np.unique(calendar.month)}


def test_seven_days_of_160_000_on_five_worked_days_pile_up(empty_world: Build, nobody: CardHistory) -> None:
    # Receipts start on Monday 1 June 2026; work on a day's receipts starts the day after. By the end of the k-th Friday
    # (7k - 2) days were received and (5k - 1) worked: 160,000 x (2k - 1) are left.
    load = stated(date(2026, 6, 1), date(2026, 7, 31), 160_000)
    scenario = empty_world(date(2026, 6, 1), date(2026, 7, 31), **AMPLE, demand__stress=load)
    facts = facts_of(scenario, nobody)
    inside = facts["waiting_checks"] + facts["waiting_data"] + facts["waiting_production"] + facts["waiting_inspection"]
    for week in range(1, 9):
        friday = 7 * week - 3
        made = int(facts["done_production"][: friday + 1].sum())
        assert made == pytest.approx(160_000 * (5 * week - 1), abs=8 * 5000)
        assert inside[friday] == pytest.approx(160_000 * (2 * week - 1), abs=8 * 5000)


def saturated(empty_world: Build, first: date, last: date, **values: object) -> Scenario:
    load = stated(date(2026, 3, 1), last, 400_000)
    return empty_world(first, last, **AMPLE, demand__stress=load, **values)


def test_21_worked_days_make_3_360_000_cards(empty_world: Build, nobody: CardHistory) -> None:
    # May 2026 has 21 weekdays, holidays worked: 21 x 160,000
    scenario = saturated(empty_world, date(2026, 4, 1), date(2026, 5, 31))
    made = monthly(facts_of(scenario, nobody), "done_production", scenario)
    assert made[5] == pytest.approx(3_360_000, abs=8 * 5000)


def test_30_worked_days_make_4_800_000_cards(empty_world: Build, nobody: CardHistory) -> None:
    scenario = saturated(
        empty_world,
        date(2026, 6, 1),
        date(2026, 6, 30),
        plant__weekend_start_backlog=0,
        plant__weekend_stop_backlog=0,
    )
    facts = facts_of(scenario, nobody)
    assert monthly(facts, "done_production", scenario)[6] == pytest.approx(4_800_000, abs=8 * 5000)
    assert facts["weekend_worked"].sum() == 8


def test_the_first_weekend_days_of_a_month_are_worked_as_planned(empty_world: Build, nobody: CardHistory) -> None:
    # June 2026 begins on a Monday: its weekend days are 6, 7, 13, 14, 20 and so on; August begins on a Saturday.
    planned = [{"from": date(2026, 6, 1), "value": 3}, {"from": date(2026, 8, 1), "value": 2.5}]
    scenario = empty_world(date(2026, 6, 1), date(2026, 8, 31), **AMPLE, plant__weekend_days_per_month=planned)
    worked = np.flatnonzero(facts_of(scenario, nobody)["weekend_worked"])
    days = [date(2026, 6, 1) + timedelta(int(day)) for day in worked]
    assert days == [date(2026, *day) for day in [(6, 6), (6, 7), (6, 13), (7, 4), (7, 5), (7, 11), (8, 1), (8, 2)]]


def test_overtime_starts_at_one_backlog_and_stops_below_another(empty_world: Build, nobody: CardHistory) -> None:
    # 500,000 applications on Monday 1 June; with overtime, 16 hours instead of 14, 91,429 are made a day. The days
    # begin with 500,000 on Tuesday (on), 408,571, 317,143 and on Friday 225,714 (off).
    values = {
        "plant__overtime_hours": 2,
        "plant__overtime_start_backlog": 450_000,
        "plant__overtime_stop_backlog": 300_000,
        "plant__cards_per_day": 80_000,
    }
    load = stated(date(2026, 6, 1), date(2026, 6, 1), 500_000)
    scenario = empty_world(date(2026, 6, 1), date(2026, 6, 30), **AMPLE, demand__stress=load, **values)
    facts = facts_of(scenario, nobody)
    assert facts["overtime_hours"][:12].tolist() == [0, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0]
    assert facts["done_production"][1:4].sum() == pytest.approx(3 * 80_000 * 16 / 14, abs=8 * 5000)
    assert facts["capacity_production"][1:5].tolist() == [round(80_000 * 16 / 14)] * 3 + [80_000]


def test_the_months_cap_holds_what_the_plant_makes(empty_world: Build, nobody: CardHistory) -> None:
    capped = {**AMPLE, "plant__dispatch_cap_per_month": 2_000_000}
    load = stated(date(2026, 3, 1), date(2026, 5, 31), 160_000)
    scenario = empty_world(date(2026, 4, 1), date(2026, 5, 31), **capped, demand__stress=load)
    result = replicated(scenario, nobody)
    assert monthly(result.facts, "dispatched_standard", scenario) == {4: 2_000_000, 5: 2_000_000}
    told = statistics(result, scenario.parameters)
    decided = {s.period: s for s in told if s.decides and s.target == "issue-14-days"}
    assert decided["2026-04"].short_of == "cap"


def test_half_the_plant_leaves_half_of_the_work(empty_world: Build, nobody: CardHistory) -> None:
    # 112,000 a day are 784,000 a week, against five days of 80,000: 384,000 more wait after every week
    load = stated(date(2026, 6, 1), date(2026, 8, 30), 112_000)
    scenario = empty_world(
        date(2026, 6, 1), date(2026, 8, 30), **AMPLE, demand__stress=load, plant__cards_per_day=80_000
    )
    facts = facts_of(scenario, nobody)
    sundays = facts["waiting_production"][6::7] + facts["waiting_checks"][6::7]
    assert np.diff(sundays)[1:] == pytest.approx(np.full(11, 384_000), abs=8 * 5000)


def lead_times_by_receipt(result: Result) -> dict[int, int]:
    rows = result.lead_times[result.lead_times[:, 6] == 0]
    return {int(days): int(rows[rows[:, 3] == days][:, 7].sum()) for days in np.unique(rows[:, 3])}


def test_a_week_of_receipts_leaves_after_the_planned_days(empty_world: Build, nobody: CardHistory) -> None:
    # 1,000 a day from Monday 1 to Sunday 7 June, 380 of them after the cut-off. Seven worked days later: Monday,
    # Tuesday, Wednesday 9 days, Thursday and Friday 11, Saturday 10, Sunday 9; with one worked day more: 10, 10, 12,
    # 12, 12, 11, 10.
    load = stated(date(2026, 6, 1), date(2026, 6, 7), 1000)
    scenario = empty_world(date(2026, 6, 1), date(2026, 6, 30), demand__stress=load, plant__after_cutoff_share=0.38)
    counts = lead_times_by_receipt(replicated(scenario, nobody))
    assert counts == {9: 4 * 620, 11: 2 * 620 + 380, 10: 620 + 3 * 380, 12: 3 * 380}
    mean = sum(days * cards for days, cards in counts.items()) / sum(counts.values())
    assert mean == pytest.approx(0.62 * 68 / 7 + 0.38 * 77 / 7)  # 10.2, as published (JLIS-008)


def test_the_ledger_adds_up_to_the_lead_times(empty_world: Build, nobody: CardHistory) -> None:
    load = stated(date(2026, 6, 1), date(2026, 7, 31), 200_000)
    scenario = empty_world(
        date(2026, 6, 1),
        date(2026, 8, 31),
        demand__stress=load,
        plant__remake_share=0.01,
        plant__stops=[{"from": date(2026, 7, 6), "to": date(2026, 7, 8), "station": "production"}],
    )
    result = replicated(scenario, nobody)
    same_in_both(result, late_days=14)
    causes = set(result.ledger[:, 2].tolist())
    assert {0, 1, 2} <= causes  # planned steps, closed days and the outage
    assert len(causes) > 3  # and a queue
    assert {0, 1} == set(result.ledger[:, 3].tolist())  # cards in time, and late ones


def same_in_both(result: Result, late_days: int, mail_days: int = 2) -> None:
    """The ledger's card-days of a month and class are those of the lead times: of all cards, and of the late ones."""
    rows, ledger = result.lead_times, result.ledger
    charged = rows[(rows[:, 2] == 0) & ((rows[:, 6] == 0) | (rows[:, 5] == 1))]
    assert len(charged)
    for month, express in {(month, express) for month, express in charged[:, :2].tolist()}:
        cards = charged[(charged[:, 0] == month) & (charged[:, 1] == express)]
        own = ledger[(ledger[:, 0] == month) & (ledger[:, 1] == express)]
        late = cards[cards[:, 3] + (mail_days if express else 0) > (7 if express else late_days)]
        assert own[:, 5].sum() == (cards[:, 3] * cards[:, 7]).sum()
        assert own[own[:, 3] == 1, 5].sum() == (late[:, 3] * late[:, 7]).sum()


@settings(max_examples=4, deadline=None, derandomize=True)
@given(
    per_day=st.integers(0, 400_000),
    express=st.floats(0, 1),
    stop=st.integers(0, 60),
    length=st.integers(0, 20),
    late_days=st.integers(5, 20),
)
def test_whatever_happens_the_days_by_cause_add_up_to_the_lead_times(
    empty_world: Build, nobody: CardHistory, per_day: int, express: float, stop: int, length: int, late_days: int
) -> None:
    # in every replication a lot whose days do not add up to its lead time stops the run, too
    first = date(2026, 6, 1)
    begin = first + timedelta(days=stop)
    scenario = empty_world(
        first,
        date(2026, 8, 31),
        demand__campaign=stated(first, date(2026, 7, 20), per_day),
        demand__move_per_year=1_000_000,
        demand__move_express_share=express,
        express__mail_slow_share=0,
        express__mail_days=2,
        targets__issue_days=late_days,
        plant__remake_share=0.02,
        plant__dispatch_cap_per_month=4_000_000,
        plant__stops=[{"from": begin, "to": begin + timedelta(days=length), "station": "production"}],
    )
    same_in_both(replicated(scenario, nobody), late_days)
