"""The planner's own figures: what the template writes is read back, and every mistake is told with its cell."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import recorded
import workbook_sample
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reports import catalogue, values
from reports.actuals import used
from reports.actuals_template import HEADINGS, MONTHS, template
from scenarios.errors import UserError
from scenarios.files.actuals import Actuals, Month, next_month
from scenarios.files.from_actuals import apply, named
from scenarios.files.load import load
from scenarios.files.scenario_file import complete_file
from scenarios.records import as_json
from scenarios.run.record import Held
from scenarios.workbook.columns import AS_OF, MONTH, MONTHLY, SHEETS, STATE
from scenarios.workbook.contradictions import contradictions
from scenarios.workbook.dates import day_of, month_of
from scenarios.workbook.rules import read_actuals

EMPTY = {lang: template(catalogue.load(lang)) for lang in ("ja", "en")}
LETTER = {column.name: letter for column, letter in zip((MONTH, *MONTHLY), "ABCDEFGHIJK", strict=True)}
ROW = {column.name: f"B{row}" for row, column in enumerate(STATE, start=2)}
GOOD = {
    "月次!B1": date(2025, 6, 30),
    "月次!B2": 512_345,
    "月次!B3": 900_001,
    "月次!B7": 1_234_567,
    "月次!B8": 1_111_111,
    "月次!B9": 1_222_222,
    "月次!F7": 0.979,
    "月次!F8": 0.981,
    "月次!G7": 517,
}
CSV = """# 月次の実績,,
基準日,2025/6/30,
工場内のカード（枚）,"512,345",
年月,申請件数（件）,住民向け応答率
令和7年4月,"1,234,567",97.9%
2025年5月,1111111,98.1%
Jun-25,1222222,
"""


def book(lang="ja"):
    return openpyxl.load_workbook(io.BytesIO(EMPTY[lang]))


def filled(path: Path, cells, lang="ja") -> Path:
    """The template with cells such as ``月次!B7`` filled in."""
    workbook = book(lang)
    for place, value in cells.items():
        sheet, _, cell = place.partition("!")
        workbook[sheet][cell] = value
    workbook.save(path)
    return path


def told(path: Path) -> list[str]:
    with pytest.raises(UserError) as error:
        read_actuals(path)
    assert error.value.where in (path.name, str(path))
    return [mistake.message for mistake in error.value.mistakes]


def test_a_filled_workbook_is_read(tmp_path):
    found = read_actuals(filled(tmp_path / "実績.xlsx", GOOD))
    assert found == Actuals(
        "実績.xlsx",
        date(2025, 6, 30),
        (
            Month(date(2025, 4, 1), 1_234_567, answered_share_resident=0.979, seats_resident=517),
            Month(date(2025, 5, 1), 1_111_111, answered_share_resident=0.981),
            Month(date(2025, 6, 1), 1_222_222),
        ),
        512_345,
        900_001,
    )
    assert found.series("answered_share_resident") == {date(2025, 4, 1): 0.979, date(2025, 5, 1): 0.981}
    assert isinstance(found.months[0].applications, int) and isinstance(found.months[0].seats_resident, int)


def test_charts_get_the_months_and_not_the_work_inside(tmp_path):
    drawn = read_actuals(filled(tmp_path / "a.xlsx", GOOD)).as_drawn()
    assert drawn["months"][1] == {"month": "2025-05", "applications": 1_111_111, "answered_share_resident": 0.981}
    assert set(drawn) == {"file", "as_of", "months"} and "512345" not in str(drawn)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_sheet_saved_as_csv_is_read(tmp_path, encoding):
    path = tmp_path / "actuals.csv"
    path.write_bytes(CSV.replace("\n", "\r\n").encode(encoding))
    assert read_actuals(path) == Actuals(
        "actuals.csv",
        date(2025, 6, 30),
        (
            Month(date(2025, 4, 1), 1_234_567, answered_share_resident=0.979),
            Month(date(2025, 5, 1), 1_111_111, answered_share_resident=0.981),
            Month(date(2025, 6, 1), 1_222_222),
        ),
        512_345,
    )


def as_shown(cell) -> str:
    """A cell as Excel shows it, and as it saves it in a CSV file."""
    if isinstance(cell.value, datetime):
        return f"{cell.value.year}年{cell.value.month}月" + (f"{cell.value.day}日" if "d" in cell.number_format else "")
    if isinstance(cell.value, int | float):
        return f"{cell.value:.2%}" if "%" in cell.number_format else f"{cell.value:,}"
    return cell.value or ""


def test_the_sheet_of_the_template_saved_as_csv_is_the_same(tmp_path):
    path = filled(tmp_path / "a.xlsx", GOOD)
    with (tmp_path / "a.csv").open("w", encoding="cp932", newline="") as file:
        csv.writer(file).writerows(map(as_shown, row) for row in openpyxl.load_workbook(path)["月次"].iter_rows())
    assert read_actuals(tmp_path / "a.csv") == replace(read_actuals(path), file="a.csv")


@pytest.mark.parametrize(("lang", "monthly", "state"), [("ja", "月次", "基準日"), ("en", "Monthly", "As of")])
def test_templates_of_earlier_versions_say_the_same(tmp_path, lang, monthly, state):
    """There the months began in the second row, and the as-of date had a sheet of its own."""
    now, before = {}, {}
    for place, value in GOOD.items():
        name = place.removeprefix("月次!")
        now[f"{monthly}!{name}"] = value
        row = int(name[1:])
        before[f"{monthly}!{name[0]}{row - 5}" if row > HEADINGS else f"{state}!{name[0]}{row + 1}"] = value
    found = read_actuals(filled(tmp_path / "a.xlsx", now, lang))
    assert found == read_actuals(workbook_sample.filled(tmp_path / "a.xlsx", before, lang))
    assert len(found.months) == 3 and found.cards_at_municipalities == 900_001


@pytest.mark.parametrize(
    ("written", "month", "day"),
    [
        (date(2026, 4, 30), date(2026, 4, 1), date(2026, 4, 30)),
        (datetime(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 1)),
        ("2026-04", date(2026, 4, 1), None),
        ("2026/4", date(2026, 4, 1), None),
        ("2026/4/30", date(2026, 4, 1), date(2026, 4, 30)),
        ("2026年4月", date(2026, 4, 1), None),
        ("令和8年4月", date(2026, 4, 1), None),
        ("令和８年４月３０日", date(2026, 4, 1), date(2026, 4, 30)),
        ("令和元年5月", date(2019, 5, 1), None),
        ("平成31年4月", date(2019, 4, 1), None),
        ("R8.4", date(2026, 4, 1), None),
        ("Apr-26", date(2026, 4, 1), None),
        ("2026-13", None, None),
        ("2026-02-30", None, None),
        ("Abc-26", None, None),
        ("4月", None, None),
        (46113, None, None),
        (202604, None, None),
        (None, None, None),
    ],
)
def test_months_and_days_as_planners_write_them(written, month, day):
    assert (month_of(written), day_of(written)) == (month, day)


WRONG = {
    "text for a number": ({"月次!B8": "１，１１１，１１１"}, "月次!B8", "is text, not a number: enter 1111111"),
    "separators in text": ({"月次!B8": "1,111,111"}, "月次!B8", "is text, not a number: enter 1111111"),
    "percent as text": ({"月次!F8": "98.1%"}, "月次!F8", "is text, not a number: enter 0.981"),
    "words": ({"月次!B8": "不明"}, "月次!B8 = '不明'", "leave the cell empty"),
    "true": ({"月次!B8": True}, "月次!B8 = True", "is not a number"),
    "a date for a number": ({"月次!B8": date(2025, 5, 1)}, "月次!B8", "check the format"),
    "percent points": ({"月次!F8": 97.9}, "月次!F8 = 97.9", "looks like percent; write 97.9% or 0.979"),
    "a share over all": ({"月次!F8": 979}, "月次!F8", "wrong unit?"),
    "a share of nearly nothing": ({"月次!F8": 0.00979}, "月次!F8", "5% to 100%"),
    "thousands": ({"月次!B8": 1_111.1}, "月次!B8 = 1111.1", "plausible are 10,000 to 10,000,000 number (件)"),
    "millions": ({"月次!B8": 1.1}, "月次!B8", "not thousands (千) or millions (百万)"),
    "too many": ({"月次!B8": 1_111_111_000}, "月次!B8", "wrong unit?"),
    "too many seats": ({"月次!G7": 20_001}, "月次!G7", "plausible are 1 to 20,000 seats (席)"),
    "part of an application": ({"月次!B8": 1_111_111.5}, "月次!B8", "must be a whole number"),
    "part of a card": ({"月次!B2": 512_345.25}, "月次!B2", "must be a whole number of cards (枚)"),
    "negative": ({"月次!B8": -1_111_111}, "月次!B8 = -1111111", "must not be negative"),
    "a gap": ({"月次!B8": None}, "月次!B8", "申請件数 of 2025-05 is empty between stated months"),
    "no month": ({"月次!A8": None}, "月次!A8", "has no month (年月), but figures beside it"),
    "a wrong month": ({"月次!A8": "5月"}, "月次!A8 = '5月'", "write it as 2026-04, 2026/4, 令和8年4月"),
    "a month before cards": ({"月次!A7": "2015-12"}, "月次!A7", "between 2016-01 and 2046-03"),
    "a missing month": ({"月次!A9": "2025-08", "月次!B1": "2025-08-31", "月次!A11": None, "月次!A10": None},
                        "月次!A9 = '2025-08'", "comes after 2025-05: 2025-06 to 2025-07 are missing"),
    "a month twice": ({"月次!A9": "2025-05"}, "月次!A9", "2025-05 stands twice, in 月次!A8 too"),
    "a month after the as-of date": ({"月次!B10": 1_000_000}, "月次!A10", "lies after the as-of date (基準日) 2025"),
    "a formula never computed": ({"月次!B8": "=B2*2"}, "月次!B8", "is a formula without a saved result"),
    "an error": ({"月次!B8": "#N/A"}, "月次!B8 = '#N/A'", "is an error value"),
    "a wrong heading": ({"月次!B6": "申込件数"}, "月次!B6 = '申込件数'", "did you mean 申請件数?"),
    "a wrong English heading": ({"月次!B6": "aplications"}, "月次!B6", "did you mean applications?"),
    "a wrong unit in a heading": ({"月次!B6": "申請件数（千件）"}, "月次!B6", "in number (件), not in 千件"),
    "a heading twice": ({"月次!C6": "申請件数"}, "月次!C6", "stands twice"),
    "a column without a heading": ({"月次!L8": 5}, "月次!L8 = 5", "stands in a column without a heading"),
    "no heading for months": ({"月次!A6": "年月日"}, "月次!A6 = '年月日'", "did you mean 年月?"),
    "no as-of date": ({"月次!B1": None}, "月次!B1", "the as-of date (基準日) is missing"),
    "work inside on no day": ({"月次!B1": None}, "月次!B2", "work inside is stated, but not on which day"),
    "no row for the as-of date": ({"月次!A1": None}, "has no as-of date", "a row 基準日"),
    "not the end of a month": ({"月次!B1": date(2025, 6, 29)}, "月次!B1 = 2025-06-29", "such as 2025-06-30"),
    "no day": ({"月次!B1": "2025-06"}, "月次!B1", "is not a day"),
    "an unknown row": ({"月次!A2": "工場のカード"}, "月次!A2", "did you mean 工場内のカード?"),
    "a wrong unit in a row": ({"月次!A2": "工場内のカード（千枚）"}, "月次!A2", "cards (枚)"),
    "work inside beside its column": ({"月次!B2": None, "月次!C2": 512_345}, "月次!C2", "where nothing is read"),
    "work inside as text there": ({"月次!B2": None, "月次!D2": "５１２，３４５"}, "月次!D2", "values in B"),
    "a formula there": ({"月次!B2": None, "月次!C2": "=B3*2"}, "月次!C2", "is a formula without a saved result"),
    "work inside without a name": ({"月次!A2": None}, "月次!B2 = 512345", "names are in column A, values in B"),
    "a name in the second column": ({"月次!A5": None, "月次!B5": "累計発送枚数"}, "月次!B5", "where nothing is read"),
    "two names in a row": ({"月次!C1": "累計発送枚数（枚）"}, "月次!C1", "where nothing is read"),
    "work inside in thousands": ({"月次!B2": 512}, "月次!B2 = 512", "wrong unit?"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_each_mistake_names_its_cell_and_rule(tmp_path, case):
    changed, where, rule = WRONG[case]
    mistakes = told(filled(tmp_path / "a.xlsx", GOOD | changed))
    assert [m for m in mistakes if m.startswith(where) and rule in m], mistakes


@pytest.mark.parametrize("row", [",工場内のカード,500000", "工場内のカード,,500000", ",500000", "項目,値,500000"])
def test_no_figure_above_the_headings_of_csv_is_passed_over(tmp_path, row):
    (tmp_path / "a.csv").write_text(CSV.replace('工場内のカード（枚）,"512,345",', row), encoding="utf-8")
    mistakes = told(tmp_path / "a.csv")
    assert all("3 = " in line and "where nothing is read" in line for line in mistakes), mistakes


def test_no_figure_in_the_sheet_of_earlier_versions_is_passed_over(tmp_path):
    cells = {"基準日!B2": date(2025, 6, 30), "月次!B2": 1_234_567, "基準日!C3": 500_000}
    (line,) = told(workbook_sample.filled(tmp_path / "a.xlsx", cells))
    assert line.startswith("基準日!C3 = 500000   stands where nothing is read")


def test_words_above_the_headings_explain(tmp_path):
    cells = {"月次!C1": "令和7年6月30日", "月次!C2": 500_000, "月次!D5": "速報値"}
    assert read_actuals(filled(tmp_path / "a.xlsx", GOOD | cells)) == read_actuals(filled(tmp_path / "a.xlsx", GOOD))


def test_all_mistakes_are_told_at_once_and_each_once(tmp_path):
    changed = {"月次!B8": "1,111,111", "月次!F8": 97.9, "月次!G7": -5, "月次!B1": date(2025, 6, 29)}
    mistakes = told(filled(tmp_path / "a.xlsx", GOOD | changed))
    assert sorted(m.split()[0] for m in mistakes) == ["月次!B1", "月次!B8", "月次!F8", "月次!G7"]


def test_a_wrong_heading_is_told_once_not_for_every_cell_below(tmp_path):
    assert len(told(filled(tmp_path / "a.xlsx", GOOD | {"月次!B6": "申請件数（千件）", "月次!F6": "答率"}))) == 2


def test_merged_cells_are_told_once(tmp_path):
    workbook = openpyxl.load_workbook(filled(tmp_path / "a.xlsx", GOOD))
    workbook["月次"].merge_cells("B7:B8")
    workbook.save(tmp_path / "a.xlsx")
    (mistake,) = told(tmp_path / "a.xlsx")
    assert mistake.startswith("月次!B7") and "is merged (B7:B8)" in mistake


def test_other_sheets_and_empty_months_play_no_part(tmp_path):
    workbook = openpyxl.load_workbook(filled(tmp_path / "a.xlsx", GOOD))
    hidden = workbook.create_sheet("作業")
    hidden["A1"], hidden.sheet_state = "=1/0", "hidden"
    hidden.merge_cells("B2:C3")
    workbook.save(tmp_path / "a.xlsx")
    assert len(read_actuals(tmp_path / "a.xlsx").months) == 3 < MONTHS


@pytest.mark.parametrize("written", [517, "51700%"])
def test_a_count_in_percent_is_refused(tmp_path, written):
    workbook = openpyxl.load_workbook(filled(tmp_path / "a.xlsx", GOOD | {"月次!G8": written}))
    workbook["月次"]["G8"].number_format = "0%"
    workbook.save(tmp_path / "a.xlsx")
    (mistake,) = told(tmp_path / "a.xlsx")
    assert mistake.startswith("月次!G8") and "is no share, so no percent sign can stand there" in mistake


def test_a_missing_sheet_is_named(tmp_path):
    workbook = book()
    workbook["月次"].title = "月次 (2)"
    workbook.save(tmp_path / "a.xlsx")
    (mistake,) = told(tmp_path / "a.xlsx")
    assert "has no sheet 月次 or Monthly" in mistake and "is it 月次 (2)?" in mistake


@pytest.mark.parametrize("copy", ["月次 (2)", "月次２", "Copy of Monthly", "月次 のコピー", "基準日 (2)"])
def test_a_copy_of_a_sheet_is_not_passed_over(tmp_path, copy):
    cells = {"基準日!B2": date(2025, 6, 30), "月次!B2": 1_234_567}
    workbook = openpyxl.load_workbook(workbook_sample.filled(tmp_path / "a.xlsx", cells))
    workbook.create_sheet(copy)
    workbook.save(tmp_path / "a.xlsx")
    (mistake,) = told(tmp_path / "a.xlsx")
    assert copy in mistake and "for the same figures: keep one of them" in mistake


@pytest.mark.parametrize("name", ["基準", "基準目日", "As off"])
def test_work_inside_on_a_sheet_whose_name_has_a_slip_is_not_passed_over(tmp_path, name):
    workbook = openpyxl.load_workbook(filled(tmp_path / "a.xlsx", GOOD))
    workbook.create_sheet(name)
    workbook.save(tmp_path / "a.xlsx")
    (mistake,) = told(tmp_path / "a.xlsx")
    assert f"has a sheet {name}, which is not read" in mistake


def test_a_sheet_of_another_year_is_no_copy(tmp_path):
    workbook = openpyxl.load_workbook(filled(tmp_path / "a.xlsx", GOOD))
    workbook.create_sheet("月次 2024")
    workbook.save(tmp_path / "a.xlsx")
    assert len(read_actuals(tmp_path / "a.xlsx").months) == 3


def test_the_empty_template_asks_for_the_as_of_date_and_a_dated_one_for_figures(tmp_path):
    assert [m.split()[0] for m in told(filled(tmp_path / "a.xlsx", {}))] == ["月次!B1"]
    assert told(filled(tmp_path / "a.xlsx", {"月次!B1": date(2025, 6, 30)}))[0].startswith("holds no figures")


NO_TABLES = {
    "empty.xlsx": (b"", "is empty"),
    "empty.csv": (b" \r\n", "is empty"),
    "text.xlsx": (b"month,applications\n", "is not an Excel workbook"),
    "broken.xlsx": (b"PK\x03\x04 broken", "is damaged"),
    "locked.xlsx": (b"\xd0\xcf\x11\xe0" + b"\0" * 8 + "EncryptedPackage".encode("utf-16-le"), "locked by a password"),
    "old.xls": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "save it as .xlsx"),
    "utf16.csv": (CSV.encode("utf-16"), "CSV UTF-8"),
    "euc.csv": (CSV.encode("euc-jp") + b"\xff", "neither UTF-8 nor Shift JIS"),
    "binary.csv": (bytes(range(256)), "not a CSV file"),
    "words.csv": ("こんにちは\n".encode(), "A1 = 'こんにちは'   unknown name"),
    "quotes.csv": (b'month,applications\n2025-04,"12\n', "is not CSV"),
    "wide.csv": (b"," * 500, "501 columns"),
    "narrow.csv": (CSV.replace("1111111", "#######").encode(), "B6 = '#######'   was too narrow to show"),
    "error.csv": (CSV.replace("1111111", "#N/A").encode(), "B6 = '#N/A'   is an error value"),
    "scientific.csv": (CSV.replace("1111111", "1.11E+06").encode(), "B6 = '1.11E+06'   is text"),
    "full-width.csv": (CSV.replace("1111111", "１１１１１１１").encode(), "enter 1111111 as a number"),
    "count.csv": (CSV.replace("1111111", "111111100%").encode(), "B6 = 1111111   is no share, so no percent sign"),
    "percent.csv": (CSV.replace("98.1%", "98.1").encode(), "C6 = 98.1   wrong unit: looks like percent"),
    "no-date.csv": (CSV.replace("基準日", "# 基準日").encode(), "a row 基準日 above the headings"),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_TABLES)
def test_files_that_are_no_such_table_are_refused(tmp_path, name):
    raw, rule = NO_TABLES[name]
    (tmp_path / name).write_bytes(raw)
    mistakes = told(tmp_path / name)
    assert [m for m in mistakes if rule in m], mistakes


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path):
    assert "cannot be read" in told(tmp_path / "none.xlsx")[0]
    assert "cannot be read" in told(tmp_path)[0]


def figures(column):
    if column.share:
        return st.integers(50, 1000).map(lambda n: n / 1000)
    return st.integers(int(column.low), int(column.high))


@st.composite
def actuals(draw):
    """Any figures that the rules allow: each series from a month to a month, the as-of date no earlier."""
    columns: dict[int, dict[str, float]] = {}
    for column in MONTHLY:
        first, last = sorted(draw(st.tuples(st.integers(0, 11), st.integers(0, 11))))
        for place in range(first, last + 1) if draw(st.booleans()) else ():
            columns.setdefault(place, {})[column.name] = draw(figures(column))
    months, month = [], date(2025, 4, 1)
    for place in range(12):
        if place in columns:
            months.append(Month(month, **columns[place]))
        month = next_month(month)
    state = {column.name: draw(st.none() | figures(column)) for column in STATE}
    state["cards_in_plant"] = draw(figures(STATE[0]))
    assume(not list(contradictions(months, {name: value for name, value in state.items() if value is not None})))
    return Actuals("a.xlsx", date(2026, 3, 31), tuple(months), **state)


@settings(max_examples=15, deadline=None)
@given(wanted=actuals(), lang=st.sampled_from(["ja", "en"]))
def test_what_is_written_into_the_template_is_read_back(tmp_path_factory, wanted, lang):
    monthly = SHEETS["monthly"][("ja", "en").index(lang)]
    cells = {f"{monthly}!B1": wanted.as_of} | {
        f"{monthly}!{ROW[column.name]}": getattr(wanted, column.name) for column in STATE
    }
    for row in wanted.months:
        number = HEADINGS + 1 + (row.month.year - 2025) * 12 + row.month.month - 4
        cells |= {f"{monthly}!{LETTER[column.name]}{number}": getattr(row, column.name) for column in MONTHLY}
    assert read_actuals(filled(tmp_path_factory.mktemp("filled") / "a.xlsx", cells, lang)) == wanted


def test_the_template_explains_every_figure_in_both_languages():
    for lang, raw in EMPTY.items():
        workbook = openpyxl.load_workbook(io.BytesIO(raw))
        place = ("ja", "en").index(lang)
        assert workbook.sheetnames == [SHEETS[key][place] for key in ("guide", "monthly")]
        guide = {cell.value for row in workbook.worksheets[0].iter_rows() for cell in row}
        assert {column.heading(lang) for column in (MONTH, *MONTHLY, AS_OF, *STATE)} <= guide
        monthly = workbook.worksheets[1]
        assert monthly.freeze_panes == f"B{HEADINGS + 1}" and monthly.max_row == HEADINGS + MONTHS
        assert monthly["A7"].value == datetime(2025, 4, 1) and monthly["A30"].value == datetime(2027, 3, 1)
        rules = [rule for sheet in workbook.worksheets for rule in sheet.data_validations.dataValidation]
        assert len(rules) == len(MONTHLY) + len(STATE) + 1
        assert all(len(rule.errorTitle) <= 32 and len(rule.error) <= 255 for rule in rules)


def stated(**values):
    months, month = [], date(2024, 1, 1)
    for _ in range(18):
        months.append(Month(month, applications=1_000_000 + month.month, **values))
        month = next_month(month)
    return Actuals("a.xlsx", date(2025, 6, 30), tuple(months), 500_000, 900_000)


def test_the_scenario_starts_from_the_figures():
    base = load("baseline-fy2025")
    scenario = apply(base, stated(seats_resident=300))
    windows = scenario.parameters.demand.actual
    assert scenario.parameters.first_simulated_day == date(2024, 4, 1) == windows[0].from_
    assert (len(windows), windows[-1].to, windows[-1].applications) == (15, date(2025, 6, 30), 1_000_006)
    (state,) = scenario.parameters.opening.restated
    assert (state.as_of, state.cards, state.at_municipalities) == (date(2025, 6, 30), 500_000, 900_000)
    seats, own = scenario.parameters.contact.resident.seats, base.parameters.contact.resident.seats
    assert seats.at(date(2024, 4, 1)) == seats.at(date(2025, 6, 30)) == 300
    for day in (date(2025, 7, 1), date(2026, 3, 31)):
        assert seats.at(day, 0.9) == 300 != own.at(day, 0.9)
    assert scenario.parameters.contact.helpdesk == base.parameters.contact.helpdesk
    assert scenario.before == base


def test_the_last_stated_seats_hold_until_the_scenario_states_others():
    steps = [{"from": date(2024, 1, 1), "value": 100}, {"from": date(2025, 5, 10), "value": 200, "low": 150},
             {"from": date(2025, 9, 1), "value": 300, "low": 250}]  # fmt: skip
    base = load("baseline-fy2025").changed(contact__resident__seats=steps)
    months = tuple(Month(date(2025, month, 1), seats_resident=400 + month) for month in (4, 5, 6))
    scenario = apply(base, Actuals("a", date(2025, 6, 30), months))
    seats = scenario.parameters.contact.resident.seats
    days = (date(2025, 3, 31), date(2025, 4, 1), date(2025, 5, 31), date(2025, 6, 30), date(2025, 8, 31))
    assert [seats.at(day) for day in (*days, date(2025, 9, 1))] == [100, 404, 405, 406, 406, 300]
    assert seats.at(date(2025, 9, 1), 0.0) == 250
    (told,) = named(scenario).afterwards
    assert told == Held("contact.resident.seats", "2025-06", "held", date(2025, 9, 1))


def test_seats_stated_before_the_run_alone_hold_on_in_it():
    months = tuple(Month(date(2024, month, 1), seats_resident=400 + month) for month in (1, 2, 3))
    scenario = apply(load("baseline-fy2025"), Actuals("a", date(2025, 6, 30), months, 500_000))
    first = scenario.parameters.first_simulated_day
    assert scenario.parameters.contact.resident.seats.at(first) == 403
    assert [(told.last, told.until) for told in named(scenario).afterwards] == [("2024-03", None)]


def test_levels_hold_on_flows_are_forecast_and_the_answer_says_both():
    scenario = apply(load("baseline-fy2025"), stated(seats_resident=300))
    run = recorded.run(actuals=as_json(named(scenario)))
    assert [(told.path, told.then) for told in run.actuals.afterwards] == [
        ("demand.actual", "forecast"), ("contact.resident.seats", "held")
    ]  # fmt: skip
    assert values.text(catalogue.load("en"), used(run)) == (
        "Starts from the actual figures in a.xlsx, up to 2025-06-30. After 2025-06, applications are forecast. "
        "After 2025-06, seats (residents) stay as last stated, to the end of the run."
    )
    assert values.text(catalogue.load("ja"), used(run)).endswith(
        "2025年6月より後の申請件数は予測による。2025年6月より後も、住民向けの席数は最後の実績のまま据え置く。"
    )
    held = [
        replace(told, until=date(2025, 9, 1)) if isinstance(told, Held) else told for told in run.actuals.afterwards
    ]
    run = recorded.run(actuals=as_json(named(scenario)) | {"afterwards": held})
    assert "from 2025-09-01 on the scenario's own hold" in values.text(catalogue.load("en"), used(run))
    assert "2025年9月1日からはシナリオの値による" in values.text(catalogue.load("ja"), used(run))


def test_figures_up_to_the_end_of_the_run_have_nothing_after_them():
    base = load("baseline-fy2025").changed(end=date(2025, 6, 30))
    assert named(apply(base, stated(seats_resident=300))).afterwards == () and named(base) is None


def test_the_resolved_file_of_such_a_scenario_is_the_same_scenario(tmp_path):
    scenario = apply(load("baseline-fy2025"), stated(seats_resident=300, seats_helpdesk=20))
    (tmp_path / "scenario.toml").write_text(complete_file(scenario), encoding="utf-8")
    assert load(str(tmp_path / "scenario.toml")).parameters == scenario.parameters


def test_windows_of_the_scenario_itself_stay_outside_the_stated_months():
    own = [{"from": date(2024, 4, 1), "to": date(2024, 4, 30), "applications": 5},
           {"from": date(2025, 5, 1), "to": date(2025, 5, 31), "applications": 6}]  # fmt: skip
    months = (Month(date(2025, 5, 1), applications=1_000_000),)
    applied = apply(load("baseline-fy2025").changed(demand__actual=own), Actuals("a", date(2025, 6, 30), months))
    assert [window.applications for window in applied.parameters.demand.actual] == [5, 1_000_000]


@pytest.mark.parametrize(("day", "rule"), [(date(2026, 4, 30), "--set end=2026-04-30"), (date(2024, 3, 31), "earlier")])
def test_an_as_of_date_outside_the_run_says_what_to_change(day, rule):
    with pytest.raises(UserError, match="lies outside the simulated days") as error:
        apply(load("baseline-fy2025"), Actuals("a.xlsx", day, (), 500_000))
    assert rule in str(error.value)


def test_stated_seats_and_a_policy_that_sizes_them_are_refused_together():
    policy = load("baseline-fy2025").changed(contact__resident__seats_policy="last_year")
    with pytest.raises(UserError, match="seats_policy=fixed"):
        apply(policy, stated(seats_resident=300))
    assert apply(policy, stated(seats_helpdesk=20)).actuals


def test_changing_a_scenario_that_starts_from_figures_changes_it_without_them_too():
    changed = apply(load("baseline-fy2025"), stated()).changed(plant__cards_per_day=200_000)
    assert changed.before.parameters.plant == changed.parameters.plant
    assert changed.actuals and not changed.before.parameters.demand.actual
