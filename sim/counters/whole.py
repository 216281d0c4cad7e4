"""Whole persons out of flows in fractions of persons."""

from __future__ import annotations

import numpy as np

from sim.streams import Floats, Ints

_NOISE = 1e-6
"""Sums of fractions that ought to be whole are off by less."""


class Whole:
    """Follows flows of some kinds by whole numbers: never negative, and together never ahead of what has flowed."""

    def __init__(self, kinds: int) -> None:
        self._left: Floats = np.zeros(kinds)

    def of(self, flow: Floats) -> Ints:
        """Today's whole numbers of each kind; what is left over of it counts another day."""
        self._left = self._left + flow
        whole = np.floor(np.maximum(self._left, 0.0) + _NOISE)
        short = int(self._left.sum() + _NOISE) - int(whole.sum())
        if short > 0:
            whole[np.argsort(whole - self._left, kind="stable")[:short]] += 1
        while short < 0:
            most = int(np.argmax(np.where(whole > 0, whole - self._left, -np.inf)))
            whole[most] -= 1
            short += 1
        self._left = self._left - whole
        return whole.astype(np.int64)
