"""Named columns of a workbook that the program wrote, and its own properties, as they are after a planner's changes.

Each column of a table has a name in the file, ``cardflow.SHEET.COLUMN``, which moves with its cells.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.workbook.archive import measured

_NAME = re.compile(r"cardflow\.(\d+)\.(\d+)")
PROPERTY = "cardflow "
"""What the names of the program's own properties begin with."""


def name_of(sheet: int, column: int) -> str:
    """The name of a column, by the number of its sheet and its own there."""
    return f"cardflow.{sheet}.{column}"


@dataclass(frozen=True)
class Named:
    """The program's own properties of a workbook, and what the cells of each named column hold, formulas computed.

    Columns go by the numbers of their sheet and of themselves there; those that were deleted are missing.
    """

    properties: Mapping[str, str]
    columns: Mapping[tuple[int, int], Sequence[Any]]


def read_named(raw: bytes) -> Named:
    """Read a workbook.

    Raises:
        Exception: of any kind, where it is damaged, too large, or no workbook.
    """
    from openpyxl import load_workbook

    measured(raw)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(raw), data_only=True)
    told = {each.name: str(each.value or "") for each in book.custom_doc_props.props}
    own = {name.removeprefix(PROPERTY): value for name, value in told.items() if name.startswith(PROPERTY)}
    found = {}
    for name, defined in book.defined_names.items():
        cells = [
            row[0].value
            for sheet, where in (defined.destinations if _NAME.fullmatch(name) else ())
            if sheet in book.sheetnames
            for row in _rows(book[sheet][where])
        ]
        if cells and (number := _NAME.fullmatch(name)):
            found[int(number[1]), int(number[2])] = cells
    return Named(own, found)


def _rows(cells: Any) -> Any:
    """Rows of cells; a name of one cell alone is that."""
    return cells if isinstance(cells, tuple) else ((cells,),)
