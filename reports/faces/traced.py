"""Every number of a document by where it stands, with the target and period that it is about.

A memo tags its numbers by these places, and verifying it makes the document anew and looks at the same places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from reports.catalogue import Catalogue
from reports.document import Block, Chapter, Document, Name, Number, Period, Say, Value
from reports.values import Piece, pieces

_TARGET = re.compile(r"target\.([\w-]+)\.")


@dataclass(frozen=True)
class Place:
    """A value of a document by its address in it, such as ``verdicts.0.3.2`` (chapter, table, row, column).

    ``beside`` are the values that say what it is about: the other cells of its row and the heading of its column.
    """

    address: str
    value: Value
    beside: tuple[Value, ...] = ()

    @property
    def target(self) -> str:
        """The id of the target that it is about; empty where it is about none, or several."""
        return _only(_targets((self.value, *self.beside)))

    @property
    def period(self) -> str:
        """The period, likewise, such as ``FY2026``."""
        return _only(each.name for each in _every((self.value, *self.beside)) if isinstance(each, Period))

    def pieces(self, cat: Catalogue) -> Iterator[tuple[str, Piece]]:
        """The stretches of its text, numbers with their address, words with an empty one."""
        count = 0
        for piece in pieces(cat, self.value):
            yield ("", piece) if piece.number is None else (f"{self.address}.{count}", piece)
            count += piece.number is not None


def numbers(cat: Catalogue, document: Document) -> dict[str, str]:
    """The text of every number of a document by its address."""
    told = (place.pieces(cat) for place in places(document))
    return {address: piece.text for found in told for address, piece in found if address}


def places(document: Document) -> Iterator[Place]:
    """Every value of a document that a reader sees, but for titles of charts."""
    yield from (question(document), *answer(document), *origins(document))
    for chapter in document.chapters:
        yield from words(chapter)
        for number, block in enumerate(chapter.blocks):
            yield from notes(chapter, number, block)
            for row in range(len(block.table.rows)):
                yield from cells(chapter, number, block, row)
        yield from (caption(chapter, number) for number in range(len(chapter.charts)))
        yield from (place for pair in named(chapter) for place in pair)


def question(document: Document) -> Place:
    """What was asked; the title of what answers nothing."""
    return Place("question", document.question or document.title)


def answer(document: Document) -> tuple[Place, ...]:
    """The sentences of the answer."""
    return tuple(Place(f"answer.{number}", sentence) for number, sentence in enumerate(document.answer))


def origins(document: Document) -> tuple[Place, ...]:
    """Where it comes from."""
    return tuple(Place(f"origin.{n}", each) for n, each in enumerate((document.origin, *document.origins)))


def words(chapter: Chapter) -> tuple[Place, ...]:
    """The words of a chapter."""
    return tuple(Place(f"{chapter.id}.words.{number}", each) for number, each in enumerate(chapter.words))


def notes(chapter: Chapter, number: int, block: Block) -> tuple[Place, ...]:
    """The notes below a chapter's table of this number."""
    return tuple(Place(f"{chapter.id}.{number}.notes.{place}", each) for place, each in enumerate(block.notes))


def cells(chapter: Chapter, number: int, block: Block, row: int) -> tuple[Place, ...]:
    """The cells of a row of the table."""
    own = block.table.rows[row]
    headings = block.table.headings
    return tuple(
        Place(f"{chapter.id}.{number}.{row}.{column}", cell, (*own[:column], *own[column + 1 :], headings[column]))
        for column, cell in enumerate(own)
    )


def caption(chapter: Chapter, number: int) -> Place:
    """The caption of a chapter's chart of this number."""
    return Place(f"{chapter.id}.charts.{number}", chapter.charts[number].caption)


def named(chapter: Chapter) -> tuple[tuple[Place, Place], ...]:
    """Names with what is told of them."""
    return tuple(
        (Place(f"{chapter.id}.named.{number}", name), Place(f"{chapter.id}.told.{number}", told))
        for number, (name, told) in enumerate(chapter.named)
    )


def _targets(values: tuple[Value, ...]) -> Iterator[str]:
    for each in _every(values):
        match each:
            case Name("target", identifier):
                yield identifier
            case Say(key) if found := _TARGET.match(key):
                yield found[1]


def _every(value: Any) -> Iterator[Any]:
    """A value with all that it is made of."""
    yield value
    if isinstance(value, str | Number):  # most are: they hold nothing else
        return
    if isinstance(value, tuple):
        inside: Any = value
    elif isinstance(value, Say):
        inside = value.values.values()
    elif is_dataclass(value):
        inside = (getattr(value, field.name) for field in fields(value))
    else:
        inside = ()
    for each in inside:
        yield from _every(each)


def _only(found: Iterator[str]) -> str:
    """What was found where it is always the same; nothing else."""
    own = set(found)
    return own.pop() if len(own) == 1 else ""
