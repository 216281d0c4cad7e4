"""A sweep's inputs, targets, probabilities and effects as values of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reports import chances, names, statistics
from reports.chances import computed, share
from reports.document import Figures, Joined, Name, Number, Ranged, Value, say, value_range
from scenarios.compare.record import TOTAL
from scenarios.sweep.record import Change, Correlation, Crossed, Doubt, Driving, Row, Swing, Varied


def target(doubt: Doubt) -> Value:
    """The target with its part, or the key figure."""
    return names.figure(doubt.id, doubt.statistic)


def effect(row: Driving, amount: Change | None, signed: bool = True) -> Value:
    """A change with its sign, unit and interval; a dash where there is none."""
    if amount is None:
        return None
    change = statistics.difference(row.statistic, amount.mean, amount.low, amount.high, signed)
    return change.value if amount.low == amount.high else change


def amount(row: Driving, amount: Change) -> Value:
    """The size of a change without its sign, with unit and interval, after words such as "falls by"."""
    return effect(row, Change(-amount.mean, -amount.high, -amount.low) if amount.mean < 0 else amount, signed=False)


def size(row: Driving, mean: float, low: float, high: float) -> Value:
    """A size that has no sign, such as mu*, with unit and interval."""
    if high - low <= 1e-9 * abs(mean):
        low = high = mean
    return amount(row, Change(mean, low, high))


def correlation(row: Correlation) -> Ranged:
    """A rank correlation with its interval."""
    return value_range(row.rho, row.low, row.high, decimals=2)


def spread(row: Correlation) -> Number:
    """The share of the spread that goes with an unknown."""
    return share(row.rho**2)


def shares(amount: float, low: float, high: float) -> Ranged:
    """A share or a probability in whole percent, with its interval."""
    return value_range(amount, low, high, "probability")


def unit(own: Varied) -> Name:
    """The unit of an input."""
    return Name("unit", own.unit)


def number(value: float) -> Number:
    """A value of an input, at six digits."""
    return Number(float(f"{value:.6g}"), "plain")


def moved_to(own: Varied, row: Swing, end: str) -> Value:
    """A low or high value that an input is moved to, with its unit."""
    value = number(at_end(row, end))
    return Figures("sweep.with_unit", {"number": value, "unit": unit(own)}) if own.unit else value


def at_end(row: Swing, end: str) -> float:
    """The same as a number: one that was drawn at three digits, the end of a range as it was given."""
    value = float(getattr(row, f"{end}_input"))
    return float(f"{value:.3g}") if row.beyond else value


def place(row: Row) -> Joined:
    """The values of a point, such as ``plant.lines = 8``."""
    return at(row.varied)


def at(inputs: Mapping[str, float]) -> Joined:
    """The same of inputs by their paths."""
    return Joined(tuple(say("format.setting", name=path, value=number(value)) for path, value in inputs.items()))


def met(row: Row) -> Value:
    """In how many replications a target was met, with the interval of that probability; or how likely, as computed."""
    if row.probability is None:
        return None
    if row.computed:
        return computed(row.probability)
    return chances.met(row.met, row.tested, row.probability_low, row.probability_high)


def crossing(row: Crossed) -> Value:
    """Between which values a target comes to be met with the probability asked for, with the interval."""
    asked, computed = share(row.probability), "_computed" if row.computed else ""
    if row.found != "within":
        return say(f"sweep.crossing.{row.found}{computed}", share=asked)
    kind = "from" if row.rises else "up_to"
    between = dict(zip(("between", "and"), map(_swept, row.between), strict=True))
    ends = {} if computed else _ends(row)
    return Figures(f"sweep.crossing.{kind}{computed}", {"share": asked, **between, **ends})


def _ends(row: Crossed) -> dict[str, Value]:
    """The interval of a crossing; an open end lies beyond what was swept."""
    open_ends = {
        "low": say("sweep.crossing.below", value=number(row.values[0])),
        "high": say("sweep.crossing.above", value=number(row.values[-1])),
    }
    known = {"low": row.low, "high": row.high}
    return {end: _swept(known[end]) or there for end, there in open_ends.items()}


def _swept(value: float | None) -> Value:
    """One of the values that were simulated."""
    return None if value is None else number(value)


def value(row: Row) -> Value:
    """The mean with its interval."""
    if row.statistic != TOTAL:
        return statistics.estimate(row.statistic, row.value, row.low, row.high)
    amount = row.value or 0.0
    if row.low is None or row.high is None:
        return Number(amount, "rough")
    return value_range(amount, row.low, row.high, "rough")


def stretches(values: Sequence[float], chosen: Sequence[bool]) -> list[tuple[float, float]]:
    """Values that are chosen, as first and last of each unbroken stretch."""
    found: list[tuple[float, float]] = []
    for place, (value, one) in enumerate(zip(values, chosen, strict=True)):
        if one and place and chosen[place - 1]:
            found[-1] = (found[-1][0], value)
        elif one:
            found.append((value, value))
    return found
