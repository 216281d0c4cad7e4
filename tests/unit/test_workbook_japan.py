"""Planners' files as Excel in Japan saves them: dates of every kind, empty results, percent, what is stated twice."""

import re
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from workbook_sample import BOOK, SHEET, STYLES, added, changed, empty, filled, part

from reports import catalogue
from reports.lead_times_template import book as lead_times_book
from reports.messages import said
from reports.prices_template import book as prices_book
from scenarios.clock.lead_times import load_lead_times
from scenarios.errors import UserError
from scenarios.price_file import load_prices
from scenarios.workbook.dates import day_of, month_of
from scenarios.workbook.formats import is_date, is_span
from scenarios.workbook.rules import read_actuals

GOOD = {
    "月次!A2": date(2026, 4, 1),
    "月次!A3": date(2026, 5, 1),
    "月次!B2": 1_234_567,
    "月次!B3": 1_111_111,
    "基準日!B2": date(2026, 5, 31),
}
STATED = {date(2026, 4, 1): 1_234_567, date(2026, 5, 1): 1_111_111}


def only_two_months(cells):
    return {f"月次!A{row}": None for row in range(4, 26)} | GOOD | cells


def told(path, read=read_actuals) -> list[str]:
    with pytest.raises(UserError) as error:
        read(path)
    for line in error.value.lines:
        assert said(line, "ja") != line or line.values
        assert not re.search(r"[a-z]{3,} [a-z]{2,}", said(line, "ja")), said(line, "ja")
    return [str(mistake.message) for mistake in error.value.mistakes]


