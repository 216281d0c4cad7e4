"""What stands on a command line twice, or beside what it excludes, is refused."""

import shlex
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import comparison_sample
import memo_sample
import pytest
import sweep_sample

from cardflow.cli import app
from cardflow.language import Language
from reports import catalogue, values
from reports.faces.answered import Answered
from reports.presentations import presentation
from reports.run.next_steps import next_steps
from reports.terminal import report_line
from reports.typed import quoted
from scenarios.files.levers import meant
from scenarios.run.record import Looked, Started


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


def parsed(line: str) -> tuple[str, dict]:
    """The command that a line names, and what it is asked, as the command line itself reads it."""
    program, *words = shlex.split(line)
    assert program == "cardflow"
    group = app.group(Language.en)
    with ExitStack() as held:
        context = held.enter_context(group.make_context("cardflow", words))
        name, command, rest = group.resolve_command(context, [*context._protected_args, *context.args])
        return name, held.enter_context(command.make_context(name, rest, parent=context)).params


SWEEPS = {name: partial(sweep_sample.write, **own) for name, own in sweep_sample.KINDS.items()}
SWEEPS |= {"screen": sweep_sample.screened, "draws": sweep_sample.with_draws}
ANSWERS = {kind: (kind, make) for kind, make in memo_sample.MAKE.items()}
ANSWERS |= {f"sweep-{name}": ("sweep", make) for name, make in SWEEPS.items()}


@pytest.mark.parametrize("name", ANSWERS)
def test_commands_that_make_an_answer_anew_are_read_by_the_command_line(tmp_path, name):
    kind, make = ANSWERS[name]
    make(tmp_path / "answer")
    for lang in ("en", "ja"):
        answered = Answered(presentation(kind), tmp_path / "answer", lang)
        lines = values.texts(answered.cat, [line for part in answered.document.chapters for line in part.commands])
        assert lines
        for line in lines:
            command, asked = parsed(line)
            assert asked["lang"] == lang
            assert command in ("wave", "report") or asked["seed"] == 1


STARTED = Started("実績 9月.xlsx", date(2026, 9, 30))


@pytest.mark.parametrize("looked", [True, False])
def test_a_run_from_actual_figures_is_made_anew_from_them(tmp_path, looked):
    memo_sample.MAKE["run"](tmp_path / "run")
    answered = Answered(presentation("run"), tmp_path / "run", "en")
    run = replace(answered.record.run, actuals=STARTED, chance_only=True, margin=Looked(0.5, 2.0) if looked else None)
    data = replace(answered.record, run=run)
    (chapter,) = (part for part in presentation("run").document(data).chapters if part.id == "reproduce")
    name, asked = parsed(values.texts(answered.cat, chapter.commands)[0])
    assert (name, asked["scenario"], asked["actuals"]) == ("run", "scenario.toml", Path(STARTED.file))
    assert asked["chance_only"] and asked["replications"] == run.replications and asked["no_margin"] is not looked
    assert STARTED.file in values.texts(answered.cat, chapter.words)[0]
    for step in next_steps(data.summary, run, data.scenario):
        name, asked = parsed(step.command)
        assert asked["chance_only"] and (name == "size" or asked["no_margin"] is not looked)


def test_names_of_files_are_quoted_in_commands(tmp_path):
    data = comparison_sample.comparison(*memo_sample.COMPARED)
    first, second = data.scenarios
    named = replace(data, scenarios=(replace(first, file="計画 a.toml"), replace(second, file="it's.toml")))
    (chapter,) = (part for part in presentation("compare").document(named).chapters if part.commands)
    _, asked = parsed(values.texts(catalogue.load("ja"), chapter.commands)[0])
    assert asked["scenarios"] == ["計画 a.toml", "it's.toml"]
