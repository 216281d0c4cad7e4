"""What a planner's file of named entries says, and where each word of it stands.

A name is that of a resource or use, such as ``contact.resident.seats``. In TOML it heads a table; in a workbook it
stands in the first column of a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios.entries.layout import Layout
from scenarios.errors import Mistake, Place, UserError
from scenarios.limits import DEPTH, excesses, shown_name
from scenarios.plain_file import read_plain
from scenarios.toml_file import read_toml
from scenarios.workbook.cell import Cell
from scenarios.workbook.file import MOST_BYTES, is_workbook
from scenarios.workbook.mistakes import named
from sim.message import NOTHING, Message

_MOST_NAMES = 200


_NOWHERE = Cell("", 0, 0)


@dataclass(frozen=True)
class InCell(Mistake):
    """A mistake in a workbook: its cell, and what is said of it."""

    cell: Cell = _NOWHERE
    said: Message = NOTHING

    @property
    def kind(self) -> tuple[str, int, str]:
        """What makes mistakes alike: sheet, column, rule."""
        sentence = self.said.values.get("sentence", self.said)  # see scenarios.entries.rules
        rule = sentence.values.get("rule", sentence)
        return self.cell.sheet, self.cell.column, rule.template


def together(mistakes: Sequence[Mistake]) -> list[Mistake]:
    """The mistakes, like ones in a column of a workbook in one line at the place of the first."""
    alike: dict[object, list[Mistake]] = {}
    for number, mistake in enumerate(mistakes):
        alike.setdefault(mistake.kind if isinstance(mistake, InCell) else number, []).append(mistake)
    return [_one([mistake for mistake in group if isinstance(mistake, InCell)]) or group[0] for group in alike.values()]


def _one(group: Sequence[InCell]) -> Mistake | None:
    """One line for several mistakes; None for fewer."""
    if len(group) < 2:
        return None
    told = {"cells": named([mistake.cell for mistake in group]), "count": len(group), "cell": group[0].cell.name}
    return Mistake(Message("{cells} ({count} cells), as in {cell}   {rule}", rule=group[0].said, **told))


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
            return InCell(Message("{cell}   {mistake}", cell=place.place, mistake=message), None, place, message)
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
        data, lines = read_toml(path)
        places = {key: Place(path.name, line) for key, line in lines.items()}
        head = {key: value for key, value in data.items() if key in layout.head}
        entries = dict(_tables({key: value for key, value in data.items() if key not in layout.head}))
        source = Source(path.name, head, entries, raw.decode("utf-8-sig").replace("\r\n", "\n"), places)
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


def _tables(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Tables by their name; a table that holds nothing but tables is part of a name."""
    for key, value in data.items():
        inner = isinstance(value, dict) and value and all(isinstance(own, dict) for own in value.values())
        if inner and prefix.count(".") < DEPTH:
            yield from _tables(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
