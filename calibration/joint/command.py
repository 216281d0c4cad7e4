"""The making of the joint distribution as a part of ``cardflow calibrate``: how much work it is, and its progress."""

from __future__ import annotations

from calibration.joint.make import Size, Tick, make
from calibration.joint.record import Made
from calibration.joint.walks import Keep
from scenarios.experiment.cost import Work
from scenarios.experiment.progress import Progress

NAME = "joint"
MADE = "joint is made"
"""The key under which it is kept that all evaluations are there."""
_WALK, _YEAR = Work(1, 0.35), Work(1, 1.5)
"""What an evaluation takes, as ``scenarios.experiment.cost`` counts it."""


def work(size: Size | None = None) -> Work:
    """All evaluations of a making."""
    size = size or Size()
    return _WALK * sum(size.walks) + _YEAR * (size.years + size.wholes)


def made(seed: int, keep: Keep, progress: Progress, size: Size | None = None) -> Made:
    """The table and its record, told of as it is made."""
    tick = Tick(lambda: progress.done(_WALK), lambda: progress.done(_YEAR))
    return make(seed, size or Size(), keep, tick)
