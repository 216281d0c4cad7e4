"""``cardflow validate``: what was published beside what is simulated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cardflow import markdown_page
from cardflow.life import SIMULATING, Life, command
from sim.message import Message

if TYPE_CHECKING:  # help needs none of what they import
    from scenarios.folder.folder import Folder


@command(*SIMULATING)
def validate(life: Life, *, replications: int = 20, out: Path | None = None, page: Path | None = None) -> None:
    """Lay every published figure that the model can speak to beside the simulated one."""
    # ``out``, which all can be asked, stands above for its place in the help: the page is written beside it.
    from calibration.validate import ValidateOptions, listed, question, refuse, validate

    options = life.options(ValidateOptions)
    asked = question(options).digest, life.lang
    with markdown_page.charts_beside(page, life.folder.named, "validation page", *asked) as charts:
        with life.judging() as wrong:
            wrong.tried(refuse, options)
            wrong.tried(markdown_page.refuse, page, charts)
        if charts is not None:
            markdown_page.begin(charts)
        with life.progress(Message("validate")) as progress:
            data = validate(life.folder, options, progress)
        shown = life.draw()
        if charts is not None:
            shown = _write_markdown(life.folder.path, charts, life.lang)
        life.show(lambda: listed(data), lambda: life.lines(shown))


def _write_markdown(folder: Path, charts: Folder, lang: str) -> Path:
    from reports.faces import markdown
    from reports.validation.document import VALIDATE

    with charts.answer() as draft:
        page = markdown.write(VALIDATE, folder, draft.path.parent / f"{draft.path.name}.md", lang)
    return charts.path.parent / page.name
