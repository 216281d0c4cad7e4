"""Monthly series over replications, from the tables of a run: medians with their 10-90 % band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.document import Number, Period, Ranged, Value
from reports.run_data import RunData
from scenarios.run.monthly import BAND
from sim.calendar import fiscal_year_of_month
from sim.schedule import Quantity

Numbers = NDArray[np.float64]
LOW, HIGH = BAND


@dataclass(frozen=True)
class Band:
    """Median, 10 % and 90 % quantile over replications, one number a period; NaN where there is none."""

    periods: tuple[str, ...]
    median: Numbers
    low: Numbers
    high: Numbers

    @property
    def empty(self) -> bool:
        """Whether there is nothing but zeros and gaps."""
        return not bool(np.any(np.nan_to_num(self.high) > 0))

    def trough(self) -> int:
        """Position of the smallest median; 0 where there is none."""
        return int(np.argmin(np.nan_to_num(self.median, nan=np.inf)))

    def peak(self) -> int:
        """Position of the largest median; 0 where there is none."""
        return int(np.argmax(np.nan_to_num(self.median, nan=-np.inf)))

    @property
    def known(self) -> int:
        """How many periods have a median."""
        return int(np.sum(~np.isnan(self.median)))

    def month(self, at: int) -> Period:
        """The period at a position."""
        return Period(self.periods[at])

    def counts(self, at: int) -> dict[str, Value]:
        """Median and band at a position as counts: ``value``, ``low``, ``high``."""
        return {end: Number(number, "rough") for end, number in self._ends(at).items()}

    def numbers(self, at: int, decimals: int = 0, name: str = "value") -> dict[str, Value]:
        """The same with decimals; the keys are ``NAME``, ``NAME_low``, ``NAME_high`` where a name is given."""
        return {end: Number(number, decimals=decimals) for end, number in self._ends(at, name).items()}

    def shares(self, at: int, name: str = "value", decimals: int = 1) -> dict[str, Value]:
        """The same as shares; None where there is none."""
        found = self._ends(at, name).items()
        return {end: None if np.isnan(number) else Number(number, "probability", decimals) for end, number in found}

    def _ends(self, at: int, name: str = "value") -> dict[str, float]:
        before = "" if name == "value" else f"{name}_"
        ends = {name: self.median, f"{before}low": self.low, f"{before}high": self.high}
        return {end: float(numbers[at]) for end, numbers in ends.items()}


def wide(frame: pd.Series, data: RunData) -> pd.DataFrame:
    """A (month, replication) series as a table, one row a reported month, one column a replication."""
    return frame.unstack("replication").reindex(list(data.months))


def flow(data: RunData, *names: str) -> pd.DataFrame:
    """Monthly sums of facts added together, a column a replication."""
    first, *others = (data.flow_tables[name] for name in names)
    return sum(others, first)


def by_year(monthly: pd.DataFrame) -> pd.DataFrame:
    """Monthly sums added up, a row a fiscal year."""
    years = pd.Index([fiscal_year_of_month(str(month)) for month in monthly.index], name="year")
    return monthly.groupby(years).sum(min_count=1)


def total_of_year(monthly: pd.DataFrame, year: int) -> pd.Series:
    """The sum of a fiscal year's months, a number a replication."""
    return of_year(monthly, year).sum(min_count=1)


def of_year(monthly: pd.DataFrame, year: int) -> pd.DataFrame:
    """The months of a fiscal year."""
    return monthly.loc[f"{year}-04" : f"{year + 1}-03"]


def stock(data: RunData, name: str) -> pd.DataFrame:
    """Monthly means of a stock, a column a replication."""
    return data.stock_tables[name]


def band(table: pd.DataFrame) -> Band:
    """Median and band over the columns of a table."""
    quantiles = table.quantile([LOW, 0.5, HIGH], axis=1).to_numpy(dtype=np.float64)
    return Band(tuple(str(name) for name in table.index), quantiles[1], quantiles[0], quantiles[2])


def ratio(done: pd.DataFrame, capacity: pd.DataFrame) -> pd.DataFrame:
    """Done over capacity; NaN where there was no capacity."""
    return done / capacity.where(capacity > 0)


