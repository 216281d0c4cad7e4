"""Calls as records, the hours and agents of a centre, and what became of every attempt.

Times are minutes on the clock of one day: 0 is its first midnight, 1440 the next. The order of what happens at one
instant is part of the model, so that every implementation decides alike: calls end (and the next in line is answered),
agents change, the centre closes, callers out of patience leave, first attempts ring, later attempts ring.

Where the line is long, a caller may be offered a call back (折り返し): who accepts hangs up and is rung by an agent
once one is idle and nobody is in line. It is still the same attempt: answered late, or turned away at closing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.calendar import Flags, Floats
from sim.compiled import compiled
from sim.streams import Ints

Records = NDArray[np.void]

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


CALLER = np.dtype(
    [
        ("time", "f8"),
        ("handle", "f8"),
        ("patience", "f8"),
        ("pause", "f8"),
        ("tag", "i4"),
        ("again", "i2"),
        ("attempt", "i2"),
        ("urgent", "?"),
        ("offer", "i1"),
    ],
    align=True,
)
"""A caller, as the queue keeps it: a record, since all of it is wanted at once."""
_WHOLE = np.dtype((np.void, CALLER.itemsize))
DECISION = np.dtype(
    [
        ("offered", "f8"),
        ("wait", "f8"),
        ("end", "f8"),
        ("tag", "i4"),
        ("attempt", "i1"),
        ("outcome", "i1"),
        ("urgent", "?"),
        ("promised", "?"),
    ],
    align=True,
)
"""An attempt that is over."""


@dataclass(frozen=True)
class _Rows:
    """Records, and the columns that callers and their attempts have in common."""

    rows: Records

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def tag(self) -> Ints:
        """The cause, carried through, never looked at."""
        return np.asarray(self.rows["tag"])

    @property
    def attempt(self) -> Ints:
        """Earlier attempts of the caller; 0 for the first."""
        return np.asarray(self.rows["attempt"])

    @property
    def urgent(self) -> Flags:
        """Loss reports: served first, round the clock."""
        return np.asarray(self.rows["urgent"])


class Calls(_Rows):
    """Calls as records (``CALLER``), a row a caller; times in minutes on the clock of the day (0 = midnight)."""

    @classmethod
    def of(
        cls,
        time: Floats,
        handle: Floats,
        patience: Floats,
        pause: Floats,
        again: Ints,
        urgent: Flags,
        tag: Ints,
        attempt: Ints,
        offer: Ints | int = DECLINES,
    ) -> Calls:
        """Calls from columns of one length.

        Raises:
            ValueError: if they have several.
        """
        columns = dict(time=time, handle=handle, patience=patience, pause=pause, again=again, urgent=urgent)
        return cls(_records(CALLER, {**columns, "tag": tag, "attempt": attempt}, offer=offer))

    @property
    def time(self) -> Floats:
        """Arrival; of callers already waiting at midnight negative."""
        return np.asarray(self.rows["time"])

    @property
    def handle(self) -> Floats:
        """Minutes an agent needs."""
        return np.asarray(self.rows["handle"])

    @property
    def patience(self) -> Floats:
        """Minutes the caller waits at most, each attempt anew; infinite for ever."""
        return np.asarray(self.rows["patience"])

    @property
    def pause(self) -> Floats:
        """Minutes from an unanswered attempt to the next."""
        return np.asarray(self.rows["pause"])

    @property
    def again(self) -> Ints:
        """How many more times the caller rings if unanswered: a bounded number drawn beforehand."""
        return np.asarray(self.rows["again"])

    @property
    def offer(self) -> Ints:
        """``DECLINES``, ``ACCEPTS``, or, of callers carried past midnight, ``PROMISED``."""
        return np.asarray(self.rows["offer"])

    @classmethod
    def none(cls) -> Calls:
        """No calls."""
        return _NO_CALLS

    @classmethod
    def join(cls, *many: Calls) -> Calls:
        """All rows of ``many``, one after the other."""
        wholes = [calls.rows.view(_WHOLE) for calls in many]  # field by field would take ten times as long
        return cls(np.concatenate(wholes).view(CALLER)) if many else cls.none()

    def take(self, index: Ints | Flags) -> Calls:
        """The rows that ``index`` names, by number in its order or by flag."""
        return Calls(self.rows[index])

    def with_(self, **columns: NDArray[Any]) -> Calls:
        """The same calls but for some columns."""
        rows = self.rows.copy()
        for name, column in columns.items():
            rows[name] = column
        return Calls(rows)


def _records(kind: np.dtype[np.void], columns: Mapping[str, NDArray[Any]], **same: Any) -> Records:
    """Records of columns of one length; ``same`` may be one value for all of them."""
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"columns must have one length, not {lengths}")
    rows = np.empty(next(iter(lengths.values())), dtype=kind)
    for name, column in {**columns, **same}.items():
        rows[name] = column
    return rows


_NO_FLOATS = np.zeros(0)
_NO_CALLS = Calls(np.empty(0, dtype=CALLER))  # empty arrays cannot be changed, so one is enough


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


class Attempts(_Rows):
    """Attempts decided on a day, in the order of their decision, as records (``DECISION``)."""

    @classmethod
    def of(
        cls,
        tag: Ints,
        attempt: Ints,
        urgent: Flags,
        offered: Floats,
        wait: Floats,
        outcome: Ints,
        end: Floats,
        promised: Flags,
    ) -> Attempts:
        """Attempts from columns of one length.

        Raises:
            ValueError: if they have several.
        """
        columns = dict(tag=tag, attempt=attempt, urgent=urgent, offered=offered, wait=wait, outcome=outcome)
        return cls(_records(DECISION, {**columns, "end": end, "promised": promised}))

    @property
    def offered(self) -> Floats:
        """When it rang, on this day's clock (negative: yesterday or before)."""
        return np.asarray(self.rows["offered"])

    @property
    def wait(self) -> Floats:
        """Minutes from ringing to the answer, or to leaving."""
        return np.asarray(self.rows["wait"])

    @property
    def outcome(self) -> Ints:
        """``ANSWERED``, ``ABANDONED``, ``DEFLECTED`` or ``BLOCKED``."""
        return np.asarray(self.rows["outcome"])

    @property
    def end(self) -> Floats:
        """Answered: when the agent finishes (may lie past midnight); else when the caller left."""
        return np.asarray(self.rows["end"])

    @property
    def promised(self) -> Flags:
        """Whether a call back was promised: then the caller did not wait on the line."""
        return np.asarray(self.rows["promised"])


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
    if not ascend(calls.rows):
        raise ValueError(f"calls: times must ascend within 0 to {DAY:.0f}, not {calls.time}")
    if len(state.coming) and not state.coming.time.min() >= 0:
        raise ValueError(f"coming: times must be 0 or later, not {state.coming.time.min()}")
    if len(shift.agents) != HALF_HOURS or len(shift.open) != HALF_HOURS:
        raise ValueError(f"a shift has {HALF_HOURS} half-hours, not {len(shift.agents)} and {len(shift.open)}")
    if not shift.offer_above >= 0:
        raise ValueError(f"offer_above must be 0 or more, not {shift.offer_above}")
    if shift.agents.min() < 0 or shift.places < 0:
        raise ValueError(f"agents and places must be 0 or more, not {shift.agents.min()} and {shift.places}")


def _check_rows(name: str, calls: Calls) -> None:
    if not len(calls):
        return
    for column in _NEVER_NEGATIVE:
        least = calls.rows[column].min()
        if not least >= 0:  # false of a number that is none, too
            raise ValueError(f"{name}: {column} must be 0 or more, not {least}")
    if not DECLINES <= calls.offer.min() <= calls.offer.max() <= PROMISED:
        raise ValueError(f"{name}: offer must be {DECLINES} to {PROMISED}, not {calls.offer}")


_NEVER_NEGATIVE: Sequence[str] = ("handle", "patience", "pause", "again")


@njit(nogil=True)
def makes_sense(caller: Any) -> bool:
    """Whether nothing of a caller is below 0, or no number, and the offer is one that there is."""
    numbers = caller.handle >= 0 and caller.patience >= 0 and caller.pause >= 0 and caller.again >= 0
    return bool(numbers and DECLINES <= caller.offer <= PROMISED)


@compiled
def ascend(callers: Records) -> bool:
    """Whether times are of the day and in order."""
    before = 0.0
    for k in range(len(callers)):
        if not before <= callers[k].time < DAY:
            return False
        before = callers[k].time
    return True
