"""The answer in a folder as a workbook, or one sheet of it as CSV."""

from __future__ import annotations

from pathlib import Path

from reports.faces.answered import Answered
from reports.faces.source import Source
from reports.faces.workbook import csv, sheets, workbook
from reports.presentations import presentation_of
from scenarios.errors import UserError
from scenarios.folder.folder import Folder
from scenarios.folder.names import safe_name
from sim.message import Message


def workbook_of(folder: Folder, lang: str, sheet: str | None = None) -> Path:
    """Write the answer in a folder as a workbook beside its page, or one of its sheets as CSV; the path.

    Raises:
        UserError: if answers of its kind have no page, or the system refuses; if there is no sheet of this name.
    """
    answered = Answered(presentation_of(folder), folder.path, lang)
    if sheet is None:
        name, content = (
            f"{answered.presentation.page}.xlsx",
            workbook(answered.cat, answered.document, Source.of(answered, folder.path)),
        )
    else:
        found = sheets(answered.cat, answered.document)
        if sheet not in found:
            raise UserError(f"--csv {sheet}", [Message("no such sheet; there are: {names}", names=list(found))])
        name, content = f"{safe_name(sheet)}.csv", csv(found[sheet])
    with folder.page() as draft:
        (draft / name).write_bytes(content)
    return folder.path / name
