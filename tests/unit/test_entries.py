"""Prices and lead times as text and as a workbook: the same values both ways, every mistake at its line or cell."""

import io
import re
import sys
from pathlib import Path

import openpyxl
import pytest

from cardflow.commands import inputs
from cardflow.language import Language
from reports import catalogue
from reports.actuals_template import template as actuals_template
from reports.lead_times_template import FIELDS as LEAD_FIELDS
from reports.lead_times_template import book as lead_times_book
from reports.lead_times_template import template as lead_times_template
from reports.messages import said
from reports.prices_template import FIELDS
from reports.prices_template import book as prices_book
from scenarios.clock.lead_times import LeadTime, load_lead_times
from scenarios.entries.layout import LEAD_TIMES, PRICES
from scenarios.errors import UserError
from scenarios.price_file import Price, load_prices

SEATS = "contact.resident.seats"
PRICE = 'yen = 5\ntax_rate = 0.1\ntax_included = false\nfunding = "a"\nfrom = 2026\n'
LEAD = "procurement_months = 1\nhiring_months = 1\ntraining_months = 0\nin_request = false\n"


def told(path: Path, read=load_prices) -> list[str]:
    with pytest.raises(UserError) as error:
        read(path)
    for line in error.value.lines:
        if any(own in line for own in ("TOML", "Lead times", "Later prices")):
            continue
        assert not re.search(r"[a-z]{3,} [a-z]{2,}", re.sub("`[^`]*`", "", said(line, "ja"))), said(line, "ja")
    return [str(mistake.shown(path.name)).strip() for mistake in error.value.mistakes]


def wrong(folder, text, read=load_prices):
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return told(path, read)


