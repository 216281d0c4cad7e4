"""Workbooks of the questions: one value a cell, months and lead times, charts, short names, room for Japanese."""

import io
from datetime import date, datetime
from pathlib import Path

import comparison_sample
import ledger_sample
import openpyxl
import pandas as pd
import pytest
import sizing_sample
import sweep_sample
import test_reports_folder
import wave_sample
from memo_sample import in_language
from said_sample import COMPARED

import reports
from reports import catalogue, values
from reports.compare.document import COMPARE
from reports.document import Block, Joined, Number, Plot, Table, holds_numbers
from reports.faces.answered import Answered
from reports.faces.cells import columns
from reports.faces.drawn import COLORS, _look
from reports.faces.workbook import sheets, workbook
from reports.ledger.document import LEDGER
from reports.run.document import RUN
from reports.sheets import letters
from reports.size.document import SIZE
from reports.sweep.document import SWEEP
from reports.wave.document import WAVE

CATS = {lang: catalogue.load(lang) for lang in catalogue.LANGUAGES}
DIGIT, PADDING, FULL_WIDTH = 7, 5, 15
"""Pixels of a digit of the font that Excel measures columns by, around a text, and of a full-width letter at 11 points
(14.7, rounded up)."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    into = tmp_path_factory.mktemp("answers")
    test_reports_folder.make(into / "run", last=date(2028, 3, 31))
    comparison_sample.write(into / "compare", comparison_sample.comparison(*COMPARED))
    sizing_sample.write(into / "size", sizing_sample.sizing(by="month"))
    sweep_sample.write(into / "sweep", **sweep_sample.KINDS["one"])
    return {
        "run": (RUN, into / "run"),
        "compare": (COMPARE, into / "compare"),
        "size": (SIZE, into / "size"),
        "sweep": (SWEEP, into / "sweep"),
        "ledger": (LEDGER, ledger_sample.write(into / "ledger")),
        "wave": (WAVE, wave_sample.write(into / "wave")),
    }


@pytest.fixture(scope="module")
def answers(folders):
    read = {name: Answered(*told, "en") for name, told in folders.items()}
    return {(name, lang): in_language(own, lang) for name, own in read.items() for lang in CATS}


every = pytest.mark.parametrize("name", ["run", "compare", "size", "sweep", "ledger", "wave"])
LISTS = {"fixed"}
"""Chapters with parameters whose value is a list, such as the weights of months."""


@every
def test_no_cell_of_a_sheet_holds_several_numbers_as_text(answers, name):
    laid = [
        (chapter.id, cell)
        for chapter in answers[name, "ja"].document.chapters
        for block in chapter.laid
        for row in block.table.rows
        for cell in row
        if chapter.id not in LISTS
    ]
    assert laid and not [
        told for told in laid if isinstance(told[1], Joined) and any(map(holds_numbers, told[1].values))
    ]


@every
@pytest.mark.parametrize("lang", CATS)
def test_sheets_have_names_that_tell_them_apart_without_being_numbered(answers, name, lang):
    told = list(sheets(answers[name, lang].cat, answers[name, lang].document))
    assert not [sheet for sheet in told if sheet[-2:] in (" 2", " 3", " 4")], told


@every
@pytest.mark.parametrize("lang", CATS)
def test_charts_of_excels_own_say_at_both_axes_what_they_show(answers, name, lang):
    answered = answers[name, lang]
    book = openpyxl.load_workbook(io.BytesIO(workbook(answered.cat, answered.document)))
    charts = [chart for sheet in book for chart in sheet._charts]
    assert charts
    for chart in charts:
        titles = [axis.title.tx.rich.p[0].r[0].t for axis in (chart.x_axis, chart.y_axis)]
        assert all(titles) and (lang == "en" or any(ord(letter) > 0x3000 for letter in titles[1]))


def test_months_of_a_run_are_dates_with_the_median_and_the_band_of_its_replications(folders, answers):
    answered = answers["run", "ja"]
    laid = sheets(answered.cat, answered.document)[answered.cat.text("monthly.tab.cards")]
    daily = pd.read_parquet(folders["run"][1] / "daily.parquet")
    months = pd.to_datetime(daily["date"]).dt.strftime("%Y-%m")
    sums = daily.groupby([months, daily["replication"]])["applications"].sum().unstack()
    assert [cell.content for cell in laid[0].cells[:2]] == [datetime(2026, 4, 1), datetime(2026, 5, 1)]
    assert len(laid[0].cells) == len(sums) == 24
    for column, share in zip(laid[1:4], (0.5, 0.1, 0.9), strict=True):
        assert [cell.content for cell in column.cells] == pytest.approx(list(sums.quantile(share, axis=1)))
    assert {cell.shape for cell in laid[1].cells} == {'[>=100000]0\\.0,"万件";#,##0"件"'}


@pytest.mark.parametrize("lang", CATS)
def test_a_run_has_lead_times_by_month_of_receipt_and_calls_against_their_target(answers, lang):
    answered = answers["run", lang]
    found, text = sheets(answered.cat, answered.document), answered.cat.text
    lead = {column.heading: column for column in found[text("monthly.tab.lead")]}
    assert {cell.content for cell in lead[text("monthly.column.limit")].cells} == {14, 7}
    mean = [cell.content for cell in lead[text("monthly.column.mean_days")].cells if cell.content is not None]
    assert mean and all(3 < days < 25 for days in mean)
    calls = {column.heading: column for column in found[text("monthly.tab.contact")]}
    assert {cell.content for cell in calls[text("monthly.column.threshold")].cells} == {0.95}
    assert {cell.shape for cell in calls[text("monthly.column.answered_share")].cells} == {"#,##0.0%"}


def test_inputs_of_a_comparison_stand_by_the_date_from_which_they_hold(answers):
    answered = answers["compare", "en"]
    laid = sheets(answered.cat, answered.document)["Inputs, seat-cut"]
    rows = list(zip(*([cell.content for cell in column.cells] for column in laid), strict=True))
    assert [row[2] for row in rows] == [None, datetime(2016, 1, 1), datetime(2027, 4, 1)]
    assert [row[3:7] for row in rows] == [(142, 60, 240, None), (142, 60, 240, 120), (142, 60, 240, 90)]


@pytest.mark.parametrize("count", [1, 6, 12, 28])
def test_a_column_of_full_width_letters_is_as_wide_as_they_are(count):
    """Excel measures columns in digits: a full-width letter takes two of them and a bit."""
    text = "申" * count
    (column,) = columns(CATS["ja"], [Block(Table(("列",), ((text,),)))])
    assert letters(text) == 2 * count
    assert column.width * DIGIT + PADDING >= count * FULL_WIDTH + PADDING


def test_a_number_is_as_wide_as_it_is_read_with_its_unit():
    (column,) = columns(CATS["ja"], [Block(Table(("列",), ((Number(12_345_678, "yen_millions"),),)))])
    assert column.cells[0].content == 12_345_678e6 and column.cells[0].shown == "12,345,678百万円"
    assert column.width >= 10 + 6


@pytest.mark.parametrize("lang", CATS)
def test_a_column_is_as_wide_as_the_digits_that_its_format_shows(lang):
    """Texts say 2670万 of such a count; a sheet has all its digits."""
    (column,) = columns(CATS[lang], [Block(Table(("a",), ((Number(26_663_446, "offered"),),)))])
    assert [(cell.shown, cell.shape) for cell in column.cells] == [("26,663,446", "#,##0")]
    assert column.width * DIGIT >= len("26,663,446") * DIGIT + PADDING


def test_more_series_than_colours_look_each_another_way():
    for kind in ("column", "stacked", "line"):
        plot = Plot(0, (1,), kind)
        looks = [repr(_look(plot, number, False, 12)) for number in range(3 * len(COLORS))]
        assert len(set(looks)) == len(looks)


def test_prose_takes_lines_instead_of_a_column_of_any_width():
    (column,) = columns(CATS["ja"], [Block(Table(("列",), (("説明" * 50,),)))])
    assert column.width < 50


def test_workbooks_are_written_by_one_library_and_the_other_only_reads():
    folder = Path(reports.__file__).parent
    assert not [
        path.name
        for path in folder.rglob("*.py")
        if "import openpyxl" in (text := path.read_text()) or "from openpyxl" in text
    ]


@every
def test_what_is_read_of_a_year_or_a_month_is_what_every_other_face_says(answers, name):
    answered = answers[name, "ja"]
    for laid in sheets(answered.cat, answered.document).values():
        for cell in (
            cell for column in laid for cell in column.cells if "年度" in cell.shown and cell.shape != "General"
        ):
            shown = cell.shape.replace('"0"', f'"{cell.content}"').replace('"', "")
            assert shown == cell.shown
    assert values.text(answered.cat, answered.document.title)
