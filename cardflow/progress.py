"""How long work takes: a bar on stderr with the time left, and how many cores there are to share it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from reports.messages import said
from scenarios.progress import Progress
from sim.message import Message


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def progress_bar(title: str, lang: str, quiet: bool = False) -> Iterator[Progress]:
    """A bar on stderr with the time left, in a language; none if ``quiet``. A title holds no markup."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    left, console = TextColumn(said(Message("left"), lang)), Console(stderr=True, quiet=quiet)
    with Bar(*columns, left, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task(said(title, lang), total=None)
        total = [0]

        def expect(count: int) -> None:
            total[0] = count
            bar.update(task, total=count)

        def more(count: int) -> None:
            expect(total[0] + count)

        yield Progress(expect, lambda done: bar.advance(task), more, lambda count: more(-count))
