"""A document as a workbook: a sheet a table, numbers as numbers in columns of their own, charts of Excel's own.

Where a reader's table has several numbers in one cell, such as a value with its interval, the sheet has a column for
each. Text is written as text, whatever it looks like; nothing in it is run.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from csv import writer
from dataclasses import dataclass
from itertools import count
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from reports import values
from reports.catalogue import Catalogue
from reports.document import Block, Chapter, Document
from reports.faces import drawn, named
from reports.faces.cells import Cell, Column, columns, texts
from reports.faces.look import VERDICTS
from reports.faces.source import Source
from reports.sheets import HEAD, LINE, Book, clean, letters

_QUIET = "#5F5F5F"
_GUIDE_WIDTH = 110.0
_LINE_HEIGHT = 16.5
_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_REFERENCE = re.compile(r"\{(?:([a-z]+)\.(\*|\d+(?:-\d+)?)\.)?(\d+)\}")
_LONG = 24
"""Below a table of more rows nobody would look for its charts."""


def workbook(cat: Catalogue, document: Document, source: Source | None = None) -> bytes:
    """The workbook in the catalogue's language, as the bytes of an .xlsx file.

    With a ``source`` it tells where it is from, and its columns have names by which its numbers can be verified.
    """
    book = Book(cat, values.text(cat, document.title))
    sheets = _Writer(cat, book).whole(document)
    if source is not None:
        named.tell(book.made, source)
        for number, sheet in enumerate(sheets):
            if sheet.rows:
                named.name(book.made, sheet.name, number, (sheet.top + 1, sheet.top + sheet.rows), len(sheet.laid))
    return book.saved()


def sheets(cat: Catalogue, document: Document) -> dict[str, list[Column]]:
    """The columns of every table's sheet by the sheet's name, as the workbook has them."""
    return {sheet.name: sheet.laid for sheet in _planned(cat, document, _Names([cat.text("workbook.guide")]))}


def csv(laid: Sequence[Column]) -> bytes:
    """A sheet as CSV in UTF-8 with the mark by which Excel knows it."""
    stream = io.StringIO(newline="")
    writer(stream).writerows(texts(laid))
    return stream.getvalue().encode("utf-8-sig")


class _Names:
    """Names of sheets as Excel takes them: short, without some signs, no two the same whatever their capitals."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.casefold() for name in taken}

    def unused(self, name: str) -> str:
        """The name cut to what Excel takes, with a number where it is taken."""
        plain = " ".join(_FORBIDDEN.sub(" ", clean(name)).replace("'", "\u2019").split()) or "-"
        ends = ("" if number == 1 else f" {number}" for number in count(1))
        names = (_short(plain, _LONGEST_NAME - len(end)) + end for end in ends)
        own = next(name for name in names if name.casefold() not in self._taken)
        self._taken.add(own.casefold())
        return own


