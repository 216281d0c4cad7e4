"""What is not known, as it comes with the program (made by ``cardflow calibrate``, see ``calibration.joint``)."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

import numpy as np

from scenarios.records import read
from scenarios.unknowns_record import JointDraws
from sim.schedule import Quantity
from sim.unknowns import Unknowns

_FOLDER = resources.files("scenarios") / "library" / "unknowns"


@cache
def load_unknowns() -> Unknowns:
    """The joint draws of all parameters that nobody knows, narrowed by what was published."""
    from pyarrow import parquet  # late: it takes as long to import as everything else

    told = record()
    with resources.as_file(_FOLDER / "joint.parquet") as path:
        table = parquet.ParquetFile(path).read(use_threads=False)
    columns = [np.array(column.to_pylist()) for column in table.columns]  # other ways load pandas, large and slow
    return Unknowns(
        quantities={path: Quantity.model_validate(told.written[path]) for path in table.column_names},
        positions=np.column_stack(columns),
        central=told.central,
        digest=told.digest,
        hindsight=told.hindsight,
        sequence=np.array(told.sequence),
    )


@lru_cache(maxsize=4)
def unknowns_of(draws: tuple[int, ...] | None) -> Unknowns:
    """The joint draws, or those of them that what came has left (``scenarios.update.narrow``)."""
    return load_unknowns() if draws is None else load_unknowns().chosen(draws)


@cache
def record() -> JointDraws:
    """What is said of them: version and digest, how each parameter was written, which figure narrowed what."""
    with resources.as_file(_FOLDER) as folder:
        return read(JointDraws, folder)
