"""Monthly series over replications, from the tables of a run: medians with their 10-90 % band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.document import Joined, Number, Period, Ranged, Value, say
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

    @property
    def known(self) -> int:
        """How many periods have a median."""
        return int(np.sum(~np.isnan(self.median)))


@dataclass(frozen=True)
class Spread:
    """Median, 10 % and 90 % quantile over replications of one number of each; NaN where there is none."""

    median: float
    low: float
    high: float

    def counts(self) -> dict[str, Value]:
        """As counts: ``value``, ``low``, ``high``."""
        return {end: Number(number, "rough") for end, number in self._ends().items()}

    def numbers(self, decimals: int = 0, name: str = "value") -> dict[str, Value]:
        """The same with decimals; the keys are ``NAME``, ``NAME_low``, ``NAME_high`` where a name is given."""
        return {end: Number(number, decimals=decimals) for end, number in self._ends(name).items()}

    def shares(self, name: str = "value", decimals: int = 1) -> dict[str, Value]:
        """The same as shares; None where there is none."""
        found = self._ends(name).items()
        return {end: None if np.isnan(number) else Number(number, "probability", decimals) for end, number in found}

    def _ends(self, name: str = "value") -> dict[str, float]:
        before = "" if name == "value" else f"{name}_"
        return {name: self.median, f"{before}low": self.low, f"{before}high": self.high}


@dataclass(frozen=True)
class Extremes:
    """The month or fiscal year in which each replication has its largest number, or its smallest.

    An event that comes in every replication, but not in the same month, vanishes from medians by month: what is said of
    a fullest or worst month is a quantile of these. Replications without any number are left out.
    """

    table: pd.DataFrame
    periods: pd.Series

    @property
    def spread(self) -> Spread:
        """The largest or smallest numbers themselves."""
        return self.of(self.table)

    def of(self, table: pd.DataFrame) -> Spread:
        """What another table has in these months."""
        return spread(pd.Series([table.at[period, own] for own, period in self.periods.items()], dtype=float))

    def when(self) -> Value:
        """The spans in which these months lie, more than a year apart, and in how many replications where several.

        Replications that have the same number in all months have no month of their own. None where none has a number.
        """
        if self.periods.empty:
            return None
        varied = self.table.min() < self.table.max()
        if not varied.any():
            return _span(self.table.index[0], self.table.index[-1])
        counts = self.periods[varied].value_counts().sort_index()
        places = pd.Series(self.table.index.get_indexer(counts.index), counts.index)
        year = 12 if isinstance(counts.index[0], str) else 1
        spans = [span for _, span in counts.groupby((places.diff() > year).cumsum())]
        told = [_span(span.index[0], span.index[-1]) for span in spans]
        if len(spans) == 1:
            return told[0]
        shares = ({"count": int(span.sum()), "of": len(self.periods)} for span in spans)
        return Joined(tuple(say("chart.when.some", span=span, **n) for span, n in zip(told, shares, strict=True)))


def _span(*ends: str | int) -> Value:
    first, last = (Period(end) if isinstance(end, str) else Period.of_year(int(end)) for end in ends)
    return first if first == last else say("chart.when.span", first=first, last=last)


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


def spread(numbers: pd.Series) -> Spread:
    """Median and band over replications, a number each."""
    low, median, high = map(float, numbers.quantile([LOW, 0.5, HIGH]))
    return Spread(median, low, high)


def peaks(table: pd.DataFrame) -> Extremes:
    """Where each replication has its largest number."""
    known = table.dropna(axis=1, how="all")
    return Extremes(known, known.idxmax())


def troughs(table: pd.DataFrame) -> Extremes:
    """Where each replication has its smallest number."""
    known = table.dropna(axis=1, how="all")
    return Extremes(known, known.idxmin())


def nothing(table: pd.DataFrame) -> bool:
    """Whether no replication has anything but zeros and gaps."""
    return not bool((table > 0).to_numpy().any())


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