def steps(value: object, months: Sequence[str]) -> Numbers:
    """A scenario's value (number, range or dated steps) in force on the first of each month."""
    quantity = Quantity.model_validate(value)
    return np.array([quantity.at(pd.Timestamp(f"{month}-01").date()) for month in months], dtype=np.float64)


def limit(data: RunData, path: str, otherwise: float = np.nan) -> Numbers:
    """The scenario's value at a path in force in each reported month; ``otherwise`` where it has none."""
    value = data.at(path)
    return np.full(len(data.months), otherwise) if value is None else steps(value, data.months)


def judged(data: RunData, kind: str, measure: str, limit: float) -> pd.DataFrame:
    """Lead-time counts of a class and measure; cards still inside count once older than ``limit`` days."""
    table = data.lead_times
    chosen = (table["class"] == kind) & (table["measure"] == measure)
    known = (table["state"] != "inside") | (table["days"] > limit)
    return table[chosen & known]


def card_mean(cards: pd.DataFrame, data: RunData) -> pd.DataFrame:
    """Mean days by month and replication."""
    if cards.empty:
        return _gaps(data)
    weighted = cards.assign(total=cards["days"] * cards["cards"])
    sums = weighted.groupby(["month", "replication"])[["total", "cards"]].sum()
    return wide(sums["total"] / sums["cards"].where(sums["cards"] > 0), data)


def card_quantile(cards: pd.DataFrame, share: float, data: RunData) -> pd.DataFrame:
    """Days within which this share of the cards is done, by month and replication."""
    if cards.empty:
        return _gaps(data)
    counts = cards.groupby(["month", "replication", "days"])["cards"].sum()
    levels = ["month", "replication"]
    running, total = counts.groupby(level=levels).cumsum(), counts.groupby(level=levels).transform("sum")
    reached = running[running >= share * total - 1e-9].reset_index()
    return wide(reached.groupby(levels)["days"].min().astype(float), data)


def card_max(cards: pd.DataFrame, data: RunData) -> pd.DataFrame:
    """Longest days of any card by month and replication."""
    held = cards[cards["cards"] > 0]
    if held.empty:
        return _gaps(data)
    return wide(held.groupby(["month", "replication"])["days"].max().astype(float), data)


def days_by_cause(data: RunData, kind: str) -> dict[str, pd.DataFrame]:
    """Card-days per card by cause, of cards that left or are late: a table of fiscal years by replications each."""
    received = _charged(data, kind)
    table = data.ledger[data.ledger["class"] == kind]
    if table.empty:
        return {}
    years = table.assign(year=table["month"].map(fiscal_year_of_month))
    sums = years.groupby(["cause", "year", "replication"])["card_days"].sum()
    return {
        str(cause): (sums.loc[cause].unstack("replication") / received).reindex(received.index).fillna(0.0)
        for cause in sums.index.unique("cause")
    }


def _charged(data: RunData, kind: str) -> pd.DataFrame:
    """The cards that the ledger counts: those still inside within their plan have not spent all their days."""
    table = data.lead_times
    charged = (table["state"] == "dispatched") | table["exception"]
    chosen = table[(table["class"] == kind) & (table["measure"] == "dispatch") & charged]
    years = chosen.assign(year=chosen["month"].map(fiscal_year_of_month))
    counts = years.groupby(["year", "replication"])["cards"].sum().unstack("replication")
    return counts.reindex(sorted({fiscal_year_of_month(month) for month in data.months})).where(lambda n: n > 0)


def _gaps(data: RunData) -> pd.DataFrame:
    return pd.DataFrame(np.nan, index=pd.Index(list(data.months), name="month"), columns=pd.Index([1]))


def mean_with_band(numbers: Numbers, unit: str, decimals: int = 0, exact: bool = False) -> Ranged:
    """The mean over replications with their 10 and 90 %; ``exact`` shows all digits."""
    low, high = (Number(float(end), unit, decimals, exact=exact) for end in np.quantile(numbers, BAND))
    return Ranged(Number(float(numbers.mean()), unit, decimals, exact=exact), low, high)
