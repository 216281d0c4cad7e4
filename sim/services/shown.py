"""Loads that are shown only: nothing else in the model reads them, and they follow published counts, each day alike."""

from __future__ import annotations

import numpy as np

from sim.draws import whole_numbers
from sim.journal import Journal
from sim.plan import Plan
from sim.timing import DAYS_A_YEAR

_FLOWS = {"copies_android": "copies_android", "copies_ios": "copies_ios", "attributes_provided": "attributes"}


def post_shown(plan: Plan, journal: Journal) -> None:
    """Post what is shown of every day."""
    everyday = slice(None)
    for fact, name in _FLOWS.items():
        journal.post_days(fact, everyday, whole_numbers(plan.daily(f"services.shown.{name}") / DAYS_A_YEAR))
    parties = np.rint(plan.daily("services.shown.relying_parties")).astype(np.int64)
    journal.post_days("relying_parties", everyday, parties)
