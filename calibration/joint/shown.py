"""What the record says of each unknown, for readers: its range before and after conditioning, and what narrowed it."""

from __future__ import annotations

from typing import Any

import numpy as np

from calibration.joint.coordinates import Coordinates
from scenarios.run.monthly import BAND
from scenarios.unknowns import load_unknowns, record
from sim.parameters import Parameters
from sim.streams import Floats


def shown(parameters: Parameters) -> dict[str, Any]:
    """The unknowns in the order of the model; ranges hold the middle eight tenths, as those of figures do.

    ``effective`` is how many of the ``draws`` are left where surfaces were checked by walking the holders again.

    Args:
        parameters: of the scenario that the draws were made for, whose first day values are of.
    """
    told, unknowns, coordinates = record(), load_unknowns(), Coordinates(parameters)
    kept = {row["path"]: row for row in told["unknowns"]}
    rows = [
        _row(coordinates, path, unknowns.positions[:, column], kept[path])
        for column, path in enumerate(unknowns.quantities)
        if path in coordinates.quantities
    ]
    return {"draws": told["draws"], "effective": told["effective"], "rows": rows}


def _row(coordinates: Coordinates, path: str, positions: Floats, kept: dict[str, Any]) -> dict[str, Any]:
    before = coordinates.values(path, np.array(BAND)).tolist()
    after = coordinates.values(path, np.quantile(positions, BAND)).tolist()
    return {
        "path": path,
        "prior_low": before[0],
        "prior_high": before[1],
        "low": after[0],
        "high": after[1],
        "narrowed": kept["narrowed"],
        "by": kept["by"],
    }
