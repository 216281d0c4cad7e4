"""Parts of which the numbers 1, 2, 3, ... take a different one each, every beginning of them evenly spread.

That is van der Corput's sequence in base 2 under a nested scrambling (Owen, *Randomly permuted (t,m,s)-nets and
(t,s)-sequences*, 1995): the first two are of the two halves, the first four of the quarters, and so on, whatever the
total. Under scramblings by lot each part of any one number is uniform, and parts of two scramblings are independent.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BITS = 10
PARTS = 2**BITS


def scramblings(generator: np.random.Generator, count: int, bits: int = BITS) -> NDArray[np.uint8]:
    """So many scramblings by lot, one a row: a bit for each place at which halves may be swapped."""
    size = (2**bits + 7) // 8
    return np.frombuffer(generator.bytes(count * size), dtype=np.uint8).reshape(count, size)


def parts(place: int, swapped: NDArray[np.uint8], bits: int = BITS) -> NDArray[np.int64]:
    """Which of ``2**bits`` equal parts is that of a place in each scrambling of so many bits.

    Both are counted from 0; places repeat after so many.
    """
    every = np.arange(len(swapped))
    found = np.ones(len(swapped), dtype=np.int64)  # leads the bits chosen so far, so that 0 and 00 are told apart
    for _ in range(bits):
        flips = (swapped[every, found >> 3] >> (found & 7)) & 1
        found = 2 * found + ((place & 1) ^ flips)
        place >>= 1
    return found - (1 << bits)
