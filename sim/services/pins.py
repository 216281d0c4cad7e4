"""PINs that lock after wrong entries, and where they are reset: at a convenience store, or else at a counter.

Every locked PIN is counted as reset on the day on which it locks: how long holders take, and how many never come, is
not published. Tax returns make February and March the fullest months.
"""

from __future__ import annotations

import numpy as np

from sim.calendar import Calendar
from sim.draws import binomials, poissons
from sim.journal import Journal
from sim.plan import Plan
from sim.services.facts import KINDS
from sim.streams import Streams

_DAYS_A_YEAR = 365.25


def post_pins(plan: Plan, streams: Streams, calendar: Calendar, journal: Journal) -> None:
    """Post the locked PINs of every day, and where they are reset, from the cards held."""
    weights = np.array(plan.parameters.services.pins.month_weights)
    season = (weights / weights.mean())[calendar.month % 12]
    for kind in KINDS:
        rate = plan.daily(f"services.pins.{kind}_locked_share") * season / _DAYS_A_YEAR
        locked = poissons(streams.daily_uniforms(f"services/pins/{kind}", calendar), journal["cards_held"] * rate)
        share = plan.daily(f"services.pins.{kind}_store_share")
        at_stores = binomials(streams.daily_uniforms(f"services/pins/{kind}/store", calendar), locked, share)
        everyday = slice(None)
        journal.post_days(f"pins_locked_{kind}", everyday, locked)
        journal.post_days(f"pin_resets_store_{kind}", everyday, at_stores)
        journal.post_days(f"pin_resets_counter_{kind}", everyday, locked - at_stores)
