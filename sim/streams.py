"""Random streams by name.

A stream is (seed, replication, digest of its name, block): the same name gives the same numbers whatever else is drawn,
so scenarios with the same seed see the same luck wherever they are alike (common random numbers).

Much of what differs between replications lies in few numbers: one for the whole replication, one a year, the mean of a
year's days. Those are spread evenly over the first replications (``sim.even``), so that a mean over some of them varies
less. In every single replication they are what independent numbers are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.calendar import Calendar, fiscal_year
from sim.even import part

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BITS = 10
EVEN = 2**_BITS
"""So many replications are evenly spread; each later one is independent of all others, where a claim rests on that."""
_DAYS = 366
_LEAST = 2.0**-54


class Streams:
    """The streams of one replication."""

    def __init__(self, seed: int, replication: int) -> None:
        self.seed = seed
        self.replication = replication

    def generator(self, name: str, block: int = 0) -> np.random.Generator:
        """A fresh generator for ``name`` and ``block`` (a day, a year), always at its beginning."""
        digest = hashlib.blake2b(name.encode(), digest_size=16).digest()
        words = [int.from_bytes(digest[i : i + 4], "big") for i in range(0, 16, 4)]
        seed = [self.seed & 0xFFFFFFFF, self.seed >> 32, self.replication, *words, block]
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed)))

    def dated(self, name: str) -> DatedStream:
        """Numbers for the days of a run, any number a day, tied to the date."""
        return DatedStream(self.generator(name))

    def uniform(self, name: str, block: int = 0) -> float:
        """One number in (0, 1) for the whole replication, or a year; spread evenly over the first replications."""
        u = max(float(self.generator(name, block).random()), _LEAST)
        if not 1 <= self.replication <= EVEN:
            return u
        return (part(self.replication - 1, _BITS, f"{name}/{block}/{self.seed}") + u) / EVEN

    def normal(self, name: str, block: int = 0) -> float:
        """The same as a standard normal."""
        return float(ndtri(self.uniform(name, block)))

    def daily_uniforms(self, name: str, calendar: Calendar) -> Floats:
        """A number in (0, 1) for each day, tied to the date and not to where the run starts."""
        return self._daily(calendar, lambda year: self.generator(name, year).random(_DAYS))

    def daily_normals(self, name: str, calendar: Calendar) -> Floats:
        """A standard normal for each day, tied to the date; means of fiscal years are spread evenly.

        The mean of independent normals is independent of how they lie about it: with another mean in its place, of the
        same law, they are independent normals as before.
        """

        def of_year(year: int) -> Floats:
            normals = self.generator(name, year).standard_normal(_DAYS)
            mean = self.normal(f"{name}/mean", year) / np.sqrt(_DAYS)
            return np.asarray(normals + (mean - normals.mean()))

        return self._daily(calendar, of_year)

    def _daily(self, calendar: Calendar, draw: Callable[[int], Floats]) -> Floats:
        first, last = calendar.dates[0], calendar.dates[calendar.days - 1]
        parts = []
        for year in range(fiscal_year(first), fiscal_year(last) + 1):
            new_year = date(year, 4, 1)
            start = (max(first, new_year) - new_year).days
            stop = (min(last, date(year + 1, 3, 31)) - new_year).days + 1
            parts.append(draw(year)[start:stop])
        return np.concatenate(parts)


class DatedStream:
    """One stream cut into blocks, one for each date and purpose: numbers of a day do not depend on what other days,
    or other purposes, have drawn. A new generator for each would cost more than the numbers themselves.
    """

    _OF_DATE, _OF_PURPOSE = 2**44, 2**40

    def __init__(self, generator: np.random.Generator) -> None:
        self._generator = generator
        self._origin = generator.bit_generator.state

    def on(self, day: date, purpose: int) -> np.random.Generator:
        """The generator at the beginning of a date's block for a purpose (0 to 15)."""
        bits = self._generator.bit_generator
        bits.state = self._origin
        bits.advance(day.toordinal() * self._OF_DATE + purpose * self._OF_PURPOSE)  # type: ignore[attr-defined]
        return self._generator
