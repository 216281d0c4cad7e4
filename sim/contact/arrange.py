"""Callers of a day in order of time, with all that they will ever need, compiled: a replication draws ten million."""

from __future__ import annotations

import numpy as np

from sim.calendar import Flags
from sim.compiled import compiled
from sim.contact.calls import CALLER, DAY, DECLINES, Records
from sim.streams import Floats, Ints

_PARTS_A_CALLER = 4


@compiled
def by_time(time: Floats) -> Ints:
    """The callers in order of time: put into equal parts of the day, more than there are callers, then sorted there.

    Args:
        time: minutes in [0, 1440).
    """
    count, parts = len(time), _PARTS_A_CALLER * len(time)
    starts, place = np.zeros(parts + 1, dtype=np.int64), np.empty(count, dtype=np.int64)
    for k in range(count):
        place[k] = min(int(time[k] * (parts / DAY)), parts - 1)
        starts[place[k] + 1] += 1
    for part in range(parts):
        starts[part + 1] += starts[part]
    order = np.empty(count, dtype=np.int64)
    for k in range(count):
        order[starts[place[k]]] = k
        starts[place[k]] += 1
    for k in range(1, count):
        caller, now, hole = order[k], time[order[k]], k
        while hole > 0 and time[order[hole - 1]] > now:
            order[hole] = order[hole - 1]
            hole -= 1
        order[hole] = caller
    return order


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
    urgent: Flags,
) -> Records:
    """The callers' records; all are at their first attempt and decline any offer.

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
        most: attempts after the first, at the most. urgent: whether calls of each cause are.
    """
    rows = np.empty(len(order), dtype=CALLER)
    mean_handle, mean_patience, mean_pause, taken = means
    for place in range(len(order)):
        caller, row = order[place], rows[place]
        of = cause[caller]
        kind = 0
        for limit in range(limits.shape[1]):
            kind += u[caller, 1] >= limits[of, limit]
        row.time = time[caller]
        row.handle = mean_handle * weights[kind] * size[caller]
        row.patience = mean_patience * exponential[caller, 0]
        row.pause = mean_pause * exponential[caller, 1]
        row.again = int(min(exponential[caller, 2] / taken, float(most)))
        row.tag = of
        row.urgent = urgent[of]
        row.attempt = 0
        row.offer = DECLINES
    return rows
