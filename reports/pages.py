"""What is made of a folder with an answer: charts and page in each language."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from pathlib import Path

from reports import catalogue, part_years
from reports.catalogue import LANGUAGES, Catalogue
from reports.faces import page
from reports.presentations import presentation, presentation_of
from reports.run import provisional
from scenarios.experiment.workers import at_the_same_time
from scenarios.folder.folder import Folder
from scenarios.run.record import Run, Summary


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
