"""What workbooks have in common: headings, cells to fill in, widths, and how they print."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from reports.catalogue import Catalogue

_HEAD = PatternFill("solid", start_color="DCE6F1")
_ENTRY = PatternFill("solid", start_color="FFFDE7")
_LINE = Side(style="thin", color="BFBFBF")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
WRAPPED = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="center")
FONT = {"ja": "Yu Gothic", "en": "Calibri"}
_A4, _AS_MANY_AS_IT_TAKES = 9, 0
_LINE_HEIGHT = 18.0


def new_book(title: str) -> tuple[Workbook, Worksheet]:
    """An empty workbook and its first sheet."""
    book = Workbook()
    book.properties.creator = "Cardflow"
    book.properties.title = title
    first = book.active
    assert isinstance(first, Worksheet)
    return book, first


def saved(cat: Catalogue, book: Workbook) -> bytes:
    """The workbook in the font of its language, as the bytes of an .xlsx file."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                cell.font = Font(name=FONT[cat.lang], size=cell.font.size, bold=cell.font.bold)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def guide(sheet: Worksheet, title: str, lines: Sequence[str]) -> int:
    """A title with lines of text below it; the row after the next."""
    sheet.sheet_view.showGridLines = False
    sheet["A1"] = title
    sheet["A1"].font = Font(bold=True, size=14)
    for number, line in enumerate(lines, start=2):
        sheet.cell(number, 1, line)
    return len(lines) + 3


def head(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    """A row of headings."""
    for index, text in enumerate(texts, start=1):
        cell = sheet.cell(row, index, text)
        cell.font, cell.fill, cell.border, cell.alignment = Font(bold=True), _HEAD, GRID, _MIDDLE


def told(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    """A row of explanations."""
    for index, text in enumerate(texts, start=1):
        cell = sheet.cell(row, index, text)
        cell.alignment, cell.border = WRAPPED, GRID


def entry(cell: Any, number_format: str) -> None:
    """A cell to fill in."""
    cell.number_format, cell.fill, cell.border = number_format, _ENTRY, GRID


def widths(sheet: Worksheet, columns: Sequence[float]) -> None:
    """Widths of columns, in characters."""
    for index, width in enumerate(columns, start=1):
        sheet.column_dimensions[sheet.cell(1, index).column_letter].width = width


def fit_rows(sheet: Worksheet) -> None:
    """Heights for texts that take more than a line of their column: not every program finds them itself."""
    for row in sheet.iter_rows():
        lines = max(_lines(sheet, cell) for cell in row)
        if lines > 1:
            sheet.row_dimensions[row[0].row].height = _LINE_HEIGHT * lines


def _lines(sheet: Worksheet, cell: Any) -> int:
    if not cell.alignment.wrap_text or not isinstance(cell.value, str):
        return 1
    room = float(sheet.column_dimensions[cell.column_letter].width) - 1
    return max(1, math.ceil(letters(cell.value) * (1.15 if cell.font.bold else 1.05) / room))


def letters(text: str) -> int:
    """How wide a text is, in digits: full-width letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "FWA" else 1 for letter in text)


def on_one_page(sheet: Worksheet, heading: int) -> None:
    """Print the sheet on one A4 page, its headings again at the top should it be more."""
    fit_rows(sheet)
    across(sheet, heading)
    sheet.page_setup.fitToHeight = 1


def across(sheet: Worksheet, heading: int) -> None:
    """Print the sheet on A4 pages that hold all its columns, the row of headings at the top of each."""
    sheet.print_area = sheet.dimensions
    sheet.print_title_rows = f"{heading}:{heading}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, _AS_MANY_AS_IT_TAKES
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "&A  &P / &N"
