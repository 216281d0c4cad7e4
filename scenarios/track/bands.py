"""A forecast by figure and month: quantiles over replications, and where what came lies among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scenarios.update.figures import FIGURES
from scenarios.update.smoothing import Weights
from sim.result import Result
from sim.streams import Floats, Ints

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Quantiles that are kept: the median, and the edges of bands that hold half and 90 %."""
Bands = dict[str, dict[str, list[float]]]
"""Quantiles at ``LEVELS`` by figure and month such as ``2026-04``; months without a value are left out."""


def bands(daily: Mapping[str, Ints], months: Mapping[str, slice], weights: Weights) -> Bands:
    """The quantiles of weighed replications.

    Args:
        daily: facts by replication and day.
        months: with their days.
        weights: of the replications.
    """
    return {name: _of(figure.by_month(daily, months), list(months), weights) for name, figure in FIGURES.items()}


def _of(values: Floats, months: Sequence[str], weights: Weights) -> dict[str, list[float]]:
    return {
        month: [float(f"{each:.6g}") for each in weights.quantiles(column, np.array(LEVELS)).tolist()]
        for month, column in zip(months, values.T, strict=True)
        if np.isfinite(column).all()
    }


def daily_of(results: Sequence[Result]) -> dict[str, Ints]:
    """The facts that figures are made of, by replication and day."""
    names = {name for figure in FIGURES.values() for name in (*figure.facts, *figure.over)}
    return {name: np.stack([result.facts[name] for result in results]) for name in sorted(names)}


def rank(value: float, quantiles: Sequence[float]) -> float:
    """The share of the forecast below a value (probability integral transform), between the levels by interpolation.

    Beyond the outermost levels it is the middle of what lies outside: 0.025 and 0.975.
    """
    if value < quantiles[0]:
        return LEVELS[0] / 2
    if value > quantiles[-1]:
        return (1 + LEVELS[-1]) / 2
    if quantiles[0] == quantiles[-1]:
        return 0.5
    return float(np.interp(value, quantiles, LEVELS))
