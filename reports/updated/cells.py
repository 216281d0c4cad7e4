"""How figures of a month, forecasts and verdicts of an update are written."""

from __future__ import annotations

from collections.abc import Sequence

from reports import actuals, formats, phrases, statistics, values
from reports.catalogue import Catalogue
from scenarios.row import Row
from scenarios.updating.figures import FIGURES


def figure(cat: Catalogue, name: str) -> str:
    """A figure as the planner's file calls it."""
    return values.text(cat, actuals.heading(name))


def amount(cat: Catalogue, name: str, value: float) -> str:
    """A value of a figure: a share in percent, a count at three digits."""
    return formats.percent(cat, value) if FIGURES[name].share else formats.rough(cat, value)


def band(cat: Catalogue, name: str, quantiles: Sequence[float]) -> str:
    """The median and the 90 % band."""
    low, high = (amount(cat, name, value) for value in (quantiles[0], quantiles[-1]))
    return cat.text("format.value_range", value=amount(cat, name, quantiles[len(quantiles) // 2]), low=low, high=high)


def chance(cat: Catalogue, row: Row) -> str:
    """The probability with its interval."""
    if row.probability is None or row.probability_low is None or row.probability_high is None:
        return cat.text("format.nothing")
    shown = (formats.percent(cat, share, 0) for share in (row.probability, row.probability_low, row.probability_high))
    value, low, high = shown
    return cat.text("format.value_range", value=value, low=low, high=high)


def mean(cat: Catalogue, row: Row) -> str:
    """The mean of the deciding statistic with its interval."""
    inside = statistics.interval(cat, row.statistic, row.low, row.high)
    return statistics.value_with_interval(cat, row.statistic, row.value, inside)


def verdict(cat: Catalogue, row: Row) -> str:
    """Mark and word of a verdict."""
    return phrases.verdict(cat, row)
