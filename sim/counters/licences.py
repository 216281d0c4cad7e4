"""Cards with the driving licence in them (免許情報記録個人番号カード), written again as the card is handed over.

Writing takes slots (``visits.py``). The calls of FY2025 contain those about its own licences: of the cards handed over
while they were written (``counters.licence_cards_in_calls``) such a share as on its last day, spread as visits are.
What is written on top of that, from FY2026 on, can make calls.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from sim.calendar import Calendar
from sim.counters.whole import Whole
from sim.facts import INDEX_DAY
from sim.journal import Journal
from sim.plan import Plan
from sim.streams import Floats
from sim.timing import DAYS_A_YEAR


def in_calls(plan: Plan, calendar: Calendar, weights: Floats) -> Floats:
    """Licences a day whose calls are among those of other causes: all of those up to FY2025.

    Args:
        plan: of the replication.
        calendar: the days.
        weights: daily weight of visits, 1 on average.
    """
    share = plan.at("counters.licence_share", INDEX_DAY.replace(year=INDEX_DAY.year + 1) - timedelta(days=1))
    usual = share * plan.daily("counters.licence_cards_in_calls") / DAYS_A_YEAR * weights
    usual[calendar.fiscal_year <= INDEX_DAY.year] = float("inf")
    return usual


class Licences:
    """Licences of one replication."""

    def __init__(self, plan: Plan, calendar: Calendar, journal: Journal, weights: Floats) -> None:
        self._journal = journal
        self._share: list[float] = plan.daily("counters.licence_share").tolist()
        self._in_calls: list[float] = in_calls(plan, calendar, weights).tolist()
        self._on_top, self._usual = Whole(1), Whole(1)

    def hand_over(self, day: int, cards: int) -> None:
        """Write the licences of the cards that are handed over on a day."""
        written = cards * self._share[day]
        on_top = max(written - self._in_calls[day], 0.0)
        more, usual = (
            int(whole.of(np.array([number]))[0]) if number else 0
            for whole, number in ((self._on_top, on_top), (self._usual, written - on_top))
        )
        self._journal.post_all(day, {"on_top": more, "in_calls": usual, "written": more + usual}, "licences_")
