"""The replications of a finished run, read back from the tables in its folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from pyarrow import ArrowInvalid

from scenarios.errors import UserError
from scenarios.experiment.experiment import Point
from scenarios.files.load import load
from scenarios.margin import job as margin
from scenarios.records import read
from scenarios.run.record import Run
from scenarios.run.tables import axis_file
from sim.calendar import Calendar, Period, month_label
from sim.facts import CAUSES, CLASSES
from sim.message import Message
from sim.parameters import Parameters
from sim.parts import FACTS
from sim.result import COUNTER_COLUMNS, LEAD_TIME_COLUMNS, LEDGER_COLUMNS, MEASURES, STATES, Result
from sim.streams import Ints

_CODED = {"express": CLASSES, "measure": MEASURES, "state": STATES, "cause": CAUSES}
"""Words of columns by the place that stands for each."""


@dataclass(frozen=True)
class Reopened:
    """A run as its folder keeps it: each fact by replication and reported day, ``along`` by place on its axis too."""

    folder: Path
    run: Run
    parameters: Parameters
    daily: dict[str, Ints]
    along: dict[str, Ints]
    lead_times: tuple[Ints, ...]
    ledger: tuple[Ints, ...]
    counters: tuple[Ints, ...]

    @property
    def replications(self) -> int:
        """How many there are."""
        return len(self.lead_times)

    @property
    def point(self) -> Point:
        """What was simulated."""
        run = self.run
        return Point(run.scenario, self.parameters, run.seed, run.chance_only, run.draws)

    @cached_property
    def months(self) -> dict[str, slice]:
        """The reported months, such as ``2026-04``, with their days."""
        calendar = Calendar(self.parameters.start, self.parameters.end)
        return {month_label(number): days for number, days in calendar.months()}

    @cached_property
    def margins(self) -> list[margin.Found]:
        """What each replication bears; nothing where nobody looked for that, or where it is not kept any more.

        Finished work stands in the run's folder, or beside it where nobody named one.
        """
        numbers = range(1, self.replications + 1)
        places = (self.folder, self.folder.parent)
        found = (margin.known(self.point, numbers, place / "kept") for place in places)
        return next((each for each in found if each), []) if self.run.margin else []

    def results(self) -> list[Result]:
        """Each replication as it was simulated."""
        tables = enumerate(zip(self.lead_times, self.ledger, self.counters, strict=True))
        return [
            Result(_of(i, self.daily), leads, days, _of(i, self.along), places) for i, (leads, days, places) in tables
        ]


def _of(replication: int, tables: Mapping[str, Ints]) -> dict[str, Ints]:
    return {name: values[replication] for name, values in tables.items()}


def reopened(folder: Path) -> Reopened:
    """Read a folder that ``scenarios.folder`` has found to be a finished run's, whole and of this version.

    Raises:
        UserError: if its tables do not belong together.
    """
    run = read(Run, folder)
    parameters = load(str(folder / "scenario.toml")).parameters
    count, days = run.replications, (parameters.end - parameters.start).days + 1
    try:
        daily = pq.read_table(folder / "daily.parquet")
        facts = {name: daily.column(name).to_numpy().reshape(count, days) for name in FACTS}
        along = _along(folder, count, days)
        lead_times = _coded(folder / "lead_times.parquet", LEAD_TIME_COLUMNS, count)
        ledger = _coded(folder / "ledger.parquet", LEDGER_COLUMNS, count)
        counters = _coded(folder / "counters.parquet", COUNTER_COLUMNS, count)
    except (KeyError, ValueError, ArrowInvalid):
        raise UserError(str(folder), [Message("holds tables that do not belong to its run: run it again")]) from None
    return Reopened(folder, run, parameters, facts, along, lead_times, ledger, counters)


def _along(folder: Path, count: int, days: int) -> dict[str, Ints]:
    """The facts that have an axis, by replication, reported day and place."""
    found = {}
    for name, axis in ((name, fact.axis) for name, fact in FACTS.items() if fact.axis):
        table = pq.read_table(folder / f"{axis_file(axis)}.parquet", columns=[name])
        found[name] = table.column(name).to_numpy().reshape(count, days, len(axis.places))
    return found


def _coded(path: Path, names: Sequence[str], count: int) -> tuple[Ints, ...]:
    """A table by replication in whole numbers, as ``sim.result`` has it."""
    table = pq.read_table(path)
    replication = table.column("replication").to_numpy()
    columns = np.column_stack([_numbers(name, table.column("class" if name == "express" else name)) for name in names])
    if len(replication) and not 1 <= replication.min() <= replication.max() <= count:
        raise ValueError("a replication that is not the run's")
    return tuple(columns[replication == number] for number in range(1, count + 1))


def _numbers(name: str, column: Any) -> Ints:
    """A column in whole numbers: months as month numbers, words as their places."""
    if name not in _CODED and name != "month":
        return np.asarray(column.to_numpy(), dtype=np.int64)
    words, places = np.unique(np.array(column.to_pylist(), dtype=str), return_inverse=True)
    return np.array([_place(name, str(word)) for word in words], dtype=np.int64)[places]


def _place(name: str, word: str) -> int:
    return Period(word).month if name == "month" else _CODED[name].index(word)
