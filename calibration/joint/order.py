"""Draws in an order of which every beginning is evenly spread, and as marginals that nothing narrowed: exactly even."""

from __future__ import annotations

import numpy as np

from sim.streams import Floats, Ints


def spread(scores: Floats) -> Ints:
    """An order in which every half, every half of a half, and so on, is one side of a split by a score.

    The scores take turns, the first one, the most important, first (a k-d tree).

    Args:
        scores: one row a draw, one column a score; the number of rows is a power of two.

    Raises:
        ValueError: if it is not.
    """
    rows = len(scores)
    if rows < 1 or rows & (rows - 1):
        raise ValueError(f"the number of draws must be a power of two, not {rows}")
    order = np.arange(rows)
    length, turn = rows, 0
    while length > 1:
        column = scores[:, turn % scores.shape[1]]
        parts = order.reshape(-1, length)
        sorted_ = np.argsort(column[parts], axis=1, kind="stable")
        order = np.take_along_axis(parts, sorted_, axis=1).reshape(-1)
        length, turn = length // 2, turn + 1
    return np.asarray(order)


def thinned(scores: Floats, draws: int, generator: np.random.Generator) -> Ints:
    """So many of the rows, one by lot from each part of the tree, in the tree's order; both are powers of two."""
    order = spread(scores).reshape(draws, -1)
    return np.asarray(order[np.arange(draws), generator.integers(order.shape[1], size=draws)])


def evened(u: Floats) -> Floats:
    """Positions with the same ranks, exactly even: the middles of as many equal parts of 0 to 1."""
    ranks = np.argsort(np.argsort(u, kind="stable"), kind="stable")
    return np.asarray((ranks + 0.5) / len(u))


def shuffled(rows: int, generator: np.random.Generator) -> Floats:
    """Exactly even positions in an order by lot."""
    return np.asarray((generator.permutation(rows) + 0.5) / rows)


def placed(u: Floats, row: int, position: float) -> Floats:
    """The column with the value nearest to a position at the row, by trading two rows' values."""
    other = int(np.argmin(np.abs(u - position)))
    traded = u.copy()
    traded[row], traded[other] = u[other], u[row]
    return traded
