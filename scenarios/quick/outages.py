"""How long the systems behind the counters are down, by expectation: stated on dates, and breakdowns by rate."""

from __future__ import annotations

import numpy as np

from scenarios.quick.middle import Middle, middle_plan, without
from sim.calendar import Calendar
from sim.facts import AT_COUNTERS
from sim.journal import Journal
from sim.parameters import Parameters
from sim.plan import Plan
from sim.streams import Floats
from sim.systems.breakdowns import Service
from sim.systems.outages import Outages

_BY_CHANCE = tuple(f"systems.{name}.failures_per_year" for name in AT_COUNTERS)


def down(parameters: Parameters, plan: Plan, calendar: Calendar) -> Floats:
    """The share of the service hours of each day in which a counter cannot work, for either system that it needs."""
    service = {name: Service.of(getattr(parameters.systems, name)) for name in AT_COUNTERS}
    share = np.zeros(calendar.days)
    for name, of in service.items():
        a_year = plan.daily(f"systems.{name}.failures_per_year") * plan.daily(f"systems.{name}.repair_hours") * 60
        share += a_year / of.a_year(calendar)
    stated = Outages(middle_plan(without(parameters, _BY_CHANCE)), Middle(), calendar, Journal(calendar.days))
    minutes = service[AT_COUNTERS[0]].minutes(calendar)
    for day, flags in stated.down(AT_COUNTERS).items():
        share[day] += float(flags.sum()) / max(float(minutes[day]), 1.0)
    return np.minimum(share, 1.0)
