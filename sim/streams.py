"""Random streams by name.

A stream is (seed, replication, digest of its name, block): the same name gives the same numbers whatever else is drawn,
so scenarios with the same seed see the same luck wherever they are alike (common random numbers).

Much of what differs between replications lies in few numbers: one for the whole replication, one a year, one a day.
Each is spread evenly over the first replications (``sim.even``), so that a mean over some of them varies less. In every
single replication they are what independent numbers are. What a single card or caller does is left to chance.
"""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.calendar import Calendar
from sim.even import PARTS, parts, scramblings

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EVEN = PARTS
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
        return float(self.uniforms(name, block, 1)[0])

    def normal(self, name: str, block: int = 0) -> float:
        """The same as a standard normal."""
        return float(ndtri(self.uniform(name, block)))

    def daily_uniforms(self, name: str, calendar: Calendar) -> Floats:
        """A number in (0, 1) for each day, tied to the date and not to where the run starts; each is evenly spread."""
        first, last = calendar.dates[0], calendar.dates[calendar.days - 1]
        years = []
        for year in range(first.year, last.year + 1):
            start = (max(first, date(year, 1, 1)) - date(year, 1, 1)).days
            stop = (min(last, date(year, 12, 31)) - date(year, 1, 1)).days + 1
            years.append(self.uniforms(name, year, _DAYS)[start:stop])
        return np.concatenate(years)

    def daily_normals(self, name: str, calendar: Calendar) -> Floats:
        """The same as standard normals."""
        normals: Floats = ndtri(self.daily_uniforms(name, calendar))
        return normals

    def uniforms(self, name: str, block: int, count: int) -> Floats:
        """Independent numbers in (0, 1), each evenly spread over the first replications; more begin with the same.

        Which part of 0 to 1 each replication has is scrambled by name and block, the place in it is its own.
        """
        u = np.maximum(self.generator(name, block).random(count), _LEAST)
        if not 1 <= self.replication <= EVEN:
            return u
        swapped = (_for_one if count == 1 else _scrambled)(self.seed, name, block, count)
        spread: Floats = (parts(self.replication - 1, swapped) + u) / EVEN
        return spread


def _scrambled(seed: int, name: str, block: int, count: int) -> NDArray[np.uint8]:
    """The scramblings of a name and block, alike for all replications."""
    return scramblings(Streams(seed, 0).generator(f"{name}/even", block), count)


_for_one = lru_cache(maxsize=2048)(_scrambled)
"""Those of one number are small, and asked for by replication after replication."""


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
