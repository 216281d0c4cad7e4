"""What the record says of each unknown, for readers: its range before and after conditioning, and what narrowed it."""

from __future__ import annotations

import numpy as np

from calibration.joint.coordinates import Coordinates
from calibration.record import Unknown, Unknowns
from scenarios.run.monthly import BAND
from scenarios.unknowns import load_unknowns, record
from scenarios.unknowns_record import NarrowedUnknown
from sim.parameters import Parameters
from sim.streams import Floats


def shown(parameters: Parameters) -> Unknowns:
    """The unknowns in the order of the model; ranges hold the middle eight tenths, as those of figures do.

    ``effective`` is how many of the ``draws`` are left where surfaces were checked by walking the holders again.

    Args:
        parameters: of the scenario that the draws were made for, whose first day values are of.
    """
    told, unknowns, coordinates = record(), load_unknowns(), Coordinates(parameters)
    kept = {row.path: row for row in told.unknowns}
    rows = (
        _row(coordinates, path, unknowns.positions[:, column], kept[path])
        for column, path in enumerate(unknowns.quantities)
        if path in coordinates.quantities
    )
    return Unknowns(told.draws, told.effective, tuple(rows))


def _row(coordinates: Coordinates, path: str, positions: Floats, kept: NarrowedUnknown) -> Unknown:
    prior_low, prior_high = coordinates.values(path, np.array(BAND)).tolist()
    low, high = coordinates.values(path, np.quantile(positions, BAND)).tolist()
    return Unknown(path, prior_low, prior_high, low, high, kept.narrowed, kept.by)
