"""What a simple line in days expects to be late, over factors on a year's load: the plant's cards.

Work of a day waits behind all that came before; a day does no more than its capacity. That needs no event, and says
about where a target breaks; reruns of the part say where exactly.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.calendar import Flags, Floats
from sim.compiled import compiled
from sim.louder import Run
from sim.plant.opening_hours import OpeningHours
from sim.streams import Ints


def done_on(arrivals: Floats, backlog: Floats) -> Ints:
    """The day on which the last of each day's arrivals is done, first come, first served; past the end if never.

    Args:
        arrivals: by row and day.
        backlog: what is left of them as each day ends, shaped alike.
    """
    come = np.cumsum(arrivals, axis=1)
    done = come - backlog
    return np.array([np.searchsorted(one, wanted - 1e-6) for one, wanted in zip(done, come, strict=True)])


class _Days(NamedTuple):
    """Days of a plant: the cards that it can do; whether it works as on working days, and whether it can on a weekend,
    or does as planned; the backlogs from which it works on weekends, and below which it stops to."""

    rate: Floats
    opened: Flags
    weekend: Flags
    planned_weekend: Flags
    starts: Floats
    stops: Floats


@compiled
def _undone(cards: Floats, days: _Days) -> Floats:
    """Cards not done at the end of each day, by row and day."""
    backlog = np.zeros_like(cards)
    for row in range(len(cards)):
        waiting, on = 0.0, False
        for day in range(cards.shape[1]):
            if days.weekend[day]:
                on = waiting > 0 and waiting >= (days.stops[day] if on else days.starts[day])
                if on or days.planned_weekend[day]:
                    waiting = max(waiting - days.rate[day], 0.0)
            elif days.opened[day]:
                waiting = max(waiting - days.rate[day], 0.0)
            waiting += cards[row, day]
            backlog[row, day] = waiting
    return backlog


@compiled
def _used_up(ready: Floats, cap: Floats, months: Ints) -> Flags:
    """By row, days that begin with as many cards gone as may leave in their month; ``ready`` are those done so far."""
    used = np.zeros(ready.shape, dtype=np.bool_)
    for row in range(len(ready)):
        gone, sent = 0.0, 0.0
        for day in range(ready.shape[1]):
            if day and months[day] != months[day - 1]:
                sent = 0.0
            used[row, day] = sent >= cap[day]
            leaving = min(max(ready[row, day] - gone, 0.0), cap[day] - sent)
            gone, sent = gone + leaving, sent + leaving
    return used


class Line:
    """Standard cards through the plant's narrowest station, with weekends worked where the backlog asks for it."""

    def __init__(self, run: Run) -> None:
        facts, parameters, calendar = run.known.facts, run.parameters, run.calendar
        plan = run.plan
        hours = OpeningHours(plan, calendar)
        self._days = calendar.days
        made = plan.daily("plant.cards_per_day") * hours.pace["production"]
        rate = np.min([made, *(plan.daily(f"plant.{path}_per_day") for path in ("checks", "inspection"))], axis=0)
        down = plan.daily("plant.repair_hours") / (plan.daily("plant.hours_between_breakdowns") + 1e-9)
        rate = rate / (1 + down) * hours.working
        days = range(calendar.days)
        shut = np.array([hours.stopped["production"][day] for day in days], dtype=np.bool_)
        opened = np.array([hours.worked(day) for day in days]) & ~shut
        weekend = np.array(hours.weekend, dtype=np.bool_) & ~shut
        starts, stops = (plan.daily(f"plant.weekend_{name}_backlog") for name in ("start", "stop"))
        self._days_of = _Days(rate, opened, weekend, np.array(hours.planned_weekend, dtype=np.bool_), starts, stops)
        self._cap, self._month = plan.daily("plant.dispatch_cap_per_month"), calendar.month
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
        left = np.maximum(done_on(everything, _undone(everything, self._days_of)), planned)
        return np.asarray(left - np.arange(self._days))

    @property
    def able(self) -> Floats:
        """Cards that can be done on each day, weekends aside that only a backlog opens."""
        return np.where(self._days_of.opened | self._days_of.planned_weekend, self._days_of.rate, 0.0)

    def express_late(self, factor: Floats) -> tuple[Floats, Floats]:
        """By factors (a row) and day of receipt: express cards, and those that find the month's dispatch used up.

        They leave first on any day, so that they miss their target where nothing more leaves from the day planned for
        them to the last that would do.
        """
        cards = self._express * factor
        used = _used_up(self.ready((self._received + self._express) * factor), self._cap, self._month)
        return cards, np.where(used[:, self._express_planned] & used[:, self._express_last], cards, 0.0)

    def ready(self, cards: Floats) -> Floats:
        """By row and day: cards received so far that are done, and planned to have left by then."""
        return np.minimum(np.cumsum(cards, axis=1) - _undone(cards, self._days_of), self.planned_by(cards))

    def planned_by(self, cards: Floats) -> Floats:
        """Cards planned to have left by each day."""
        planned = np.zeros_like(cards)
        inside = self._planned_day < self._days
        np.add.at(planned.T, self._planned_day[inside], cards.T[inside])
        return np.cumsum(planned, axis=1)


def _planned(hours: OpeningHours, days: int, plan_days: int) -> Ints:
    return np.array([hours.planned_day(day, plan_days) for day in range(days)])
