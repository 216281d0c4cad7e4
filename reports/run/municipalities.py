"""What a run says of the counters of each municipality, put together by size and by prefecture.

How many slots a municipality has is published nowhere: each replication spreads them anew over all of them. So a
municipality, and a group of them, has a distribution over replications and no single number.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from reports import series
from reports.document import Block, Code, Joined, Name, Number, Period, Table, Value, headings, say
from reports.run_data import RunData
from scenarios.history import load_municipalities
from sim.result import COUNTER_COLUMNS
from sim.streams import Floats, Ints

SIZES = (500_000, 200_000, 100_000, 50_000, 10_000, 0)
"""Residents from which a municipality is of a size class, the largest first."""
_WORST, _NAMED = 20, 3
"""So many of the worst are in the table, and in a sentence."""
_GROUPS = ("size", "prefecture")
_TOLD = ("name", "prefecture", "residents", "chance", "days")


class _Shown(NamedTuple):
    """A group's figures by replication: share renewed in time, days waited, share of long waits, share of residents in
    municipalities that miss the target."""

    in_time: Floats
    days: Floats
    beyond_30: Floats
    beyond_60: Floats
    missed: Floats


@cache
def places() -> pd.DataFrame:
    """The municipalities by code: name, residents, size class (place in ``SIZES``), prefecture (1 to 47), and
    the country, which is all of them."""
    known = load_municipalities()
    size = np.argmax(known.residents[:, None] >= np.array(SIZES), axis=1)
    columns = {
        "name": known.names,
        "residents": known.residents,
        "size": size,
        "prefecture": known.prefectures,
        "country": 0,
    }
    return pd.DataFrame(columns, index=pd.Index(known.codes, name="code"))


def spread(data: RunData) -> bool:
    """Whether the run tells municipalities apart; runs of one pool do not."""
    return len(data.counters) > 0 and set(data.counters["code"]) == set(places().index)


def _of_year(data: RunData, year: int) -> pd.DataFrame:
    """A year's rows with what is known of the places, and whether they miss the target."""
    rows = data.counters[data.counters["fiscal_year"] == year].join(places(), on="code")
    tried = rows["renewed_in_time"] + rows["lost_in_time"]
    wanted = float(series.steps(data.at("targets.renewed_share"), [f"{year}-04"])[0])
    return rows.assign(tried=tried, misses=rows["renewed_in_time"] < wanted * tried)


def worst_year(data: RunData) -> int:
    """The fiscal year in which the smallest share is renewed in time, the first of several."""
    sums = data.counters.groupby("fiscal_year")[["renewed_in_time", "lost_in_time"]].sum()
    tried = sums.sum(axis=1)
    shares = (sums["renewed_in_time"] / tried.where(tried > 0)).fillna(1.0).to_numpy()
    years: Ints = sums.index.to_numpy(dtype=np.int64)
    return int(years[int(shares.argmin())])


def grouped(data: RunData, year: int, group: str) -> dict[int, _Shown]:
    """The figures of each group of municipalities in a year, in the order of their numbers."""
    rows = _of_year(data, year)
    people = rows["residents"].where(rows["misses"], 0.0)
    by = rows.assign(people=people).groupby([group, "replication"])
    sums = by[[*COUNTER_COLUMNS[2:], "tried", "people", "residents"]].sum()
    served, tried = (sums[name].where(sums[name] > 0) for name in ("served", "tried"))
    shares = pd.DataFrame(
        {
            "in_time": (sums["renewed_in_time"] / tried).fillna(1.0),
            "days": (sums["wait_days"] / served).fillna(0.0),
            "beyond_30": (sums["beyond_30_days"] / served).fillna(0.0),
            "beyond_60": (sums["beyond_60_days"] / served).fillna(0.0),
            "missed": sums["people"] / sums["residents"],
        }
    )
    keys = shares.index.get_level_values(0).to_numpy()
    return {
        int(key): _Shown(*(shares[name].to_numpy()[keys == key] for name in _Shown._fields)) for key in np.unique(keys)
    }


def missed_by_prefecture(data: RunData, year: int) -> dict[int, float]:
    """Share of a prefecture's residents whose municipality misses the target in a year, mean over replications."""
    return {key: float(own.missed.mean()) for key, own in grouped(data, year, "prefecture").items()}


def blocks(data: RunData) -> Iterator[Block]:
    """By size and by prefecture in the year that is worst, and the municipalities most at risk; none of one pool."""
    if not spread(data):
        return
    year = worst_year(data)
    for group in _GROUPS:
        columns = (group, "municipalities", "renewed_share", "days", "beyond_30", "beyond_60", "missed")
        counts = places().groupby(group).size()
        rows = tuple(
            (_name(group, key), Number(float(counts[key])), *_cells(own))
            for key, own in grouped(data, year, group).items()
        )
        heading = say(f"municipalities.by_{group}", year=Period.of_year(year, whole=True))
        table = Table(headings("municipalities", *columns), rows)
        folded, tab = group == "prefecture", say(f"municipalities.tab.{group}")
        yield Block(table, heading, folded=folded, notes=(say("municipalities.note"),), tab=tab)
    yield _most_at_risk(data, year)


