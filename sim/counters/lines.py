"""The lines of bookings as they stand on a day, compiled: 1,741 municipalities are served in one pass.

Who still waits of a day's bookings, and what happens to them tonight, depends on the days since then alone
(``Waiting``). Summed over the bookings in their order (``Lines``), each municipality is a place along them: how far it
has served.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.streams import Floats

IN_TIME, LATE, SIGNING, EARLY = range(4)
"""Who waits: to renew before expiry; to renew after it, or back after giving up; for a signing certificate after a move
or for new ones with an extended stay; to renew before expiry, ahead of the notice.
"""
KINDS = 4
TOTAL, WAITED, EXPIRED, GONE, GONE_IN_TIME = range(KINDS, KINDS + 5)
ROWS = KINDS + 5
"""Numbers of a line: who waits of each kind; all of them; the days they have waited; and who of them loses the
certificate tonight, gives up, and does so before expiry."""
_NONE = 1e-9
"""Persons, of the country's, that are nobody."""
_NEARLY = 1e-6
"""Persons that make a whole one where sums are not exact."""
_AGAIN = 64
"""Days of bookings that all have been served are forgotten in blocks of so many."""


class Waiting(NamedTuple):
    """By nights since booking: the share that has not given up, of those the share that does in the next night; the
    share of certificates that last so long, and of those the share that ends."""

    stays: Floats
    gives_up: Floats
    keeps: Floats
    expires: Floats


class Lines(NamedTuple):
    """What waits on a day, by day of booking from ``first`` on: ``rows[day]`` of it, ``upto[day]`` of all before it.

    The last row is of tomorrow, where nobody has booked, so that the end of all bookings is a place too.
    """

    first: int
    rows: Floats
    upto: Floats

    @property
    def ends(self) -> Floats:
        """All numbers over all bookings."""
        return np.asarray(self.upto[-1])


class Served(NamedTuple):
    """What serving left: how far each municipality has served; and ``ROWS`` numbers of the country's served, and of
    those who still wait."""

    to: Floats
    served: Floats
    waiting: Floats


class Known(NamedTuple):
    """What a whole simulation knows by day, for its bookings to be walked again (``walk``).

    Who came back after giving up; who gave up; who was served of those with a slot; the share of these that got through
    to the servers, no number where it is what ``served`` makes it; the share of those who give up that comes back, and
    the chance of it on each day of those who will.
    """

    came_back: Floats
    gave_up: Floats
    served: Floats
    through: Floats
    share_back: Floats
    chance_back: Floats


class Standing(NamedTuple):
    """How the lines stand as a day begins: how far each municipality has served, the day from which bookings are looked
    at, and how many more than were known of will come back."""

    served_to: Floats
    first: int
    more_to_come_back: float


@compiled
def lines(first: int, booked: Floats, waiting: Waiting) -> Lines:
    """The bookings, as they stand this morning and as they fare tonight.

    Args:
        first: the day of the first of them.
        booked: persons by kind and day of booking, today's last.
        waiting: what becomes of them.
    """
    days = booked.shape[1]
    rows, upto = np.zeros((days + 1, ROWS)), np.zeros((days + 1, ROWS))
    for day in range(days):
        waited = days - 1 - day
        row, stays, total = rows[day], waiting.stays[waited], 0.0
        for kind in range(KINDS):
            row[kind] = booked[kind, day] * stays
            total += row[kind]
        kept = row[IN_TIME] * waiting.keeps[waited]
        row[LATE] += row[IN_TIME] - kept
        row[IN_TIME] = kept
        row[TOTAL] = total
        row[WAITED] = total * waited
        row[EXPIRED] = kept * waiting.expires[waited]
        row[GONE] = total * waiting.gives_up[waited]
        row[GONE_IN_TIME] = (kept - row[EXPIRED] + row[EARLY]) * waiting.gives_up[waited]
        for number in range(ROWS):
            upto[day + 1, number] = upto[day, number] + row[number]
    return Lines(first, rows, upto)


@compiled
def oldest(first: int, served_to: Floats) -> int:
    """The day from which bookings must be looked at, which were looked at from ``first`` on so far."""
    least = int(served_to.min())
    return least if least >= first + _AGAIN else first


