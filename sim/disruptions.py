"""Disruptions on dates (障害・災害): what is hit, from when, for how long, and how much of it is lost.

They stand beside breakdowns by chance, in one list and one shape whatever they hit. A disaster is several of them on a
day: a plant for weeks, the systems for the hours until the backup centre serves. National holidays that a law moves
stand beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from sim.calendar import Calendar, ChangedHolidays, Floats
from sim.calendar import holidays as by_law
from sim.facts import SYSTEMS
from sim.fields import dated
from sim.hours import MINUTES, HalfHour, position
from sim.kinds import MOST_ENTRIES, MOST_HOURS, LostHours
from sim.message import Message
from sim.schedule import Day, Frozen, Number, Quantity

_BY_SYSTEM = {name: (name, "systems") for name in SYSTEMS}
"""What a disruption of each system may name: itself, or all of them."""

Hit = Literal[
    "plant",
    "systems",
    "card_management",
    "jpki_counter",
    "jpki_verifier",
    "validation",
    "validation_centre",
    "resident",
    "helpdesk",
]
_CENTRES_OF_VALIDATION = ("validation", "validation_centre")


class Disruption(Frozen):
    """Something lost from a half-hour of a date on, for ``hours`` of the clock.

    ``hits``: the plant (checks, production, inspection and dispatch; data go with the card system), all systems at once
    or one of them, both centres of the validation service or the one that works, or the seats of a call centre.
    ``lost``: the share of it that is lost; of a system all of it is an outage, less a slow-down, which availability
    leaves alone; a validation centre is lost whole. ``hours`` may be a range, except of systems: what availability
    loses to a stated event is computed, not drawn.
    """

    hits: Hit
    day: Day
    from_: HalfHour = Field(default="00:00", alias="from")
    hours: LostHours
    lost: Number = Field(default=1.0, gt=0, le=1)

    @model_validator(mode="after")
    def _one_length(self) -> Disruption:
        first = self.hours.steps[0]
        if len(self.hours.steps) > 1 or first.from_ is not None:
            raise ValueError(Message("hours must be a number or a range, without dates"))
        if self.hours.uncertain and self.hits in ("systems", *SYSTEMS):
            raise ValueError(Message("hours of {hits} must be a number, not a range", hits=self.hits))
        if self.lost < 1 and self.hits in _CENTRES_OF_VALIDATION:
            raise ValueError(Message("lost: {hits} is lost whole, which is 1", hits=self.hits))
        return self

    @property
    def name(self) -> str:
        """What its length is drawn by."""
        return f"disruptions/{self.hits}/{self.day}"


class Disruptions(Frozen):
    """What is lost on dates, beside breakdowns by chance, and national holidays that change."""

    events: tuple[Disruption, ...] = dated(
        "events",
        "supposed losses of the plant, of systems, of validation centres or of call-centre seats, inside the run",
        *("hits", "day", "from"),
        max_length=MOST_ENTRIES,
    )
    holidays: tuple[Day, ...] = dated(
        "dates", "days inside the run that a law makes national holidays (祝日)", max_length=MOST_HOURS
    )
    workdays: tuple[Day, ...] = dated(
        "dates", "national holidays inside the run that a law makes ordinary days", max_length=MOST_HOURS
    )

    @model_validator(mode="after")
    def _holidays_change(self) -> Disruptions:
        for day in self.holidays:
            if day in by_law(day.year):
                raise ValueError(Message("holidays: {day} is a national holiday already", day=day))
        for day in self.workdays:
            if day not in by_law(day.year):
                raise ValueError(Message("workdays: {day} is no national holiday", day=day))
        return self

    @property
    def changed_holidays(self) -> ChangedHolidays:
        """The change of national holidays."""
        return ChangedHolidays(frozenset(self.holidays), frozenset(self.workdays))


@dataclass(frozen=True)
class Span:
    """Start and end in minutes since the calendar's first midnight, and the share lost between them."""

    start: float
    end: float
    lost: float

    def of_day(self, day: int) -> tuple[float, float]:
        """Its minutes inside a day, from 0 to 1440; the second is not above the first where there are none."""
        first = day * MINUTES
        return max(self.start - first, 0.0), min(self.end - first, float(MINUTES))

    def days(self, count: int) -> range:
        """Days of a calendar of so many that it touches."""
        return _touched(self.start, self.end, count)


def _touched(start: float, end: float, count: int) -> range:
    return range(max(int(start // MINUTES), 0), min(int(-(-end // MINUTES)), count))


def by_day(stops: Iterable[tuple[float, float, float]], days: int) -> dict[int, Floats]:
    """For each day that a span touches, the share working in each minute; of several the worst counts.

    Args:
        stops: start and end of each in minutes since the calendar's first midnight, and the share that works meanwhile.
        days: of the calendar.
    """
    found: dict[int, Floats] = {}
    for start, end, share in stops:
        for day in _touched(start, end, days):
            minutes = found.setdefault(day, np.ones(MINUTES))
            first, last = max(round(start) - day * MINUTES, 0), min(round(end) - day * MINUTES, MINUTES)
            minutes[first:last] = np.minimum(minutes[first:last], share)
    return found


def spans(
    events: Iterable[Disruption],
    hit: str,
    calendar: Calendar,
    drawn: Callable[[str, Quantity], float] | None = None,
) -> Iterator[Span]:
    """Spans of the events that hit a system, the plant or a centre.

    Args:
        events: in any order; they may overlap.
        hit: a system, ``plant``, ``validation``, ``validation_centre``, ``resident`` or ``helpdesk``.
        calendar: the days.
        drawn: says the value of a range by a name of its own; by default its middle.
    """
    for event in events:
        if event.hits in _BY_SYSTEM.get(hit, (hit,)):
            hours = drawn(event.name, event.hours) if drawn else event.hours.steps[0].value
            start = calendar.index(event.day) * MINUTES + position(event.from_) * 30
            yield Span(start, start + hours * 60, event.lost)
