"""Loads that are shown only: nothing else in the model reads them, and they follow published counts, each day alike."""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.calendar import Calendar
from sim.draws import whole_numbers
from sim.journal import Journal
from sim.plan import Plan
from sim.services.begun import since
from sim.timing import DAYS_A_YEAR

_POST_OFFICES_KNOWN = date(2025, 4, 1)
"""Post offices are counted from here on."""
_FLOWS = {"copies_android": "copies_android", "copies_ios": "copies_ios", "attributes_provided": "attributes"}


def post_shown(plan: Plan, calendar: Calendar, journal: Journal) -> None:
    """Post what is shown of every day."""
    everyday = slice(None)
    for fact, name in _FLOWS.items():
        journal.post_days(fact, everyday, whole_numbers(plan.daily(f"services.shown.{name}") / DAYS_A_YEAR))
    parties = np.rint(plan.daily("services.shown.relying_parties")).astype(np.int64)
    journal.post_days("relying_parties", everyday, parties)
    opening, later = (
        "services.shown.post_offices_opened",
        np.arange(calendar.days) >= calendar.index(_POST_OFFICES_KNOWN),
    )
    opened = whole_numbers(plan.daily(opening) / DAYS_A_YEAR * later)
    before = since(_POST_OFFICES_KNOWN, opening, plan, calendar)
    known = round(plan.value("services.shown.post_offices_known") + before)
    journal.post("post_offices_known", 0, known)
    journal.post_days("post_offices_opened", everyday, opened)
    journal.post_days("post_offices", everyday, known + np.cumsum(opened))
