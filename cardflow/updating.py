"""The command for months that have come: a run's folder and a planner's file to an update, the answer on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cardflow.at_once import at_once
from cardflow.pages import answer, folder_for
from scenarios.update.update import read, update
from scenarios.workbook.rules import read_actuals


@dataclass(frozen=True)
class UpdateRequest:
    """What was asked on the command line."""

    run: Path
    actuals: Path
    out: Path | None
    lang: str


def update_and_report(request: UpdateRequest, as_json: bool) -> None:
    """Weigh the run by what came, write the page, and print the answer (or ``update.json``).

    Raises:
        UserError: with all that is wrong with the file, the run's folder or that of the answer.
    """
    with folder_for(request.out, request.lang) as folder:
        with at_once(folder) as wrong:
            with wrong.noted():
                actuals = read_actuals(request.actuals)
            with wrong.noted():
                read(request.run, folder)
        from reports.update.document import UPDATE

        found = update(request.run, actuals, folder)
        answer(UPDATE, folder, request.lang, found if as_json else None)
