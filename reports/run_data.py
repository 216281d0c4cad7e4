"""A run folder read once: scenario, run and summary as data, the daily and lead-time tables as frames."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from reports import evidence
from reports.evidence import Evidence
from scenarios import records
from scenarios.run.record import Run, Summary
from scenarios.track.record import Record, place_of
from scenarios.track.scored import Scored, scored
from sim.calendar import months_between
from sim.parts import FACTS, STOCKS


@dataclass(frozen=True)
class RunData:
    """What a run folder holds, with the daily facts by month.

    ``flows``: sums by month, ``stocks``: means of the month at midnight; both indexed by (month,
    replication), with a column a fact. ``months``: every reported month, in order, such as ``2026-04``. ``actuals``:
    what charts draw of the planner's own figures (実績), where the run started from them. ``ahead``: months of earlier
    forecasts that have come, as the track record that the run belongs to has them.
    """

    folder: Path
    scenario: Mapping[str, Any]
    run: Run
    summary: Summary
    months: tuple[str, ...]
    flows: pd.DataFrame
    stocks: pd.DataFrame
    lead_times: pd.DataFrame
    ledger: pd.DataFrame
    counters: pd.DataFrame
    known: Mapping[str, Evidence]
    actuals: Mapping[str, Any] | None = None
    ahead: tuple[Scored, ...] = ()

    @cached_property
    def flow_tables(self) -> Mapping[str, pd.DataFrame]:
        """Each flow with a row a reported month, in order, and a column a replication."""
        return self._tables(self.flows.fillna(0))

    @cached_property
    def stock_tables(self) -> Mapping[str, pd.DataFrame]:
        """Each stock, the same way."""
        return self._tables(self.stocks)

    def _tables(self, facts: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
        whole = facts.unstack("replication").reindex(list(self.months))
        return {name: pd.DataFrame(whole[name]) for name in facts.columns}

    @property
    def replications(self) -> int:
        """Number of replications that the run asked for."""
        return self.run.replications

    def assumed(self, path: str) -> bool:
        """Whether the value at a path is an assumption (仮定値)."""
        return evidence.assumed(path, self.known)

    def at(self, path: str) -> Any:
        """The scenario's value at a path such as ``targets.issue_days``; ``None`` where there is none."""
        value: Any = self.scenario
        for name in path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        return value


def read(folder: Path) -> RunData:
    """Read a finished run folder; raises ``FileNotFoundError`` where a file is missing."""
    run = records.read(Run, folder)
    as_read = {"split_blocks": True}  # a column each, as the file has them: all in one would be all of it once more
    daily = pd.read_parquet(folder / "daily.parquet", engine="pyarrow", to_pandas_kwargs=as_read)
    names = [name for name in daily.columns if name not in ("date", "replication")]
    stocks = [name for name in names if name in STOCKS or name not in FACTS]
    grouped = daily.groupby([_months(daily["date"]), "replication"])
    return RunData(
        folder=folder,
        scenario=tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8")),
        run=run,
        summary=records.read(Summary, folder),
        months=months_between(run.first_day, run.last_day),
        flows=grouped[[name for name in names if name not in stocks]].sum(),
        stocks=grouped[stocks].mean(),
        lead_times=pd.read_parquet(folder / "lead_times.parquet"),
        ledger=pd.read_parquet(folder / "ledger.parquet"),
        counters=pd.read_parquet(folder / "counters.parquet"),
        known=evidence.load(),
        actuals=_json(folder / "actuals.json") if run.actuals else None,
        ahead=tuple(one for one in scored(Record(place_of(folder)).lines()) if one.ahead),
    )


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _months(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days).dt.strftime("%Y-%m").rename("month")
