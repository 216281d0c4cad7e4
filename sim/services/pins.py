"""PINs that lock after wrong entries, and where they are reset: at a convenience store, or else at a counter.

Every locked PIN is counted as reset on the day on which it locks: how long holders take, and how many never come, is
not published. Tax returns make February and March the fullest months.
"""

from __future__ import annotations

import numpy as np

from sim.calendar import Calendar
from sim.draws import binomials, poissons
from sim.facts import PINS
from sim.journal import Journal
from sim.plan import Plan
from sim.streams import Streams
from sim.timing import DAYS_A_YEAR


class Pins:
    """The locked PINs of one replication, month by month: they follow the cards held."""

    def __init__(self, plan: Plan, streams: Streams, calendar: Calendar, journal: Journal) -> None:
        self._journal = journal
        weights = np.array(plan.parameters.services.pins.month_weights)
        season = (weights / weights.mean())[calendar.month % 12]
        self._rates, self._shares, self._uniforms = {}, {}, {}
        for kind in PINS:
            self._rates[kind] = plan.daily(f"services.pins.{kind}_locked_share") * season / DAYS_A_YEAR
            self._shares[kind] = plan.daily(f"services.pins.{kind}_store_share")
            names = (f"services/pins/{kind}", f"services/pins/{kind}/store")
            self._uniforms[kind] = [streams.daily_uniforms(name, calendar) for name in names]

    def open_month(self, days: slice) -> None:
        """Post the PINs that lock on a month's days, and where they are reset."""
        held = self._journal["cards_held"][days]
        for kind in PINS:
            locking, at_store = (uniforms[days] for uniforms in self._uniforms[kind])
            locked = poissons(locking, held * self._rates[kind][days])
            at_stores = binomials(at_store, locked, self._shares[kind][days])
            self._journal.post_days(f"pins_locked_{kind}", days, locked)
            self._journal.post_days(f"pin_resets_store_{kind}", days, at_stores)
            self._journal.post_days(f"pin_resets_counter_{kind}", days, locked - at_stores)
