"""Certificates on phones (スマホ用電子証明書): issued for the first time, and again where the phone is changed.

Nothing in the model moves them, so all are known when a replication starts. The calls of FY2025 contain those about its
own, ``in_calls_per_year``; what is issued on top of that, from FY2026 on, can make calls.
"""

from __future__ import annotations

import numpy as np

from sim.calendar import Calendar
from sim.facts import INDEX_DAY
from sim.journal import Journal
from sim.plan import Plan
from sim.quantiles import poissons
from sim.services.begun import since
from sim.services.facts import PHONES_FROM
from sim.streams import Floats, Streams
from sim.timing import DAYS_A_YEAR

_PATH = "services.phones"


def post_phones(plan: Plan, streams: Streams, calendar: Calendar, journal: Journal) -> None:
    """Post the certificates of every day on phones, from those of phones changed to those that make calls."""
    everyday = slice(None)
    new = poissons(streams.daily_uniforms("services/phones/new", calendar), _daily(plan, "new_per_year"))
    before = round(since(PHONES_FROM, f"{_PATH}.new_per_year", plan, calendar))
    held = before + np.cumsum(new)
    mean = (held - new) * _daily(plan, "changed_share")
    changed = poissons(streams.daily_uniforms("services/phones/changed", calendar), mean)
    later = calendar.fiscal_year > INDEX_DAY.year
    on_top = np.maximum(new + changed - _daily(plan, "in_calls_per_year"), 0.0) * later
    journal.post("phone_certificates_before", 0, before)
    journal.post_days("phone_certificates_issued", everyday, new + changed)
    journal.post_days("phone_certificates_replaced", everyday, changed)
    journal.post_days("phone_certificates_on_top", everyday, np.rint(on_top).astype(np.int64))
    journal.post_days("phone_certificates_held", everyday, held)


def _daily(plan: Plan, name: str) -> Floats:
    return plan.daily(f"{_PATH}.{name}") / DAYS_A_YEAR
