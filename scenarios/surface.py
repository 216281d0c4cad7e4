"""Response surfaces: what a slow part of the model says, as a polynomial of the unknowns with its own error.

The terms are Hermite polynomials, orthogonal under the standard normal prior: each coordinate, its square, and of the
few that move an output most also cubes and products of two. How far an output goes along that line, and the size of the
ridge that keeps down what the evaluations do not support, are those that predict left-out evaluations best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.streams import Floats, Ints

_MOST = 8
"""Coordinates whose products count, for each output."""
_RIDGES = (1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0, 100.0, 1000.0)

_Svd = tuple[Floats, Floats, Floats]


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
        used, coefficients = self._used
        return np.asarray(used(z[:, self.active]) @ coefficients)

    @cached_property
    def _used(self) -> tuple[_Terms, Floats]:
        """The terms that any output has, few of the products, and their coefficients."""
        chosen = np.flatnonzero(self.coefficients.any(axis=1))
        return _Terms.of(len(self.active), chosen), self.coefficients[chosen]


def fit(z: Floats, outputs: Floats, active: Sequence[int]) -> Surface:
    """A surface through evaluations: ``z[evaluation, coordinate]``, ``outputs[evaluation, output]``.

    Raises:
        ValueError: if there are too few evaluations for the coordinates.
    """
    columns = np.asarray(active, dtype=np.int64)
    basis = terms(z[:, columns])
    if len(basis) < 2 * (len(columns) + 1):
        raise ValueError(f"{len(basis)} evaluations are too few for a surface of {len(columns)} coordinates")
    decompositions: dict[bytes, _Svd] = {}  # most outputs have terms in common

    def decomposed(chosen: Ints) -> _Svd:
        key = chosen.tobytes()
        if key not in decompositions:
            decompositions[key] = np.linalg.svd(basis[:, chosen], full_matrices=False)
        return decompositions[key]

    coefficients, left_out = np.zeros((basis.shape[1], outputs.shape[1])), np.zeros(outputs.shape)
    for number, output in enumerate(outputs.T):
        fits = [(chosen, *_ridged(decomposed(chosen), output)) for chosen in _choices(basis, output, len(columns))]
        chosen, best, errors = min(fits, key=lambda each: float(each[2] @ each[2]))
        coefficients[chosen, number], left_out[:, number] = best, errors
    residual = np.atleast_2d(left_out.T @ left_out / len(left_out))
    return Surface(columns, coefficients, residual)


def _choices(basis: Floats, output: Floats, coordinates: int) -> tuple[Ints, ...]:
    """Terms that may do for an output: linear ones; squares too; also cubes and products of those that move it most."""
    simple = np.arange(1 + 2 * coordinates)
    centred = output - output.mean()
    moved = np.linalg.lstsq(basis[:, simple], centred, rcond=None)[0][1 : 1 + coordinates]
    most = np.zeros(coordinates, dtype=np.bool_)
    most[np.argsort(-np.abs(moved), kind="stable")[:_MOST]] = True
    first, second = np.triu_indices(coordinates, 1)
    cubes = 1 + 2 * coordinates + np.flatnonzero(most)
    products = 1 + 3 * coordinates + np.flatnonzero(most[first] & most[second])
    return simple[: 1 + coordinates], simple, np.concatenate([simple, cubes, products])


@dataclass(frozen=True)
class _Terms:
    """Terms of a surface: how many constants, and the columns of coordinates that others are made of."""

    constants: int
    linear: Ints
    squared: Ints
    cubed: Ints
    products: tuple[Ints, Ints]

    @classmethod
    def of(cls, coordinates: int, chosen: Ints | None = None) -> _Terms:
        """Those that are ``chosen``, in rising order; all without."""
        first, second = np.triu_indices(coordinates, 1)
        ends = np.array([1, 1 + coordinates, 1 + 2 * coordinates, 1 + 3 * coordinates])
        wanted = np.arange(ends[-1] + len(first)) if chosen is None else chosen
        constant, linear, squared, cubed, products = np.split(wanted, np.searchsorted(wanted, ends))
        pairs = products - ends[3]
        own = (linear - ends[0], squared - ends[1], cubed - ends[2])
        return cls(len(constant), *own, (first[pairs], second[pairs]))

    def __call__(self, z: Floats) -> Floats:
        """What they are at rows of coordinates."""
        squares, cubes = z[:, self.squared], z[:, self.cubed]
        first, second = self.products
        return np.hstack(
            [
                np.ones((len(z), self.constants)),
                z[:, self.linear],
                (squares**2 - 1) / np.sqrt(2),
                (cubes**3 - 3 * cubes) / np.sqrt(6),
                z[:, first] * z[:, second],
            ]
        )


def terms(z: Floats) -> Floats:
    """The terms of a surface at each row: 1, z, (z^2 - 1) / sqrt 2, (z^3 - 3 z) / sqrt 6, and products of two."""
    return _Terms.of(z.shape[1])(z)


def _ridged(basis: _Svd, output: Floats) -> tuple[Floats, Floats]:
    """Coefficients of the best ridge and the errors of predicting each evaluation from the others."""
    left, singular, right = basis
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
