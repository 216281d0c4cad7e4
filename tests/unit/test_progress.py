"""What is told of work as it goes on: an estimate first, then a bar or lines; in both languages, of any title."""

import io
import time

import pytest
from rich.console import Console

from reports.faces import progress as telling
from reports.faces.progress import progress_bar
from reports.messages import said
from scenarios.experiment.cost import Work
from scenarios.experiment.durations import duration
from scenarios.experiment.experiment import Point, Task
from scenarios.experiment.progress import Expected
from scenarios.files.load import load
from scenarios.run.options import Options
from scenarios.run.run import run
from sim.message import Message

TITLES = ["a [/b] c", "[bold]x[/bold] [red", "計画 [/] {title} \\[x]", "100 % %s :smile:"]


@pytest.fixture
def soon(monkeypatch):
    """Estimates are told at once, and lines follow each other."""
    monkeypatch.setattr(telling, "_ESTIMATE_AFTER", 0.05)
    monkeypatch.setattr(telling, "_BETWEEN_LINES", 0.0)


def screen(terminal: bool) -> Console:
    return Console(file=io.StringIO(), force_terminal=terminal, width=200, _environ={"TERM": "xterm"})


def told(title, console, lang="en", **how):
    with progress_bar(title, lang=lang, console=console, **how) as progress:
        progress.expect(Expected(Work(4, 200.0), 2))
        time.sleep(0.3)
        progress.done(Work(1, 50.0))
        progress.more(Work(2, 100.0))
        progress.skip(Work(1, 50.0))
        progress.done(Work(1, 50.0))
        time.sleep(0.2)
    return console.file.getvalue()


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_shown_as_it_is_written(title, terminal):
    assert title in told(title, screen(terminal))


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize(
    ("lang", "words"), [("en", ("on 2 cores: replications: 4", "left")), ("ja", ("2コア", "残り約"))]
)
def test_an_estimate_comes_first_and_then_the_time_left(terminal, lang, words):
    shown = told("plan", screen(terminal), lang)
    estimate, left = words
    assert 0 <= shown.index(estimate) < shown.rindex(left)
    assert ("2/5" if terminal else "2 of 5" if lang == "en" else "5件中2件") in shown
    if lang == "ja":
        assert not {"about", "left", "replications", "cores"} & set(shown.replace(":", " ").split())


@pytest.mark.usefixtures("soon")
def test_quiet_tells_nothing_and_who_knows_is_not_told_again():
    assert told("plan", screen(terminal=True), quiet=True) == ""
    assert "cores" not in told("plan", screen(terminal=False), estimate=False)


@pytest.mark.usefixtures("soon")
def test_what_is_stored_is_not_counted_as_time():
    console, point = screen(terminal=False), Point("plan", load("baseline-fy2025").parameters, 1)
    task = Task(point, 1)
    with progress_bar("plan", lang="en", console=console) as progress:
        progress.expect(Expected(task.work * 3, 1))
        for number in (1, 2, 3):
            progress.done(Task(point, number, simulated=False))
        time.sleep(0.2)
    shown = console.file.getvalue()
    assert "plan: 3 of 3" in shown and "about 1 s left" in shown
    assert "on one core" not in shown


def test_a_run_says_of_what_its_replications_consist(tmp_path):
    """Two replications come with five by chance alone, and with as many searches for margins."""
    scenario, heard = load("baseline-fy2025"), []

    class HeardError(Exception):
        pass

    def expect(expected):
        heard.append(expected)
        raise HeardError

    for options in (Options(2), Options(1, margin=False), Options(2, margin=False, chance_only=True)):
        with pytest.raises(HeardError):
            run(scenario, tmp_path, options, telling.Progress(expect=expect))
    assert [one.work.count for one in heard] == [2 + 5 + 2, 1, 2]
    assert [len(one.consists) for one in heard] == [3, 1, 1]
    assert "by chance alone: 5 more" in heard[0].consists
    assert said(Message("{what}", what=heard[0].consists), "ja").startswith("反復2回、偶然のみの反復が別に5回、余裕")


@pytest.mark.parametrize(
    ("seconds", "english", "japanese"),
    [
        (0.2, "1 s", "1秒"),
        (89, "89 s", "89秒"),
        (91, "2 minutes", "2分"),
        (7000, "117 minutes", "117分"),
        (9000, "2.5 hours", "2.5時間"),
    ],
)
def test_durations_are_in_a_unit_that_fits(seconds, english, japanese):
    assert (duration(seconds), said(duration(seconds), "ja")) == (english, japanese)
