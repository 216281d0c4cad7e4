"""How well each replication fits the months that have come.

The months of a figure are no independent facts: what the model gets wrong in one it gets wrong in all. So the
difference of a replication from what came is taken as a part common to all months of the figure (``Figure.model``) and
a part of each month's own (chance and rounding), both normal. Twelve months alike then say as much as one that is free
of chance, never more. Chance is counted on top of the luck that the replication itself had: weights narrow a little
less than they could.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scenarios.files.actuals import Actuals
from scenarios.update.figures import FIGURES, Figure
from sim.streams import Floats, Ints

_WINDOW = 12
"""Chance of a month is looked for in so many months from the first stated one on, however few are stated."""
FAR = 3.0
"""A month lies outside every draw if even the nearest is further than so many standard deviations."""


@dataclass(frozen=True)
class Compared:
    """A figure in the months that have come and that the replications speak of.

    ``said`` has a row a replication and a column a month; ``noise`` is each month's own standard deviation, on the
    figure's scale.
    """

    figure: Figure
    months: tuple[str, ...]
    stated: Floats
    said: Floats
    noise: Floats

    @property
    def off(self) -> Floats:
        """What each replication says more than what came, on the figure's scale."""
        return np.asarray(self.figure.scaled(self.said) - self.figure.scaled(self.stated))

    def log_likelihood(self) -> Floats:
        """Of each replication, up to a constant: normal with a common and an own variance."""
        return log_density(self.off, self.figure.model**2 + np.diag(np.square(self.noise)))

    @property
    def facts(self) -> float:
        """As so many independent facts, each as uncertain as one month, the months together count: 1 at least."""
        precision = 1 / np.square(self.noise)
        together = precision.sum() / (1 + self.figure.model**2 * precision.sum())
        return float(together * (self.figure.model**2 + 1 / precision.mean()))

    def outside(self) -> list[Outside]:
        """The months that lie outside every draw, each with the value of the nearest."""
        off, deviations = self.off, np.sqrt(np.square(self.noise) + self.figure.model**2)
        found = []
        for place, month in enumerate(self.months):
            nearest = int(np.argmin(np.abs(off[:, place])))
            beyond = abs(float(off[nearest, place])) / float(deviations[place])
            alike = np.sign(off[:, place])
            if beyond > FAR and np.all(alike == alike[0]):
                values = float(self.stated[place]), float(self.said[nearest, place])
                found.append(Outside(self.figure.name, month, *values, beyond))
        return found


def log_density(off: Floats, covariance: Floats) -> Floats:
    """Of normal numbers about 0, by row, up to a constant."""
    return np.asarray(-0.5 * np.sum(off * np.linalg.solve(covariance, off.T).T, axis=1))


@dataclass(frozen=True)
class Outside:
    """A stated month that no replication comes near."""

    figure: str
    month: str
    """what was stated, and of when"""
    stated: float
    nearest: float
    """the value, and that of the nearest replication"""
    deviations: float
    """how many standard deviations lie between"""


def compared(actuals: Actuals, daily: Mapping[str, Ints], months: Mapping[str, slice]) -> list[Compared]:
    """Each figure with a stated month among the replications' own.

    Args:
        actuals: what came.
        daily: facts by replication and day.
        months: the reported months such as ``2026-04``, with their days.
    """
    found = []
    for figure in FIGURES.values():
        series = {f"{month:%Y-%m}": value for month, value in actuals.series(figure.name).items()}
        stated = [month for month in months if month in series]
        if not stated:
            continue
        said = figure.by_month(daily, {month: months[month] for month in stated})
        known = np.flatnonzero(np.isfinite(said).all(axis=0))
        chosen = tuple(stated[place] for place in known)
        if chosen:
            values = np.array([float(series[month]) for month in chosen])
            chance = chance_of_a_month(figure, figure.by_month(daily, _window(months, chosen)))
            noise = np.sqrt(chance**2 + np.square(figure.rounding(values)))
            found.append(Compared(figure, chosen, values, said[:, known], noise))
    return found


def chance_of_a_month(figure: Figure, said: Floats) -> float:
    """What sets a month of a replication apart from the replication's level and from the month's own in all of them.

    The standard deviation of residuals of a two-way layout, on the figure's scale; at least what the figure states.
    """
    whole = said[:, np.isfinite(said).all(axis=0)]
    rows, columns = whole.shape
    if rows < 2 or columns < 2:
        return figure.month
    off = figure.scaled(whole)
    residuals = off - off.mean(axis=0) - off.mean(axis=1, keepdims=True) + off.mean()
    variance = np.square(residuals).sum() / ((rows - 1) * (columns - 1))
    return max(figure.month, float(np.sqrt(variance)))


def _window(months: Mapping[str, slice], chosen: tuple[str, ...]) -> dict[str, slice]:
    names = list(months)
    first, last = names.index(chosen[0]), names.index(chosen[-1])
    return {month: months[month] for month in names[first : max(last + 1, first + _WINDOW)]}
