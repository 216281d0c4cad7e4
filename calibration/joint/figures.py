"""Published figures as evidence about the unknowns: how likely each draw makes them.

A figure's standard deviation has three parts: rounding (even over the last digit), the chance of a year, and a stated
discrepancy of the model (``agreement.toml``: a tolerance is half of a 95 % interval). Figures of one kind, such as
cards held on many dates, share a discrepancy that fades with the time between them: ten do not count ten times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.linalg import cho_solve, cholesky

from scenarios.surface import Surface
from sim.streams import Floats

Z95 = 1.959963984540054


class Evidence(Protocol):
    """What some published figures say about the unknowns."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Of the figures."""

    @property
    def active(self) -> Sequence[int]:
        """Coordinates that it depends on."""

    def log_likelihood(self, z: Floats) -> Floats:
        """One number a row of coordinates, up to a constant."""

    def predicted(self, z: Floats) -> Floats:
        """What the model says of each figure, shape (rows, figures), in the figures' units."""


@dataclass(frozen=True)
class Group:
    """Figures that a surface predicts, with normal errors.

    ``covariance`` holds rounding, chance and discrepancy; the surface's own error is added to it. ``kind`` names them.
    """

    kind: str
    ids: tuple[str, ...]
    published: Floats
    covariance: Floats
    surface: Surface

    @property
    def active(self) -> Sequence[int]:
        """Coordinates that it depends on."""
        return [int(at) for at in self.surface.active]

    def predicted(self, z: Floats) -> Floats:
        """What the model says of each figure."""
        return self.surface(z)

    def log_likelihood(self, z: Floats) -> Floats:
        """Normal, up to a constant."""
        return self.of(self.surface(z))

    def of(self, told: Floats) -> Floats:
        """The same where the model says ``told`` of the figures, shape (rows, figures)."""
        return normal_log_density(self.published - told, self.covariance + self.surface.residual)


def normal_log_density(errors: Floats, covariance: Floats) -> Floats:
    """Of each row of errors, up to a constant."""
    root = cholesky(covariance, lower=True)
    return np.asarray(-0.5 * (errors * cho_solve((root, True), errors.T).T).sum(axis=1))


def covariance(
    tolerances: Sequence[float], roundings: Sequence[float], years: Sequence[float], memory: float, chance: float = 0.0
) -> Floats:
    """Of figures of one kind.

    Args:
        tolerances: half 95 % intervals of the model's discrepancy, in the figures' units.
        roundings: halves of the last published digits.
        years: when each figure was taken, in years.
        memory: years in which the discrepancy fades by a factor e.
        chance: standard deviation of the chance of a year, each figure's own.
    """
    sizes = np.asarray(tolerances) / Z95
    when = np.asarray(years)
    alike = np.exp(-np.abs(when[:, None] - when[None, :]) / memory)
    own = np.asarray(roundings) ** 2 / 3 + chance**2
    return np.asarray(np.outer(sizes, sizes) * alike + np.diag(own + (1e-3 * sizes) ** 2))


@dataclass(frozen=True)
class Likelihood:
    """Independent pieces of evidence: their logarithms add up."""

    evidence: tuple[Evidence, ...]

    def __call__(self, z: Floats) -> Floats:
        """One number a row."""
        return np.asarray(sum((one.log_likelihood(z) for one in self.evidence), np.zeros(len(z))))
