"""The budget in a workbook lives: one price changed makes the bill and the budget that the engine makes with it."""

import io
from decimal import Decimal

import openpyxl
import pytest
import sizing_sample as sample
from spreadsheet import Spreadsheet

from reports import catalogue
from reports.faces.workbook import workbook
from reports.size.document import document
from reports.size.priced import read
from scenarios.price_file import load_prices

CATS = {lang: catalogue.load(lang) for lang in catalogue.LANGUAGES}
CERTAINTIES = (0.8, 0.9, 0.95)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    told = document(read(sample.write(tmp_path_factory.mktemp("size"))))
    return {lang: workbook(cat, told) for lang, cat in CATS.items()}


def named(lang, name):
    return CATS[lang].text(f"sizing.workbook.{name}")


def below(sheet, heading):
    """The rows below the headings, the first of which is ``heading``."""
    top = next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == heading)
    return range(top + 1, sheet.max_row + 1)


@pytest.mark.parametrize("lang", CATS)
def test_every_formula_gives_the_value_that_stands_beside_it(made, lang):
    sheets, cached = Spreadsheet(made[lang]), openpyxl.load_workbook(io.BytesIO(made[lang]), data_only=True)
    checked = 0
    for sheet, cell in sheets.formulas():
        stands = cached[sheet][cell.coordinate].value
        assert sheets.value(sheet, cell.row, cell.column) == pytest.approx(stands, rel=1e-12), (sheet, cell.coordinate)
        checked += 1
    assert checked > 300


@pytest.mark.parametrize("lang", CATS)
def test_no_amount_of_the_budget_stands_there_as_a_constant_but_its_intervals(made, lang):
    book, cat = openpyxl.load_workbook(io.BytesIO(made[lang])), CATS[lang]
    sheet = book[named(lang, "budget")]
    for row in below(sheet, cat.text("column.year")):
        interval = sheet.cell(row, 2).value == cat.text("sizing.budget.interval")
        held = [cell.data_type for cell in sheet[row][3:] if cell.value is not None]
        assert held and (set(held) == {"n"} if interval else set(held) == {"f"})


def changed(prices):
    """Other prices: the first item's and its tax, the rise of the second, what is once paid for the third."""
    entries, (first, second, third) = dict(prices.entries), list(prices.entries)[:3]
    entries[first] = entries[first].model_copy(update={"yen": Decimal(612_345), "tax_rate": Decimal("0.08")})
    entries[second] = entries[second].model_copy(update={"yearly_change": Decimal("0.03")})
    entries[third] = entries[third].model_copy(update={"one_off_yen": 2 * entries[third].one_off_yen})
    return entries, first, second, third


@pytest.mark.parametrize("lang", CATS)
def test_other_prices_in_the_sheet_make_the_bill_that_the_engine_makes_with_them(made, lang):
    prices, sheets, cat = load_prices(), Spreadsheet(made[lang]), CATS[lang]
    entries, _, _, third = changed(prices)
    sheet = named(lang, "prices")
    top = below(sheets.book[sheet], cat.text("sizing.column.item"))[0]
    for place, value in ((f"B{top}", 612_345), (f"F{top}", 0.08), (f"I{top + 1}", 0.03)):
        sheets.put(sheet, place, value)
    sheets.put(sheet, f"E{top + 2}", float(entries[third].one_off_yen))
    other = type(prices)(**{**vars(prices), "entries": entries})
    plans = {certainty: sample.plan(certainty, other)["cost"] for certainty in CERTAINTIES}
    _bill(sheets, lang, [(name, line) for name, own in plans.items() for line in own["lines"]])
    _totals(sheets, lang, plans)


def _bill(sheets, lang, lines):
    sheet = named(lang, "bill")
    rows = below(sheets.book[sheet], CATS[lang].text("sizing.column.certainty"))
    assert len(rows) == len(lines)
    for row, (certainty, line) in zip(rows, lines, strict=True):
        held = [sheets.value(sheet, row, column) for column in range(1, 16)]
        assert held[:2] == [certainty, line["fiscal_year"]]
        assert held[10:13] == [line["yen_excl_tax"], line["tax"], line["yen_incl_tax"]], line["item"]
        assert abs((held[14] or 0) - (line["beyond_today"] or 0)) <= 1


def _totals(sheets, lang, plans):
    sheet, cat = named(lang, "budget"), CATS[lang]
    rows = below(sheets.book[sheet], cat.text("column.year"))
    totals = [row for row in rows if sheets.value(sheet, row, 2) == cat.text("sizing.budget.total")]
    for place, own in enumerate(plans.values()):
        years = [year["yen_incl_tax"] for year in own["years"]]
        shown = [sheets.value(sheet, row, 4 + 3 * place) for row in totals]
        assert shown == [*years, sum(years)]
    plan = named(lang, "plans")
    last = sheets.book[plan].max_column
    costs = [sheets.value(plan, row, last) for row in range(1, sheets.book[plan].max_row + 1)]
    assert {year["yen_incl_tax"] for own in plans.values() for year in own["years"]} <= set(costs)


@pytest.mark.parametrize("lang", CATS)
def test_amounts_are_whole_yen_that_show_in_the_unit_of_the_budget(made, lang):
    book = openpyxl.load_workbook(io.BytesIO(made[lang]), data_only=True)
    sheet = book[named(lang, "budget")]
    shapes = {cell.number_format for row in sheet.iter_rows(min_col=4) for cell in row if isinstance(cell.value, float)}
    assert shapes == {'#,##0,,"百万円"' if lang == "ja" else '#,##0,," million yen"'}
