"""The table of equally likely draws that every run takes its unknowns from, and the record of how it was made.

``joint.parquet`` holds a column for each uncertain quantity and a row for each draw, as 32-bit positions in the ranges;
``joint.json`` says how each quantity was written, which row is the middle, and what narrowed what.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from calibration.joint.coordinates import Coordinates, to_positions
from calibration.joint.order import evened, placed, shuffled
from sim.streams import Floats

_EDGE = 1e-6
"""Positions in 32 bits stay this far from 0 and 1."""


@dataclass(frozen=True)
class Table:
    """Positions, one row a draw and one column a quantity, and the row of the middle."""

    names: tuple[str, ...]
    positions: Floats
    central: int


def table(
    coordinates: Coordinates, z: Floats, central: Floats, narrowed: frozenset[str], active: frozenset[str], seed: int
) -> Table:
    """The table of draws that are in their order already.

    Columns of ``narrowed`` unknowns are as drawn; the others are exactly even, in the ranks as drawn where any figure
    depends on them (``active``), else in an order by lot. The middle row has the position ``central`` says for each
    unknown; where a column is even, by trading values with another row.
    """
    generator = np.random.default_rng([seed, 5])
    row, columns = int(np.argmin(((z - central) ** 2).sum(axis=1))), []
    middle = to_positions(central)
    for column, name in enumerate(coordinates.quantities):
        if name in narrowed:
            u = to_positions(z[:, column])
            u[row] = middle[column]
        else:
            drawn = evened(z[:, column]) if name in active else shuffled(len(z), generator)
            u = placed(drawn, row, float(middle[column]))
        columns.append(np.clip(u, _EDGE, 1 - _EDGE).astype(np.float32))
    return Table(tuple(coordinates.quantities), np.column_stack(columns), row)


def written(coordinates: Coordinates) -> dict[str, Any]:
    """How each quantity was written when the draws were made."""
    return {path: json.loads(quantity.model_dump_json()) for path, quantity in coordinates.quantities.items()}


def digest(made: Table, record: dict[str, Any]) -> str:
    """Stands for the positions and for how the quantities were written."""
    content = hashlib.blake2b(made.positions.astype("<f4").tobytes(), digest_size=8)
    content.update(json.dumps([made.names, made.central, record["written"]], sort_keys=True).encode())
    return content.hexdigest()


def write_table(made: Table, path: Path) -> None:
    """Write the positions."""
    columns = {name: made.positions[:, at] for at, name in enumerate(made.names)}
    pq.write_table(pa.table(columns), path, compression="zstd", use_dictionary=False)
