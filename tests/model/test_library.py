"""Every shipped scenario loads and runs; those that tell a story tell it."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest
from no_run_in import without_run_in
from pydantic import BaseModel

from scenarios.files.load import Scenario, library, load
from sim.calendar import Calendar
from sim.facts import CAUSES
from sim.parameters import Parameters
from sim.people.history import CardHistory
from sim.replication import replicate
from sim.result import LEDGER_COLUMNS
from sim.schedule import Quantity
from sim.targets import Statistic, statistics

PLAN = load("plan-period")
PARTS = (
    "ai-answers",
    "appointments",
    "blanks-late",
    "call-back-offer",
    "central-setting",
    "cross-trained",
    "drills",
    "early-window",
    "earthquake",
    "helpdesk-storm",
    "jpki-slowdown",
    "konbini-pins",
    "late-next-card",
    "load-breaks",
    "march-peak",
    "more-slots",
    "next-card-5-year-certificates",
    "next-card-rush",
    "notice-bursts",
    "notice-printing",
    "notices-even",
    "overseas",
    "overtime",
    "plant-outage",
    "post-offices-1000",
    "residence-card",
    "roman-letters",
    "roman-letters-low",
    "roman-letters-middle",
    "seat-cut",
    "seats-policy",
    "site-loss",
    "site-risk",
    "smartphone-wave",
    "validation-loss",
)


def decided(
    scenario: Scenario, history: CardHistory, run_in: bool = False
) -> tuple[dict[tuple[str, str], Statistic], dict[str, np.ndarray]]:
    parameters = scenario.parameters if run_in else without_run_in(scenario.parameters)
    result = replicate(parameters, history, 1, 1, chance_only=True)
    told = statistics(result, scenario.parameters)
    return {(s.target, s.period): s for s in told if s.decides}, result.facts


STORIES = ("surge", "intake-160k")
"""Scenarios that a test of their own runs to the end."""


@pytest.mark.parametrize("name", [name for name in library() if name not in (*PARTS, *STORIES)])
def test_every_scenario_runs(name: str, history: CardHistory) -> None:
    scenario = load(name)
    assert scenario.title and scenario.why
    known = [window.to for window in scenario.parameters.demand.actual]
    end = min(scenario.parameters.end, max([scenario.parameters.start + timedelta(days=40), *known]))
    told, facts = decided(scenario.with_values({"end": end}), history, run_in=True)
    assert facts["applications"].sum() > 0
    assert told["issue-14-days", "all"].value is not None


def changes(joined: object, usual: object, path: str = "") -> Iterator[tuple[str, date | None]]:
    """Paths at which two scenarios differ, with the first day on which they do where it is dated."""
    if isinstance(joined, Quantity) and isinstance(usual, Quantity):
        days = sorted({step.from_ for each in (joined, usual) for step in each.steps if step.from_})
        if len(joined.steps) == 1 and joined != usual:
            yield path, None
        else:
            later = [day for day in days if day >= PLAN.parameters.start]
            yield from ((path, day) for day in later if in_force(joined, day) != in_force(usual, day))
    elif isinstance(joined, BaseModel) and type(joined) is type(usual):
        for name in type(joined).model_fields:
            yield from changes(getattr(joined, name), getattr(usual, name), f"{path}.{name}".lstrip("."))
    elif isinstance(joined, tuple) and joined != usual:
        new = [entry for entry in joined if entry not in usual] if isinstance(usual, tuple) else []
        yield from ((path, getattr(entry, "day", getattr(entry, "from_", None))) for entry in new)
    elif joined != usual:
        yield path, None


def in_force(quantity: Quantity, day: date) -> tuple[float, float, float]:
    """Value and bounds of a day."""
    step = [step for step in quantity.steps if step.from_ is None or step.from_ <= day][-1]
    return (step.value, *step.bounds)


def around_its_days(joined: Parameters) -> dict[str, object]:
    """Some weeks around the first day on which a part changes something; those of the next card around its start."""
    found = list(changes(joined, PLAN.parameters))
    if any(path.startswith("next_card.") for path, _ in found):
        first = min(joined.next_card.start, PLAN.parameters.next_card.start)
        return around(first, first) | {"next_card.delay_months": 0}
    first = min((day for _, day in found if isinstance(day, date)), default=PLAN.parameters.start)
    events = (
        *joined.systems.events,
        *joined.disruptions.events,
        *joined.plant.stops,
        *joined.plant.blanks_delivered,
    )
    return around(first, max((getattr(event, "to", None) or event.day for event in events), default=first))


def around(first: date, last: date) -> dict[str, object]:
    start = max((first - timedelta(days=7)).replace(day=1), PLAN.parameters.start)
    return {"start": start, "end": last + timedelta(days=31)}


@pytest.mark.parametrize(
    ("part", "first"),
    [
        ("central-setting", date(2028, 4, 1)),
        ("ai-answers", date(2027, 4, 1)),
        ("site-loss", date(2027, 6, 14)),
        ("next-card-rush", date(2028, 4, 1)),
        ("roman-letters", date(2026, 5, 26)),
        ("overtime", date(2026, 4, 1)),
    ],
)
def test_parts_run_around_the_first_day_on_which_they_change_something(part: str, first: date) -> None:
    days = around_its_days(load(f"plan-period+{part}").parameters)
    assert isinstance(days["start"], date) and isinstance(days["end"], date)
    assert (
        max(first - timedelta(days=62), PLAN.parameters.start)
        <= days["start"]
        <= first
        < days["end"] - timedelta(days=30)
    )


@pytest.mark.parametrize("part", PARTS)
def test_every_part_joins_a_scenario_and_runs(part: str, history: CardHistory) -> None:
    joined = load(f"plan-period+{part}")
    assert joined.parameters != load("plan-period").parameters
    assert joined.base == "plan-period"
    told, facts = decided(joined.with_values(around_its_days(joined.parameters)), history)
    assert facts["applications"].sum() > 0
    assert told["renewed-in-time", "all"].value is not None


def test_the_surge_breaks_14_days_piles_up_and_clears_under_the_cap(history: CardHistory) -> None:
    scenario = load("surge")
    told, facts = decided(scenario, history, run_in=True)
    assert told["issue-14-days", "2027-02"].met is False
    assert told["issue-14-days", "2027-06"].met is True
    assert facts["applications"].max() == pytest.approx(1_190_000, rel=0.05)
    assert facts["late_inside"].max() > 1_000_000
    assert facts["late_inside"][-90:].max() == 0
    calendar = Calendar(scenario.parameters.start, scenario.parameters.end)
    sent = facts["dispatched_standard"] + facts["dispatched_express"]
    assert max(sent[calendar.month == month].sum() for month in np.unique(calendar.month)) <= 4_800_000


def test_the_promised_intake_is_tested_and_without_weekends_it_breaks(history: CardHistory) -> None:
    scenario = load("intake-160k")
    told, facts = decided(scenario, history, run_in=True)
    stress = slice(
        (date(2027, 6, 1) - scenario.parameters.start).days, (date(2027, 8, 30) - scenario.parameters.start).days
    )
    assert set(facts["applications"][stress].tolist()) == {160_000}
    assert told["intake-160k", "all"].met is True
    no_weekends = scenario.with_values({"plant.weekend_start_backlog": 1e9})
    broken, _ = decided(no_weekends, history)
    intake = broken["intake-160k", "all"]
    assert intake.met is False and intake.value is not None and 0 < intake.value < 90


def test_a_stopped_plant_makes_nothing_and_the_ledger_says_outage(history: CardHistory) -> None:
    scenario = load("plan-period+plant-outage").with_values({"start": date(2030, 4, 1), "end": date(2030, 12, 31)})
    result = replicate(without_run_in(scenario.parameters), history, 1, 1, chance_only=True)
    stop = slice((date(2030, 11, 4) - date(2030, 4, 1)).days, (date(2030, 11, 18) - date(2030, 4, 1)).days)
    assert result.facts["done_production"][stop].sum() == 0
    assert result.facts["dispatched_standard"][stop].sum() == 0
    ledger = {name: result.ledger[:, place] for place, name in enumerate(LEDGER_COLUMNS)}
    of_late_cards = (ledger["cause"] == CAUSES.index("outage")) & (ledger["late"] == 1)
    assert ledger["card_days"][of_late_cards].sum() > 0


def test_a_late_next_card_keeps_the_short_window_for_longer(history: CardHistory) -> None:
    early, late = (load(name) for name in ("plan-period", "plan-period+late-next-card"))
    year = {"start": date(2028, 4, 1), "end": date(2029, 3, 31)}
    renewals = [
        decided(scenario.with_values(year), history)[1]["applications_renewal"].sum() for scenario in (early, late)
    ]
    assert renewals[0] > renewals[1]


def test_the_seat_cut_takes_a_quarter_of_the_seats_there_are() -> None:
    base, cut = (load(name).parameters.contact for name in ("plan-period", "plan-period+seat-cut"))
    for before, after in ((base.resident, cut.resident), (base.helpdesk, cut.helpdesk)):
        assert after.seats == before.seats
        assert after.seats_index.at(date(2027, 3, 31)) == before.seats_index.at(date(2027, 3, 31)) == 100
        assert after.seats_index.at(date(2027, 4, 1)) == 75


def test_the_storm_loses_calls_at_the_help_desk_on_its_day(history: CardHistory) -> None:
    year = {"start": date(2027, 1, 1), "end": date(2027, 4, 30)}
    calm, storm = (
        decided(load(name).with_values(year), history)[1] for name in ("plan-period", "plan-period+helpdesk-storm")
    )
    day = (date(2027, 3, 29) - year["start"]).days
    assert storm["outage_minutes_jpki_counter"][day] == 180
    assert storm["helpdesk_offered"][day] > 1.3 * calm["helpdesk_offered"][day]
    lost = [facts["helpdesk_offered"][day] - facts["helpdesk_answered"][day] for facts in (calm, storm)]
    assert lost[1] > lost[0] + 50
    assert storm["transactions"][day] < 0.9 * calm["transactions"][day]


def test_the_march_peak_moves_visits_and_calls_into_march_and_april(history: CardHistory) -> None:
    year = {"start": date(2026, 4, 1), "end": date(2027, 3, 31)}
    usual, peak = (
        decided(load(name).with_values(year), history)[1] for name in ("plan-period", "plan-period+march-peak")
    )
    march = slice(334, 365)
    for name in ("signing_ended", "calls_holders", "helpdesk_office"):
        assert peak[name][march].sum() > 1.25 * usual[name][march].sum(), name
        assert peak[name].sum() == pytest.approx(usual[name].sum(), rel=0.06), name


def test_fewer_notices_than_fall_due_wait_and_all_go_out(history: CardHistory) -> None:
    year = {"start": date(2026, 4, 1), "end": date(2026, 12, 31), "notices.printed_per_day": 95_000}
    told, facts = decided(load("plan-period+notice-printing").with_values(year), history)
    _, ample = decided(load("plan-period").with_values({name: year[name] for name in ("start", "end")}), history)
    assert facts["notices_due"].tolist() == ample["notices_sent"].tolist()
    assert facts["notices_sent"].max() == 95_000 < ample["notices_sent"].max()
    assert facts["notices_waiting"].max() > 95_000
    share = told["notices-3-months", "all"].value
    assert share is not None and 0 < share < 0.99
    assert facts["applications"].tolist() == ample["applications"].tolist()


def test_more_post_offices_save_waits_at_crowded_counters_and_move_no_card(history: CardHistory) -> None:
    summer = {"start": date(2027, 6, 1), "end": date(2027, 9, 30), "counters.slots_per_day": 105_000}
    usual, more = (
        decided(load(name).with_values(summer), history)[1] for name in ("plan-period", "plan-period+post-offices-1000")
    )
    assert more["post_office_slots"].sum() > 2 * usual["post_office_slots"].sum() > 0
    assert more["post_office_visits"].sum() > usual["post_office_visits"].sum() > 0
    assert more["slot_wait_days"].sum() < usual["slot_wait_days"].sum()
    assert more["helpdesk_post_offices"].sum() > usual["helpdesk_post_offices"].sum()
    for name in ("applications", "dispatched_standard", "certificates_wanted", "calls_notices"):
        assert np.array_equal(more[name], usual[name]), name


def test_the_year_of_the_plan_has_every_dated_start_of_it(history: CardHistory) -> None:
    year = load("plan-fy2026").parameters
    assert (year.start, year.end) == (date(2026, 4, 1), date(2027, 3, 31))
    starts = {
        "abroad_per_year": date(2026, 5, 1),
        "readings_share": date(2026, 5, 26),
        "residence_card_share": date(2026, 6, 14),
    }
    for name, day in starts.items():
        series = getattr(year.demand, name)
        assert series.at(day - timedelta(days=1)) == 0 < series.at(day), name
    shown = year.services.shown.attributes
    assert shown.at(date(2026, 9, 30)) == 202_000 < shown.at(date(2026, 10, 1))
    stops = [(drill.system, stop.day) for drill in year.systems.drills for stop in drill.stops(year.calendar().dates)]
    reported = [system for system, day in stops if year.start <= day <= year.end]
    assert reported.count("card_management") == 2 + 12 and reported.count("jpki_counter") == 4 + 12
    assert year.systems.drills == load("plan-period+drills").parameters.systems.drills


def test_three_cases_of_readings_bring_more_and_more_to_the_counters(history: CardHistory) -> None:
    spring = {"start": date(2026, 5, 1), "end": date(2026, 6, 30)}
    wanted, made = zip(
        *(
            [decided(load(f"plan-period+{part}").with_values(spring), history)[1][name].sum() for name in facts]
            for part in ("roman-letters-low", "roman-letters-middle", "roman-letters")
            for facts in [("readings_wanted", "applications_readings")]
        ),
        strict=True,
    )
    assert wanted[1] == pytest.approx(2 * wanted[0], rel=0.02) and wanted[2] == pytest.approx(5 * wanted[0], rel=0.02)
    assert made[0] < made[1] < made[2]
