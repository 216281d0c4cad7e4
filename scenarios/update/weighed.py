"""The statistics of weighed replications judged: the same rows as ``scenarios.run.judge``, on the effective number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from scenarios.run.every_year import with_every_year
from scenarios.run.judge import largest
from scenarios.run.statistic import Row
from scenarios.run.words import verdict, wilson
from scenarios.update.smoothing import Weights
from sim.streams import Floats
from sim.targets import Statistic


def judged(replications: Sequence[Sequence[Statistic]], weights: Weights) -> list[Row]:
    """A row for each deciding statistic of a fiscal year, of all together and of the run, months left out.

    The probability is the share of the weights that meets the threshold; its interval, its word and the interval of the
    mean are those of as many replications as the weights are worth, rounded down.
    """
    same = zip(*map(with_every_year, replications), strict=True)
    rows = [_row(list(each), weights) for each in same if any(one.decides for one in each)]
    return [row for row in rows if not row.monthly]


def with_availability(rows: Sequence[Row], before: Sequence[Row]) -> list[Row]:
    """The rows, those of computed availability as they were ``before``: no figure that comes speaks of systems."""
    return [one if one.computed else row for row, one in zip(rows, before, strict=True)]


def _row(same: list[Statistic], weights: Weights) -> Row:
    first = same[0]
    own = _of_those(weights, [one.value is not None for one in same])
    values = np.array([one.value for one in same if one.value is not None])
    row = Row(first.target, first.part, first.period, first.name, decides=True)
    if own is None:
        return replace(row, verdict="not_tested")
    met = np.array([one.met is True for one in same if one.value is not None], dtype=np.float64)
    share, trials = min(round(own.mean(met), 12), 1.0), own.whole
    low, high = wilson(share * trials, trials)
    value_low, value_high = _mean_interval(first.name, values, own)
    return replace(
        row,
        value=own.mean(values),
        low=value_low,
        high=value_high,
        threshold=next(one.threshold for one in same if one.decides),
        probability=share,
        probability_low=low,
        probability_high=high,
        verdict=verdict(share * trials, trials),
    )


def _of_those(weights: Weights, chosen: Sequence[bool]) -> Weights | None:
    """The weights of some, 1 in all; ``None`` where there are none."""
    shares = weights.shares[np.array(chosen, dtype=bool)]
    total = shares.sum()
    return replace(weights, shares=shares / total) if total > 0 else None


def _mean_interval(name: str, values: Floats, weights: Weights) -> tuple[float | None, float | None]:
    """The 95 % t interval of a weighted mean on the effective number; None below two."""
    effective = weights.effective
    if effective < 2:
        return None, None
    deviation = weights.deviation(values) * sqrt(effective / (effective - 1))
    half = float(stdtrit(effective - 1, 0.975)) * deviation / sqrt(effective)
    mean = weights.mean(values)
    return max(mean - half, 0.0), min(mean + half, largest(name))
