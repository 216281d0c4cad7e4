"""Yen as a budget shows them: in thousand or million yen (千円・百万円), rounded so that every sum adds up.

A bill's lines are the parts. In each fiscal year the total is rounded half up; each part is cut to the unit, and what
then lacks of the total goes, one unit each, to the parts that lost most by the cut (largest remainders). All other sums
are sums of what is shown, so a table adds up in every direction, and no part is off by a whole unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reports import formats
from reports.catalogue import Catalogue
from reports.sized.data import Plan, Sizing
from scenarios.prices import Line

_MILLIONS_FROM = 10_000_000_000
"""From this yearly total on, in yen, tables are in million yen."""


@dataclass(frozen=True)
class Money:
    """The unit of a table: ``step`` yen, and its name."""

    step: int
    name: str

    def shown(self, yen: float) -> str:
        """An amount in this unit, rounded half up."""
        return formats.number(self.rounded(yen))

    def rounded(self, yen: float) -> int:
        """The same as a number."""
        return int(2 * yen + self.step) // (2 * self.step)


@dataclass(frozen=True)
class Shown:
    """A line of a bill in the unit of the table: without tax, the tax, and what today's levels would not cost."""

    line: Line
    excluded: int
    tax: int
    beyond: int

    @property
    def included(self) -> int:
        """With tax."""
        return self.excluded + self.tax


def money(cat: Catalogue, data: Sizing) -> Money:
    """The unit in which all tables and charts of a sizing show yen, by the largest total of a fiscal year."""
    largest = max((total for plan in data.priced for total in _totals(plan).values()), default=0)
    name, step = ("millions", 1_000_000) if largest >= _MILLIONS_FROM else ("thousands", 1_000)
    return Money(step, cat.text(f"sizing.money.{name}"))


def _totals(plan: Plan) -> dict[int, int]:
    found: dict[int, int] = {}
    for line in plan.lines or ():
        found[line.fiscal_year] = found.get(line.fiscal_year, 0) + line.yen_incl_tax
    return found


def rounded(lines: Iterable[Line], step: int) -> list[Shown]:
    """The lines in the unit ``step``; the parts of each fiscal year add up to its rounded total."""
    told = list(lines)
    found: dict[Line, Shown] = {}
    for year in dict.fromkeys(line.fiscal_year for line in told):
        own = [line for line in told if line.fiscal_year == year]
        parts = apportion([amount for line in own for amount in (line.yen_excl_tax, line.tax)], step)
        beyond = apportion([line.beyond_today or 0 for line in own], step)
        found |= {line: Shown(line, parts[2 * i], parts[2 * i + 1], beyond[i]) for i, line in enumerate(own)}
    return [found[line] for line in told]


def apportion(amounts: Sequence[int], step: int) -> list[int]:
    """Whole amounts in units of ``step`` that add up to the rounded total: largest remainders (Hamilton's method)."""
    parts = [amount // step for amount in amounts]
    lacking = (2 * sum(amounts) + step) // (2 * step) - sum(parts)
    by_loss = sorted(range(len(amounts)), key=lambda place: -(amounts[place] % step))
    for place in by_loss[:lacking]:
        parts[place] += 1
    return parts


def interval(data: Sizing, plan: Plan, year: int | None) -> tuple[float, float] | None:
    """The curve's interval of what a plan's certainty costs in a fiscal year; for all of them the sums of the ends."""
    known = {point.period: point for point in data.curve if round(point.certainty, 4) == round(plan.certainty, 4)}
    years = sorted(_totals(plan)) if year is None else [year]
    found = [known[f"FY{number}"] for number in years if f"FY{number}" in known]
    if len(found) < len(years):
        return None
    return sum(point.low for point in found), sum(point.high for point in found)


@dataclass(frozen=True)
class Step:
    """Yen for each further point of certainty between two certainties, in a period (``all``: every year together).

    ``yen`` is the difference of the plans' bills a point; ``low`` and ``high`` are the ends of what the curve's
    intervals leave possible, never below 0, since more certainty never costs less; None where the curve does not say.
    """

    period: str
    lower: float
    upper: float
    yen: float
    low: float | None
    high: float | None
    shown: bool


def steps(data: Sizing) -> list[Step]:
    """Between each two neighbouring plans that have a bill, by fiscal year and then together."""
    found = []
    for lower, upper in zip(data.priced, data.priced[1:], strict=False):
        points = 100 * (upper.certainty - lower.certainty)
        below, above = _totals(lower), _totals(upper)
        years = [
            _step(data, f"FY{year}", lower, upper, (above.get(year, 0) - below[year]) / points, points)
            for year in sorted(below)
        ]
        found += [*years, _together(years)] if len(years) > 1 else years
    return found


def _together(years: Sequence[Step]) -> Step:
    """All years: sums of differences and of the ends, which hold wherever those of each year do."""
    lows, highs = [step.low for step in years if step.low is not None], [s.high for s in years if s.high is not None]
    known = len(lows) == len(highs) == len(years)
    yen = sum(step.yen for step in years)
    return replace(
        years[0], period="all", yen=yen, low=sum(lows) if known else None, high=sum(highs) if known else None
    )


def _step(data: Sizing, period: str, lower: Plan, upper: Plan, yen: float, points: float) -> Step:
    known = {(point.period, round(point.certainty, 4)): point for point in data.curve}
    start, end = (known.get((period, round(plan.certainty, 4))) for plan in (lower, upper))
    low = high = None
    if start is not None and end is not None:
        low = max(0.0, (end.low - start.high) / points)
        high = max(0.0, (end.high - start.low) / points)
    return Step(period, lower.certainty, upper.certainty, yen, low, high, lower.shown and upper.shown)
