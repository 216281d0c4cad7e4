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
    Lines,
    Standing,
    Waiting,
    ask,
    here,
    lines,
    oldest,
    serve,
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
        self._post_offices = PostOffices(plan, streams, calendar, journal, places)
        self._weekends = Weekends(plan, calendar, journal, places)
        self._waiting = Waiting(*_staying(plan, calendar.days + 1), *_keeping(plan, calendar.days + 1))
        self._booked: Floats = np.zeros((KINDS, calendar.days))
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
        facts = self._journal
        early, in_time, wanted = (int(facts[f"certificates_wanted{name}"][day]) for name in ("_early", "_in_time", ""))
        late = wanted - in_time + int(facts["came_back"][day])
        issued_again = int(facts["signing_wanted"][day]) + int(facts["stays_extended"][day])
        self._booked[:, day] = in_time - early, late, issued_again, early
        self._backlog += wanted + issued_again + int(facts["came_back"][day])
        today = self._lines(day)
        slots = self._left(day, other_slots)
        self._weekends.run(day, float(self._booked[:, day].sum()), slots)
        room, asked = ask(today, self._served_to, slots + self._post_offices.slots(day), self._demand)
        more = self._of_country(room - np.minimum(slots, room))
        self._journal.post("post_office_visits", day, round(more))
        self._today = _Today(today, room, asked)
        return asked

    def free(self, day: int, other_slots: float) -> Floats:
        """Slots for certificates in each municipality, at counters and at post offices, in the country's persons."""
        return np.asarray(self._left(day, other_slots) + self._post_offices.slots(day))

    def walk(
        self, day: int, booked: Floats, standing: Standing, slots: Floats, known: Known
    ) -> tuple[Standing, Floats]:
        """Days of bookings after each other, with all else as it is known (``sim.counters.lines.walk``)."""
        return walk(day, booked, self._waiting, standing, slots, self._demand, known)

    def _left(self, day: int, other_slots: float) -> Floats:
        """Slots for certificates in each municipality; what others take beyond those that there are is said."""
        left = self._slots_a_visit * self._slots[day] - other_slots
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
        told = serve(today.lines, self._served_to, share * today.room, self._demand)
        done_here = here(today.lines, self._served_to, told.to)
        self._served_to = told.to
        self.years.post(day, np.vstack([done_here, self._beyond(day)]))
        return self._post(day, told.served, told.waiting)

    def _of_country(self, persons: Floats) -> float:
        """Of persons by municipality the country's; the same bits however many threads there are."""
        return float((persons * self._demand).sum())

    def _post(self, day: int, served: Floats, left: Floats) -> int:
        """Post the country's whole numbers: of those served, and of those left what happens to them tonight."""
        gone = np.array([left[GONE_IN_TIME], left[GONE] - left[GONE_IN_TIME]])
        in_time, late, signing, early, gone_in_time, gone_others = self._leavers.of(
            np.append(served[:KINDS], gone)
        ).tolist()
        done: int = in_time + late + signing + early
        self._backlog -= done + gone_in_time + gone_others
        counts = {
            "certificates_renewed": in_time + late + early,
            "renewed_in_time": in_time + early,
            "signing_reissued": signing,
            "slot_wait_days": round(float(served[WAITED])),
            "expired_waiting": int(self._expired.of(left[[EXPIRED]])[0]),
            "gave_up_in_time": gone_in_time,
            "slots_given_up": gone_in_time + gone_others,
            "booking_backlog": self._backlog,
        }
        self._journal.post_all(day, counts)
        return done

    def _lines(self, day: int) -> Lines:
        """The bookings up to today, as they stand this morning and as they fare tonight."""
        self._first = oldest(self._first, self._served_to)
        return lines(self._first, self._booked[:, self._first : day + 1], self._waiting)

    def _beyond(self, day: int) -> Floats:
        """Persons of the country who come to wait longer than each of ``LONG_DAYS`` tonight, by municipality."""
        found = np.zeros((len(LONG_DAYS), len(self._demand)))
        for number, waited in enumerate(LONG_DAYS):
            booked = day - waited
            if booked >= 0:
                still = np.clip(booked + 1 - self._served_to, 0.0, 1.0)
                found[number] = still * (self._booked[:, booked].sum() * self._waiting.stays[waited])
        return found


@dataclass(frozen=True)
class _Today:
    """The lines of a day, and how many have a slot in each municipality and in all."""

    lines: Lines
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
