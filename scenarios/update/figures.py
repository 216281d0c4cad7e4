"""The figures by month that both a planner's file and a replication state, and how near one can be to the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from sim.facts import CENTRES, OUTCOMES
from sim.streams import Floats, Ints

_EDGE = 5e-4
"""Shares nearer to 0 or 1 than this are alike: half of a tenth of a point, as finely as they are published."""


@dataclass(frozen=True)
class Figure:
    """A figure of a month, by its name in ``scenarios.files.actuals.Month``.

    Counts are compared by their logarithms, shares by their log-odds, so that standard deviations do not depend on how
    large they are: relative ones of counts, and of a share p about p x (1 - p) times as many points.

    Args:
        facts: whose sum over the month it is; of a ``level``, whose mean over its days.
        over: facts that the sum is divided by.
        model: standard deviation of what the model gets wrong, the same in all months of the figure.
        month: least standard deviation of a month by chance, for months of their own.
    """

    name: str
    facts: tuple[str, ...]
    model: float
    month: float
    over: tuple[str, ...] = ()
    level: bool = False

    @property
    def share(self) -> bool:
        """Whether it is a share of something."""
        return bool(self.over)

    def by_month(self, daily: Mapping[str, Ints], months: Mapping[str, slice]) -> Floats:
        """The figure from facts by replication and day, by replication and month; NaN where nothing is to divide by."""
        return np.stack([self._of(daily, days) for days in months.values()], axis=1)

    def _of(self, daily: Mapping[str, Ints], days: slice) -> Floats:
        def summed(names: tuple[str, ...]) -> Floats:
            return np.asarray(sum(daily[name][:, days].sum(axis=1) for name in names), dtype=np.float64)

        own = summed(self.facts)
        if self.level:
            return np.asarray(own / (days.stop - days.start))
        if not self.share:
            return own
        whole = summed(self.over)
        return np.asarray(np.divide(own, whole, out=np.full(len(own), np.nan), where=whole > 0))

    def scaled(self, values: Floats) -> Floats:
        """Values on the scale of standard deviations."""
        if self.share:
            inside = np.clip(values, _EDGE, 1 - _EDGE)
            return np.asarray(np.log(inside / (1 - inside)))
        return np.asarray(np.log(np.maximum(values, 0.5)))

    def rounding(self, stated: Floats) -> Floats:
        """Standard deviation of what rounding left out of each stated value: all of a column are rounded alike."""
        step = _share_step(stated) if self.share else _count_step(stated)
        if self.share:
            inside = np.clip(stated, _EDGE, 1 - _EDGE)
            return np.asarray(step / sqrt(12) / (inside * (1 - inside)))
        return np.asarray(step / sqrt(12) / stated)


def _share_step(stated: Floats) -> float:
    """The finest of 1, 0.1, 0.01 points that all values are whole numbers of; 0 where they are finer."""
    digits = (digits for digits in (2, 3, 4) if np.allclose(stated, stated.round(digits), rtol=0, atol=1e-9))
    return next((10.0**-number for number in digits), 0.0)


def _count_step(stated: Floats) -> float:
    """The largest power of ten that all values are whole multiples of."""
    step = 1
    while np.all(stated % (10 * step) == 0) and 10 * step <= stated.min():
        step *= 10
    return float(step)


def _of_centre(centre: str) -> tuple[Figure, ...]:
    prefix = CENTRES[centre]
    ended = tuple(f"{prefix}_{outcome}" for outcome in OUTCOMES)
    return (
        Figure(f"calls_{centre}", (f"{prefix}_offered",), model=0.05, month=0.04),
        Figure(f"answered_share_{centre}", (f"{prefix}_answered",), model=0.25, month=0.15, over=ended),
        Figure(f"seats_{centre}", (f"{prefix}_seats",), model=0.05, month=0.01, level=True),
    )


FIGURES = {
    figure.name: figure
    for figure in (
        Figure("applications", ("applications",), model=0.03, month=0.02),
        Figure("dispatched", ("dispatched_standard", "dispatched_express"), model=0.03, month=0.03),
        Figure("handed_over", ("handed_over",), model=0.05, month=0.03),
        Figure("notices", ("notices_sent",), model=0.03, month=0.02),
        *(figure for centre in CENTRES for figure in _of_centre(centre)),
    )
}
"""What the model gets wrong was seen in validation: yearly counts within 2 to 5 %, answer rates within a quarter of a
log-odd (0.1 of a point at 99.6 %, 2 at 90 %). Daily noise of calls (0.1 and 0.12, correlated by 0.6 and 0.5) leaves
0.037 and 0.038 over a month. A seat is a seat, but contracts count them in ways of their own."""
