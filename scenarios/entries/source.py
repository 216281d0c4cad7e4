"""What a planner's file of named entries says, and where each word of it stands.

A name is that of a resource or use, such as ``contact.resident.seats``. In TOML it heads a table; in a workbook it
stands in the first column of a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios.entries.layout import Layout
from scenarios.errors import Mistake, Place, UserError
from scenarios.plain_file import read_plain
from scenarios.toml_file import read_toml
from scenarios.workbook.cell import Cell
from scenarios.workbook.file import MOST_BYTES, is_workbook
from sim.message import Message
from sim.plain_text import shortened, unshowable

_MOST_TEXT, _MOST_NAMES, _DEEPEST = 1_000_000, 200, 6


@dataclass(frozen=True)
class Source:
    """A file's own keys and its entries by name, its text as TOML, and the places of keys.

    ``wrong`` are the mistakes that the reading itself found.
    """

    file: str
    head: Mapping[str, Any]
    entries: Mapping[str, Any]
    text: str
    places: Mapping[str, Place | Cell]
    wrong: list[Mistake] = field(default_factory=list)

    def mistake(self, message: Message, *keys: str) -> Mistake:
        """A mistake at the first of the keys whose place is known."""
        place = next((self.places[key] for key in keys if key in self.places), None)
        if isinstance(place, Cell):
            return Mistake(Message("{cell}   {mistake}", cell=place.place, mistake=message))
        return Mistake(message, place)


def read_source(path: Path, layout: Layout) -> Source:
    """Read a file of entries, TOML or workbook.

    Raises:
        UserError: if it is neither, cannot be read, is too large, or holds characters that cannot be shown.
    """
    raw = read_plain(path, MOST_BYTES)
    if is_workbook(path, raw):
        from scenarios.entries.book import read_book

        source = read_book(path, raw, layout)
    else:
        read_plain(path, _MOST_TEXT)
        data, lines = read_toml(path)
        places = {key: Place(path.name, line) for key, line in lines.items()}
        head = {key: value for key, value in data.items() if key in layout.head}
        entries = dict(_tables({key: value for key, value in data.items() if key not in layout.head}))
        source = Source(path.name, head, entries, raw.decode("utf-8-sig").replace("\r\n", "\n"), places)
    if len(source.entries) > _MOST_NAMES:
        told = Message("has {count} entries: there are fewer resources and uses", count=len(source.entries))
        raise UserError(path.name, [told])
    wrong = [_unshowable(source, key, letter) for key, letter in _letters({**source.head, **source.entries})]
    if wrong:
        raise UserError(path.name, wrong)
    return source


def _tables(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Tables by their name; a table that holds nothing but tables is part of a name."""
    for key, value in data.items():
        inner = isinstance(value, dict) and value and all(isinstance(own, dict) for own in value.values())
        if inner and prefix.count(".") < _DEEPEST:
            yield from _tables(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _unshowable(source: Source, key: str, letter: str) -> Mistake:
    shown = shortened(key if not unshowable(key) else repr(key))
    rule = Message("{key}   holds a character that cannot be shown ({letter}): take it out", key=shown, letter=letter)
    return source.mistake(rule, key, key.rpartition(".")[0])


def _letters(data: Mapping[str, Any], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Keys in which, or under which, a character stands that cannot be shown, with the character."""
    for key, value in data.items():
        path = f"{prefix}{key}"
        if letter := unshowable(key):
            yield path, letter
        if isinstance(value, str) and (letter := unshowable(value)):
            yield path, letter
        elif isinstance(value, dict) and depth < _DEEPEST:
            yield from _letters(value, f"{path}.", depth + 1)
