"""What conditioning did: intervals before and after, which figure narrowed which unknown, and what does not fit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.run.monthly import BAND
from scenarios.unknowns_record import DrawnFigure, NarrowedUnknown
from sim.streams import Floats

AS_WIDE = 0.95
"""An unknown at least this share of the prior's standard deviation wide, and which hardly moved, was not narrowed."""
_MOVED = 0.2
"""Standard deviations by which it may have moved."""
_CONFLICT = 3.0
"""Standard deviations between a figure and what any draw can give, or what the conditioned ones give."""
_TOGETHER = 0.2


@dataclass(frozen=True)
class Told:
    """A figure: what was published, its standard deviation, and what draws give before and after.

    ``used``: it conditions; others stand beside for comparison.
    """

    id: str
    published: float
    deviation: float
    before: Floats
    after: Floats
    used: bool

    @property
    def conflict(self) -> str | None:
        """``no draw`` comes near it, or it is ``not met`` by the conditioned ones; None where all is well."""
        if np.abs(self.before - self.published).min() > _CONFLICT * self.deviation:
            return "no draw"
        off = abs(float(np.median(self.after)) - self.published)
        spread = float(np.hypot(self.deviation, self.after.std()))
        return "not met" if off > _CONFLICT * spread else None

    def figure(self) -> DrawnFigure:
        """For the record."""
        return DrawnFigure(
            id=self.id,
            published=self.published,
            sd=self.deviation,
            prior=_band(self.before),
            conditioned=_band(self.after),
            used=self.used,
            conflict=self.conflict,
        )


def narrowed(
    names: Sequence[str], z: Floats, alone: Mapping[str, Floats], active: Collection[int]
) -> tuple[NarrowedUnknown, ...]:
    """Each unknown with the ratio of its standard deviation to the prior's, and the figures that narrowed it most.

    Args:
        names: of the coordinates.
        z: draws conditioned on everything, as standard normal numbers of the prior.
        alone: by kind of figure, draws conditioned on that kind alone.
        active: coordinates that any figure depends on; the others are as wide as before.
    """
    rows, together = [], np.asarray(np.corrcoef(z.T))
    for column, name in enumerate(names):
        ratio, moved = float(z[:, column].std()), float(z[:, column].mean())
        by = {kind: float(draws[:, column].std()) for kind, draws in alone.items()}
        least = min(by, key=lambda kind: by[kind])
        kept = column not in active or (ratio >= AS_WIDE and abs(moved) <= _MOVED)
        partner, correlation = (None, None) if kept else _partner(names, together, column)
        rows.append(
            NarrowedUnknown(
                path=name,
                ratio=round(ratio, 3),
                moved=round(moved, 3),
                narrowed=not kept,
                by=None if kept else least,
                alone={kind: round(value, 3) for kind, value in by.items() if not kept},
                with_=partner,
                correlation=correlation,
            )
        )
    return tuple(rows)


def _partner(names: Sequence[str], together: Floats, column: int) -> tuple[str | None, float | None]:
    """The unknown that it goes with most, and their correlation, where that is worth a word."""
    others = np.abs(together[column]) * (np.arange(len(names)) != column)
    best = int(np.argmax(others))
    if others[best] < _TOGETHER:
        return None, None
    return names[best], round(float(together[column, best]), 3)


def _band(values: Floats) -> tuple[float, float]:
    low, high = (float(f"{value:.7g}") for value in np.quantile(values, BAND))
    return low, high
