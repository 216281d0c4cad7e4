"""A document in a terminal: its lines and tables, how sure a forecast is, and where the page stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reports import catalogue, values
from reports.catalogue import Catalogue
from reports.columns import aligned
from reports.document import Number, Paragraphs, Screen, Table, Value
from reports.faces.answered import Answered
from reports.presentation import Presentation, Record
from reports.terminal import for_encoding, report_line


def lines(presentation: Presentation[Record], folder: Path, lang: str, page: Path | None, encoding: str) -> list[str]:
    """The answer of a folder as a console of ``encoding`` can show it.

    Raises ``FileNotFoundError`` where the folder holds none.
    """
    answered = Answered(presentation, folder, lang)
    cat, document = answered.cat, answered.document
    said = [*shown(cat, document.screen), report_line(cat, folder, page)]
    beside = (f"{values.text(cat, name)}  {page.with_name(file)}" for name, file in document.beside if page)
    return for_encoding([*said, *beside], encoding)


def told(parts: Screen, lang: str, encoding: str) -> list[str]:
    """Lines and tables of no page as a console of ``encoding`` can show them."""
    return for_encoding(list(shown(catalogue.load(lang), parts)), encoding)


def shown(cat: Catalogue, parts: Screen) -> Iterator[str]:
    """Lines as they stand, tables in columns; a table without rows is not shown, nor a second empty line below one."""
    above = None
    for line in _lines(cat, parts):
        if line or above != "":
            yield line
        above = line


def _lines(cat: Catalogue, parts: Screen) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Paragraphs):
            for line in values.texts(cat, part.lines):
                yield from ("", line)
        elif not isinstance(part, Table):
            yield from values.texts(cat, [part])
        elif part.rows:
            rows = [part.columns(row) for row in part.rows]
            numbers = [place for place, cells in enumerate(zip(*rows, strict=True)) if all(map(_in_full, cells))]
            yield from aligned([[values.text(cat, cell) for cell in row] for row in (part.headings, *rows)], numbers)


def _in_full(value: Value) -> bool:
    """Whether a value is a number of full thousands: columns of these are flush right, as all have the same places."""
    return isinstance(value, Number) and value.unit in values.UNITS and values.UNITS[value.unit].full
