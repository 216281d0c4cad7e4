"""``cardflow ledger``: what one more unit of each resource is worth."""

from __future__ import annotations

from cardflow.life import SIMULATING, Life, command
from sim.message import Message


@command(*SIMULATING)
def ledger(
    life: Life,
    scenario: str,
    *,
    resources: list[str] | None = None,
    settings: list[str] | None = None,
    chance_only: bool = False,
    replications: int = 16,
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
