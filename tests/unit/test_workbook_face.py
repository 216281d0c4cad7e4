"""Any document as a workbook: read back cell by cell, in both languages."""

import io
import re
from datetime import date, datetime

import ledger_sample
import openpyxl
import pytest

from reports import catalogue, values
from reports.document import (
    Block,
    Chapter,
    Computed,
    Document,
    Figures,
    Number,
    Period,
    Plot,
    Range,
    Ranged,
    Table,
    say,
)  # fmt: skip
from reports.faces.answered import Answered
from reports.faces.cells import columns, texts
from reports.faces.workbook import csv, grouped, sheets, workbook
from reports.ledger.document import LEDGER

EN, JA = catalogue.load("en"), catalogue.load("ja")
HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "{=A1}", "http://example.invalid", "0012", "㐂𠮷🎴", "\u202eabc"]


def book_of(table, heading="", cat=EN, **chapter):
    block = table if isinstance(table, tuple) else (Block(table, heading),)
    told = Document("A title", "an origin", ("First.",), (Chapter("one", "Chapter", blocks=block, **chapter),))
    return openpyxl.load_workbook(io.BytesIO(workbook(cat, told)))


def cells_of(sheet, first=2):
    """Rows from the headings on, behind title and notes."""
    rows = [list(row) for row in sheet.iter_rows(min_row=first)]
    return [[cell.value for cell in row] for row in rows]


def test_a_number_stands_as_a_number_and_an_interval_in_columns_of_its_own():
    share = Ranged(Number(0.9951, "answered_share"), Number(0.991, "answered_share"), Number(1.0, "answered_share"))
    rows = (
        ("a", Number(1234.5, decimals=1), share, Range(Number(1), Number(2))),
        ("b", None, say("comparison.exact"), None),
    )
    sheet = book_of(Table(("Name", "Count", "Share", "Between"), rows)).worksheets[1]
    assert cells_of(sheet, 3) == [
        ["Name", "Count", "Share", "Share: from", "Share: to", "Between: from", "Between: to"],
        ["a", 1234.5, 0.9951, 0.991, 1, 1, 2],
        ["b", None, "exact", None, None, None, None],
    ]
    shapes = [cell.number_format for cell in sheet[4]]
    assert shapes[1:4] == ["#,##0.0", "0.0%", "0.0%"] and shapes[5] == "#,##0"


def test_counts_in_one_cell_are_columns_and_points_are_what_is_read():
    met = Figures("sizing.held", {"held": 17, "of": 20, "share": Number(0.85, "probability"),
                                  "low": Number(0.64, "probability"), "high": Number(0.95, "probability")})  # fmt: skip
    points = Number(0.031, "points", 1, signed=True)
    sheet = book_of(Table(("Met", "Likelier"), ((met, points),)), cat=JA).worksheets[1]
    heads, row = cells_of(sheet, 3)
    assert heads[:2] == ["Met：達成回数", "Met：分母"] and row == [17, 20, 0.85, 0.64, 0.95, pytest.approx(3.1)]
    assert sheet.cell(4, 6).number_format == '+#,##0.0"ポイント";-#,##0.0"ポイント";#,##0.0"ポイント"'


def test_what_looks_like_a_formula_a_link_or_a_number_stays_text():
    sheet = book_of(Table(("=Name",), tuple((text,) for text in HOSTILE)), heading="=2+2").worksheets[1]
    read = [row[0] for row in sheet.iter_rows(min_row=4)]
    assert [cell.value for cell in read] == HOSTILE and {cell.data_type for cell in read} == {"s"}
    assert sheet.cell(3, 1).data_type == "s" and not sheet._hyperlinks


def test_what_no_sheet_can_hold_is_replaced_and_long_text_is_cut():
    sheet = book_of(Table(("Name",), (("a\x00b\ufffe",), ("x" * 40_000,)))).worksheets[1]
    assert sheet.cell(4, 1).value == "a\ufffdb\ufffd" and len(sheet.cell(5, 1).value) == 32_000


def test_a_computed_number_is_a_formula_on_the_sheets_own_columns_with_its_value():
    price = Ranged(Number(3.0), Number(2.0), Number(4.0))
    table = Table(("Item", "Quantity", "Price", "Yen"), (("seat", 4, price, Computed(Number(12.0), "{1}*{2}")),))
    told = Document("t", "o", (), (Chapter("one", "Chapter", blocks=(Block(table),)),))
    made = workbook(EN, told)
    formulas, cached = (
        openpyxl.load_workbook(io.BytesIO(made), data_only=only).worksheets[1] for only in (False, True)
    )
    row = [cell.value for cell in formulas[4]]
    assert row == ["seat", 4, 3, 2, 4, "=B4*C4"]
    assert cached.cell(4, 6).value == 12 and values.text(EN, table.rows[0][3]) == "12"


@pytest.mark.parametrize("unit", sorted(set(values.UNITS) - {"in_steps"}))  # which stands on pictures alone
def test_a_number_of_any_unit_is_held_as_it_is_read(unit):
    """What is read with its unit taken off is what the sheet shows: a share in percent, a size in its own digits."""
    number = Number(12.0 if unit == "rough" else 0.9, unit, 1)
    (cell,) = columns(EN, [Block(Table(("A",), ((number,),)))])[0].cells
    read = float(re.findall(r"[-+]?[\d.]+", values.text(EN, number))[0])
    shown = cell.content * 100 if cell.shape.rstrip('";').endswith("%") else cell.content
    shown /= 1000 ** len("".join(re.findall("(?<=0),+", cell.shape)))
    assert read == pytest.approx(shown, abs=0.06)


