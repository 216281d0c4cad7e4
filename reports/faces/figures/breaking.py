"""Names on figures that are wider than their room, in several lines."""

from __future__ import annotations

import re

from reports import formats

_MARGIN_COLUMNS = 29
"""Half-width characters of a name that fit into the right margin."""
_REMARK = re.compile(r" (?=\()|(?=（)")
_UNBROKEN = re.compile(r"（?(?:[!-~]*?[._](?=[!-~])|[!-~]+|[^!-~（])[）、。：]*")


def broken(text: str, columns: int = _MARGIN_COLUMNS) -> str:
    """A name for a margin of so many half-width characters: longer lines are broken, at blanks if there are any.

    Before a remark in brackets first; without blanks between Japanese letters, and in an id behind a full stop only.
    """
    lines = text.split("\n")
    lines = [part for line in lines for part in ([line] if formats.width(line) <= columns else _REMARK.split(line))]
    return "\n".join(piece for line in lines for piece in _pieces(line, columns))


def _pieces(line: str, columns: int) -> list[str]:
    pieces = [""]
    words = line.replace(" ", " \0").split("\0") if " " in line else _UNBROKEN.findall(line)
    for word in words:
        if pieces[-1] and formats.width(pieces[-1] + word.rstrip()) > columns:
            pieces.append("")
        pieces[-1] += word
    return [piece.strip() for piece in pieces]
