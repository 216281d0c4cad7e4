"""How each statistic of ``summary.json`` is written, in the unit that its target declares."""

from __future__ import annotations

import math

from reports import formats
from reports.catalogue import Catalogue
from reports.document import Number, Ranged, Value
from sim.target import Unit
from sim.targets import measure

_MOST_DECIMALS = 4


def unit(statistic: str) -> Unit:
    """The unit that a target declares of its statistic.

    Units may stand in its place. Of what no target declares, ``share`` in the name makes a share; all else counts.
    """
    if known := measure(statistic):
        return known.unit
    if "share" in statistic:
        return "share"
    return "days" if statistic == "days" else "hours" if statistic == "hours" else "count"


def less_is_better(statistic: str) -> bool:
    """Whether a smaller value of the statistic is the better one."""
    known = measure(statistic)
    return known.less_is_better if known else unit(statistic) != "share"


def counts(statistic: str) -> bool:
    """Whether the statistic is a whole number of something."""
    return unit(statistic) in ("cards", "count")


def value(cat: Catalogue, statistic: str, amount: float | None, exact: bool = False) -> str:
    """The amount with its unit, counts at three digits unless ``exact``; a dash for what a run cannot say."""
    if amount is None:
        return cat.text("format.nothing")
    kind = unit(statistic)
    if kind == "share":
        return formats.percent(cat, amount, share_decimals(statistic))
    if counts(statistic):
        shown = formats.number(amount) if exact else formats.rough(cat, amount)
        return cat.text("format.cards", number=shown) if kind == "cards" else shown
    decimals = 0 if kind == "seconds" and amount >= 10 else 1
    return cat.text(f"format.{kind}", number=formats.number(amount, decimals))


def share_decimals(statistic: str) -> int:
    """Decimals of a share in per cent."""
    known = measure(statistic)
    return known.decimals if known else 1


def interval(cat: Catalogue, statistic: str, low: float | None, high: float | None, exact: bool = False) -> str:
    """The interval with its unit once at the end, within what the statistic can be; empty where there is none."""
    if low is None or high is None:
        return ""
    low, high = max(low, 0.0), min(high, 1.0) if unit(statistic) == "share" else high
    start, end = value(cat, statistic, low, exact), value(cat, statistic, high, exact)
    suffix = "" if "億" in end else _suffix(end)
    if suffix and _suffix(start) == suffix and start[: -len(suffix)].strip():
        start = start.removesuffix(suffix)
    return cat.text("format.number_range", low=start, high=end)


def _suffix(shown: str) -> str:
    return shown[len(shown.rstrip(" %日枚万時間秒abcdefghijklmnopqrstuvwxyz")) :]


def estimate(statistic: str, amount: float | None, low: float | None, high: float | None) -> Value:
    """A value with its interval where it has one; None for what a run cannot say."""
    if amount is None:
        return None
    shown = Number(amount, statistic)
    return shown if low is None or high is None else Ranged(shown, Number(low, statistic), Number(high, statistic))


def difference(
    statistic: str, mean: float, low: float | None = None, high: float | None = None, signed: bool = True
) -> Ranged:
    """A difference of two values with its interval, in percentage points for shares, as finely as it asks for.

    Without an interval both ends are the difference itself.
    """
    kind = unit(statistic)
    share, ends = kind == "share", (mean, mean) if low is None or high is None else (low, high)
    fineness = (ends[1] - ends[0]) / 2 or max(map(abs, (mean, *ends)))
    least, size = (1, 100 * fineness) if share else (0, fineness)
    whole = ends[0] == ends[1] and not share and mean == round(mean)
    shown = 0 if whole else decimals(size, least)
    own = "points" if share else "number" if counts(statistic) else f"{kind}_exact"
    value, start, end = (Number(each, own, shown, signed) for each in (mean, *ends))
    return Ranged(value, start, end, "comparison.with_interval")


def decimals(size: float, least: int = 0) -> int:
    """Decimals enough to show two digits of a size."""
    return least if size <= 0 else min(max(1 - math.floor(math.log10(size)), least), _MOST_DECIMALS)
