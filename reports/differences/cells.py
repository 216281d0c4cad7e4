"""How rows of a comparison are written: names, values, differences in the unit of the row, outcomes in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reports import formats, phrases, statistics
from reports.catalogue import Catalogue
from reports.differences.data import outcome, untold
from scenarios.compared import Compared
from scenarios.row import Row

_MARKS = {
    "better": "holds",
    "worse": "fails",
    "chance": "not_tested",
    "too_few": "undecided",
    "alike": "not_tested",
    "hardly": "not_tested",
    "not_tested": "not_tested",
}
"""How a line is set off for the eye, in the marks of the report's verdicts."""
_MOST_DECIMALS = 4


def name(cat: Catalogue, row: Compared, short: bool = False) -> str:
    """The target with its part, or the key figure."""
    if row.kind == "key_figure":
        own = f"comparison.figure.{row.id}"
        return cat.text(own) if cat.has(own) else cat.name("total", row.id)
    identifier, _, part = row.id.partition("/")
    target = Row(identifier, part or None, row.period, row.statistic, True)
    alone = part in ("", "standard", "express")
    return phrases.short_target(cat, target, alone) if short else phrases.target(cat, target, alone)


def line_name(cat: Catalogue, row: Compared) -> str:
    """The same for a line among others: what decides is told from the figure by which the target is judged."""
    key = "comparison.terminal.met" if row.kind == "probability" else "comparison.terminal.figure"
    shown = name(cat, row, short=True)
    return shown if row.kind == "key_figure" else cat.text(key, target=shown)


def value(cat: Catalogue, row: Compared, amount: float | None) -> str:
    """A value of either scenario with its unit."""
    if amount is not None and row.kind == "key_figure":
        return formats.number(amount, 0 if amount == round(amount) or amount >= 1000 else 1)
    return statistics.value(cat, row.statistic, amount)


def difference(cat: Catalogue, row: Compared) -> str:
    """The difference with its sign and unit: percentage points for shares."""
    if row.difference is None:
        return cat.text("format.nothing")
    return _with_unit(cat, row, signed(row, row.difference))


def interval(cat: Catalogue, row: Compared) -> str:
    """The interval of the difference in the same unit; in words where every replication differs by exactly as much."""
    if row.low is None or row.high is None:
        return cat.text("format.nothing")
    if row.computed:
        return cat.text("comparison.computed")
    if row.low == row.high:
        return cat.text("comparison.exact")
    if untold(row):
        return cat.text("comparison.cannot_be_told", pairs=row.replications)
    return _with_unit(cat, row, cat.text("comparison.range", low=signed(row, row.low), high=signed(row, row.high)))


def with_interval(cat: Catalogue, row: Compared) -> str:
    """The difference, and its interval in brackets unless both ends are the difference itself."""
    shown = difference(cat, row)
    if row.low is None or row.high is None or row.low == row.high:
        return shown
    if untold(row):
        return cat.text("format.parenthesis", text=shown, inside=interval(cat, row))
    ends = {"low": signed(row, row.low), "high": signed(row, row.high)}
    return cat.text("comparison.with_interval", difference=shown, **ends)


def relative(cat: Catalogue, row: Compared) -> str:
    """The difference as a share of the value it is held against; a dash where that is nothing."""
    if row.difference is None or not row.against_value:
        return cat.text("format.nothing")
    share = 100 * row.difference / row.against_value
    return cat.text("format.percent", number=_signed(share, _decimals(abs(share), 1)))


def result(cat: Catalogue, row: Compared) -> str:
    """Mark and words of the outcome."""
    return cat.text(f"comparison.result.{outcome(row)}")


def mark(row: Compared) -> str:
    """The verdict whose look a row has."""
    return _MARKS.get(outcome(row), "")


def verdicts(cat: Catalogue, row: Compared) -> tuple[str, str]:
    """Mark and word of each, the scenario held against first."""
    first, second = (phrases.word(cat, said or "not_tested") for said in (row.against_verdict, row.verdict))
    return first, second


def met(cat: Catalogue, row: Compared) -> tuple[str, str, str]:
    """In how many replications the target was met in each, and in how many the two differ; dashes for key figures.

    Or how likely it is met in each, where that is computed.
    """
    if row.computed:
        shares = [formats.percent(cat, value or 0.0, 1) for value in (row.against_value, row.value)]
        first, second = (cat.text("cell.computed", share=share) for share in shares)
        return first, second, cat.text("format.nothing")
    counts = (row.against_met, row.met, row.met_differs)
    against, own, differs = (cat.text("format.nothing") if count is None else str(count) for count in counts)
    return against, own, differs


def signed(row: Compared, amount: float) -> str:
    """An amount in the unit of the row's differences, with its sign, as finely as the interval asks for."""
    scale = 100.0 if is_share(row) else 1.0
    ends = [abs(end) for end in (row.low, row.high) if end is not None and not untold(row)]
    half = (row.high - row.low) / 2 if row.low is not None and row.high is not None and not untold(row) else 0.0
    if not half and not is_share(row) and amount == round(amount):
        return _signed(amount, 0)
    fineness = scale * (half or max([abs(row.difference or 0.0), *ends]))
    return _signed(scale * amount, _decimals(fineness, 1 if is_share(row) else 0))


def is_share(row: Compared) -> bool:
    """Whether the row is a share, so that its differences are percentage points."""
    return row.kind != "key_figure" and statistics.unit(row.statistic) == "share"


def periods(cat: Catalogue, names: Sequence[str]) -> str:
    """Periods as a list; months by the first and the last of them."""
    longer = [formats.period(cat, period) for period in names if period.startswith("FY") or period == "all"]
    months = [period for period in names if not period.startswith("FY") and period != "all"]
    if months:
        ends = {"first": formats.month(cat, months[0]), "last": formats.month(cat, months[-1])}
        longer.append(cat.text("comparison.months_of", count=len(months), **ends))
    return cat.join(longer)


def _decimals(size: float, least: int) -> int:
    """Enough to show two digits of ``size``."""
    return least if size <= 0 else min(max(1 - math.floor(math.log10(size)), least), _MOST_DECIMALS)


def _signed(amount: float, decimals: int) -> str:
    shown = formats.number(amount, decimals)
    return shown if amount <= 0 or not shown.strip("0.,") else f"+{shown}"


def _with_unit(cat: Catalogue, row: Compared, number: str) -> str:
    if is_share(row):
        return cat.text("comparison.points", number=number)
    if row.kind == "target" and statistics.unit(row.statistic) in ("days", "hours", "seconds"):
        return cat.text(f"format.{statistics.unit(row.statistic)}", number=number)
    return number
