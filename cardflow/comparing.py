"""The command that compares scenarios: options to a folder, progress with time left, the answer on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cardflow.at_once import at_once
from cardflow.pages import answer, folder_for
from cardflow.progress import cores, progress_bar
from cardflow.understood import tell_understood
from scenarios.compare.compare import CompareOptions, compare, listed, refuse
from scenarios.files.load import load_all
from sim.message import Message


@dataclass(frozen=True)
class CompareRequest:
    """What was asked of ``cardflow compare``; the first scenario is the one that others are held against."""

    scenarios: Sequence[str]
    replications: int
    seed: int
    workers: int | None
    out: Path | None
    lang: str
    chance_only: bool
    quiet: bool = False
    yes: bool = False

    @property
    def options(self) -> CompareOptions:
        """The request as options of a comparison."""
        return CompareOptions(self.replications, self.seed, self.workers or cores(), self.chance_only)


def compare_and_report(request: CompareRequest, settings: Sequence[str], as_json: bool) -> None:
    """Compare, write the page, and print the answer (or the rows as JSON).

    Raises:
        UserError: with all that is wrong with the scenarios, the settings, the options or the folder.
    """
    with folder_for(request.out, request.lang) as folder:
        with at_once(folder) as wrong:
            with wrong.noted():
                chosen = load_all(request.scenarios, settings, "compare")
                tell_understood(settings, request.lang, request.quiet)
            with wrong.noted():
                refuse(request.scenarios, request.options)
        from reports.compare.document import COMPARE

        with progress_bar(Message("compare"), request.lang, request.quiet, yes=request.yes) as progress:
            found = compare(chosen, folder, request.options, progress)
        answer(COMPARE, folder, request.lang, listed(found) if as_json else None)
