"""What a simple line in days expects to be late, over factors on a year's load: the counters' bookings and the plant.

Work of a day waits behind all that came before; a day does no more than its capacity. That needs no event, and says
about where a target breaks; reruns of the part say where exactly.
"""

from __future__ import annotations

import numpy as np

from sim import timing
from sim.calendar import Flags, Floats
from sim.counters.certificates import slots_a_visit
from sim.louder import VISITS, Run, causes
from sim.plan import Plan
from sim.plant.opening_hours import OpeningHours
from sim.streams import Ints, Streams

_GROUPS = (0.01, 0.03, 0.07, 0.15, 0.3, 0.6)
"""Municipalities are grouped by slots a visit, at these shares of all visits: those with fewest decide."""


def done_on(arrivals: Floats, backlog: Floats) -> Ints:
    """The day on which the last of each day's arrivals is done, first come, first served; past the end if never.

    Args:
        arrivals: by row and day.
        backlog: what is left of them as each day ends, shaped alike.
    """
    come = np.cumsum(arrivals, axis=1)
    done = come - backlog
    return np.array([np.searchsorted(one, wanted - 1e-6) for one, wanted in zip(done, come, strict=True)])


class Bookings:
    """Certificate visits that wait for a slot: those who renew in time and lose their certificate meanwhile."""

    def __init__(self, run: Run) -> None:
        settings = run.parameters.counters
        plan = run.plan()
        weights = run.calendar.weights(settings.weekdays, settings.weekdays[6], 0.0, settings.closures)
        slots = np.minimum(weights * plan.daily("counters.slots_per_day"), 1e15)
        taken = run.known.facts["slots_taken"]
        self._lines = [(share, np.maximum(times * slots - taken, 0.0)) for share, times in _alike(run, plan)]
        self._tolerance = plan.value("counters.booking_tolerance_days")
        self._patience = plan.value("counters.booking_patience_days")
        window = round(run.parameters.rules.renewal_window_months * timing.DAYS_A_MONTH)
        self._left = np.append(np.cumsum(timing.in_time(window, plan.value("renewal.days_to_respond"))[::-1]), 1.0)
        visits = causes(VISITS, run.known.facts)
        self._in_time, self._early = visits["in_time"].astype(np.float64), visits["early"].astype(np.float64)
        others = visits["late"] + visits["signing"] + visits["extended"] + run.known.facts["came_back"]
        self._others = others.astype(np.float64)

    def late(self, factor: Floats) -> tuple[Floats, Floats]:
        """By factors (a row) and day of booking: who set out to renew in time, and those who do not get there."""
        in_time, early, others = (series * factor for series in (self._in_time, self._early, self._others))
        lost = np.zeros_like(in_time)
        for share, slots in self._lines:
            lost += share * self._lost(in_time, early, others, slots)
        return in_time + early, lost

    def _lost(self, in_time: Floats, early: Floats, others: Floats, slots: Floats) -> Floats:
        """Who does not get there in municipalities that have so many slots for the country's visits."""
        all_of_them = in_time + early + others
        over = np.cumsum(all_of_them - slots, axis=1)
        backlog = over - np.minimum(np.minimum.accumulate(over, axis=1), 0.0)
        waited = done_on(all_of_them, backlog) - np.arange(in_time.shape[1])
        waited = np.maximum(waited, 0)
        expired = np.where(waited > 0, self._left[np.minimum(waited, len(self._left)) - 1], 0.0)
        gave_up = 1 - np.exp(-np.maximum(waited - self._tolerance, 0.0) / self._patience)
        stay = (1 - expired) * (1 - gave_up)
        return np.asarray(in_time * (1 - stay) + early * gave_up)


def _alike(run: Run, plan: Plan) -> list[tuple[float, float]]:
    """Groups of municipalities with about as many slots a visit: their share of the visits, and these slots."""
    places = run.history.places
    slots = slots_a_visit(plan, Streams(run.seed, run.replication), places)
    order = np.argsort(slots, kind="stable")
    upto = np.cumsum(places.demand[order])
    group = np.searchsorted(_GROUPS, upto - 0.5 * places.demand[order], side="right")
    found = []
    for number in np.unique(group):
        mine = order[group == number]
        share = float(places.demand[mine].sum())
        found.append((share, float(places.demand[mine] @ slots[mine]) / share))
    return found


