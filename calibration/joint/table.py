"""The table of equally likely draws that every run takes its unknowns from, and the record of how it was made.

``joint.parquet`` holds a column for each uncertain quantity and a row for each draw, as 32-bit positions in the ranges;
``joint.json`` says how each quantity was written, which row is the middle, and what narrowed what.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from calibration.joint.coordinates import Coordinates, to_normal, to_positions
from calibration.joint.order import evened, placed, shuffled
from scenarios.records import as_json
from scenarios.unknowns_record import JointDraws
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
    coordinates: Coordinates,
    w: Floats,
    located: Callable[[Floats], Floats],
    central: Floats,
    narrowed: frozenset[str],
    active: frozenset[str],
    seed: int,
) -> Table:
    """The table of draws that are in their order already.

    Columns of ``narrowed`` unknowns are as drawn; the others are exactly even, in the ranks as drawn where any figure
    depends on them (``active``), else in an order by lot. Only then are seats found (``located``), so that each row
    answers what its draw answered. The middle row has the position ``central`` says for each unknown; where a column is
    even, by trading values with another row.

    Args:
        coordinates: of the unknowns.
        w: draws in the sampler's coordinates.
        located: from those to normal numbers of positions in the ranges.
        central: such numbers of the middle row.
        narrowed: paths of unknowns that a figure narrowed.
        active: paths of unknowns that any figure depends on.
        seed: of what is drawn by lot.
    """
    generator, columns = np.random.default_rng([seed, 5]), w.copy()
    row, middle = int(np.argmin(((located(w) - central) ** 2).sum(axis=1))), to_positions(central)
    even = [column for column, name in enumerate(coordinates.quantities) if name not in narrowed]
    for column, name in enumerate(coordinates.quantities):
        if column in even:
            drawn = evened(w[:, column]) if name in active else shuffled(len(w), generator)
            columns[:, column] = to_normal(placed(drawn, row, float(middle[column])))
    positions = to_positions(located(columns))
    as_drawn = np.setdiff1d(np.arange(len(middle)), even)
    positions[row, as_drawn] = middle[as_drawn]
    return Table(tuple(coordinates.quantities), np.clip(positions, _EDGE, 1 - _EDGE).astype(np.float32), row)


def written(coordinates: Coordinates) -> dict[str, Any]:
    """How each quantity was written when the draws were made."""
    return {path: json.loads(quantity.model_dump_json()) for path, quantity in coordinates.quantities.items()}


def digest(made: Table, record: JointDraws) -> str:
    """Stands for the positions, for how the quantities were written, and for what turns them into values."""
    content = hashlib.blake2b(made.positions.astype("<f4").tobytes(), digest_size=8)
    told = [made.names, made.central, record.sequence, record.written, record.hindsight]
    content.update(json.dumps(as_json(told), sort_keys=True).encode())
    return content.hexdigest()


def write_table(made: Table, path: Path) -> None:
    """Write the positions."""
    columns = {name: made.positions[:, at] for at, name in enumerate(made.names)}
    pq.write_table(pa.table(columns), path, compression="zstd", use_dictionary=False)
