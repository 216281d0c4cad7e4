"""Folders of answers: one for a command, its page drawn, drawn again, written as a workbook."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cardflow.at_once import at_once
from reports.messages import said
from scenarios.errors import UserError
from scenarios.folder.folder import Folder
from scenarios.folder.names import safe_name
from scenarios.limits import shown_name
from scenarios.records import as_json
from scenarios.run.run_folder import RunFolder
from sim.message import Message

if TYPE_CHECKING:  # charts and tables take a second to load
    from reports.presentation import Presentation


def folder_for(out: Path | None, lang: str = "en") -> RunFolder:
    """The folder of a command, nobody else's until it is let go of; what is odd in it is said on stderr."""
    return RunFolder(out, tell=lambda message: print(said(message, lang), file=sys.stderr))


def written(presentation: Presentation[Any], folder: Folder, lang: str) -> Path:
    """Charts and page of the answer in a folder; the path of the page.

    Raises:
        UserError: if the system refuses.
    """
    from reports.faces import page

    with folder.page() as draft:
        drawn = page.write(presentation, folder.path, lang, draft).relative_to(draft)
    return folder.path / drawn


def remade(path: Path, lang: str, kind: str | None = None, answer: tuple[str, Any] | None = None) -> Path:
    """Draw charts and page of a folder with a finished answer again; the path of the page.

    Args:
        path: the folder.
        lang: the language of the page.
        kind: what kind of answer it must hold; any by default.
        answer: the file and content that is to be drawn.

    Raises:
        UserError: if there is no such answer, or it is not whole, was written by another version or changed since, or
            is in use; or if another command has put its own answer there.
    """
    with Folder(path, option="") as folder:
        presentation = _presentation(folder, kind)
        if answer is not None:
            _refuse_another(folder.path, *answer)
        return written(presentation, folder, lang)


def workbook(path: Path, lang: str, sheet: str | None = None) -> Path:
    """Write the answer in a folder as a workbook beside its page, or one of its sheets as CSV; the path.

    Raises:
        UserError: as ``remade``; if there is no sheet of this name.
    """
    from reports.faces import workbook as face
    from reports.faces.answered import Answered

    with Folder(path, option="") as folder:
        answered = Answered(_presentation(folder), folder.path, lang)
        if sheet is None:
            name, content = f"{answered.presentation.page}.xlsx", face.workbook(answered.cat, answered.document)
        else:
            found = face.sheets(answered.cat, answered.document)
            if sheet not in found:
                raise UserError(f"--csv {sheet}", [Message("no such sheet; there are: {names}", names=list(found))])
            name, content = f"{safe_name(sheet)}.csv", face.csv(found[sheet])
        with folder.page(beside=True) as draft:
            (draft / name).write_bytes(content)
        return folder.path / name


def _presentation(folder: Folder, kind: str | None = None) -> Presentation[Any]:
    """How the finished answer in a folder is shown."""
    from reports.presentations import KINDS, presentation

    with at_once() as wrong, wrong.noted():
        folder.reopen(kind)
    if folder.kind not in KINDS:
        shown = shown_name(folder.kind)
        raise UserError(str(folder.path), [Message("holds an answer that has no page of its own ({kind})", kind=shown)])
    return presentation(folder.kind)


def _refuse_another(folder: Path, name: str, content: Any) -> None:
    if json.loads((folder / name).read_text(encoding="utf-8")) != json.loads(json.dumps(as_json(content))):
        raise UserError(str(folder), [Message("holds the answer to another question by now: give this one again")])
