"""What stands on a command line twice, or beside what it excludes, is refused."""

import shlex
from pathlib import Path

import pytest

from cardflow.cli import app
from reports import catalogue
from reports.terminal import report_line
from reports.typed import quoted
from scenarios.files.levers import meant


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("run plan-period --seed 1 --seed 1", "--seed   is given more than once: give one value"),
        ("queue --rate 1 --rate 2", "--rate   is given more than once"),
        ("mark a --pin --unpin", "--pin and --unpin   exclude each other"),
        ("beside r1 ./r1", "r1: 1 error\n  is named twice"),
        ("memo r1 r1", "is named twice"),
        ("charts r1 --page r1.md", "--page r1.md: 1 error, nothing was written\n  would have its charts in the folder"),
        (
            "validate --out v --page v.md",
            "--page v.md: 1 error, nothing was run\n  would have its charts in the folder",
        ),
        ("run plan-period --set plant.lines=9 --set plant.lines=10", "plant.lines   is set twice, to 9 and 10"),
    ],
)
def test_of_two_values_none_is_dropped(words, told, capsys):
    with pytest.raises(SystemExit) as end:
        app(words.split())
    assert end.value.code and told in capsys.readouterr().err


def test_a_misspelt_option_beside_the_right_one_is_told_alone(capsys):
    with pytest.raises(SystemExit):
        app(["run", "plan-period", "--sede", "1", "--seed", "1"])
    assert "more than once" not in capsys.readouterr().err


def test_no_name_is_held_for_another_that_is_unlike(capsys):
    with pytest.raises(SystemExit):
        app(["memo", "r1", "--out", "x"])
    assert "--out   no such option\n" in capsys.readouterr().err
    assert meant("nope") is None and meant("openin") == "opening"


def test_a_file_of_lead_times_is_told_with_what_comes_next():
    for lang in ("en", "ja"):
        assert "--lead-times x.toml" in catalogue.load(lang).text("clock.template_written", path="x.toml")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["new", "あ い"], 'cardflow check "あ い.toml"'),
        (["prices-template", "p q.toml"], '--prices "p q.toml"'),
        (["actuals-template", "p q.xlsx"], '--actuals "p q.xlsx"'),
        (["lead-times-template", "p q.toml"], '--lead-times "p q.toml"'),
    ],
)
def test_commands_to_copy_are_quoted(words, told, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        app([*words, "--lang", "en"])
    assert not end.value.code and told in capsys.readouterr().out


def test_the_command_that_draws_a_page_is_quoted():
    assert 'cardflow report "o p" does so' in report_line(catalogue.load("en"), Path("o p"), None)


@pytest.mark.parametrize(
    "word", ["実績.xlsx", "a b", "C:\\計画\\a.toml", "$HOME", 'the "best"', "it's", "", "`x`", "a;b", "ー（案）"]
)
def test_a_quoted_word_is_read_as_it_was(word):
    assert shlex.split(quoted(word)) == [word]
    assert "'" not in quoted("a b") and quoted("実績.xlsx") == "実績.xlsx"
