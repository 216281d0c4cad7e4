"""Hours of a week by half-hour: when a centre, a counter or a system is open, and what share of it is staffed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import time
from typing import Annotated, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field, model_validator

from sim.calendar import Calendar
from sim.fields import YearlyWindow
from sim.message import Message
from sim.schedule import Frozen, Number

HALF_HOURS = 48
MINUTES = 1440
"""Of a day."""
DayKind = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]
DAY_KINDS: tuple[str, ...] = get_args(DayKind)
"""Monday to Sunday; a national holiday counts as its own kind, whatever its weekday."""
HOLIDAY = DAY_KINDS.index("holiday")
CLOSED = -1
"""The kind of a day inside a closure."""


_HALF_HOUR = re.compile(r"(?:[01]\d|2[0-3]):[03]0|24:00", re.ASCII)


def _half_hour(value: Any) -> str:
    """As text; a time of TOML is one too."""
    text = value.isoformat("auto")[:5] if isinstance(value, time) and value.second == value.microsecond == 0 else value
    if not isinstance(text, str) or not _HALF_HOUR.fullmatch(text):
        raise ValueError(Message('must be a half-hour such as "08:30", from "00:00" to "24:00"'))
    return text


HalfHour = Annotated[str, BeforeValidator(_half_hour)]


def position(half_hour: str) -> int:
    """Half-hours since midnight: 17 for ``08:30``."""
    return int(half_hour[:2]) * 2 + (half_hour[3:] == "30")


class Hours(Frozen):
    """Hours on some days of the week, from a half-hour to a half-hour."""

    days: tuple[DayKind, ...] = Field(min_length=1)
    from_: HalfHour = Field(alias="from")
    to: HalfHour

    @model_validator(mode="after")
    def _ordered(self) -> Hours:
        if position(self.to) <= position(self.from_):
            told = {"first": self.from_, "last": self.to}
            raise ValueError(Message("`to` ({last}) must come after `from` ({first})", **told))
        return self

    @property
    def span(self) -> slice:
        """Its half-hours."""
        return slice(position(self.from_), position(self.to))


class Staffed(Hours):
    """The share of the contracted seats that is staffed in some hours."""

    share: Number = Field(ge=0, le=1, allow_inf_nan=False)


def open_half_hours(hours: Iterable[Hours]) -> NDArray[np.bool_]:
    """Whether each half-hour of each kind of day is open, shape (8 kinds, 48)."""
    table = np.zeros((len(DAY_KINDS), HALF_HOURS), dtype=np.bool_)
    for entry in hours:
        for kind in entry.days:
            table[DAY_KINDS.index(kind), entry.span] = True
    return table


def staffed_shares(roster: Iterable[Staffed]) -> NDArray[np.float64]:
    """The staffed share of each half-hour of each kind of day, shape (8, 48); NaN where the roster says nothing."""
    table = np.full((len(DAY_KINDS), HALF_HOURS), np.nan)
    for entry in roster:
        for kind in entry.days:
            table[DAY_KINDS.index(kind), entry.span] = entry.share
    return table


def refuse_overlap(name: str, entries: Sequence[Hours]) -> None:
    """ValueError where two entries speak of the same half-hour."""
    seen = np.zeros((len(DAY_KINDS), HALF_HOURS), dtype=np.bool_)
    for entry in entries:
        for kind in entry.days:
            row = seen[DAY_KINDS.index(kind)]
            if row[entry.span].any():
                told = {"name": name, "kind": kind, "first": entry.from_, "last": entry.to}
                raise ValueError(Message("{name}: {kind} {first} to {last} overlaps another entry", **told))
            row[entry.span] = True


def time_of_day(half_hours: int) -> str:
    """``08:30`` for 17 half-hours since midnight."""
    return f"{half_hours // 2:02d}:{half_hours % 2 * 30:02d}"


def kinds_of_days(calendar: Calendar, closures: Sequence[YearlyWindow]) -> NDArray[np.int64]:
    """Each day's position in ``DAY_KINDS``; ``CLOSED`` inside a closure."""
    kinds = np.where(calendar.holiday, HOLIDAY, calendar.weekday)
    return np.where(calendar.closed(closures), CLOSED, kinds).astype(np.int64)
