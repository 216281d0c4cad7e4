"""Files that would take all memory or for ever are refused in a moment; what stands far off plays no part."""

import io
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from workbook_sample import BOOK, SHEET, STYLES, changed, empty, filled

from scenarios.errors import UserError
from scenarios.files.plain_file import read_plain
from scenarios.workbook import archive
from scenarios.workbook.rules import read_actuals

GOOD = {"月次!B2": 1_234_567, "基準日!B2": date(2025, 4, 30)}
TOO_LARGE = "is too large for a table of months"
DAMAGED = "is not an Excel workbook (.xlsx), or is damaged"


def told(path) -> list[str]:
    with pytest.raises(UserError) as error:
        read_actuals(path)
    return [str(mistake.message) for mistake in error.value.mistakes]


def rows(text):
    """The monthly sheet with rows below its table."""
    return SHEET, lambda sheet: sheet.replace("</sheetData>", f"{text}</sheetData>")


def after(text):
    return SHEET, lambda sheet: sheet.replace("</sheetData>", f"</sheetData>{text}")


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
HOSTILE = {
    "spaces": (SHEET, lambda sheet: sheet + " " * archive.MOST_UNPACKED, TOO_LARGE),
    "rows": (*rows("<row/>" * 300_001), TOO_LARGE),
    "cells in a row": (*rows(f'<row r="30">{"<c/>" * 300_001}</row>'), TOO_LARGE),
    "attributes": (*rows(f"<row {' '.join(f'a{n}=``' for n in range(300_001))}/>".replace("`", '"')), TOO_LARGE),
    "depth": (*rows("<a>" * 1_000_000), TOO_LARGE),
    "merged areas": (*after('<mergeCell ref="A1:B2"/>' * 150_001), TOO_LARGE),
    "merged areas over each other": (*after('<mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/>'), DAMAGED),
    "styles": (STYLES, lambda styles: styles.replace("</cellXfs>", f"{'<xf/>' * 300_001}</cellXfs>"), TOO_LARGE),
    "sheets": (BOOK, lambda book: book.replace("</sheets>", f"{'<sheet/>' * 100_001}</sheets>"), TOO_LARGE),
    "entities": (SHEET, lambda sheet: LAUGHS + sheet, DAMAGED),
    "digits": (*rows(f'<row r="30"><c r="B30"><v>{"9" * 5_000}</v></c></row>'), DAMAGED),
    "a far row": (*rows('<row r="1048576"><c r="B1048576"><v>1</v></c></row>'), "月次!B1048576   lies far"),
    "a far column": (*rows('<row r="30"><c r="XFD30"><v>1</v></c></row>'), "月次!XFD30   lies far from the table"),
    "a row before the first": (*rows('<row r="-5"><c><v>1</v></c></row>'), "lies far from the table"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_extent_is_measured_before_anything_is_built(tmp_path, case):
    part, change, rule = HOSTILE[case]
    path = filled(tmp_path / "a.xlsx", GOOD)
    path.write_bytes(changed(path.read_bytes(), part, change))
    (line,) = told(path)
    assert rule in line


def test_an_archive_of_thousands_of_parts_is_not_opened(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as parts:
        for number in range(5_001):
            parts.writestr(f"{number}", b"")
    assert TOO_LARGE in told(tmp_path / "a.xlsx")[0]


@pytest.mark.parametrize(("digits", "shown"), [("9" * 400, "inf"), ("1e999", "inf"), ("9" * 20, "1e+20")])
def test_a_number_of_many_digits_is_no_figure(tmp_path, digits, shown):
    path = filled(tmp_path / "a.xlsx", GOOD)
    path.write_bytes(changed(path.read_bytes(), *rows(f'<row r="2"><c r="B2"><v>{digits}</v></c></row>')))
    (line,) = told(path)
    assert line.startswith(f"月次!B2 = {shown}   ")


def test_a_number_of_many_digits_in_csv(tmp_path):
    (tmp_path / "a.csv").write_text(f"基準日,2025-04-30\n年月,申請件数\n2025-04,{'9' * 400}\n", encoding="utf-8")
    assert told(tmp_path / "a.csv") == ["B3 = inf   must be a finite number"]


@pytest.mark.parametrize("area", ["K1:K1048576", "K1:XFD1", "K1:XFD1048576", "A100:XFD1048576"])
def test_cells_merged_to_the_last_row_or_column_beside_the_table_play_no_part(tmp_path, area):
    """Their cells are never built: the last of these areas would be 17,000 million."""
    workbook = openpyxl.load_workbook(filled(tmp_path / "a.xlsx", GOOD))
    workbook["月次"].merged_cells.add(area)
    workbook.save(tmp_path / "a.xlsx")
    assert read_actuals(tmp_path / "a.xlsx").series("applications") == {date(2025, 4, 1): 1_234_567}


def test_a_merged_column_of_the_table_is_told_once(tmp_path):
    workbook = openpyxl.load_workbook(filled(tmp_path / "a.xlsx", GOOD))
    workbook["月次"].merged_cells.add("C1:C1048576")
    workbook.save(tmp_path / "a.xlsx")
    (line,) = told(tmp_path / "a.xlsx")
    assert line.startswith("月次!C1 = '発送枚数（枚）'   is merged (C1:C1048576)")


def test_empty_rows_with_a_format_play_no_part(tmp_path):
    path = filled(tmp_path / "a.xlsx", GOOD)
    path.write_bytes(changed(path.read_bytes(), *rows('<row r="1048576"><c r="B1048576" s="1"/></row>')))
    assert read_actuals(path).months


def test_large_sheets_beside_the_table_are_not_opened(tmp_path):
    workbook = openpyxl.load_workbook(filled(tmp_path / "a.xlsx", GOOD))
    workbook.create_sheet("明細")["A1"] = 1
    workbook.save(tmp_path / "a.xlsx")
    raw = changed((tmp_path / "a.xlsx").read_bytes(), "xl/worksheets/sheet4.xml", lambda text: text + " " * 31_000_000)
    (tmp_path / "a.xlsx").write_bytes(raw)
    assert read_actuals(tmp_path / "a.xlsx").months


MANY = {
    "rows": ("\n" * 5_000 + "x\n", "row 5003   lies far from the table"),
    "columns": ("," * 101, "row 3   has 102 columns"),
    "bytes": ("x" * 2_000_001, "is larger than 2 MB"),
    "one text": ("x" * 200_000, "row 3   has a text that is too long"),
}


@pytest.mark.parametrize("case", MANY)
def test_csv_files_beyond_a_table_are_refused(tmp_path, case):
    text, rule = MANY[case]
    (tmp_path / "a.csv").write_text("基準日,2025-04-30\n年月,申請件数\n" + text, encoding="utf-8")
    (line,) = told(tmp_path / "a.csv")
    assert rule in line


def test_empty_lines_below_a_csv_table_play_no_part(tmp_path):
    text = "基準日,2025-04-30\n年月,申請件数\n2025-04,1234567\n" + ",\n" * 5_000
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert read_actuals(tmp_path / "a.csv").months


@pytest.mark.skipif(sys.platform == "win32", reason="no devices or pipes with a name")
def test_devices_and_pipes_are_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.xlsx")
    for name in ("/dev/zero", str(tmp_path / "pipe.xlsx")):
        assert "not an ordinary file" in told(tmp_path / name)[0]


def test_plain_files_are_read_up_to_a_size(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    assert read_plain(path, 3) == b"abc"
    for wrong, rule in ((path, "is larger than"), (tmp_path, "folder"), (tmp_path / "none", "no such file")):
        with pytest.raises(UserError, match=rule):
            read_plain(wrong, 2)
    with pytest.raises(UserError, match="cannot be read"):
        read_plain(tmp_path / "a\0b", 2)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell the most memory taken")
def test_a_bomb_of_a_few_megabytes_is_refused_in_little_memory(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(empty())) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != SHEET:
                new.writestr(name, old.read(name))
        with new.open(SHEET, "w") as part:
            for _ in range(150):
                part.write(b"<row/>" * 170_000)
    (tmp_path / "a.xlsx").write_bytes(stream.getvalue())
    program = (
        "import sys; from pathlib import Path; from scenarios.errors import UserError\n"
        "from scenarios.workbook.rules import read_actuals\n"
        "try: read_actuals(Path(sys.argv[1]))\n"
        "except UserError as error: print(error)\n"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "a.xlsx"], capture_output=True, text=True, timeout=60
    )
    assert TOO_LARGE in done.stdout and int(done.stdout.split()[-1]) < 200_000, done
