"""The delay ledger's page, charts, answer and terminal lines, from made-up replications."""

import re
from dataclasses import replace

import drawn
import ledger_sample as sample
import pytest
from alone import stands_alone
from folder_sample import taken

from cardflow.commands.ledger import ledger
from cardflow.language import Language
from reports import catalogue, values
from reports.faces import page as page_face
from reports.faces import terminal
from reports.faces.page import html
from reports.ledger import cells, tables
from reports.ledger.answer import answer
from reports.ledger.captions import caption
from reports.ledger.charts import CHARTS
from reports.ledger.document import LEDGER, document
from reports.ledger.entries import lines
from scenarios.errors import UserError
from scenarios.ledger.record import Ledger
from scenarios.ledger.savings import SAVES
from scenarios.records import read
from scenarios.resources import RESOURCES
from sim.facts import CAUSES, LOST_CAUSES

EN, JA = catalogue.load("en"), catalogue.load("ja")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return sample.write(tmp_path_factory.mktemp("内訳") / "run")


@pytest.fixture(scope="module")
def data(folder):
    return read(Ledger, folder)


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_is_whole_and_stands_alone(lang, folder):
    page = page_face.write(LEDGER, folder, lang)
    text = page.read_text(encoding="utf-8")
    assert page == folder / "ledger.html" and f'<html lang="{lang}">' in text
    assert text.count("<figure id=") == len(CHARTS)
    assert stands_alone(text)
    assert sorted(path.name for path in (folder / "charts").iterdir()) == sorted(
        f"{name}.{kind}" for name in CHARTS for kind in ("png", "svg")
    )
    cat = catalogue.load(lang)
    assert cat.text("ledger.result.saves") in text and cat.text("ledger.prices.beside") in text
    assert "cardflow ledger scenario.toml --resource contact.resident.seats" in text
    assert not list(folder.glob(".*.part"))


def test_the_answer_says_what_delays_what_a_unit_saves_and_how_sure(data):
    said = values.texts(EN, answer(data))
    assert "most in FY2030, 1 million (800,000-1.2 million)" in said[0] and "queue for production" in said[0]
    assert "which the target leaves out: most in FY2030, 1.03 million" in said[0] and "closure left out" in said[0]
    assert "New Year closure included" in said[1] and "leaves out" not in said[1]
    assert "of lost first calls most go to closing time" in said[2]
    saves = next(sentence for sentence in said if sentence.startswith("One more unit clearly saves"))
    assert (
        "production capacity (+1,000 cards a day)" in saves and "seats of the resident call centre (+1 seat)" in saves
    )
    assert saves.count("clear in 4 of 5 years") == 2
    assert any(sentence.startswith("Explained by chance: counter slots") for sentence in said)
    assert any(sentence.startswith("Exactly none") and "inspection capacity" in sentence for sentence in said)
    assert "No single unit more makes a target clearly likelier" in said[4]
    assert "among these 6 claims" in said[-1] and "The 30 claims of what it saves" in said[-1]


def test_whether_a_unit_helps_to_meet_a_target_stands_first(data):
    row = next(row for row in data.targets if row.target == "renewed-in-time")
    assert row.outcome == "alike" and values.text(JA, cells.result(row)) == "達成は同じ"
    helps = replace(row, met=14, without_met=2, met_differs=12, difference=0.75, low=0.3, high=0.95, clear=True)
    assert helps.outcome == "helps"
    assert replace(helps, difference=-0.75, low=-0.95, high=-0.3).outcome == "harms"
    assert replace(helps, low=-0.1, clear=False).outcome == "chance"
    assert replace(helps, low=-0.1, clear=False, replications=9).outcome == "too_few"
    assert replace(row, difference=0.0, low=0.0, high=0.0).outcome == "none"
    told = replace(data, targets=(helps, *data.targets))
    english, japanese = (values.texts(cat, answer(told)) for cat in (EN, JA))
    (said,) = (text for text in english if text.startswith("One more unit makes clearly likelier"))
    assert "in 14 of 16 replications instead of 2 (+30.0 to +95.0 points)" in said
    assert any("反復が16回中2回から14回へ（+30.0～+95.0ポイント）" in text for text in japanese)
    first = document(told).chapters[0]
    assert first.id == "targets" and values.text(EN, first.blocks[0].table.rows[0][0]) == "○ likelier met"


def test_of_two_replications_it_is_said_that_nothing_can_be_told(tmp_path):
    told = read(Ledger, sample.write(tmp_path, sample.ledger(replications=2)))
    assert "too_few" in {price.outcome for price in told.rows}
    assert not {"chance"} & {price.outcome for price in told.rows}
    said = " ".join(values.texts(EN, answer(told)))
    assert "Cannot be told from 2 pairs of replications; take 11 or more (--replications 11): " in said
    assert "2 replications are too few to tell whether a unit more makes a target likelier" in said
    assert "No single unit" not in said and "chance" not in said.split("How sure")[0]
    assert "反復2組では判断できない" in "".join(values.texts(JA, answer(told)))
    row = next(price for price in told.rows if price.outcome == "too_few")
    interval, whole = (values.text(EN, of(row)) for of in (cells.interval, cells.with_interval))
    assert interval == "cannot be told from 2 pairs" and interval in whole
    assert values.text(JA, cells.result(row)) == "◇ 判断できない"


