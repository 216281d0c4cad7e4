"""When stations work: worked days, dated stops, and weekends and overtime, which are decided as the run goes."""

from __future__ import annotations

import numpy as np

from sim.calendar import Calendar, Flags, Floats
from sim.disruptions import by_day, spans
from sim.facts import STATIONS
from sim.hours import MINUTES
from sim.plan import Plan
from sim.plant.cut_over import CHANGED_OVER, CutOver, scheduled

_NOTHING = 1e-9


class OpeningHours:
    """Open days by station. Hours are the same on every open day but for overtime, as fractions of a day."""

    def __init__(self, plan: Plan, calendar: Calendar) -> None:
        plant = plan.parameters.plant
        self.opens = plant.opening_hour / 24
        self.closes = plant.closing_hour / 24
        self._overtime = plant.overtime_hours / 24
        self._card_system_closing = [self.closes] * calendar.days
        self._plant_closing = [self.closes] * calendar.days
        self.closure: Flags = calendar.closed(plant.closures)
        worked = scheduled(plan, calendar)
        self.scheduled: list[bool] = worked.tolist()
        """Days that the plan counts as worked."""
        self.weekend: list[bool] = ((calendar.weekday >= 5) & ~self.closure).tolist()
        self.planned_weekend = _planned(plan, calendar, self.weekend)
        """Of these, days that are worked as planned, whatever the work inside."""
        self._worked: list[bool] = worked.tolist()
        self.working = _working(plan, calendar, self.opens, self.closes)
        """Share of each day's hours, before overtime, that disruptions leave the plant."""
        cut_over = CutOver(plan, calendar)
        self.pace = {name: cut_over.pace if name in CHANGED_OVER else np.ones(calendar.days) for name in STATIONS}
        """Share of its rate at which each station works while it recovers from the cut-over to the next card."""
        lost = self.working < _NOTHING
        self.stopped: dict[str, list[bool]] = {
            name: (
                calendar.within([(stop.from_, stop.to) for stop in plant.stops if stop.station in (name, "all")])
                | (lost & (name != "data"))
                | (cut_over.stopped & (name in CHANGED_OVER))
            ).tolist()
            for name in (*STATIONS, "dispatch")
        }
        daily = np.logical_not(self.closure) if plant.card_system_daily else worked
        self._open: dict[str, list[bool]] = {
            name: ((worked | daily if name == "data" else worked) & ~np.array(self.stopped[name])).tolist()
            for name in STATIONS
        }
        self._cumulative: list[int] = np.concatenate([[0], np.cumsum(worked)]).tolist()
        self._worked_days: list[int] = np.flatnonzero(worked).tolist()

    def work_weekend(self, day: int) -> None:
        """Decide to work a Saturday or Sunday."""
        self._worked[day] = True
        for name, opened in self._open.items():
            opened[day] = not self.stopped[name][day]

    def work_overtime(self, day: int) -> None:
        """Decide to close later today. The card system does no overtime: its capacity is of the day, not of hours."""
        self._plant_closing[day] = self.closes + self._overtime

    def closing(self, station: str) -> list[float]:
        """Closing time by day of a station; who holds the list sees overtime once it is decided."""
        return self._card_system_closing if station == "data" else self._plant_closing

    def worked(self, day: int) -> bool:
        """Whether the plant works and dispatches on a day."""
        return self._worked[day]

    def dispatches(self, day: int) -> bool:
        """Whether cards leave on a day."""
        return self._worked[day] and not self.stopped["dispatch"][day]

    def opening(self, station: str) -> list[bool]:
        """Whether a station works, by day; who holds the list sees weekends once they are decided."""
        return self._open[station]

    def open(self, station: str, day: int) -> bool:
        """Whether a station works on a day."""
        return self._open[station][day]

    def planned_day(self, receipt_day: int, worked_days: int) -> int:
        """The n-th scheduled worked day after receipt; a day past the run where the calendar ends first."""
        before = self._cumulative[receipt_day + 1]
        index = before + worked_days - 1
        if index < len(self._worked_days):
            return self._worked_days[index]
        return len(self.scheduled) + index - len(self._worked_days)

    def scheduled_between(self, after: int, until: int) -> int:
        """Scheduled worked days after ``after``, up to and with ``until``."""
        return self._cumulative[until + 1] - self._cumulative[after + 1]


def _working(plan: Plan, calendar: Calendar, opens: float, closes: float) -> Floats:
    """What disruptions leave of each day from opening to closing; of several at once the worst counts."""
    first, last = round(opens * MINUTES), round(closes * MINUTES)
    lost = spans(plan.parameters.disruptions.events, "plant", calendar, plan.drawn)
    working = np.ones(calendar.days)
    for day, minutes in by_day(((one.start, one.end, 1 - one.lost) for one in lost), calendar.days).items():
        working[day] = minutes[first:last].mean()
    return working


def _planned(plan: Plan, calendar: Calendar, weekend: list[bool]) -> list[bool]:
    """The first Saturdays and Sundays of each month, as many as planned for it."""
    wanted = plan.daily("plant.weekend_days_per_month").tolist()
    months, seen, planned = calendar.month.tolist(), 0, []
    for day, free in enumerate(weekend):
        seen = free if day == 0 or months[day] != months[day - 1] else seen + free
        planned.append(bool(free and seen <= wanted[day]))
    return planned
