"""Response surfaces: what a slow part of the model says, as a polynomial of the unknowns with its own error.

The terms are Hermite polynomials, orthogonal under the standard normal prior: each coordinate and its square, and of
the few that move an output most also cubes and products of two. A ridge keeps terms down that the evaluations do not
support; its size is the one that predicts left-out evaluations best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.streams import Floats, Ints

_MOST = 8
"""Coordinates whose products count, for each output."""
_RIDGES = (1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0, 100.0, 1000.0)


@dataclass(frozen=True)
class Surface:
    """Predicts several outputs from some of the coordinates.

    ``residual[output, output]`` is the covariance of what it leaves out, from evaluations left out in turn.
    """

    active: Ints
    coefficients: Floats
    residual: Floats

    def __call__(self, z: Floats) -> Floats:
        """Outputs, shape (rows of z, outputs)."""
        return np.asarray(terms(z[:, self.active]) @ self.coefficients)


def fit(z: Floats, outputs: Floats, active: Sequence[int]) -> Surface:
    """A surface through evaluations: ``z[evaluation, coordinate]``, ``outputs[evaluation, output]``.

    Raises:
        ValueError: if there are too few evaluations for the coordinates.
    """
    columns = np.asarray(active, dtype=np.int64)
    basis = terms(z[:, columns])
    if len(basis) < 2 * (len(columns) + 1):
        raise ValueError(f"{len(basis)} evaluations are too few for a surface of {len(columns)} coordinates")
    coefficients, left_out = np.zeros((basis.shape[1], outputs.shape[1])), np.zeros(outputs.shape)
    for number, output in enumerate(outputs.T):
        chosen = _chosen(basis, output, len(columns))
        decomposed = np.linalg.svd(basis[:, chosen], full_matrices=False)
        coefficients[chosen, number], left_out[:, number] = _ridge(*decomposed, output)
    residual = np.atleast_2d(left_out.T @ left_out / len(left_out))
    return Surface(columns, coefficients, residual)


def _chosen(basis: Floats, output: Floats, coordinates: int) -> Ints:
    """The terms of an output: all of the coordinates that move it most, of the others no cube and no product."""
    simple = np.arange(1 + 2 * coordinates)
    centred = output - output.mean()
    moved = np.linalg.lstsq(basis[:, simple], centred, rcond=None)[0][1 : 1 + coordinates]
    most = np.zeros(coordinates, dtype=np.bool_)
    most[np.argsort(-np.abs(moved), kind="stable")[:_MOST]] = True
    first, second = np.triu_indices(coordinates, 1)
    cubes = 1 + 2 * coordinates + np.flatnonzero(most)
    products = 1 + 3 * coordinates + np.flatnonzero(most[first] & most[second])
    return np.concatenate([simple, cubes, products])


def terms(z: Floats) -> Floats:
    """The terms of a surface at each row: 1, z, (z^2 - 1) / sqrt 2, (z^3 - 3 z) / sqrt 6, and products of two."""
    rows, coordinates = z.shape
    first, second = np.triu_indices(coordinates, 1)
    squares, cubes = (z**2 - 1) / np.sqrt(2), (z**3 - 3 * z) / np.sqrt(6)
    return np.hstack([np.ones((rows, 1)), z, squares, cubes, z[:, first] * z[:, second]])


def _ridge(left: Floats, singular: Floats, right: Floats, output: Floats) -> tuple[Floats, Floats]:
    """Coefficients of the best ridge and the errors of predicting each evaluation from the others.

    ``left``, ``singular`` and ``right`` are the singular value decomposition of the terms at the evaluations.
    """
    middle, scale = output.mean(), output.std() or 1.0
    scaled = (output - middle) / scale
    found = []
    for ridge in _RIDGES:
        kept = singular**2 / (singular**2 + ridge * len(left) / 100)
        fitted = left @ (kept * (left.T @ scaled))
        leverage = (left**2) @ kept
        found.append(((scaled - fitted) / np.maximum(1 - leverage, 1e-9), ridge))
    errors, ridge = min(found, key=lambda each: float(each[0] @ each[0]))
    shrunk = singular / (singular**2 + ridge * len(left) / 100)
    coefficients = right.T @ (shrunk * (left.T @ scaled)) * scale
    coefficients[0] += middle
    return coefficients, errors * scale
