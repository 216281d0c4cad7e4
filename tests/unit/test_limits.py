"""Every number of a scenario has bounds that a person would set, and the schema shows them."""

from datetime import date
from math import isfinite

import pytest
from jsonschema import Draft202012Validator

from scenarios.errors import UserError
from scenarios.files.find import library
from scenarios.files.load import load
from scenarios.files.schema import scenario_schema
from scenarios.files.toml_file import read_toml
from scenarios.size.bounds import bounded
from scenarios.sweep.design import moved, uncertain
from scenarios.sweep.ranges import read_ranges
from sim.kinds import NO_LIMIT
from sim.limits import limits
from sim.parameters import quantities, with_quantity
from sim.schedule import MOST_STEPS, Quantity

SEATS = "contact.resident.seats"
SCHEMA = scenario_schema()
HEAD = {"title": "t", "why": "w", "extends": "plan-period"}


def test_every_number_has_a_least_and_a_most():
    found = limits()
    assert len(found) > 150
    assert set(quantities(load("plan-period").parameters)) <= set(found)
    assert not [path for path, limit in found.items() if not (isfinite(limit.low) and isfinite(limit.high))]


def node(path):
    """The schema of a value, references followed."""
    here = SCHEMA
    for step in path.split("."):
        here = here["properties"][step]
        if "$ref" in here:
            here = SCHEMA["$defs"][here["$ref"].rpartition("/")[2]]
    return here


def test_the_schema_shows_the_bounds_of_every_quantity():
    for path in quantities(load("plan-period").parameters):
        limit, (plain, ranged, dated) = limits()[path], node(path)["anyOf"]
        parts = {name: part for name, part in ranged["properties"].items() if name != "with"}
        for number in (plain, *parts.values(), dated["items"]["properties"]["low"]):
            assert (number["minimum"], number["maximum"]) == (limit.low, limit.high), path
        assert plain["type"] == ("integer" if limit.whole else "number"), path


def whole(name):
    """A library scenario; a part with a scenario before it."""
    data, _ = read_toml(library()[name])
    return name if {"extends", "start"} & set(data) else f"plan-period+{name}"


@pytest.mark.parametrize("name", library())
def test_what_the_library_assumes_lies_far_inside(name):
    # what nature bounds (shares, hours of a day, standard deviations) may come near; "no limit" is the bound itself
    for path, quantity in quantities(load(whole(name)).parameters).items():
        most = limits()[path].high
        if most > 400:
            assert all(10 * abs(number) <= most or number == NO_LIMIT for number in quantity.numbers()), path


NASTY = {
    "half a seat": ({SEATS: 150.5}, "must be a whole number"),
    "half a seat from April": (
        {SEATS: [{"from": date(2016, 1, 1), "value": 120}, {"from": date(2027, 4, 1), "value": 90.5}]},
        "must be a whole number",
    ),
    "half a seat at night": ({"contact.helpdesk.night_seats": 0.5}, "must be a whole number"),
    "1e8 seats": ({SEATS: 1e8}, "must be 100,000 or less"),
    "1.2e9 seats": ({"contact.helpdesk.seats": 1.2e9}, "must be 100,000 or less"),
    "seats at the high end": ({SEATS: {"value": 120, "low": 100, "high": 1e6}}, "must be 100,000 or less"),
    "calls of a holder": ({"contact.resident.calls_per_holder": 1e12}, "must be 10 or less"),
    "sixty calls of a holder": ({"contact.resident.calls_per_holder": 60}, "must be 10 or less"),
    "handle spread": ({"contact.resident.handle_spread": 7}, "must be 2 or less"),
    "handle time": ({"contact.resident.handle_minutes": 1e6}, "must be 600 or less"),
    "opening work": ({"opening.cards": 1e10}, "must be 1,000,000,000 or less"),
    "load": ({"demand.load": 1e6}, "must be 100 or less"),
    "applications received": (
        {"demand.actual": [{"from": date(2026, 4, 1), "to": date(2026, 4, 30), "applications": 10**12}]},
        "less than or equal to 1000000000",
    ),
    "applications on a day": (
        {"demand.stress": [{"from": date(2026, 4, 1), "to": date(2026, 4, 30), "applications_per_day": 10**10}]},
        "less than or equal to 1000000000",
    ),
    "a weight": ({"contact.resident.holiday": 1e300}, "less than or equal to 1000"),
    "a position": ({"holders.history_position": 1.5}, "must be 1 or less"),
    "too early": ({"holders.history_shift_days": -1000}, "must be -365 or more"),
    "many steps": (
        {SEATS: [{"from": date(2016, 1, 1), "value": 120}] * (MOST_STEPS + 1)},
        "must have at most 1,000 dated steps, not 1,001",
    ),
    "many events": (
        {"systems.events": [{"system": "jpki_counter", "day": date(2026, 5, 1), "from": "09:00", "hours": 1}] * 10_001},
        "must have at most 10000 entries, not 10001",
    ),
}


@pytest.mark.parametrize(("values", "said"), NASTY.values(), ids=NASTY)
def test_a_slip_of_the_keyboard_is_refused(values, said):
    with pytest.raises(UserError) as caught:
        load("plan-period").with_values(values)
    assert said in str(caught.value)
    (path,) = values
    assert path.partition(".")[0] in str(caught.value)


def test_the_schema_refuses_the_same():
    check = Draft202012Validator(SCHEMA)
    assert check.is_valid(HEAD | {"contact": {"resident": {"seats": 150}}})
    for seats in (150.5, 1e8, -1, {"value": 120, "low": 100, "high": 1e6}):
        assert not check.is_valid(HEAD | {"contact": {"resident": {"seats": seats}}}), seats
    assert not check.is_valid(HEAD | {"contact": {"resident": {"handle_spread": 7}}})


def test_what_the_program_works_out_may_pass_the_bounds():
    busy = load("plan-period").with_values({"demand.load": 60, SEATS: {"value": 120, "low": 100.5, "high": 150}})
    heavier = with_quantity(busy.parameters, "demand.load", 180)
    assert heavier.demand.load == Quantity.model_validate(180) and busy.parameters.demand.load.at(date.today()) == 60
    assert heavier.model_copy(update={"demand": busy.parameters.demand}) == busy.parameters
    positions = [0.31] * len(uncertain(busy))
    assert moved(busy, uncertain(busy), positions, 1).values[SEATS] == pytest.approx(119.5, abs=5)


def test_seats_are_varied_and_bought_whole():
    (varied,) = read_ranges([f"{SEATS}=100:150"], load("plan-period"))
    assert varied.at(0.333) == 117
    with pytest.raises(UserError, match=r"100\.5 must be a whole number"):
        read_ranges([f"{SEATS}=100.5:150"], load("plan-period"))
    for wrong, said in (("100:150:0.5", "must be whole numbers"), ("100:200000:100", "must be 100,000 or less")):
        with pytest.raises(UserError, match=said):
            bounded(load("plan-period"), [f"{SEATS}={wrong}"])
