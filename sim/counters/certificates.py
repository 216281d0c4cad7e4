"""Certificates at the counters (電子証明書の更新・発行): booking backlogs, one a municipality, in order of booking.

Holders who set out on their notice have a deadline: the days left are those of the timing law by which they set out.
Who waits past it has lost the certificate and is served as a late one. Who set out before the notice has months left,
longer than anybody waits. Who waits long gives up.

Visits are asked for everywhere in the same shares on every day, so that the lines of municipalities differ by one
number each: how far the bookings have been served. Who still waits of a day's bookings, and who of them has lost the
certificate, depends on the days since then alone. Persons are counted in the country's, of which each municipality has
its share; the country's facts are whole, what happened in a municipality stays a fraction until a year is over.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim import timing
from sim.calendar import Calendar
from sim.counters.lines import (
    EXPIRED,
    GONE,
    GONE_IN_TIME,
    KINDS,
    WAITED,
    Known,
    Standing,
    Waiting,
    evening,
    morning,
    walk,
)
from sim.counters.post_offices import PostOffices
from sim.counters.weekends import Weekends
from sim.counters.whole import Whole
from sim.counters.years import Years
from sim.journal import Journal
from sim.municipalities import ONE, Municipalities
from sim.plan import Plan
from sim.streams import Floats, Streams

LONG_DAYS = (30, 60)
"""Waits for a slot that are long, in days."""
_WISHES = (
    "certificates_wanted_early",
    "certificates_wanted_in_time",
    "certificates_wanted",
    "came_back",
    "signing_wanted",
    "stays_extended",
)
"""Who books on a day."""


class Certificates:
    """The booking backlogs of one replication."""

    def __init__(
        self, plan: Plan, streams: Streams, calendar: Calendar, journal: Journal, places: Municipalities = ONE
    ) -> None:
        settings = plan.parameters.counters
        self._journal = journal
        self.weights = calendar.weights(settings.weekdays, settings.weekdays[6], 0.0, settings.closures)
        self._slots: list[float] = (self.weights * plan.daily("counters.slots_per_day")).tolist()
        self._demand = places.demand
        self._slots_a_visit = slots_a_visit(plan, streams, places)
        self._least = float(self._slots_a_visit.min())
        self._post_offices = PostOffices(plan, streams, calendar, journal, places)
        self._weekends = Weekends(plan, calendar, journal, places)
        self._waiting = Waiting(*_staying(plan, calendar.days + 1), *_keeping(plan, calendar.days + 1))
        self._wishes = [journal[name] for name in _WISHES]
        self._booked: Floats = np.zeros((KINDS, calendar.days))
        self._bookings = [0] * calendar.days
        self._served_to: Floats = np.zeros(len(places.codes))
        self._first = 0
        self._leavers, self._expired, self._backlog = Whole(KINDS + 2), Whole(1), 0
        self._today: _Today | None = None
        self.years = Years(calendar, plan.parameters.start, places)

    def slots(self, day: int) -> float:
        """Slots of the country on a day, at the municipalities' own counters."""
        return self._slots[day]

    def attempts(self, day: int, other_slots: float = 0.0) -> int:
        """Take today's bookings in; how many persons have a slot today.

        Args:
            day: of the calendar.
            other_slots: slots that visits for anything else take today.
        """
        booking = self._book(day)
        slots = self._left(day, other_slots)
        self._weekends.run(day, booking, slots)
        more = self._post_offices.slots(day)
        first, rows, upto, room, asked = morning(
            self._first, self._booked[:, : day + 1], tuple(self._waiting), self._served_to, slots + more, self._demand
        )
        if isinstance(more, np.ndarray):
            self._journal.post("post_office_visits", day, round(self._of_country(room - np.minimum(slots, room))))
        self._first, self._today = first, _Today((first, rows, upto), room, asked)
        return asked

    def _book(self, day: int) -> int:
        """Take a day's bookings in; persons who book."""
        early, in_time, wanted, back, moved, extended = (series.item(day) for series in self._wishes)
        self._booked[:, day] = in_time - early, wanted - in_time + back, moved + extended, early
        booking: int = wanted + back + moved + extended
        self._bookings[day] = booking
        self._backlog += booking
        return booking

    def free(self, first: int, others: Floats) -> Floats:
        """Slots for certificates, at counters and at post offices, by day and municipality, in the country's persons.

        Args:
            first: the first of the days.
            others: slots that visits for anything else take on each.
        """
        slots = np.array(self._slots[first : first + len(others)])
        left = np.maximum(slots[:, None] * self._slots_a_visit - others[:, None], 0.0)
        for day, of_day in enumerate(left, first):
            of_day += self._post_offices.slots(day)
        return left

    def walk(
        self, day: int, booked: Floats, standing: Standing, slots: Floats, known: Known
    ) -> tuple[Standing, Floats]:
        """Days of bookings after each other, with all else as it is known (``sim.counters.lines.walk``)."""
        return walk(day, booked, self._waiting, standing, slots, self._demand, known)

    def _left(self, day: int, other_slots: float) -> Floats:
        """Slots for certificates in each municipality; what others take beyond those that there are is said."""
        left: Floats = self._slots_a_visit * self._slots[day] - other_slots
        if other_slots <= self._least * self._slots[day]:
            return left
        slots = np.maximum(left, 0.0)
        self._journal.post("slots_short", day, round(self._of_country(slots - left)))
        return slots

    def serve(self, day: int, persons: int) -> int:
        """Serve so many in order of booking; the others age, lose their certificate, or give up.

        Returns:
            those served; by less than a handful more or fewer, where lines stand in many places.
        """
        if (today := self._today) is None:
            return 0
        share = persons / today.asked if today.asked else 1.0
        self._served_to, served, waiting = evening(
            today.lines, self._served_to, share * today.room, self._demand, self._long(day), self.years.sums(day)
        )
        return self._post(day, served.tolist(), waiting.tolist())

    def _of_country(self, persons: Floats) -> float:
        """Of persons by municipality the country's; the same bits however many threads there are."""
        return float((persons * self._demand).sum())

    def _post(self, day: int, served: list[float], left: list[float]) -> int:
        """Post the country's whole numbers: of those served, and of those left what happens to them tonight."""
        leaving = *served[:KINDS], left[GONE_IN_TIME], left[GONE] - left[GONE_IN_TIME]
        in_time, late, signing, early, gone_in_time, gone_others = self._leavers.of(np.array(leaving)).tolist()
        done: int = in_time + late + signing + early
        self._backlog -= done + gone_in_time + gone_others
        counts = {
            "certificates_renewed": in_time + late + early,
            "renewed_in_time": in_time + early,
            "signing_reissued": signing,
            "slot_wait_days": round(served[WAITED]),
            "expired_waiting": int(self._expired.of(np.array([left[EXPIRED]]))[0]),
            "gave_up_in_time": gone_in_time,
            "slots_given_up": gone_in_time + gone_others,
            "booking_backlog": self._backlog,
        }
        self._journal.post_all(day, counts)
        return done

    def _long(self, day: int) -> tuple[tuple[int, float], ...]:
        """For each of ``LONG_DAYS`` the day on which those booked who come to wait longer tonight, and how many of them
        have not given up."""
        stays = self._waiting.stays
        return tuple(
            (day - waited, self._bookings[day - waited] * stays.item(waited) if day >= waited else 0.0)
            for waited in LONG_DAYS
        )


