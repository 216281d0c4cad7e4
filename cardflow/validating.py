"""The commands that compare with published figures: validate and calibrate, each with its folder, table and page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from calibration.calibrate import BUDGET, CalibrateOptions
from calibration.calibrate import calibrate as fit
from calibration.calibrate import refuse as refuse_calibration
from calibration.validate import ValidateOptions, question
from calibration.validate import refuse as refuse_validation
from calibration.validate import validate as compare
from cardflow.at_once import at_once
from cardflow.console import print_json, say
from cardflow.pages import folder_for, written
from cardflow.progress import cores, progress_bar
from scenarios.errors import UserError
from scenarios.folder.folder import Folder
from scenarios.folder.question import Question
from sim.message import Message


@dataclass(frozen=True)
class ValidateRequest:
    """What was asked of ``cardflow validate``; ``page`` is a markdown file to write beside the folder's own page."""

    replications: int
    seed: int
    workers: int | None
    out: Path | None
    lang: str
    page: Path | None
    quiet: bool = False
    yes: bool = False

    @property
    def options(self) -> ValidateOptions:
        """The request as options of a validation."""
        return ValidateOptions(self.replications, self.seed, self.workers or cores())


@dataclass(frozen=True)
class CalibrateRequest:
    """What was asked of ``cardflow calibrate``."""

    only: str | None
    budget: int | None
    seed: int
    workers: int | None
    out: Path | None
    lang: str
    actuals: Path | None
    quiet: bool = False
    yes: bool = False

    @property
    def options(self) -> CalibrateOptions:
        """The request as options of a calibration."""
        return CalibrateOptions(self.only, self.budget or BUDGET, self.seed, self.workers or cores(), self.actuals)


def validate(request: ValidateRequest, as_json: bool) -> None:
    """Simulate what was published, write the page, and print the table (or its rows as JSON).

    Raises:
        UserError: with all that is wrong with the options or the folder.
    """
    from reports.faces import terminal
    from reports.validation.data import listed
    from reports.validation.document import VALIDATE

    with folder_for(request.out, request.lang) as folder, _charts(request) as charts:
        with at_once(folder) as wrong:
            with wrong.noted():
                refuse_validation(request.options)
            if request.page is not None:
                with wrong.noted():
                    _refuse_page(request.page, charts)
        if charts is not None:
            charts.take([f"../{charts.path.name}.md"])
        with progress_bar(Message("validate"), request.lang, request.quiet, yes=request.yes) as progress:
            data = compare(folder, request.options, progress)
        page = written(VALIDATE, folder, request.lang)
        if charts is not None:
            page = _write_markdown(folder, charts, request.lang)
        if as_json:
            print_json(listed(data))
        else:
            say(*terminal.lines(VALIDATE, folder.path, request.lang, page, sys.stdout.encoding or "utf-8"))


@contextmanager
def _charts(request: ValidateRequest) -> Iterator[Folder | None]:
    """The folder of a markdown page's charts, which has the page's name and stands beside it."""
    if request.page is None or request.page.suffix != ".md":
        yield None
        return
    with Folder(request.page.with_suffix(""), option="--page") as charts:
        charts.ask(Question("validation page", "", [question(request.options).digest, request.lang]))
        yield charts


def _refuse_page(page: Path, charts: Folder | None) -> None:
    """Raise UserError if a markdown page has a wrong name, or if it or its folder is there already and not ours."""
    if charts is None:
        raise UserError(f"--page {page}", [Message("must end in .md: it is a markdown page")])
    charts.look([f"../{page.name}"])


def _write_markdown(folder: Folder, charts: Folder, lang: str) -> Path:
    from reports.faces import markdown
    from reports.validation.document import VALIDATE

    with charts.answer() as draft:
        page = markdown.write(VALIDATE, folder.path, draft.path.parent / f"{draft.path.name}.md", lang)
    return charts.path.parent / page.name


def calibrate(request: CalibrateRequest, as_json: bool) -> None:
    """Fit uncertain values to published figures, and print what the data pin down (or ``fits.json``).

    Raises:
        UserError: with all that is wrong with the options, the actuals or the folder.
    """
    from reports.faces import terminal
    from reports.validation.calibrated import screen

    with folder_for(request.out, request.lang) as folder:
        with at_once(folder) as wrong, wrong.noted():
            refuse_calibration(request.options)
        with progress_bar(Message("calibrate"), request.lang, request.quiet, yes=request.yes) as progress:
            fits = fit(folder, request.options, progress)
        if as_json:
            print_json(fits)
        else:
            say(*terminal.told(screen(fits, folder.path), request.lang, sys.stdout.encoding or "utf-8"))
