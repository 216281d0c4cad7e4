"""Which trip-wire there is for a target and fiscal year: one on which an order saves the year, or else one that warns.

The first half of the replications chooses it, the other half judges it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from scenarios.clock.breaks import Event, Outcome
from scenarios.clock.helping import Help
from scenarios.clock.lead_times import LeadTimes, months_before
from scenarios.clock.observables import OBSERVABLES, Observable
from scenarios.clock.wires import TOO_LATE, Days, Record, Watch, Wire, choose, judge
from scenarios.run.periods import Span
from sim.calendar import Floats

EARLY_WORD_MONTHS = 1
"""A warning is early word if it comes a month before the year is lost: enough to shift rosters or spread notices."""
LOOKING_BACK_MONTHS = 12
"""Wires are watched from a year before the earliest warning that a fiscal year can need."""


@dataclass(frozen=True)
class Told:
    """What is kept of one replication: its observables by week, and what it says of every event."""

    weekly: dict[str, Floats]
    outcomes: dict[Event, Outcome]


@dataclass(frozen=True)
class Seen:
    """All replications: their observables by id (replications by weeks), the days on which weeks are known, the events.

    The first ``training`` replications choose wires, the others judge them. ``helps`` are the orders that save events.
    """

    weekly: Mapping[str, Floats]
    known: Days
    told: Sequence[Told]
    training: int
    helps: Mapping[Event, Help] = field(default_factory=dict)


def seen(told: Sequence[Told], known: Days, helps: Mapping[Event, Help]) -> Seen:
    """The replications side by side; the first half of them is for training."""
    weekly = {name: np.array([one.weekly[name] for one in told]) for name in OBSERVABLES}
    return Seen(weekly, known, told, len(told) // 2, helps)


@dataclass(frozen=True)
class Chosen:
    """A wire with what it is for: ``saves_year`` (what is ordered then saves the year), or ``early_word``.

    ``with_money``: what is ordered then saves the year too, but has to be in a budget request, so that a planner can
    order it on the day of the alarm only with money of the running year from elsewhere.
    ``months``: the lead time of the order, or how long before the year is lost a warning must come. ``training``,
    ``held_out``: what it did on replications that had a part in the choice, and on those that had none.
    """

    purpose: str
    months: int
    wire: Wire
    training: Record
    held_out: Record


def choose_one(event: Event, span: Span, seen: Seen, lead_times: LeadTimes) -> Chosen | None:
    """The wire on which an order saves the year; where there is none, one that gives early word, if any."""
    help_ = seen.helps.get(event)
    if help_ and help_.path:
        ordered = lead_times.entries[help_.path]
        purpose = "with_money" if ordered.in_request else "saves_year"
        if chosen := _chosen(purpose, ordered.months, lead_times, event, span, seen):
            return chosen
    return _chosen("early_word", EARLY_WORD_MONTHS, lead_times, event, span, seen)


def _chosen(purpose: str, months: int, lead_times: LeadTimes, event: Event, span: Span, seen: Seen) -> Chosen | None:
    used = [place for place, one in enumerate(seen.told) if one.outcomes[event].met is not None]
    training = [place for place in used if place < seen.training]
    judging = [place for place in used if place >= seen.training]
    names = {name: kind for name, kind in OBSERVABLES.items() if kind.warns_of(event[0])}
    watch, held_out = (_watch(purpose, months, lead_times, event, span, seen, half) for half in (training, judging))
    values = {name: values_of(kind, span, seen) for name, kind in names.items()}
    wire = choose({name: (kind.side, values[name][training]) for name, kind in names.items()}, watch)
    if wire is None:
        return None
    own = values[wire.observable]
    return Chosen(purpose, months, wire, judge(wire, own[training], watch), judge(wire, own[judging], held_out))


def values_of(observable: Observable, span: Span, seen: Seen) -> Floats:
    """An observable in all replications; what a fiscal year has come to so far says nothing of it before it begins."""
    values = seen.weekly[observable.id]
    if not observable.of_year:
        return values
    return np.where(seen.known > span[0].toordinal(), values, np.nan)


def _watch(
    purpose: str, months: int, lead_times: LeadTimes, event: Event, span: Span, seen: Seen, chosen: Sequence[int]
) -> Watch:
    lost = [seen.told[place].outcomes[event].lost for place in chosen]
    help_ = seen.helps.get(event)
    ordered = lead_times.entries[help_.path] if help_ and help_.path else None
    saving = _last_days(help_, lead_times.start_by, chosen) if help_ and ordered else ()
    request = _last_days(help_, lead_times.request_by, chosen) if help_ and ordered and ordered.in_request else ()
    early = tuple(months_before(day, months).toordinal() if day else None for day in lost)
    return Watch(
        known=seen.known,
        first=months_before(span[0], months + LOOKING_BACK_MONTHS).toordinal(),
        last=span[1].toordinal(),
        lost=tuple(day.toordinal() if day else None for day in lost),
        deadlines=early if purpose == "early_word" else saving,
        saving=saving,
        request=request,
    )


LastDay = Callable[[str, date], date | None]
"""The last day for a step towards an order, by the resource and the day on which it must work."""


def _last_days(help_: Help, last: LastDay, chosen: Sequence[int]) -> tuple[int | None, ...]:
    """Of some replications the last day for a step towards the order that saves the year; None of one that holds."""
    return tuple(_last_day(help_, last, place + 1) if place + 1 in help_.latest else None for place in chosen)


def _last_day(help_: Help, last: LastDay, number: int) -> int:
    needed = help_.latest[number]
    day = last(help_.path, needed) if help_.path and needed else None
    return day.toordinal() if day else TOO_LATE
