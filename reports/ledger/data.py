"""Views of a delay ledger: its entries by whose they are and by cause, and shadow prices that came out alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scenarios.ledger.record import Entry, Price

CLEAR = ("saves", "costs")
"""Outcomes that chance does not explain."""


def periods(found: Iterable[Entry]) -> list[str]:
    """The fiscal years of entries, in order."""
    return list(dict.fromkeys(entry.period for entry in found))


def of(found: Iterable[Entry], kind: str, whose: str) -> list[Entry]:
    """The entries of a kind about a class of cards or a centre."""
    return [entry for entry in found if (entry.kind, entry.of) == (kind, whose)]


def causes(found: Sequence[Entry], order: Sequence[str]) -> list[str]:
    """The causes that took something in some year, in this order; others behind."""
    there = dict.fromkeys(entry.cause for entry in found if entry.cause is not None)
    return [cause for cause in order if cause in there] + [cause for cause in there if cause not in order]


@dataclass(frozen=True)
class Line:
    """Years in which one resource and what it saves came out alike: the largest, how many, and of how many."""

    outcome: str
    shown: Price
    years: int
    of: int


def lines(prices: Sequence[Price]) -> list[Line]:
    """One line a resource, thing saved and clear outcome; where nothing is clear, one: not known, else exactly none."""
    found = []
    claimed = [price for price in prices if price.clear is not None]
    for key in dict.fromkeys((price.resource, price.saves) for price in claimed):
        own = [price for price in claimed if (price.resource, price.saves) == key]
        by_outcome: dict[str, list[Price]] = {}
        for price in own:
            by_outcome.setdefault(price.outcome, []).append(price)
        clear = [name for name in CLEAR if name in by_outcome]
        rest = [name for name in ("too_few", "chance", "none") if name in by_outcome][:1]
        for name in clear or rest:
            alike = by_outcome[name]
            found.append(Line(name, max(alike, key=lambda price: abs(price.difference)), len(alike), len(own)))
    return found
