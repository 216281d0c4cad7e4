"""Small files that would stop a reader, or that no page could show: refused in words, at once."""

import os
import time
from pathlib import Path

import pytest

from reports.messages import said
from scenarios.errors import Mistake, UserError
from scenarios.files.load import load
from scenarios.files.toml_file import read_toml
from scenarios.limits import FILE_BYTES, MISTAKES, excesses, shown, unshowable
from sim.message import Message

EXTENDS = 'extends = "plan-period"\n'
CAMPAIGN = "[[demand.campaign]]\n"
TEXTS = {
    "a list as a quantity": (f"{EXTENDS}[plant]\ncards_per_day = [{'1,' * 100_000}]\n", "at most 20000 entries"),
    "a list of many entries": (f"{EXTENDS}[plant]\ncards_per_day = [{'1,' * 15_000}]\n", "dated steps"),
    "many wrong entries": (f"{EXTENDS}[demand]\ncampaign = [{'{},' * 15_000}]\n", "is missing"),
    "many tables": (EXTENDS + CAMPAIGN * 22_000, "at most 20000 entries"),
    "many dots": ("a" + ".a" * 20_000 + " = 1\n", "more than 20 parts"),
    "many dots in a header": ("[a" + ".a" * 20_000 + "]\n", "more than 20 parts"),
    "a long name": ("a" * 100_000 + " = 1\n", "name of 100000 letters"),
    "nested lists": (f"{EXTENDS}[plant]\nlines = {'[' * 10_000}\n", "nested too deep"),
    "nested tables": (f"{EXTENDS}plant = {'{ a = ' * 500}1{' }' * 500}\n", "nested too deep"),
    "digits": (f"{EXTENDS}[plant]\nlines = {'9' * 5000}\n", "more than 300 digits"),
    "digits with a point": (f"{EXTENDS}[plant]\nlines = {'9' * 5000}.5\n", "more than 300 digits"),
    "hexadecimal digits": (f"{EXTENDS}[plant]\nlines = 0x{'f' * 5000}\n", "more than 300 digits"),
    "hexadecimal digits in a list": (f"{EXTENDS}[demand]\nmonth_weights = [0x{'f' * 290}]\n", "more than 300 digits"),
    "digits as the title": (f"{EXTENDS}title = {'9' * 5000}\n", "more than 300 digits"),
    "digits as a date": (f"{EXTENDS}end = {'9' * 5000}\n", "more than 300 digits"),
    "a long title": (f'{EXTENDS}title = "{"x" * 5000}"\n', "title   has 5000 letters"),
    "a long why": (f'{EXTENDS}why = "{"x" * 100_000}"\n', "text of 100000 letters"),
    "a large file": ("#" * (FILE_BYTES + 1), "larger than 0.5 MB"),
    "many unknown fields": (EXTENDS + "[plant]\n" + "".join(f"x{n} = 1\n" for n in range(3_000)), "3000 errors"),
    "many unknown keys": (EXTENDS + "".join(f"x{n} = 1\n" for n in range(39_000)), "39000 errors"),
    "too many names": ("".join(f"x{n} = 1\n" for n in range(40_002)), "40000 names"),
    "a bell in the title": (EXTENDS + 'title = "a\\u0007"\n', "U+0007"),
    "a turn to the left in the title": (EXTENDS + 'title = "a\\u202Eb"\n', "U+202E"),
    "a turn that is kept apart in the why": (EXTENDS + 'why = "a\\u2066b"\n', "U+2066"),
    "the end of a line in the title": (EXTENDS + 'title = "a\\u2028b"\n', "U+2028"),
    "a turn to the left in a name": (EXTENDS + '"a\\u202E" = 3\n', "U+202E"),
    "no character in the title": (EXTENDS + 'title = "a\\uFFFE"\n', "U+FFFE"),
    "no character of a higher plane": (EXTENDS + 'title = "a\\U0001FFFF"\n', "U+1FFFF"),
    "a control character in the why": (EXTENDS + 'why = "a\\u0085"\n', "U+0085"),
    "a null in a name": (EXTENDS + '"a\\u0000" = 3\n', "U+0000"),
    "a control character in a list": (EXTENDS + '[contact.resident]\ncall_types = ["a", "\\u001b"]\n', "U+001B"),
    "a control character as it is": (EXTENDS + 'title = "a\x0b"\n', "not valid TOML"),
}


