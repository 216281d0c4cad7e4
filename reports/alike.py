"""Rows of several years that came out alike, a line for each outcome: the row that differs most, and how many."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from scenarios.compare.record import Compared
from scenarios.ledger.record import Price

Difference = TypeVar("Difference", Price, Compared)


@dataclass(frozen=True)
class Line(Generic[Difference]):
    """Years that came out alike: the one that differs most, how many, and of how many."""

    outcome: str
    shown: Difference
    years: int
    of: int


def lines(
    rows: Iterable[Difference], of: Callable[[Difference], Hashable], clear: Sequence[str], unclear: Sequence[str]
) -> list[Line[Difference]]:
    """One line for each that rows are ``of`` and clear outcome; where nothing is clear, one: the first that is there.

    Args:
        rows: of all years.
        of: what a row is of.
        clear: outcomes that chance does not explain, in their order.
        unclear: the others.
    """
    groups: dict[Hashable, list[Difference]] = {}
    for row in rows:
        groups.setdefault(of(row), []).append(row)
    found = []
    for own in groups.values():
        by_outcome: dict[str, list[Difference]] = {}
        for row in own:
            by_outcome.setdefault(row.outcome, []).append(row)
        told = [name for name in clear if name in by_outcome] or [name for name in unclear if name in by_outcome][:1]
        for name in told:
            alike = by_outcome[name]
            found.append(Line(name, max(alike, key=lambda row: abs(row.difference or 0.0)), len(alike), len(own)))
    return found
