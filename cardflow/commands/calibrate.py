"""``cardflow calibrate``: uncertain values fitted to what was published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cardflow import options as own
from cardflow.life import Life, answering
from sim.message import Message


@answering(Message("Folder; runs/calibration/DIGEST by default."))
def calibrate(
    life: Life,
    only: Annotated[
        str | None,
        own.asked(Message("NAME"), Message("Fit one problem only, such as holders or lead_times.")),
    ] = None,
    actuals: Annotated[
        Path | None,
        own.asked(Message("FILE"), Message("Your own figures (.xlsx or .csv, see actuals-template) are fitted too.")),
    ] = None,
    budget: Annotated[
        int | None,
        own.option(own.EVIDENCE, Message("Evaluations of each fit at most; 200 by default."), metavar="N", min=1),
    ] = None,
) -> None:
    """Fit uncertain values to published figures; say what these pin down and what not."""
    from calibration.calibrate import CalibrateOptions, calibrate, refuse
    from reports.faces import terminal
    from reports.validation.calibrated import screen

    options = life.options(CalibrateOptions)
    with life.judging() as wrong:
        wrong.tried(refuse, options)
    with life.progress(Message("calibrate")) as progress:
        fits = calibrate(life.folder, options, progress)
    life.show(lambda: fits, lambda: terminal.told(screen(fits, life.folder.path), life.lang, life.encoding))
