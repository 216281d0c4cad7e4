"""The queue of a contact centre, compiled: on every call the same as ``sim.contact.plain``, only faster.

Agents are a heap of the times at which they are free, as many as there are posts. A call starts when the smallest has
come, so while nobody waits, an arrival is one look at the top and one replacement. Where posts are dropped the smallest
times move to ``leaving``; none of those is ever above the top, so the top alone says whether fewer calls are in service
than posts. Callers who wait stand in one of two lines and in a heap of deadlines, from which those already served or
sent away are dropped when they come up; a third line, without deadlines, is of those who were promised a call back.

Arrays of records hold what the steps share; passing many plain arrays about costs more than the steps. Importing this
module imports numba (about a second), so import it late.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from sim.calendar import Flags, Floats
from sim.compiled import compiled
from sim.contact.calls import (
    ABANDONED,
    ACCEPTS,
    ANSWERED,
    BLOCKED,
    CALLER,
    DAY,
    DECISION,
    DEFLECTED,
    HALF_HOURS,
    LONGEST_AFTER_OPENING,
    MINUTES_OF_HALF_HOUR,
    PROMISED,
    Attempts,
    Calls,
    DayOfCalls,
    Records,
    Shift,
    State,
    ascend,
    check,
    makes_sense,
)
from sim.streams import Ints

_TICKET = np.dtype([("caller", "i8"), ("deadline", "f8"), ("there", "?")], align=True)
_DUE = np.dtype([("time", "f8"), ("number", "i8"), ("caller", "i8")])
_CENTRE = np.dtype(
    [
        ("posts", "i8"),
        ("leaving", "i8"),  # calls of agents without a post
        ("places", "i8"),
        ("waiting", "i8"),  # callers in both lines of those who hold the line
        ("promised", "i8"),  # callers to call back
        ("tickets", "i8"),  # ever handed out to those who join a line
        ("urgent_first", "i8"),
        ("urgent_end", "i8"),
        ("ordinary_first", "i8"),
        ("ordinary_end", "i8"),
        ("promised_first", "i8"),
        ("promised_end", "i8"),
        ("deadlines", "i8"),
        ("backs", "i8"),  # callers who will ring again
        ("promises", "i8"),  # to ring again, ever made
        ("decided", "i8"),
        ("offered", "i8"),
        ("call_backs", "i8"),
        ("busy", "f8"),
    ]
)


def run_day(state: State, calls: Calls, shift: Shift) -> DayOfCalls:
    """A day of a centre, from the state at its midnight to the next.

    ``calls`` are today's first attempts by time in [0, 1440). Raises ``ValueError`` for what no centre can work with:
    columns of unequal lengths, times out of order or of the day, negative numbers, other than 48 half-hours.
    """
    if len(shift.agents) != HALF_HOURS or len(shift.open) != HALF_HOURS:
        check(state, calls, shift)
    agents = np.ascontiguousarray(shift.agents, dtype=np.int64)
    is_open = np.ascontiguousarray(shift.open, dtype=np.bool_)
    carried = (state.agents, state.leaving, state.waiting.rows, state.coming.rows)
    told = _day(*carried, calls.rows, agents, is_open, shift.places, float(shift.offer_above))
    sound, (offered, call_backs, busy), decisions, free, leaving, waiting, coming = told
    if not sound:
        check(state, calls, shift)
    at_midnight = State(free, leaving, Calls(waiting), Calls(coming))
    return DayOfCalls(Attempts(decisions), offered, call_backs, busy, at_midnight)


@compiled
def _day(
    posts: Floats,
    leaving: Floats,
    waiting: Records,
    coming: Records,
    calls: Records,
    agents: Ints,
    is_open: Flags,
    places: int,
    offer_above: float,
) -> Any:
    """Whether callers and shift make sense, and if they do what is decided, rings, and is left at midnight."""
    callers, attempts, sound = _gathered(waiting, calls, coming)
    sound = sound and ascend(calls) and (len(coming) == 0 or coming["time"].min() >= 0)
    sound = sound and agents.min() >= 0 and places >= 0 and offer_above >= 0
    centre, free, going = _in_post(posts, leaving, max(len(posts), agents.max()), places)
    decisions = np.empty(attempts, dtype=DECISION)
    tickets, lines = np.empty(attempts, dtype=_TICKET), np.empty((3, attempts), dtype=np.int64)
    deadlines, backs = np.empty(attempts, dtype=_DUE), np.empty(len(callers), dtype=_DUE)
    if sound:
        heaps = (free, going, tickets, lines, deadlines, backs, decisions)
        _run(centre, callers, len(waiting), len(calls), agents, is_open, offer_above, *heaps)
    free, going, decisions = _at_the_end(centre, free, going, decisions)
    left = _in_line(centre, callers, tickets), _to_ring(centre, callers, backs)
    return sound, _counted(centre), decisions, free, going, *left


@njit(nogil=True)
def _gathered(waiting: Records, calls: Records, coming: Records) -> tuple[Records, int, bool]:
    """All callers of a day, one after the other; the attempts that they may make; and whether they make sense."""
    callers = np.empty(len(waiting) + len(calls) + len(coming), dtype=CALLER)
    count, attempts, sound = 0, len(callers), True
    for some in (waiting, calls, coming):
        for k in range(len(some)):
            callers[count] = some[k]
            attempts += some[k].again
            sound = sound and makes_sense(some[k])
            count += 1
    return callers, attempts if sound else len(callers), sound


@njit(nogil=True)
def _in_post(posts: Floats, leaving: Floats, most: int, places: int) -> tuple[Records, Floats, Floats]:
    """The centre at midnight, the heap of agents (ascending, so a heap) and those without a post (ascending too)."""
    ends = np.sort(np.maximum(np.concatenate((leaving, posts)), 0.0))
    going = len(ends) - len(posts)
    free = np.full(most + 2, np.inf)
    free[: len(posts)] = ends[going:]
    gone = np.empty(len(ends) + len(free))
    gone[:going] = ends[:going]
    centre = np.zeros(1, dtype=_CENTRE)
    centre[0].posts, centre[0].leaving, centre[0].places = len(posts), going, places
    centre[0].busy = np.minimum(ends, DAY).sum()
    return centre, free, gone


# A record keeps nothing alive: who reads the centre's is given the array that it stands in.


@njit(nogil=True)
def _at_the_end(centre: Records, free: Floats, leaving: Floats, decisions: Records) -> tuple[Floats, Floats, Records]:
    """When each agent in post at midnight is free, and those without a post, on the clock of the new day; decisions."""
    n = centre[0]
    left = leaving[: n.leaving] - DAY
    return np.sort(np.maximum(free[: n.posts] - DAY, 0.0)), left[left > 0], decisions[: n.decided]


@njit(nogil=True)
def _counted(centre: Records) -> tuple[int, int, float]:
    """Attempts that rang, those of them that were not the first, and agents' minutes."""
    n = centre[0]
    return n.offered, n.call_backs, n.busy


