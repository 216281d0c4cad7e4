"""A bill as a record: its lines, and their sums by fiscal year and source of money."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["running", "one_off", "use"]


@dataclass(frozen=True)
class Line:
    """One item of one fiscal year, in whole yen."""

    fiscal_year: int
    item: str
    kind: Kind
    """`item`: the path of a resource, or a use; `kind`: `running`, `one_off` (paid for units more than in the month
    before) or `use`"""
    quantity: float
    unit: str
    """units times months (or years, if the price is for a year); units added; uses"""
    units: float
    every: str
    price: float
    tax_included: bool
    """`price` in yen for `units` `every` `month` or `year`, `once` or per `use`, with or without tax"""
    yen_excl_tax: int
    tax: int
    yen_incl_tax: int
    """price times quantity, rounded half up once; tax cut to whole yen; both always add up"""
    beyond_today: int | None
    """what of `yen_incl_tax` today's levels would not cost; null of uses, and of levels below what was promised"""
    funding: str
    assumed: bool
    """source of money (財源); whether the price is an assumption (仮定値)"""


@dataclass(frozen=True)
class Year:
    """The sums of a fiscal year."""

    fiscal_year: int
    yen_excl_tax: int
    tax: int
    yen_incl_tax: int
    """sums of its lines"""
    beyond_today: int
    """the same; lines that do not say it add nothing"""
    low: float | None = None
    high: float | None = None
    """95 % interval of what the certainty costs, an end that is not known null"""


@dataclass(frozen=True)
class Funded:
    """What a source of money pays in a fiscal year."""

    fiscal_year: int
    funding: str
    """the source (財源)"""
    yen_excl_tax: int
    tax: int
    yen_incl_tax: int
    beyond_today: int
    """as in `years`"""


@dataclass(frozen=True)
class Bill:
    """Lines with their sums."""

    lines: tuple[Line, ...]
    """see below"""
    years: tuple[Year, ...]
    """their sums by fiscal year: `fiscal_year`, `yen_excl_tax`, `tax`, `yen_incl_tax`, `beyond_today`, and `low`,
    `high`: the 95 % interval of what the certainty costs, an end that is not known null"""
    funding: tuple[Funded, ...]
    """the same sums by fiscal year and `funding`, the source of money"""

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Bill:
        """The bill that lines make."""
        told = tuple(lines)
        by_year: dict[int, list[Line]] = {}
        by_source: dict[tuple[int, str], list[Line]] = {}
        for line in told:
            by_year.setdefault(line.fiscal_year, []).append(line)
            by_source.setdefault((line.fiscal_year, line.funding), []).append(line)
        years = tuple(Year(year, *_sums(own)) for year, own in by_year.items())
        return cls(told, years, tuple(Funded(*key, *_sums(own)) for key, own in by_source.items()))


def _sums(lines: Iterable[Line]) -> tuple[int, int, int, int]:
    """Without tax, the tax, with it, and what is beyond today's."""
    parts = ((line.yen_excl_tax, line.tax, line.yen_incl_tax, line.beyond_today or 0) for line in lines)
    excluded, tax, included, beyond = (sum(column) for column in zip(*parts, strict=True))
    return excluded, tax, included, beyond
