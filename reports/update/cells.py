"""Figures of a month, forecasts and verdicts of an update as values of a document."""

from __future__ import annotations

from collections.abc import Sequence

from reports import names
from reports.chances import computed
from reports.document import Number, Ranged, Value, value_range
from scenarios.run.statistic import Row
from scenarios.update.figures import FIGURES
from scenarios.update.record import Changed


def target(one: Changed, short: bool = False) -> Value:
    """The target with its part."""
    return names.target_part(one.before.id, one.before.part, short, only_part=False)


def amount(name: str, value: float) -> Number:
    """A value of a figure: a share in percent, a count at three digits."""
    return Number(value, _unit(name), 1)


def _unit(name: str) -> str:
    return "probability" if FIGURES[name].share else "rough"


def band(name: str, quantiles: Sequence[float]) -> Ranged:
    """The median and the 90 % band."""
    return value_range(quantiles[len(quantiles) // 2], quantiles[0], quantiles[-1], _unit(name), 1)


def chance(row: Row) -> Value:
    """The probability with its interval; of a computed one that it is."""
    if row.computed:
        return computed(row.probability or 0.0)
    if row.probability is None or row.probability_low is None or row.probability_high is None:
        return None
    return value_range(row.probability, row.probability_low, row.probability_high, "probability")
