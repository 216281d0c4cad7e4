"""From what each replication needs of each resource to the cheapest levels that enough replications can do with.

A replication holds where every resource is at the least it needs or more. Which replications to give up is the whole
choice. With up to three resources every level of all but the last is tried; beyond, the one replication is given up
whose absence saves most, again and again, which may miss the cheapest.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from sim.streams import Floats, Ints

_EXACT_UP_TO = 3
NEVER = np.iinfo(np.int64).max
"""What a replication needs of a resource that cannot be had: no level will do."""


def cheapest(needs: Ints, costs: Sequence[Floats], held: int) -> list[int] | None:
    """The cheapest rung of each resource with which at least so many replications hold; None if there is none.

    Args:
        needs: least rung by replication and resource, shape (replications, resources), or ``NEVER``.
        costs: by resource the cost of each of its rungs, rising.
        held: replications that must hold.
    """
    possible = needs[(needs < NEVER).all(axis=1)]
    if len(possible) < held:
        return None
    if held <= 0:
        return [0] * len(costs)
    if len(costs) <= _EXACT_UP_TO:
        return _of_all(possible, costs, held)
    return _by_giving_up(possible, costs, held)


def _of_all(needs: Ints, costs: Sequence[Floats], held: int) -> list[int]:
    """Every level that any replication needs of all resources but the last, with the least of the last beside it."""
    *others, last = range(len(costs))
    best: list[int] = []
    least = np.inf
    for rungs in product(*(np.unique(needs[:, resource]).tolist() for resource in others)):
        kept = needs[(needs[:, others] <= np.asarray(rungs, dtype=np.int64)).all(axis=1), last]
        if len(kept) < held:
            continue
        rung = int(np.partition(kept, held - 1)[held - 1])
        cost = sum(float(costs[resource][at]) for resource, at in zip(others, rungs, strict=True))
        cost += float(costs[last][rung])
        if cost < least:
            best, least = [*rungs, rung], cost
    return best


def _by_giving_up(needs: Ints, costs: Sequence[Floats], held: int) -> list[int]:
    left = needs
    while len(left) > held:
        top = np.sort(left, axis=0)[-2:]
        saved = np.zeros(len(left))
        for resource, cost in enumerate(costs):
            alone = (left[:, resource] == top[1, resource]) & (top[0, resource] < top[1, resource])
            saved[alone] += cost[top[1, resource]] - cost[top[0, resource]]
        if not saved.any():  # two or more share every highest level: give up who needs most in all
            saved = np.sum([cost[left[:, resource]] for resource, cost in enumerate(costs)], axis=0)
        left = np.delete(left, int(np.argmax(saved)), axis=0)
    return [int(rung) for rung in left.max(axis=0)]
