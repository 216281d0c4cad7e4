"""One life for all commands: what can be asked, by one name and with one default at every door; JSON, words, folder."""

import json
from dataclasses import fields
from datetime import date
from inspect import signature

import pytest
from folder_sample import taken

from calibration.calibrate import CalibrateOptions
from calibration.validate import ValidateOptions
from cardflow import api
from cardflow.cli import COMMANDS
from cardflow.commands.calibrate import calibrate
from cardflow.commands.clock import clock
from cardflow.commands.compare import compare
from cardflow.commands.ledger import ledger
from cardflow.commands.run import run
from cardflow.commands.size import size
from cardflow.commands.sweep import sweep
from cardflow.commands.tools import wave
from cardflow.commands.update import update
from cardflow.commands.validate import validate
from cardflow.language import Language
from cardflow.life import Life, cores
from scenarios.clock.clock import ClockOptions
from scenarios.compare.compare import CompareOptions
from scenarios.errors import Together, UserError
from scenarios.folder.folder import Folder
from scenarios.ledger.ledger import LedgerOptions
from scenarios.run.options import Options
from scenarios.size.size import SizeOptions
from scenarios.sweep.study import SweepOptions
from sim.message import Message

TODAY = {"as_of": date(2026, 4, 1)}
QUESTIONS = {
    run: (Options, {"margin": True}),
    compare: (CompareOptions, {}),
    sweep: (SweepOptions, {}),
    size: (SizeOptions, {}),
    clock: (ClockOptions, TODAY),
    ledger: (LedgerOptions, {}),
    validate: (ValidateOptions, {}),
    calibrate: (CalibrateOptions, {}),
}
"""The options of each command's question, with those that it reckons itself."""
THROUGH_PYTHON = {"margin": False, "vary": None, "as_of": None}
"""Defaults of the Python API that are others: what takes long is asked for, and nothing stands for today."""


def words(command, **asked):
    """What a command is asked by a bare command line."""
    required = {name: "x" for name, one in signature(command).parameters.items() if one.default is one.empty}
    bound = signature(command).bind(**{**required, "lang": Language.en, **asked})
    bound.apply_defaults()
    return bound.arguments


@pytest.mark.parametrize("command", QUESTIONS, ids=lambda command: command.__name__)
def test_a_bare_command_line_asks_by_the_defaults_of_the_question(command):
    options, others = QUESTIONS[command]
    assert {field.name for field in fields(options)} - set(others) <= set(signature(command).parameters)
    asked = Life(words(command)).options(options, **others)
    assert asked == options(**others, workers=cores())


@pytest.mark.parametrize("command", [run, compare, sweep, clock, ledger], ids=lambda command: command.__name__)
def test_python_asks_by_the_same_names_and_defaults(command):
    options, others = QUESTIONS[command]
    parameters = signature(getattr(api, command.__name__)).parameters
    plain = options(**others)
    for field in fields(options):
        default = THROUGH_PYTHON.get(field.name, getattr(plain, field.name))
        assert parameters[field.name].default == default, field.name


def test_what_is_asked_becomes_the_options_of_its_name():
    asked = words(size, confidence=0.95, by="month", workers=1, chance_only=True)
    found = Life(asked).options(SizeOptions)
    assert found == SizeOptions(confidence=0.95, by="month", chance_only=True)
    assert Life(words(ledger, resources=["a", "b"])).options(LedgerOptions, seed=7).resources == ("a", "b")
    assert Life(words(ledger, seed=3)).options(LedgerOptions, seed=7).seed == 7


def test_commands_that_leave_an_answer_share_what_all_can_be_asked():
    shared = {"out", "lang", "as_json"}
    asked = {one: set(signature(one).parameters) for many in COMMANDS.values() for one in many}
    leaving = {one for one in asked if "out" in asked[one]}
    assert leaving == {*QUESTIONS, update, wave}
    for command in leaving:
        assert shared <= asked[command], command.__name__
        assert ({"seed", "workers", "yes", "quiet"} <= asked[command]) == (command in QUESTIONS)


def test_the_answer_is_shown_in_words_or_as_json_alone(capsys):
    rows, lines = (lambda: [{"a": 1}]), (lambda: ["one", "two"])
    Life(words(ledger)).show(rows, lines)
    assert capsys.readouterr().out == "one\ntwo\n"
    Life(words(ledger, as_json=True)).show(rows, lines)
    assert json.loads(capsys.readouterr().out) == [{"a": 1}]


def test_nothing_is_done_where_anything_is_wrong_with_the_question_or_the_folder(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    life = Life(words(ledger, out=tmp_path))
    with pytest.raises(UserError) as error, life.judging() as wrong:
        assert wrong.tried(life.load, "plan-perod") is None
    assert "did you mean plan-period?" in str(error.value) and "mine.txt" in str(error.value)


def test_the_folder_is_let_go_of_however_a_command_ends(tmp_path, monkeypatch):
    def stopped(chosen, folder, *_):
        taken(folder, kind="ledger")
        with pytest.raises(UserError, match="at work in this folder"), Folder(tmp_path) as other:
            other.look()
        raise KeyboardInterrupt

    monkeypatch.setattr("scenarios.ledger.ledger.ledger", stopped)
    with pytest.raises(KeyboardInterrupt):
        ledger("plan-period", out=tmp_path, lang=Language.en, quiet=True)
    with Folder(tmp_path) as again:
        again.look()  # which is refused where another is at work


def test_what_is_tried_gives_what_comes_of_it_or_notes_what_is_wrong():
    def refuse(value):
        raise UserError("here", [Message("{value} is wrong", value=value)])

    wrong = Together()
    assert wrong.tried(int, "5") == 5 and wrong.error is None
    assert wrong.tried(refuse, 1) is None and wrong.tried(refuse, value=2) is None
    with pytest.raises(UserError, match=r"(?s)1 is wrong.*2 is wrong"):
        wrong.refuse()