def refused(name, folder):
    with pytest.raises(UserError) as error:
        load(name, folder)
    for line in error.value.lines:
        for shown_line in (line, said(line, "ja")):
            assert shown_line.isprintable() and len(shown_line) < 1000
    return error.value


@pytest.mark.parametrize("name", TEXTS)
def test_what_would_stop_a_reader_is_refused_at_once(name, tmp_path):
    text, words = TEXTS[name]
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    load("plan-period")
    began = time.process_time()
    assert words in str(refused("x", tmp_path))
    assert time.process_time() - began < 4


def test_ten_thousand_spaces_after_a_bracket_are_text(tmp_path):
    (tmp_path / "x.toml").write_text(f'{EXTENDS}why = """\n[{" " * 10_000}a\n"""\n', encoding="utf-8")
    began = time.process_time()
    assert load("x", tmp_path).why.startswith("[ ")
    assert time.process_time() - began < 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
@pytest.mark.parametrize("made", [lambda path: os.mkfifo(path), lambda path: path.symlink_to("/dev/zero"), Path.mkdir])
def test_only_ordinary_files_are_read(made, tmp_path):
    made(tmp_path / "x.toml")
    (tmp_path / "y.toml").write_text('extends = "x.toml"\n', encoding="utf-8")
    for name in ("x.toml", "y.toml"):
        assert "device or a pipe" in str(error := refused(name, tmp_path)) or "is a folder" in str(error)
    with pytest.raises(UserError):
        read_toml(tmp_path / "x.toml")


@pytest.mark.parametrize(
    "name", ["/dev/zero", "/dev/stdin", "/proc/self/mem", "a\0b", "x" * 100_000, "\ud800", "\x1b[31m"]
)
def test_what_is_extended_must_be_an_ordinary_file(name, tmp_path):
    refused(name, tmp_path)
    if name.isprintable():
        (tmp_path / "x.toml").write_text(f'extends = "{name}"\n', encoding="utf-8")
        refused("x", tmp_path)


def test_some_mistakes_are_shown_and_the_others_counted():
    mistakes = [Mistake(Message("{path}   unknown field{hint}", path=f"x{n}", hint="")) for n in range(MISTAKES + 7)]
    error = UserError("x.toml", mistakes)
    assert str(error).startswith(f"x.toml: {MISTAKES + 7} errors")
    assert len(error.lines) == MISTAKES + 2
    assert error.lines[-1] == "  and 7 more" and said(error.lines[-1], "ja") == "  ほかに7件"
    assert "more" not in str(UserError("x.toml", mistakes[:MISTAKES]))


HARMLESS = [
    "Seats [/day]",
    "{{ 7*7 }}",
    "{% x %}",
    "{title}",
    "$x^2$",
    "=1+1",
    "👩‍👩‍👧",
    "Café – 𠮷野",
    "<b>",
    "%s",
]


@pytest.mark.parametrize("title", HARMLESS)
def test_a_title_can_hold_anything_that_can_be_shown(title, tmp_path):
    (tmp_path / "x.toml").write_text(f"{EXTENDS}title = '{title}'\n", encoding="utf-8")
    assert load("x", tmp_path).title == title
    assert unshowable(title) is None


def test_a_title_is_one_line(tmp_path):
    (tmp_path / "x.toml").write_text(f'{EXTENDS}title = """\n The plan\tof\n  2026 \n"""\nwhy = "a\\n\\tb\\n"\n')
    scenario = load("x", tmp_path)
    assert (scenario.title, scenario.why) == ("The plan of 2026", "a\n\tb")


@pytest.mark.parametrize(
    "value",
    [10**400, -(10**5000), "\ud800", "\ufffe", ["\x00"], {"\x00": 1}, ["x"] * 30_000, "x" * 30_000, {"x" * 300: 1}],
    ids=range(9),
)
def test_a_call_is_held_to_the_same_limits(value):
    assert list(excesses({"plant": {"lines": value}}))
    assert len(shown(value)) <= 60
    with pytest.raises(UserError) as error:
        load("plan-period").with_values({"plant.lines": value})
    assert all(said(line, "ja").isprintable() for line in error.value.lines)


def test_data_without_an_end_is_told():
    endless = []
    endless.append(endless)
    with pytest.raises(UserError, match="nested too deep"):
        load("plan-period").with_values({"plant.closures": endless})
