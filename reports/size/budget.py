"""Yen as a budget shows them: in thousand or million yen (千円・百万円), rounded so that every sum adds up.

A bill's lines are the parts. In each fiscal year the total is rounded half up; each part is cut to the unit, and what
then lacks of the total goes, one unit each, to the parts that lost most by the cut (largest remainders). All other sums
are sums of what is shown, so a table adds up in every direction, and no part is off by a whole unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.document import Number, Range, Say, Value, say
from scenarios.bill import Line
from scenarios.size.record import Plan, Sizing

_MILLIONS_FROM = 10_000_000_000
"""From this yearly total on, in yen, tables are in million yen."""


@dataclass(frozen=True)
class Money:
    """The unit of a table: ``step`` yen, and what so many yen are called."""

    step: int
    called: str

    @property
    def name(self) -> Say:
        """The unit in words."""
        return say(f"sizing.money.{self.called}")

    def shown(self, rounded: int) -> Number:
        """An amount that is in this unit already."""
        return Number(rounded, f"yen_{self.called}")

    def exact(self, yen: int) -> Number:
        """An amount of whole yen, shown in this unit."""
        return Number(yen / self.step, f"yen_{self.called}")

    def of(self, yen: float) -> Number:
        """An amount of yen in this unit, rounded half up."""
        return self.shown(int(2 * yen + self.step) // (2 * self.step))

    def span(self, ends: tuple[float, float] | None) -> Value:
        """Both ends of an interval as one value; None where there is none."""
        return None if ends is None else Range(self.of(ends[0]), self.of(ends[1]), "format.number_range")

    def between(self, ends: tuple[float, float]) -> dict[str, Value]:
        """Both ends of an interval in this unit."""
        return {"low": self.of(ends[0]), "high": self.of(ends[1])}


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


def money(data: Sizing) -> Money:
    """The unit in which all tables and charts of a sizing show yen, by the largest total of a fiscal year."""
    largest = max((total for plan in data.priced for total in _totals(plan).values()), default=0)
    return Money(1_000_000, "millions") if largest >= _MILLIONS_FROM else Money(1_000, "thousands")


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


def interval(plan: Plan, year: int | None) -> tuple[float, float] | None:
    """The interval of what a plan's certainty costs in a fiscal year; for all of them the sums of the ends."""
    known = [own for own in (plan.cost.years if plan.cost else ()) if year in (None, own.fiscal_year)]
    lows, highs = [own.low for own in known if own.low is not None], [own.high for own in known if own.high is not None]
    return (sum(lows), sum(highs)) if len(lows) == len(highs) == len(known) > 0 else None