def _short(name: str, most: int) -> str:
    """A name cut to so many letters, where it has words between two of them."""
    cut = name[:most]
    whole = len(name) <= most or name[most] == " " or " " not in cut[most // 2 :]
    return (cut if whole else cut.rpartition(" ")[0]).rstrip(" ,(-")


@dataclass(frozen=True)
class _Sheet:
    """A sheet to come: its name, its title in full, the lines below that, and its tables under each other."""

    name: str
    title: str
    notes: tuple[str, ...]
    blocks: tuple[Block, ...]
    laid: list[Column]

    @property
    def top(self) -> int:
        """The row of the headings."""
        return 2 + len(self.notes)

    @property
    def rows(self) -> int:
        """How many rows stand below the headings."""
        return sum(len(block.table.rows) for block in self.blocks)

    def spans(self) -> Iterator[tuple[Block, int, int]]:
        """Each table with its first and its last row in the sheet."""
        first = self.top + 1
        for block in self.blocks:
            yield block, first, first + len(block.table.rows) - 1
            first += len(block.table.rows)


def _planned(cat: Catalogue, document: Document, names: _Names) -> list[_Sheet]:
    """A sheet for every group of tables of a chapter that have the same headings."""
    groups = [(chapter, blocks) for chapter in document.chapters for blocks in grouped(cat, chapter)]
    planned = []
    for chapter, blocks in groups:
        name, title = _heading(cat, chapter, blocks)
        told = (*chapter.words, *(note for block in blocks for note in block.notes))
        notes = tuple(dict.fromkeys(values.texts(cat, told)))
        planned.append(_Sheet(names.unused(name), title, notes, blocks, columns(cat, blocks)))
    return planned


def _heading(cat: Catalogue, chapter: Chapter, blocks: Sequence[Block]) -> tuple[str, str]:
    """What a sheet is called, and its title in full: of one table its own, of several the chapter's."""
    heading = values.text(cat, chapter.heading)
    own = values.text(cat, blocks[0].heading) if len(blocks) == 1 else ""
    tab = values.text(cat, blocks[0].tab)
    return tab or own or heading, cat.text("format.parenthesis", text=heading, inside=own) if own else heading


class _Writer:
    def __init__(self, cat: Catalogue, book: Book) -> None:
        self._cat, self._book = cat, book
        self._names = _Names()
        self._tables: Mapping[str, tuple[_Sheet, Sequence[int]]] = {}

    def whole(self, document: Document) -> list[_Sheet]:
        """Write all sheets; those of tables, in their order."""
        guide = self._new(self._names.unused(self._cat.text("workbook.guide")))
        planned = _planned(self._cat, document, self._names)
        self._tables = {block.id: (sheet, span) for sheet in planned for block, *span in sheet.spans() if block.id}
        made = [entry for sheet in planned for entry in self._table(sheet)]
        self._explained(document)
        self._guide(guide, document, made)
        return planned

    # sheets ---------------------------------------------------------------------------------------------------------

    def _new(self, name: str) -> Worksheet:
        sheet = self._book.sheet(name)
        sheet.hide_gridlines(2)
        return sheet

    def _guide(self, sheet: Worksheet, document: Document, made: Sequence[tuple[str, str]]) -> None:
        """Title, origin and answer; the sheets with links; how numbers of several parts are laid out."""
        text = self._cat.text
        sheet.set_column(0, 0, _GUIDE_WIDTH)
        lines: list[tuple[str, dict[str, Any]]] = []
        lines.append((values.text(self._cat, document.title), {"bold": True, "font_size": 14}))
        lines += [(values.text(self._cat, document.origin), {"font_color": _QUIET}), ("", {})]
        lines += [(text("workbook.answer"), {"bold": True})]
        lines += [(line, {}) for line in values.texts(self._cat, document.answer)]
        lines += [("", {}), (text("workbook.reading"), {"bold": True}), (text("workbook.columns_note"), {}), ("", {})]
        lines += [(text("workbook.sheets"), {"bold": True})]
        for row, (line, look) in enumerate(lines):
            self._text(sheet, row, 0, line, text_wrap=True, valign="top", **look)
            sheet.set_row(row, _height(line, _GUIDE_WIDTH, look.get("font_size", 11)))
        for row, (name, title) in enumerate(made, start=len(lines)):
            look = self._book.look(font_color="#0B3C5D", underline=1)
            sheet.write_url(row, 0, f"internal:'{name}'!A1", look, clean(title)[:255])

    def _table(self, told: _Sheet) -> list[tuple[str, str]]:
        """The sheet of some tables, and one of their charts where the tables are long: their names and titles."""
        sheet, laid, top, rows = self._new(told.name), told.laid, told.top, told.rows
        self._across(sheet, 0, told.title, laid, bold=True, font_size=12)
        for row, note in enumerate(told.notes, start=1):
            self._across(sheet, row, note, laid, font_color=_QUIET)
        marks = self._marks(told)
        for place, column in enumerate(laid):
            self._column(sheet, told, place, column, marks)
        for row in range(rows):
            texts_of = ((column.cells[row].content, column.width) for column in laid)
            lines = max(_lines(cell, width) if isinstance(cell, str) else 1 for cell, width in texts_of)
            sheet.set_row(top + 1 + row, _LINE_HEIGHT * lines)
        if rows:
            sheet.autofilter(top, 0, top + rows, len(laid) - 1)
        sheet.freeze_panes(top + 1, _frozen(laid))
        sheet.repeat_rows(top)
        sheet.set_row(top, _LINE_HEIGHT * max(_lines(c.heading, c.width) for c in laid))
        return [(told.name, told.title), *self._charts(sheet, told)]

    def _across(self, sheet: Worksheet, row: int, line: str, laid: Sequence[Column], **look: Any) -> None:
        """A text over the columns of a table, in as many lines as it takes."""
        widths = [column.width for column in laid]
        last = max(next((n for n in range(len(widths)) if sum(widths[: n + 1]) > _GUIDE_WIDTH), len(widths) - 1), 0)
        width = sum(widths[: last + 1])
        shape = self._book.look(text_wrap=True, valign="top", **look)
        if last:
            sheet.merge_range(row, 0, row, last, "", shape)
        sheet.write_string(row, 0, clean(line), shape)
        sheet.set_row(row, _height(line, width, look.get("font_size", 11)))

    def _column(
        self, sheet: Worksheet, told: _Sheet, place: int, column: Column, marks: Mapping[tuple[int, int], str]
    ) -> None:
        sheet.set_column(place, place, column.width)
        head = {"bold": True, "bg_color": HEAD, "border": 1, "border_color": LINE, "text_wrap": True}
        self._text(sheet, told.top, place, column.heading, valign="vcenter", align="center", **head)
        for row, cell in enumerate(column.cells, start=told.top + 1):
            look = {"border": 1, "border_color": LINE, "valign": "top"}
            mark = marks.get((row, place))
            self._cell(sheet, (row, place), cell, {**look, "bg_color": mark} if mark else look, told)

    def _cell(self, sheet: Worksheet, at: tuple[int, int], cell: Cell, look: dict[str, Any], told: _Sheet) -> None:
        if cell.formula and isinstance(cell.content, int | float):
            formula = self._formula(cell.formula, at[0], told)
            sheet.write_formula(*at, formula, self._book.look(num_format=cell.shape, **look), cell.content)
        elif isinstance(cell.content, str):
            self._text(sheet, *at, cell.content, text_wrap=True, **look)
        elif cell.content is None:
            sheet.write_blank(*at, None, self._book.look(**look))
        else:
            sheet.write(*at, cell.content, self._book.look(num_format=cell.shape, **look))

    def _marks(self, told: _Sheet) -> dict[tuple[int, int], str]:
        """The colour of a row's verdict at its first cell; the word stands in it."""
        judged = next((place for place, column in enumerate(told.laid) if column.of == 0), 0)
        return {
            (first + row, judged): VERDICTS[mark]
            for block, first, _ in told.spans()
            for row in range(len(block.table.rows))
            if (mark := block.table.mark(row)) in VERDICTS
        }

    def _formula(self, formula: str, row: int, told: _Sheet) -> str:
        """A formula on cells of the same row, and on those of tables that have an id (``document.Computed``)."""

        def cells(found: re.Match[str]) -> str:
            name, rows, column = found[1], found[2], int(found[3])
            if not name:
                return str(xl_rowcol_to_cell(row, _place(told.laid, column)))
            sheet, (first, last) = self._tables[name]
            ends = (0, last - first) if rows == "*" else [int(end) for end in rows.split("-")]
            place = _place(sheet.laid, column)
            span = ":".join(xl_rowcol_to_cell(first + end, place, row_abs=True, col_abs=True) for end in ends)
            return f"{quote_sheetname(sheet.name)}!{span}"

        return "=" + _REFERENCE.sub(cells, formula)

    def _charts(self, sheet: Worksheet, told: _Sheet) -> list[tuple[str, str]]:
        """Charts of Excel's own, below the tables; of long tables in a sheet of their own behind theirs."""
        made = [
            drawn.chart(
                self._book.made, self._cat, plot, block, drawn.Span(told.name, told.top, first, last, told.laid)
            )
            for block, first, last in told.spans()
            for plot in block.table.plots
            if last >= first
        ]
        if not made:
            return []
        row, added = told.top + told.rows + 2, []
        if told.rows > _LONG:
            text = self._cat.text
            name = self._names.unused(text("workbook.charts", sheet=told.name))
            title = text("workbook.charts", sheet=told.title)
            sheet, row, added = self._new(name), 2, [(name, title)]
            self._text(sheet, 0, 0, title, bold=True, font_size=12)
            sheet.set_portrait()
            sheet.set_h_pagebreaks([row + place * drawn.ROWS for place in range(0, len(made), drawn.ON_A_PAGE)][1:])
        for number, chart in enumerate(made):
            sheet.insert_chart(row + number * drawn.ROWS, 0, chart)
        return added

    def _explained(self, document: Document) -> None:
        """What words mean, and how to make the answer again."""
        sheet = self._new(self._names.unused(self._cat.text("workbook.words")))
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, 1, 90)
        row = 0
        for chapter in document.chapters:
            pairs = [tuple(values.text(self._cat, each) for each in pair) for pair in chapter.named]
            lines = [*pairs, *(("", line) for line in values.texts(self._cat, chapter.commands))]
            if not lines:
                continue
            self._text(sheet, row, 0, values.text(self._cat, chapter.heading), bold=True)
            for name, told in lines:
                row += 1
                self._text(sheet, row, 0, name, text_wrap=True, valign="top")
                self._text(sheet, row, 1, told, text_wrap=True, valign="top")
                sheet.set_row(row, max(_height(name, 36, 11), _height(told, 90, 11)))
            row += 2

    # cells ----------------------------------------------------------------------------------------------------------

    def _text(self, sheet: Worksheet, row: int, place: int, line: str, **look: Any) -> None:
        sheet.write_string(row, place, clean(line), self._book.look(**look))


def grouped(cat: Catalogue, chapter: Chapter) -> Iterator[tuple[Block, ...]]:
    """The tables of a chapter, those together that have the same headings."""
    found: dict[tuple[str, ...], list[Block]] = {}
    for block in chapter.laid:
        found.setdefault(tuple(values.text(cat, each) for each in block.table.headings), []).append(block)
    return (tuple(blocks) for blocks in found.values())


def _place(laid: Sequence[Column], column: int) -> int:
    """Where the first number of a table's column stands in its sheet."""
    return next(place for place, own in enumerate(laid) if own.of == column and own.main)


def _frozen(laid: Sequence[Column]) -> int:
    """How many columns stay in sight: words at the left, up to three and 60 letters."""
    count, width = 0, 0.0
    for column in laid[:3]:
        width += column.width
        if column.numbers or width > 60:
            break
        count += 1
    return count


def _lines(text: str, width: float) -> int:
    return sum(max(1, -(-round(1.1 * letters(line)) // max(int(width) - 1, 1))) for line in text.split("\n"))


def _height(text: str, width: float, size: float) -> float:
    return _LINE_HEIGHT * size / 11 * _lines(text, width * 11 / size)
