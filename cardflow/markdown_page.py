"""A Markdown page that a command writes where it is told to, with its charts in a folder of its name beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sim.message import Message

if TYPE_CHECKING:  # help needs none of what they import
    from scenarios.folder.folder import Folder


@contextmanager
def charts_beside(page: Path | None, answer: Path | None, kind: str, *asked: str) -> Iterator[Folder | None]:
    """The folder of a page's charts, for an answer of a kind to what was ``asked``; None without a page.

    Raises:
        UserError: if it would be the folder of the ``answer`` that the page is about.
    """
    from scenarios.errors import UserError
    from scenarios.folder.folder import Folder
    from scenarios.folder.question import Question

    if page is None or page.suffix != ".md":
        yield None
        return
    beside = page.with_suffix("")
    if answer is not None and beside.resolve() == answer.resolve():
        rule = Message("would have its charts in the folder of the answer: choose another name")
        raise UserError(f"--page {page}", [rule])
    with Folder(beside, option="--page") as charts:
        charts.ask(Question(kind, "", list(asked)))
        yield charts


def refuse(page: Path | None, charts: Folder | None) -> None:
    """Raise UserError if a page has a wrong name, or if it or its folder is there already and not ours."""
    from scenarios.errors import UserError

    if page is None:
        return
    if charts is None:
        raise UserError(f"--page {page}", [Message("must end in .md: it is a markdown page")])
    charts.look([f"../{page.name}"])


def begin(charts: Folder) -> None:
    """Take the folder, and its page beside it."""
    charts.take([f"../{charts.path.name}.md"])
