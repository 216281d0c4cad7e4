"""The stages of the operation that parts declare, and what passes from one to another.

Passages follow from the couplings table, from the balances, and from what stages declare that they take, so that a new
row of any of them is a passage without further words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sim.couplings import COUPLINGS, Coupling
from sim.declared import Balance, Part
from sim.parts import DECLARED


@dataclass(frozen=True)
class Passage:
    """What passes from a stage to another: flows, whose sum it is; within a stage, what comes back to it."""

    start: str
    end: str
    facts: tuple[str, ...]


def stages(parts: Iterable[Part] = DECLARED) -> dict[str, str]:
    """The stage of each fact that has one.

    Raises:
        ValueError: if two stages have a fact.
    """
    found: dict[str, str] = {}
    for name, fact in ((stage.name, fact) for part in parts for stage in part.stages for fact in stage.posts):
        if found.setdefault(fact, name) != name:
            raise ValueError(f"{fact}: posted at {found[fact]} and at {name}")
    return found


def passages(parts: Iterable[Part] = DECLARED, rows: Iterable[Coupling] = COUPLINGS) -> tuple[Passage, ...]:
    """All passages, those within a stage among them.

    Raises:
        LookupError: if a coupling has a fact that is posted at no stage.
    """
    parts = tuple(parts)
    at = stages(parts)
    found: dict[tuple[str, str], dict[str, None]] = {}
    for fact, end in (*_taken(parts), *_brought(parts, at)):
        found.setdefault((at[fact], end), {})[fact] = None
    for row in rows:
        start, end = ends(row, at)
        own = found.setdefault((start, end), {})
        # What it delays is there already as what the stage takes: a card dispatched is the card that arrives.
        if start == end or row.cause not in own:
            own[row.effect] = None
    return tuple(Passage(start, end, tuple(facts)) for (start, end), facts in found.items())


def ends(row: Coupling, at: Mapping[str, str]) -> tuple[str, str]:
    """The stages of a coupling's cause and of its effect; raises ``LookupError`` where one has none."""
    if missing := [fact for fact in (row.cause, row.effect) if fact not in at]:
        raise LookupError(f"{', '.join(missing)}: posted at no stage")
    return at[row.cause], at[row.effect]


def _taken(parts: Iterable[Part]) -> Iterator[tuple[str, str]]:
    return ((fact, stage.name) for part in parts for stage in part.stages for fact in stage.takes)


def _brought(parts: Iterable[Part], at: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Facts of other stages that come into the balances of a stage: those that account for all at one stage alone."""
    for balance in (balance for part in parts for balance in part.balances):
        end = _stage_of(balance, at)
        yield from ((fact, end) for fact in balance.come_in if end and at.get(fact, end) != end)


def _stage_of(balance: Balance, at: Mapping[str, str]) -> str | None:
    there = {at[fact] for fact in balance.accounted_for if fact in at}
    return there.pop() if len(there) == 1 else None
