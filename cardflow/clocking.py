"""The commands of the decision clock: options to a folder, progress with time left, the answer on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cardflow.at_once import at_once
from cardflow.pages import answer, folder_for
from cardflow.progress import cores, progress_bar
from cardflow.understood import load_told
from scenarios.clock.clock import ClockOptions, chosen_targets, clock, listed
from scenarios.clock.lead_times import load_lead_times
from scenarios.errors import Together, UserError
from scenarios.files.as_written import date_of, impossible_day
from scenarios.limits import shown_name
from sim.message import Message


@dataclass(frozen=True)
class ClockRequest:
    """What was asked of ``cardflow clock``; ``as_of`` as written, today where nothing is."""

    scenario: str
    targets: Sequence[str]
    replications: int
    seed: int
    workers: int | None
    out: Path | None
    lead_times: Path | None
    as_of: str | None
    lang: str
    quiet: bool = False
    yes: bool = False

    def options(self) -> ClockOptions:
        """The request as options of a clock; raises UserError with what is no date, and as ``chosen_targets``."""
        told = ClockOptions(
            as_of=date.today(),
            replications=self.replications,
            seed=self.seed,
            workers=self.workers or cores(),
            targets=tuple(self.targets),
        )
        wrong = Together()
        with wrong.noted():
            told = replace(told, as_of=self._day())
        with wrong.noted():
            chosen_targets(told)
        wrong.refuse()
        return told

    def _day(self) -> date:
        if self.as_of is None:
            return date.today()
        if (day := date_of(self.as_of)) is None:
            rule = Message("--as-of {date}   must be a date such as 2026-04-01", date=shown_name(self.as_of))
            none = impossible_day(self.as_of)
            raise UserError("clock", [Message("--as-of {rule}", rule=none) if none else rule])
        return day


def clock_and_report(request: ClockRequest, settings: Sequence[str], as_json: bool) -> None:
    """Make the clock, write its page, and print the answer (or the rows as JSON).

    Raises:
        UserError: with all that is wrong with the scenario, the settings, the options, the lead times or the folder.
    """
    with folder_for(request.out, request.lang) as folder:
        with at_once(folder) as wrong:
            with wrong.noted():
                scenario = load_told(request.scenario, settings, request.lang, request.quiet)
            with wrong.noted():
                options = request.options()
            with wrong.noted():
                lead_times = load_lead_times(request.lead_times)
        from reports.clock.document import CLOCK

        with progress_bar(Message("clock"), request.lang, request.quiet, yes=request.yes) as progress:
            found = clock(scenario, folder, options, lead_times, progress)
        answer(CLOCK, folder, request.lang, listed(found) if as_json else None)
