"""Named columns of a workbook, by which its numbers are found again, and where they are from.

Each column of a table has a name of its own in the file, ``cardflow.SHEET.COLUMN``, which moves with its cells; where
the answer is stands among the file's properties.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from openpyxl import Workbook as Opened
from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_range_abs

from reports.faces.source import Source

_NAME = re.compile(r"cardflow\.(\d+)\.(\d+)")
_PROPERTY = "cardflow {name}"
Columns = Mapping[tuple[int, int], Sequence[Any]]
"""What the cells of each column hold, by the numbers of its sheet and of itself there."""


def tell(book: Workbook, source: Source) -> None:
    """Put among the file's properties where it is from."""
    for name, value in asdict(source).items():
        book.set_custom_property(_PROPERTY.format(name=name), value)


def name(book: Workbook, sheet: str, number: int, rows: tuple[int, int], columns: int) -> None:
    """Name the columns of the table in a sheet, from the first to the last of its rows."""
    for column in range(columns):
        where = f"={quote_sheetname(sheet)}!{xl_range_abs(rows[0], column, rows[1], column)}"
        book.define_name(f"cardflow.{number}.{column}", where)


def source(book: Opened) -> Source | None:
    """Where a workbook is from; None where it does not say so."""
    told = {each.name: str(each.value or "") for each in book.custom_doc_props.props}
    own = {field.name: told.get(_PROPERTY.format(name=field.name)) for field in fields(Source)}
    return None if None in own.values() else Source(**{name: value or "" for name, value in own.items()})


def columns(book: Opened) -> Columns:
    """The named columns of a workbook; those that were deleted are missing."""
    found: dict[tuple[int, int], Sequence[Any]] = {}
    for name, defined in book.defined_names.items():
        if own := _NAME.fullmatch(name):
            cells = [
                cell.value
                for sheet, where in defined.destinations
                if sheet in book.sheetnames
                for (cell,) in _rows(book[sheet][where])
            ]
            if cells:
                found[int(own[1]), int(own[2])] = cells
    return found


def _rows(cells: Any) -> Any:
    """Rows of one cell; a name of one cell alone is that."""
    return cells if isinstance(cells, tuple) else ((cells,),)
