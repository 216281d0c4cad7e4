"""A workbook of named entries to edit: a row an entry, with what each column means; prices and lead times alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.catalogue import Catalogue
from reports.sheets import Book, Form
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
    book = Book(cat, contents.title)
    _guide(cat, Form(book, _of(cat, SHEETS["guide"])), layout, contents)
    _entries(cat, Form(book, _of(cat, layout.sheet)), layout, contents)
    if layout.more_sheet:
        _more(cat, Form(book, _of(cat, layout.more_sheet)), layout, contents)
    return book.saved()


def _of(cat: Catalogue, words: tuple[str, str]) -> str:
    return words[0 if cat.lang == "ja" else 1]


def _guide(cat: Catalogue, form: Form, layout: Layout, contents: Contents) -> None:
    top = form.guide(contents.title, contents.guide)
    form.head(top, [cat.text("entries.column"), cat.text("entries.meaning")])
    for row, heading in enumerate(layout.fields, start=top + 1):
        form.told(row, (heading.text(cat.lang), contents.fields[heading.name]))
    form.on_one_page((32, 110), top)


def _entries(cat: Catalogue, form: Form, layout: Layout, contents: Contents) -> None:
    for row, heading in enumerate(layout.own, start=1):
        form.named(row, heading.text(cat.lang))
        _fill(cat, form, row, 2, heading, contents.own.get(heading.name))
    top = len(layout.own) + 2
    form.head(top, [own.text(cat.lang) for own in (ENTRY, MEANING, *layout.fields)])
    for row, (name, values) in enumerate(contents.entries.items(), start=top + 1):
        form.told(row, (name, contents.meanings[name]))
        for index, heading in enumerate(layout.fields, start=3):
            _fill(cat, form, row, index, heading, values.get(heading.name))
    last = top + len(contents.entries)
    for index, heading in enumerate(layout.fields, start=3):
        _offer(cat, form, index, range(top + 1, last + 1), heading)
    form.sheet.freeze_panes(top, 2)
    form.on_one_page((30, 34, *(_WIDTHS[heading.kind] for heading in layout.fields)), top)


def _more(cat: Catalogue, form: Form, layout: Layout, contents: Contents) -> None:
    """What may be added to a list of an entry, a row each."""
    form.head(1, [own.text(cat.lang) for own in (ENTRY, *layout.more_fields)])
    listed = [(name, one) for name, values in contents.entries.items() for one in values.get(layout.more_name, ())]
    for row in range(2, len(listed) + _SPARE + 2):
        name, values = listed[row - 2] if row - 2 < len(listed) else (None, {})
        form.entry(row, 1, name, "@")
        for index, heading in enumerate(layout.more_fields, start=2):
            _fill(cat, form, row, index, heading, values.get(heading.name))
    form.on_one_page((30, 18, 22), 1)


def _fill(cat: Catalogue, form: Form, row: int, column: int, heading: Heading, value: Any) -> None:
    """A cell to fill in, with its value in the words of the language."""
    if heading.kind == "yes_no" and isinstance(value, bool):
        value = _of(cat, YES if value else NO)
    elif heading.kind == "choice" and value in CHOICES:
        value = _of(cat, CHOICES[value])
    large = heading.kind == "number" and isinstance(value, int) and value >= _THOUSANDS
    shape = "#,##0" if large else _FORMATS.get(heading.kind, "General")
    form.entry(row, column, None if value == "" else value, shape, wrapped=True)


def _offer(cat: Catalogue, form: Form, column: int, rows: range, heading: Heading) -> None:
    """Let Excel offer the words of a choice."""
    choices = {"yes_no": (YES, NO), "choice": tuple(CHOICES.values())}.get(heading.kind)
    if choices and rows:
        words = [_of(cat, words) for words in choices]
        form.rule((rows[0], rows[-1]), column, {"validate": "list", "source": words})
