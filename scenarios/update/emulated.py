"""What every draw of what is not known would say of the months that came, learnt from the few that were simulated.

A surface (``scenarios.surface``) through the pilots, in the unknowns that clearly move the level of a figure, stands in
for a simulation of each draw. What it leaves out, the luck of the pilots included, is found on pilots that had no part
in it, choice of unknowns and all, and counts as the chance of the months: a figure that so few pilots cannot explain
narrows little.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from scenarios.surface import Surface, fit
from scenarios.update.likelihood import Compared, log_density
from sim.streams import Floats, Ints

_MOST = 12
"""Unknowns at most that a surface is drawn over, of as many pilots as there are."""
_CLEAR = 3.0
"""Standard errors of a slope from which an unknown moves a figure: of some 80, one would by chance in one of five."""
_FOLDS = 8
"""Of the pilots, each in turn has no part in the surface that is held against it."""


@dataclass(frozen=True)
class Emulated:
    """A figure in the months that have come, as each draw would say it.

    Args:
        compared: the same of the pilots.
        said: what each draw says, on the figure's scale, by draw and month.
        residual: covariance over months of what simulated replications have beside that.
        level: standard deviation over the pilots of the mean over the months.
    """

    compared: Compared
    said: Floats
    residual: Floats
    level: float

    def log_likelihood(self) -> Floats:
        """Of each draw, up to a constant: the model's error is common to all months, chance and rounding are not."""
        figure, own = self.compared.figure, np.diag(self.residual)
        least = np.maximum(figure.month**2 - own, 0) + np.square(figure.rounding(self.compared.stated))
        off = self.said - figure.scaled(self.compared.stated)
        return log_density(off, figure.model**2 + self.residual + np.diag(least))

    @property
    def left_out(self) -> float:
        """The part of the spread of the level over pilots that is luck, or that so few of them do not explain."""
        return float(np.sqrt(self.residual.mean()) / self.level) if self.level else 0.0


def emulated(compared: Compared, pilots: Floats, draws: Floats) -> Emulated:
    """A figure as each draw would say it.

    Args:
        compared: what the pilots say.
        pilots: their positions in the ranges, by pilot and unknown.
        draws: those of all draws.
    """
    known, outputs = ndtri(pilots), compared.figure.scaled(compared.said)
    said = _learnt(known, outputs)(ndtri(draws))
    return Emulated(compared, said, _left_out(known, outputs), float(outputs.mean(axis=1).std()))


def _learnt(known: Floats, outputs: Floats) -> Surface:
    return fit(known, outputs, _moving(known, outputs.mean(axis=1)).tolist())


def _moving(known: Floats, level: Floats) -> Ints:
    """The unknowns that clearly move a level, the one that explains most of what is left first."""
    chosen: list[int] = []
    left = level - level.mean()
    standard = (known - known.mean(axis=0)) / np.maximum(known.std(axis=0), 1e-12)
    while len(chosen) < min(_MOST, len(level) // 4) and left.std() > 0:
        alike = standard.T @ left / (len(left) * left.std())
        alike[chosen] = 0
        best = int(np.argmax(np.abs(alike)))
        free = max(len(level) - len(chosen) - 2, 1)
        if alike[best] ** 2 * free < _CLEAR**2 * (1 - alike[best] ** 2):
            break
        chosen.append(best)
        basis = np.column_stack([np.ones(len(level)), standard[:, chosen]])
        left = level - basis @ np.linalg.lstsq(basis, level, rcond=None)[0]
    return np.array(chosen, dtype=np.int64)


def _left_out(known: Floats, outputs: Floats) -> Floats:
    """The covariance over outputs of what surfaces leave out of pilots that had no part in them."""
    folds, errors = np.arange(len(known)) % _FOLDS, np.zeros_like(outputs)
    for fold in range(_FOLDS):
        away = folds == fold
        errors[away] = outputs[away] - _learnt(known[~away], outputs[~away])(known[away])
    return np.atleast_2d(errors.T @ errors / len(errors))
