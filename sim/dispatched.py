"""What the plant hands to the other parts: cards that left on a day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Dispatched:
    """Cards of one class and receipt day that left on one day."""

    receipt_day: int
    express: bool
    cards: int
    opening: bool
