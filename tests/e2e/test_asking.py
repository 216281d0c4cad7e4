"""No command that simulates starts what takes more than 15 minutes without a word of the user; in both languages."""

import io
import os
import subprocess
import sys
from functools import partial
from inspect import signature

import pytest

from cardflow.cli import COMMANDS, app
from scenarios.errors import UserError
from scenarios.experiment.cost import by_part
from scenarios.folder.folder import Folder
from scenarios.run.expected import expected

LONG = {
    "run": ["month"],
    "compare": ["month", "month+seat-cut"],
    "size": ["month", "--resource", "contact.resident.seats"],
    "clock": ["month", "--as-of", "2025-04-01"],
    "ledger": ["month"],
    "validate": [],
    "calibrate": [],
}
QUESTION = {"en": "That is more than 0 minutes. Start? [y/N]", "ja": "0分を超えます。開始しますか"}


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(scope="module")
def estimated_once():
    """What a simulation costs is worked out once, however often the same is asked for."""
    known = {}

    def once(work, parameters, **how):
        key = work, parameters.model_dump_json(), *how.items()
        if key not in known:
            known[key] = work(parameters, **how)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        for place in ("cost", "experiment"):
            patch.setattr(f"scenarios.experiment.{place}.by_part", partial(once, by_part))
        patch.setattr("scenarios.experiment.estimate.expected", partial(once, expected))
        yield


@pytest.fixture
def given(tmp_path, monkeypatch, capsys, estimated_once):
    """Give a command for which everything takes too long: whether it began, its code, and what stands on stderr.

    A month is asked of, so that the estimate itself takes little.
    """
    (tmp_path / "month.toml").write_text('extends = "plan-period"\nend = 2026-04-30\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scenarios.experiment.progress.ASK_ABOVE_SECONDS", 0)
    monkeypatch.setattr("reports.faces.progress.ASK_ABOVE_SECONDS", 0)
    monkeypatch.setattr("reports.faces.progress.slowness", lambda: 1.0)

    began = []

    def begin(self, inputs):
        began.append(self)
        raise UserError("begun", ["and that is enough"])

    monkeypatch.setattr(Folder, "begin", begin)

    def give(stdin, command, *options):
        monkeypatch.setattr("sys.stdin", stdin)
        words = [command, *LONG[command], "--out", str(tmp_path / "out"), *options]
        began.clear()
        with pytest.raises(SystemExit) as end:
            app(words, prog_name="cardflow")
        return bool(began), end.value.code, capsys.readouterr().err

    return give


def test_every_command_with_the_option_is_tried():
    asking = [name.__name__ for names in COMMANDS.values() for name in names if "yes" in signature(name).parameters]
    assert set(asking) == {*LONG, "sweep"}  # which measures first: tests/e2e/test_sweep_run.py


@pytest.mark.parametrize("lang", QUESTION)
@pytest.mark.parametrize("command", LONG)
def test_a_user_is_told_how_long_and_asked(given, command, lang):
    answers = {"en": (("n\n", False), ("y\n", True)), "ja": (("\n", False), ("はい\n", True))}
    for answer, goes_on in answers[lang]:
        began, code, told = given(Terminal(answer), command, "--lang", lang)
        assert began == goes_on and (began or code == 130)
        estimate = told.index("about" if lang == "en" else "所要時間の目安は約")
        assert estimate < told.index(QUESTION[lang])


@pytest.mark.parametrize("lang", QUESTION)
@pytest.mark.parametrize("command", LONG)
def test_without_a_terminal_it_begins_once_it_is_told_how_long_it_takes(given, command, lang):
    began, _, told = given(io.StringIO("n\n"), command, "--lang", lang)
    assert began and QUESTION[lang] not in told
    assert ("about" if lang == "en" else "所要時間の目安は約") in told


@pytest.mark.parametrize("command", LONG)
def test_with_yes_or_for_little_nobody_is_asked(given, monkeypatch, command):
    began, _, told = given(io.StringIO(), command, "--yes")
    assert began and "Start?" not in told
    monkeypatch.setattr("scenarios.experiment.progress.ASK_ABOVE_SECONDS", 1e9)
    monkeypatch.setattr("reports.faces.progress.ASK_ABOVE_SECONDS", 1e9)
    began, _, told = given(io.StringIO(), command)
    assert began and "Start?" not in told


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_at_a_terminal_no_is_no(tmp_path):
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "cardflow", "run", "plan-period", "--set", "contact.resident.calls_per_holder=1"]
    process = subprocess.Popen(
        [*command, "--out", str(tmp_path / "out"), "--workers", "1"],
        stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "CARDFLOW_LANG": "ja"},
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, b"n\n")
    told = b""
    try:
        while piece := os.read(ours, 4096):
            told += piece
    except OSError:  # the terminal is closed by who had it
        pass
    os.close(ours)
    assert process.wait(60) == 130
    words = told.decode()
    assert "15分を超えます" in words and "時間（1コア）" in words
