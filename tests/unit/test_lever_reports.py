"""What a value is said to move, to mean and to be bounded by."""

import pytest

from reports.lever_search import search
from reports.levers import levers, lines, moved
from scenarios.files.load import load
from scenarios.resources import RESOURCES

BASELINE = load("baseline-fy2025")
FOUND = {lang: levers(BASELINE, lang) for lang in ("en", "ja")}


@pytest.mark.parametrize("path", RESOURCES)
def test_what_a_resource_helps_to_meet_is_among_what_it_moves(path):
    helps = {target.partition("/")[0] for target in RESOURCES[path].targets}
    assert helps <= {target for part in moved(path, BASELINE.parameters) for target in part}


EVERY = (
    *("issue-14-days", "express-7-days", "dispatch-4.8m", "intake-160k", "notices-3-months"),
    *("calls-95", "helpdesk-95", "renewed-in-time", "counters-no-errors", "availability-99.9"),
)
"""All targets in the order of the work: cards, calls, counters, systems."""
COUNTERS = "renewed-in-time", "counters-no-errors"


@pytest.mark.parametrize(
    ("path", "first", "then"),
    [
        ("contact.helpdesk.seats", ("helpdesk-95",), ()),
        ("contact.resident.seats", ("calls-95",), ()),
        ("contact.cross_trained_share", ("calls-95", "helpdesk-95"), ()),
        ("counters.slots_per_day", COUNTERS, ("calls-95", "helpdesk-95")),
        ("systems.jpki_verifier.repair_hours", ("availability-99.9",), ()),
        ("systems.jpki_counter.repair_hours", ("helpdesk-95", *COUNTERS, "availability-99.9"), ("calls-95",)),
        ("systems.validation.repair_hours", ("availability-99.9",), ()),
        ("systems.jpki_load_slope", (*COUNTERS, "availability-99.9"), ("calls-95", "helpdesk-95")),
        ("targets.availability", ("availability-99.9",), ()),
        ("targets.answered_share", ("calls-95", "helpdesk-95"), ()),
        ("targets.express_share", ("express-7-days",), ()),
        ("start", EVERY, ()),
    ],
)
def test_targets_of_the_part_that_reads_a_value_come_first(path, first, then):
    assert moved(path, BASELINE.parameters) == (first, then)


def test_agents_that_are_lent_move_the_other_centre_too():
    lending = BASELINE.with_values({"contact.cross_trained_share": 0.1}).parameters
    assert moved("contact.resident.seats", lending) == (("calls-95",), ("helpdesk-95",))


def test_where_load_breaks_systems_what_brings_load_moves_availability():
    broken = BASELINE.with_values({"systems.jpki_load_slope": 50}).parameters
    demand, seats = "demand.first_time_per_year", "contact.resident.seats"
    asked = ((demand, broken), (demand, BASELINE.parameters), (seats, broken))
    assert ["availability-99.9" in moved(path, own)[1] for path, own in asked] == [True, False, False]


def test_alike_values_of_two_centres_are_told_apart():
    for found in FOUND.values():
        means = {lever.path: lever.meaning for lever in found}
        for name in ("seats", "handle_minutes", "hours"):
            assert means[f"contact.resident.{name}"] != means[f"contact.helpdesk.{name}"]
        assert means["systems.jpki_counter.hours"] != means["systems.jpki_verifier.hours"]


def test_lines_tell_value_unit_and_bounds():
    (lever,) = [lever for lever in FOUND["ja"] if lever.path == "contact.resident.seats"]
    assert lines([lever], "ja") == [
        "contact.resident.seats   契約席数（住民向けコールセンター）",
        "    142 (60～240) 席、入力できる範囲 0～100,000",
        "    動かす目標: コールセンターの応答率",
    ]
    (policy,) = [lever for lever in FOUND["en"] if lever.path == "contact.resident.seats_policy"]
    assert lines([policy], "en")[1] == "    fixed"


@pytest.mark.parametrize("lang", FOUND)
def test_every_value_is_found_by_its_path_and_by_its_own_meaning(lang):
    for lever in FOUND[lang]:
        found = search(lever.path, FOUND[lang])
        assert found[0] == lever and (len(found) == 1 or "." not in lever.path)
    for lever in FOUND[lang][:40]:
        core = lever.meaning.partition("（")[0].partition(" (")[0]
        assert lever in search(core, FOUND[lang]), lever.path


@pytest.mark.parametrize("word", ["", "   ", "　"])
def test_no_word_means_all(word):
    assert search(word, FOUND["en"]) == FOUND["en"]


@pytest.mark.parametrize("word", ["\x00", "x" * 100_000, "[", "(((", "🙂", "." * 1000, "%s{}"])
def test_no_word_breaks_the_search(word):
    assert isinstance(search(word, FOUND["en"]), list)
