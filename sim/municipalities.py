"""The municipalities (市区町村): who lives and who asks for visits there, and how counter slots are spread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.streams import Floats, Ints

_PREFECTURE = 10_000
"""A municipality's code (全国地方公共団体コード) begins with its prefecture's, four digits before its end."""


@dataclass(frozen=True)
class Municipalities:
    """Municipalities, one value each.

    Args:
        codes: of six digits, the check digit among them; the first two stand for the prefecture (1 to 47).
        names: as published.
        residents: who live there, and for whom its counters are staffed.
        cards: held there: who comes to its counters.
    """

    codes: Ints
    names: tuple[str, ...]
    residents: Floats
    cards: Floats

    @property
    def prefectures(self) -> Ints:
        """Number of each one's prefecture, 1 (Hokkaido) to 47 (Okinawa)."""
        return np.asarray(self.codes // _PREFECTURE)

    @cached_property
    def demand(self) -> Floats:
        """Share of the country's visits that each has."""
        return np.asarray(self.cards / self.cards.sum())

    def slots(self, spread: float, normals: Floats) -> Floats:
        """Share of the country's slots that each has: by residents, slots a head being spread log-normally.

        Args:
            spread: standard deviation of the logarithm of slots a head.
            normals: a standard normal number for each municipality.
        """
        wanted = self.residents * np.exp(spread * normals)
        return np.asarray(wanted / wanted.sum())


ONE = Municipalities(np.array([10_000]), ("",), np.ones(1), np.ones(1))
"""The country as one pool."""
