"""``cardflow size``: how much to buy."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from cardflow import options as own
from cardflow.life import Life, answering
from sim.message import Message


class Spell(StrEnum):
    """By what spans a capacity may change."""

    year = "year"
    month = "month"


class Together(StrEnum):
    """Over what span targets must hold together."""

    year = "year"
    run = "run"


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
    own.asked(
        None,
        Message("Let the plant go below 160,000 applications a day, 4.8 million cards a month; no saving told."),
        "--release-below-promises",
    ),
]
Prices = Annotated[
    Path | None,
    own.asked(
        Message("FILE"),
        Message("Your own prices (.toml or .xlsx, see prices-template): cost by year and certainty."),
    ),
]
OfSearch = Annotated[
    int | None,
    own.replications(Message("Replications of the search, which fix the ratio of what is bought; 16 by default.")),
]
Fresh = Annotated[
    int | None,
    own.replications(
        Message("Fresh replications, which say how much; by default 133 for 0.9, 215 for 0.95 and with prices.")
    ),
]


@answering(Message("Folder; runs/size/SCENARIO/DIGEST by default."))
def size(
    life: Life,
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
    replications: OfSearch = None,
    fresh: Fresh = None,
) -> None:
    """Find the least capacity with which targets hold as surely as asked, and what it costs."""
    from scenarios.prices import load_prices
    from scenarios.size.size import SizeOptions, listed, refuse, size

    options, bought, wanted = life.options(SizeOptions), resources or (), targets or ()
    with life.judging() as wrong:
        chosen = wrong.tried(life.load, scenario)
        priced = wrong.tried(load_prices, prices) if prices else None
        wrong.tried(refuse, chosen, bought, wanted, options, priced)
    assert chosen is not None
    with life.progress(Message("size")) as progress:
        found = size(chosen, bought, wanted, life.folder, options, priced, progress)
    life.answer(lambda: listed(found))
