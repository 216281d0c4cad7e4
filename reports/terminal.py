"""The last line of an answer, and what any console can show of lines."""

from __future__ import annotations

from pathlib import Path

from reports.catalogue import Catalogue
from reports.typed import quoted

_PLAIN_MARKS = str.maketrans({"○": "o", "△": "!", "×": "x", "◇": "?", "―": "-", "－": "-", "～": "-"})


def for_encoding(lines: list[str], encoding: str) -> list[str]:
    """The lines as a console of this encoding can show them.

    Where it lacks any of ○ △ × ◇, all marks are plain ones; any other character that it lacks is a question mark.
    """
    try:
        "".join(map(chr, _PLAIN_MARKS)).encode(encoding)
    except UnicodeEncodeError:
        lines = [line.translate(_PLAIN_MARKS) for line in lines]
    return [line.encode(encoding, "replace").decode(encoding) for line in lines]


def report_line(cat: Catalogue, folder: Path, page: Path | None) -> str:
    """Where the page of a folder's answer is, or how it is made."""
    return f"{cat.text('terminal.report')}  {page or cat.text('terminal.no_report', folder=quoted(str(folder)))}"
