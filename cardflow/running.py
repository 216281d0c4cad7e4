"""The commands that simulate: options to a run folder, progress with time left, verdicts on the screen."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from cardflow.at_once import at_once
from cardflow.console import print_json, say
from cardflow.pages import folder_for, written
from cardflow.progress import cores, progress_bar
from cardflow.understood import load_told
from reports import catalogue, library_texts
from scenarios.files.from_actuals import apply
from scenarios.run.run import Options, refuse, run
from scenarios.workbook.rules import read_actuals


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
    margin: bool
    precision: float | None
    most: int
    actuals: Path | None = None
    quiet: bool = False
    yes: bool = False
    until_decided: bool = False

    @property
    def options(self) -> Options:
        """The request as options of a run."""
        workers = self.workers or cores()
        return Options(
            self.replications, self.seed, workers, self.chance_only, self.margin, self.precision, self.most,
            self.until_decided,
        )  # fmt: skip


def run_and_report(request: Request, settings: list[str], as_json: bool) -> None:
    """Run, write the report, and print the verdicts (or the summary as JSON).

    Raises:
        UserError: with all that is wrong with the scenario, the settings, the precision, the actuals or the folder.
    """
    started = time.monotonic()
    scenario = actuals = None
    with folder_for(request.out, request.lang) as folder:
        with at_once(folder) as wrong:
            with wrong.noted():
                scenario = load_told(request.scenario, settings, request.lang, request.quiet)
            with wrong.noted():
                actuals = read_actuals(request.actuals) if request.actuals else None
            with wrong.noted():
                scenario = apply(scenario, actuals) if scenario and actuals else scenario
            with wrong.noted():
                refuse(request.options)
        assert scenario is not None
        title = library_texts.title(catalogue.load(request.lang), scenario.title)
        with progress_bar(title, request.lang, request.quiet, yes=request.yes) as progress:
            summary = run(scenario, folder, request.options, progress)
        from reports.run.document import RUN

        report = written(RUN, folder, request.lang)
        if as_json:
            print_json(summary)
        else:
            _print_verdicts(folder.path, request.lang, report, time.monotonic() - started)


def _print_verdicts(folder: Path, lang: str, report: Path, seconds: float) -> None:
    from reports.run.screen import screen_lines

    say(*screen_lines(folder, lang, report, seconds, sys.stdout.encoding or "utf-8"))