def changed(path: Path, raw: bytes, cells) -> Path:
    """A workbook with cells such as ``単価!C5`` changed."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    for place, value in cells.items():
        sheet, _, name = place.partition("!")
        book[sheet][name] = value
    book.save(path)
    return path


def alike(prices, reasons):
    return {name: price.model_copy(update={"reason": reasons[name].reason}) for name, price in prices.entries.items()}


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_prices_from_the_workbook_are_those_that_were_written(tmp_path, lang):
    (tmp_path / "a.xlsx").write_bytes(prices_book(catalogue.load(lang), load_prices()))
    found = load_prices(tmp_path / "a.xlsx")
    assert found.entries == alike(load_prices(), found.entries)
    assert found.title == catalogue.load(lang).text("prices.title")
    (tmp_path / "again.toml").write_text(found.text, encoding="utf-8")
    again = load_prices(tmp_path / "again.toml")
    assert (again.entries, again.digest, again.title) == (found.entries, found.digest, found.title)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_lead_times_from_template_and_workbook_are_those_that_were_written(tmp_path, lang):
    cat, shipped = catalogue.load(lang), load_lead_times()
    (tmp_path / "a.toml").write_text(lead_times_template(cat, shipped), encoding="utf-8")
    (tmp_path / "a.xlsx").write_bytes(lead_times_book(cat, shipped))
    text, book = load_lead_times(tmp_path / "a.toml"), load_lead_times(tmp_path / "a.xlsx")
    assert text.entries == book.entries and text.request_due == book.request_due == shipped.request_due
    for name, entry in shipped.entries.items():
        assert text.entries[name].model_copy(update={"why": entry.why}) == entry
        assert text.entries[name].why == cat.text(f"clock.lead_why.{name}")
    explained = lead_times_template(cat, shipped)
    assert all(cat.text(f"lead_file.field.{name}") in explained for name in LEAD_FIELDS)
    (tmp_path / "again.toml").write_text(book.text, encoding="utf-8")
    assert load_lead_times(tmp_path / "again.toml").entries == book.entries


def test_layouts_have_every_field():
    names = {info.alias or name for name, info in Price.model_fields.items()}
    assert {heading.name for heading in PRICES.fields} | {PRICES.more_name} == names == set(FIELDS)
    assert {heading.name for heading in LEAD_TIMES.fields} == set(LeadTime.model_fields)


def test_line_ends_of_windows_make_no_other_prices(tmp_path):
    text = f"[per_call]\n{PRICE}"
    (tmp_path / "a.toml").write_text(text, encoding="utf-8", newline="\n")
    (tmp_path / "b.toml").write_text(text, encoding="utf-8-sig", newline="\r\n")
    assert load_prices(tmp_path / "a.toml").digest == load_prices(tmp_path / "b.toml").digest


def test_own_prices_in_a_workbook(tmp_path):
    raw = prices_book(catalogue.load("ja"), load_prices())
    own = {"単価!C5": 580_000, "単価!K5": 2030, "単価!L5": 0.03, "単価!M5": "いいえ", "単価!O5": "契約書",
           "単価!E5": "年額", "単価!H5": True, "単価!B1": "試験",
           "改定単価!A2": SEATS, "改定単価!B2": 2028, "改定単価!C2": 600_000.5}  # fmt: skip
    found = load_prices(changed(tmp_path / "a.xlsx", raw, own))
    seats = found.entries[SEATS]
    assert (seats.yen, seats.until, seats.assumed, seats.source, seats.every) == (
        580_000,
        2030,
        False,
        "契約書",
        "year",
    )
    assert (float(seats.yearly_change), seats.tax_included, found.title) == (0.03, True, "試験")
    assert [(agreed.from_, float(agreed.yen)) for agreed in seats.later] == [(2028, 600_000.5)]
    text = openpyxl.load_workbook(tmp_path / "a.xlsx")["単価"]["A4"].value
    assert text == "対象"


def test_a_budget_date_that_excel_made_a_date(tmp_path):
    from datetime import datetime

    raw = lead_times_book(catalogue.load("ja"), load_lead_times())
    path = changed(tmp_path / "a.xlsx", raw, {"所要月数!B1": datetime(2026, 6, 30)})
    assert load_lead_times(path).request_due == (6, 30)


OWN = f"単価!{{}}5   {SEATS}."
BOOK = {
    "a wrong value": ({"単価!C5": "五十万"}, OWN.format("C") + "yen = '五十万'   must be a number (price in"),
    "a wrong choice": ({"単価!E5": "週"}, OWN.format("E") + "every = '週'   must be 'month' or 'year'"),
    "a wrong yes": ({"単価!M5": "たぶん"}, OWN.format("M") + "assumed = 'たぶん'   must be a valid boolean"),
    "a percent as number": ({"単価!G5": 10}, OWN.format("G") + "tax_rate = 10   must be less than or equal to 1"),
    "no year": ({"単価!J5": None}, OWN.format("A") + "from   is missing"),
    "no source": ({"単価!M5": "いいえ"}, OWN.format("A") + "source   `source` must say"),
    "an unknown entry": ({"単価!A5": "plant.line"}, "単価!A5   plant.line   is no resource and no use; did you mean"),
    "an entry twice": ({"単価!A6": SEATS}, "単価!A6 = 'contact.resident.seats'   stands twice, in 単価!A5 too"),
    "a heading twice": ({"単価!D4": "単価（円）"}, "単価!D4 = '単価（円）'   stands twice among the headings"),
    "an unknown heading": ({"単価!C4": "値段（円）"}, "単価!C4 = '値段（円）'   unknown heading"),
    "no heading": ({"単価!A4": None}, "has no heading 対象 (entry)"),
    "no name": ({"単価!A5": None}, "単価!A5   has no name (対象), but values beside it"),
    "an error": ({"単価!C5": "#N/A"}, "単価!C5 = '#N/A'   is an error value"),
    "a formula": ({"単価!C5": "=1+1"}, "単価!C5   is a formula without a saved result"),
    "own key twice": ({"単価!A2": "表題"}, "単価!A2 = '表題'   stands twice, in 単価!B1 too"),
    "later of nothing": ({"改定単価!A2": "plant.line", "改定単価!B2": 2028}, "改定単価!A2 = 'plant.line'   has no row"),
    "no heading of a column": (
        {"単価!K4": None, "単価!K5": 2026},
        "単価!K5 = 2026   stands in a column without a heading",
    ),
    "later without a heading": (
        {"改定単価!A2": SEATS, "改定単価!B2": 2028, "改定単価!C2": 5, "改定単価!D2": 7},
        "改定単価!D2 = 7   stands in a column without a heading",
    ),
    "an unknown own key": ({"単価!A1": "表題名"}, "単価!A1 = '表題名'   unknown name; did you mean 表題?"),
    "an own key in the second column": (
        {"単価!A1": None, "単価!B1": "表題", "単価!C1": "試験"},
        "単価!C1 = '試験'   stands where nothing is read: above the headings",
    ),
    "an own value beside its column": ({"単価!C1": "試験"}, "単価!C1 = '試験'   stands where nothing is read"),
    "an entry above the headings": ({"単価!A3": SEATS, "単価!C3": 5}, f"単価!A3 = '{SEATS}'   unknown name"),
    "later at once": ({"改定単価!A2": SEATS, "改定単価!B2": 2024, "改定単価!C2": 5}, "must be in order of `from`"),
}


LEAD_BOOK = {
    "no heading of a column": ({"G3": None}, "as in G4 = 'yes'   stands in a column without a heading"),
    "an unknown own key": (
        {"A1": "budget request date", "B1": "07-31"},
        "did you mean budget request due (month-day)?",
    ),
    "a date beside its column": ({"B1": None, "C1": "07-31"}, "Lead times!C1 = '07-31'   stands where nothing is read"),
    "nothing but a date": ({"A1": None, "B1": "07-31"}, "Lead times!B1 = '07-31'   stands where nothing is read"),
    "a label in merged cells": ({"A1": ("A1:A2",)}, "Lead times!A1 = 'budget request due (month-day)'   is merged"),
}


@pytest.mark.parametrize("case", LEAD_BOOK)
def test_nothing_in_a_workbook_of_lead_times_is_passed_over(tmp_path, case):
    cells, line = LEAD_BOOK[case]
    book = openpyxl.load_workbook(io.BytesIO(lead_times_book(catalogue.load("en"), load_lead_times())))
    for place, value in cells.items():
        if isinstance(value, tuple):
            book["Lead times"].merge_cells(*value)
        else:
            book["Lead times"][place] = value
    book.save(tmp_path / "a.xlsx")
    (own,) = told(tmp_path / "a.xlsx", load_lead_times)
    assert line in own


@pytest.mark.parametrize("case", BOOK)
def test_mistakes_in_a_workbook_of_prices_name_their_cell(tmp_path, case):
    cells, line = BOOK[case]
    raw = prices_book(catalogue.load("ja"), load_prices())
    lines = told(changed(tmp_path / "a.xlsx", raw, cells))
    assert [own for own in lines if line in own], lines


def test_like_mistakes_in_a_column_are_told_once(tmp_path):
    cells = {f"単価!{column}{row}": value for row in range(5, 12) for column, value in (("C", "不明"), ("H", "たぶん"))}
    raw = prices_book(catalogue.load("ja"), load_prices())
    lines = told(changed(tmp_path / "a.xlsx", raw, cells | {"単価!C8": -1}))
    assert [line.partition("   ")[0] for line in lines] == [
        "単価!C5:C7, C9:C11 (6 cells), as in C5", "単価!H5:H11 (7 cells), as in H5", "単価!C8"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "shape", "right"),
    [
        (0.02, "0.0%", 0.02), (0.5, "0%", 0.5), (0.02, '0.0" "%', 0.02), (2, "General", 0.02), (0.5, "General", 0.005),
        (1, "0.00", 0.01), (2, '0"%"', 0.02), (2, "0\\%", 0.02), (0, "0%", 0),
    ],
)  # fmt: skip
def test_the_format_of_a_cell_says_whether_its_number_is_in_percent(tmp_path, written, shape, right):
    book = openpyxl.load_workbook(io.BytesIO(prices_book(catalogue.load("ja"), load_prices())))
    cell, other = book["単価"]["L5"], book["単価"]["L6"]
    (cell.value, cell.number_format), (other.value, other.number_format) = (written, shape), (0.03, "0.0%")
    book.save(tmp_path / "a.xlsx")
    prices = list(load_prices(tmp_path / "a.xlsx").entries.values())
    assert [float(price.yearly_change) for price in prices[:2]] == [right, 0.03]


def test_a_plain_number_under_a_heading_without_a_unit_is_a_share(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(prices_book(catalogue.load("ja"), load_prices())))
    book["単価"]["L4"], book["単価"]["L5"] = "年間上昇率", 0.02
    book["単価"]["L5"].number_format = "General"
    book.save(tmp_path / "a.xlsx")
    assert float(load_prices(tmp_path / "a.xlsx").entries[SEATS].yearly_change) == 0.02


def test_other_workbooks_are_no_prices(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(actuals_template(catalogue.load("ja")))
    assert told(tmp_path / "a.xlsx") == ["has no sheet 単価 or Prices"]
    (tmp_path / "b.xlsx").write_text("[per_call]\n" + PRICE, encoding="utf-8")
    assert told(tmp_path / "b.xlsx") == ["is not an Excel workbook, whatever its name says"]
    book = openpyxl.load_workbook(io.BytesIO(lead_times_book(catalogue.load("en"), load_lead_times())))
    book.copy_worksheet(book["Lead times"]).title = "所要月数"
    book.save(tmp_path / "c.xlsx")
    (line,) = told(tmp_path / "c.xlsx", load_lead_times)
    assert "for the same figures: keep one of them" in line


def test_a_copy_of_later_prices_is_not_passed_over(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(prices_book(catalogue.load("en"), load_prices())))
    book.copy_worksheet(book["Later prices"]).title = "Later prices 2"
    book.save(tmp_path / "a.xlsx")
    (line,) = told(tmp_path / "a.xlsx")
    assert "Later prices 2" in line and "for the same figures: keep one of them" in line
    del book["Later prices"]
    book.save(tmp_path / "a.xlsx")
    assert told(tmp_path / "a.xlsx") == ["has no sheet 改定単価 or Later prices; is it Later prices 2?"]


SLIPS = ["Later price", "Latter prices", "改訂単価", "改定単価（案）", "Later prices FY2027"]


@pytest.mark.parametrize("value", [800, "80%"])
def test_yen_in_percent_are_refused(tmp_path, value):
    book = openpyxl.load_workbook(io.BytesIO(prices_book(catalogue.load("ja"), load_prices())))
    book["単価"]["C5"] = value
    book["単価"]["C5"].number_format = "0%"
    book.save(tmp_path / "a.xlsx")
    (line,) = told(tmp_path / "a.xlsx")
    assert "単価!C5" in line and "is no share, so no percent sign can stand there" in line


@pytest.mark.parametrize("name", SLIPS)
def test_a_sheet_that_is_nearly_called_as_one_that_may_be_is_told(tmp_path, name):
    book = openpyxl.load_workbook(io.BytesIO(prices_book(catalogue.load("en"), load_prices())))
    book["Later prices"].title = name
    book.save(tmp_path / "a.xlsx")
    (line,) = told(tmp_path / "a.xlsx")
    assert line == f"has a sheet {name}, which is not read: call it 改定単価 (Later prices), or otherwise"


def test_a_slip_beside_the_right_sheet_is_told_and_sheets_of_their_own_may_stay(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(prices_book(catalogue.load("en"), load_prices())))
    for name in ("Old prices", "Later prices FY2026", "旧改定単価", "Notes", "見積"):
        book.create_sheet(name)
    book.save(tmp_path / "a.xlsx")
    assert load_prices(tmp_path / "a.xlsx").entries == load_prices().entries
    book.create_sheet("Later price")
    book.save(tmp_path / "a.xlsx")
    (line,) = told(tmp_path / "a.xlsx")
    assert "has a sheet Later price, which is not read" in line


@pytest.mark.parametrize("letter", ["\x07", "\x0b", "\x00", "\x1b", "\x7f", "\x85", "\ufffe", "\uffff", "\ufdd0"])
def test_characters_that_no_page_can_show_are_refused_at_the_start(tmp_path, letter):
    written, rule = f"\\u{ord(letter):04x}", f"has a character that cannot be shown (U+{ord(letter):04X}): leave it out"
    assert wrong(tmp_path, f'[per_call]\n{PRICE}reason = "a{written}b"\n') == [f"line 7   per_call.reason   {rule}"]
    own = PRICE.replace('funding = "a"', f'funding = "a{written}b"')
    assert wrong(tmp_path, f"[per_call]\n{own}") == [f"line 5   per_call.funding   {rule}"]
    assert rule in wrong(tmp_path, f'title = "a{written}b"\n[per_call]\n{PRICE}')[0]
    assert rule in wrong(tmp_path, f'[per_call]\n{PRICE}"a{written}" = 1\n')[0]
    assert rule in wrong(tmp_path, f'[{SEATS}]\n{LEAD}why = "{written}"\n', load_lead_times)[0]


def test_such_characters_in_a_workbook_name_their_cell(tmp_path):
    raw = prices_book(catalogue.load("ja"), load_prices())
    (line,) = told(changed(tmp_path / "a.xlsx", raw, {"単価!O5": "契約\x7f書"}))
    assert line.startswith(f"単価!O5   {SEATS}.source   has a character that cannot be shown (U+007F)")


@pytest.mark.parametrize("other", [f'"{SEATS}"', 'contact."resident.seats"', '"contact.resident".seats'])
def test_an_entry_that_stands_once_nested_and_once_in_quotation_marks_is_refused(tmp_path, other):
    for text, read in ((PRICE, load_prices), (LEAD, load_lead_times)):
        for first, second in ((SEATS, other), (other, SEATS)):
            (line,) = wrong(tmp_path, f"[{first}]\n{text}[{second}]\n{text}", read)
            assert line == f"line 1   {SEATS}   stands twice, once in quotation marks: keep one of them"


NUMBERS = {
    "many digits": (f"yen = {'9' * 200}", "yen = 99999"),
    "more digits": (f"yen = {'9' * 400}", "more than 300 digits"),
    "very many digits": (f"yen = {'9' * 5_000}", "more than 300 digits"),
    "endless hexadecimal": (f"yen = 0x{'f' * 5_000}", "more than 300 digits"),
    "infinity": ("yen = inf", "yen = inf   must be a finite number"),
    "nan": ("yen = nan", "yen = nan   must be a finite number"),
    "a date": ("yen = 2026-04-01", "yen = 2026-04-01   must be a number"),
    "a list": (f"yen = {'[' * 15}{']' * 15}", "yen   must be a number"),
    "a deep list": (f"yen = {'[' * 50}{']' * 50}", "nested too deep"),
    "true": ("yen = true", "yen = True   must be a number"),
    "words": ("yen = '五十万'", "yen = '五十万'   must be a number"),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_numbers_that_are_none(tmp_path, case):
    entry, line = NUMBERS[case]
    (own,) = wrong(tmp_path, f"[per_call]\n{PRICE.replace('yen = 5', entry)}")
    assert line in own
    lead = LEAD.replace("procurement_months = 1", entry.replace("yen", "procurement_months"))
    (own,) = wrong(tmp_path, f"[{SEATS}]\n{lead}", load_lead_times)
    assert "procurement_months" in own


def test_shapes_that_are_none(tmp_path):
    assert "nested too deep" in wrong(tmp_path, f"[per_call]\nyen = {'[' * 20_000}")[0]
    assert "more than 20 parts" in wrong(tmp_path, "[" + ".".join("a" * 300) + "]\nyen = 5\n")[0]
    assert wrong(tmp_path, "".join(f"[a{n}]\n" for n in range(201)))[0].startswith("has 201 entries")
    assert len(wrong(tmp_path, "[per_call]\n" + PRICE + "".join(f"a{n} = 1\n" for n in range(300)))) == 50
    assert "must be a month and day" in wrong(tmp_path, f"request_due = {'9' * 200}\n", load_lead_times)[0]
    (tmp_path / "large.toml").write_bytes(b"#" * 1_000_001)
    assert "is larger than" in told(tmp_path / "large.toml")[0]


@pytest.mark.skipif(sys.platform == "win32", reason="no devices with a name")
@pytest.mark.parametrize("read", [load_prices, load_lead_times])
def test_devices_and_folders_are_not_read(tmp_path, read):
    assert "not an ordinary file" in told(Path("/dev/zero"), read)[0]
    assert "folder" in told(tmp_path, read)[0]


@pytest.mark.parametrize("write", [inputs.actuals_template, inputs.prices_template, inputs.lead_times_template])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_templates_are_written_once_by_the_kind_that_their_name_tells(tmp_path, monkeypatch, capsys, write, lang):
    monkeypatch.chdir(tmp_path)
    kinds = [".xlsx"] if write is inputs.actuals_template else [".xlsx", ".toml"]
    for kind in kinds:
        write(f"own{kind}", lang=Language(lang))
        assert f"own{kind}" in capsys.readouterr().out
        assert ((tmp_path / f"own{kind}").read_bytes()[:2] == b"PK") is (kind == ".xlsx")
        with pytest.raises(UserError, match="is there already"):
            write(f"own{kind}", lang=Language(lang))
    with pytest.raises(UserError, match=r"must end in .*\.xlsx"):
        write("own.csv", lang=Language(lang))
    with pytest.raises(UserError, match="cannot be written"):
        write("none/own.xlsx", lang=Language(lang))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_sheet_prints_on_one_page_across_with_its_headings(lang):
    cat = catalogue.load(lang)
    raws = actuals_template(cat), prices_book(cat, load_prices()), lead_times_book(cat, load_lead_times())
    for raw in raws:
        for sheet in openpyxl.load_workbook(io.BytesIO(raw)).worksheets:
            assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert {sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight} <= {1, None}, "one page where not said"
            assert sheet.print_area.replace("$", "").endswith(f"!{sheet.calculate_dimension()}")
            heading = int(sheet.print_title_rows.split(":")[1].strip("$"))
            assert sheet.cell(heading, 1).font.bold and sheet.cell(heading, 1).fill.fill_type == "solid"
