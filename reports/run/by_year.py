"""What stands beside the tables of a chapter, a line a fiscal year: weekends, post offices, cards with a birth notice.

Each is shown only where the run has any of it; runs of earlier versions have none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from reports import series
from reports.document import Block, Period, Table, Value, headings, say
from reports.run_data import RunData
from scenarios.history import load_municipalities
from sim.calendar import fiscal_year_of_month
from sim.facts import INDEX_DAY


@dataclass(frozen=True)
class _Column:
    """A figure of a fiscal year: its name, unit and decimals, and a number of it for each replication."""

    name: str
    unit: str
    of_year: Callable[[RunData, int], pd.Series]
    decimals: int = 0

    def cell(self, data: RunData, year: int) -> Value:
        """Its mean over replications with their 10 and 90 %; nothing where it is not known."""
        found = self.of_year(data, year).dropna().to_numpy(dtype=float)
        return series.mean_with_band(found, self.unit, self.decimals) if len(found) else None


def _sum(fact: str) -> Callable[[RunData, int], pd.Series]:
    return lambda data, year: series.total_of_year(series.flow(data, fact), year)


def _stock(fact: str) -> Callable[[RunData, int], pd.DataFrame]:
    return lambda data, year: series.of_year(series.stock(data, fact), year)


def _wait(data: RunData, year: int) -> pd.Series:
    """Mean days that those served have waited: all who wait, night after night, over those served."""
    months = pd.Index([pd.Period(month).days_in_month for month in data.months])
    waiting = series.stock(data, "weekends_waiting").mul(months, axis=0)
    served = _sum("weekends_served")(data, year)
    return series.total_of_year(waiting, year) / served.where(served > 0)


def _residents(data: RunData, year: int) -> pd.Series:
    """Share of the country's residents, on the mean of a year's days."""
    return _stock("weekends_full_residents")(data, year).mean() / float(load_municipalities().residents.sum())


def _before_receipt(data: RunData, year: int) -> pd.Series:
    cards = _sum("newborn_with_notice")(data, year)
    return _sum("newborn_municipal_days")(data, year) / cards.where(cards > 0)


def _to_the_resident(data: RunData, year: int) -> pd.Series:
    """Mean days from the receipt of express cards to the resident."""
    table = data.lead_times
    months = [month for month in table["month"].unique() if fiscal_year_of_month(month) == year]
    chosen = (table["class"] == "express") & (table["measure"] == "delivery") & (table["state"] != "inside")
    mine = table[chosen & table["month"].isin(months)]
    sums = mine.assign(days=mine["days"] * mine["cards"]).groupby("replication")[["days", "cards"]].sum()
    return sums["days"] / sums["cards"].where(sums["cards"] > 0)


_WEEKENDS = (
    _Column("wished", "persons_exact", _sum("weekends_wished")),
    _Column("served", "persons_exact", _sum("weekends_served")),
    _Column("none", "persons_exact", _sum("weekends_none")),
    _Column("days", "days_exact", _wait, 1),
    _Column("full", "count", lambda data, year: _stock("weekends_full")(data, year).mean()),
    _Column("fullest", "count", lambda data, year: _stock("weekends_full")(data, year).max()),
    _Column("full_residents", "probability", _residents, 1),
)
_POST_OFFICES = (
    _Column("beyond", "count", lambda data, year: _stock("post_offices_beyond")(data, year).iloc[-1]),
    _Column("slots", "count", _sum("post_office_slots")),
    _Column("visits", "count", _sum("post_office_visits")),
)
_BIRTH_NOTICES = (
    _Column("cards", "items_exact", _sum("newborn_with_notice")),
    _Column("before_receipt", "days_exact", _before_receipt, 1),
    _Column("from_receipt", "days_exact", _to_the_resident, 1),
    _Column("in_all", "days_exact", lambda data, year: _before_receipt(data, year) + _to_the_resident(data, year), 1),
)


def weekends(data: RunData) -> Iterator[Block]:
    """Who wishes for a weekend at a counter, what they wait, and where weekends are full."""
    yield from _block(data, "weekends", "weekends_wished", _WEEKENDS)


def post_offices(data: RunData) -> Iterator[Block]:
    """Slots that post offices bring beyond those of FY2025, and visits that had need of them."""
    yield from _block(data, "post_offices", "post_office_slots", _POST_OFFICES)


def birth_notices(data: RunData) -> Iterator[Block]:
    """Days from a birth notice to the card that was asked for with it."""
    yield from _block(data, "birth_notices", "newborn_with_notice", _BIRTH_NOTICES)


def _block(data: RunData, name: str, of: str, columns: Sequence[_Column]) -> Iterator[Block]:
    if of not in data.flows.columns or not data.flows[of].any():
        return
    years = dict.fromkeys(fiscal_year_of_month(month) for month in data.months)
    rows = tuple((Period.of_year(year), *(column.cell(data, year) for column in columns)) for year in years)
    table = Table(headings(name, "year", *(column.name for column in columns)), rows)
    heading, note = (
        say(f"{name}.{text}", year=Period.of_year(INDEX_DAY.year, whole=True)) for text in ("heading", "note")
    )
    yield Block(table, heading, folded=True, notes=(note,), tab=say(f"{name}.tab"))
