"""What is made of a folder with a finished answer: charts and page, a workbook, one sheet of it as CSV."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from reports import catalogue, part_years
from reports.catalogue import LANGUAGES, Catalogue
from reports.faces import page
from reports.faces import workbook as book
from reports.faces.answered import Answered
from reports.faces.source import Source
from reports.presentation import Presentation
from reports.presentations import KINDS, presentation
from reports.run import provisional
from scenarios.errors import UserError
from scenarios.experiment.workers import at_the_same_time
from scenarios.folder.folder import Folder
from scenarios.folder.names import safe_name
from scenarios.limits import shown_name
from scenarios.run.record import Run, Summary
from sim.message import Message


def page_of(folder: Folder, lang: str, workers: int = 1) -> Path:
    """Draw charts and page of the answer in a folder; the path of the page.

    With more than one of the ``workers`` the page of the other language is drawn by a process of its own.

    Raises:
        UserError: if answers of its kind have no page, or the system refuses.
    """
    shown = presentation_of(folder)
    with folder.page("charts/") as draft:
        others = partial(_in_others, folder.kind, folder.path, lang, draft)
        with at_the_same_time(others) if workers > 1 else nullcontext():
            now = (lang,) if workers > 1 else LANGUAGES
            drawn = page.write(shown, folder.path, lang, draft, now).relative_to(draft)
    return folder.path / drawn


def _in_others(kind: str, folder: Path, lang: str, into: Path) -> None:
    """The pages in all languages but one."""
    page.write(presentation(kind), folder, lang, into, [own for own in LANGUAGES if own != lang])


def provisional_page(folder: Folder, summary: Summary, run: Run, lang: str) -> None:
    """Write the page of a run that goes on, which the page of its answer takes the place of.

    Raises:
        UserError: if the system refuses.
    """

    def within(own: str) -> Catalogue:
        return part_years.over(catalogue.load(own), run)

    shown = presentation_of(folder)
    with folder.page() as draft:
        page.pages(shown.page, provisional.document(summary, run), within, lang, draft, {own: {} for own in LANGUAGES})


def workbook_of(folder: Folder, lang: str, sheet: str | None = None) -> Path:
    """Write the answer in a folder as a workbook beside its page, or one of its sheets as CSV; the path.

    Raises:
        UserError: as ``page_of``; if there is no sheet of this name.
    """
    answered = Answered(presentation_of(folder), folder.path, lang)
    if sheet is None:
        name, content = (
            f"{answered.presentation.page}.xlsx",
            book.workbook(answered.cat, answered.document, Source.of(answered, folder.path)),
        )
    else:
        found = book.sheets(answered.cat, answered.document)
        if sheet not in found:
            raise UserError(f"--csv {sheet}", [Message("no such sheet; there are: {names}", names=list(found))])
        name, content = f"{safe_name(sheet)}.csv", book.csv(found[sheet])
    with folder.page() as draft:
        (draft / name).write_bytes(content)
    return folder.path / name


def presentation_of(folder: Folder) -> Presentation[Any]:
    """How the answer in a folder is shown."""
    if folder.kind not in KINDS:
        kind = shown_name(folder.kind)
        raise UserError(str(folder.path), [Message("holds an answer that has no page of its own ({kind})", kind=kind)])
    return presentation(folder.kind)
