"""Calls as arrays, the hours and agents of a centre, and what became of every attempt.

Times are minutes on the clock of one day: 0 is its first midnight, 1440 the next. The order of what happens at one
instant is part of the model, so that every implementation decides alike: calls end (and the next in line is answered),
agents change, the centre closes, callers out of patience leave, first attempts ring, later attempts ring.

Where the line is long, a caller may be offered a call back (折り返し): who accepts hangs up and is rung by an agent
once one is idle and nobody is in line. It is still the same attempt: answered late, or turned away at closing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np

from sim.calendar import Flags, Floats
from sim.streams import Ints

DAY = 1440.0
"""Minutes of a day."""
HALF_HOURS = 48
MINUTES_OF_HALF_HOUR = 30.0
LONGEST_AFTER_OPENING = 60.0
"""A caller whose next attempt fell into closed time rings within so many minutes after the next opening."""
NO_LIMIT = 2**62
"""Waiting places of a centre without a limit."""
ANSWERED, ABANDONED, DEFLECTED, BLOCKED = 0, 1, 2, 3
"""Outcomes: served; left the line; rang or waited outside opening hours; found every waiting place taken."""
DECLINES, ACCEPTS, PROMISED = 0, 1, 2
"""What a caller says to the offer of a call back; who was promised one is no longer on the line."""


@dataclass(frozen=True)
class Calls:
    """Calls as arrays of one length, a row a caller; times in minutes on the clock of the day (0 = midnight)."""

    time: Floats
    """Arrival; of callers already waiting at midnight negative."""
    handle: Floats
    """Minutes an agent needs."""
    patience: Floats
    """Minutes the caller waits at most, each attempt anew; infinite for ever."""
    pause: Floats
    """Minutes from an unanswered attempt to the next."""
    again: Ints
    """How many more times the caller rings if unanswered: a bounded number drawn beforehand."""
    urgent: Flags
    """Loss reports: served first, round the clock."""
    tag: Ints
    """The cause, carried through, never looked at."""
    attempt: Ints
    """Earlier attempts of this caller; 0 for the first."""
    offer: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """``DECLINES``, ``ACCEPTS``, or, of callers carried past midnight, ``PROMISED``; left out, all decline."""

    def __post_init__(self) -> None:
        if not len(self.offer):
            object.__setattr__(self, "offer", np.full(len(self.time), DECLINES, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.time)

    @classmethod
    def none(cls) -> Calls:
        """No calls."""
        return _NO_CALLS

    @classmethod
    def join(cls, *many: Calls) -> Calls:
        """All rows of ``many``, one after the other."""
        return (
            cls(*(np.concatenate([getattr(calls, name) for calls in many]) for name in _COLUMNS))
            if many
            else cls.none()
        )

    def take(self, index: Ints | Flags) -> Calls:
        """The rows that ``index`` names, by number in its order or by flag."""
        return Calls(*(getattr(self, name)[index] for name in _COLUMNS))


_COLUMNS = tuple(field.name for field in fields(Calls))
_NO_FLOATS, _NO_INTS, _NO_FLAGS = np.zeros(0), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
_NO_CALLS = Calls(
    _NO_FLOATS, _NO_FLOATS, _NO_FLOATS, _NO_FLOATS, _NO_INTS, _NO_FLAGS, _NO_INTS, _NO_INTS
)  # empty arrays cannot be changed, so one is enough


@dataclass(frozen=True)
class Shift:
    """A day of a centre by half-hour: 48 numbers each."""

    agents: Ints
    """Agents answering (0 allowed)."""
    open: Flags
    """Whether ordinary callers are taken; urgent ones always are."""
    places: int
    """Waiting places: a caller finding no idle agent and all places taken is blocked. 0 makes a loss system."""
    offer_above: float = np.inf
    """Callers in line for each agent in post, the one who rings included, above which a call back is offered."""


@dataclass(frozen=True)
class State:
    """What a centre carries past midnight, on the clock of the new day."""

    agents: Floats
    """When each agent in post at midnight is free; above 0: still serving."""
    leaving: Floats
    """Ends of calls whose agents' posts are gone: they finish and leave."""
    waiting: Calls
    """The line, urgent and ordinary, and who was promised a call back, in order of arrival (negative times)."""
    coming: Calls
    """Callers who will ring again; times from 0 on, maybe beyond this day."""

    @classmethod
    def empty(cls) -> State:
        """Nobody in post, nobody in line."""
        return cls(_NO_FLOATS, _NO_FLOATS, Calls.none(), Calls.none())

    @property
    def idle(self) -> bool:
        """Whether nobody is in line, will ring again, or is being served."""
        left_over = len(self.waiting) or len(self.coming) or len(self.leaving)
        return not left_over and not self.agents.any()


