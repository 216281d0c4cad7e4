"""What all workbooks have in common: their look, widths, cells to fill in, and how they print.

Text is written as text, whatever it looks like. Rows and columns of ``Form`` count from 1, as their readers count them.
"""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.catalogue import Catalogue

HEAD, LINE, ENTRY = "#DCE6F1", "#BFBFBF", "#FFFDE7"
FONT = {"ja": "Yu Gothic", "en": "Calibri"}
_MADE = datetime(2016, 1, 1)
"""What the file says of its date: always the same, so that the same answer makes the same bytes."""
_LONGEST_TEXT = 32_000
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_A4, _LINE_HEIGHT, _DEFAULT_WIDTH = 9, 18.0, 8.43
_GRID = {"border": 1, "border_color": LINE}
_WRAPPED = {"text_wrap": True, "valign": "top"}


class Book:
    """A workbook in the making, in the font of a language."""

    def __init__(self, cat: Catalogue, title: str) -> None:
        self._stream, self._font = io.BytesIO(), FONT[cat.lang]
        plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.made = xlsxwriter.Workbook(self._stream, plain)
        self.made.set_properties({"title": clean(title)[:255], "author": "Cardflow", "created": _MADE})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def sheet(self, name: str) -> Worksheet:
        """A sheet that prints on A4 pages which hold all its columns."""
        sheet: Worksheet = self.made.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.set_footer("&C&A  &P / &N")
        return sheet

    def look(self, **look: Any) -> Format:
        """A format of cells; the same one for the same look."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.made.add_format({"font_name": self._font, "font_size": 11, **look})
        return self._formats[key]

    def saved(self) -> bytes:
        """The workbook as the bytes of an .xlsx file."""
        self.made.close()
        return self._stream.getvalue()


class Form:
    """A sheet of a workbook to fill in: what is written into it is laid out once its columns have their widths."""

    def __init__(self, book: Book, name: str) -> None:
        self.sheet, self._book = book.sheet(name), book
        self._cells: dict[tuple[int, int], tuple[Any, dict[str, Any]]] = {}
        self._widths: Sequence[float] = ()

    def write(self, row: int, column: int, value: Any, **look: Any) -> None:
        """A cell with its look."""
        self._cells[row, column] = value, look

    def guide(self, title: str, lines: Sequence[str]) -> int:
        """A title with lines of text below it; the row after the next."""
        self.sheet.hide_gridlines(2)
        self.write(1, 1, title, bold=True, font_size=14)
        for row, line in enumerate(lines, start=2):
            self.write(row, 1, line)
        return len(lines) + 3

    def head(self, row: int, texts: Sequence[str]) -> None:
        """A row of headings."""
        look = {"bold": True, "bg_color": HEAD, "text_wrap": True, "align": "center", "valign": "vcenter"}
        for column, text in enumerate(texts, start=1):
            self.write(row, column, text, **look, **_GRID)

    def told(self, row: int, texts: Sequence[str]) -> None:
        """A row of explanations."""
        for column, text in enumerate(texts, start=1):
            self.write(row, column, text, **_WRAPPED, **_GRID)

    def named(self, row: int, value: Any, **look: Any) -> None:
        """The name of a row, in its first cell."""
        self.write(row, 1, value, **look, **_GRID)

    def entry(self, row: int, column: int, value: Any, shape: str, wrapped: bool = False) -> None:
        """A cell to fill in, with the number format ``shape``."""
        self.write(row, column, value, num_format=shape, bg_color=ENTRY, **_GRID, **(_WRAPPED if wrapped else {}))

    def rule(self, rows: tuple[int, int], column: int, rule: dict[str, Any]) -> None:
        """What Excel lets into the cells of a column from the first of the rows to the last."""
        self.sheet.data_validation(rows[0] - 1, column - 1, rows[1] - 1, column - 1, {"ignore_blank": True, **rule})

    def on_one_page(self, widths: Sequence[float], heading: int) -> None:
        """Write all cells in columns of these widths, to print on one page, or more with the headings on each."""
        self._widths = widths
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)
        for (row, column), (value, look) in self._cells.items():
            _put(self.sheet, row - 1, column - 1, value, self._book.look(**look))
        self._fit_rows()
        last = (max(place[axis] for place in self._cells) - 1 for axis in (0, 1))
        self.sheet.print_area(0, 0, *last)
        self.sheet.repeat_rows(heading - 1)
        self.sheet.fit_to_pages(1, 1)
        self.sheet.center_horizontally()

    def _fit_rows(self) -> None:
        """Heights for texts that take more than a line of their column: not every program finds them itself."""
        for row in {row for row, _ in self._cells}:
            lines = max(self._lines(place) for place in self._cells if place[0] == row)
            if lines > 1:
                self.sheet.set_row(row - 1, _LINE_HEIGHT * lines)

    def _lines(self, place: tuple[int, int]) -> int:
        value, look = self._cells[place]
        if not look.get("text_wrap") or not isinstance(value, str):
            return 1
        room = (self._widths[place[1] - 1] if place[1] <= len(self._widths) else _DEFAULT_WIDTH) - 1
        return max(1, math.ceil(letters(value) * (1.15 if look.get("bold") else 1.05) / room))


def _put(sheet: Worksheet, row: int, column: int, value: Any, shape: Format) -> None:
    if value is None:
        sheet.write_blank(row, column, None, shape)
    elif isinstance(value, str):
        sheet.write_string(row, column, clean(value), shape)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, shape)
    else:
        sheet.write(row, column, value, shape)


def letters(text: str) -> int:
    """How wide a text is, in digits: full-width letters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "FWA" else 1 for letter in text)


def clean(text: str) -> str:
    """Text as a sheet can hold it."""
    return _UNWRITABLE.sub("\ufffd", text)[:_LONGEST_TEXT]
