"""How a command ends that leaves a folder with a page: the page written, the answer or the rows printed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cardflow.console import print_json, say
from scenarios.errors import UserError

Write = Callable[[Path, str], Path]
"""Writes charts and page of a folder in a language; the path of the page."""
Lines = Callable[[Path, str, Path, str], Iterable[str]]
"""The answer of a folder for a screen: folder, language, page, encoding."""


def written(write: Write, folder: Path, lang: str) -> Path:
    """Charts and page of a folder; the path of the page.

    Raises:
        UserError: if the system refuses.
    """
    try:
        return write(folder, lang)
    except OSError as error:
        raise UserError(str(folder), [f"the page cannot be written: {error.strerror or error}"]) from None


def tell(write: Write, lines: Lines, folder: Path, lang: str, rows: Any) -> None:
    """Write the page, and print the answer, or the rows as JSON where there are any.

    Raises:
        UserError: if the page cannot be written.
    """
    page = written(write, folder, lang)
    if rows is not None:
        print_json(rows)
    else:
        say(*lines(folder, lang, page, sys.stdout.encoding or "utf-8"))