@njit(nogil=True)
def _in_line(centre: Records, callers: Records, tickets: Records) -> Records:
    """Those who wait at midnight, by ticket, on the clock of the new day."""
    n = centre[0]
    rows = np.empty(n.waiting + n.promised, dtype=CALLER)
    count = 0
    for number in range(n.tickets):
        if tickets[number].there:
            rows[count] = callers[tickets[number].caller]
            rows[count].time -= DAY
            count += 1
    return rows


@njit(nogil=True)
def _to_ring(centre: Records, callers: Records, backs: Records) -> Records:
    """Those who will ring again, by time, on the clock of the new day."""
    n = centre[0]
    rows = np.empty(n.backs, dtype=CALLER)
    for place in range(len(rows)):
        rows[place] = callers[_next_back(n, backs)]
        rows[place].time -= DAY
    return rows


@compiled
def _run(
    centre: Records,
    callers: Records,
    carried: int,
    fresh: int,
    agents: Ints,
    is_open: Flags,
    offer_above: float,
    free: Floats,
    leaving: Floats,
    tickets: Records,
    lines: Ints,
    deadlines: Records,
    backs: Records,
    decisions: Records,
) -> None:
    """All that happens on a day, in order. ``callers``: first those in line, then today's, then those to ring again."""
    n = centre[0]
    for caller in range(carried):
        if callers[caller].offer == PROMISED:
            _promise(n, callers, tickets, lines, caller)
        else:
            _join(n, callers, tickets, lines, deadlines, caller)
    for caller in range(carried + fresh, len(callers)):
        _ring_later(n, callers, backs, is_open, caller, callers[caller].time)
    caller, last, half_hour = carried, carried + fresh, 0
    while True:
        rings = callers[caller].time if caller < last else np.inf
        again = backs[0].time if n.backs > 0 else np.inf
        arrival = min(rings, again)
        change = half_hour * MINUTES_OF_HALF_HOUR
        if n.waiting + n.promised > 0:
            earliest = free[0]
            leaves = _next_deadline(n, tickets, deadlines) if n.waiting > 0 else np.inf
            answers = earliest < change or (earliest == change and half_hour < HALF_HOURS)
            if answers and earliest <= leaves and earliest <= arrival:
                _answer_next(n, callers, free, tickets, lines, decisions, earliest)
                continue
            if leaves < change and leaves <= arrival:
                _abandon(n, callers, tickets, deadlines, backs, is_open, decisions)
                continue
        if change <= arrival:
            if half_hour == HALF_HOURS:
                break
            _set_posts(n, free, leaving, agents[half_hour], change)
            while n.waiting + n.promised > 0 and free[0] <= change:
                _answer_next(n, callers, free, tickets, lines, decisions, change)
            if not is_open[half_hour]:
                _close(n, callers, tickets, lines, backs, is_open, decisions, change)
            half_hour += 1
            continue
        if rings <= again:
            now = caller
            caller += 1
        else:
            now = _next_back(n, backs)
        n.offered += 1
        n.call_backs += callers[now].attempt > 0
        if not (is_open[half_hour - 1] or callers[now].urgent):
            _turn_away(n, callers, backs, is_open, decisions, now, arrival, DEFLECTED)
        elif free[0] <= arrival:
            _serve(n, callers, free, decisions, now, arrival)
        elif n.waiting >= n.places:
            _turn_away(n, callers, backs, is_open, decisions, now, arrival, BLOCKED)
        elif n.waiting + 1 > offer_above * n.posts and callers[now].offer == ACCEPTS and not callers[now].urgent:
            _promise(n, callers, tickets, lines, now)
        else:
            _join(n, callers, tickets, lines, deadlines, now)


