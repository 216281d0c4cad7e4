"""Tables of Word: widths of columns that fit between the margins, lines, shades, headings on every page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell

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
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE.lstrip("#"))):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties.append(borders)
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "55")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties.append(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Mm(width)
        row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat_first_row(table: WordTable) -> None:
    """Its headings stand on every page of a table."""
    table._tbl.tr_lst[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def shade(cell: WordCell, color: str) -> None:
    """Fill a cell with a colour such as ``#DDEBDD``."""
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", color.lstrip("#"))):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)
