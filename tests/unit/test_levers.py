"""Finding a parameter by the word that a planner has for it."""

import pytest

from scenarios.files.changes import flat
from scenarios.files.levers import meant, named, table_named
from scenarios.files.load import load
from scenarios.files.tree import field_at, tables, values


def test_every_value_of_a_file_can_be_found():
    assert set(values()) == set(flat(load("baseline-fy2025").parameters))
    for path in values():
        assert named(path)[0] == path
        assert named(path.rpartition(".")[2])


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("seats", "contact.resident.seats"),
        ("SEATS", "contact.resident.seats"),
        ("ｓｅａｔｓ", "contact.resident.seats"),
        ("contact.seats", "contact.resident.seats"),
        ("helpdesk.seats", "contact.helpdesk.seats"),
        ("席数", "contact.resident.seats"),
        ("agents", "contact.resident.seats"),
        ("seets", "contact.resident.seats"),
        ("cards_per_dya", "plant.cards_per_day"),
        ("lines", "plant.lines"),
        ("overtime", "plant.overtime_hours"),
        ("handle time", "contact.resident.handle_minutes"),
        ("不備", "plant.returned_share"),
        ("callcenter", "contact.cross_trained_share"),
    ],
)
def test_a_word_finds_its_value(word, first):
    assert named(word)[0] == first


@pytest.mark.parametrize("word", ["", " ", "zzz", "...", "[", "\0"])
def test_what_names_nothing_finds_nothing(word):
    assert named(word) == []


@pytest.mark.parametrize(
    ("word", "table"),
    [
        ("callcenter", "contact"),
        ("Call Center", "contact"),
        ("call_centre", "contact"),
        ("コールセンター", "contact"),
        ("resident", "contact.resident"),
        ("plnat", "plant"),
        ("工場", "plant"),
        ("channels", "demand.channels"),
        ("nothing-like-it", None),
        ("", None),
    ],
)
def test_a_word_finds_its_table(word, table):
    assert table_named(word) == table


def test_tables_and_values_do_not_mix():
    assert not set(tables()) & set(values())
    assert field_at("plant.lines").description and field_at("plant.nothing") is None


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("plant.cards_per_dya", "plant.cards_per_day"),
        ("plant.seats", "contact.resident.seats"),
        ("helpdesk.seats", "contact.helpdesk.seats"),
        ("seats", "contact.resident.seats"),
        ("callcenter.seats", "contact.resident.seats"),
        ("コールセンター.席数", "contact.resident.seats"),
        ("callcenter", "contact"),
        ("plan.lines", "plant.lines"),
        ("contact.helpdesk.seat", "contact.helpdesk.seats"),
        ("demand.不備", "plant.returned_share"),
        ("plant.x0", None),
        ("a.b.c", None),
        ("x", None),
        ("", None),
        ("a." * 5000, None),
    ],
)
def test_a_wrong_path_means_a_right_one(wrong, right):
    assert meant(wrong) == right
