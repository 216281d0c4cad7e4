"""The command that sizes: options to a folder, progress with time left, the answer on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cardflow.at_once import at_once
from cardflow.pages import answer, folder_for
from cardflow.progress import progress_bar
from cardflow.understood import load_told
from scenarios.prices import load_prices
from scenarios.size.size import SizeOptions, listed, refuse, size
from sim.message import Message


@dataclass(frozen=True)
class SizeRequest:
    """What was asked of ``cardflow size``."""

    scenario: str
    resources: Sequence[str]
    targets: Sequence[str]
    options: SizeOptions
    prices: Path | None
    out: Path | None
    lang: str
    quiet: bool = False
    yes: bool = False


def size_and_report(request: SizeRequest, settings: Sequence[str], as_json: bool) -> None:
    """Size, write the page, and print the answer (or the rows as JSON).

    Raises:
        UserError: with all that is wrong with the scenario, the resources, the targets, the prices or the folder.
    """
    scenario = prices = None
    with folder_for(request.out, request.lang) as folder:
        with at_once(folder) as wrong:
            with wrong.noted():
                scenario = load_told(request.scenario, settings, request.lang, request.quiet)
            with wrong.noted():
                prices = load_prices(request.prices) if request.prices else None
            with wrong.noted():
                refuse(scenario, request.resources, request.targets, request.options, prices)
        assert scenario is not None
        from reports.size.document import SIZE

        with progress_bar(Message("size"), request.lang, request.quiet, yes=request.yes) as progress:
            found = size(scenario, request.resources, request.targets, folder, request.options, prices, progress)
        answer(SIZE, folder, request.lang, listed(found) if as_json else None)
