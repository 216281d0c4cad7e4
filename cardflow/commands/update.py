"""``cardflow update``: a finished run beside the months that have come. Nothing is simulated."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cardflow.life import Life, answering
from sim.message import Message


@answering(Message("Folder; runs/update/SCENARIO/DIGEST by default."), simulates=False)
def update(
    life: Life,
    folder: Annotated[Path, typer.Argument(metavar=Message("RUN"), help=Message("A run folder."))],
    actuals: Annotated[
        Path,
        typer.Argument(
            metavar=Message("ACTUALS"), help=Message("What came (.xlsx or .csv, see actuals-template), month by month.")
        ),
    ],
) -> None:
    """Weigh a finished run by the months that have come, and hold all forecasts against them."""
    from scenarios.update.update import read, update
    from scenarios.workbook.rules import read_actuals

    with life.judging() as wrong:
        figures = wrong.tried(read_actuals, actuals)
        wrong.tried(read, folder, life.folder)
    assert figures is not None
    found = update(folder, figures, life.folder)
    life.answer(lambda: found)
