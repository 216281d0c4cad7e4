"""The commands that simulate: options to a run folder, progress with time left, verdicts on the screen."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from cardflow.console import print_json, say
from scenarios.actuals import apply
from scenarios.actuals_rules import read_actuals
from scenarios.errors import UserError
from scenarios.load import load_with
from scenarios.run import Options, Progress, default_folder, run


@dataclass(frozen=True)
class Request:
    """What was asked on the command line."""

    scenario: str
    replications: int
    seed: int
    workers: int | None
    out: Path | None
    lang: str
    chance_only: bool
    headroom: bool
    precision: float | None
    most: int
    actuals: Path | None = None

    @property
    def options(self) -> Options:
        """The request as options of a run."""
        workers = self.workers or _cores()
        return Options(
            self.replications, self.seed, workers, self.chance_only, self.headroom, self.precision, self.most
        )


def run_and_report(request: Request, settings: list[str], as_json: bool) -> None:
    """Run, write the report, and print the verdicts (or the summary as JSON).

    Raises:
        UserError: with all that is wrong with the scenario, the settings, the precision, the actuals or the folder.
    """
    started = time.monotonic()
    scenario = load_with(request.scenario, settings)
    if request.actuals is not None:
        scenario = apply(scenario, read_actuals(request.actuals))
    folder = request.out or default_folder(scenario, request.options)
    with _progress(scenario.title) as progress:
        summary = run(scenario, folder, request.options, progress)
    report = _write_report(folder, request.lang)
    if as_json:
        print_json(summary)
    else:
        _print_verdicts(folder, request.lang, report, time.monotonic() - started)


def remake_report(folder: Path, lang: str) -> None:
    """Write charts and page of a run folder again.

    Raises:
        UserError: if the folder holds no finished run.
    """
    if not (folder / "summary.json").is_file():
        raise UserError(str(folder), ["is not the folder of a finished run: it has no summary.json"])
    say(str(_write_report(folder, lang)))


def _write_report(folder: Path, lang: str) -> Path:
    from reports.page import write_report

    try:
        return write_report(folder, lang)
    except OSError as error:
        raise UserError(str(folder), [f"the report cannot be written: {error.strerror}"]) from None


def _print_verdicts(folder: Path, lang: str, report: Path, seconds: float) -> None:
    from reports.screen import screen_lines

    say(*screen_lines(folder, lang, report, seconds, sys.stdout.encoding or "utf-8"))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _progress(title: str) -> Iterator[Progress]:
    """A bar on stderr with the time left."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, TextColumn("left"), TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        total = [0]

        def expect(count: int) -> None:
            total[0] = count
            bar.update(task, total=count)

        def more(count: int) -> None:
            expect(total[0] + count)

        yield Progress(expect, lambda done: bar.advance(task), more, lambda count: more(-count))
