"""What stands beside the tables of a chapter: a folded table a system, a line a fiscal year, a column a figure.

Which systems there are, and what is said of each, is declared in ``told_systems.py``. Each is shown only where the run
has any of it; runs of earlier versions know some of them not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from reports import series
from reports.document import Block, Number, Period, Table, Value, headings, say
from reports.run_data import RunData
from reports.yearly import fiscal_years
from sim.facts import INDEX_DAY

OfYear = Callable[[RunData, int], pd.Series]
"""A number of a fiscal year for each replication."""


@dataclass(frozen=True)
class Column:
    """A figure of a fiscal year: its name, unit and decimals, and a number of it for each replication."""

    name: str
    unit: str
    of_year: OfYear
    decimals: int = 0

    def cell(self, data: RunData, year: int) -> Value:
        """Its mean over replications with their 10 and 90 %, alone where they are alike; None if it is not known."""
        try:
            found = self.of_year(data, year).dropna().to_numpy(dtype=float)
        except KeyError:  # a run of another version, which has other facts
            return None
        if not len(found):
            return None
        alike = found.min() == found.max()
        return (
            Number(float(found[0]), self.unit, self.decimals)
            if alike
            else series.mean_with_band(found, self.unit, self.decimals)
        )


@dataclass(frozen=True)
class System:
    """What is said of a system.

    ``name`` is that of its texts (``NAME.heading``, ``.tab``, ``.note``, ``.column``), ``chapter`` the one in which it
    stands. A run has any of it where one of its ``facts`` ever happened, or its scenario states one of ``given``.
    """

    name: str
    chapter: str
    facts: tuple[str, ...]
    columns: tuple[Column, ...]
    given: tuple[str, ...] = ()

    def happened(self, data: RunData) -> bool:
        """Whether a run has any of it."""
        known = [fact for fact in self.facts if fact in data.flows.columns]
        return bool(data.flows[known].to_numpy().any()) or any(data.at(path) for path in self.given)

    def block(self, data: RunData) -> Block:
        """Its table, to be unfolded."""
        years = fiscal_years(data.months)
        rows = tuple((Period.of_year(year), *(each.cell(data, year) for each in self.columns)) for year in years)
        table = Table(headings(self.name, "year", *(each.name for each in self.columns)), rows)
        index = Period.of_year(INDEX_DAY.year, whole=True)
        heading, note = (say(f"{self.name}.{text}", year=index) for text in ("heading", "note"))
        return Block(table, heading, folded=True, notes=(note,), tab=say(f"{self.name}.tab"))


def blocks(data: RunData, chapter: str, systems: tuple[System, ...]) -> Iterator[Block]:
    """The tables of a chapter's systems, of those that the run has any of."""
    yield from (each.block(data) for each in systems if each.chapter == chapter and each.happened(data))