def at_risk(data: RunData, year: int) -> pd.DataFrame:
    """The places with ``chance``, the share of replications in which they miss the target in a year, and ``days``, the
    mean wait for a slot: first who misses it in most replications; of those alike, who waits longest.
    """
    rows = _of_year(data, year)
    by = rows.groupby("code")
    chance, sums = by["misses"].mean(), by[["served", "wait_days"]].sum()
    days = sums["wait_days"] / sums["served"].where(sums["served"] > 0)
    table = places().assign(chance=chance, days=days.fillna(0.0))
    return table.sort_values(["chance", "days"], ascending=False, kind="stable")


def short_name(name: str) -> str:
    """A town (町) or village (村) without its county (郡), which tells no two of a prefecture apart."""
    county, of, own = name.partition("郡")
    return own if county and of and own and name[-1] in "町村" else name


def _most_at_risk(data: RunData, year: int) -> Block:
    """The municipalities that miss the target in most replications; of those alike, who waits longest."""
    worst = at_risk(data, year).query("chance > 0").head(_WORST)
    lines = tuple(
        (
            str(name),
            Name("prefecture", str(prefecture)),
            Code(f"{code:06d}"),
            Number(residents, "persons_exact"),
            Number(chance, "probability"),
            Number(days, "days_exact", 1),
        )
        for code, name, prefecture, residents, chance, days in zip(
            worst.index, *(worst[column].tolist() for column in _TOLD), strict=True
        )
    )
    columns = ("municipality", "prefecture", "code", "residents", "chance", "days")
    heading = say("municipalities.most_at_risk", year=Period.of_year(year, whole=True), count=len(lines))
    note = say("municipalities.at_risk_note" if lines else "municipalities.nobody")
    tab = say("municipalities.tab.most_at_risk")
    return Block(Table(headings("municipalities", *columns), lines), heading, folded=True, notes=(note,), tab=tab)


def _cells(own: _Shown) -> Iterator[Value]:
    units = {"days": ("days_exact", 1)}
    for name, numbers in own._asdict().items():
        yield series.mean_with_band(numbers, *units.get(name, ("probability", 1)))


def _name(group: str, key: int) -> Value:
    if group == "prefecture":
        return Name("prefecture", str(key))
    if key == 0:
        return say("municipalities.from", residents=Number(float(SIZES[0])))
    if key == len(SIZES) - 1:
        return say("municipalities.below", residents=Number(float(SIZES[key - 1])))
    low, high = (Number(float(SIZES[at])) for at in (key, key - 1))
    return say("municipalities.between", low=low, high=high)


def caption(data: RunData) -> Value:
    """Where the counters are short in the worst year, and how much of that is known."""
    if not spread(data):
        return None
    year = worst_year(data)
    missed = missed_by_prefecture(data, year)
    country = series.mean_with_band(grouped(data, year, "country")[0].missed, "probability", 1)
    most = sorted(missed, key=lambda key: -missed[key])[:3]
    if not missed[most[0]]:
        return say("chart.prefectures.caption_none", year=Period.of_year(year, whole=True))
    named = Joined(tuple(Name("prefecture", str(key)) for key in most))
    return say("chart.prefectures.caption", year=Period.of_year(year, whole=True), most=named, country=country)


def caption_of_places(data: RunData) -> Value:
    """How many municipalities are short in the worst year, and which of them most likely."""
    if not spread(data):
        return None
    year = worst_year(data)
    table = at_risk(data, year)
    short = table[table["chance"] > 0]
    told: dict[str, Value] = {"year": Period.of_year(year, whole=True), "all": Number(len(table))}
    told["replications"] = data.run.replications
    if short.empty:
        return say("chart.municipalities.caption_none", **told)
    share = Number(float(short["residents"].sum() / table["residents"].sum()), "probability", 1)
    worst = short.head(_NAMED)
    most = Joined(tuple(named(*each) for each in zip(worst["name"], worst["prefecture"], strict=True)))
    high = Number(float(worst["chance"].iloc[0]), "probability")
    return say("chart.municipalities.caption", short=Number(len(short)), share=share, most=most, high=high, **told)


def named(name: str, prefecture: int) -> Value:
    """A municipality with its prefecture, by which it is the only one of its name."""
    return say("municipalities.named", name=short_name(name), prefecture=Name("prefecture", str(prefecture)))
