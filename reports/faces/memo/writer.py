"""Chapters as paragraphs, tables and pictures of Word, every number in a content control."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument
from docx.document import _Body as Body
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph
from lxml import etree
from markupsafe import Markup

from reports import values
from reports.catalogue import Catalogue
from reports.document import Block, Chapter, Chart, Labelled, Value
from reports.faces import traced
from reports.faces.look import VERDICTS
from reports.faces.memo.controls import Told, control
from reports.faces.memo.native import native
from reports.faces.memo.template import ANSWER, CELL, CODE, NOTE
from reports.faces.traced import Place
from reports.sheets import HEAD, LINE, clean, letters

_WIDTH = 166.0
"""Millimetres between the margins."""
_LETTER = {8.0: 1.64, 7.0: 1.44, 6.0: 1.23, 5.0: 1.03}
"""Millimetres of half a full-width letter in tables, by the points of their letters."""
_INSET = 2.2
_MANY = 7
_UNBROKEN, _FEWEST = 20, 8
"""Half-width letters of a stretch that no line breaks, and of a column of texts that any line may break."""
_FEWEST_WANTED = 12
"""Half-width letters that a column wants beyond what its cells hold on average, as far as they hold that."""
_CHUNK = re.compile(r"[^\s\u3000-\u9fff\uff00-\uffef]+|[\u3000-\u9fff\uff00-\uffef]")


@dataclass
class Counts:
    """What is numbered through a memo: pictures, tables, controls."""

    figures: int = 0
    tables: int = 0
    controls: int = 0
    told: dict[str, Told] = field(default_factory=dict)


class Writer:
    """Writes into a stretch of a document that does not stand in it yet: ``xml`` is for the template to place."""

    def __init__(self, document: WordDocument, counts: Counts) -> None:
        self._document, self._counts = document, counts
        self._element: Any = OxmlElement("w:body")
        self._body = Body(self._element, document)
        self._cat: Catalogue
        self._name = ""
        self._pictures: Mapping[str, Path] = {}

    def of(self, name: str, cat: Catalogue, pictures: Mapping[str, Path]) -> Writer:
        """What follows is of the memo's answer of this name, with its charts as they were drawn."""
        self._name, self._cat, self._pictures = name, cat, pictures
        return self

    @property
    def xml(self) -> Markup:
        """All that was written; empty where nothing was."""
        return Markup("".join(etree.tostring(child, encoding="unicode") for child in self._element))

    # paragraphs -----------------------------------------------------------------------------------------------------

    def heading(self, value: Value, level: int) -> None:
        """A heading; its numbers are no figures of the answer."""
        self._paragraph(f"Heading {min(level, 3)}").add_run(clean(values.text(self._cat, value)))

    def paragraphs(self, places: Iterable[Place], style: str = "Normal") -> None:
        """A paragraph for each text that is not empty; a label before it stands out."""
        for place in places:
            if values.text(self._cat, place.value):
                self._pieces(self._paragraph(style), place)

    def answer(self, places: Iterable[Place]) -> None:
        """The sentences of an answer."""
        self.paragraphs(places, ANSWER)

    def notes(self, places: Iterable[Place]) -> None:
        """Small lines below."""
        self.paragraphs(places, NOTE)

    def _paragraph(self, style: str) -> Paragraph:
        paragraph = self._body.add_paragraph()
        self._style(paragraph, style)
        return paragraph

    def _style(self, paragraph: Paragraph, name: str) -> None:
        """The style of a name, as far as the template has it."""
        if name in (style.name for style in self._document.styles):
            paragraph.style = name

    def _pieces(self, paragraph: Paragraph, place: Place, bold: bool = False) -> None:
        label = values.text(self._cat, place.value.label) if isinstance(place.value, Labelled) else ""
        for address, piece in place.pieces(self._cat):
            lead = bool(label) and piece.text.startswith(label)
            if lead:
                paragraph.add_run(clean(label)).bold = True
            shown = clean(piece.text[len(label) :] if lead else piece.text)
            label = ""
            run = paragraph.add_run(shown)
            run.bold = bold or None
            if address:
                self._control(run, place, address, shown)

    def _control(self, run: Any, place: Place, address: str, shown: str) -> None:
        told = Told(f"{self._name}/{address}", shown, place.target, place.period)
        if told.tag not in self._counts.told:
            self._counts.told[told.tag] = told
        self._counts.controls += 1
        control(run, told, self._counts.controls)

    # chapters -------------------------------------------------------------------------------------------------------

    def chapter(self, chapter: Chapter, level: int) -> None:
        """A chapter with its tables and the charts that were drawn; long tables that a page folds are left out."""
        self.heading(chapter.heading, level)
        self.paragraphs(traced.words(chapter))
        for number, block in enumerate(chapter.blocks):
            if not block.sheet and block.table.rows and not block.folded:
                self._block(chapter, number, block, level + 1)
        for number, chart in enumerate(chapter.charts):
            if chart.id in self._pictures:
                self._picture(chart, traced.caption(chapter, number))
        for name, told in traced.named(chapter):
            paragraph = self._paragraph("Normal")
            self._pieces(paragraph, name, bold=True)
            paragraph.add_run(self._cat.text("memo.after_name"))
            self._pieces(paragraph, told)
        for command in chapter.commands:
            self._paragraph(CODE).add_run(clean(values.text(self._cat, command)))

    def _block(self, chapter: Chapter, number: int, block: Block, level: int) -> None:
        heading = values.text(self._cat, block.heading) or values.text(self._cat, chapter.heading)
        self._counts.tables += 1
        title = self._cat.text("memo.table", number=self._counts.tables, title=heading)
        caption = self._paragraph("Caption")
        caption.add_run(clean(title))
        caption.paragraph_format.keep_with_next = True
        self._table(chapter, number, block)
        self.paragraphs(traced.notes(chapter, number, block), NOTE)
        for chart in native(self._cat, chapter, block):
            self._counts.figures += 1
            title = self._cat.text("memo.figure", number=self._counts.figures, title=chart.title or heading)
            chart.place(self._paragraph("Normal"), self._document.part, self._counts.figures, Mm(_WIDTH), title)
            self._paragraph("Caption").add_run(clean(title))

    def _picture(self, chart: Chart[Any], caption: Place) -> None:
        self._counts.figures += 1
        title = values.text(self._cat, chart.title)
        paragraph = self._paragraph("Normal")
        paragraph.paragraph_format.keep_with_next = True
        made = paragraph.add_run().add_picture(str(self._pictures[chart.id]), width=Mm(_WIDTH))
        told = f"{title} {values.text(self._cat, caption.value)}"
        made._inline.docPr.set("descr", clean(told)[:2000])
        below = self._paragraph("Caption")
        below.add_run(clean(self._cat.text("memo.figure", number=self._counts.figures, title=title)))
        self._pieces(self._paragraph(NOTE), caption)

    # tables ---------------------------------------------------------------------------------------------------------

    def _table(self, chapter: Chapter, number: int, block: Block) -> None:
        table = block.table
        heads = [clean(values.text(self._cat, heading)) for heading in table.headings]
        rows = [traced.cells(chapter, number, block, row) for row in range(len(table.rows))]
        texts = [[values.text(self._cat, place.value) for place in row] for row in rows if len(row) == len(heads)]
        points, widths = _widths([heads, *texts])
        made: WordTable = self._body.add_table(len(rows) + 1, len(heads), Mm(_WIDTH))
        _grid(made, widths)
        grid = [list(row.cells) for row in made.rows]
        for cell, head in zip(grid[0], heads, strict=True):
            self._words(cell, head, points)
        _repeated(made)
        for row, own in enumerate(rows):
            if table.opens_group(table.rows[row]):
                cell = grid[row + 1][0].merge(grid[row + 1][-1])
                self._words(cell, values.text(self._cat, own[0].value), points)
                continue
            for column, place in enumerate(own):
                flush = table.numbers(column) and not (block.judged and column == 0)
                self._cell(grid[row + 1][column], place, points, flush)
            if mark := VERDICTS.get(table.mark(row)):
                _shade(grid[row + 1][0], mark)

    def _words(self, cell: WordCell, text: str, points: float) -> None:
        """A heading inside a table."""
        paragraph = self._in(cell)
        run = paragraph.add_run(clean(text))
        run.bold, run.font.size = True, Pt(points)
        paragraph.paragraph_format.keep_with_next = True
        _shade(cell, HEAD)

    def _cell(self, cell: WordCell, place: Place, points: float, flush: bool) -> None:
        paragraph = self._in(cell)
        self._pieces(paragraph, place)
        for run in paragraph._p.iter(qn("w:r")):
            size = OxmlElement("w:sz")
            size.set(qn("w:val"), str(round(2 * points)))
            run.get_or_add_rPr().append(size)
        if flush:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _in(self, cell: WordCell) -> Paragraph:
        paragraph: Paragraph = cell.paragraphs[0]
        self._style(paragraph, CELL)
        return paragraph


