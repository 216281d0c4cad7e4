"""The tables of a run over all its replications: days, lead times, and the delay ledger, in words instead of codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from sim.calendar import month_label
from sim.facts import CAUSES, CLASSES, FACTS
from sim.parameters import Parameters
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, MEASURES, STATES, Result
from sim.streams import Ints


def daily_table(results: Sequence[Result], parameters: Parameters) -> pa.Table:
    """A row a replication and reported day; each column's unit and meaning stand in its field's metadata."""
    days = (parameters.end - parameters.start).days + 1
    dates = np.arange(np.datetime64(parameters.start), np.datetime64(parameters.start) + days)
    columns: dict[str, Any] = {
        "date": np.tile(dates, len(results)),
        "replication": np.repeat(np.arange(1, len(results) + 1), days),
        **{name: np.concatenate([result.facts[name] for result in results]) for name in FACTS},
    }
    fields = [pa.field("date", pa.date32()), pa.field("replication", pa.int64())]
    fields += [pa.field(f.name, pa.int64(), metadata={"unit": f.unit, "meaning": f.meaning}) for f in FACTS.values()]
    return pa.table(columns, schema=pa.schema(fields))


def lead_time_table(results: Sequence[Result]) -> pa.Table:
    """Counts of cards by month of receipt, class, measure and days."""
    shared, column = _decoded([result.lead_times for result in results], LEAD_TIME_COLUMNS)
    return pa.table(
        {
            **shared,
            "measure": np.array(MEASURES)[column["measure"]],
            "days": column["days"],
            "touches_closure": column["touches_closure"].astype(bool),
            "exception": column["exception"].astype(bool),
            "state": np.array(STATES)[column["state"]],
            "cards": column["cards"],
        }
    )


def ledger_table(results: Sequence[Result]) -> pa.Table:
    """Card-days by month of receipt, class and cause, of late cards and others, with and without the closure."""
    shared, column = _decoded([result.ledger for result in results], LEDGER_COLUMNS)
    return pa.table(
        {
            **shared,
            "cause": np.array(CAUSES)[column["cause"]],
            "late": column["late"].astype(bool),
            "touches_closure": column["touches_closure"].astype(bool),
            "card_days": column["card_days"],
        }
    )


def _decoded(tables: Sequence[Ints], names: Sequence[str]) -> tuple[dict[str, Any], dict[str, Ints]]:
    """The replication, month and class that every coded table has, in words; and all its columns by name."""
    rows = np.concatenate([np.zeros((0, len(names)), dtype=np.int64), *tables])
    column = {name: rows[:, position] for position, name in enumerate(names)}
    shared = {
        "replication": np.repeat(np.arange(1, len(tables) + 1), [len(table) for table in tables]),
        "month": np.array([month_label(int(number)) for number in column["month"]], dtype=object),
        "class": np.array(CLASSES)[column["express"]],
    }
    return shared, column