def csv(folder, text, name="a.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


FORMATS = [
    '[$-411]ggge"年"m"月"', '[$-411]ggge"年"', "[$-411]ge.m.d", "ge.m.d;@", '[$-ja-JP]ggge"年"m"月"d"日";@', "gge", "e",
    '[<43586][$-ja-JP]ggge"年"m"月";[$-ja-JP]ge"年"', 'yyyy"年"m"月"', "[$-F800]dddd, mmmm dd, yyyy", "yyyy/m/d h:mm",
    '"対象月："m"月"', "aaa", r"yyyy\/m",
]  # fmt: skip


@pytest.mark.parametrize("shown", FORMATS)
def test_written_formats_of_dates(tmp_path, shown):
    cells = {"月次!A2": (date(2026, 4, 1), shown), "基準日!B2": (date(2026, 5, 31), shown)}
    found = read_actuals(filled(tmp_path / "a.xlsx", only_two_months(cells)))
    assert (found.as_of, found.series("applications")) == (date(2026, 5, 31), STATED)


@pytest.mark.parametrize(
    "shown",
    ["General", "0", "#,##0", "0.00E+00", "[Red]#,##0;[Blue]-#,##0", '#,##0"件"', '"¥"#,##0', "G/標準", r"\d0", "0%",
     "_ * #,##0_ ;_ * -#,##0_ ", '"mm"0', "@"],
)  # fmt: skip
def test_formats_of_numbers_are_no_dates(shown):
    assert not is_date(shown) and not is_span(shown)


def test_spans_of_time_are_told_from_dates():
    assert is_span("[h]:mm") and is_span("[mm]:ss") and not is_span("h:mm") and is_date("h:mm")


@pytest.mark.parametrize("kind", [*range(14, 18), 22, *range(27, 37), *range(50, 59)])
def test_built_in_formats_of_dates_carry_no_text(tmp_path, kind):
    """Excel in Japan writes 55 (2026年4月) and 31 (2026年5月31日) as a number without a format text."""
    raw = filled(tmp_path / "a.xlsx", only_two_months({})).read_bytes()
    raw = changed(raw, STYLES, lambda text: re.sub(r'(<xf [^>]*?numFmtId=")16\d"', rf'\g<1>{kind}"', text))
    assert f'numFmtId="{kind}"' in part(raw, STYLES)
    (tmp_path / "a.xlsx").write_bytes(changed(raw, STYLES, lambda text: re.sub("<numFmts.*</numFmts>", "", text)))
    found = read_actuals(tmp_path / "a.xlsx")
    assert (found.as_of, found.series("applications")) == (date(2026, 5, 31), STATED)


def test_workbooks_that_count_days_from_1904(tmp_path):
    workbook = openpyxl.load_workbook(filled(tmp_path / "a.xlsx", only_two_months({})))
    workbook.epoch = datetime(1904, 1, 1)
    workbook.save(tmp_path / "a.xlsx")
    assert read_actuals(tmp_path / "a.xlsx").series("applications") == STATED


def test_a_time_of_day_beside_a_date_plays_no_part(tmp_path):
    cells = {"月次!A2": datetime(2026, 4, 1, 9, 30), "基準日!B2": datetime(2026, 5, 31, 23, 59, 59)}
    found = read_actuals(filled(tmp_path / "a.xlsx", only_two_months(cells)))
    assert (found.as_of, found.series("applications")) == (date(2026, 5, 31), STATED)


@pytest.mark.parametrize(("value", "shown"), [(time(0, 0), "h:mm"), (timedelta(hours=30), "[h]:mm")])
def test_a_time_alone_is_no_figure_and_no_month(tmp_path, value, shown):
    cells = {"月次!B3": (value, shown), "月次!A2": (value, shown)}
    lines = told(filled(tmp_path / "a.xlsx", only_two_months(cells)))
    assert any(line.startswith("月次!B3 = ") and "check the format of the cell" in line for line in lines)
    assert any(line.startswith("月次!A2 = ") and "is not a month" in line for line in lines)


@pytest.mark.parametrize(
    ("written", "month", "day"),
    [
        ("2026/4/1 0:00", date(2026, 4, 1), date(2026, 4, 1)),
        ("2026-04-01 00:00:00", date(2026, 4, 1), date(2026, 4, 1)),
        ("2026-04-01T00:00:00", date(2026, 4, 1), date(2026, 4, 1)),
        ("2026-04-01T00:00:00.000", date(2026, 4, 1), date(2026, 4, 1)),
        ("令和8年4月1日 0:00", date(2026, 4, 1), date(2026, 4, 1)),
        ("令8.4.1", date(2026, 4, 1), date(2026, 4, 1)),
        ("平31/4/30", date(2019, 4, 1), date(2019, 4, 30)),
        ("r8.4", date(2026, 4, 1), None),
        ("㋿8年4月", date(2026, 4, 1), None),
        ("令和 8年 4月", date(2026, 4, 1), None),
        ("令和8年", None, None),
        ("2026/4/1 noon", None, None),
    ],
)
def test_dates_as_text(written, month, day):
    assert (month_of(written), day_of(written)) == (month, day)


def test_dates_with_a_time_of_day_in_csv(tmp_path):
    rows = "基準日,2026/5/31 0:00,\n年月,申請件数（件）\n2026/4/1 0:00,1234567\n2026/5/1 0:00,1111111\n"
    found = read_actuals(csv(tmp_path, rows))
    assert (found.as_of, found.series("applications")) == (date(2026, 5, 31), STATED)


@pytest.mark.parametrize("result", ['<c r="B4" t="str"><f>IF(A4="","",A4)</f><v></v></c>',
                                    '<c r="B4" t="str"><f>IF(A4="","",A4)</f></c>'])  # fmt: skip
def test_a_formula_whose_result_is_empty_is_an_empty_cell(tmp_path, result):
    raw = filled(tmp_path / "a.xlsx", GOOD).read_bytes()
    put = changed(raw, SHEET, lambda text: re.sub(r'<c r="B4"[^>]*?(/>|>.*?</c>)', result, text, count=1))
    assert put != raw
    (tmp_path / "a.xlsx").write_bytes(put)
    assert read_actuals(tmp_path / "a.xlsx").series("applications") == STATED


def test_a_formula_with_a_result_is_its_result_and_one_without_is_refused(tmp_path):
    raw = filled(tmp_path / "a.xlsx", GOOD).read_bytes()
    cell = '<c r="B3"><f>B2-123456</f><v>{}</v></c>'
    for result, right in (("1111111", True), ("", False)):
        put = changed(raw, SHEET, lambda text, result=result: re.sub(r'<c r="B3".*?</c>', cell.format(result), text))
        (tmp_path / "a.xlsx").write_bytes(put)
        if right:
            assert read_actuals(tmp_path / "a.xlsx").series("applications") == STATED
        else:
            assert "without a saved result" in told(tmp_path / "a.xlsx")[0]


def test_texts_with_readings_and_runs_are_their_text(tmp_path):
    """Excel keeps texts in a part of their own, ふりがな beside them, and splits texts with fonts into runs."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    text = "<si><r><t>申請</t></r><r><t>件数（件）</t></r><rPh sb='0' eb='2'><t>シンセイ</t></rPh></si>"
    shared = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{text}</sst>'
    raw = filled(tmp_path / "a.xlsx", GOOD).read_bytes()
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    raw = changed(raw, "[Content_Types].xml", lambda text: text.replace("</Types>", override))
    raw = changed(raw, SHEET, lambda text: re.sub(r'<c r="B1".*?</c>', '<c r="B1" t="s"><v>0</v></c>', text))
    (tmp_path / "a.xlsx").write_bytes(added(raw, "xl/sharedStrings.xml", shared))
    assert read_actuals(tmp_path / "a.xlsx").series("applications") == STATED


STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/": "http://purl.oclc.org/ooxml/officeDocument/",
}
"""What Excel writes in every part of a Strict Open XML workbook in place of the usual names."""


def strict(text: str) -> str:
    for usual, other in STRICT.items():
        text = text.replace(usual, other)
    return text


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (empty, read_actuals),
        (lambda: prices_book(catalogue.load("ja"), load_prices()), load_prices),
        (lambda: lead_times_book(catalogue.load("ja"), load_lead_times()), load_lead_times),
    ],
    ids=["actuals", "prices", "lead times"],
)
@pytest.mark.parametrize("parts", [(BOOK,), (BOOK, SHEET, STYLES, "_rels/.rels", "xl/_rels/workbook.xml.rels")])
def test_a_strict_workbook_is_told_plainly(tmp_path, raw, read, parts):
    book = raw()
    for name in parts:
        book = changed(book, name, strict)
    (tmp_path / "a.xlsx").write_bytes(book)
    (line,) = told(tmp_path / "a.xlsx", read)
    assert "save it as an ordinary Excel workbook (.xlsx)" in line


PERCENT = "基準日,2026/5/31,\n年月,申請件数（件）,{heading}\n2026/4,1234567,{first}\n2026/5,1111111,{second}\n"


@pytest.mark.parametrize(
    ("heading", "first", "second", "right"),
    [
        ("住民向け応答率（％）", "97.9", "98.1", [0.979, 0.981]),
        ("resident answer rate (%)", "97.9", "100", [0.979, 1.0]),
        ("住民向け応答率（％）", "97.9%", "98.1%", [0.979, 0.981]),
        ("住民向け応答率（％）", "0.979", "1", [0.979, 1.0]),
        ("住民向け応答率", "97.9%", "0.981", [0.979, 0.981]),
    ],
)
def test_percent_under_a_heading_in_percent_is_read(tmp_path, heading, first, second, right):
    path = csv(tmp_path, PERCENT.format(heading=heading, first=first, second=second))
    assert list(read_actuals(path).series("answered_share_resident").values()) == right


@pytest.mark.parametrize(
    ("heading", "first", "second", "lines"),
    [
        ("住民向け応答率", "97.9", "98.1", ["C3:C4 (2 cells), as in C3 = 97.9   wrong unit: looks"]),
        ("住民向け応答率（％）", "97.9%", "98.1", ["C4 = 98.1   wrong unit: looks like percent; write 98.1% or 0.981"]),
        ("住民向け応答率（％）", "97.9", "100.4", ["C4 = 100.4   is 100.4 %, more than 100 %: check the figures"]),
        ("住民向け応答率", "97.9%", "100.4%", ["C4 = 1.004   is 100.4 %, more than 100 %: check the figures"]),
        ("住民向け応答率（％）", "0.979", "1.004", ["C4 = 1.004   is 100.4 %, more than 100 %: check the figures"]),
        ("住民向け応答率（％）", "9790", "9810", ["C3:C4 (2 cells), as in C3 = 9790   wrong unit? plausible are 5%"]),
    ],
)  # fmt: skip
def test_percent_that_is_not_clear_is_told_once(tmp_path, heading, first, second, lines):
    found = told(csv(tmp_path, PERCENT.format(heading=heading, first=first, second=second)))
    assert len(found) == len(lines) == 1 and found[0].startswith(lines[0])


def test_thirty_like_mistakes_are_one_line_and_others_are_not_buried(tmp_path):
    rows = [f"{2024 + month // 12}/{month % 12 + 1},{1_000_000 + month},{97 + month / 100}" for month in range(24)]
    rows[3], rows[9] = "2024/4,不明,97", "2024/10,1000000.5,97"
    path = csv(tmp_path, "基準日,2025/12/31,\n年月,申請件数,住民向け応答率\n" + "\n".join(rows) + "\n")
    assert told(path) == [
        "C3:C26 (24 cells), as in C3 = 97   wrong unit: looks like percent; write 97% or 0.97",
        "B6 = '不明'   is text, not a number: enter the number, or leave the cell empty where it is not known",
        "B12 = 1000000.5   must be a whole number of number (件)",
    ]


def test_like_mistakes_name_the_runs_of_their_cells(tmp_path):
    rows = [f"2025/{month},{'x' if month not in (4, 7) else 1_000_000}" for month in range(1, 13)]
    path = csv(tmp_path, "基準日,2025/12/31\n年月,申請件数\n" + "\n".join(rows) + "\n")
    assert told(path)[0].startswith("B3:B5, B7:B8, B10:B14 (10 cells), as in B3 = 'x'   is text, not a number")


HEAD = "基準日,2026/5/31,\n"
TABLE = "年月,申請件数（件）,住民向け応答率\n2026/4,1234567,97.9%\n2026/5,1111111,98.1%\n"
TWICE = {
    "month column": (HEAD + "年月,申請件数（件）,年月\n2026/4,1234567,2026/5\n", "C2 = '年月'   stands twice among"),
    "month column in English too": (HEAD + "年月,申請件数,month\n2026/4,1234567,2026/5\n", "C2 = 'month'   stands"),
    "figure column": (HEAD + "年月,申請件数,applications\n2026/4,1234567,1\n", "C2 = 'applications'   stands twice"),
    "month": (HEAD + TABLE + "令和8年4月,1,\n", "A5 = '令和8年4月'   2026-04 stands twice, in A3 too"),
    "as-of date": ("基準日,2026/4/30,\n" + HEAD + TABLE, "A2 = '基準日'   stands twice, in A1 too: keep one of them"),
    "as-of date in two languages": ("as-of date,2026/5/31,\n" + HEAD + TABLE, "A2 = '基準日'   stands twice, in A1"),
    "work inside": ("工場内のカード,500000,\n工場内のカード（枚）,600000\n" + HEAD + TABLE,
                    "A2 = '工場内のカード（枚）'   stands twice"),
}  # fmt: skip


@pytest.mark.parametrize("case", TWICE)
def test_what_is_stated_twice_is_refused_though_nothing_else_is(tmp_path, case):
    text, line = TWICE[case]
    lines = told(csv(tmp_path, text))
    assert [own for own in lines if own.startswith(line)], lines
    assert len(lines) == 1 or case == "month"


@pytest.mark.parametrize("heading", ["年月", "month", "申請件数（件）", "applications", "住民向け応答率（％）"])
def test_a_heading_twice_in_a_workbook_is_refused(tmp_path, heading):
    cells = {"月次!K1": heading, "月次!K2": date(2026, 3, 1), "月次!K3": date(2026, 4, 1)}
    (line,) = told(filled(tmp_path / "a.xlsx", only_two_months(cells)))
    assert line == f"月次!K1 = '{heading}'   stands twice among the headings: keep one of the columns"


@pytest.mark.parametrize(("own", "other"), [("月次", "Monthly"), ("基準日", "As of"), ("月次", "月次 ")])
def test_two_sheets_of_the_same_figures_are_refused(tmp_path, own, other):
    workbook = openpyxl.load_workbook(filled(tmp_path / "a.xlsx", GOOD))
    workbook.copy_worksheet(workbook[own]).title = other
    workbook.save(tmp_path / "a.xlsx")
    (line,) = told(tmp_path / "a.xlsx")
    assert line == f"has the sheets {own}, {other} for the same figures: keep one of them"


def test_the_as_of_date_in_both_sheets_is_stated_twice(tmp_path):
    workbook = openpyxl.load_workbook(filled(tmp_path / "a.xlsx", GOOD))
    workbook["月次"].insert_rows(1)
    workbook["月次"]["A1"], workbook["月次"]["B1"] = "基準日", date(2026, 5, 31)
    workbook.save(tmp_path / "a.xlsx")
    (line,) = told(tmp_path / "a.xlsx")
    assert line.startswith("基準日!A2 = '基準日'   stands twice, in 月次!A1 too")


@pytest.mark.parametrize("day", ["9999-12-31", "2046-04-30", "2015-12-31", "令和99年12月31日", "平成1年1月31日"])
@pytest.mark.parametrize("headings", [("基準日", "年月,申請件数"), ("as-of date", "month,applications")])
def test_an_as_of_date_that_cannot_be(tmp_path, day, headings):
    (line,) = told(csv(tmp_path, f"{headings[0]},{day}\n{headings[1]}\n2026-04,900000\n"))
    assert "is not a day that can be: it must lie between 2016-01-01 and 2046-03-31" in line


def test_months_and_the_as_of_date_may_say_anything_in_brackets(tmp_path):
    path = csv(tmp_path, "基準日（月末）,2026/5/31\n年月（西暦）,申請件数\n2026/4,1234567\n2026/5,1111111\n")
    assert read_actuals(path).series("applications") == STATED


def test_a_date_that_lost_its_format_is_told_as_a_number(tmp_path):
    cells = {"月次!A2": (46113, "General"), "基準日!B2": (46173, "0")}
    lines = told(filled(tmp_path / "a.xlsx", only_two_months(cells)))
    assert [line.partition("   ")[0] for line in lines] == ["月次!A2 = 46113", "基準日!B2 = 46173"]
    assert all("give the cell the format of a date" in line for line in lines)


def test_mistakes_in_japanese_hold_no_english(tmp_path):
    path = filled(tmp_path / "a.xlsx", GOOD | {"月次!B3": "不明", "月次!G2": 30_000, "基準日!B3": 5, "月次!K2": 1})
    with pytest.raises(UserError) as error:
        read_actuals(path)
    lines = [said(line, "ja") for line in error.value.lines]
    assert lines[0] == "a.xlsx: 誤りが4件あります。試算は行っていません"
    assert (
        "  月次!G2 = 30000   単位の誤りではありませんか。あり得る範囲は 1～20,000 席です。席数そのもので入れてください"
        in lines
    )
