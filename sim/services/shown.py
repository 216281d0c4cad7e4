"""Loads that are shown only: nothing else in the model reads them, and they follow published counts, each day alike."""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.calendar import Calendar
from sim.journal import Journal
from sim.plan import Plan
from sim.streams import Floats, Ints

_DAYS_A_YEAR = 365.25
_POST_OFFICES_KNOWN = date(2025, 4, 1)
"""Post offices are counted from here on."""
_FLOWS = {"copies_android": "copies_android", "copies_ios": "copies_ios", "attributes_provided": "attributes"}


def post_shown(plan: Plan, calendar: Calendar, journal: Journal) -> None:
    """Post what is shown of every day."""
    everyday = slice(None)
    for fact, name in _FLOWS.items():
        journal.post_days(fact, everyday, _whole(plan.daily(f"services.shown.{name}") / _DAYS_A_YEAR))
    parties = np.rint(plan.daily("services.shown.relying_parties")).astype(np.int64)
    journal.post_days("relying_parties", everyday, parties)
    since = np.arange(calendar.days) >= calendar.index(_POST_OFFICES_KNOWN)
    opened = _whole(plan.daily("services.shown.post_offices_opened") / _DAYS_A_YEAR * since)
    known = round(plan.value("services.shown.post_offices_known") + _before(plan, calendar))
    journal.post("post_offices_known", 0, known)
    journal.post_days("post_offices_opened", everyday, opened)
    journal.post_days("post_offices", everyday, known + np.cumsum(opened))


def _before(plan: Plan, calendar: Calendar) -> float:
    """Post offices that opened between the day on which they are known and the first of a later run."""
    if calendar.first <= _POST_OFFICES_KNOWN:
        return 0.0
    earlier = plan.on(Calendar(_POST_OFFICES_KNOWN, calendar.first)).daily("services.shown.post_offices_opened")
    return float(earlier[:-1].sum()) / _DAYS_A_YEAR


def _whole(series: Floats) -> Ints:
    """Whole numbers whose running total is the nearest to the series'."""
    return np.diff(np.rint(np.cumsum(series)), prepend=0.0).astype(np.int64)
