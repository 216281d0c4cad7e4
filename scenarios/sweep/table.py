"""``sweep.parquet``: what every replication of every point says, a row a statistic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.sweep.design import Spot
from scenarios.sweep.responses import Answers
from sim.parameters import Parameters


@dataclass(frozen=True)
class Block:
    """The points of one design (``grid``, ``latin``, ``morris``, ``one_at_a_time``, ``sobol``) and what each says."""

    design: str
    spots: Sequence[Spot]
    told: Sequence[Answers]


_FIXED = {
    "design": (pa.dictionary(pa.int32(), pa.string()), "", "how the point was chosen"),
    "point": (pa.int32(), "", "number of the point in its design, from 1"),
    "replication": (pa.int32(), "", "number of the replication, from 1: points share its luck"),
    "id": (pa.dictionary(pa.int32(), pa.string()), "", "target with its part, or key figure"),
    "period": (pa.dictionary(pa.int32(), pa.string()), "", "fiscal year, month, all, or years"),
    "statistic": (pa.dictionary(pa.int32(), pa.string()), "", "the one that decides the target; total"),
    "value": (pa.float64(), "by statistic", "the replication's value; null where not tested"),
    "met": (pa.bool_(), "", "whether the target was met; null for key figures and where not tested"),
}


_POINTS = 20
"""In memory at a time."""


def write(path: Path, blocks: Iterable[Block], paths: Sequence[str]) -> None:
    """Write a column a varied path (its value on the first reported day; null where it was not moved), then ours."""
    schema = _schema(paths)
    with pq.ParquetWriter(path, schema) as writer:
        for block in blocks:
            for first in range(0, len(block.spots), _POINTS):
                writer.write_table(pa.table(_columns(block, first, paths), schema=schema))


def _columns(block: Block, first: int, paths: Sequence[str]) -> dict[str, list[Any]]:
    """The columns of some points of a block, from the one at place ``first`` on."""
    columns: dict[str, list[Any]] = {name: [] for name in (*paths, *_FIXED)}
    some = slice(first, first + _POINTS)
    for number, (spot, answers) in enumerate(zip(block.spots[some], block.told[some], strict=True), start=first + 1):
        for replication, told in enumerate(answers, start=1):
            size = len(told)
            for path in paths:
                columns[path] += [spot.values.get(path)] * size
            columns["design"] += [block.design] * size
            columns["point"] += [number] * size
            columns["replication"] += [replication] * size
            for name, values in zip(("id", "period", "statistic"), zip(*told, strict=True), strict=True):
                columns[name] += values
            columns["value"] += [one.value for one in told.values()]
            columns["met"] += [one.met for one in told.values()]
    return columns


def _schema(paths: Sequence[str]) -> pa.Schema:
    fields = [pa.field(path, pa.float64(), metadata=described(path)) for path in paths]
    fields += [
        pa.field(name, kind, metadata={"unit": unit, "meaning": meaning})
        for name, (kind, unit, meaning) in _FIXED.items()
    ]
    return pa.schema(fields)


def described(path: str) -> dict[str, str]:
    """Unit and meaning of a parameter, as its model says."""
    *sections, name = path.split(".")
    model: Any = Parameters
    for step in sections:
        model = model.model_fields[step].annotation
    field = model.model_fields[name]
    return {"unit": str((field.json_schema_extra or {}).get("unit", "")), "meaning": field.description or name}
