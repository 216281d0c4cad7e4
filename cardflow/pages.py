"""How a command ends that leaves a folder with a page: the page written, the answer or the rows printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cardflow.console import print_json, say
from reports.messages import said
from scenarios.errors import UserError
from scenarios.folder.folder import Folder
from scenarios.folder.names import safe_name
from scenarios.limits import shown_name
from scenarios.run_folder import RunFolder
from sim.message import Message

if TYPE_CHECKING:
    from reports.question import Question

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


def remade(write: Write, path: Path, kind: str, lang: str, answer: tuple[str, Any] | None = None) -> Path:
    """The same for a folder with a finished answer of a kind; ``answer`` is the file and content that is to be drawn.

    Raises:
        UserError: if it is none, is not whole, was written by another version or changed since, or is in use; or if
            another command has put its own answer there.
    """
    with Folder(path, option="") as folder:
        folder.reopen(kind)
        if answer is not None:
            _refuse_another(folder.path, *answer)
        return written(write, folder, lang)


def remade_page(question: Question[Any], path: Path, lang: str, answer: tuple[str, Any] | None = None) -> Path:
    """The same for any question whose answer is a document."""
    from reports.faces import page

    return remade(partial(page.write, question), path, question.kind, lang, answer)


def remade_answer(path: Path, lang: str) -> Path:
    """Draw the page of a folder with a finished answer to any question again; the path of the page.

    Raises:
        UserError: as ``remade``.
    """
    from reports.faces import page

    with Folder(path, option="") as folder:
        question = _question(folder)
        return written(partial(page.write, question), folder, lang)


def workbook_of(path: Path, lang: str, sheet: str | None = None) -> Path:
    """Write the answer in a folder as a workbook beside its page, or one of its sheets as CSV; the path.

    Raises:
        UserError: as ``remade``; if there is no sheet of this name.
    """
    from reports.faces.answered import Answered
    from reports.faces.workbook import csv, sheets, workbook

    with Folder(path, option="") as folder:
        answered = Answered(_question(folder), folder.path, lang)
        if sheet is None:
            name, content = f"{answered.question.page}.xlsx", workbook(answered.cat, answered.document)
        else:
            found = sheets(answered.cat, answered.document)
            if sheet not in found:
                raise UserError(f"--csv {sheet}", [Message("no such sheet; there are: {names}", names=list(found))])
            name, content = f"{safe_name(sheet)}.csv", csv(found[sheet])
        with folder.page(beside=True) as draft:
            (draft / name).write_bytes(content)
        return folder.path / name


def _question(folder: Folder) -> Question[Any]:
    """The question that a folder holds a finished answer to."""
    from reports.questions import KINDS, question

    folder.reopen(None)
    if folder.kind not in KINDS:
        kind = shown_name(folder.kind)
        raise UserError(str(folder.path), [Message("holds an answer that has no page of its own ({kind})", kind=kind)])
    return question(folder.kind)


def _refuse_another(folder: Path, name: str, content: Any) -> None:
    if json.loads((folder / name).read_text(encoding="utf-8")) != json.loads(json.dumps(content)):
        raise UserError(str(folder), [Message("holds the answer to another question by now: give this one again")])


def answer(question: Question[Any], folder: Folder, lang: str, rows: Any) -> None:
    """Write the page of the answer in a folder, and print the answer, or the rows as JSON where there are any.

    Raises:
        UserError: if the page cannot be written.
    """
    from reports.faces import page, terminal

    tell(partial(page.write, question), partial(terminal.lines, question), folder, lang, rows)


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
