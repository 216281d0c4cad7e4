"""The call centres of a run by month: share answered, causes of calls, waiting, seats and how these are written."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from reports import series
from reports.document import Number, Period, Value
from reports.run_data import RunData
from reports.series import Band, Numbers
from sim import targets
from sim.answering import attempts
from sim.facts import CALL_CAUSES, CENTRES, INDEX_DAY, OUTCOMES
from sim.schedule import Quantity

TARGETS = {target.part: target.id for target in targets.TARGETS.values() if target.part in CENTRES}
INDEX_YEAR = INDEX_DAY.year
"""The fiscal year whose value is 100 while seats are shown as an index (令和7年度 = 100)."""


def calls(data: RunData, centre: str, *names: str) -> pd.DataFrame:
    """Monthly sums of a centre's facts, without their prefix, a column a replication."""
    return series.flow(data, *(f"{CENTRES[centre]}_{name}" for name in names))


def answer_rate(data: RunData, centre: str) -> Band:
    """Answered over offered by month, by attempt."""
    return series.band(answered_shares(data, centre))


def answered_shares(data: RunData, centre: str) -> pd.DataFrame:
    """The same, a column a replication: of the attempts that were over in the month, as ``sim.targets`` counts."""
    rate = attempts(centre, data.at("targets.ai_reading"))
    return series.ratio(calls(data, centre, *rate.above), calls(data, centre, *rate.below))


def within_20s(data: RunData, centre: str) -> pd.DataFrame:
    """Share of the calls offered in a month that is answered within 20 seconds, a column a replication."""
    return series.ratio(calls(data, centre, "within_20s"), calls(data, centre, *OUTCOMES)).clip(upper=1.0)


def mean_wait(data: RunData, centre: str) -> pd.DataFrame:
    """Mean seconds waited by month, callers who leave included, a column a replication."""
    return series.ratio(calls(data, centre, "wait_seconds"), calls(data, centre, "offered"))


def causes(data: RunData, centre: str) -> dict[str, Numbers]:
    """Mean calls by month of each cause, and of the attempts after an unanswered one."""
    names = (*CALL_CAUSES[centre], "call_backs")
    return {name: calls(data, centre, name).mean(axis=1).fillna(0.0).to_numpy(dtype=np.float64) for name in names}


def threshold(data: RunData) -> Numbers:
    """The share to be answered, by month."""
    return series.limit(data, "targets.answered_share")


@dataclass(frozen=True)
class Hundred:
    """The seats of FY2025, which stand for 100: median over replications with the 10-90 % band."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Seats:
    """Contracted and needed seats by month, in seats or relative to each replication's seats of FY2025.

    ``hundred``: what 100 stands for, while nobody has entered the seats; ``None`` once the planner has entered numbers
    of their own (actual figures too), or published ones are logged: then seats are shown as they are.
    """

    there: Band
    needed: Band
    hundred: Hundred | None

    @property
    def unit(self) -> str:
        """``index`` or ``seats``."""
        return "seats" if self.hundred is None else "index"


def seats(data: RunData, centre: str) -> Seats:
    """A centre's seats, contracted and needed."""
    there, needed = (series.band(seats_by_month(data, centre, name)) for name in ("seats", "seats_needed"))
    return Seats(there, needed, _hundred(data, centre))


def hundred(found: Hundred) -> dict[str, Value]:
    """What 100 stands for: the year, and its seats with their band."""
    ends = {"seats": found.median, "low": found.low, "high": found.high}
    return {"year": Period.of_year(INDEX_YEAR, whole=True), **{key: Number(n) for key, n in ends.items()}}


def seats_by_month(data: RunData, centre: str, name: str) -> pd.DataFrame:
    """Seats of one kind by month, a column a replication: relative to those of FY2025 while these are not known."""
    found = series.stock(data, f"{CENTRES[centre]}_{name}")
    return 100 * series.ratio(found, _of_fy2025(data, centre)) if _unknown(data, centre) else found


def _of_fy2025(data: RunData, centre: str) -> pd.DataFrame:
    return series.stock(data, f"{CENTRES[centre]}_seats_fy2025")


def _hundred(data: RunData, centre: str) -> Hundred | None:
    if not _unknown(data, centre):
        return None
    there = _of_fy2025(data, centre).iloc[0]
    low, median, high = (float(there.quantile(share)) for share in (series.LOW, 0.5, series.HIGH))
    return Hundred(median, low, high)


def _unknown(data: RunData, centre: str) -> bool:
    """Whether the seats of FY2025 are the library's assumption, and the tables tell them by replication."""
    path = f"contact.{centre}.seats"
    stated = path in data.run.replaced
    if f"{CENTRES[centre]}_seats_fy2025" not in data.stocks or data.at(path) is None:
        return False
    if not data.assumed(path) or stated or _entered(data, path):
        return False
    return bool((_of_fy2025(data, centre).to_numpy() > 0).all())


def _entered(data: RunData, path: str) -> bool:
    """Whether the planner entered the value at a path: it differs from the library's and is no library scenario's."""
    changed = any(change.path == path for change in data.run.changes)
    if not changed or data.run.library_name:
        return False
    own = Quantity.model_validate(data.at(path))
    return all(own != Quantity.model_validate(value) for value in _library_values(path))


@cache
def _library_values(path: str) -> tuple[Any, ...]:
    """What the scenarios of the library write at a path."""
    from scenarios.files.find import library

    found = []
    for file in library().values():
        value: Any = tomllib.loads(file.read_text(encoding="utf-8"))
        for part in path.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if value is not None:
            found.append(value)
    return tuple(found)
