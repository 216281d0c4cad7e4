"""The cells of a planner's file: an Excel workbook, or a sheet of it saved as CSV, with what cannot be read in a cell.

Nothing is written and nothing kept open: the file is read once, as bytes. What a cell means is for
``scenarios.workbook.rules``.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.errors import UserError, nearest

MOST_BYTES = 20_000_000
"""A larger file is no table of months."""
_MOST_COLUMNS, _MOST_ROWS = 200, 2_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")


@dataclass(frozen=True)
class Cell:
    """A cell: where it stands (``月次!C7``, in a CSV file ``C7``), its value, and why that cannot be read, if so.

    ``value`` is a number, a text, a date or ``None``. ``wrong`` is empty where the reason is told at another cell.
    """

    place: str
    value: Any = None
    wrong: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it, not even something wrong."""
        return self.value is None and self.wrong is None


Rows = list[list[Cell]]
"""Rows of cells, without empty rows at the end."""


def read_cells(path: Path, sheets: Mapping[str, tuple[str, ...]]) -> dict[str, Rows]:
    """The rows of each wanted sheet by its key; a CSV file is the first sheet alone.

    Args:
        path: a workbook (.xlsx) or a CSV file in UTF-8 or cp932.
        sheets: the names by which each wanted sheet may be called. Other sheets are passed over.

    Raises:
        UserError: if the file cannot be read, is empty, locked by a password, or neither of the two.
    """
    raw = _bytes(path)
    if raw.startswith(_ZIP):
        return _workbook(path.name, raw, sheets)
    if raw.startswith(_OLE):
        locked = _ENCRYPTED in raw
        rule = "is locked by a password: save a copy without one" if locked else "is an old .xls file: save it as .xlsx"
        raise UserError(path.name, [rule])
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
        raise UserError(path.name, ["is not an Excel workbook, whatever its name says"])
    return {next(iter(sheets)): _csv(path.name, raw)}


def column_letter(index: int) -> str:
    """The letters of a column, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError(path.name, [f"is larger than {MOST_BYTES // 1_000_000} MB: not a table of months"])
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(str(path), [f"cannot be read: {error.strerror or error}"]) from None
    if not raw.strip():
        raise UserError(path.name, ["is empty"])
    return raw


def _workbook(name: str, raw: bytes, sheets: Mapping[str, tuple[str, ...]]) -> dict[str, Rows]:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
            written = openpyxl.load_workbook(io.BytesIO(raw))
    except Exception:
        # A damaged or foreign archive fails in many ways inside the library; all mean the same to the planner.
        raise UserError(name, ["is not an Excel workbook (.xlsx), or is damaged"]) from None
    there = {sheet.title: sheet for sheet in values.worksheets}
    found, mistakes = {}, []
    for key, wanted in sheets.items():
        title = next((title for title in there if title.strip().casefold() in map(str.casefold, wanted)), None)
        if title is None:
            near = next((hint for known in wanted if (hint := nearest(known, there))), "")
            mistakes.append(f"has no sheet {' or '.join(wanted)}{near.replace('did you mean', 'is it')}")
        else:
            found[key] = _sheet(name, title, there[title], written[title])
    if mistakes:
        raise UserError(name, mistakes)
    return found


def _sheet(name: str, title: str, values: Any, written: Any) -> Rows:
    merged = {
        (row, column): (f"is merged ({area.coord}): unmerge it and fill in each cell" if first else "")
        for area in values.merged_cells.ranges
        for first, row, column in _covered(area)
    }
    if values.max_row > _MOST_ROWS or values.max_column > _MOST_COLUMNS:
        size = f"{values.max_row:,} rows and {values.max_column:,} columns"
        raise UserError(name, [f"{title}   has {size}: delete what lies beside and below the table"])
    rows = []
    for number in range(1, values.max_row + 1):
        cells = []
        for column in range(1, values.max_column + 1):
            place = f"{title}!{column_letter(column - 1)}{number}"
            cell = values.cell(number, column)
            wrong = merged.get((number, column), _unreadable(cell, written.cell(number, column)))
            value = cell.value.strip() or None if isinstance(cell.value, str) else cell.value
            cells.append(Cell(place, value, wrong))
        rows.append(cells)
    return _trimmed(rows)


def _covered(area: Any) -> Iterator[tuple[bool, int, int]]:
    for row in range(area.min_row, area.max_row + 1):
        for column in range(area.min_col, area.max_col + 1):
            yield (row, column) == (area.min_row, area.min_col), row, column


def _unreadable(cell: Any, written: Any) -> str | None:
    if written.data_type == "f" and cell.value is None:
        return "is a formula without a saved result: open and save the file in Excel, or enter the value"
    if cell.data_type == "e":
        return "is an error value: mend the formula, or leave the cell empty"
    return None


def _csv(name: str, raw: bytes) -> Rows:
    rows = []
    try:
        for number, line in enumerate(csv.reader(io.StringIO(_text(name, raw), newline=""), strict=True), start=1):
            if len(line) > _MOST_COLUMNS:
                raise UserError(name, [f"row {number}   has {len(line)} columns: not a table of months"])
            if line and _is_remark(line[0].strip()):
                line = []
            rows.append([_csv_cell(f"{column_letter(i)}{number}", text.strip()) for i, text in enumerate(line)])
    except csv.Error as error:
        raise UserError(name, [f"row {len(rows) + 1}   is not CSV: {error}"]) from None
    return _trimmed(rows)


def _text(name: str, raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:4096]:
        raise UserError(name, ["is not a CSV file in UTF-8 or Shift JIS: save the sheet as 'CSV UTF-8' or .xlsx"])
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(name, ["is neither UTF-8 nor Shift JIS (cp932): save the sheet as 'CSV UTF-8' or .xlsx"])


def _is_remark(text: str) -> bool:
    return text.startswith("#") and text.upper() not in _ERRORS and set(text) != {"#"}


def _csv_cell(place: str, text: str) -> Cell:
    """A cell of a CSV file: Excel writes numbers as they are shown, so separators and percent are read here."""
    if text.upper() in _ERRORS:
        return Cell(place, text, "is an error value: mend the formula, or leave the cell empty")
    if set(text) == {"#"}:
        return Cell(place, text, "was too narrow to show: widen the column in Excel and save again")
    return Cell(place, number if (number := number_in(text)) is not None else text or None)


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
