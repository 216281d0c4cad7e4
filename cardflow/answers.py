"""Answers of the public Python API: a folder, the record in it, and its tables as pandas frames."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from scenarios.clock.clock import listed
from scenarios.errors import UserError
from scenarios.folder.folder import Folder
from scenarios.records import as_json
from sim.message import Message

_DECIDING = [
    "id",
    "period",
    "value",
    "low",
    "high",
    "probability",
    "verdict",
    "first_breach",
    "driver",
    "driver_forecast_low",
    "driver_forecast_high",
    "margin_80",
    "margin_80_low",
    "margin_80_high",
]


@dataclass(frozen=True)
class Answer:
    """A finished answer: its folder, and its ``record``, which is what stands in ``file`` there."""

    folder: Path
    record: Any

    kind: ClassVar[str]
    file: ClassVar[str]

    def write_report(self, lang: str = "en") -> Path:
        """Draw the charts and write the page; its path.

        Raises:
            UserError: if the folder holds another answer by now, or cannot be written.
        """
        from reports.pages import page_of  # charts take a second to load

        with Folder(self.folder, option="") as folder:
            folder.reopen(self.kind)
            stored = json.loads((self.folder / self.file).read_text(encoding="utf-8"))
            if stored != json.loads(json.dumps(as_json(self.record))):
                rule = Message("holds the answer to another question by now: give this one again")
                raise UserError(str(self.folder), [rule])
            return page_of(folder, lang)


class Table:
    """A table of an answer: what its record has under a key, or what is made of the answer."""

    def __init__(self, rows: str | Callable[[Any], Any]) -> None:
        self._rows = rows

    def __get__(self, answer: Answer, kind: type[Answer]) -> pd.DataFrame:
        """The table as a frame."""
        return pd.DataFrame(as_json(answer.record)[self._rows] if isinstance(self._rows, str) else self._rows(answer))


class Stored(Table):
    """A table that stands in the folder as Parquet."""

    def __init__(self, file: str) -> None:
        super().__init__(lambda answer: pd.read_parquet(answer.folder / file))


class Record:
    """The record of an answer as it stands in its file, by the name of that."""

    def __get__(self, answer: Answer, kind: type[Answer]) -> Mapping[str, Any]:
        """The keys of the file with their values."""
        content: Mapping[str, Any] = as_json(answer.record)
        return content


class Run(Answer):
    """A finished run."""

    kind, file = "run", "summary.json"
    summary = Record()
    targets = Table("targets")
    """Every row of ``targets`` in ``summary.json``."""
    verdicts = Table(lambda run: _deciding(run.targets))
    """The deciding rows by fiscal year, of all years together (``years``) and of the run.

    Target, value, probability, verdict, margin, all with intervals.
    """
    daily = Stored("daily.parquet")
    """A row a day and replication; units are documented in ``sim.facts`` and in the file's metadata."""
    lead_times = Stored("lead_times.parquet")
    """Counts of cards by month of receipt, class and days."""
    counters = Stored("counters.parquet")
    """Persons at the counters by replication, fiscal year and municipality."""


def _deciding(rows: pd.DataFrame) -> pd.DataFrame:
    chosen = rows[rows["decides"] & ~rows["period"].str.fullmatch(r"\d{4}-\d{2}")]
    return chosen[_DECIDING].reset_index(drop=True)


class Comparison(Answer):
    """A finished comparison."""

    kind, file = "compare", "comparison.json"
    comparison = Record()
    rows = Table("rows")
    """Every row of ``rows`` in ``comparison.json``: values, paired difference with interval, clear or chance.

    Those of the kind ``probability`` decide: how likely each target is met over the whole period.
    """
    clear = Table(lambda found: found.rows[found.rows["clear"].eq(True)].reset_index(drop=True))
    """The rows whose difference chance does not explain."""


class Sweep(Answer):
    """A finished sweep."""

    kind, file = "sweep", "sweep.json"
    sweep = Record()
    rows = Table(lambda found: as_json(found.record.found.told))
    """What targets and key figures say at each point by year; of a screening, the effects of its inputs.

    With ``draws`` the rank correlations of what is not known.
    """
    replications = Stored("sweep.parquet")
    """A row a point, replication and statistic."""


class Clock(Answer):
    """A finished decision clock."""

    kind, file = "clock", "clock.json"
    clock = Record()
    rows = Table(lambda found: as_json(listed(found.record)))
    """A row a trip-wire with its rates on held-out replications; one for a target and year without any."""
    dates = Table(
        lambda found: [
            {"target": event.target, "period": event.period, "probability": event.probability} | as_json(resource)
            for event in found.record.events
            for resource in event.resources
        ]
    )
    """A row a resource that can mend a target in a year in which it breaks, with the last dates to act."""


class Ledger(Answer):
    """A finished delay ledger."""

    kind, file = "ledger", "ledger.json"
    ledger = Record()
    causes = Table("ledger")
    """Late cards, their days by cause, and lost calls by cause, by fiscal year with intervals."""
    targets = Table("targets")
    """How often each target is met over all years, as the scenario is and with one unit more: what decides."""
    prices = Table("rows")
    """What one more unit of each resource saves by fiscal year: difference with interval, clear or chance."""


class Sized(Answer):
    """A finished sizing."""

    kind, file = "size", "size.json"
    size = Record()
    rows = Table("rows")
    """Least level by resource and period, the probability that all targets hold with its interval, and the cost."""


class Update(Answer):
    """A finished update."""

    kind, file = "update", "update.json"
    update = Record()
    targets = Table(
        lambda found: [
            {f"{when}_{key}": value for when, row in pair.items() for key, value in row.items()}
            for pair in as_json(found.record.targets)
        ]
    )
    """The targets by fiscal year: each column of ``summary.json`` before and after, such as ``after_verdict``."""
    track = Table("track")
    """Every month of every earlier forecast that has come."""
