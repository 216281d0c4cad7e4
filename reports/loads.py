"""Loads as a reader sees them: forecast, as multiples of FY2025's, and borne, as multiples of the forecast."""

from __future__ import annotations

from reports.document import Figures, Name, Number, Period, Range, Say, Value, say
from scenarios.run.statistic import Looked, Row

PERCENTS = (50, 80, 90)
"""Probabilities with which a target holds up to its margin."""


def times(value: float, looked: Looked | None) -> Number:
    """A load as a multiple, or that it lies beyond what was looked at."""
    if looked and value >= looked.most:
        return Number(looked.most, "load_above")
    return Number(looked.least, "load_below") if looked and value <= looked.least else Number(value, "load", 2)


def reference(row: Row) -> Value:
    """The year that loads are multiples of."""
    first, *rest = (Period(month) for month in (row.driver_reference or "").split("/"))
    return say("format.range", low=first, high=rest[0]) if rest else first


def driver(row: Row) -> Name:
    """The name of a target's driver."""
    return Name("driver", row.driver or "")


def forecast(row: Row) -> Number | Range:
    """The load that is forecast, from 5 to 95 % of replications."""
    low, high = (Number(end or 0.0, "load", 2) for end in (row.driver_forecast_low, row.driver_forecast_high))
    return low if round(low.amount, 2) == round(high.amount, 2) else Range(low, high)


def borne(row: Row, percent: int, looked: Looked | None) -> Figures | Number:
    """The load that a target bears with a probability of so many percent, with its interval; no more than that it is
    beyond all that was looked at where its interval is so too.
    """
    value, low, high = (getattr(row, f"margin_{percent}{end}") for end in ("", "_low", "_high"))
    if looked and low == value == high and value in (looked.least, looked.most):
        return times(value, looked)
    if low is None and high is None:
        return Figures("margin.interval_unknown", {"value": times(value, looked)})
    ends: dict[str, Number | Say] = {
        name: say("margin.unknown") if end is None else times(end, looked)
        for name, end in (("low", low), ("high", high))
    }
    return Figures("margin.interval", {"value": times(value, looked), **ends})
