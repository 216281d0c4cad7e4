"""Commands that decide: how much to buy, until when, and what one more unit is worth."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cardflow import options as own
from cardflow.language import Language
from cardflow.options import QUESTION
from sim.message import Message


class Spell(StrEnum):
    """By what spans a capacity may change."""

    year = "year"
    month = "month"


class Together(StrEnum):
    """Over what span targets must hold together."""

    year = "year"
    run = "run"


# What a plan may buy and must hold.
Bought = Annotated[
    list[str] | None,
    own.asked(
        Message("PATH[=LOW:HIGH[:STEP]]"),
        Message("What can be bought, as in contact.resident.seats; repeatable, in any order."),
        "--resource",
    ),
]
Promises = Annotated[
    list[str] | None,
    own.asked("ID", Message("A target to meet, as in calls-95; by default all that can be."), "--target"),
]
Confidence = Annotated[
    float, own.asked(Message("SHARE"), Message("Probability with which all of them must hold together."))
]
By = Annotated[Spell, own.asked("year|month", Message("Levels of seats by fiscal year, or by month."))]
MonthlyFloor = Annotated[
    float | None,
    own.asked(Message("SHARE"), Message("Share of calls to be answered in every single month too, as in 0.9.")),
]
HeldTogether = Annotated[
    Together, own.asked("year|run", Message("Each year a claim of its own, or all years at once."))
]
BelowPromises = Annotated[
    bool,
    typer.Option(
        "--release-below-promises",
        rich_help_panel=QUESTION,
        help=Message("Let the plant go below 160,000 applications a day, 4.8 million cards a month; no saving told."),
    ),
]
Prices = Annotated[
    Path | None,
    own.asked(
        Message("FILE"), Message("Your own prices (.toml or .xlsx, see prices-template): cost by year and certainty.")
    ),
]

# How surely a plan is known.
SearchReplications = Annotated[
    int | None,
    own.replications(Message("Replications of the search, which fix the ratio of what is bought; 16 by default.")),
]
Fresh = Annotated[
    int | None,
    own.replications(
        Message("Fresh replications, which say how much; by default 133 for 0.9, 215 for 0.95 and with prices.")
    ),
]
SizeFolder = Annotated[Path | None, own.out(Message("Folder; runs/size/SCENARIO/DIGEST by default."))]


def size(
    scenario: own.Scenario,
    resources: Bought = None,
    targets: Promises = None,
    confidence: Confidence = 0.9,
    by: By = Spell.year,
    monthly_floor: MonthlyFloor = None,
    together: HeldTogether = Together.year,
    below_promises: BelowPromises = False,
    prices: Prices = None,
    settings: own.Settings = None,
    chance_only: own.ChanceOnly = False,
    replications: SearchReplications = None,
    fresh: Fresh = None,
    seed: own.Seed = 1,
    workers: own.Workers = None,
    yes: own.Yes = False,
    out: SizeFolder = None,
    lang: own.Lang = Language.en,
    quiet: own.Quiet = False,
    as_json: own.AsJson = False,
) -> None:
    """Find the least capacity with which targets hold as surely as asked, and what it costs."""
    from cardflow.progress import cores
    from cardflow.sizing import SizeRequest, size_and_report
    from scenarios.size.size import SizeOptions

    how = SizeOptions(
        confidence=confidence,
        by=by.value,
        monthly_floor=monthly_floor,
        together=together.value,
        below_promises=below_promises,
        replications=replications,
        fresh=fresh,
        seed=seed,
        workers=workers or cores(),
        chance_only=chance_only,
    )
    request = SizeRequest(scenario, resources or [], targets or [], how, prices, out, lang.value, quiet, yes)
    size_and_report(request, settings or [], as_json)


def clock(
    scenario: own.Scenario,
    target: Annotated[
        list[str] | None, own.asked("ID", Message("Targets to watch, as in calls-95; repeatable; all by default."))
    ] = None,
    lead_times: Annotated[
        Path | None,
        own.asked(
            Message("FILE"),
            Message("Your own lead times (.toml or .xlsx, see lead-times-template) instead of assumed ones."),
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        own.asked(Message("DATE"), Message("The day that counts as today; a last date before it has passed.")),
    ] = None,
    settings: own.Settings = None,
    replications: Annotated[
        int, own.replications(Message("How many; half of them choose the trip-wires, the others judge them."))
    ] = 120,
    seed: own.Seed = 1,
    workers: own.Workers = None,
    yes: own.Yes = False,
    out: Annotated[Path | None, own.out(Message("Folder; runs/clock/SCENARIO/DIGEST by default."))] = None,
    lang: own.Lang = Language.en,
    quiet: own.Quiet = False,
    as_json: own.AsJson = False,
) -> None:
    """The decision clock: which signs tell early that a target breaks, and the last date to act."""
    from cardflow.clocking import ClockRequest, clock_and_report

    how = (replications, seed, workers, out, lead_times, as_of, lang.value, quiet, yes)
    clock_and_report(ClockRequest(scenario, target or [], *how), settings or [], as_json)


def ledger(
    scenario: own.Scenario,
    resources: Annotated[
        list[str] | None,
        own.asked(
            Message("PATH"),
            Message("A resource such as contact.resident.seats; repeatable; all by default."),
            "--resource",
        ),
    ] = None,
    settings: own.Settings = None,
    chance_only: own.ChanceOnly = False,
    replications: Annotated[int, own.replications(Message("How many replications, 2 at least."))] = 16,
    seed: own.Seed = 1,
    workers: own.Workers = None,
    yes: own.Yes = False,
    out: Annotated[Path | None, own.out(Message("Folder; runs/ledger/SCENARIO/DIGEST by default."))] = None,
    lang: own.Lang = Language.en,
    quiet: own.Quiet = False,
    as_json: own.AsJson = False,
) -> None:
    """What delays cards and loses calls, and what one more unit of each resource would save."""
    from cardflow.ledgering import LedgerRequest, ledger_and_report

    how = (resources or [], replications, seed, workers, out, lang.value, chance_only, quiet, yes)
    ledger_and_report(LedgerRequest(scenario, *how), settings or [], as_json)
