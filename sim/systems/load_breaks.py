"""Breakdowns of JPKI for counters that follow from load: known beforehand, but for whether the day asks for them.

Each day has one candidate: a moment, drawn over service hours as visits are spread, a time to repair, and a number in
(0, 1). It is kept where that number lies below the chance that the day's utilisation gives it. So two scenarios meet
the same breakdowns, and a busier day keeps all that a quieter one does.

The rate of breakdowns is ``failures_per_year`` times ``1 + slope * (utilisation - level)`` above a level of
utilisation: the one comes from the draws of every system, what the slope adds from here.
"""

from __future__ import annotations

import numpy as np

from sim.calendar import Calendar
from sim.facts import JPKI_COUNTER
from sim.hours import MINUTES
from sim.plan import Plan
from sim.streams import Floats, Streams
from sim.systems.breakdowns import Service, repair_minutes

_PATH = f"systems.{JPKI_COUNTER}"


class LoadBreaks:
    """The candidates of one replication."""

    def __init__(self, plan: Plan, streams: Streams, calendar: Calendar) -> None:
        settings = plan.parameters
        service = Service.of(settings.systems.jpki_counter)
        visits = np.repeat(np.array(settings.counters.hour_weights, dtype=np.float64), 60) * service.by_kind
        self._until: Floats = visits.cumsum(axis=1)
        self._kinds = service.kinds(calendar)
        usual = plan.daily(f"{_PATH}.failures_per_year") * service.minutes(calendar) / service.a_year(calendar)
        self._more: Floats = usual * plan.daily("systems.jpki_load_slope")
        self._level: Floats = plan.daily("systems.jpki_load_level")
        self._marks = streams.daily_uniforms(f"{_PATH}/load/mark", calendar)
        self._when = streams.daily_uniforms(f"{_PATH}/load/when", calendar)
        self._repairs = streams.daily_normals(f"{_PATH}/load/repair", calendar)
        self._hours, self._spread = (plan.daily(f"{_PATH}.{what}") for what in ("repair_hours", "repair_spread"))

    def breaks(self, day: int, utilisation: float) -> bool:
        """Whether a day so busy breaks the servers; none does outside their service."""
        above = utilisation - self._level[day]
        if above <= 0 or not self._until[self._kinds[day], -1]:
            return False
        return bool(self._marks[day] < -np.expm1(-self._more[day] * above))

    def candidate(self, day: int) -> tuple[float, float, float]:
        """A day's breakdown: start and end in minutes since the calendar's first midnight, and the share that works."""
        until = self._until[self._kinds[day]]
        start = day * MINUTES + int(np.searchsorted(until, self._when[day] * until[-1], side="right"))
        lasts = repair_minutes(float(self._hours[day]), float(self._spread[day]), float(self._repairs[day]))
        return start, start + lasts, 0.0
