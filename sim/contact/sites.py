"""Seats that a centre loses with a site of it (拠点): on dates that a scenario states, and at random where it says so.

A share of the lost seats goes on at once: at the other site, or from home. What is left answers loss reports first, as
ever, and takes the posts of the night before all others. At random a site is lost once a fiscal year at most: at the
rates that are thought of, a second loss in a year is less likely than one in eight hundred.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from sim.calendar import Calendar, Period
from sim.disruptions import Span, spans
from sim.hours import HALF_HOURS, MINUTES
from sim.plan import Plan
from sim.streams import Floats, Streams

TWO_SITES = ("resident",)
"""Centres of which a site may be lost at random, and whose lost seats may go on elsewhere."""
_HALF_HOUR = MINUTES // HALF_HOURS
_BEGINS = np.arange(HALF_HOURS) * float(_HALF_HOUR)


def seats_left(centre: str, plan: Plan, streams: Streams, calendar: Calendar) -> dict[int, Floats]:
    """The share of a centre's seats that is left, by day and half-hour, on days on which some are lost.

    Of several losses the worst counts; one that begins or ends inside a half-hour takes that part of it.
    """
    lost = [*spans(plan.parameters.disruptions.events, centre, calendar, plan.drawn)]
    gone = np.ones(calendar.days)
    if centre in TWO_SITES:
        lost += _at_random(f"contact.{centre}", plan, streams, calendar)
        gone -= plan.daily(f"contact.{centre}.fail_over_share")
    left: dict[int, Floats] = {}
    for span in lost:
        for day in span.days(calendar.days):
            shares = left.setdefault(day, np.ones(HALF_HOURS))
            np.minimum(shares, 1 - span.lost * gone[day] * _lasting(*span.of_day(day)), out=shares)
    return left


def _lasting(start: float, end: float) -> Floats:
    """The part of each half-hour of a day that lies between two of its minutes."""
    minutes = np.minimum(_BEGINS + _HALF_HOUR, end) - np.maximum(_BEGINS, start)
    return np.asarray(np.clip(minutes / _HALF_HOUR, 0.0, 1.0))


def _at_random(path: str, plan: Plan, streams: Streams, calendar: Calendar) -> Iterator[Span]:
    """Losses of a site, at most one a fiscal year, from a moment drawn evenly over it; rates are those of its day."""
    for year in range(int(calendar.fiscal_year[0]), int(calendar.fiscal_year[-1]) + 1):
        first = Period.of_year(year).first_day
        chance, when = streams.uniforms(f"{path}/site lost", year, 2).tolist()
        moment = when * (Period.of_year(year).last_day - first + timedelta(days=1)).days
        day = first + timedelta(days=int(moment))
        if chance < -np.expm1(-plan.at(f"{path}.site_losses_per_year", day)):
            start = (calendar.index(first) + moment) * MINUTES
            yield Span(
                start, start + plan.at(f"{path}.site_loss_days", day) * MINUTES, plan.at(f"{path}.site_share", day)
            )
