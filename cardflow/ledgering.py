"""The command for the delay ledger: options to a folder, progress with time left, the answer on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cardflow.at_once import at_once
from cardflow.pages import answer, folder_for
from cardflow.progress import cores, progress_bar
from cardflow.understood import load_told
from scenarios.ledger.ledger import LedgerOptions, ledger, listed, refuse
from sim.message import Message


@dataclass(frozen=True)
class LedgerRequest:
    """What was asked of ``cardflow ledger``."""

    scenario: str
    resources: Sequence[str]
    replications: int
    seed: int
    workers: int | None
    out: Path | None
    lang: str
    chance_only: bool
    quiet: bool = False
    yes: bool = False

    @property
    def options(self) -> LedgerOptions:
        """The request as options of a ledger."""
        return LedgerOptions(
            tuple(self.resources), self.replications, self.seed, self.workers or cores(), self.chance_only
        )


def ledger_and_report(request: LedgerRequest, settings: Sequence[str], as_json: bool) -> None:
    """Make the ledger, write the page, and print the answer (or the rows as JSON).

    Raises:
        UserError: with all that is wrong with the scenario, the settings, the resources, the options or the folder.
    """
    scenario = None
    with folder_for(request.out, request.lang) as folder:
        with at_once(folder) as wrong:
            with wrong.noted():
                scenario = load_told(request.scenario, settings, request.lang, request.quiet)
            with wrong.noted():
                refuse(scenario, request.options)
        assert scenario is not None
        from reports.ledger.document import LEDGER

        with progress_bar(Message("ledger"), request.lang, request.quiet, yes=request.yes) as progress:
            found = ledger(scenario, folder, request.options, progress)
        answer(LEDGER, folder, request.lang, listed(found) if as_json else None)
