"""How a command ends that leaves a folder with a page: the page written, the answer or the rows printed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cardflow.console import print_json, say
from reports.messages import said
from scenarios.folder.folder import Folder
from scenarios.run_folder import RunFolder

Write = Callable[[Path, str, Path], Path]
"""Draws charts and page of a folder in a language, into another folder; the path of the page there."""
Lines = Callable[[Path, str, Path, str], Iterable[str]]
"""The answer of a folder for a screen: folder, language, page, encoding."""


def folder_for(out: Path | None, lang: str = "en") -> RunFolder:
    """The folder of a command, nobody else's until it is let go of; what is odd in it is said on stderr."""
    return RunFolder(out, tell=lambda message: print(said(message, lang), file=sys.stderr))


def written(write: Write, folder: Folder, lang: str) -> Path:
    """Charts and page of the answer in a folder; the path of the page.

    Raises:
        UserError: if the system refuses.
    """
    with folder.page() as draft:
        page = write(folder.path, lang, draft).relative_to(draft)
    return folder.path / page


def remade(write: Write, path: Path, kind: str, lang: str) -> Path:
    """The same for a folder with a finished answer of a kind.

    Raises:
        UserError: if it is none, is not whole, was written by another version or changed since, or is in use.
    """
    with Folder(path, option="") as folder:
        folder.reopen(kind)
        return written(write, folder, lang)


def tell(write: Write, lines: Lines, folder: Folder, lang: str, rows: Any) -> None:
    """Write the page, and print the answer, or the rows as JSON where there are any.

    Raises:
        UserError: if the page cannot be written.
    """
    page = written(write, folder, lang)
    if rows is not None:
        print_json(rows)
    else:
        say(*lines(folder.path, lang, page, sys.stdout.encoding or "utf-8"))
