"""The quick estimate: flows by hand, what it says at once, and what it leaves to the simulation."""

from datetime import date

import numpy as np
import pytest

from reports import catalogue, quick
from reports.levers import levers
from reports.sliders import FIRST, sliders
from scenarios.errors import UserError
from scenarios.files.dated import read_steps, with_steps
from scenarios.files.find import LIBRARY
from scenarios.files.load import load
from scenarios.files.scenario_file import written
from scenarios.files.settings import parse_setting
from scenarios.quick.flows import after, served, while_standing
from scenarios.quick.quick import expected
from scenarios.quick.record import FIGURES

ONE_YEAR = {"end": date(2027, 3, 31)}


def ones(days, value=1.0):
    return np.full(days, value)


def test_what_follows_a_cause_adds_up_to_its_share():
    cause = np.zeros(400)
    cause[0] = 1000.0
    effects = after(cause, ones(400, 0.25), ones(400, 10.0), ones(400))
    assert effects[0] == 0 and effects[1] == pytest.approx(25) and effects.sum() == pytest.approx(250)


def test_who_stands_in_line_acts_once():
    stock = ones(400, 100.0)
    assert while_standing(stock, ones(400, 0.5), ones(400, 10.0), ones(400)).sum() == pytest.approx(50)


def test_a_line_serves_what_it_can():
    done, waiting = served(np.array([5.0, 5.0, 0.0, 0.0]), ones(4, 3.0))
    assert done.tolist() == [3, 3, 3, 1] and waiting.tolist() == [2, 4, 1, 0]


@pytest.fixture(scope="module")
def plan():
    return load("plan-period", LIBRARY).with_values(ONE_YEAR)


def test_less_of_a_resource_is_answered_worse(plan):
    usual = expected(plan.parameters)
    assert set(usual.figures) == set(FIGURES)
    assert all(value is not None for values in usual.figures.values() for value in values)
    for path, value, figure in (
        ("contact.resident.seats_index", 70, "calls_answered"),
        ("contact.helpdesk.seats_index", 70, "helpdesk_answered"),
        ("plant.cards_per_day", 20_000, "cards_in_time"),
        ("counters.slots_per_day", 75_000, "renewed_in_time"),
    ):
        worse = expected(plan.with_values({path: value}).parameters)
        assert worse.figures[figure][0] < usual.figures[figure][0] - 0.02, path


def test_more_applications_fill_the_plant_in_proportion(plan):
    usual, more = (expected(one.parameters) for one in (plan, plan.with_values({"demand.load": 1.5})))
    assert more.figures["plant_use"][0] == pytest.approx(1.5 * usual.figures["plant_use"][0], rel=0.02)


@pytest.mark.parametrize(
    "changes",
    [
        {"contact.resident.seats_policy": "last_year"},
        {"contact.resident.offer_accepted_share": 0.5},
        {"contact.resident.site_losses_per_year": 0.5},
    ],
)
def test_what_theory_cannot_say_is_left_to_the_simulation(plan, changes):
    told = expected(plan.with_values(changes).parameters)
    assert told.figures["calls_answered"] == (None,) and told.figures["cards_in_time"][0] is not None
    (row, *_) = quick.rows(catalogue.load("en"), told, told, plan.parameters)
    assert row.told == (("― needs the simulation", "", False),) and not row.own


def test_rows_tell_changes_and_what_is_short(plan):
    usual, worse = (expected(one.parameters) for one in (plan, plan.with_values({"contact.resident.seats_index": 60})))
    row = next(iter(quick.rows(catalogue.load("en"), worse, usual, plan.parameters)))
    ((value, change, short),) = row.told
    assert value.endswith("%") and change.startswith("(−") and short
    assert row.own != row.base and row.promised


@pytest.mark.parametrize(("lang", "word"), [("en", "axis"), ("ja", "縦軸")])
def test_ends_of_an_axis_are_not_told_as_values(lang, word):
    cat = catalogue.load(lang)
    assert word in cat.text("quick.ends", low="98.0%", high="100.0%").lower()
    assert word in cat.text("quick.picture", name="", low="98.0%", high="100.0%")


def test_sliders_are_numbers_that_matter_around_their_values():
    scenario = load("renewal-wave", LIBRARY)
    known = {lever.path: lever for lever in levers(scenario, "en")}
    for lang in catalogue.LANGUAGES:
        for one in sliders(scenario, lang):
            low, at, high, step = (float(text) for text in (one.low, one.at, one.high, one.step))
            assert low < at < high and step > 0 and one.meaning and one.evidence, one
            assert (known[one.path].low or 0) <= low and one.path in FIRST


def test_values_from_dates_on_are_one_line():
    steps = read_steps("a.b", [("2028-04-01", "8万"), ("", ""), ("令和9年4月1日", "{ value = 2, low = 1, high = 3 }")])
    text = written(with_steps(5, steps))
    assert text.startswith("[{ from = 2027-03-31, value = 5 }, { from = 2027-04-01, value = 2, low = 1, high = 3 }")
    assert parse_setting(f"a.b={text}")[1][-1] == {"from": date(2028, 4, 1), "value": 80000}
    earlier = [{"from": date(2020, 1, 1), "value": 1}, {"from": date(2030, 1, 1), "value": 9}]
    assert [one["value"] for one in with_steps(earlier, steps)] == [1, 2, 80000]


@pytest.mark.parametrize(("typed", "rule"), [(("soon", "1"), "date"), (("2028-04-01", ""), "needs a value")])
def test_dates_that_are_none_are_refused(typed, rule):
    with pytest.raises(UserError, match=rule):
        read_steps("plant.cards_per_day", [typed])
