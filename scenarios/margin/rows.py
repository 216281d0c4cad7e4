"""Rows with their margins: from the roots of all replications to the load that a target bears with a probability.

Each replication has a load of its own at which it just meets a target. With probability p the target holds up to the
(1 - p) quantile of these loads, an order statistic; its interval runs between the order statistics that hold the true
quantile with 95 %, whatever the distribution (Conover, *Practical Nonparametric Statistics*, 3.2). Few replications
cannot tell an end of it, which is None then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor
from statistics import median
from typing import Any

import numpy as np
from scipy.stats import binom

from scenarios.margin.job import Found
from scenarios.margin.search import DRIVER_OF, LEAST, MOST
from scenarios.run.row import Row

PROBABILITIES = (0.5, 0.8, 0.9)
"""With which a target holds up to its margin."""
_FORECAST = (0.05, 0.95)
_CAUSES = 2
"""Causes named that would use a margin up."""
_TAIL = 0.025
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Quantile:
    """An order statistic and its 95 % interval; an end that so few values cannot tell is None."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Year:
    """What replications say of a target in a fiscal year: the loads that it bears, the loads there are, and of what."""

    borne: Sequence[float]
    loads: Sequence[float]
    causes: Sequence[Mapping[str, float]]


def borne_with(probability: float, borne: Sequence[float]) -> Quantile:
    """The load that a target bears with a probability, from the load that each replication bears."""
    values, share = sorted(borne), 1 - probability
    count = len(values)
    at = min(floor(share * count + 1e-9), count - 1)
    low, high = int(binom.ppf(_TAIL, count, share)), int(binom.isf(_TAIL, count, share)) + 1
    return Quantile(values[at], values[low - 1] if low else None, values[high - 1] if high <= count else None)


def with_margins(rows: Sequence[Row], found: Sequence[Found], reference: str) -> list[Row]:
    """Rows with the margins of those that can have one: by fiscal year, and of all years together.

    ``reference`` names what loads are multiples of.
    """
    told = {target: _years(target, found) for target in DRIVER_OF} if found else {}
    return [_filled(row, told.get(row.id, {}), reference) for row in rows]


def _filled(row: Row, by_year: Mapping[str, Year], reference: str) -> Row:
    if not row.decides or row.value is None or not by_year:
        return row
    if row.joint:
        year = _together(list(by_year.values()))
    elif row.period in by_year:
        year = by_year[row.period]
    else:
        return row
    margins: dict[str, Any] = {
        f"margin_{probability * 100:.0f}{name}": value
        for probability in PROBABILITIES
        for name, value in _named(borne_with(probability, year.borne)).items()
    }
    low, high = np.quantile(year.loads, _FORECAST).tolist()
    return replace(
        row,
        driver=DRIVER_OF[row.id],
        driver_reference=reference,
        driver_forecast_low=low,
        driver_forecast_high=high,
        margin_replications=len(year.borne),
        uses_up=uses_up(year),
        **margins,
    )


def _named(found: Quantile) -> dict[str, float | None]:
    return {"": found.value, "_low": found.low, "_high": found.high}


def _years(target: str, found: Sequence[Found]) -> dict[str, Year]:
    """Every fiscal year of a target that some replication tests."""
    driver, correction = DRIVER_OF[target], _corrections(target, found)
    years: dict[str, list[tuple[float, float, Mapping[str, float]]]] = {}
    for one in found:
        for year, root in one.roots.get(target, {}).items():
            causes = one.loads[driver][year]
            load = sum(causes.values())
            factor = root.theory * correction[year] if root.found is None else root.found
            years.setdefault(year, []).append((_within(factor * load), load, causes))
    return {year: Year(*(list(part) for part in zip(*told, strict=True))) for year, told in years.items()}


def _within(borne: float) -> float:
    """A load borne, or the end of what was looked at where it lies there, but for rounding."""
    if borne >= MOST * (1 - _ROUNDING):
        return MOST
    return LEAST if borne <= LEAST * (1 + _ROUNDING) else borne


def _corrections(target: str, found: Sequence[Found]) -> dict[str, float]:
    """By fiscal year how far reruns lie from theory: the middle of those that there were, in that year or in any."""
    ratios: dict[str, list[float]] = {}
    for one in found:
        for year, root in one.roots.get(target, {}).items():
            ratios.setdefault(year, [])
            if root.found is not None:
                ratios[year].append(root.found / root.theory)
    everywhere = [ratio for of_year in ratios.values() for ratio in of_year]
    return {year: median(of_year or everywhere or [1.0]) for year, of_year in ratios.items()}


def _together(years: Sequence[Year]) -> Year:
    """All years as one: each replication's least load borne and its largest load; causes of the tightest year."""
    count = min(len(year.borne) for year in years)
    return Year(
        [min(year.borne[place] for year in years) for place in range(count)],
        [max(year.loads[place] for year in years) for place in range(count)],
        min(years, key=_room).causes,
    )


def _room(year: Year) -> float:
    return borne_with(0.8, year.borne).value / max(float(np.median(year.loads)), 1e-9)


def uses_up(year: Year) -> list[dict[str, Any]]:
    """The largest single causes of a year's load, on average, and what each alone would have to grow to.

    ``load`` is in multiples of the reference year's whole load, ``grows_to`` in multiples of itself: so many times as
    much of it uses up the margin of 80 %. None where it need not grow, or the margin lies beyond what was looked at.
    """
    loads = {cause: float(np.mean([one[cause] for one in year.causes])) for cause in year.causes[0]}
    largest = sorted(loads, key=lambda cause: -loads[cause])[:_CAUSES]
    margin, load = borne_with(0.8, year.borne).value, float(np.median(year.loads))
    told = margin < MOST
    return [
        {
            "cause": cause,
            "load": loads[cause],
            "grows_to": 1 + (margin - load) / loads[cause] if told and margin > load else None,
        }
        for cause in largest
        if loads[cause] > 0
    ]
