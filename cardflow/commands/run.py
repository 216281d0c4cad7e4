"""``cardflow run``: one scenario simulated, its targets judged."""

from __future__ import annotations

from typing import Annotated

from cardflow import options as own
from cardflow.life import Life, answering
from sim.message import Message

NoMargin = Annotated[
    bool,
    own.asked(None, Message("Skip the search for margins, once called headroom."), "--no-margin", "--no-headroom"),
]
Replications = Annotated[
    int,
    own.replications(
        Message("How many replications; with --precision or --until-decided the first batch, 5 at least."), 1
    ),
]
Precision = Annotated[
    float | None,
    own.option(
        own.EVIDENCE,
        Message("Add replications until every deciding value is known to this half-width, as in 0.005."),
        metavar=Message("SHARE"),
    ),
]
UntilDecided = Annotated[
    bool,
    own.option(
        own.EVIDENCE,
        Message("Add replications until no target is undecided, as far as --most allows."),
        "--until-decided",
    ),
]


@answering(Message("Run folder; runs/SCENARIO/DIGEST by default."))
def run(
    life: Life,
    scenario: own.Scenario,
    settings: own.Settings = None,
    actuals: own.Actuals = None,
    chance_only: own.ChanceOnly = False,
    no_margin: NoMargin = False,
    replications: Replications = 20,
    precision: Precision = None,
    until_decided: UntilDecided = False,
    most: Annotated[int, own.replications(Message("Replications at most, with --precision or --until-decided."))] = 200,
) -> None:
    """Simulate a scenario and judge its targets."""
    from reports import catalogue, library_texts
    from reports.run.screen import screen_lines
    from scenarios.files.from_actuals import apply
    from scenarios.run.run import Options, refuse, run
    from scenarios.workbook.rules import read_actuals

    options = life.options(Options, margin=not no_margin)
    with life.judging() as wrong:
        chosen = wrong.tried(life.load, scenario)
        figures = wrong.tried(read_actuals, actuals) if actuals else None
        if chosen and figures:
            chosen = wrong.tried(apply, chosen, figures)
        wrong.tried(refuse, options)
    assert chosen is not None
    with life.progress(library_texts.title(catalogue.load(life.lang), chosen.title)) as progress:
        summary = run(chosen, life.folder, options, progress)
    page = life.draw()
    life.show(lambda: summary, lambda: screen_lines(life.folder.path, life.lang, page, life.seconds, life.encoding))