def _widths(rows: Sequence[Sequence[str]]) -> tuple[float, list[float]]:
    """Points of the letters with which a table fits between the margins, and millimetres of its columns.

    A column is at least as wide as its longest stretch that no line may break, and as its contents want where there is
    room; what is short of that, columns bear in proportion to what they want beyond it.
    """
    columns = list(zip(*rows, strict=True))
    least = [_least(own) for own in columns]
    wanted = [max(low, _wanted([letters(text) for text in own])) for low, own in zip(least, columns, strict=True)]
    room = _WIDTH - _INSET * len(columns)
    sizes = [size for size, letter in _LETTER.items() if sum(least) * letter <= room and size <= _most(len(columns))]
    points = max(sizes, default=min(_LETTER))
    spare, beyond = room / _LETTER[points] - sum(least), sum(wanted) - sum(least)
    share = min(max(spare, 0.0) / beyond, 1.0) if beyond else 0.0
    own = [low + share * (want - low) for low, want in zip(least, wanted, strict=True)]
    found = [width * _LETTER[points] + _INSET for width in own]
    scale = _WIDTH / sum(found) if sum(found) > _WIDTH or len(columns) > 2 else 1.0
    return points, [width * scale for width in found]


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


def _grid(table: WordTable, widths: Sequence[float]) -> None:
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


def _repeated(table: WordTable) -> None:
    """The headings stand on every page of the table."""
    table._tbl.tr_lst[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _shade(cell: WordCell, color: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", color.lstrip("#"))):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)
