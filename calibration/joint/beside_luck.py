"""How far simulated years are off theory by their unknowns and by their luck, one fitted beside the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenarios.surface import Surface, fit
from sim.streams import Floats

_ROUNDS = 6
"""Of fitting unknowns and luck in turn; after four nothing moves any more."""


def beside_luck(z: Floats, off: Floats, luck: Floats, columns: Sequence[int]) -> tuple[Surface, float]:
    """What simulated years say more than theory, as a surface, and how much of what theory says of their luck shows.

    Args:
        z: rows of coordinates at which years were simulated.
        off: what their measures say more than theory of a usual year.
        luck: what theory says of their luck (``sim.hindsight.Loss``), in the same measure.
        columns: coordinates that the surface may depend on.
    """
    slope = 1.0
    for _ in range(_ROUNDS):
        left = off - fit(z, (off - slope * luck)[:, None], columns)(z)[:, 0]
        slope = float(np.polyfit(luck, left, 1)[0])
    return fit(z, (off - slope * luck)[:, None], columns), slope
