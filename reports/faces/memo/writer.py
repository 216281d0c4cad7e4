"""Chapters as paragraphs, tables and pictures of Word, every number in a content control."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument
from docx.document import _Body as Body
from docx.enum.text import WD_ALIGN_PARAGRAPH
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
from reports.faces.memo.elements import element
from reports.faces.memo.grid import between_margins, lay, repeat_first_row, shade, widths
from reports.faces.memo.native import native
from reports.faces.memo.template import ANSWER, CELL, CODE, NOTE
from reports.faces.traced import Place
from reports.sheets import HEAD, clean


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
        self._width = between_margins(document)
        self._styles = {style.name for style in document.styles}
        self._style_ids: dict[str, str | None] = {}  # once looked up: each look goes through all styles
        self._element: Any = element("body")
        self._body = Body(self._element, document)
        self._cat: Catalogue
        self._name = ""
        self._pictures: Mapping[str, Path] = {}
        self._origin: Value = ""

    def of(self, name: str, cat: Catalogue, pictures: Mapping[str, Path], origin: Value = "") -> Writer:
        """What follows is of the memo's answer of this name, with its charts as they were drawn.

        ``origin`` stands below charts of Word's own; pictures bear theirs.
        """
        self._name, self._cat, self._pictures, self._origin = name, cat, pictures, origin
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
        if name in self._style_ids:
            paragraph._p.style = self._style_ids[name]
        elif name in self._styles:
            paragraph.style = name
            self._style_ids[name] = paragraph._p.style

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
                self._block(chapter, number, block)
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

    def _block(self, chapter: Chapter, number: int, block: Block) -> None:
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
            chart.place(self._paragraph("Normal"), self._document.part, self._counts.figures, Mm(self._width), title)
            self._paragraph("Caption").add_run(clean(title))
            if origin := clean(values.text(self._cat, self._origin)):
                self._paragraph(NOTE).add_run(origin)

    def _picture(self, chart: Chart[Any], caption: Place) -> None:
        self._counts.figures += 1
        title = values.text(self._cat, chart.title)
        paragraph = self._paragraph("Normal")
        paragraph.paragraph_format.keep_with_next = True
        made = paragraph.add_run().add_picture(str(self._pictures[chart.id]), width=Mm(self._width))
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
        points, columns = widths([heads, *texts], self._width)
        made: WordTable = self._body.add_table(len(rows) + 1, len(heads), Mm(self._width))
        lay(made, columns)
        grid = [list(row.cells) for row in made.rows]
        for cell, head in zip(grid[0], heads, strict=True):
            self._words(cell, head, points)
        repeat_first_row(made)
        for row, own in enumerate(rows):
            if table.opens_group(table.rows[row]):
                cell = grid[row + 1][0].merge(grid[row + 1][-1])
                self._words(cell, values.text(self._cat, own[0].value), points)
                continue
            for column, place in enumerate(own):
                flush = table.numbers(column) and not (block.judged and column == 0)
                self._cell(grid[row + 1][column], place, points, flush)
            if mark := VERDICTS.get(table.mark(row)):
                shade(grid[row + 1][0], mark)

    def _words(self, cell: WordCell, text: str, points: float) -> None:
        """A heading inside a table."""
        paragraph = self._in(cell)
        run = paragraph.add_run(clean(text))
        run.bold, run.font.size = True, Pt(points)
        paragraph.paragraph_format.keep_with_next = True
        shade(cell, HEAD)

    def _cell(self, cell: WordCell, place: Place, points: float, flush: bool) -> None:
        paragraph = self._in(cell)
        self._pieces(paragraph, place)
        for run in paragraph._p.iter(qn("w:r")):
            run.get_or_add_rPr().append(element("sz", val=str(round(2 * points))))
        if flush:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _in(self, cell: WordCell) -> Paragraph:
        paragraph: Paragraph = cell.paragraphs[0]
        self._style(paragraph, CELL)
        return paragraph
