"""Cards issued so far, by month of issue and age band: what a run needs to know of the past."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.streams import Floats
from sim.timing import DAYS_A_MONTH


@dataclass(frozen=True)
class CardHistory:
    """Gross cards issued (交付前の発行を含む) by month of issue.

    ``cards``, ``low`` and ``high`` have one row a month from ``first_month`` (a month number) and one column an age
    band; ``bands`` holds each band's first and last age at issue. Low and high differ from ``cards`` where only cards
    held were published and the issues had to be rebuilt.
    """

    first_month: int
    bands: tuple[tuple[int, int], ...]
    cards: Floats
    low: Floats
    high: Floats

    @property
    def end_month(self) -> int:
        """The first month after the history."""
        return self.first_month + len(self.cards)

    def drawn(self, position: float, shift_days: float = 0.0) -> Floats:
        """The history at a position from low (-1) over ``cards`` (0) to high (1), moved earlier by some days.

        Within a month issues are even. Beyond its ends the history goes on like its first and last month.
        """
        other = self.low if position < 0 else self.high
        cards = self.cards + abs(position) * (other - self.cards)
        if not shift_days:
            return cards
        months = shift_days / DAYS_A_MONTH
        whole, part = int(np.floor(months)), months - np.floor(months)
        row = np.arange(len(cards)) + whole
        here, after = (cards[np.clip(rows, 0, len(cards) - 1)] for rows in (row, row + 1))
        return np.asarray((1 - part) * here + part * after)

    def age_shares(self, months: int = 6) -> Floats:
        """Shares of the age bands in the last months."""
        recent = self.cards[-months:].sum(axis=0)
        total = recent.sum()
        return np.asarray(recent / total) if total > 0 else np.full(len(self.bands), 1 / len(self.bands))
