"""PINs that lock after wrong entries, and where they are reset: at a convenience store, or else at a counter.

Every locked PIN is counted as reset on the day on which it locks: how long holders take, and how many never come, is
not published. Tax returns make February and March the fullest months. Resets at stores are published, so that fewer
locked PINs leave fewer for the counters and none less for the stores.
"""

from __future__ import annotations

import numpy as np

from sim.calendar import Calendar
from sim.facts import PINS
from sim.journal import Journal
from sim.plan import Plan
from sim.quantiles import binomials, poissons
from sim.streams import Floats, Streams
from sim.timing import DAYS_A_YEAR


def store_share(plan: Plan, kind: str) -> Floats:
    """Of locked PINs the share reset at a store, by day: what is known of stores over what is assumed of locks."""
    locked = plan.daily(f"services.pins.{kind}_locked_share")
    at_stores = plan.daily(f"services.pins.{kind}_store_rate")
    return np.minimum(np.divide(at_stores, locked, out=np.ones_like(locked), where=locked > 0), 1.0)


class Pins:
    """The locked PINs of one replication, month by month: they follow the cards held."""

    def __init__(self, plan: Plan, streams: Streams, calendar: Calendar, journal: Journal) -> None:
        self._journal = journal
        weights = np.array(plan.parameters.services.pins.month_weights)
        season = (weights / weights.mean())[calendar.month % 12]
        self._rates, self._shares, self._uniforms = {}, {}, {}
        for kind in PINS:
            self._rates[kind] = plan.daily(f"services.pins.{kind}_locked_share") * season / DAYS_A_YEAR
            self._shares[kind] = store_share(plan, kind)
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