def test_what_a_row_says(data):
    row = next(price for price in data.rows if price.clear)
    assert row.outcome == "saves"
    assert replace(row, difference=-5.0, low=-9.0, high=-1.0).outcome == "costs"
    assert replace(row, clear=False).outcome == "chance"
    assert replace(row, clear=None).outcome == "unclaimed"
    assert replace(row, difference=0.0, low=0.0, high=0.0, clear=False).outcome == "none"
    assert values.text(EN, cells.with_interval(replace(row, difference=2.0, low=2.0, high=2.0))) == "2"
    assert (
        values.text(EN, cells.with_interval(replace(row, difference=1.25, low=0.5, high=2.0))) == "1.25 (0.50 to 2.00)"
    )


def test_what_a_unit_makes_more_of_is_said_as_more_in_both_languages(data):
    turned = [
        replace(price, difference=-price.difference, low=-price.high, high=-price.low)
        if price.saves == "late_cards" and price.resource == "plant.cards_per_day"
        else price
        for price in data.rows
    ]
    english, japanese = (values.texts(cat, answer(replace(data, rows=tuple(turned)))) for cat in (EN, JA))
    (costs,) = (text for text in english if text.startswith("One more unit clearly makes more of"))
    assert re.search(r"[\d,]+ \([\d,]+ to [\d,]+\) more late cards in FY2030", costs)
    (more,) = (text for text in japanese if text.startswith("1単位の追加で明らかに増えるもの"))
    assert re.search(r"遅延カードが令和12\(2030\)年度に[\d,]+ \([\d,]+～[\d,]+\)枚増", more)
    assert any("件減（5年度のうち4年度で明らか）" in text for text in japanese)


def test_lines_tell_the_largest_clear_year_and_leave_side_effects_out(data):
    found = {(line.shown.resource, line.shown.saves): line for line in lines(data.rows)}
    seats = found["contact.resident.seats", "lost_calls_resident"]
    assert (seats.outcome, seats.years, seats.of) == ("saves", 4, 5)
    assert found["plant.inspection_per_day", "late_cards"].outcome == "none"
    assert ("plant.cards_per_day", "lost_calls_resident") not in found


def test_tables_have_a_line_a_year_and_a_column_a_cause(data):
    late = tables.late(data.ledger, "standard")
    headings, first = values.texts(EN, late.headings), values.texts(EN, late.rows[0])
    closed = "Late cards, New Year closure included"
    assert headings[:4] == ["Fiscal year", "Late cards", closed, "Days of the late cards"]
    assert headings[4:] == ["planned steps", "closed days", "remakes", "queue for production"]
    assert len(late.rows) == 5 and first[-1] == "0" and first[1] == "200,000 (160,000-240,000)"
    assert first[2] == "230,000 (184,000-276,000)"
    assert closed not in values.texts(EN, tables.late(data.ledger, "express").headings)
    assert "outages" in values.texts(EN, tables.lost(data.ledger, "helpdesk").headings)


def test_nothing_late_nothing_lost_and_nothing_saved_can_be_told_and_drawn(tmp_path):
    told = read(Ledger, sample.write(tmp_path, sample.ledger(replications=2, size=0.0, saves=False)))
    said = values.texts(EN, answer(told))
    assert said[0] == "Late cards, standard, New Year closure left out: none in any year."
    assert said[2] == "Residents' call centre: no lost call in any year."
    assert "No single unit more clearly saves" in said[5]
    for cat in (EN, JA):
        assert all(drawn.texts(cat, draw(told)) for draw in CHARTS.values())
        assert all(values.text(cat, caption(told, chart)) for chart in CHARTS)
        assert html(cat, document(told), {})


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "ascii"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_any_console_can_show_the_lines(lang, encoding, folder):
    told = terminal.lines(LEDGER, folder, lang, folder / "ledger.html", encoding)
    assert all(line.encode(encoding) for line in told if line)
    assert "ledger.html" in told[-1]


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_every_cause_resource_and_thing_saved_has_a_name(cat):
    names = [f"cause.{name}" for name in CAUSES] + [f"ledger.saves.{name}" for name in SAVES]
    names += [f"ledger.lost_cause.{name}" for causes in LOST_CAUSES.values() for name in causes]
    names += [f"prices.{what}.{path}" for what in ("item", "unit") for path in RESOURCES]
    assert not [name for name in names if not cat.has(name)]


def test_a_folder_without_a_ledger_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        page_face.write(LEDGER, tmp_path, "en")
    assert not list(tmp_path.iterdir())


def test_a_page_that_cannot_be_written_is_told(monkeypatch, tmp_path):
    def full(question, folder, lang, into, languages):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reports.faces.page.write", full)
    made = "scenarios.ledger.ledger.ledger"
    monkeypatch.setattr(made, lambda chosen, folder, *_: taken(folder, kind="ledger") and sample.ledger())
    with pytest.raises(UserError, match="the page cannot be written"):
        ledger("plan-period", out=tmp_path, lang=Language.en, as_json=True)
