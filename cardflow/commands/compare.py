"""``cardflow compare``: several scenarios side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from cardflow import options as own
from cardflow.life import Life, answering
from sim.message import Message


@answering(Message("Folder; runs/compare/A-vs-B/DIGEST by default."))
def compare(
    life: Life,
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="A B [C ...]",
            help=Message("Two or more scenarios; all are held against the first."),
            autocompletion=own.scenario_names,
        ),
    ],
    settings: own.Settings = None,
    chance_only: own.ChanceOnly = False,
    replications: Annotated[int, own.replications(Message("How many replications of each, 2 at least."))] = 20,
) -> None:
    """Compare scenarios under the same luck: what is better, by how much, and what chance explains."""
    from cardflow.understood import tell_understood
    from scenarios.compare.compare import CompareOptions, compare, listed, refuse
    from scenarios.files.load import load_all

    options = life.options(CompareOptions)
    with life.judging() as wrong:
        with wrong.noted():
            chosen = load_all(scenarios, life.settings, "compare")
            tell_understood(life.settings, life.lang, life.quiet)
        wrong.tried(refuse, scenarios, options)
    with life.progress(Message("compare")) as progress:
        found = compare(chosen, life.folder, options, progress)
    life.answer(lambda: listed(found))
