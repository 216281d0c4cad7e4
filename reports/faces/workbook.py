"""A document as a workbook: a sheet a table, numbers as numbers in columns of their own, charts of Excel's own.

Where a reader's table has several numbers in one cell, such as a value with its interval, the sheet has a column for
each. Text is written as text, whatever it looks like; nothing in it is run.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from csv import writer
from datetime import datetime
from itertools import count, cycle
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from reports import values
from reports.catalogue import Catalogue
from reports.document import Block, Chapter, Document
from reports.faces.cells import Cell, Column, columns, texts
from reports.sheets import FONT, letters

_MADE = datetime(2016, 1, 1)
"""What the file says of its date: always the same, so that the same answer makes the same bytes."""
_MARKS = {"holds": "#DDEBDD", "at_risk": "#FFF1CC", "fails": "#F8D7CD", "undecided": "#E4E4F2", "not_tested": "#EEEEEE"}
_COLORS = ("#0B3C5D", "#AEBFCB", "#D98A3D", "#F2DCB3", "#3D3D3D", "#7D7D7D", "#E3E9EE", "#8A5A2B")
"""Told apart by lightness, so that a chart reads in grey."""
_HEAD, _LINE, _QUIET = "#DCE6F1", "#BFBFBF", "#5F5F5F"
_GUIDE_WIDTH = 110.0
_LINE_HEIGHT = 16.5
_LONGEST_NAME, _LONGEST_TEXT = 31, 32_000
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_A4 = 9


def workbook(cat: Catalogue, document: Document) -> bytes:
    """The workbook in the catalogue's language, as the bytes of an .xlsx file."""
    stream = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, plain)
    book.set_properties(
        {"title": _clean(values.text(cat, document.title))[:255], "author": "Cardflow", "created": _MADE}
    )
    _Writer(cat, book).whole(document)
    book.close()
    return stream.getvalue()


def sheets(cat: Catalogue, document: Document) -> dict[str, list[Column]]:
    """The columns of every table's sheet by the sheet's name, as the workbook has them."""
    names = _Names([cat.text("workbook.guide")])
    return {
        names.unused(_heading(cat, chapter, blocks)[0]): columns(cat, blocks)
        for chapter in document.chapters
        for blocks in grouped(cat, chapter)
    }


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
        plain = _FORBIDDEN.sub(" ", _clean(name)).replace("'", "\u2019").strip() or "-"
        ends = ("" if number == 1 else f" {number}" for number in count(1))
        names = (plain[: _LONGEST_NAME - len(end)].rstrip() + end for end in ends)
        own = next(name for name in names if name.casefold() not in self._taken)
        self._taken.add(own.casefold())
        return own


def _heading(cat: Catalogue, chapter: Chapter, blocks: Sequence[Block]) -> tuple[str, str]:
    """What a sheet is called, and its title in full: of one table its own, of several the chapter's."""
    heading = values.text(cat, chapter.heading)
    own = values.text(cat, blocks[0].heading) if len(blocks) == 1 else ""
    return own or heading, cat.text("format.parenthesis", text=heading, inside=own) if own else heading