@compiled
def ask(found: Lines, served_to: Floats, slots: Floats, demand: Floats) -> tuple[Floats, int]:
    """Who of those waiting has one of so many slots in each municipality, and how many these are in the country."""
    first, rows, upto = found.first, found.rows, found.upto
    room, asked = np.empty(len(served_to)), 0.0
    for place in range(len(served_to)):
        day = int(served_to[place] - first)
        before = upto[day, TOTAL] + (served_to[place] - first - day) * rows[day, TOTAL]
        room[place] = min(slots[place], upto[-1, TOTAL] - before)
        asked += room[place] * demand[place]
    return room, int(asked + _NEARLY)


@compiled
def serve(found: Lines, served_to: Floats, persons: Floats, demand: Floats) -> Served:
    """Serve so many more persons in each municipality, in order of booking.

    Args:
        found: the lines of today.
        served_to: how far each municipality has served, on the days of booking.
        persons: who is served there, in the country's.
        demand: share of the country's visits in each municipality.
    """
    first, rows, upto = found.first, found.rows, found.upto
    last = len(upto) - 1
    to = np.empty(len(served_to))
    # municipalities by the day that they have served to, weighted, and the part of that day: sums over them are short
    begun, ended = np.zeros((2, last + 1)), np.zeros((2, last + 1))
    for place in range(len(served_to)):
        day = int(served_to[place] - first)
        part = served_to[place] - first - day
        begun[0, day] += demand[place]
        begun[1, day] += demand[place] * part
        reached = upto[day, TOTAL] + part * rows[day, TOTAL] + persons[place]
        until = float(last)
        if reached < upto[last, TOTAL] - _NONE:
            while upto[day + 1, TOTAL] <= reached:
                day += 1
            size = upto[day + 1, TOTAL] - upto[day, TOTAL]
            until = day + (max(reached - upto[day, TOTAL], 0.0) / size if size > 0 else 0.0)
        to[place] = max(first + until, served_to[place])
        day = int(to[place] - first)
        ended[0, day] += demand[place]
        ended[1, day] += demand[place] * (to[place] - first - day)
    served, waiting = np.zeros(ROWS), np.zeros(ROWS)
    for day in range(last + 1):
        for number in range(ROWS):
            moved = (ended[0, day] - begun[0, day]) * upto[day, number]
            served[number] += moved + (ended[1, day] - begun[1, day]) * rows[day, number]
            left = ended[0, day] * (upto[last, number] - upto[day, number])
            waiting[number] += left - ended[1, day] * rows[day, number]
    return Served(to, served, waiting)


@compiled
def here(found: Lines, served_to: Floats, to: Floats, told: Floats) -> None:
    """What serving did in each municipality, from how far it had served to how far it has.

    Args:
        found: the lines of the day.
        served_to: how far each municipality had served.
        to: how far it has served.
        told: by municipality, to be added to: who was served, of these in time, who loses the certificate tonight who
            came to renew in time, and the days that those served had waited.
    """
    upto, last = found.upto, len(found.upto) - 1
    for place in range(len(to)):
        begun, ended = served_to[place] - found.first, to[place] - found.first
        told[0, place] += _at(found, TOTAL, ended) - _at(found, TOTAL, begun)
        in_time = _at(found, IN_TIME, ended) - _at(found, IN_TIME, begun)
        told[1, place] += in_time + (_at(found, EARLY, ended) - _at(found, EARLY, begun))
        expired = upto[last, EXPIRED] - _at(found, EXPIRED, ended)
        told[2, place] += expired + (upto[last, GONE_IN_TIME] - _at(found, GONE_IN_TIME, ended))
        told[3, place] += _at(found, WAITED, ended) - _at(found, WAITED, begun)


@compiled
def _at(found: Lines, number: int, position: float) -> float:
    """One of the ``ROWS`` numbers of all bookings before a position along them."""
    day = int(position)
    before: float = found.upto[day, number] + (position - day) * found.rows[day, number]
    return before


