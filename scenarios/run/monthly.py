"""What charts draw of several scenarios over each other: series by month, with their band over replications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.answering import attempts
from sim.calendar import Calendar, Floats, month_label
from sim.facts import CENTRES, STATIONS
from sim.parameters import Parameters
from sim.result import Result

BAND = (0.1, 0.9)
"""Quantiles of replications at the edges of a band: one band in all charts and tables. Intervals of means are 95 %."""
SERIES = (
    "applications",
    "dispatched",
    "backlog",
    "calls_answered_share",
    "helpdesk_answered_share",
    "certificates_wait_days",
)
"""Applications and cards dispatched (sums of the month), unfinished work inside the plant (cards, mean of the month at
midnight), attempts answered of those that were over in the month at either centre, mean days that those served at a
counter had waited."""


@dataclass(frozen=True)
class Band:
    """A series over replications."""

    mean: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    """by month the mean over replications and their 10 and 90 % points; null where no replication has a value"""


def months(parameters: Parameters) -> list[str]:
    """The reported months, such as ``2026-04``."""
    return [month_label(number) for number, _ in Calendar(parameters.start, parameters.end).months()]


def monthly(result: Result, parameters: Parameters) -> dict[str, Floats]:
    """One number a reported month for each of ``SERIES``; NaN where there is nothing to divide by."""
    days = [days for _, days in Calendar(parameters.start, parameters.end).months()]

    def sums(*names: str) -> Floats:
        return np.array([sum(int(result.facts[name][span].sum()) for name in names) for span in days], dtype=float)

    def answered(centre: str) -> Floats:
        rate = attempts(centre, parameters.targets.ai_reading)
        return _share(*(sums(*(f"{CENTRES[centre]}_{name}" for name in names)) for names in (rate.above, rate.below)))

    lengths = np.array([span.stop - span.start for span in days], dtype=float)
    return {
        "applications": sums("applications"),
        "dispatched": sums("dispatched_standard", "dispatched_express"),
        "backlog": sums(*(f"waiting_{station}" for station in STATIONS)) / lengths,
        **{f"{prefix}_answered_share": answered(centre) for centre, prefix in CENTRES.items()},
        "certificates_wait_days": _share(sums("slot_wait_days"), sums("certificates_renewed", "signing_reissued")),
    }


def _share(part: Floats, whole: Floats) -> Floats:
    shares: Floats = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return shares


def bands(replications: Sequence[dict[str, Floats]]) -> dict[str, Band]:
    """Of each series the band over replications by month."""
    return {name: _band(np.array([series[name] for series in replications])) for name in SERIES}


def _band(values: Floats) -> Band:
    """From an array of replications by months."""
    known = [column[np.isfinite(column)] for column in values.T]
    told = [
        (float(column.mean()), *np.quantile(column, BAND).tolist()) if len(column) else (None, None, None)
        for column in known
    ]
    return Band(*zip(*told, strict=True))
