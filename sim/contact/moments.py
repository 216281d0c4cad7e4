"""Moments of a day at which calls are made, compiled: a replication draws ten million."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.streams import Floats, Ints

_STEPS = 128
_END_OF_DAY = np.nextafter(1440.0, 0.0)


@compiled
def moments(u: Floats, cause: Ints, running: Floats, guide: Ints) -> Floats:
    """Minutes since midnight.

    Args:
        u: numbers in [0, 1), a row a call; the first column counts.
        cause: each call's row of ``running``.
        running: running shares of the 48 half-hours, from 0 to 1: 49 columns.
        guide: of these rows (``guide_to``).
    """
    minutes = np.empty(len(u))
    for i in range(len(u)):
        row, wanted = cause[i], u[i, 0]
        half_hour = guide[row, int(wanted * _STEPS)]
        while half_hour < 47 and running[row, half_hour + 1] <= wanted:
            half_hour += 1
        within = running[row, half_hour + 1] - running[row, half_hour]
        part = (wanted - running[row, half_hour]) / within if within > 0 else 0.0
        minutes[i] = min(30.0 * (half_hour + part), _END_OF_DAY)
    return minutes


@compiled
def guide_to(running: Floats) -> Ints:
    """For each row and step of [0, 1) the last half-hour that begins at or before it: where to start looking."""
    guide = np.zeros((len(running), _STEPS), dtype=np.int64)
    for row in range(len(running)):
        half_hour = 0
        for step in range(_STEPS):
            while half_hour < 47 and running[row, half_hour + 1] <= step / _STEPS:
                half_hour += 1
            guide[row, step] = half_hour
    return guide
