"""``cardflow validate``: what was published beside what is simulated."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cardflow.life import SIMULATING, Life, command
from sim.message import Message

if TYPE_CHECKING:  # help needs none of what they import
    from calibration.validate import ValidateOptions
    from scenarios.folder.folder import Folder


@command(*SIMULATING)
def validate(life: Life, *, replications: int = 20, out: Path | None = None, page: Path | None = None) -> None:
    """Lay every published figure that the model can speak to beside the simulated one."""
    # ``out``, which all can be asked, stands above for its place in the help: the page is written beside it.
    from calibration.validate import ValidateOptions, listed, refuse, validate

    options = life.options(ValidateOptions)
    with _charts(page, options, life.lang) as charts:
        with life.judging() as wrong:
            wrong.tried(refuse, options)
            if page is not None:
                wrong.tried(_refuse_page, page, charts)
        if charts is not None:
            charts.take([f"../{charts.path.name}.md"])
        with life.progress(Message("validate")) as progress:
            data = validate(life.folder, options, progress)
        shown = life.draw()
        if charts is not None:
            shown = _write_markdown(life.folder.path, charts, life.lang)
        life.show(lambda: listed(data), lambda: life.lines(shown))


@contextmanager
def _charts(page: Path | None, options: ValidateOptions, lang: str) -> Iterator[Folder | None]:
    """The folder of a markdown page's charts, which has the page's name and stands beside it."""
    from calibration.validate import question
    from scenarios.folder.folder import Folder
    from scenarios.folder.question import Question

    if page is None or page.suffix != ".md":
        yield None
        return
    with Folder(page.with_suffix(""), option="--page") as charts:
        charts.ask(Question("validation page", "", [question(options).digest, lang]))
        yield charts


def _refuse_page(page: Path, charts: Folder | None) -> None:
    """Raise UserError if a markdown page has a wrong name, or if it or its folder is there already and not ours."""
    from scenarios.errors import UserError

    if charts is None:
        raise UserError(f"--page {page}", [Message("must end in .md: it is a markdown page")])
    charts.look([f"../{page.name}"])


def _write_markdown(folder: Path, charts: Folder, lang: str) -> Path:
    from reports.faces import markdown
    from reports.validation.document import VALIDATE

    with charts.answer() as draft:
        page = markdown.write(VALIDATE, folder, draft.path.parent / f"{draft.path.name}.md", lang)
    return charts.path.parent / page.name
