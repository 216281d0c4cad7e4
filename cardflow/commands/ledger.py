"""``cardflow ledger``: what one more unit of each resource is worth."""

from __future__ import annotations

from typing import Annotated

from cardflow import options as own
from cardflow.life import Life, answering
from sim.message import Message


@answering(Message("Folder; runs/ledger/SCENARIO/DIGEST by default."))
def ledger(
    life: Life,
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
) -> None:
    """What delays cards and loses calls, and what one more unit of each resource would save."""
    from scenarios.ledger.ledger import LedgerOptions, ledger, listed, refuse

    options = life.options(LedgerOptions)
    with life.judging() as wrong:
        chosen = wrong.tried(life.load, scenario)
        wrong.tried(refuse, chosen, options)
    assert chosen is not None
    with life.progress(Message("ledger")) as progress:
        found = ledger(chosen, life.folder, options, progress)
    life.answer(lambda: listed(found))
