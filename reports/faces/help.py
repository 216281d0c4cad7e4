"""A page of help in a terminal: usage, meaning, and names with their meanings under headings.

Written here, because the parser's own help knows neither headings without markup nor characters two columns wide.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

_WIDEST, _NARROWEST = 100, 50
_NAMES = 30
"""Columns for names; the text of a longer one starts on the next line."""
_PIECES = re.compile(r"\s+|\[[^\[\]]+\]|[（「『]*(?:[!-~]+|[^\s])[、。，．）」』ー]*")
"""Where a line may be broken: at spaces, around notes in brackets, around Japanese characters but for closing marks."""

Row = tuple[str, str]
"""A name and what it means."""


def page(usage: str, meaning: str, sections: Mapping[str, Sequence[Row]]) -> str:
    """The page, as wide as the terminal is within bounds; sections by their headings."""
    width = max(min(shutil.get_terminal_size().columns, _WIDEST), _NARROWEST) - 2
    lines = [usage, "", *(f"  {line}" for line in _wrapped(meaning, width - 2))]
    for heading, rows in sections.items():
        lines += ["", f"{heading}:", *_table(rows, width)]
    return "\n".join(lines)


def _table(rows: Sequence[Row], width: int) -> Iterator[str]:
    first = max((cells(name) for name, _ in rows if cells(name) <= _NAMES), default=_NAMES)
    for name, text in rows:
        lines = _wrapped(text, width - first - 4)
        if cells(name) > first:
            yield f"  {name}"
        else:
            yield f"  {name}{' ' * (first - cells(name))}  {next(lines, '')}".rstrip()
        yield from (" " * (first + 4) + line for line in lines)


def _wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines of so many columns."""
    line = ""
    for piece in _PIECES.findall(" ".join(text.split("\n"))):
        if line and cells(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    if line.rstrip():
        yield line.rstrip()


def cells(text: Iterable[str]) -> int:
    """Columns that a terminal takes; ``rich.cells`` tells them too, but takes 25 ms to be there."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
