"""Names for the columns of a workbook, by which its numbers are found again (``scenarios.workbook.named``)."""

from __future__ import annotations

from dataclasses import asdict

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_range_abs

from reports.faces.source import Source
from scenarios.workbook.named import PROPERTY, name_of


def tell(book: Workbook, source: Source) -> None:
    """Put among the file's properties where it is from."""
    for name, value in asdict(source).items():
        book.set_custom_property(PROPERTY + name, value)


def name(book: Workbook, sheet: str, number: int, rows: tuple[int, int], columns: int) -> None:
    """Name the columns of the table in a sheet, from the first to the last of its rows."""
    for column in range(columns):
        where = f"={quote_sheetname(sheet)}!{xl_range_abs(rows[0], column, rows[1], column)}"
        book.define_name(name_of(number, column), where)