def test_what_has_no_end_is_said_in_words():
    (cell,) = columns(EN, [Block(Table(("A",), ((Number(float("inf"), "rough"),),)))])[0].cells
    assert cell.content == cell.shown == "∞"


@pytest.mark.parametrize(("cat", "shape"), [(EN, "yyyy-mm-dd"), (JA, '[$-411]ggge"年"m"月"d"日"')])
def test_a_date_is_a_date_in_the_calendar_of_its_language(cat, shape):
    sheet = book_of(Table(("Day",), ((date(2026, 4, 1),),)), cat=cat).worksheets[1]
    assert sheet.cell(4, 1).value == datetime(2026, 4, 1) and sheet.cell(4, 1).number_format == shape


def test_tables_with_the_same_headings_share_a_sheet_and_say_which_is_which():
    named = {"first": "A", "second": "A", "third": "B"}
    tables = tuple(Block(Table((head,), ((name,),)), name) for name, head in named.items())
    book = book_of(tables)
    assert book.sheetnames == ["Read me", "Chapter", "third", "Words and commands"]
    assert cells_of(book["Chapter"], 3) == [["Table", "A"], ["first", "first"], ["second", "second"]]


def test_sheets_have_names_that_excel_takes_and_no_two_the_same():
    blocks = tuple(
        Block(Table((str(n),), ()), "a very long heading / with: [signs] that Excel forbids") for n in range(3)
    )
    names = book_of(blocks).sheetnames[1:4]
    assert len({name.casefold() for name in names}) == 3 and all(len(name) <= 31 for name in names)
    assert not any(sign in name for name in names for sign in "[]:*?/\\")


def test_headings_are_frozen_filtered_and_repeated_and_a_chart_is_of_excels_own():
    table = Table(
        ("Year", "A", "B"), tuple((Period(f"FY{year}"), year, 1) for year in (2026, 2027)), plots=(Plot(0, (1, 2)),)
    )
    sheet = book_of(table).worksheets[1]
    assert sheet.freeze_panes == "B4" and sheet.auto_filter.ref == "A3:C5" and sheet.print_title_rows == "$3:$3"
    (chart,) = sheet._charts
    assert [series.val.numRef.f for series in chart.series] == ["Chapter!$B$4:$B$5", "Chapter!$C$4:$C$5"]


@pytest.mark.parametrize("kind", ["bar", "column"])
def test_every_name_along_an_axis_is_written_where_they_are_few(kind):
    rows = tuple((f"a long name of target {number}", number) for number in range(12))
    (chart,) = book_of(Table(("Target", "A"), rows, plots=(Plot(0, (1,), kind),))).worksheets[1]._charts
    assert chart.x_axis.tickLblSkip == 1


def test_the_same_answer_is_the_same_bytes_and_the_guide_leads_to_every_sheet(tmp_path):
    folder = ledger_sample.write(tmp_path / "run")
    for lang in ("en", "ja"):
        answered = Answered(LEDGER, folder, lang)
        made = workbook(answered.cat, answered.document)
        assert made == workbook(answered.cat, answered.document)
        book = openpyxl.load_workbook(io.BytesIO(made))
        places = [cell.hyperlink.location for (cell,) in book.worksheets[0].iter_rows() if cell.hyperlink]
        links = {place.partition("!")[0].strip("'") for place in places}
        assert links == set(book.sheetnames[1:-1])
        assert book.worksheets[0].cell(1, 1).value == values.text(answered.cat, answered.document.title)


def test_every_number_of_every_table_is_in_the_workbook_as_it_is_read(tmp_path):
    """Hand count: what a reader sees in a cell and what the sheet holds come of the same number."""
    answered = Answered(LEDGER, ledger_sample.write(tmp_path / "run"), "en")
    checked = 0
    for chapter in answered.document.chapters:
        for blocks in grouped(answered.cat, chapter):
            for column in columns(answered.cat, blocks):
                for cell in column.cells:
                    if isinstance(cell.content, int) and cell.shape == "#,##0":
                        assert f"{cell.content:,}" == cell.shown
                        checked += 1
    assert checked > 10


def test_a_sheet_as_plain_rows_for_other_programs():
    table = Table(("Day", "N"), ((date(2026, 4, 1), Number(0.5, "probability")), (None, "text")))
    assert texts(columns(EN, [Block(table)])) == [["Day", "N"], ["2026-04-01", "0.5"], ["", "text"]]


def test_words_of_a_sheet_of_csv_are_never_a_formula():
    laid = columns(EN, [Block(Table(("=Name",), tuple((text,) for text in [*HOSTILE, "-", "-1+1", "plain"])))])
    (head,), *rows = texts(laid)
    assert head == "'=Name" and [row[0][:1] for row in rows[:4]] == ["'", "'", "'", "{"]
    assert [row[0] for row in rows[-3:]] == ["-", "'-1+1", "plain"]


def test_every_part_of_a_cell_has_a_name_in_both_languages():
    names = [key for key in EN.texts if key.startswith("workbook.column.")]
    assert names == [key for key in JA.texts if key.startswith("workbook.column.")] and len(names) >= 8


def test_one_sheet_as_csv_by_its_name(tmp_path):
    answered = Answered(LEDGER, ledger_sample.write(tmp_path / "run"), "ja")
    book = openpyxl.load_workbook(io.BytesIO(workbook(answered.cat, answered.document)))
    found = sheets(answered.cat, answered.document)
    assert list(found) == book.sheetnames[1:-1]
    name = next(name for name in found if "住民" in name)
    head, *rows = csv(found[name]).decode("utf-8-sig").splitlines()
    assert csv(found[name]).startswith(b"\xef\xbb\xbf") and head.startswith("年度,") and len(rows) == 5
