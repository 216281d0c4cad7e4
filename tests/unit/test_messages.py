"""Every message that the program can make has its Japanese, with the same things filled in."""

import ast
import copy
import pickle
import string
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from reports.messages import said, translations
from scenarios.errors import Mistake, Place, UserError
from sim.message import Message

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("sim", "scenarios", "calibration", "reports", "cardflow")
JA = translations("ja")


def templates():
    """Every ``Message("...")`` of the program with the place where it stands."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "Message":
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0]


def filled(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.fixture(scope="module")
def made():
    return list(templates())


@pytest.fixture(scope="module")
def literal(made):
    return {node.value: place for place, node in made if isinstance(node, ast.Constant)}


def test_templates_are_written_out(made):
    assert not [place for place, node in made if not isinstance(node, ast.Constant)]


def test_every_message_has_its_japanese(literal):
    assert not {text: place for text, place in literal.items() if text and text not in JA}


def test_no_japanese_of_messages_that_are_gone(literal):
    assert not set(JA) - set(literal)


def test_every_message_stands_in_one_table():
    tables = tomllib.loads((ROOT / "reports" / "text" / "messages-ja.toml").read_text(encoding="utf-8"))
    found = Counter(text for table in tables.values() for text in table)
    assert not [text for text, count in found.items() if count > 1]


def test_both_fill_in_the_same():
    assert not [text for text, own in JA.items() if filled(text) != filled(own)]


def test_consoles_in_cp932_can_show_the_japanese():
    for own in JA.values():
        own.encode("cp932")


def test_a_message_is_its_english_text():
    made = Message("{count:,} of {what}", count=1200, what=["a", "b"])
    assert made == "1,200 of a, b"
    assert made.template == "{count:,} of {what}"


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda message: pickle.loads(pickle.dumps(message))])
def test_a_copy_can_still_be_translated(copied):
    mistake = Mistake(Message("; did you mean {name}?", name="x"), Place("a.toml", 3)).shown("a.toml")
    assert said(copied(mistake), "ja") == said(mistake, "ja") != mistake


def test_an_error_is_said_in_both_languages():
    error = UserError("a.toml", [Mistake(Message("; did you mean {name}?", name="x"), Place("a.toml", 3))])
    assert str(error).splitlines()[0] == "a.toml: 1 error, nothing was run"
    assert said(error.lines[0], "ja") == "a.toml: 誤りが1件あります。試算は行っていません"
    assert "3行目" in said(error.lines[1], "ja")


def test_a_count_of_one_has_its_noun_in_the_singular():
    one, many = (Message("{count} replications of {days} days", count=count, days=count) for count in (1, 21))
    assert one == "1 replication of 1 day" and many == "21 replications of 21 days"
    assert said(one, "ja") == "1日間の反復1回"


def test_braces_in_a_value_are_shown_as_they_are():
    assert said(Message("; did you mean {name}?", name="{x}"), "ja").count("{x}") == 1
