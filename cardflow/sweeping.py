"""The command that sweeps: time stated first, a question if that is long, progress, the answer on the screen."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cardflow import asking
from cardflow.asking import Ask
from cardflow.at_once import at_once
from cardflow.pages import answer, folder_for
from cardflow.progress import cores, progress_bar
from cardflow.understood import load_told, tell_varied
from reports.durations import duration
from reports.messages import said
from scenarios.sweep.document import listed
from scenarios.sweep.study import Study, SweepOptions, refuse
from scenarios.sweep.sweep import Estimate, measure, sweep
from sim.message import Message


@dataclass(frozen=True)
class SweepRequest:
    """What was asked of ``cardflow sweep``; ``yes`` starts a long one without asking."""

    scenario: str
    vary: Sequence[str]
    lhs: int | None
    screen: bool
    sobol: bool
    trajectories: int
    replications: int | None
    seed: int
    workers: int | None
    out: Path | None
    lang: str
    chance_only: bool
    yes: bool
    quiet: bool = False
    draws: int | None = None

    @property
    def options(self) -> SweepOptions:
        """The request as options of a sweep."""
        return SweepOptions(
            vary=self.vary,
            lhs=self.lhs,
            screen=self.screen,
            sobol=self.sobol,
            trajectories=self.trajectories,
            replications=self.replications,
            seed=self.seed,
            workers=self.workers or cores(),
            chance_only=self.chance_only,
            draws=self.draws,
        )


def sweep_and_report(request: SweepRequest, settings: Sequence[str], as_json: bool) -> None:
    """Sweep, write the page, and print the answer (or the rows as JSON).

    Raises:
        UserError: with all that is wrong with the scenario, the ranges, the options or the folder; or if it would take
            long and nobody can be asked.
        KeyboardInterrupt: if the user does not want to wait that long.
    """
    scenario = None
    with folder_for(request.out, request.lang) as folder:
        with at_once(folder) as wrong:
            with wrong.noted():
                scenario = load_told(request.scenario, settings, request.lang, request.quiet)
            with wrong.noted():
                refuse(scenario, request.options)
        assert scenario is not None
        study = Study(scenario, request.options)
        tell_varied(request.vary, request.lang, request.quiet)
        from reports.sweep.document import SWEEP

        agree(measure(study, folder, time.monotonic), request)
        with progress_bar(Message("sweep"), request.lang, request.quiet, estimate=False) as progress:
            found = sweep(study, folder, progress)
        answer(SWEEP, folder, request.lang, listed(found) if as_json else None)


def agree(estimate: Estimate, request: SweepRequest, ask: Ask | None = None) -> None:
    """Say on stderr how long it will take, and above 15 minutes ask whether to go on; ``ask`` stands in for the user.

    Raises:
        UserError: if nobody can be asked.
        KeyboardInterrupt: if the answer is no; what was simulated is kept.
    """
    if not estimate.left:
        return
    told = said(estimated(estimate), request.lang)
    if not request.quiet:
        print(told, file=sys.stderr)
    if not request.yes:
        asking.agree(estimate.total, told, "sweep", request.lang, ask)


def estimated(estimate: Estimate) -> Message:
    """How long it will take, about, and why."""
    return Message(
        "takes about {time}: at most {count} replications of about {seconds} s each, on {workers} processes",
        time=duration(estimate.total),
        count=f"{estimate.left:,}",
        seconds=f"{estimate.seconds:,.{1 if estimate.seconds < 10 else 0}f}",
        workers=estimate.workers,
    )
