"""Seats that go with the luck of the year they were told by.

The seats of FY2025 are not published, its answer rates are: the joint draws say how many seats answered so much of the
calls of a usual year. Where a replication's FY2025 rings more by chance alone, that rate was reached with more seats.
Taken apart, a year's luck would count twice: once in what is inferred of the seats, and once more in the year that is
simulated with them.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from sim.calendar import Calendar, Flags
from sim.contact.callers import day_noise, day_weights
from sim.draws import correlated
from sim.facts import AT_COUNTERS, INDEX_DAY
from sim.hours import kinds_of_days, open_half_hours
from sim.journal import Journal
from sim.plan import Plan
from sim.streams import Floats, Streams
from sim.systems.outages import Outages
from sim.unknowns import Hindsight

_BEFORE = timedelta(days=61)
"""So long before the year the noise begins: longer than it remembers."""
_ORDER = 6.0
"""Of the mean over days: more calls are lost on a busy day than are answered more on a quiet one. Of the orders 1 to 16
this one explained most of the help desk's rate in 64 simulated years: what was left had 0.72 of the spread."""
_YEARS = 512
"""Years by chance that say what is usual."""
_MOST = 0.8
"""Outages are blamed for no larger a part of the lost calls: seats could not make up for more."""
HEARS_OF_OUTAGES = "helpdesk"
MINUTES_OF_HOUR = 60


def seats_by_luck(name: str, plan: Plan, streams: Streams) -> float:
    """How many times the seats of the joint draw a centre had, given the luck of its FY2025.

    1 where seats do not come from a joint draw, and where nothing but chance varies.
    """
    told = plan.hindsight(f"contact.{name}.seats", INDEX_DAY)
    if told is None:
        return 1.0
    times: float = busier(name, plan, streams) ** told.noise
    if told.lost_a_call:
        usual, own = told.outage_minutes, outage_minutes(name, plan, streams)
        times *= (_others(told, name, plan, usual) / _others(told, name, plan, own)) ** told.power
    return times


def _others(told: Hindsight, name: str, plan: Plan, minutes: float) -> float:
    """Odds of being lost for other reasons, if those of all calls are as published and outages took so many minutes."""
    lost = told.lost_a_call * outage_calls(name, plan, minutes)
    return told.lost - min(lost, _MOST * told.lost)


def busier(name: str, plan: Plan, streams: Streams) -> float:
    """How many times as many calls as usual FY2025 had by the noise of its days, busy days counting for more.

    Days of the week, seasons and closures are those of every year and no luck.

    Args:
        name: of the centre.
        plan: the drawn values; the noise of days is read from it.
        streams: of the replication.
    """
    calendar = Calendar(INDEX_DAY - _BEFORE, _last_day())
    settings = getattr(plan.parameters.contact, name)
    days = _opened(name, plan, calendar).any(axis=1) & (calendar.fiscal_year == INDEX_DAY.year)
    if not days.any():
        return 1.0
    usual = np.random.default_rng(INDEX_DAY.year).standard_normal((calendar.days, _YEARS))
    weights = np.log(day_weights(settings, calendar)[days])
    today = weights + _noise(name, plan, day_noise(name, streams, calendar))[days]
    always = weights[:, None] + _noise(name, plan, usual)[days]
    return float(np.exp(_log_power_mean(today) - _log_power_mean(always).mean()))


def outage_minutes(name: str, plan: Plan, streams: Streams) -> float:
    """Minutes of FY2025 in which the centre was open and systems at the counters were down, busy ones counting more.

    A minute counts by the square of how many times as many calls as usual come in its hour and on its day: more than
    that many are about the outage, and more of them find all agents busy. In 160 simulated years that left 0.83 of the
    spread of the rate that plain minutes leave.
    """
    calendar = Calendar(INDEX_DAY - _BEFORE, _last_day())
    settings = getattr(plan.parameters.contact, name)
    profile = np.repeat(np.array(settings.hour_weights), MINUTES_OF_HOUR)
    noise = np.exp(_noise(name, plan, day_noise(name, streams, calendar)))
    opened, total = _opened(name, plan, calendar), 0.0
    for day, minutes in down_in_hours(name, plan, streams, calendar).items():
        usual = profile[np.repeat(opened[day], MINUTES_OF_HOUR // 2)].mean()
        total += float(((profile[minutes] / usual * noise[day]) ** 2).sum())
    return total


def down_in_hours(name: str, plan: Plan, streams: Streams, calendar: Calendar) -> dict[int, Flags]:
    """By day of FY2025 the minutes in which the centre was open and systems at the counters were down, where any."""
    down = Outages(plan.on(calendar), streams, calendar, Journal(calendar.days)).down(AT_COUNTERS)
    opened = _opened(name, plan, calendar)
    inside = {
        day: np.repeat(opened[day], MINUTES_OF_HOUR // 2) & minutes
        for day, minutes in down.items()
        if calendar.fiscal_year[day] == INDEX_DAY.year
    }
    return {day: minutes for day, minutes in inside.items() if minutes.any()}


def outage_calls(name: str, plan: Plan, minutes: float) -> float:
    """Calls about an outage of so many minutes."""
    return plan.value(f"contact.{name}.calls_per_outage_hour") * minutes / 60


def _noise(name: str, plan: Plan, normals: Floats) -> Floats:
    """Logarithm of a centre's noise, from its standard normal numbers by day."""
    size, correlation = plan.value(f"contact.{name}.noise"), plan.value(f"contact.{name}.noise_correlation")
    return size * correlated(normals, correlation)


def _last_day() -> date:
    return date(INDEX_DAY.year + 1, 3, 31)


def _opened(name: str, plan: Plan, calendar: Calendar) -> Flags:
    """Half-hours in which the centre is open, one row a day."""
    settings = getattr(plan.parameters.contact, name)
    hours = open_half_hours(settings.hours)
    return np.asarray(
        np.vstack([hours, np.zeros((1, hours.shape[1]), bool)])[kinds_of_days(calendar, settings.closures)]
    )


def _log_power_mean(logs: Floats) -> Floats:
    """Logarithm of the power mean along the first axis of what these are logarithms of."""
    most = logs.max(axis=0)
    return np.asarray(most + np.log(np.exp(_ORDER * (logs - most)).mean(axis=0)) / _ORDER)
