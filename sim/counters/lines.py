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

    def total_at(self, served_to: Floats) -> Floats:
        """Who waits up to where each municipality has served."""
        position = served_to - self.first
        days = position.astype(np.int64)
        return np.asarray(self.upto[days, TOTAL] + (position - days) * self.rows[days, TOTAL])


class Served(NamedTuple):
    """What serving left: how far each municipality has served; ``ROWS`` numbers of the country's served, and of those
    who still wait; and by municipality who was served, of these in time, who loses the certificate tonight who came to
    renew in time, and the days that those served had waited: shape (4, municipalities)."""

    to: Floats
    served: Floats
    waiting: Floats
    here: Floats


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
    to, here = np.empty(len(served_to)), np.empty((4, len(served_to)))
    served, waiting = np.zeros(ROWS), np.zeros(ROWS)
    before, done = np.empty(ROWS), np.empty(ROWS)
    for place in range(len(served_to)):
        day = int(served_to[place] - first)
        part = served_to[place] - first - day
        for number in range(ROWS):
            before[number] = upto[day, number] + part * rows[day, number]
        reached = before[TOTAL] + persons[place]
        if reached >= upto[last, TOTAL] - _NONE:
            until = float(last)
        else:
            low, high = day, last  # who has served so far reaches no day before
            while high - low > 1:
                middle = (low + high) // 2
                if upto[middle, TOTAL] <= reached:
                    low = middle
                else:
                    high = middle
            size = upto[low + 1, TOTAL] - upto[low, TOTAL]
            until = low + (max(reached - upto[low, TOTAL], 0.0) / size if size > 0 else 0.0)
        to[place] = max(first + until, served_to[place])
        day = int(to[place] - first)
        part = to[place] - first - day
        for number in range(ROWS):
            after = upto[day, number] + part * rows[day, number]
            done[number] = after - before[number]
            served[number] += done[number] * demand[place]
            waiting[number] += (upto[last, number] - after) * demand[place]
            before[number] = upto[last, number] - after
        here[0, place] = done[TOTAL]
        here[1, place] = done[IN_TIME] + done[EARLY]
        here[2, place] = before[EXPIRED] + before[GONE_IN_TIME]
        here[3, place] = done[WAITED]
    return Served(to, served, waiting, here)
