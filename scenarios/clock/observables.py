"""What a planner sees week by week while the year runs, and which targets it may warn of.

Few and with a reason each: the cause of a target's trouble (applications, notices, calls, slots) or its first sign
(cards waiting, answer rate, failures). Every observable more makes it easier to find one that fits by luck alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.calendar import Calendar, Floats
from sim.facts import STATIONS, SYSTEMS
from sim.parameters import Parameters
from sim.result import Result
from sim.target import parted
from sim.targets import TARGETS

_DAYS = 7


@dataclass(frozen=True)
class Observable:
    """One number a week: the sum of ``facts`` over that of ``over``, or a day on average without, times ``scale``.

    ``kind`` tells how it is written: ``count`` (a day, or at midnight), ``share``, ``days``, ``minutes``, ``hours``.
    ``side`` is the bad one: ``above`` or ``below``. With ``of_year`` sums go from 1 April to the week's end: what the
    fiscal year has come to so far, in all where there is no ``over``. Which targets it may warn of stands with these.
    """

    id: str
    kind: str
    side: str
    facts: tuple[str, ...]
    over: tuple[str, ...] = ()
    scale: float = 1.0
    of_year: bool = False

    def warns_of(self, target: str) -> bool:
        """Whether a wire on this may be chosen for a target, given with its part."""
        name, part = parted(target)
        return self.id in (sign.format(part=part) for sign in TARGETS[name].signs)


_ALL = (
    Observable("applications", "count", "above", ("applications",)),
    Observable("express_applications", "count", "above", ("applications_express",)),
    Observable("cards_inside", "count", "above", tuple(f"waiting_{name}" for name in STATIONS)),
    Observable("cards_late", "count", "above", ("late_inside",)),
    Observable("notices", "count", "above", ("notices_sent",)),
    Observable("booking_backlog", "count", "above", ("booking_backlog",)),
    Observable(
        "slot_wait",
        "days",
        "above",
        ("slot_wait_days",),
        ("certificates_renewed", "signing_reissued"),
    ),
    Observable("calls", "count", "above", ("calls_offered",)),
    Observable("calls_answered", "share", "below", ("calls_answered",), ("calls_offered",)),
    Observable(
        "calls_answered_of_year",
        "share",
        "below",
        ("calls_answered",),
        ("calls_offered",),
        of_year=True,
    ),
    Observable("calls_handling", "minutes", "above", ("calls_busy_minutes",), ("calls_answered",)),
    Observable("helpdesk_calls", "count", "above", ("helpdesk_offered",)),
    Observable("helpdesk_answered", "share", "below", ("helpdesk_answered",), ("helpdesk_offered",)),
    Observable(
        "helpdesk_answered_of_year",
        "share",
        "below",
        ("helpdesk_answered",),
        ("helpdesk_offered",),
        of_year=True,
    ),
    Observable("helpdesk_handling", "minutes", "above", ("helpdesk_busy_minutes",), ("helpdesk_answered",)),
    Observable("transactions", "count", "above", ("transactions",)),
    Observable(
        "transactions_failed",
        "share",
        "above",
        ("transactions_failed",),
        ("transactions", "transactions_failed"),
    ),
    *(
        Observable(
            f"down_{name}",
            "hours",
            "above",
            (f"outage_minutes_{name}",),
            scale=1 / 60,
            of_year=True,
        )
        for name in SYSTEMS
    ),
)
OBSERVABLES: Mapping[str, Observable] = {observable.id: observable for observable in _ALL}


def known_on(parameters: Parameters) -> NDArray[np.int64]:
    """For each whole reported week (Monday to Sunday) the Monday after it, as an ordinal: the day it is known on."""
    monday = parameters.start.toordinal() + _offset(parameters)
    return monday + _DAYS * np.arange(1, _weeks(parameters) + 1, dtype=np.int64)


def weekly(result: Result, parameters: Parameters) -> dict[str, Floats]:
    """Each observable by week of ``known_on``; NaN in weeks without anything to divide by."""
    first, count = _offset(parameters), _weeks(parameters)
    years = Calendar(parameters.start, parameters.end).fiscal_year[: first + _DAYS * count]
    starts = np.searchsorted(years, years)
    ends = first + _DAYS * np.arange(1, count + 1) - 1

    def sums(observable: Observable, names: tuple[str, ...]) -> Floats:
        days = np.sum([result.facts[name] for name in names], axis=0, dtype=np.float64)
        until = np.concatenate([[0.0], np.cumsum(days)])
        since = starts[ends] if observable.of_year else ends + 1 - _DAYS
        return np.asarray(until[ends + 1] - until[since], dtype=np.float64)

    def value(observable: Observable) -> Floats:
        part = sums(observable, observable.facts)
        if not observable.over:
            return observable.scale * (part if observable.of_year else part / _DAYS)
        whole = sums(observable, observable.over)
        shares: Floats = np.divide(part, whole, out=np.full(count, np.nan), where=whole > 0)
        if observable.kind == "share":  # a call may ring in one week and be answered in the next
            shares = np.minimum(shares, 1.0)
        return shares * observable.scale

    return {name: value(observable) for name, observable in OBSERVABLES.items()}


def _offset(parameters: Parameters) -> int:
    """Days from the first reported one to the first Monday."""
    return -parameters.start.weekday() % _DAYS


def _weeks(parameters: Parameters) -> int:
    days = (parameters.end - parameters.start).days + 1
    return max(days - _offset(parameters), 0) // _DAYS