@njit(nogil=True)
def _serve(n: Any, callers: Records, free: Floats, decisions: Records, caller: int, start: float) -> None:
    """The agent who is free earliest takes the call."""
    end = start + callers[caller].handle
    _replace_top(free, n.posts, end)
    n.busy += min(end, DAY) - start
    _decide(n, callers, decisions, caller, start - callers[caller].time, ANSWERED, end)


@njit(nogil=True)
def _decide(n: Any, callers: Records, decisions: Records, caller: int, wait: float, outcome: int, end: float) -> None:
    row, decision = callers[caller], decisions[n.decided]
    decision.tag = row.tag
    decision.attempt = row.attempt
    decision.urgent = row.urgent
    decision.offered = row.time
    decision.wait = wait
    decision.outcome = outcome
    decision.end = end
    decision.promised = row.offer == PROMISED
    n.decided += 1


@njit(nogil=True)
def _turn_away(
    n: Any,
    callers: Records,
    backs: Records,
    is_open: Flags,
    decisions: Records,
    caller: int,
    time: float,
    outcome: int,
) -> None:
    """An unanswered attempt ends at ``time``; the caller may ring again after the pause."""
    row = callers[caller]
    _decide(n, callers, decisions, caller, time - row.time, outcome, time)
    if row.again > 0:
        row.again -= 1
        row.attempt += 1
        if row.offer == PROMISED:
            row.offer = ACCEPTS
        _ring_later(n, callers, backs, is_open, caller, time + row.pause)


@njit(nogil=True)
def _ring_later(n: Any, callers: Records, backs: Records, is_open: Flags, caller: int, time: float) -> None:
    """Keep a caller until ``time``, or until soon after the next opening where ordinary callers find it closed."""
    row = callers[caller]
    if not row.urgent and time < DAY:
        time = _within_opening(is_open, time, min(row.pause, LONGEST_AFTER_OPENING))
    row.time = time
    _push(backs, n.backs, time, n.promises, caller)
    n.promises += 1
    n.backs += 1


