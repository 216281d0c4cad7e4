"""Parts of which the numbers 1, 2, 3, ... take a different one each, every beginning of them evenly spread.

That is van der Corput's sequence in base 2 under a nested scrambling (Owen, *Randomly permuted (t,m,s)-nets and
(t,s)-sequences*, 1995): the first two are of the two halves, the first four of the quarters, and so on, whatever the
total. Taken over keys, each part of any one number is uniform; of two keys they are independent.
"""

from __future__ import annotations

import hashlib


def part(place: int, bits: int, key: str) -> int:
    """Which of ``2**bits`` equal parts is that of a place, counted from 0; places repeat after so many."""
    found = 1  # leads the bits chosen so far, so that 0 and 00 are told apart
    for _ in range(bits):
        found = 2 * found + ((place & 1) ^ _flip(key, found))
        place >>= 1
    return found - (1 << bits)


def _flip(key: str, chosen: int) -> int:
    """Whether the halves below the bits chosen so far are swapped."""
    return hashlib.blake2b(f"{key}/{chosen}".encode(), digest_size=1).digest()[0] & 1
