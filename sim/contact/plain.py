"""The queue of a contact centre as SimPy processes, written to be checked by reading it.

A caller is a process from the first attempt to the answer or the last attempt; the half-hours are another. An agent is
no object: a call starts while fewer calls are in service than agents are in post, so nobody in service is ever cut off,
and those whose posts went are counted again when posts come back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, field
from heapq import heappush
from typing import Any

import numpy as np
import simpy

from sim.calendar import Floats
from sim.contact.calls import (
    ABANDONED,
    ACCEPTS,
    ANSWERED,
    BLOCKED,
    DAY,
    DEFLECTED,
    HALF_HOURS,
    LONGEST_AFTER_OPENING,
    MINUTES_OF_HALF_HOUR,
    PROMISED,
    Attempts,
    Calls,
    DayOfCalls,
    Shift,
    State,
    check,
)

Steps = Generator[simpy.Event, Any, None]

# What happens first at one instant; SimPy's own events, the consequences of these, go before with 0 and 1
_MIDNIGHT = -1
_CALL_ENDS, _AGENTS_CHANGE, _CLOSES, _PATIENCE_ENDS, _FIRST_ATTEMPT, _LATER_ATTEMPT = range(2, 8)


class _Clock(simpy.Environment):
    """Events at exact times, in a stated order at one instant; a ``Timeout`` would add up to nearly that time."""

    def at(self, time: float, order: int) -> simpy.Event:
        event = self.event()
        event._ok, event._value = True, None
        queue: list[Any] = self._queue
        heappush(queue, (time, order, next(self._eid), event))
        return event


@dataclass(eq=False)
class _Caller:
    """One row of ``Calls``, and where the caller is now."""

    time: float
    handle: float
    patience: float
    pause: float
    again: int
    urgent: bool
    tag: int
    attempt: int
    offer: int
    decided: simpy.Event | None = None
    """Happens when an agent answers, or when the centre closes; none of who was promised a call back."""

    @property
    def promised(self) -> bool:
        return self.offer == PROMISED


def run_day(state: State, calls: Calls, shift: Shift) -> DayOfCalls:
    """A day of a centre, from the state at its midnight to the next; arguments and errors as ``fast.run_day``."""
    check(state, calls, shift)
    centre = _Centre(state, shift)
    for caller in _callers(calls):
        centre.expect(caller, _FIRST_ATTEMPT)
    for caller in _callers(state.coming):
        caller.time = centre.within_opening(caller, caller.time)
        centre.expect(caller, _LATER_ATTEMPT)
    centre.run()
    return centre.result()


@dataclass
class _Decisions:
    """Columns of ``Attempts`` while they grow."""

    tag: list[int] = field(default_factory=list)
    attempt: list[int] = field(default_factory=list)
    urgent: list[bool] = field(default_factory=list)
    offered: list[float] = field(default_factory=list)
    wait: list[float] = field(default_factory=list)
    outcome: list[int] = field(default_factory=list)
    end: list[float] = field(default_factory=list)
    promised: list[bool] = field(default_factory=list)

    def add(self, caller: _Caller, outcome: int, now: float, end: float) -> None:
        self.tag.append(caller.tag)
        self.attempt.append(caller.attempt)
        self.urgent.append(caller.urgent)
        self.offered.append(caller.time)
        self.wait.append(now - caller.time)
        self.outcome.append(outcome)
        self.end.append(end)
        self.promised.append(caller.promised)

    def columns(self) -> Attempts:
        ints, floats = np.int64, np.float64
        return Attempts.of(
            tag=np.array(self.tag, dtype=ints),
            attempt=np.array(self.attempt, dtype=ints),
            urgent=np.array(self.urgent, dtype=np.bool_),
            offered=np.array(self.offered, dtype=floats),
            wait=np.array(self.wait, dtype=floats),
            outcome=np.array(self.outcome, dtype=ints),
            end=np.array(self.end, dtype=floats),
            promised=np.array(self.promised, dtype=np.bool_),
        )


class _Centre:
    """The centre through one day."""

    def __init__(self, state: State, shift: Shift) -> None:
        self.env = _Clock()
        self.shift = shift
        self.posts = len(state.agents)
        self.is_open = False
        self.serving: list[float] = []  # ends of calls in service
        self.line: deque[_Caller] = deque()  # everybody waiting, here or for a call back, in order of arrival
        self.coming: list[_Caller] = []  # in the order in which it was decided that they ring again
        self.decisions = _Decisions()
        self.offered = self.call_backs = 0
        self.busy = 0.0
        for end in [*state.agents.tolist(), *state.leaving.tolist()]:
            if end > 0:
                self.busy += min(end, DAY)
                self.serving.append(end)
                self.env.process(self.serve(end))
        for caller in _callers(state.waiting):
            self.line.append(caller)
            if not caller.promised:
                self.env.process(self.wait(caller))
        self.env.process(self.half_hours())

    def run(self) -> None:
        """Until just before midnight: what falls on it belongs to the new day."""
        self.env.run(until=self.env.at(DAY, _MIDNIGHT))

    # processes

    def half_hours(self) -> Steps:
        """Agents come and go by the half-hour, and the centre opens and closes."""
        self.answer_next()  # an agent who became free on the stroke of midnight, before the agents change
        for half_hour in range(HALF_HOURS):
            yield self.env.at(half_hour * MINUTES_OF_HALF_HOUR, _AGENTS_CHANGE)
            self.posts = int(self.shift.agents[half_hour])
            self.answer_next()
            yield self.env.at(half_hour * MINUTES_OF_HALF_HOUR, _CLOSES)
            self.is_open = bool(self.shift.open[half_hour])
            if not self.is_open:
                self.close()

    def call(self, caller: _Caller, order: int) -> Steps:
        """A caller from the time of the next attempt on."""
        yield self.env.at(caller.time, order)
        if order == _LATER_ATTEMPT:
            self.coming.remove(caller)
        self.offered += 1
        self.call_backs += caller.attempt > 0
        if not (self.is_open or caller.urgent):
            self.turn_away(caller, DEFLECTED)
        elif len(self.serving) < self.posts:
            self.answer(caller)
        elif self.on_the_line() >= self.shift.places:
            self.turn_away(caller, BLOCKED)
        elif self.call_back_agreed(caller):
            caller.offer = PROMISED
            self.line.append(caller)
        else:
            self.line.append(caller)
            yield from self.wait(caller)

    def wait(self, caller: _Caller) -> Steps:
        """In line, until an agent answers, patience ends or the centre closes."""
        caller.decided = self.env.event()
        deadline = max(caller.time + caller.patience, 0.0)  # yesterday's sum may round to before midnight on this clock
        out_of_patience = self.env.at(deadline, _PATIENCE_ENDS)
        yield caller.decided | out_of_patience
        if not caller.decided.triggered:
            self.line.remove(caller)
            self.turn_away(caller, ABANDONED)

    def serve(self, end: float) -> Steps:
        """An agent with a caller until ``end``; then the next in line is answered."""
        yield self.env.at(end, _CALL_ENDS)
        self.serving.remove(end)
        self.answer_next()

    # steps

    def on_the_line(self) -> int:
        """Callers who hold the line."""
        return sum(not caller.promised for caller in self.line)

    def call_back_agreed(self, caller: _Caller) -> bool:
        """Whether an ordinary caller is offered a call back, and accepts."""
        long = self.on_the_line() + 1 > self.shift.offer_above * self.posts
        return long and caller.offer == ACCEPTS and not caller.urgent

    def answer_next(self) -> None:
        """Answer those in line while agents are idle: urgent callers, then ordinary ones, then those to call back;
        each kind in order of arrival.
        """
        while self.line and len(self.serving) < self.posts:
            caller = min(self.line, key=_precedence)
            self.line.remove(caller)
            self.answer(caller)

    def answer(self, caller: _Caller) -> None:
        now = self.env.now
        end = now + caller.handle
        self.busy += min(end, DAY) - now
        self.decisions.add(caller, ANSWERED, now, end)
        if caller.decided is not None:
            caller.decided.succeed()
        self.serving.append(end)
        self.env.process(self.serve(end))

    def close(self) -> None:
        """Ordinary callers in line hear a recorded announcement; then promises are broken."""
        for caller in sorted((caller for caller in self.line if not caller.urgent), key=_precedence):
            self.line.remove(caller)
            if caller.decided is not None:
                caller.decided.succeed()
            self.turn_away(caller, DEFLECTED)

    def turn_away(self, caller: _Caller, outcome: int) -> None:
        """An attempt ends unanswered; the caller may ring again after a pause."""
        now = self.env.now
        self.decisions.add(caller, outcome, now, now)
        if caller.again > 0:
            next_time = self.within_opening(caller, now + caller.pause)
            next_one = _Caller(
                next_time,
                caller.handle,
                caller.patience,
                caller.pause,
                caller.again - 1,
                caller.urgent,
                caller.tag,
                caller.attempt + 1,
                ACCEPTS if caller.promised else caller.offer,
            )
            self.expect(next_one, _LATER_ATTEMPT)

    def expect(self, caller: _Caller, order: int) -> None:
        """The caller will ring at ``caller.time``."""
        if order == _LATER_ATTEMPT:
            self.coming.append(caller)
        self.env.process(self.call(caller, order))

    def within_opening(self, caller: _Caller, time: float) -> float:
        """``time``, or soon after the next opening where an ordinary caller would find it closed.

        If today has none left, midnight stands in for it: tomorrow looks again.
        """
        if caller.urgent or time >= DAY:
            return time
        here = int(time // MINUTES_OF_HALF_HOUR)
        if self.shift.open[here]:
            return time
        openings = [k * MINUTES_OF_HALF_HOUR for k in range(here + 1, HALF_HOURS) if self.shift.open[k]]
        return (openings[0] if openings else DAY) + min(caller.pause, LONGEST_AFTER_OPENING)

    def result(self) -> DayOfCalls:
        """What the day hands over at midnight; of calls in service, those that end last are of agents in post."""
        ends = sorted(end - DAY for end in self.serving if end > DAY)
        gone = max(0, len(ends) - self.posts)
        idle = [0.0] * (self.posts - len(ends))
        state = State(
            agents=_floats(idle + ends[gone:]),
            leaving=_floats(ends[:gone]),
            waiting=_tomorrow(list(self.line)),
            coming=_tomorrow(sorted(self.coming, key=lambda caller: caller.time)),
        )
        return DayOfCalls(self.decisions.columns(), self.offered, self.call_backs, self.busy, state)


def _callers(calls: Calls) -> list[_Caller]:
    columns = (
        calls.time,
        calls.handle,
        calls.patience,
        calls.pause,
        calls.again,
        calls.urgent,
        calls.tag,
        calls.attempt,
        calls.offer,
    )
    return [_Caller(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def _tomorrow(callers: list[_Caller]) -> Calls:
    """Callers on the clock of the new day."""
    return Calls.of(
        time=_floats([caller.time - DAY for caller in callers]),
        handle=_floats([caller.handle for caller in callers]),
        patience=_floats([caller.patience for caller in callers]),
        pause=_floats([caller.pause for caller in callers]),
        again=np.array([caller.again for caller in callers], dtype=np.int64),
        urgent=np.array([caller.urgent for caller in callers], dtype=np.bool_),
        tag=np.array([caller.tag for caller in callers], dtype=np.int64),
        attempt=np.array([caller.attempt for caller in callers], dtype=np.int64),
        offer=np.array([caller.offer for caller in callers], dtype=np.int64),
    )


def _precedence(caller: _Caller) -> int:
    return 0 if caller.urgent else 2 if caller.promised else 1


def _floats(values: list[float]) -> Floats:
    return np.array(values, dtype=np.float64)
