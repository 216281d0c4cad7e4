"""Marks of a run's monthly series: a median with its band, the planner's own figures (実績), limits in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reports.charting import amounts
from reports.document import Number, Value, say
from reports.drawing import Months, Series
from reports.looks import INK, Look, line, point
from reports.run_data import RunData
from reports.series import Band, Numbers

_IN_SIGHT = 3.0
"""A limit this many times as high as the data is not drawn."""


def months(data: RunData) -> Months:
    """The reported months."""
    return Months(data.months)


def curve(band: Band, look: Look, name: Value = "") -> Series:
    """Median as a line, 10-90 % of replications as an area."""
    return Series(amounts(band.median), low=amounts(band.low), high=amounts(band.high), look=look, name=name)


def steps(values: Iterable[float], look: Look, name: Value = "", called: Value = "") -> Series:
    """Counts or limits that hold for a month each; ``called`` so in tables where they have no name."""
    return Series(amounts(values), look=look, name=name, steps=True, called=called)


def edges(total: Band, width: float, **other: Any) -> tuple[Series, ...]:
    """Where 10 and 90 % of replications of a total lie, as thin lines over its parts."""
    ends = {"low": total.low, "high": total.high}
    look = line(width=width, **other)
    return tuple(steps(end, look, called=say(f"chart.table.total_{name}")) for name, end in ends.items())


def stated(values: Numbers, known: NDArray[np.bool_] | None = None) -> tuple[Series, ...]:
    """Points of the planner's own figures in the middle of each stated month; none if nothing is stated.

    They stand on charts alone: tables leave these months out, or all in which such a figure is ``known``.
    """
    there = np.isfinite(values)
    if not there.any():
        return ()
    withheld = np.flatnonzero(there if known is None else known)
    look, name = point("diamond", INK, "white", 4, halo=True), say("actuals.point")
    return (Series(amounts(values), look=look, name=name, called=None, withheld=amounts(withheld)),)


def in_sight(limits: Sequence[Series], top: float) -> tuple[tuple[Series, ...], tuple[Value, ...]]:
    """The limits not far above data that reach up to ``top``, and words that name the others."""
    least = [min((value for value in limit.values if np.isfinite(value)), default=np.inf) for limit in limits]
    near = [0 < low <= _IN_SIGHT * max(top, 1.0) for low in least]
    off = (
        say("chart.off_chart", name=limit.name, value=Number(low, "rough"))
        for limit, low, seen in zip(limits, least, near, strict=True)
        if not seen and 0 < low < np.inf
    )
    return tuple(limit for limit, seen in zip(limits, near, strict=True) if seen), tuple(off)
