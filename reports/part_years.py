"""Fiscal years of which a result reports only a part: which they are, and the note that every result with one has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from reports import formats
from reports.catalogue import Catalogue, Span
from scenarios.records import Reported
from sim.calendar import fiscal_year


def over(cat: Catalogue, *results: Reported) -> Catalogue:
    """The catalogue for results: labels of years say which part is reported.

    Where several results stand beside each other, a year is a part if each that reports it reports the same part.
    """
    return replace(cat, parts=_parts((one.first_day, one.last_day) for one in results))


class Days(NamedTuple):
    """The reported days of a result."""

    first_day: date
    last_day: date

    @classmethod
    def of(cls, content: Mapping[str, str]) -> Days:
        """Those that a file tells."""
        return cls(*(date.fromisoformat(content[name]) for name in cls._fields))


def note(cat: Catalogue) -> tuple[str, ...]:
    """One sentence where there is such a year: it is judged as if it were whole."""
    years = cat.join(formats.fiscal_year(cat, year) for year in sorted(cat.parts))
    return (cat.text("format.part_judged", years=years),) if years else ()


def _parts(spans: Iterable[Span]) -> dict[int, Span]:
    found: dict[int, set[Span]] = {}
    for first, last in spans:
        for year in range(fiscal_year(first), fiscal_year(last) + 1):
            whole = date(year, 4, 1), date(year + 1, 3, 31)
            found.setdefault(year, set()).add((max(first, whole[0]), min(last, whole[1])))
    alike = {year: own.pop() for year, own in found.items() if len(own) == 1}
    return {year: own for year, own in alike.items() if own != (date(year, 4, 1), date(year + 1, 3, 31))}
