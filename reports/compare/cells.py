"""Rows of a comparison as values of a document: differences in the unit of the row, outcomes in words."""

from __future__ import annotations

from collections.abc import Sequence

from reports import names, statistics
from reports.chances import computed
from reports.difference_cells import no_interval
from reports.document import Joined, Number, Period, Range, Ranged, Say, Value, say
from scenarios.compare.record import Compared
from sim import calendar


def name(row: Compared, short: bool = False) -> Value:
    """The target with its part, or the key figure."""
    return names.figure(row.id, row.statistic, short)


def line_name(row: Compared) -> Value:
    """The same for a line among others: what decides is told from the figure by which the target is judged."""
    if row.kind == "key_figure":
        return name(row)
    key = "comparison.terminal.met" if row.kind == "probability" else "comparison.terminal.figure"
    return say(key, target=name(row, short=True))


def value(row: Compared, amount: float | None) -> Value:
    """A value of either scenario with its unit."""
    if amount is not None and row.kind == "key_figure":
        return Number(amount, decimals=0 if amount == round(amount) or amount >= 1000 else 1)
    return None if amount is None else Number(amount, row.statistic)


def difference(row: Compared) -> Value:
    """The difference with its sign and unit: percentage points for shares."""
    return None if row.difference is None else _ranged(row, row.difference).value


def interval(row: Compared) -> Value:
    """The interval of the difference in the same unit; in words where every replication differs by exactly as much."""
    if row.difference is None or row.low is None or row.high is None:
        return None
    if row.computed:
        return say("comparison.computed")
    shown = _ranged(row, row.difference)
    return no_interval(row) or Range(shown.low, shown.high, "comparison.range")


def with_interval(row: Compared) -> Value:
    """The difference, and its interval in brackets unless both ends are the difference itself."""
    if row.difference is None or row.low is None or row.high is None or row.low == row.high:
        return difference(row)
    if row.untold:
        return say("format.parenthesis", text=difference(row), inside=interval(row))
    return _ranged(row, row.difference)


def _ranged(row: Compared, amount: float) -> Ranged:
    ends = (None, None) if row.untold else (row.low, row.high)
    return statistics.difference(row.statistic, amount, *ends)


def relative(row: Compared) -> Value:
    """The difference as a share of the value it is held against; a dash where that is nothing."""
    if row.difference is None or not row.against_value:
        return None
    share = row.difference / row.against_value
    return Number(share, "percent", statistics.decimals(abs(100 * share), 1), signed=True)


def result(row: Compared) -> Say:
    """Mark and words of the outcome."""
    return say(f"comparison.result.{row.outcome}")


def met(row: Compared) -> tuple[Value, Value, Value]:
    """In how many replications the target was met in each, and in how many the two differ; dashes for key figures.

    Or how likely it is met in each, where that is computed.
    """
    if row.computed:
        return computed(row.against_value or 0.0, 1), computed(row.value or 0.0, 1), None
    return row.against_met, row.met, row.met_differs


def periods(left_out: Sequence[str]) -> Joined:
    """Periods as a list; months by the first and the last of them."""
    months = [period for period in left_out if calendar.Period(period).monthly]
    listed: list[Value] = [Period(period) for period in left_out if period not in months]
    if months:
        ends = {"first": Period(months[0]), "last": Period(months[-1])}
        listed.append(say("comparison.months_of", count=len(months), **ends))
    return Joined(tuple(listed))
