"""Memos for Word, and whether what a memo or a workbook says is still what its answers say."""

from __future__ import annotations

from pathlib import Path

import typer

from cardflow.console import say
from cardflow.life import Life, command
from scenarios.errors import NOTHING_WRITTEN
from sim.message import NOTHING

DIFFERENT = 3
"""What ``verify`` ends with where a number is edited or out of date."""


@command("lang", undone=NOTHING_WRITTEN)
def memo(
    life: Life, folders: list[Path], *, title: str | None = None, template: Path | None = None, today: str | None = None
) -> None:
    """Write answers as one memo for Word: question, answer, reasons, what it hangs on, what to do, appendix."""
    from reports.memos import memo_of

    with life.judging() as wrong:
        day = wrong.tried(life.day, "today", today)
    assert day is not None
    with life.all_finished(folders) as opened:
        say(str(memo_of(opened, life.lang, title, day, template)))


@command("lang", "as_json", undone=NOTHING)
def verify(
    life: Life, file: Path, *, folders: list[Path] | None = None, today: str | None = None, strict: bool = False
) -> None:
    """Find numbers of a memo or workbook that were edited, or that are not what its answers say by now."""
    from reports import verified

    with life.judging() as wrong:
        day = wrong.tried(life.day, "today", today)
    assert day is not None
    found = verified.verify(file, folders or [], day)
    life.show(lambda: found.rows, lambda: life.words(verified.screen(found)))
    if found.differences or (strict and found.overdue):
        raise typer.Exit(DIFFERENT)
