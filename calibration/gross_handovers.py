"""Cards handed over (交付) by month and age band, made from the published cumulative tables.

Totals: the published cumulative counts, joined by a curve that only rises and passes through each of them
(PCHIP); a month is the difference between its two ends. Ages: each interval between two tables by age has
one age mix, and a month takes the mixes of the intervals it lies in, weighted by the cards handed over in
each.

The tables count a holder under an age that is re-counted about once a year. An interval with a re-count
mixes ageing with hand-over: a band loses those who grew out of it. It shows itself, since a cumulative
count cannot fall otherwise. There the mix is the mean of the neighbouring intervals' mixes. The
population base that the tables print beside the cards also changes elsewhere (2017-08, 2018-07, 2021-08,
2022-08); the cards show no trace of ageing there, so those differences are used as they are.

An age is therefore that of the last re-count, not of the day of hand-over: on average somewhat too young.

Dates: a table as of the first of a month is read as the close of the month before (one monthly series is
dated 1 June 2022, then 30 June 2022); any other date as its own close.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from calibration.figures import HandedOverByAge, load_by_age, load_handed_over

Floats = NDArray[np.float64]

FIRST_MONTH = "2016-01"
LAST_MONTH_BY_AGE = "2023-06"
LAST_MONTH = "2024-06"
RECENT_INTERVALS = 3
"""So many of the last published intervals give the age mix of the months after them."""


@dataclass(frozen=True)
class GrossHandovers:
    """Cards handed over, first cards and later ones together: ``cards[month, band]``, in cards, read-only."""

    months: tuple[str, ...]
    bands: tuple[str, ...]
    cards: Floats


@dataclass(frozen=True)
class AgeMixes:
    """Age mix of hand-overs from each of ``edges`` (closed days) to the next: ``shares[interval, band]``."""

    edges: Floats
    shares: Floats


@cache
def gross_handovers() -> GrossHandovers:
    """Monthly hand-overs by age band, 2016-01 to 2023-06; they sum to the published totals.

    Source: the published tables of cards handed over, by total and by age (``calibration/published``).
    """
    by_age = load_by_age()
    months = month_names(FIRST_MONTH, LAST_MONTH_BY_AGE)
    ends = _month_ends(months)
    mixes = age_mixes(by_age, first=ends[0], last=ends[-1])
    starts_inside = np.clip(ends[:-1, None], mixes.edges[:-1], mixes.edges[1:])
    ends_inside = np.clip(ends[1:, None], mixes.edges[:-1], mixes.edges[1:])
    cards = (_cumulative(ends_inside) - _cumulative(starts_inside)) @ mixes.shares
    cards.setflags(write=False)
    return GrossHandovers(months, by_age.bands, cards)


def monthly_totals() -> dict[str, float]:
    """Cards handed over in each month, 2016-01 to 2024-06, all ages.

    From 2023-07 on a single cumulative, of 2024-07-07, tells the whole year: its months carry no season.
    """
    months = month_names(FIRST_MONTH, LAST_MONTH)
    return dict(zip(months, np.diff(_cumulative(_month_ends(months))).tolist(), strict=True))


def handed_over_by(closed_day: float) -> float:
    """Cards handed over since 2016 by the close of a day (its ordinal), on the curve through the published counts."""
    return float(_cumulative(np.array([closed_day]))[0])


def recounted(by_age: HandedOverByAge) -> NDArray[np.bool_]:
    """Whether ages were re-counted between each table and the next: some band's cumulative count fell."""
    fell: NDArray[np.bool_] = np.diff(by_age.cards, axis=0).min(axis=1) < 0
    return fell


def age_mixes(by_age: HandedOverByAge, first: float, last: float) -> AgeMixes:
    """Mixes from ``first`` to ``last`` (closed days): the tables' own intervals, one before and one after.

    Before the first table the mix is that table's; after the last one that of the last published intervals.
    """
    handed_over = np.diff(by_age.cards, axis=0).astype(float)
    shares = _shares(handed_over)
    straddling = np.flatnonzero(recounted(by_age))
    shares[straddling] = (shares[straddling - 1] + shares[straddling + 1]) / 2
    before = _shares(by_age.cards[:1].astype(float))
    after = _shares(handed_over[-RECENT_INTERVALS:].sum(axis=0, keepdims=True))
    closed = [_closed_days(day) for day in by_age.dates]
    return AgeMixes(np.array([first, *closed, last]), np.concatenate([before, shares, after]))


def month_names(first: str, last: str) -> tuple[str, ...]:
    """Months such as ``2016-01`` from ``first`` to ``last``, both included."""
    steps = np.arange(np.datetime64(first, "M"), np.datetime64(last, "M") + 1)
    return tuple(str(month) for month in steps)


def _shares(cards: Floats) -> Floats:
    shares: Floats = cards / cards.sum(axis=1, keepdims=True)
    return shares


def _closed_days(as_of: date) -> float:
    """Days closed by the time of a table: a first of month counts none of its own day."""
    return float(as_of.toordinal() - (as_of.day == 1))


def _month_ends(months: tuple[str, ...]) -> Floats:
    """Closed days at the start of the first month and at the end of every month."""
    firsts = np.array([*months, np.datetime64(months[-1], "M") + 1], dtype="datetime64[M]")
    return np.array([_closed_days(day) for day in firsts.astype("datetime64[D]").tolist()])


def _cumulative(closed_days: Floats) -> Floats:
    """Cards handed over since 2016 by the end of so many days; none before the first published date."""
    days, cards = _published_totals()
    curve = PchipInterpolator(days, cards)
    handed_over: Floats = curve(np.clip(closed_days, days[0], days[-1]))
    return handed_over


@cache
def _published_totals() -> tuple[Floats, Floats]:
    rows = [(row.as_of, row.cumulative) for row in load_handed_over() if row.cumulative is not None]
    days = np.array([_closed_days(as_of) for as_of, _ in rows])
    return days, np.array([float(cumulative) for _, cumulative in rows])
