"""What can be bought: levels by date, with what is not known of them; months, floors and runs of years in a sizing."""

from datetime import date

import numpy as np
import pytest

from scenarios.errors import UserError
from scenarios.files.load import load
from scenarios.resources import RESOURCES, level, raised, resource, rounded, with_levels
from scenarios.size.bounds import bounded
from scenarios.size.mixes import of_one
from scenarios.size.plan import Claim, Found, Level, towards
from scenarios.size.problem import judged, part_of_target
from scenarios.size.scales import Scale, equipped, levels, periods
from sim.calendar import Calendar
from sim.parameters import quantities
from sim.parts import PARTS
from sim.targets import Statistic

SEATS, SLOTS = "contact.resident.seats", "counters.slots_per_day"
PLAN = load("plan-period")
APRIL, JULY = date(2027, 4, 1), date(2027, 7, 1)


def test_every_resource_is_a_parameter_and_helps_targets_that_can_be_sized() -> None:
    known = quantities(PLAN.parameters)
    for path, one in RESOURCES.items():
        assert path in known or path == "plant.lines"
        assert all(part_of_target(target) in PARTS for target in one.targets)
        assert level(PLAN, path, APRIL) >= 0


def test_levels_hold_from_their_dates_and_before_the_first_all_is_as_it_was() -> None:
    changed = quantities(with_levels(PLAN, {SEATS: {APRIL: 150, JULY: 130}}).parameters)[SEATS]
    days = (PLAN.parameters.first_simulated_day, date(2027, 3, 31), APRIL, date(2027, 6, 30), JULY, date(2030, 1, 1))
    assert [changed.at(day) for day in days] == [142, 142, 150, 150, 130, 130]


def test_what_is_not_known_of_a_capacity_stays_as_uncertain_in_proportion() -> None:
    before, after = (
        quantities(each.parameters)[SLOTS] for each in (PLAN, with_levels(PLAN, {SLOTS: {APRIL: 330_000}}))
    )
    for u in (0.0, 0.3, 1.0):
        assert after.at(APRIL, u) == pytest.approx(2 * before.at(APRIL, u))
        assert after.at(date(2027, 3, 31), u) == before.at(date(2027, 3, 31), u)


def test_seats_that_are_bought_follow_no_policy() -> None:
    bought = with_levels(load("plan-period+seats-policy"), {SEATS: {APRIL: 150}})
    assert bought.parameters.contact.resident.seats_policy == "fixed"


def test_a_line_brings_its_share_of_the_production() -> None:
    more = raised(PLAN, "plant.lines", 1).parameters
    assert more.plant.lines == 9
    assert more.plant.cards_per_day.at(APRIL) == pytest.approx(160_000 * 9 / 8)


def test_a_unit_more_is_added_at_every_date_of_a_stepped_level() -> None:
    stepped = PLAN.with_values({SEATS: [{"from": date(2026, 4, 1), "value": 100}, {"from": APRIL, "value": 90}]})
    more = quantities(raised(stepped, SEATS, 1).parameters)[SEATS]
    assert [more.at(day) for day in (date(2026, 5, 1), APRIL)] == [101, 91]
    assert rounded("plant.cards_per_day", 41_200.5) == 42_000 and rounded(SEATS, 3.2, up=False) == 3


def test_an_unknown_resource_is_told_with_the_nearest() -> None:
    with pytest.raises(UserError, match=r"did you mean counters\.slots_per_day"):
        resource("counters.certificate_per_day")


def test_bounds_are_around_todays_level_or_as_written() -> None:
    around, written = bounded(PLAN, [SEATS, "plant.cards_per_day=140000:200000:20000"])
    assert (around.low, around.high, around.step) == (35, 426, 1)
    assert (written.low, written.high, written.step) == (140_000, 200_000, 20_000)
    (weekends,) = bounded(PLAN, ["plant.weekend_days_per_month"])
    assert (weekends.low, weekends.high) == (0, 10)


