"""What a page of text already made consists of, for questions that are no documents of values yet."""

from __future__ import annotations

from dataclasses import dataclass

from reports.document import Table
from reports.picture import Picture


@dataclass(frozen=True)
class Block:
    """A table under a heading of its own, with notes below.

    ``judged`` if its first column is a verdict, ``folded`` if it is long.
    """

    table: Table
    heading: str = ""
    judged: bool = False
    folded: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A chapter: words, tables, charts, named explanations, commands; what is empty is not shown."""

    id: str
    heading: str
    words: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    pictures: tuple[Picture, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    commands: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A page: title, where it comes from, the answer in plain words, chapters."""

    title: str
    origin: str
    answer: tuple[str, ...]
    parts: tuple[Part, ...]
