"""Post offices (郵便局) that serve the card for their municipality: published up to FY2025, then so many more a year.

Nothing in the model moves them, so all are known when a replication starts. Slots and calls of FY2025 contain those of
its own post offices; what comes on top of them brings slots (``sim/counters/post_offices.py``) and makes calls.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.calendar import Calendar
from sim.draws import whole_numbers
from sim.facts import INDEX_DAY
from sim.journal import Journal
from sim.plan import Plan
from sim.services.begun import since
from sim.timing import DAYS_A_YEAR

_PATH = "services.post_offices"
_KNOWN = date(2025, 4, 1)
"""Post offices are counted from here on."""


def post_post_offices(plan: Plan, calendar: Calendar, journal: Journal) -> None:
    """Post those of every day that begin, and that serve the card."""
    everyday, opening = slice(None), f"{_PATH}.opened_per_year"
    a_day = plan.daily(opening) / DAYS_A_YEAR * (np.arange(calendar.days) >= calendar.index(_KNOWN))
    opened = whole_numbers(a_day)
    known = round(plan.value(f"{_PATH}.known") + since(_KNOWN, opening, plan, calendar))
    served = known + np.cumsum(opened)
    of_fy2025 = plan.daily(f"{_PATH}.in_calls_per_year") / DAYS_A_YEAR
    on_top = np.maximum(a_day - of_fy2025, 0.0) * (calendar.fiscal_year > INDEX_DAY.year)
    beyond = np.maximum(served - np.rint(plan.daily(f"{_PATH}.in_slots")).astype(np.int64), 0)
    journal.post("post_offices_known", 0, known)
    journal.post_days("post_offices_opened", everyday, opened)
    journal.post_days("post_offices_on_top", everyday, whole_numbers(on_top))
    journal.post_days("post_offices", everyday, served)
    journal.post_days("post_offices_beyond", everyday, beyond)
