"""Reading a planner's file of named entries: TOML, or a workbook that says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scenarios.entries.book import read_book
from scenarios.entries.layout import Layout
from scenarios.entries.source import Source, together
from scenarios.errors import Mistake, Place, UserError
from scenarios.files.plain_file import read_plain
from scenarios.files.toml_file import read_toml
from scenarios.limits import DEPTH, excesses, shown_name
from scenarios.workbook.file import MOST_BYTES, is_workbook
from sim.message import Message

_MOST_NAMES = 200


def read_source(path: Path, layout: Layout) -> Source:
    """Read a file of entries, TOML or workbook.

    Raises:
        UserError: if it is neither, cannot be read, is too large, or holds characters that cannot be shown.
    """
    raw = read_plain(path, MOST_BYTES)
    if is_workbook(path, raw):
        source = read_book(path, raw, layout)
    else:
        data, lines = read_toml(path)
        places = {key: Place(path.name, line) for key, line in lines.items()}
        head = {key: value for key, value in data.items() if key in layout.head}
        tables = list(_tables({key: value for key, value in data.items() if key not in layout.head}))
        if twice := [name for name, count in Counter(name for name, _ in tables).items() if count > 1]:
            raise UserError(path.name, [_twice(name, places.get(name)) for name in twice])
        source = Source(path.name, head, dict(tables), raw.decode("utf-8-sig").replace("\r\n", "\n"), places)
    if len(source.entries) > _MOST_NAMES:
        told = Message("has {count} entries: there are fewer resources and uses", count=len(source.entries))
        raise UserError(path.name, [told])
    if wrong := list(_excesses(source)):
        raise UserError(path.name, together(wrong))
    return source


def _excesses(source: Source) -> Iterator[Mistake]:
    """What is too large or cannot be shown."""
    for names, rule in excesses({**source.head, **source.entries}):
        key = ".".join(str(name) for name in names if isinstance(name, str))
        told = Message("{path}   {rule}", path=shown_name(key), rule=rule)
        yield source.mistake(told, key, key.rpartition(".")[0])


def _twice(name: str, place: Place | None) -> Mistake:
    """A name that stands once as nested tables and once as a whole in quotation marks: TOML takes them for two."""
    rule = Message("stands twice, once in quotation marks: keep one of them")
    return Mistake(Message("{path}   {rule}", path=shown_name(name), rule=rule), place)


def _tables(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Tables by their name; a table that holds nothing but tables is part of a name."""
    for key, value in data.items():
        inner = isinstance(value, dict) and value and all(isinstance(own, dict) for own in value.values())
        if inner and prefix.count(".") < DEPTH:
            yield from _tables(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
