"""Parts of which the numbers 1, 2, 3, ... take a different one each, every beginning of them evenly spread.

That is a sequence in base 2 under a nested scrambling (Owen, *Randomly permuted (t,m,s)-nets and (t,s)-sequences*,
1995): the first two are of the two halves, the first four of the quarters, and so on, whatever the total. Under
scramblings by lot each part of any one number is uniform, and parts of two scramblings are independent. Which of two
halves comes first is drawn anew for every pair of numbers, for every four of them which quarters, and so on: else
whoever is in the upper half of one thing would be in the upper half of another, or in the lower one, throughout.

``block`` spreads what has been put in an order for it (``calibration.joint.order.balanced``): neighbours stay
neighbours, and lots say only which of two blocks comes first.

A mean over some of the numbers then varies far less by what each thing does alone, and by what two of them do together
at most twice as much as with independent numbers (1.6 times of a product; ``tests/unit/test_even.py``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BITS = 10
PARTS = 2**BITS


def scramblings(generator: np.random.Generator, count: int, bits: int = BITS) -> NDArray[np.uint8]:
    """So many scramblings by lot, one a row: a bit for each place at which halves may be swapped, by numbers."""
    size = ((bits << bits) // 2 + 7) // 8
    words = generator.bit_generator.random_raw((count * size + 7) // 8)  # what ``generator.bytes`` gives, sooner
    return words.astype("<u8", copy=False).view(np.uint8)[: count * size].reshape(count, size)


def parts(place: int, swapped: NDArray[np.uint8], bits: int = BITS) -> NDArray[np.int64]:
    """Which of ``2**bits`` equal parts is that of a place in each scrambling of so many bits.

    Both are counted from 0; places repeat after so many. Halves are swapped by the bits chosen so far and by those of
    the place that are still to come, so that any bit of the place can be told from the parts, the last one first.
    """
    from sim.descent import descend

    return descend(place % (1 << bits), swapped, bits)


def block(place: int, swapped: NDArray[np.uint8], bits: int) -> int:
    """Which of ``2**bits`` things is that of a place where only halves, halves of these, and so on, change places.

    So every aligned block of 2, 4, 8, ... places is one of the things in their order; over scramblings each thing is as
    likely at each place.

    Args:
        place: counted from 0; places repeat after so many.
        swapped: one scrambling by lot of so many bits (``scramblings``).
        bits: of how many things.
    """
    found = 0
    for level in range(bits):
        at = (1 << level) - 1 + found
        found = 2 * found + ((place >> (bits - 1 - level)) & 1 ^ int(swapped[at >> 3] >> (at & 7)) & 1)
    return found