class Line:
    """Standard cards through the plant's narrowest station, with weekends worked where the backlog asks for it."""

    def __init__(self, run: Run) -> None:
        facts, parameters, calendar = run.known.facts, run.parameters, run.calendar
        plan = run.plan()
        hours = OpeningHours(plan, calendar)
        self._days = calendar.days
        made = plan.daily("plant.cards_per_day") * hours.pace["production"]
        rate = np.min([made, *(plan.daily(f"plant.{path}_per_day") for path in ("checks", "inspection"))], axis=0)
        down = plan.daily("plant.repair_hours") / (plan.daily("plant.hours_between_breakdowns") + 1e-9)
        self._rate: list[float] = (rate / (1 + down) * hours.working).tolist()
        closed = [hours.stopped["production"][day] for day in range(calendar.days)]
        self._open = [hours.worked(day) and not closed[day] for day in range(calendar.days)]
        self._weekend = [free and not shut for free, shut in zip(hours.weekend, closed, strict=True)]
        self._planned_weekend = hours.planned_weekend
        self._starts = plan.daily("plant.weekend_start_backlog").tolist()
        self._stops = plan.daily("plant.weekend_stop_backlog").tolist()
        self._cap = plan.daily("plant.dispatch_cap_per_month").tolist()
        self._month = calendar.month.tolist()
        self._within = parameters.targets.issue_days
        closure = np.concatenate([[0], np.cumsum(hours.closure)])
        last = np.minimum(np.arange(calendar.days) + self._within + 1, calendar.days)
        self._touches = closure[last] > closure[:-1]
        express = facts["applications_express"]
        received = facts["applications"] - express + facts["resubmitted"] - facts["returned"]
        self._received = np.maximum(received, 0).astype(np.float64)
        self._express = express.astype(np.float64)
        plan_days = parameters.plant.plan_days_standard
        self._planned_day = _planned(hours, calendar.days, plan_days)
        self._planned_after_cutoff = _planned(hours, calendar.days, plan_days + 1)
        last = np.arange(calendar.days) + parameters.targets.express_days - parameters.express.mail_days
        self._express_last = np.clip(last, 0, calendar.days - 1)
        planned = _planned(hours, calendar.days, parameters.plant.plan_days_express)
        self._express_planned = np.minimum(planned, self._express_last)

    def late(self, factor: Floats) -> tuple[Floats, Floats]:
        """By factors (a row) and day of receipt: standard cards that count, and those of them that leave too late."""
        counted = np.where(self._touches, 0.0, self._received * factor)
        return counted, np.where(self.days(factor) > self._within, counted, 0.0)

    def days(self, factor: Floats, after_cutoff: bool = False) -> Ints:
        """By factors (a row) and day of receipt: days until the last standard card of the day leaves."""
        everything = (self._received + self._express) * factor
        planned = self._planned_after_cutoff if after_cutoff else self._planned_day
        left = np.maximum(done_on(everything, self._backlog(everything)), planned)
        return np.asarray(left - np.arange(self._days))

    @property
    def able(self) -> Floats:
        """Cards that can be done on each day, weekends aside that only a backlog opens."""
        return np.where(np.logical_or(self._open, self._planned_weekend), self._rate, 0.0)

    def express_late(self, factor: Floats) -> tuple[Floats, Floats]:
        """By factors (a row) and day of receipt: express cards, and those that find the month's dispatch used up.

        They leave first on any day, so that they miss their target where nothing more leaves from the day planned for
        them to the last that would do.
        """
        cards = self._express * factor
        used = self._used_up((self._received + self._express) * factor)
        return cards, np.where(used[:, self._express_planned] & used[:, self._express_last], cards, 0.0)

    def _backlog(self, cards: Floats) -> Floats:
        """Cards not done at the end of each day."""
        backlog = np.zeros_like(cards)
        waiting, on = np.zeros(len(cards)), np.zeros(len(cards), dtype=np.bool_)
        for day in range(self._days):
            if self._weekend[day]:
                on = (waiting >= np.where(on, self._stops[day], self._starts[day])) & (waiting > 0)
                waiting = np.maximum(waiting - self._rate[day] * (on | self._planned_weekend[day]), 0.0)
            elif self._open[day]:
                waiting = np.maximum(waiting - self._rate[day], 0.0)
            waiting = waiting + cards[:, day]
            backlog[:, day] = waiting
        return backlog

    def ready(self, cards: Floats) -> Floats:
        """By row and day: cards received so far that are done, and planned to have left by then."""
        return np.minimum(np.cumsum(cards, axis=1) - self._backlog(cards), self.planned_by(cards))

    def _used_up(self, cards: Floats) -> Flags:
        """Days that begin with as many cards gone as may leave in their month."""
        ready = self.ready(cards)
        gone, sent = np.zeros(len(cards)), np.zeros(len(cards))
        used, month = np.zeros(cards.shape, dtype=np.bool_), -1
        for day in range(self._days):
            if self._month[day] != month:
                sent, month = np.zeros(len(cards)), self._month[day]
            used[:, day] = sent >= self._cap[day]
            leaving = np.clip(ready[:, day] - gone, 0.0, self._cap[day] - sent)
            gone, sent = gone + leaving, sent + leaving
        return used

    def planned_by(self, cards: Floats) -> Floats:
        """Cards planned to have left by each day."""
        planned = np.zeros_like(cards)
        inside = self._planned_day < self._days
        np.add.at(planned.T, self._planned_day[inside], cards.T[inside])
        return np.cumsum(planned, axis=1)


def _planned(hours: OpeningHours, days: int, plan_days: int) -> Ints:
    return np.array([hours.planned_day(day, plan_days) for day in range(days)])