@dataclass(frozen=True)
class _Today:
    """The lines of a day (``sim.counters.lines.Lines``), and how many have a slot in each municipality and in all."""

    lines: tuple[int, Floats, Floats]
    room: Floats
    asked: int


def slots_a_visit(plan: Plan, streams: Streams, places: Municipalities) -> Floats:
    """Slots that each municipality has for a visit asked for there, 1 where there are as many as in the country."""
    normals = streams.generator("counters/slots").standard_normal(len(places.codes))
    return np.asarray(places.slots(plan.value("counters.slots_spread"), normals) / places.demand)


def _staying(plan: Plan, days: int) -> tuple[Floats, Floats]:
    """Share that has not given up after so many nights, and of those the share that does in the next."""
    leaves = 1 - np.exp(-1 / plan.value("counters.booking_patience_days"))
    chance = np.where(np.arange(days) >= plan.value("counters.booking_tolerance_days"), leaves, 0.0)
    return np.append(1.0, np.cumprod(1 - chance)[:-1]), chance


def _keeping(plan: Plan, days: int) -> tuple[Floats, Floats]:
    """Share of certificates that last so many nights where a notice was followed; of those, the share that ends."""
    window = round(plan.parameters.rules.renewal_window_months * timing.DAYS_A_MONTH)
    left = timing.in_time(window, plan.value("renewal.days_to_respond"))[::-1]
    # left[k]: share with k whole days left; they lose it in the night after day k
    not_yet = np.cumsum(left[::-1])[::-1]
    chance = np.append(left[:-1] / not_yet[:-1], 1.0)
    chance = np.append(chance, np.ones(max(days - len(chance), 0)))[:days]
    return np.append(1.0, np.cumprod(1 - chance)[:-1]), chance
