"""Which trip-wires there are for a target and fiscal year: one that leaves time to act, and one that gives early word.

The first half of the replications chooses them, the other half judges them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.clocking.breaks import Event, Outcome
from scenarios.clocking.lead_times import LeadTimes, months_before
from scenarios.clocking.observables import OBSERVABLES, Observable
from scenarios.clocking.wires import Days, Record, Watch, Wire, choose, judge
from scenarios.periods import Span
from sim.calendar import Floats

EARLY_WORD_MONTHS = 1
"""A warning is early word if it comes a month ahead: enough to shift rosters, work weekends or spread notices."""
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

    The first ``training`` replications choose wires, the others judge them.
    """

    weekly: Mapping[str, Floats]
    known: Days
    told: Sequence[Told]
    training: int


def seen(told: Sequence[Told], known: Days) -> Seen:
    """The replications side by side; the first half of them is for training."""
    weekly = {name: np.array([one.weekly[name] for one in told]) for name in OBSERVABLES}
    return Seen(weekly, known, told, len(told) // 2)


@dataclass(frozen=True)
class Chosen:
    """A wire with what it is for: ``in_time`` (leaves the lead time of a resource) or ``early_word``.

    ``training``, ``held_out``: what it did on replications that had a part in the choice, and on those that had none.
    """

    purpose: str
    months: int
    wire: Wire
    training: Record
    held_out: Record


def choose_all(event: Event, span: Span, seen: Seen, lead_times: LeadTimes) -> list[Chosen]:
    """The wire that leaves time to buy the quickest resource, and the one that gives early word, if any."""
    quickest = lead_times.quickest(event[0])
    wanted = {"early_word": EARLY_WORD_MONTHS}
    if quickest:
        months = lead_times.entries[quickest].months
        wanted = {"in_time": months} | (wanted if months > EARLY_WORD_MONTHS else {})
    found = []
    for purpose, months in wanted.items():
        chosen = _chosen(purpose, months, event, span, seen)
        if chosen:
            found.append(chosen)
    return found


def _chosen(purpose: str, months: int, event: Event, span: Span, seen: Seen) -> Chosen | None:
    used = [place for place, one in enumerate(seen.told) if one.outcomes[event].met is not None]
    training = [place for place in used if place < seen.training]
    judging = [place for place in used if place >= seen.training]
    names = {name: kind for name, kind in OBSERVABLES.items() if kind.warns_of(event[0])}
    watch = _watch(event, months, span, seen, training)
    values = {name: values_of(kind, span, seen) for name, kind in names.items()}
    wire = choose({name: (kind.side, values[name][training]) for name, kind in names.items()}, watch)
    if wire is None:
        return None
    held_out = _watch(event, months, span, seen, judging)
    own = values[wire.observable]
    return Chosen(purpose, months, wire, judge(wire, own[training], watch), judge(wire, own[judging], held_out))


def values_of(observable: Observable, span: Span, seen: Seen) -> Floats:
    """An observable in all replications; what a fiscal year has come to so far says nothing of it before it begins."""
    values = seen.weekly[observable.id]
    if not observable.of_year:
        return values
    return np.where(seen.known > span[0].toordinal(), values, np.nan)


def _watch(event: Event, months: int, span: Span, seen: Seen, chosen: Sequence[int]) -> Watch:
    lost = [seen.told[place].outcomes[event].lost for place in chosen]
    return Watch(
        known=seen.known,
        first=months_before(span[0], months + LOOKING_BACK_MONTHS).toordinal(),
        last=span[1].toordinal(),
        lost=tuple(day.toordinal() if day else None for day in lost),
        deadlines=tuple(months_before(day, months).toordinal() if day else None for day in lost),
    )
