"""Tables of Word: widths of columns that fit between the margins, lines, shades, headings on every page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell

from reports.faces.memo.elements import element
from reports.sheets import LINE, letters

_A4, _MARGIN = 210.0, 25.4
"""Millimetres of a page and its margins where a document does not say."""
_LETTER = {8.0: 1.64, 7.0: 1.44, 6.0: 1.23, 5.0: 1.03}
"""Millimetres of half a full-width letter in tables, by the points of their letters."""
_INSET = 2.2
_MANY = 7
_UNBROKEN, _FEWEST = 20, 8
"""Half-width letters of a stretch that no line breaks, and of a column of texts that any line may break."""
_FEWEST_WANTED = 12
"""Half-width letters that a column wants beyond what its cells hold on average, as far as they hold that."""
_CHUNK = re.compile(r"[^\s\u3000-\u9fff\uff00-\uffef]+|[\u3000-\u9fff\uff00-\uffef]")


def between_margins(document: WordDocument) -> float:
    """Millimetres between the margins of the first page."""
    section = document.sections[0]
    page = _A4 if section.page_width is None else section.page_width.mm
    margins = (_MARGIN if each is None else each.mm for each in (section.left_margin, section.right_margin))
    return page - sum(margins)


def widths(rows: Sequence[Sequence[str]], width: float) -> tuple[float, list[float]]:
    """Points of the letters with which a table fits into so many millimetres, and those of its columns.

    A column is at least as wide as its longest stretch that no line may break, and as its contents want where there is
    room; what is short of that, columns bear in proportion to what they want beyond it.
    """
    columns = list(zip(*rows, strict=True))
    least = [_least(own) for own in columns]
    wanted = [max(low, _wanted([letters(text) for text in own])) for low, own in zip(least, columns, strict=True)]
    room = width - _INSET * len(columns)
    sizes = [size for size, letter in _LETTER.items() if sum(least) * letter <= room and size <= _most(len(columns))]
    points = max(sizes, default=min(_LETTER))
    spare, beyond = room / _LETTER[points] - sum(least), sum(wanted) - sum(least)
    share = min(max(spare, 0.0) / beyond, 1.0) if beyond else 0.0
    own = [low + share * (want - low) for low, want in zip(least, wanted, strict=True)]
    found = [of * _LETTER[points] + _INSET for of in own]
    scale = width / sum(found) if sum(found) > width or len(columns) > 2 else 1.0
    return points, [of * scale for of in found]


def _most(columns: int) -> float:
    """Points of the largest letters of a table with so many columns."""
    return 8.0 if columns < _MANY else 7.0


def _least(column: Sequence[str]) -> int:
    """Letters of the longest stretch that no line should break, and a few where a text may break anywhere."""
    longest = max(letters(chunk) for text in column for chunk in (*_CHUNK.findall(text), " "))
    return max(min(longest, _UNBROKEN), min(max(map(letters, column)), _FEWEST))


def _wanted(held: Sequence[int]) -> int:
    """Letters that a column of such lengths wants."""
    return round(min(max(held), _FEWEST_WANTED + sum(held) / len(held)))


def lay(table: WordTable, widths: Sequence[float]) -> None:
    """Fixed widths, thin lines, rows that no page breaks."""
    line = {"val": "single", "sz": "4", "space": "0", "color": LINE.lstrip("#")}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    table._tbl.tblPr.append(element("tblBorders", *(element(side, **line) for side in sides)))
    table.autofit = False
    margins = (element(side, w="55", type="dxa") for side in ("left", "right"))
    table._tbl.tblPr.append(element("tblCellMar", *margins))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Mm(width)
        row.get_or_add_trPr().append(element("cantSplit"))


def repeat_first_row(table: WordTable) -> None:
    """Its headings stand on every page of a table."""
    table._tbl.tr_lst[0].get_or_add_trPr().append(element("tblHeader"))


def shade(cell: WordCell, color: str) -> None:
    """Fill a cell with a colour such as ``#DDEBDD``."""
    cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=color.lstrip("#")))
