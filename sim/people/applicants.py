"""Who applied in a month, and who therefore holds the cards that are dispatched of it.

The plant knows a card by its day of receipt and class only. A month's applications have a mix of reasons and of birth
years; cards dispatched of that month join the stock in the same mix.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from sim.dispatched import Dispatched
from sim.people.cohorts import BIRTH_YEARS
from sim.people.demand import Applications
from sim.people.history import CardHistory
from sim.people.holders import Holders, first_day
from sim.people.outlook import first_cards
from sim.plan import Plan
from sim.streams import Floats

_FIRST = ("first_time", "newborn", "campaign")
_AGAIN = ("move", "loss")


@dataclass(frozen=True)
class _Mix:
    """A month's applications of one class by reason, and the birth years of its first cards (shares)."""

    reasons: dict[str, float]
    first: Floats

    def share(self, *reasons: str) -> float:
        total = sum(self.reasons.values())
        return sum(self.reasons.get(reason, 0.0) for reason in reasons) / total if total > 0 else 0.0


class Applicants:
    """Remembers the mix of each month and class, and lets dispatched cards join the stock in it."""

    def __init__(self, plan: Plan, history: CardHistory, holders: Holders) -> None:
        self._plan = plan
        self._history = history
        self._holders = holders
        self._mixes: dict[tuple[int, bool], _Mix] = {}
        self._issued: defaultdict[tuple[int, int, bool], int] = defaultdict(int)

    def remember(self, month: int, applications: Applications) -> None:
        """Keep how a month's applications divide."""
        express = {reason: float(counts.sum()) for reason, counts in applications.express.items()}
        standard = {
            reason: float(counts.sum()) - express.get(reason, 0.0) for reason, counts in applications.by_source.items()
        }
        first = _shares(first_cards(self._plan, self._history, month))
        self._mixes[month, False] = _Mix(standard, first)
        self._mixes[month, True] = _Mix(express, first)

    def issued(self, receipt_month: int, issue_month: int, sent: Dispatched) -> None:
        """Cards of a month's receipts were dispatched in a month."""
        self._issued[receipt_month, issue_month, sent.express] += sent.cards

    def join(self) -> None:
        """Let all cards issued since the last time join the stock."""
        for (receipt_month, issue_month, express), cards in self._issued.items():
            self._join(receipt_month, issue_month, express, cards)
        self._issued.clear()

    def _join(self, receipt_month: int, issue_month: int, express: bool, cards: int) -> None:
        mix = self._mixes[receipt_month, express]
        received = first_day(receipt_month)
        persons = cards / max(self._plan.at("demand.load", received), 1e-9)
        never = 0.0 if express else self._plan.at("counters.never_collected_share", received)
        first = mix.first * (persons * mix.share(*_FIRST) * (1 - never))
        self._holders.issue_first(receipt_month, issue_month, first)
        again = _shares(self._holders.cohorts.by_birth_year()) * (persons * mix.share(*_AGAIN))
        self._holders.issue_first(receipt_month, issue_month, again, limited=False)
        self._join_renewed(receipt_month, issue_month, persons * mix.share("renewal"))

    def _join_renewed(self, receipt_month: int, issue_month: int, persons: float) -> None:
        planned = self._holders.mix.get(receipt_month, {})
        expected = sum(float(cohort.sum()) for cohort in planned.values())
        if expected > 0 and persons > 0:
            for expiry, cohort in planned.items():
                self._holders.issue_renewed(receipt_month, issue_month, expiry, cohort * (persons / expected))


def _shares(persons: Floats) -> Floats:
    """Persons by birth year as shares; even where there are none."""
    total = persons.sum()
    return persons / total if total > 0 else np.full(BIRTH_YEARS, 1 / BIRTH_YEARS)
