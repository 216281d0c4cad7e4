"""Rows with their margins: from the roots of all replications to the load that a target bears with a probability.

Each replication has a factor of its own, on the load that it forecasts, at which it just meets a target; over several
years it is the least of theirs. With probability p the target holds up to the (1 - p) quantile of these factors, an
order statistic: it is 1 or more where the target holds with p under the load as it is. Its interval runs between the
order statistics that hold the true quantile with 95 %, whatever the distribution (Conover, *Practical Nonparametric
Statistics*, 3.2). Few replications cannot tell an end of it, which is None then. Replications that count by weights
(``scenarios.update``) are ordered alike, and the interval is that of as many as the weights are worth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import numpy as np

from scenarios.margin.job import Found
from scenarios.margin.search import DRIVER_OF, LEAST, MOST
from scenarios.run.statistic import Row, Used
from sim.quantiles import binomial
from sim.streams import Floats

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


def borne_with(probability: float, borne: Sequence[float], shares: Sequence[float] | None = None) -> Quantile:
    """The factor that a target bears with a probability, from that which each replication bears.

    ``shares``: weights of the replications, 1 in all; by default all count alike.
    """
    weights = _weights(borne, shares)
    order = np.argsort(borne, kind="stable")
    values, below = np.asarray(borne)[order], np.cumsum(weights[order])
    share, count = 1 - probability, effective(weights)

    def at(part: float) -> float:
        return float(values[min(int(np.searchsorted(below, part + 1e-9, side="right")), len(values) - 1)])

    low, high = binomial(_TAIL, count, share), binomial(1 - _TAIL, count, share) + 1
    ends = at((low - 1) / count) if low else None, at((high - 1) / count) if high <= count else None
    return Quantile(at(share), *ends)


def effective(weights: Floats) -> int:
    """So many replications that count alike would tell as much, rounded down."""
    return int(1 / np.square(weights).sum() + 1e-9)


def _weights(values: Sequence[float], shares: Sequence[float] | None) -> Floats:
    weights = np.ones(len(values)) if shares is None else np.asarray(shares, dtype=np.float64)
    return np.asarray(weights / weights.sum())


@dataclass(frozen=True)
class Year:
    """What replications say of a target in a fiscal year: the factors on its load that it bears, the load, and of what.

    Loads are multiples of the reference year's. ``shares``: weights of the replications; None where all count alike.
    """

    borne: Sequence[float]
    loads: Sequence[float]
    causes: Sequence[Mapping[str, float]]
    shares: Sequence[float] | None = None

    def borne_with(self, probability: float) -> Quantile:
        """The factor that the target bears with a probability."""
        return borne_with(probability, self.borne, self.shares)

    @property
    def weights(self) -> Floats:
        """A share for each replication, 1 in all."""
        return _weights(self.loads, self.shares)

    def load(self, *levels: float) -> list[float]:
        """Quantiles of the loads there are, linear from the least at 0 to the largest at 1."""
        order = np.argsort(self.loads, kind="stable")
        values, weights = np.asarray(self.loads)[order], self.weights[order]
        middles = np.cumsum(weights) - weights / 2
        places = (middles - middles[0]) / max(middles[-1] - middles[0], _ROUNDING)
        return [float(value) for value in np.interp(levels, places, values)]


def with_margins(
    rows: Sequence[Row], found: Sequence[Found], reference: str, shares: Sequence[float] | None = None
) -> list[Row]:
    """Rows with the margins of those that can have one: by fiscal year, and of all years together.

    ``reference`` names what loads are multiples of; ``shares`` are weights of the replications, by default alike.
    """
    told = {target: _years(target, found, shares) for target in DRIVER_OF} if found else {}
    return [_filled(row, told.get(row.id, {}), reference) for row in rows]


def _filled(row: Row, by_year: Mapping[str, Year], reference: str) -> Row:
    if not row.decides or row.value is None or not by_year:
        return row
    if row.joint:
        year, tightest = _together(list(by_year.values()))
    elif row.period in by_year:
        year = tightest = by_year[row.period]
    else:
        return row
    margins: dict[str, Any] = {
        f"margin_{probability * 100:.0f}{name}": value
        for probability in PROBABILITIES
        for name, value in _named(year.borne_with(probability)).items()
    }
    low, high = year.load(*_FORECAST)
    return replace(
        row,
        driver=DRIVER_OF[row.id],
        driver_reference=reference,
        driver_forecast_low=low,
        driver_forecast_high=high,
        margin_replications=effective(year.weights),
        uses_up=uses_up(tightest, year.borne_with(0.8).value),
        **margins,
    )


def _named(found: Quantile) -> dict[str, float | None]:
    return {"": found.value, "_low": found.low, "_high": found.high}


def _years(target: str, found: Sequence[Found], shares: Sequence[float] | None) -> dict[str, Year]:
    """Every fiscal year of a target that some replication tests."""
    driver, correction = DRIVER_OF[target], _corrections(target, found)
    years: dict[str, list[tuple[float, float, Mapping[str, float], float]]] = {}
    for one, share in zip(found, _weights(range(len(found)), shares).tolist(), strict=True):
        for year, root in one.roots.get(target, {}).items():
            causes = one.loads[driver][year]
            factor = root.theory * correction[year] if root.found is None else root.found
            years.setdefault(year, []).append((_within(factor), sum(causes.values()), causes, share))
    return {year: Year(*(list(part) for part in zip(*told, strict=True))) for year, told in years.items()}


def _within(factor: float) -> float:
    """A factor, or the end of what was looked at where it lies there, but for rounding."""
    if factor >= MOST * (1 - _ROUNDING):
        return MOST
    return LEAST if factor <= LEAST * (1 + _ROUNDING) else factor


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


def _together(years: Sequence[Year]) -> tuple[Year, Year]:
    """All years as one: each replication's least factor borne and its largest load; and the tightest year."""
    count = min(len(year.borne) for year in years)
    tightest = min(years, key=lambda year: year.borne_with(0.8).value)
    together = Year(
        [min(year.borne[place] for year in years) for place in range(count)],
        [max(year.loads[place] for year in years) for place in range(count)],
        tightest.causes,
        years[0].weights[:count].tolist(),
    )
    return together, tightest


def uses_up(year: Year, margin: float) -> tuple[Used, ...]:
    """The largest single causes of a year's load, on average, and what each alone would have to grow to.

    ``load`` is in multiples of the reference year's whole load, ``grows_to`` in multiples of itself: so many times as
    much of it uses up the ``margin``. None where it need not grow, or the margin lies beyond what was looked at.
    """
    loads = {cause: float(year.weights @ [one[cause] for one in year.causes]) for cause in year.causes[0]}
    largest = sorted(loads, key=lambda cause: -loads[cause])[:_CAUSES]
    (load,) = year.load(0.5)
    told = 1 < margin < MOST
    return tuple(
        Used(cause, loads[cause], 1 + (margin - 1) * load / loads[cause] if told else None)
        for cause in largest
        if loads[cause] > 0
    )