class _Writer:
    def __init__(self, cat: Catalogue, book: xlsxwriter.Workbook) -> None:
        self._cat, self._book = cat, book
        self._names = _Names()
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def whole(self, document: Document) -> None:
        guide = self._new(self._cat.text("workbook.guide"))
        tables = [(chapter, group) for chapter in document.chapters for group in grouped(self._cat, chapter)]
        made = [self._table(chapter, group) for chapter, group in tables]
        self._explained(document)
        self._guide(guide, document, made)

    # sheets ---------------------------------------------------------------------------------------------------------

    def _new(self, name: str) -> Worksheet:
        sheet: Worksheet = self._book.add_worksheet(self._names.unused(name))
        sheet.hide_gridlines(2)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.set_footer("&C&A  &P / &N")
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
            look = self._look(font_color="#0B3C5D", underline=1)
            sheet.write_url(row, 0, f"internal:'{name}'!A1", look, _clean(title)[:255])

    def _table(self, chapter: Chapter, blocks: Sequence[Block]) -> tuple[str, str]:
        """A sheet with the tables of a chapter that have the same headings; its name, and its title in full."""
        name, title = _heading(self._cat, chapter, blocks)
        sheet = self._new(name)
        laid = columns(self._cat, blocks)
        self._across(sheet, 0, title, laid, bold=True, font_size=12)
        told = (*chapter.words, *(note for block in blocks for note in block.notes))
        notes = list(dict.fromkeys(values.texts(self._cat, told)))
        for row, note in enumerate(notes, start=1):
            self._across(sheet, row, note, laid, font_color=_QUIET)
        top = 2 + len(notes)
        for place, column in enumerate(laid):
            self._column(sheet, top, place, column)
        rows = sum(len(block.table.rows) for block in blocks)
        for row in range(rows):
            texts_of = ((column.cells[row].content, column.width) for column in laid)
            lines = max(_lines(cell, width) if isinstance(cell, str) else 1 for cell, width in texts_of)
            sheet.set_row(top + 1 + row, _LINE_HEIGHT * lines)
        self._marked(sheet, top + 1, blocks, laid)
        if rows:
            sheet.autofilter(top, 0, top + rows, len(laid) - 1)
        sheet.freeze_panes(top + 1, _frozen(laid))
        sheet.repeat_rows(top)
        sheet.set_row(top, _LINE_HEIGHT * max(_lines(c.heading, c.width) for c in laid))
        self._charts(sheet, blocks, laid, (top, rows))
        return sheet.get_name(), title

    def _across(self, sheet: Worksheet, row: int, line: str, laid: Sequence[Column], **look: Any) -> None:
        """A text over the columns of a table, in as many lines as it takes."""
        widths = [column.width for column in laid]
        last = max(next((n for n in range(len(widths)) if sum(widths[: n + 1]) > _GUIDE_WIDTH), len(widths) - 1), 0)
        width = sum(widths[: last + 1])
        shape = self._look(text_wrap=True, valign="top", **look)
        if last:
            sheet.merge_range(row, 0, row, last, "", shape)
        sheet.write_string(row, 0, _clean(line), shape)
        sheet.set_row(row, _height(line, width, look.get("font_size", 11)))

    def _column(self, sheet: Worksheet, top: int, place: int, column: Column) -> None:
        sheet.set_column(place, place, column.width)
        head = {"bold": True, "bg_color": _HEAD, "border": 1, "border_color": _LINE, "text_wrap": True}
        self._text(sheet, top, place, column.heading, valign="vcenter", align="center", **head)
        for row, cell in enumerate(column.cells, start=top + 1):
            self._cell(sheet, row, place, cell)

    def _cell(self, sheet: Worksheet, row: int, place: int, cell: Cell) -> None:
        look = {"border": 1, "border_color": _LINE, "valign": "top"}
        if cell.formula and isinstance(cell.content, int | float):
            shape = self._look(num_format=cell.shape, **look)
            sheet.write_formula(row, place, _formula(cell.formula, row), shape, cell.content)
        elif isinstance(cell.content, str):
            self._text(sheet, row, place, cell.content, text_wrap=True, **look)
        elif cell.content is None:
            sheet.write_blank(row, place, None, self._look(**look))
        else:
            sheet.write(row, place, cell.content, self._look(num_format=cell.shape, **look))

    def _marked(self, sheet: Worksheet, first: int, blocks: Sequence[Block], laid: Sequence[Column]) -> None:
        """The first cell of a row in the colour of its verdict; the word stands in it."""
        marks = [block.table.mark(row) for block in blocks for row in range(len(block.table.rows))]
        judged = next((place for place, column in enumerate(laid) if column.of == 0), 0)
        for row, mark in enumerate(marks, start=first):
            if mark in _MARKS:
                look = {"border": 1, "border_color": _LINE, "valign": "top", "bg_color": _MARKS[mark]}
                self._text(sheet, row, judged, str(laid[judged].cells[row - first].content or ""), **look)

    def _charts(self, sheet: Worksheet, blocks: Sequence[Block], laid: Sequence[Column], span: tuple[int, int]) -> None:
        """A chart of Excel's own for a table that says what to draw over what."""
        plot, (top, rows) = blocks[0].table.plot, span
        if plot is None or len(blocks) > 1 or not rows:
            return
        over = next(place for place, column in enumerate(laid) if column.of == plot.over)
        lines = [place for place, column in enumerate(laid) if column.of in plot.of and column.main]
        kind = {"type": "column", "subtype": "stacked"} if plot.stacked else {"type": "line"}
        chart = self._book.add_chart(kind)
        for color, place in zip(cycle(_COLORS), lines, strict=False):
            chart.add_series(
                {
                    "name": [sheet.get_name(), top, place],
                    **({"fill": {"color": color}} if plot.stacked else {"line": {"color": color, "width": 2}}),
                    "categories": [sheet.get_name(), top + 1, over, top + rows, over],
                    "values": [sheet.get_name(), top + 1, place, top + rows, place],
                }
            )
        chart.set_title({"name": values.text(self._cat, blocks[0].heading) or None, "overlay": False})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 760, "height": 340})
        sheet.insert_chart(top + rows + 2, 0, chart)

    def _explained(self, document: Document) -> None:
        """What words mean, and how to make the answer again."""
        sheet = self._new(self._cat.text("workbook.words"))
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
        sheet.write_string(row, place, _clean(line), self._look(**look))

    def _look(self, **look: Any) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": FONT[self._cat.lang], "font_size": 11, **look})
        return self._formats[key]


def grouped(cat: Catalogue, chapter: Chapter) -> Iterator[tuple[Block, ...]]:
    """The tables of a chapter, those together that have the same headings."""
    found: dict[tuple[str, ...], list[Block]] = {}
    for block in chapter.blocks:
        found.setdefault(tuple(values.text(cat, each) for each in block.table.headings), []).append(block)
    return (tuple(blocks) for blocks in found.values())


def _formula(formula: str, row: int) -> str:
    """A formula on cells of the same row: ``{0}`` is the first column of the sheet."""
    return "=" + re.sub(r"\{(\d+)\}", lambda found: xl_rowcol_to_cell(row, int(found[1])), formula)


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


def _clean(text: str) -> str:
    """Text as a sheet can hold it."""
    return _UNWRITABLE.sub("\ufffd", text)[:_LONGEST_TEXT]
