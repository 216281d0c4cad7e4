"""Charts of an answer as files that fit a page, a column or a slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from reports.document import Document
from reports.faces.answered import Answered
from reports.faces.figures.sheet import Style, save
from reports.faces.markdown import markdown
from reports.presentations import presentation_of
from scenarios.errors import Together, UserError
from scenarios.folder.folder import Folder
from scenarios.limits import shown_name
from sim.message import Message

MOST_DPI = 1200
"""More dots an inch than print shows, and as many as memory bears."""


class Charts:
    """The charts of the answer in a folder, or ``only`` those of some ids, in a style; ``paged`` for a Markdown page.

    Raises:
        UserError: if answers of its kind have no page, there is no chart of an id, a page cannot show the kind of file,
            or ``dpi`` is too large.
    """

    def __init__(self, folder: Folder, lang: str, style: Style, only: Sequence[str] = (), paged: bool = False) -> None:
        self._folder, self._style = folder, style
        self._answered = Answered(presentation_of(folder), folder.path, lang)
        there = {chart.id: chart for chart in self._answered.charts if chart.drawing is not None}
        self._chosen = [there[name] for name in only or there if name in there]
        wrong = Together()
        if style.dpi is not None and style.dpi > MOST_DPI:
            wrong.note(UserError(f"--dpi {style.dpi}", [Message("must be at most {most}", most=MOST_DPI)]))
        if paged and not set(style.kinds) <= {"png", "svg"}:
            wrong.note(UserError("--page", [Message("shows png and svg, not {kind}", kind=style.kinds[0])]))
        for name in only:
            if name not in there:
                rule = Message("no such chart; there are: {names}", names=list(there))
                wrong.note(UserError(f"--only {shown_name(name)}", [rule]))
        wrong.refuse()

    def write(self) -> list[Path]:
        """Draw them into a folder of the answer's, named for size and colour, as ``charts-column-grey``; the files.

        Files drawn there before stay, unless they are drawn anew. Raises UserError if the system refuses.
        """
        into = f"charts-{self._style.size}{'-grey' if self._style.grey else ''}"
        with self._folder.page() as draft:
            files = save(self._answered.cat, self._chosen, draft / into, self._style)
        return [self._folder.path / into / file.name for file in files.values()]

    def gallery(self, beside: Folder) -> Path:
        """Draw them into another folder, and write a Markdown page beside it that shows each with what it says."""
        with beside.answer() as draft:
            files = save(self._answered.cat, self._chosen, draft.path, self._style)
            addresses = {name: f"{draft.path.name}/{file.name}" for name, file in files.items()}
            text = markdown(self._answered.cat, self._shown, addresses)
            page = draft.path.parent / f"{draft.path.name}.md"
            page.write_text(text, encoding="utf-8", newline="\n")
        return beside.path.parent / page.name

    @property
    def _shown(self) -> Document:
        """The document with charts alone."""
        chosen = {chart.id for chart in self._chosen}
        whole = self._answered.document
        chapters = [own for own in whole.chapters if chosen & {chart.id for chart in own.charts}]
        bare: dict[str, Any] = {"blocks": (), "words": (), "named": (), "commands": (), "folded": False}
        return replace(whole, chapters=tuple(replace(own, **bare) for own in chapters))