@njit(nogil=True)
def _within_opening(is_open: Flags, time: float, after: float) -> float:
    """``time`` if open then, else ``after`` minutes past the next opening; past midnight where today has none left.

    Midnight stands in for the opening then: tomorrow looks at the time again, and moves it if it is closed.
    """
    half_hour = int(time // MINUTES_OF_HALF_HOUR)
    if is_open[half_hour]:
        return time
    for later in range(half_hour + 1, HALF_HOURS):
        if is_open[later]:
            return later * MINUTES_OF_HALF_HOUR + after
    return DAY + after


@njit(nogil=True)
def _next_back(n: Any, backs: Records) -> int:
    """The caller who rings again next, taken off the heap."""
    caller: int = backs[0].caller
    n.backs -= 1
    _pop(backs, n.backs)
    return caller


@njit(nogil=True)
def _join(n: Any, callers: Records, tickets: Records, lines: Ints, deadlines: Records, caller: int) -> None:
    """To the end of the line, with a ticket that says until when."""
    row, number = callers[caller], n.tickets
    deadline = max(row.time + row.patience, 0.0)  # yesterday's sum may round to before midnight on this clock
    tickets[number].caller = caller
    tickets[number].deadline = deadline
    tickets[number].there = True
    if row.urgent:
        lines[0, n.urgent_end] = number
        n.urgent_end += 1
    else:
        lines[1, n.ordinary_end] = number
        n.ordinary_end += 1
    _push(deadlines, n.deadlines, deadline, number, caller)
    n.deadlines += 1
    n.tickets += 1
    n.waiting += 1


@njit(nogil=True)
def _promise(n: Any, callers: Records, tickets: Records, lines: Ints, caller: int) -> None:
    """To the end of the list of callers to call back; they wait for ever, and take no waiting place."""
    number = n.tickets
    callers[caller].offer = PROMISED
    tickets[number].caller = caller
    tickets[number].deadline = np.inf
    tickets[number].there = True
    lines[2, n.promised_end] = number
    n.promised_end += 1
    n.tickets += 1
    n.promised += 1


@njit(nogil=True)
def _next_ticket(n: Any, tickets: Records, lines: Ints) -> int:
    """The ticket of who is next: urgent before ordinary before promised; those who left are passed over."""
    while n.urgent_first < n.urgent_end:
        number: int = lines[0, n.urgent_first]
        n.urgent_first += 1
        if tickets[number].there:
            return number
    while n.ordinary_first < n.ordinary_end:
        number = lines[1, n.ordinary_first]
        n.ordinary_first += 1
        if tickets[number].there:
            return number
    number = lines[2, n.promised_first]
    n.promised_first += 1
    return number


@njit(nogil=True)
def _answer_next(
    n: Any, callers: Records, free: Floats, tickets: Records, lines: Ints, decisions: Records, time: float
) -> None:
    """Whoever is first in line is answered at ``time``."""
    ticket = tickets[_next_ticket(n, tickets, lines)]
    ticket.there = False
    if callers[ticket.caller].offer == PROMISED:
        n.promised -= 1
    else:
        n.waiting -= 1
    _serve(n, callers, free, decisions, ticket.caller, time)


@njit(nogil=True)
def _next_deadline(n: Any, tickets: Records, deadlines: Records) -> float:
    """When the next caller in line runs out of patience; tickets of callers no longer in line are dropped."""
    while not tickets[deadlines[0].number].there:
        n.deadlines -= 1
        _pop(deadlines, n.deadlines)
    time: float = deadlines[0].time
    return time


@njit(nogil=True)
def _abandon(
    n: Any, callers: Records, tickets: Records, deadlines: Records, backs: Records, is_open: Flags, decisions: Records
) -> None:
    """The caller with the earliest deadline leaves the line."""
    ticket = tickets[deadlines[0].number]
    ticket.there = False
    n.waiting -= 1
    _turn_away(n, callers, backs, is_open, decisions, ticket.caller, ticket.deadline, ABANDONED)


@njit(nogil=True)
def _close(
    n: Any,
    callers: Records,
    tickets: Records,
    lines: Ints,
    backs: Records,
    is_open: Flags,
    decisions: Records,
    now: float,
) -> None:
    """Ordinary callers still in line hear a recorded announcement; then promises are broken."""
    for k in range(n.ordinary_first, n.ordinary_end):
        ticket = tickets[lines[1, k]]
        if ticket.there:
            ticket.there = False
            n.waiting -= 1
            _turn_away(n, callers, backs, is_open, decisions, ticket.caller, now, DEFLECTED)
    n.ordinary_first = n.ordinary_end
    while n.promised_first < n.promised_end:
        ticket = tickets[lines[2, n.promised_first]]
        n.promised_first += 1
        ticket.there = False
        n.promised -= 1
        _turn_away(n, callers, backs, is_open, decisions, ticket.caller, now, DEFLECTED)


@njit(nogil=True)
def _set_posts(n: Any, free: Floats, leaving: Floats, posts: int, now: float) -> None:
    """Idle agents leave first, then those who finish next; when posts rise, those still finishing come back first."""
    while n.posts > posts:
        if free[0] > now:
            leaving[n.leaving] = free[0]
            n.leaving += 1
        n.posts -= 1
        last = free[n.posts]
        free[n.posts] = np.inf
        if n.posts > 0:
            _replace_top(free, n.posts, last)
    while n.posts < posts:
        time = now
        if n.leaving > 0 and leaving[n.leaving - 1] > now:
            n.leaving -= 1
            time = leaving[n.leaving]
        else:
            n.leaving = 0  # they ascend: if the last has finished, all have
        _add_agent(free, n.posts, time)
        n.posts += 1


@njit(nogil=True)
def _replace_top(free: Floats, size: int, time: float) -> None:
    """The earliest free agent is taken until ``time``; past ``size`` the array holds infinity."""
    # Which child is smaller is as good as random: adding the comparison, rather than branching on it, halves the time.
    # Unsigned numbers throughout, as signed ones are checked for being negative at every access.
    one, two, count = np.uint64(1), np.uint64(2), np.uint64(size)
    hole, child = np.uint64(0), one
    while child < count:
        child += np.uint64(free[child + one] < free[child])
        if free[child] >= time:
            break
        free[hole] = free[child]
        hole, child = child, two * child + one
    free[hole] = time


@njit(nogil=True)
def _add_agent(free: Floats, size: int, time: float) -> None:
    """One more agent in a heap of ``size``."""
    hole = size
    while hole > 0:
        parent = (hole - 1) // 2
        if free[parent] <= time:
            break
        free[hole] = free[parent]
        hole = parent
    free[hole] = time


@njit(nogil=True)
def _push(heap: Records, size: int, time: float, number: int, caller: int) -> None:
    """Add to a binary heap of ``size``, by time, then number."""
    hole = size
    while hole > 0:
        parent = (hole - 1) // 2
        if not _later(heap[parent], time, number):
            break
        _move(heap, parent, hole)
        hole = parent
    heap[hole].time = time
    heap[hole].number = number
    heap[hole].caller = caller


@njit(nogil=True)
def _pop(heap: Records, size: int) -> None:
    """Take the top off a binary heap, leaving ``size``."""
    time, number = heap[size].time, heap[size].number
    hole, child = 0, 1
    while child < size:
        if child + 1 < size:
            child += _later(heap[child], heap[child + 1].time, heap[child + 1].number)
        if _later(heap[child], time, number):
            break
        _move(heap, child, hole)
        hole, child = child, 2 * child + 1
    _move(heap, size, hole)


@njit(nogil=True)
def _later(due: Any, time: float, number: int) -> bool:
    later: bool = (due.time > time) | ((due.time == time) & (due.number > number))
    return later


@njit(nogil=True)
def _move(heap: Records, source: int, target: int) -> None:
    heap[target].time = heap[source].time
    heap[target].number = heap[source].number
    heap[target].caller = heap[source].caller


@compiled
def serve(free: Floats, agents: int, time: Floats, handle: Floats, patience: Floats) -> Floats:
    """Waits in minutes at a constant number of agents, first come, first served; infinite for callers who leave.

    No loop over events is needed: visited by arrival, a call starts when the earliest agent is free, unless that is
    later than the caller's patience, and then the caller takes nobody's time. ``free`` is a heap made by ``idle`` and
    carries the agents on from one piece of a long series to the next.
    """
    waits = np.empty(len(time))
    for k in range(len(time)):
        start = max(time[k], free[0])
        if start <= time[k] + patience[k]:
            waits[k] = start - time[k]
            _replace_top(free, agents, start + handle[k])
        else:
            waits[k] = np.inf
    return waits


def idle(agents: int) -> Floats:
    """So many agents, all free from time 0 on, as a heap for ``serve``: past them infinity, which nobody reaches."""
    return np.append(np.zeros(agents), [np.inf, np.inf])
