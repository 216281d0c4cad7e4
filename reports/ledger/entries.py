"""Views of a delay ledger: its entries by whose they are and by cause, and shadow prices that came out alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports import alike
from reports.alike import Line
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


def lines(prices: Sequence[Price]) -> list[Line[Price]]:
    """One line a resource, thing saved and clear outcome; where nothing is clear, one: not known, else exactly none."""
    claimed = (price for price in prices if price.clear is not None)
    return alike.lines(claimed, lambda price: (price.resource, price.saves), CLEAR, ("too_few", "chance", "none"))
