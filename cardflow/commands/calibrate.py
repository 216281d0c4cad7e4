"""``cardflow calibrate``: uncertain values fitted to what was published."""

from __future__ import annotations

from pathlib import Path

from cardflow.life import SIMULATING, Life, command
from sim.message import Message


@command(*SIMULATING)
def calibrate(life: Life, *, only: str | None = None, actuals: Path | None = None, budget: int | None = None) -> None:
    """Fit uncertain values to published figures; say what these pin down and what not."""
    from calibration.calibrate import CalibrateOptions, calibrate, refuse
    from reports.validation.calibrated import screen

    options = life.options(CalibrateOptions)
    with life.judging() as wrong:
        wrong.tried(refuse, options)
    with life.progress(Message("calibrate")) as progress:
        fits = calibrate(life.folder, options, progress)
    life.show(lambda: fits, lambda: life.words(screen(fits, life.folder.path)))
