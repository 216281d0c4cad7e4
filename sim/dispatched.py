"""What the plant hands to the other parts: cards that left on a day."""

from __future__ import annotations

from typing import NamedTuple


class Dispatched(NamedTuple):
    """Cards of one class and receipt day that left on one day."""

    receipt_day: int
    express: bool
    cards: int
    opening: bool
