"""Whole persons out of flows in fractions of persons, compiled: several flows of every day pass here."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.streams import Floats, Ints

_NOISE = 1e-6
"""Sums of fractions that ought to be whole are off by less."""


class Whole:
    """Follows flows of some kinds by whole numbers: never negative, and together never ahead of what has flowed."""

    def __init__(self, kinds: int) -> None:
        self._left: Floats = np.zeros(kinds)

    def of(self, flow: Floats) -> Ints:
        """Today's whole numbers of each kind; what is left over of it counts another day."""
        return taken(self._left, flow)


@compiled
def taken(left: Floats, flow: Floats) -> Ints:
    """Whole numbers out of what is left with what flows; they are taken out of ``left``.

    Rounded down, and then up where most is left over, until together they are all that has flowed, rounded down.
    """
    whole, total = np.zeros(len(left)), 0.0
    for kind in range(len(left)):
        left[kind] += flow[kind]
        whole[kind] = np.floor(max(left[kind], 0.0) + _NOISE)
        total += left[kind]
    short = int(total + _NOISE) - int(whole.sum())
    over = whole - left
    for _ in range(short):
        kind = int(np.argmin(over))
        over[kind] = np.inf
        whole[kind] += 1
    while short < 0:
        kind, most = -1, -np.inf
        for each in range(len(left)):
            if whole[each] > 0 and whole[each] - left[each] > most:
                kind, most = each, whole[each] - left[each]
        whole[kind] -= 1
        short += 1
    for kind in range(len(left)):
        left[kind] -= whole[kind]
    return whole.astype(np.int64)
