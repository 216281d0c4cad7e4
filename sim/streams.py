"""Random streams by name.

A stream is (seed, replication, digest of its name, block): the same name gives the same numbers whatever else is drawn,
so scenarios with the same seed see the same luck wherever they are alike (common random numbers).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.calendar import Calendar

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Streams:
    """The streams of one replication."""

    def __init__(self, seed: int, replication: int) -> None:
        self._seed = seed
        self._replication = replication

    def generator(self, name: str, block: int = 0) -> np.random.Generator:
        """A fresh generator for ``name`` and ``block`` (a day, a year), always at its beginning."""
        digest = hashlib.blake2b(name.encode(), digest_size=16).digest()
        words = [int.from_bytes(digest[i : i + 4], "big") for i in range(0, 16, 4)]
        seed = [self._seed & 0xFFFFFFFF, self._seed >> 32, self._replication, *words, block]
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed)))

    def uniform(self, name: str) -> float:
        """One number in (0, 1) for the whole replication."""
        return float(self.generator(name).random())

    def daily_uniforms(self, name: str, calendar: Calendar) -> Floats:
        """A number in (0, 1) for each day, tied to the date and not to where the run starts."""
        return self._daily(name, calendar, lambda generator: generator.random(366))

    def daily_normals(self, name: str, calendar: Calendar) -> Floats:
        """A standard normal for each day, tied to the date."""
        return self._daily(name, calendar, lambda generator: generator.standard_normal(366))

    def _daily(self, name: str, calendar: Calendar, draw: Callable[[np.random.Generator], Floats]) -> Floats:
        first, last = calendar.dates[0], calendar.dates[calendar.days - 1]
        parts = []
        for year in range(first.year, last.year + 1):
            start = (max(first, date(year, 1, 1)) - date(year, 1, 1)).days
            stop = (min(last, date(year, 12, 31)) - date(year, 1, 1)).days + 1
            parts.append(draw(self.generator(name, year))[start:stop])
        return np.concatenate(parts)
