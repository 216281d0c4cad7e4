"""When there are enough replications: a sequential stopping rule on the widest interval of all that decides.

The first batch is simulated; while the widest 95 % half-width h is above the one asked for (P), n replications become
n (h / P)^2, as a half-width shrinks with the square root of their number, but at most twice as many a round (Law,
*Simulation Modeling and Analysis*, 9.4.1).

Stopping at the first interval that is narrow enough favours samples that spread too little by luck, so the intervals
reported hold the truth less often than 95 %. Measured over 4,000 seeds (``tests/model/test_interval_coverage.py``
repeats it with fewer): where replications are normal 93 % from a first batch of 5 and 95 % from one of 20; where they
are as skewed as an exponential 84 % from 5 and 90 % from 20, of which a fixed 20 already lose 3 points without any
stopping. So start from 20, the usual number, where intervals matter. What no replication has shown yet (a rare
breakdown) widens no interval.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.errors import Mistake, UserError
from scenarios.run.judge import mean_interval
from scenarios.run.record import Precision
from sim.message import Message
from sim.targets import Statistic

LEAST = 5
"""Replications of the first batch at least: the spread of fewer says next to nothing."""
MOST = 200
"""Where to stop unless told otherwise."""


@dataclass(frozen=True)
class Width:
    """An interval of a deciding statistic: what it is of, as ``Row.judged`` says it, and its half-width.

    ``half`` is absolute for shares and availability and relative to the threshold for others; infinite while a
    statistic has fewer than two values.
    """

    judged: str
    period: str
    half: float


@dataclass(frozen=True)
class Reached:
    """How far a run got: the precision asked for, the most replications allowed, and the widest interval, if any."""

    asked: float
    most: int
    widest: Width | None

    @property
    def half(self) -> float:
        """The half-width of the widest interval; 0 where nothing decides."""
        return self.widest.half if self.widest else 0.0

    @property
    def record(self) -> Precision:
        """What stands in ``run.json``; a width that is not known yet is null."""
        width = self.widest
        return Precision(
            asked=self.asked,
            most=self.most,
            reached=self.half <= self.asked,
            widest=width.half if width and math.isfinite(width.half) else None,
            widest_id=width.judged if width else None,
            widest_period=width.period if width else None,
        )


def refuse(precision: float | None, most: int, replications: int) -> None:
    """Refuse a precision that no number of replications can have, and a limit below the first batch.

    Raises:
        UserError: with both, where both are wrong.
    """
    mistakes = []
    if precision is not None and not (math.isfinite(precision) and precision > 0):
        mistakes.append(
            Mistake(Message("--precision {precision:g}: must be a number above 0, such as 0.005", precision=precision))
        )
    if most < (first := first_batch(replications)):
        mistakes.append(
            Mistake(
                Message(
                    "--most {most}: must be at least {first}, the replications of the first batch",
                    most=most,
                    first=first,
                )
            )
        )
    if mistakes:
        raise UserError("replications" if precision is None else "precision", mistakes)


def first_batch(replications: int) -> int:
    """Replications before the first look."""
    return max(replications, LEAST)


def reached(replications: Sequence[Sequence[Statistic]], precision: float, most: int) -> Reached:
    """Look for the widest interval of the deciding statistics of years and of the run, months left out.

    ``replications`` holds the statistics of each, in the same order. A statistic without a value is not looked at.
    """
    widths = []
    for same in zip(*replications, strict=True):
        values = [statistic.value for statistic in same if statistic.value is not None]
        first = same[0]
        if values and first.threshold is not None and not first.period.monthly:
            widths.append(Width(first.judged, first.period, _half_width(values, first.threshold)))
    return Reached(precision, most, max(widths, key=lambda width: width.half, default=None))


def _half_width(values: Sequence[float], threshold: float) -> float:
    """Of the 95 % interval of the mean. Shares have thresholds up to 1, so only those of counts and days divide."""
    low, high = mean_interval(values)
    return math.inf if low is None or high is None else (high - low) / 2 / max(threshold, 1.0)


def next_count(replications: int, half: float, precision: float, most: int) -> int:
    """How many replications to have next; as many as there are once that is enough, or the most."""
    if half <= precision:
        return replications
    ratio = min(half / precision, math.sqrt(2))  # infinite, too
    return min(max(math.ceil(replications * ratio**2 - 1e-9), replications + 1), most)