@compiled
def beyond(to: Floats, booked: int, persons: float, told: Floats) -> None:
    """Add to ``told`` who of ``persons`` waits since the day ``booked``, in each municipality."""
    for place in range(len(to)):
        told[place] += min(max(booked + 1 - to[place], 0.0), 1.0) * persons


@compiled
def morning(
    first: int, booked: Floats, waiting: tuple[Floats, ...], served_to: Floats, slots: Floats, demand: Floats
) -> tuple[int, Floats, Floats, Floats, int]:
    """The lines of a day, and who has a slot: in one call, and in plain tuples, which are quickly handed over.

    Args:
        first: the day from which bookings were looked at so far.
        booked: persons by kind and day of booking, today's last.
        waiting: what becomes of them, as in ``Waiting``.
        served_to: how far each municipality has served.
        slots: of each municipality, in the country's persons.
        demand: share of the country's visits in each municipality.

    Returns:
        the lines, as in ``Lines``; who has a slot in each municipality; how many these are in the country.
    """
    first = oldest(first, served_to)
    found = lines(first, booked[:, first:], Waiting(waiting[0], waiting[1], waiting[2], waiting[3]))
    room, asked = ask(found, served_to, slots, demand)
    return found.first, found.rows, found.upto, room, asked


@compiled
def evening(
    found: tuple[int, Floats, Floats],
    served_to: Floats,
    persons: Floats,
    demand: Floats,
    long: tuple[tuple[int, float], ...],
    told: Floats,
) -> tuple[Floats, Floats, Floats]:
    """Serve a day's persons, and add up what that does in each municipality: in one call as in ``morning``.

    Args:
        found: the lines of today, as in ``Lines``.
        served_to: how far each municipality has served.
        persons: who is served there, in the country's.
        demand: share of the country's visits in each municipality.
        long: days of booking since which a wait is long, and who has not given up since.
        told: rows of ``here``, and one of each day of ``long``, by municipality; no rows where nobody asks for them.

    Returns:
        as in ``Served``.
    """
    today = Lines(found[0], found[1], found[2])
    done = serve(today, served_to, persons, demand)
    if len(told):
        here(today, served_to, done.to, told)
        for number in range(len(long)):
            beyond(done.to, long[number][0], long[number][1], told[len(told) - len(long) + number])
    return done.to, done.served, done.waiting


@compiled
def walk(
    day: int, booked: Floats, waiting: Waiting, standing: Standing, slots: Floats, demand: Floats, known: Known
) -> tuple[Standing, Floats]:
    """Days of bookings after each other, with all else as it is known.

    Those who came back come as they did, and of any more (or fewer) who gave up so many as are expected to.

    Args:
        day: the first of them.
        booked: persons by kind and day of booking, from the first simulated day on, but for those who came back; these
            are added.
        waiting: what becomes of them.
        standing: how the lines stand as ``day`` begins.
        slots: by day and municipality, in the country's persons.
        demand: share of the country's visits in each municipality.
        known: by day of the simulation; shares that got through and were no numbers are filled in.

    Returns:
        how the lines stand after the last day; and by day who renewed in time, who lost the certificate waiting, who
        gave up before that, and who had a slot.
    """
    served_to, first, more = standing.served_to, standing.first, standing.more_to_come_back
    told = np.zeros((len(slots), 4))
    for number in range(len(slots)):
        back = max(known.came_back[day] + known.chance_back[day] * more, 0.0)
        more -= back - known.came_back[day]
        booked[LATE, day] += back
        first = oldest(first, served_to)
        found = lines(first, booked[:, first : day + 1], waiting)
        room, asked = ask(found, served_to, slots[number], demand)
        if np.isnan(known.through[day]):
            known.through[day] = min(known.served[day] / asked, 1.0) if asked else 1.0
        done = serve(found, served_to, known.through[day] * room, demand)
        served_to = done.to
        more += known.share_back[day] * (done.waiting[GONE] - known.gave_up[day])
        told[number, 0] = done.served[IN_TIME] + done.served[EARLY]
        told[number, 1], told[number, 2] = done.waiting[EXPIRED], done.waiting[GONE_IN_TIME]
        told[number, 3] = asked
        day += 1
    return Standing(served_to, first, more), told
