"""Names on figures that are wider than their room, in several lines."""

from __future__ import annotations

import re

from reports import formats

_MARGIN_COLUMNS = 29
"""Half-width characters of a name that fit into the right margin."""
_REMARK = re.compile(r" (?=\()|(?=（)")
_UNBROKEN = re.compile(r"（?(?:[!-~]*?[._](?=[!-~])|[!-~]+|[^!-~（])[）、。：]*")


def broken(text: str, columns: int = _MARGIN_COLUMNS, prose: bool = False) -> str:
    """A name for a margin of so many half-width characters: longer lines are broken, at blanks if there are any.

    Before a remark in brackets first; without blanks between Japanese letters, and in an id behind a full stop only.
    Japanese ``prose`` is broken between letters even where there are blanks, and goes on with its remarks.
    """
    lines = text.split("\n")
    if not prose:
        lines = [part for line in lines for part in ([line] if formats.width(line) <= columns else _REMARK.split(line))]
    return "\n".join(piece for line in lines for piece in _pieces(line, columns, prose))


def joined(text: str) -> str:
    """A name that is broken for a margin in one line."""
    return re.sub(r"(?<=[!-~])\n", " ", text).replace("\n", "")


def _pieces(line: str, columns: int, prose: bool) -> list[str]:
    pieces = [""]
    words = re.findall(r"\S+ *", line)
    torn = {word for word in words if len(words) == 1 or formats.width(word.rstrip()) > columns}
    if prose:
        torn |= {word for word in words if not word.isascii()}
    for part in (part for word in words for part in (_UNBROKEN.findall(word) if word in torn else [word])):
        if pieces[-1] and formats.width(pieces[-1] + part.rstrip()) > columns:
            pieces.append("")
        pieces[-1] += part
    return [piece.strip() for piece in pieces]