# months and years -----------------------------------------------------------------------------------------------------


def test_a_year_is_spread_over_its_months_by_their_shape() -> None:
    months = periods(date(2027, 4, 1), date(2027, 6, 30))["FY2027"]
    scale = Scale(SEATS, "FY2027", 100, 1, 50, months, (0.8, 1.1, 1.1))
    assert scale.by_month(10) == {months[0]: 88, months[1]: 121, months[2]: 121}
    assert scale.rung(109.2) == 10 and scale.rung(1000) == 50 and scale.rung(1) == 0
    bought = equipped(PLAN, {SEATS: {"FY2027": scale}}, {SEATS: {"FY2027": 10}})
    assert [step.from_ for step in quantities(bought.parameters)[SEATS].steps[-2:]] == [months[0], months[1]]
    assert levels({SEATS: {"FY2027": scale}}, {SEATS: {"FY2027": 10}})[SEATS][months[2]] == 121


def test_fiscal_years_of_a_run_and_their_days() -> None:
    start, end = date(2027, 3, 1), date(2028, 4, 30)
    assert [len(months) for months in periods(start, end).values()] == [1, 12, 1]
    assert Calendar(start, end).years() == {"FY2026": slice(0, 31), "FY2027": slice(31, 397), "FY2028": slice(397, 427)}


@pytest.mark.parametrize(("floor", "held"), [(None, True), (0.9, True), (0.93, False)])
def test_a_monthly_floor_is_asked_beside_the_year(
    monkeypatch: pytest.MonkeyPatch, floor: float | None, held: bool
) -> None:
    said = [
        Statistic("calls-95", None, "FY2027", "answered_share", 0.96, 0.95, True, "seats_resident"),
        Statistic("calls-95", None, "2027-04", "answered_share", 0.92, 0.95, False, "seats_resident"),
        Statistic("calls-95", None, "2027-05", "answered_share", 0.99, 0.95, True, "seats_resident"),
        Statistic("helpdesk-95", None, "FY2027", "answered_share", 0.5, 0.95, False, "seats_helpdesk"),
        Statistic("calls-95", None, "all", "answered_share", 0.5, 0.95, False, "seats_resident"),
    ]
    monkeypatch.setattr("scenarios.size.problem.statistics", lambda *_: said)
    found = judged(None, PLAN.parameters, ("calls-95",), floor)  # type: ignore[arg-type]
    assert list(found) == ["FY2027"]
    assert found["FY2027"].together is held
    assert found["FY2027"].short_of == (None if held else "seats_resident")


def test_all_years_at_once_are_one_claim() -> None:
    """Each year alone would be given up in other replications; together, the same are."""
    rng = np.random.default_rng(3)
    keys = [(SEATS, year) for year in ("FY2027", "FY2028")]
    needs = {key: rng.permutation(100) + 1 for key in keys}
    mixes = {key: of_one(Scale(SEATS, key[1], 0, 1, 200, (APRIL,), (1.0,))) for key in keys}
    costs = {key: np.arange(201.0) for key in keys}
    nothing = {key: np.zeros(100) for key in keys}

    def bought(own: list[tuple[str, str]]) -> Level:
        chosen = [{key: each[key] for key in own} for each in (mixes, costs, needs, nothing)]
        direction = towards(*chosen, 0.9)  # type: ignore[arg-type]
        found = Found({key: needs[key] for key in own}, dict.fromkeys(own, 0))
        claim = Claim(tuple(year for _, year in own), direction, found)
        return claim.level(0.8)

    apart = {key: bought([key]).steps[key] for key in keys}
    assert set(apart.values()) == {87}, "the binomial bound asks for 87 of 100"
    at_once = bought(keys)
    held = np.all([needs[key] <= at_once.steps[key] for key in keys], axis=0)
    assert held.sum() >= 87 > np.all([needs[key] <= apart[key] for key in keys], axis=0).sum()
    assert at_once.shown and at_once.reached
