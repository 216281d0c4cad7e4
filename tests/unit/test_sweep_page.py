"""The sweep's page, charts, answer and terminal lines in both languages, from made-up answers."""

import shlex
from html import unescape
from itertools import pairwise

import pytest
import sweep_sample as sample
from alone import stands_alone

from reports import catalogue, values
from reports.document import Figures, Number, say
from reports.faces import page as page_face
from reports.faces import terminal
from reports.messages import said
from reports.sweep import words
from reports.sweep.answer import answer
from reports.sweep.charts import charts
from reports.sweep.document import SWEEP, document
from scenarios.records import read
from scenarios.sweep.record import Sweep
from scenarios.sweep.sweep import Estimate

EN, JA = catalogue.load("en"), catalogue.load("ja")


def told_of(cat, data):
    """The answer in a language."""
    return values.texts(cat, answer(data))


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    place = tmp_path_factory.mktemp("感度")
    for kind, options in sample.KINDS.items():
        sample.write(place / kind, **options)
    sample.screened(place / "screen")
    return place


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize(
    ("kind", "lang"),
    [("one", "en"), ("two", "ja"), ("points", "en"), ("three", "ja"), ("screen", "en"), ("screen", "ja")],
)
def test_the_page_is_whole_and_stands_alone(kind, lang, folders):
    folder = folders / kind
    page = page_face.write(SWEEP, folder, lang)
    text = unescape(page.read_text(encoding="utf-8"))
    wanted = {chart.name for chart in charts(read(Sweep, folder))}
    assert page == folder / "sweep.html" and f'<html lang="{lang}">' in text
    assert text.count("<figure id=") == len(wanted) > 0
    assert stands_alone(text)
    assert {path.stem for path in (folder / "charts").iterdir()} == wanted
    assert not list(folder.glob(".*.part"))
    assert ("contact.resident.seats" if kind != "screen" else "contact.resident.calls_per_notice") in text


def test_each_target_that_moves_has_its_charts(folders):
    def names(kind):
        return [chart.name for chart in charts(read(Sweep, folders / kind))]

    assert names("one") == ["sweep-response-calls-95"]
    assert names("two") == ["sweep-response-issue-14-days-standard", "sweep-response-calls-95"][::-1]
    assert len(names("screen")) == 6 and "sweep-swings-calls-95" in names("screen")


def test_one_input_is_answered_by_where_the_target_is_met(folders):
    sentences = told_of(EN, read(Sweep, folders / "one"))
    assert sentences[0] == (
        "Calls of residents answered, all fiscal years: met with 80 % probability from a value between 160 and 180 on "
        "(95 %: 160 to above 200); "
        "met in all 5 replications at 200 (probability at least 57 %); "
        "met in some at 160 to 180; met in none at 80 to 140 (probability at most 43 %). "
        "Today: contact.resident.seats = 142."
    )
    (row,) = read(Sweep, folders / "one").found.crosses("calls-95", "FY2027")
    ends = {"low": Number(120, "plain"), "high": say("sweep.crossing.above", value=Number(200, "plain"))}
    asked = {"share": Number(0.8, "probability"), "between": Number(140, "plain"), "and": Number(160, "plain")}
    assert words.crossing(row) == Figures("sweep.crossing.from", asked | ends)
    assert sentences[1] == "The same at every point: cards dispatched in 14 days, renewed before it expires."
    assert "7 points, 5 replications of each" in sentences[2]


def test_several_inputs_are_answered_by_counts_and_the_best_and_worst_points(folders):
    sentences = told_of(EN, read(Sweep, folders / "two"))
    assert "of 35 points 5 meet it in all replications, 10 in some, 20 in none" in sentences[0]
    assert "Most often at contact.resident.seats = 200, plant.cards_per_day =" in sentences[0]


def test_a_driver_is_told_at_the_end_that_moves_the_target_more(folders):
    sentences = told_of(EN, read(Sweep, folders / "screen"))
    assert sentences[0].startswith("Calls of residents answered, FY20")
    assert "is at the high end of its range (0.05 calls/notice), it falls by" in sentences[0]
    assert "rises by" not in sentences[0] and "asked for: 95.0 %" in sentences[0]
    told = told_of(JA, read(Sweep, folders / "screen"))
    assert "（contact.resident.calls_per_notice）が範囲の上限（0.05件／通知）なら" in told[0] and "下がる" in told[0]
    assert "5 pairs of replications" in sentences[-2]


def test_values_set_in_place_of_steps_and_ranges_are_said(tmp_path):
    path = "contact.resident.calls_per_notice"
    sample.write(tmp_path, vary={path: [0.02, 0.03]})
    assert told_of(EN, read(Sweep, tmp_path))[-1].endswith(f"in place of dated steps and of a range: {path}.")


def test_what_nothing_moves_is_said(tmp_path):
    sample.write(tmp_path / "grid", vary={"plant.lines": [4, 8]})
    assert told_of(EN, read(Sweep, tmp_path / "grid"))[0] == "No target changes with plant.lines in these ranges."
    lines = terminal.lines(SWEEP, tmp_path / "grid", "en", tmp_path / "grid" / "sweep.html", "utf-8")
    assert "" in lines and not any(above == below == "" for above, below in pairwise(lines))
    sample.write(tmp_path / "screen", vary={"plant.lines": "4:8"}, screen=True)
    data = read(Sweep, tmp_path / "screen")
    assert told_of(EN, data)[0] == "Of 1 input, none moves any target by 0.1 % of its value or more."
    assert data.found.drivers == () and not charts(data)
    assert page_face.write(SWEEP, tmp_path / "screen", "ja").is_file()


def test_the_command_makes_the_same_again(folders):
    from cardflow.cli import app
    from cardflow.language import Language

    for kind in ("one", "points", "screen"):
        data = read(Sweep, folders / kind)
        command = shlex.split(values.text(EN, document(data).chapters[-1].commands[0]))
        assert command[:3] == ["cardflow", "sweep", "scenario.toml"]
        assert tuple(command[place + 1] for place, word in enumerate(command) if word == "--vary") == data.vary
        assert "sweep" in app.group(Language.en).commands and all(word != "None" for word in command)


def test_stretches_are_unbroken():
    assert words.stretches([1, 2, 3, 4, 5], [True, True, False, True, False]) == [(1, 2), (4, 4)]
    assert words.stretches([1, 2], [False, False]) == []


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "ascii"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_any_console_can_show_the_lines(lang, encoding, folders):
    for kind in ("one", "two", "screen"):
        told = terminal.lines(SWEEP, folders / kind, lang, folders / kind / "sweep.html", encoding)
        assert all(line.encode(encoding) for line in told if line) and "sweep.html" in told[-1]


def test_time_is_told_in_the_unit_that_suits_it():
    assert "takes about 8 s: at most 15 replications of about 0.5 s each" in said(Estimate(0.5, 15, 1).words, "en")
    assert "takes about 2.5 hours" in said(Estimate(9.0, 1000, 1).words, "en")
    assert "約34分" in said(Estimate(40.0, 100, 2).words, "ja")


def test_a_folder_without_a_sweep_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        page_face.write(SWEEP, tmp_path, "en")
    assert not list(tmp_path.iterdir())
