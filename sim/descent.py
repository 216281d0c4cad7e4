"""The way down to a part of 0 to 1, half by half, compiled (``sim.even.parts``).

Importing this module imports numba (about a second), so import it late.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled


@compiled
def descend(place: int, swapped: NDArray[np.uint8], bits: int) -> NDArray[np.int64]:
    """The part of a place (below ``2**bits``) under each scrambling, a row each."""
    parts = np.zeros(len(swapped), dtype=np.int64)
    for row in range(len(swapped)):
        part = 0
        for level in range(bits):
            at = (part << (bits - 1 - level)) + (place >> (level + 1)) + (level << (bits - 1))
            part = 2 * part + ((place >> level & 1) ^ (swapped[row, at >> 3] >> (at & 7) & 1))
        parts[row] = part
    return parts
