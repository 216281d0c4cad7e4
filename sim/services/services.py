"""The services of one replication that hang on others, posted when its days are over: all of that is known by then."""

from __future__ import annotations

from sim.calendar import Calendar
from sim.journal import Journal
from sim.plan import Plan
from sim.services.pins import post_pins
from sim.services.shown import post_shown
from sim.streams import Streams


def post_services(plan: Plan, streams: Streams, calendar: Calendar, journal: Journal) -> None:
    """Post PIN resets, which follow the cards held, and the loads that are shown."""
    post_pins(plan, streams, calendar, journal)
    post_shown(plan, calendar, journal)
