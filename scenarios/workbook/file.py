"""The cells of a planner's file: an Excel workbook, or a sheet of it saved as CSV, with what cannot be read in a cell.

Nothing is written and nothing kept open: the file is read once, as bytes. What a cell means is for
``scenarios.workbook.rules``.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from scenarios.errors import UserError
from scenarios.files.plain_file import read_plain
from scenarios.workbook.cell import ERRORS, MOST_COLUMNS, MOST_ROWS, Cell, Rows, is_error
from scenarios.workbook.excel import Sheets, read_workbook
from sim.message import Message

MOST_BYTES, _MOST_TEXT = 20_000_000, 2_000_000
"""A larger workbook, or CSV file, is no table of months."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")


def is_workbook(path: Path, raw: bytes) -> bool:
    """Whether a file is meant as an Excel workbook, by its first bytes or its name."""
    return raw.startswith((_ZIP, _OLE)) or path.suffix.lower() in (".xlsx", ".xlsm", ".xls")


def read_cells(path: Path, sheets: Sheets, optional: Sheets) -> dict[str, Rows]:
    """The rows of each wanted sheet by its key; a CSV file is the first sheet alone.

    Args:
        path: a workbook (.xlsx) or a CSV file in UTF-8 or cp932.
        sheets: the names by which each wanted sheet may be called. Other sheets are passed over.
        optional: the same of sheets that may be missing.

    Raises:
        UserError: if the file cannot be read, is empty, locked by a password, or neither of the two.
    """
    raw = read_plain(path, MOST_BYTES)
    if not raw.strip():
        raise UserError(path.name, [Message("is empty")])
    if is_workbook(path, raw):
        return workbook_cells(path.name, raw, sheets, optional)
    if len(raw) > _MOST_TEXT:
        raise UserError(path.name, [Message("is larger than {most} MB", most=f"{_MOST_TEXT / 1e6:g}")])
    return {next(iter(sheets)): _csv(path.name, raw)}


def workbook_cells(name: str, raw: bytes, sheets: Sheets, optional: Sheets | None = None) -> dict[str, Rows]:
    """The rows of each wanted sheet of a workbook by its key; an optional one may be missing.

    Raises:
        UserError: if it is none, is locked by a password, of an old kind, or as ``read_workbook``.
    """
    if not raw.startswith((_ZIP, _OLE)):
        raise UserError(name, [Message("is not an Excel workbook, whatever its name says")])
    if raw.startswith(_ZIP):
        return read_workbook(name, raw, sheets, optional)
    if _ENCRYPTED in raw:
        raise UserError(name, [Message("is locked by a password: save a copy without one")])
    raise UserError(name, [Message("is an old .xls file: save it as .xlsx")])


def _csv(name: str, raw: bytes) -> Rows:
    rows: Rows = []
    number = 0
    try:
        for number, line in enumerate(csv.reader(io.StringIO(_text(name, raw), newline=""), strict=True), start=1):
            if len(line) > MOST_COLUMNS:
                told = Message("row {row}   has {count} columns: not a table of months", row=number, count=len(line))
                raise UserError(name, [told])
            if line and _is_remark(line[0].strip()):
                line = []
            if number <= MOST_ROWS:
                rows.append([_csv_cell(column, number - 1, text.strip()) for column, text in enumerate(line)])
            elif any(map(str.strip, line)):
                told = Message("row {row}   lies far from the table: delete what lies below it", row=number)
                raise UserError(name, [told])
    except csv.Error as error:
        raise UserError(name, [_not_csv(number + 1, error)]) from None
    return _trimmed(rows)


def _not_csv(row: int, error: csv.Error) -> Message:
    if "limit" in str(error):
        return Message("row {row}   has a text that is too long", row=row)
    return Message("row {row}   is not CSV: check its quotation marks", row=row)


def _text(name: str, raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw:
        rule = Message("is not a CSV file in UTF-8 or Shift JIS: save the sheet as 'CSV UTF-8' or .xlsx")
        raise UserError(name, [rule])
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    rule = Message("is neither UTF-8 nor Shift JIS (cp932): save the sheet as 'CSV UTF-8' or .xlsx")
    raise UserError(name, [rule])


def _is_remark(text: str) -> bool:
    return text.startswith("#") and text.upper() not in ERRORS and set(text) != {"#"}


def _csv_cell(column: int, row: int, text: str) -> Cell:
    """A cell of a CSV file: Excel writes numbers as they are shown, so separators and percent are read here."""
    if text.upper() in ERRORS:
        return Cell("", column, row, text, is_error())
    if set(text) == {"#"}:
        return Cell("", column, row, text, Message("was too narrow to show: widen the column in Excel and save again"))
    number = number_in(text)
    return Cell("", column, row, text or None if number is None else number, percent=text.endswith("%"))


def number_in(text: str) -> int | float | None:
    """The number that a text in plain digits shows, such as ``1,234,567`` or ``97.9%``; ``None`` for any other."""
    digits = text.removesuffix("%").rstrip() if text.endswith("%") else text
    if not text.isascii() or not _NUMBER.fullmatch(digits):
        return None
    number = float(digits.replace(",", ""))
    if text.endswith("%"):
        return round(number / 100, 12)
    return int(number) if number.is_integer() and "." not in digits else number


def _trimmed(rows: Rows) -> Rows:
    while rows and all(cell.empty for cell in rows[-1]):
        rows.pop()
    return rows
