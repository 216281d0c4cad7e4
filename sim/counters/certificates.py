"""Certificates at the counters (電子証明書の更新・発行): a booking backlog served in order of booking.

Holders who set out on their notice have a deadline: the days left are those of the timing law by which they set out.
Who waits past it has lost the certificate and is served as a late one. Who set out before the notice has months left,
longer than anybody waits. Who waits long gives up.
"""

from __future__ import annotations

import numpy as np

from sim import timing
from sim.calendar import Calendar
from sim.draws import binomials
from sim.journal import Journal
from sim.plan import Plan
from sim.streams import Floats, Ints, Streams

IN_TIME, LATE, SIGNING, EARLY = range(4)
"""Who waits: to renew before expiry; to renew after it, or back after giving up; for a signing certificate after a move
or for new ones with an extended stay; to renew before expiry, ahead of the notice.
"""


class Certificates:
    """The booking backlog of one replication, by day of booking and kind of person."""

    def __init__(self, plan: Plan, streams: Streams, calendar: Calendar, journal: Journal) -> None:
        settings = plan.parameters.counters
        self._journal = journal
        self._streams = streams
        self._ordinals = [day.toordinal() for day in calendar.dates]
        self.weights = calendar.weights(settings.weekdays, settings.weekdays[6], 0.0, settings.closures)
        self._slots: list[float] = (self.weights * plan.daily("counters.certificates_per_day")).tolist()
        self._tolerance = plan.value("counters.booking_tolerance_days")
        self._give_up = 1 - np.exp(-1 / plan.value("counters.booking_patience_days"))
        self._expiring = _chance_to_expire(plan)
        self._booked: Ints = np.zeros(0, dtype=np.int64)
        self._waiting: Ints = np.zeros((4, 0), dtype=np.int64)

    @property
    def backlog(self) -> int:
        """Persons waiting for a slot."""
        return int(self._waiting.sum())

    def attempts(self, day: int) -> int:
        """Take today's bookings in; how many persons have a slot today."""
        facts = self._journal
        early, in_time, wanted = (int(facts[f"certificates_wanted{name}"][day]) for name in ("_early", "_in_time", ""))
        late = wanted - in_time + int(facts["came_back"][day])
        issued_again = int(facts["signing_wanted"][day]) + int(facts["stays_extended"][day])
        new = np.array([[in_time - early], [late], [issued_again], [early]], dtype=np.int64)
        if new.any():
            self._booked = np.append(self._booked, day)
            self._waiting = np.hstack([self._waiting, new])
        return min(self.backlog, int(min(self._slots[day], 1e15)))

    def serve(self, day: int, persons: int) -> None:
        """Serve so many in order of booking; the others age, lose their certificate, or give up."""
        if not len(self._booked):
            return
        booked = self._waiting.sum(axis=0)
        running = np.cumsum(booked)
        whole = int(np.searchsorted(running, persons, side="right"))  # all who booked on the first so many days
        waits = int((booked[:whole] * (day - self._booked[:whole])).sum())
        by_kind = self._waiting[:, :whole].sum(axis=1)
        rest = persons - int(running[whole - 1]) if whole else persons
        self._booked, self._waiting = self._booked[whole:], self._waiting[:, whole:].copy()
        if rest:
            some = _split(rest, self._waiting[:, 0])
            self._waiting[:, 0] -= some
            by_kind, waits = by_kind + some, waits + rest * (day - int(self._booked[0]))
        on_notice, late, signing, early = by_kind.tolist()
        self._journal.post("certificates_renewed", day, on_notice + late + early)
        self._journal.post("renewed_in_time", day, on_notice + early)
        self._journal.post("signing_reissued", day, signing)
        self._journal.post("slot_wait_days", day, waits)
        if len(self._booked):
            self._age(day)
            left = self._waiting.sum(axis=0) > 0
            self._booked, self._waiting = self._booked[left], self._waiting[:, left]
        self._journal.post("booking_backlog", day, self.backlog)

    def _age(self, day: int) -> None:
        stream = self._streams.generator("counters/certificates/waiting", self._ordinals[day])
        luck, luck_of_early = stream.random((_LONGEST, 4)), stream.random((_LONGEST, 1))
        waited = day - self._booked
        longest = np.minimum(waited, _LONGEST - 1)
        u = luck[longest]
        expiring = self._expiring[np.minimum(waited, len(self._expiring) - 1)]
        expired = binomials(u[:, 3], self._waiting[IN_TIME], expiring)
        self._waiting[IN_TIME] -= expired
        self._waiting[LATE] += expired
        chance = np.where(waited >= self._tolerance, self._give_up, 0.0)
        give_up = np.hstack([u[:, :3], luck_of_early[longest]])
        gone = binomials(give_up.T, self._waiting, chance)
        self._waiting = self._waiting - gone
        self._journal.post("expired_waiting", day, int(expired.sum()))
        self._journal.post("gave_up_in_time", day, int(gone[[IN_TIME, EARLY]].sum()))
        self._journal.post("slots_given_up", day, int(gone.sum()))


_LONGEST = 366
"""Days of waiting with luck of their own; who waits longer shares the last."""


def _split(served: int, waiting: Ints) -> Ints:
    """Those served of one day's bookings, by kind: in proportion, the first kinds first where it comes out uneven."""
    left, rest = served, int(waiting.sum())
    parts = []
    for kind in waiting.tolist():
        part = min(-(-left * kind // max(rest, 1)), kind, left)
        parts.append(part)
        left, rest = left - part, rest - kind
    return np.array(parts, dtype=np.int64)


def _chance_to_expire(plan: Plan) -> Floats:
    """Chance that a certificate not yet expired does so after so many days of waiting (0, 1, ...)."""
    window = round(plan.parameters.rules.renewal_window_months * timing.DAYS_A_MONTH)
    left = timing.in_time(window, plan.value("renewal.days_to_respond"))[::-1]
    # left[k]: share with k whole days left; they lose it in the night after day k
    not_yet = np.cumsum(left[::-1])[::-1]
    return np.append(left[:-1] / not_yet[:-1], 1.0)
