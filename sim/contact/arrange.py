"""Callers of a day in order of time, with all that they will ever need, compiled: a replication draws ten million."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.streams import Floats, Ints


@compiled
def arrange(
    order: Ints,
    time: Floats,
    u: Floats,
    size: Floats,
    exponential: Floats,
    cause: Ints,
    limits: Floats,
    weights: Floats,
    means: tuple[float, float, float, float],
    most: int,
) -> tuple[Floats, Floats, Floats, Floats, Ints, Ints]:
    """Time, handle time, patience and pause (minutes), attempts after the first, and cause of each caller.

    Args:
        order: the callers by time.
        time: minutes since midnight, as drawn.
        u: numbers in [0, 1), a row a caller; the second column decides the type of the call.
        size: handle time as a multiple of its type's.
        exponential: of mean 1, a row a caller: patience, pause, and what decides on further attempts.
        cause: number of the cause.
        limits: running shares of the types of each cause, without the last, which is 1.
        weights: handle time of each type as a multiple of the mean.
        means: handle time, patience, pause; and what of its third number each attempt after the first takes.
        most: attempts after the first, at the most.
    """
    count = len(order)
    times, handle, patience, pause = np.empty(count), np.empty(count), np.empty(count), np.empty(count)
    again, tag = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
    mean_handle, mean_patience, mean_pause, taken = means
    for place in range(count):
        caller = order[place]
        of = cause[caller]
        kind = 0
        for limit in range(limits.shape[1]):
            kind += u[caller, 1] >= limits[of, limit]
        times[place] = time[caller]
        handle[place] = mean_handle * weights[kind] * size[caller]
        patience[place] = mean_patience * exponential[caller, 0]
        pause[place] = mean_pause * exponential[caller, 1]
        again[place] = int(min(exponential[caller, 2] / taken, float(most)))
        tag[place] = of
    return times, handle, patience, pause, again, tag