@dataclass(frozen=True)
class Attempts:
    """Attempts decided on a day, in the order of their decision: arrays of one length."""

    tag: Ints
    attempt: Ints
    urgent: Flags
    offered: Floats
    """When it rang, on this day's clock (negative: yesterday or before)."""
    wait: Floats
    """Minutes from ringing to the answer, or to leaving."""
    outcome: Ints
    """``ANSWERED``, ``ABANDONED``, ``DEFLECTED`` or ``BLOCKED``."""
    end: Floats
    """Answered: when the agent finishes (may lie past midnight); else when the caller left."""
    promised: Flags
    """Whether a call back was promised: then the caller did not wait on the line."""

    def __len__(self) -> int:
        return len(self.tag)


@dataclass(frozen=True)
class DayOfCalls:
    """A day of a centre: what was decided, and what it hands to the next day."""

    attempts: Attempts
    offered: int
    """Attempts that rang today."""
    call_backs: int
    """Of these, not first attempts."""
    busy_minutes: float
    """Agent-minutes spent serving between 0:00 and 24:00 of today."""
    state: State
    """At the next midnight, times shifted by -1440."""


def check(state: State, calls: Calls, shift: Shift) -> None:
    """Refuse what no centre can work with: raises ``ValueError`` with the rule and the value."""
    for name, rows in (("calls", calls), ("waiting", state.waiting), ("coming", state.coming)):
        _check_rows(name, rows)
    times = calls.time
    if len(times) and not (times[0] >= 0 and times[-1] < DAY and bool((times[:-1] <= times[1:]).all())):
        raise ValueError(f"calls: times must ascend within 0 to {DAY:.0f}, not {times}")
    if len(state.coming) and not state.coming.time.min() >= 0:
        raise ValueError(f"coming: times must be 0 or later, not {state.coming.time.min()}")
    if len(shift.agents) != HALF_HOURS or len(shift.open) != HALF_HOURS:
        raise ValueError(f"a shift has {HALF_HOURS} half-hours, not {len(shift.agents)} and {len(shift.open)}")
    if not shift.offer_above >= 0:
        raise ValueError(f"offer_above must be 0 or more, not {shift.offer_above}")
    if shift.agents.min() < 0 or shift.places < 0:
        raise ValueError(f"agents and places must be 0 or more, not {shift.agents.min()} and {shift.places}")


def _check_rows(name: str, rows: Calls) -> None:
    lengths = {column: len(getattr(rows, column)) for column in _COLUMNS}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"{name}: columns must have one length, not {lengths}")
    if len(rows) == 0:
        return
    for column in _NEVER_NEGATIVE:
        least = getattr(rows, column).min()
        if not least >= 0:  # false of a number that is none, too
            raise ValueError(f"{name}: {column} must be 0 or more, not {least}")
    if rows.offer.min() < DECLINES or rows.offer.max() > PROMISED:
        raise ValueError(f"{name}: offer must be {DECLINES} to {PROMISED}, not {rows.offer}")


_NEVER_NEGATIVE: Sequence[str] = ("handle", "patience", "pause", "again")
