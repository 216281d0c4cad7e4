"""A workbook of named entries to edit: a row an entry, with what each column means; prices and lead times alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reports import sheets
from reports.catalogue import Catalogue
from scenarios.entries.layout import CHOICES, ENTRY, MEANING, NO, YES, Heading, Layout
from scenarios.workbook.columns import SHEETS

_FORMATS = {"number": "General", "share": "0.0%", "text": "@", "month_day": "@"}
_WIDTHS = {"number": 13.0, "share": 10.0, "yes_no": 10.0, "choice": 10.0, "month_day": 12.0, "text": 24.0}
_THOUSANDS = 10_000
"""A number from here on is an amount, shown with separators, and no fiscal year."""
_SPARE = 20
"""Empty rows in the grid below the last."""


@dataclass(frozen=True)
class Contents:
    """What a workbook of entries says: title and lines of its guide, the meaning of each field, the values.

    ``entries``: fields by name of the entry; what is as by default may be left out. ``meanings``: the same names.
    """

    title: str
    guide: Sequence[str]
    fields: Mapping[str, str]
    own: Mapping[str, Any]
    entries: Mapping[str, Mapping[str, Any]]
    meanings: Mapping[str, str]


def workbook(cat: Catalogue, layout: Layout, contents: Contents) -> bytes:
    """The workbook in the catalogue's language, as the bytes of an .xlsx file."""
    book, first = sheets.new_book(contents.title)
    _guide(cat, first, layout, contents)
    _entries(cat, book.create_sheet(), layout, contents)
    if layout.more_sheet:
        _more(cat, book.create_sheet(), layout, contents)
    return sheets.saved(cat, book)


def _of(cat: Catalogue, words: tuple[str, str]) -> str:
    return words[0 if cat.lang == "ja" else 1]


def _guide(cat: Catalogue, sheet: Worksheet, layout: Layout, contents: Contents) -> None:
    sheet.title = _of(cat, SHEETS["guide"])
    top = sheets.guide(sheet, contents.title, contents.guide)
    sheets.head(sheet, top, [cat.text("entries.column"), cat.text("entries.meaning")])
    for row, heading in enumerate(layout.fields, start=top + 1):
        sheets.told(sheet, row, (heading.text(cat.lang), contents.fields[heading.name]))
    sheets.widths(sheet, (32, 110))
    sheets.on_one_page(sheet, top)


def _entries(cat: Catalogue, sheet: Worksheet, layout: Layout, contents: Contents) -> None:
    sheet.title = _of(cat, layout.sheet)
    for row, heading in enumerate(layout.own, start=1):
        sheet.cell(row, 1, heading.text(cat.lang)).border = sheets.GRID
        _fill(cat, sheet, row, 2, heading, contents.own.get(heading.name))
    top = len(layout.own) + 2
    sheets.head(sheet, top, [own.text(cat.lang) for own in (ENTRY, MEANING, *layout.fields)])
    for row, (name, values) in enumerate(contents.entries.items(), start=top + 1):
        sheets.told(sheet, row, (name, contents.meanings[name]))
        for index, heading in enumerate(layout.fields, start=3):
            _fill(cat, sheet, row, index, heading, values.get(heading.name))
    last = top + len(contents.entries)
    for index, heading in enumerate(layout.fields, start=3):
        _offer(cat, sheet, index, range(top + 1, last + 1), heading)
    sheet.freeze_panes = sheet.cell(top + 1, 3)
    sheets.widths(sheet, (30, 34, *(_WIDTHS[heading.kind] for heading in layout.fields)))
    sheets.on_one_page(sheet, top)


def _more(cat: Catalogue, sheet: Worksheet, layout: Layout, contents: Contents) -> None:
    """What may be added to a list of an entry, a row each."""
    assert layout.more_sheet is not None
    sheet.title = _of(cat, layout.more_sheet)
    sheets.head(sheet, 1, [own.text(cat.lang) for own in (ENTRY, *layout.more_fields)])
    listed = [(name, one) for name, values in contents.entries.items() for one in values.get(layout.more_name, ())]
    for row in range(2, len(listed) + _SPARE + 2):
        name, values = listed[row - 2] if row - 2 < len(listed) else (None, {})
        sheets.entry(sheet.cell(row, 1, name), "@")
        for index, heading in enumerate(layout.more_fields, start=2):
            _fill(cat, sheet, row, index, heading, values.get(heading.name))
    sheets.widths(sheet, (30, 18, 22))
    sheets.on_one_page(sheet, 1)


def _fill(cat: Catalogue, sheet: Worksheet, row: int, column: int, heading: Heading, value: Any) -> None:
    """A cell to fill in, with its value in the words of the language."""
    if heading.kind == "yes_no" and isinstance(value, bool):
        value = _of(cat, YES if value else NO)
    elif heading.kind == "choice" and value in CHOICES:
        value = _of(cat, CHOICES[value])
    cell = sheet.cell(row, column, None if value == "" else value)
    large = heading.kind == "number" and isinstance(value, int) and value >= _THOUSANDS
    sheets.entry(cell, "#,##0" if large else _FORMATS.get(heading.kind, "General"))
    cell.alignment = sheets.WRAPPED


def _offer(cat: Catalogue, sheet: Worksheet, column: int, rows: range, heading: Heading) -> None:
    """Let Excel offer the words of a choice."""
    choices = {"yes_no": (YES, NO), "choice": tuple(CHOICES.values())}.get(heading.kind)
    if choices and rows:
        words = ",".join(_of(cat, words) for words in choices)
        rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
        sheet.add_data_validation(rule)
        letter = sheet.cell(1, column).column_letter
        rule.add(f"{letter}{rows[0]}:{letter}{rows[-1]}")
