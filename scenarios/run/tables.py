"""The tables of a run over all its replications: days, lead times, the delay ledger, counters, one for each axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from sim.calendar import month_label
from sim.declared import Axis, Fact
from sim.facts import CAUSES, CLASSES
from sim.parameters import Parameters
from sim.parts import FACTS
from sim.result import COUNTER_COLUMNS, LEAD_TIME_COLUMNS, LEDGER_COLUMNS, MEASURES, STATES, Result
from sim.streams import Ints

_DAYS = (pa.field("date", pa.date32()), pa.field("replication", pa.int64()))


def daily_table(results: Sequence[Result], parameters: Parameters, facts: Mapping[str, Fact] = FACTS) -> pa.Table:
    """A row a replication and reported day; each column's unit and meaning stand in its field's metadata."""
    columns = {name: np.concatenate([result.facts[name] for result in results]) for name in facts}
    schema = pa.schema([*_DAYS, *map(_field, facts.values())])
    return pa.table(_days(results, parameters) | columns, schema=schema)


def axis_tables(
    results: Sequence[Result], parameters: Parameters, facts: Mapping[str, Fact] = FACTS
) -> dict[str, pa.Table]:
    """For each axis a row a replication, reported day and place on it, with the facts that have it; by name of file."""
    axes = dict.fromkeys(fact.axis for fact in facts.values() if fact.axis)
    return {axis_file(axis): _along(axis, results, parameters, facts) for axis in axes}


def axis_file(axis: Axis) -> str:
    """What the table of an axis is called: ``daily_by_size_class``."""
    return f"daily_by_{axis.name}"


def _along(axis: Axis, results: Sequence[Result], parameters: Parameters, facts: Mapping[str, Fact]) -> pa.Table:
    own = [fact for fact in facts.values() if fact.axis == axis]
    days = {name: np.repeat(column, len(axis.places)) for name, column in _days(results, parameters).items()}
    rows = len(days["date"])
    place = pa.DictionaryArray.from_arrays(np.arange(rows, dtype=np.int32) % len(axis.places), list(axis.places))
    columns = {fact.name: np.concatenate([result.along[fact.name].ravel() for result in results]) for fact in own}
    schema = pa.schema([*_DAYS, pa.field(axis.name, place.type), *map(_field, own)])
    return pa.table(days | {axis.name: place} | columns, schema=schema)


def _days(results: Sequence[Result], parameters: Parameters) -> dict[str, Any]:
    days = (parameters.end - parameters.start).days + 1
    dates = np.arange(np.datetime64(parameters.start), np.datetime64(parameters.start) + days)
    return {"date": np.tile(dates, len(results)), "replication": np.repeat(np.arange(1, len(results) + 1), days)}


def _field(fact: Fact) -> pa.Field:
    return pa.field(fact.name, pa.int64(), metadata={"unit": fact.unit, "meaning": fact.meaning})


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


def counters_table(results: Sequence[Result]) -> pa.Table:
    """Persons by fiscal year and municipality (``sim.result.COUNTER_COLUMNS``)."""
    rows = np.concatenate([np.zeros((0, len(COUNTER_COLUMNS)), dtype=np.int64), *(one.counters for one in results)])
    replication = np.repeat(np.arange(1, len(results) + 1), [len(one.counters) for one in results])
    return pa.table({"replication": replication, **dict(zip(COUNTER_COLUMNS, rows.T.astype(np.int32), strict=True))})


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
