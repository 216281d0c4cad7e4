"""Draws in orders of which every beginning is evenly spread, and as marginals that nothing narrowed: exactly even.

``spread`` puts draws that are alike beside each other (a tree), so that any selection of them can be thinned evenly.
``balanced`` puts beside each other draws that together are like all of them: a run's replications take whole blocks of
that sequence. The two halves of matched pairs are assigned so that the means of what matters agree (Greevy and others,
*Optimal multivariate matching before randomization*, 2004, with the assignment chosen instead of drawn): in every block
of 2, 4, 8, ... the score by which pairs are matched is stratified, and the means of the others are near those of all.
"""

from __future__ import annotations

import numpy as np

from sim.streams import Floats, Ints

_ALL_SIGNS = 12
"""Up to so many pairs every assignment is tried."""
_BETTER = 1 - 1e-9


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


def balanced(scores: Floats) -> Ints:
    """An order in which every aligned block of 2, 4, 8, ... has nearly the mean of all, and of the squares, by score.

    Args:
        scores: one row a draw, one column a score; by the first one pairs are matched. The number of rows is a power of
            two.

    Raises:
        ValueError: if it is not.
    """
    order = spread(scores[:, :1])
    features = _standard(np.column_stack([_standard(scores), _standard(scores) ** 2]))
    length = len(scores)
    while length > 1:
        order = np.concatenate([_halved(part, scores[:, 0], features) for part in order.reshape(-1, length)])
        length //= 2
    return np.asarray(order)


def _standard(columns: Floats) -> Floats:
    """With mean 0 and standard deviation 1; what is the same throughout stays 0."""
    away = columns - columns.mean(axis=0)
    return np.asarray(away / np.maximum(away.std(axis=0), 1e-12))


def _halved(rows: Ints, matched: Floats, features: Floats) -> Ints:
    """One of each pair of neighbours in what is matched, then the other ones, so that both halves are alike."""
    ordered = rows[np.argsort(matched[rows], kind="stable")]
    one, other = ordered[0::2], ordered[1::2]
    first = _signs(features[one] - features[other]) > 0
    return np.concatenate([np.where(first, one, other), np.where(first, other, one)])


def _signs(differences: Floats) -> Floats:
    """A sign for each row with which their sum is short: the shortest, or where they are many, short for any trade."""
    count = len(differences)
    if count <= _ALL_SIGNS:
        every = np.where(np.arange(2 ** (count - 1))[:, None] >> np.arange(count) & 1, -1.0, 1.0)
        return np.asarray(every[np.argmin(((every @ differences) ** 2).sum(axis=1))])
    signs, total = np.ones(count), np.zeros(differences.shape[1])
    for row in np.argsort(-(differences**2).sum(axis=1), kind="stable"):
        signs[row] = -1.0 if total @ differences[row] > 0 else 1.0
        total = total + signs[row] * differences[row]
    return _traded(differences, signs, total)


def _traded(differences: Floats, signs: Floats, total: Floats) -> Floats:
    """Change one sign, or two at once, for as long as that makes the sum shorter."""
    while True:
        turned = 2 * signs[:, None] * differences
        one = ((total - turned) ** 2).sum(axis=1)
        two = one[:, None] - 2 * (total - turned) @ turned.T + (turned**2).sum(axis=1)
        np.fill_diagonal(two, one)
        best = np.unravel_index(np.argmin(two), two.shape)
        if two[best] >= (total**2).sum() * _BETTER - 1e-12:
            return signs
        chosen = np.unique(best)
        total = total - turned[chosen].sum(axis=0)
        signs[chosen] *= -1


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
