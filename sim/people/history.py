"""Cards issued so far, by month of issue and age band: what a run needs to know of the past."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.municipalities import ONE, Municipalities
from sim.streams import Floats
from sim.timing import DAYS_A_MONTH


@dataclass(frozen=True)
class CardHistory:
    """Cards issued (交付前の発行を含む) by month of issue, renewals included; those never collected are left out.

    ``cards``, ``low`` and ``high`` have one row a month from ``first_month`` (a month number) and one column an age
    band; ``bands`` holds each band's first and last age at issue. Low and high differ from ``cards`` where only cards
    held were published and the issues had to be rebuilt. ``first`` are those of ``cards`` that renew no other; None:
    all of them. ``places`` are the municipalities, with the cards handed over there.
    """

    first_month: int
    bands: tuple[tuple[int, int], ...]
    cards: Floats
    low: Floats
    high: Floats
    first: Floats | None = None
    places: Municipalities = ONE

    @property
    def end_month(self) -> int:
        """The first month after the history."""
        return self.first_month + len(self.cards)

    def drawn(self, position: float, shift_days: float = 0.0) -> Floats:
        """The history at a position from low (-1) over ``cards`` (0) to high (1), moved earlier by some days.

        Within a month issues are even. What is moved before the first month stays in it; beyond its end the history
        goes on like its last month.
        """
        other = self.low if position < 0 else self.high
        cards = self.cards + abs(position) * (other - self.cards)
        if not shift_days:
            return cards
        so_far = np.vstack([np.zeros(len(self.bands)), np.cumsum(cards, axis=0)])
        ends = np.arange(len(cards) + 1) + shift_days / DAYS_A_MONTH
        ends[0] = 0.0
        inside = np.clip(ends, 0, len(cards))
        row = np.minimum(inside.astype(np.int64), len(cards) - 1)
        moved = so_far[row] + (inside - row)[:, None] * cards[row] + (ends - inside).clip(0)[:, None] * cards[-1]
        return np.asarray(np.diff(moved, axis=0))

    def age_shares(self, months: int = 6) -> Floats:
        """Shares of the age bands in first cards of the last months: those who renew are older, and have a card."""
        recent = (self.cards if self.first is None else self.first)[-months:].sum(axis=0)
        total = recent.sum()
        return np.asarray(recent / total) if total > 0 else np.full(len(self.bands), 1 / len(self.bands))
