"""Who applied in a month, and who therefore holds the cards that are dispatched of it.

The plant knows a card by its day of receipt and class only. A month's applications have a mix of reasons and of birth
years; cards dispatched of that month join the stock in the same mix.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from sim.calendar import first_day
from sim.dispatched import Dispatched
from sim.people.card_classes import AGAIN, FIRST, PUSHED, REASONS
from sim.people.cohorts import BIRTH_YEARS
from sim.people.demand import Applications
from sim.people.history import CardHistory
from sim.people.holders import Holders
from sim.people.outlook import first_cards, issue_again, pushed_share
from sim.plan import Plan
from sim.streams import Floats


@dataclass(frozen=True)
class _Mix:
    """A month's applications of one class by reason.

    ``first`` are the birth years (shares) of its first cards but those ``limited``, of residents of limited stay;
    ``replacing`` are those of ``move`` and ``loss`` that take the place of a valid card; ``exchanged`` those of
    ``renewal`` that do so long before it expires. ``residence`` is the share of residence cards in all.
    """

    reasons: dict[str, float]
    first: Floats
    limited: float
    replacing: float
    exchanged: float
    residence: float

    def count(self, *reasons: str) -> float:
        """Applications of some reasons."""
        return sum(self.reasons.get(reason, 0.0) for reason in reasons)


class Applicants:
    """Remembers the mix of each month and class, and lets dispatched cards join the stock in it."""

    def __init__(self, plan: Plan, history: CardHistory, holders: Holders) -> None:
        self._plan = plan
        self._history = history
        self._holders = holders
        self._mixes: dict[tuple[int, bool], _Mix] = {}
        self._issued: defaultdict[tuple[int, int, bool], int] = defaultdict(int)

    def remember(self, month: int, applications: Applications, limited_share: float, exchanged_share: float) -> None:
        """Keep how a month's applications divide.

        A share of those ``first_time`` is of residents of limited stay; a share of those to renew exchanges a valid
        card for the next card.
        """
        express = {reason: float(counts.sum()) for reason, counts in applications.express.items()}
        standard = {
            reason: float(counts.sum()) - express.get(reason, 0.0) for reason, counts in applications.by_source.items()
        }
        replaces = self._replaces(month)
        for is_express, reasons in ((False, standard), (True, express)):
            born = reasons.get("newborn", 0.0)
            limited = reasons.get("first_time", 0.0) * limited_share
            others = sum(reasons.get(reason, 0.0) for reason in FIRST) - born - limited
            first = _shares(first_cards(self._history, month, others, born))
            exchanged = reasons.get("renewal", 0.0) * exchanged_share
            replacing = sum(reasons.get(reason, 0.0) * share for reason, share in replaces.items())
            residence = reasons.get("residence", 0.0) / max(sum(reasons.values()), 1.0)
            self._mixes[month, is_express] = _Mix(reasons, first, limited, replacing, exchanged, residence)

    def _replaces(self, month: int) -> dict[str, float]:
        """Of those made again by reason the share that takes the place of a valid card."""

        def share(written: float | str) -> float:
            if not isinstance(written, str):
                return written
            return pushed_share(self._plan, month) if written == PUSHED else self._plan.at(written, first_day(month))

        return {reason.name: share(reason.replaces) for reason in REASONS if reason.replaces is not None}

    def issued(self, receipt_month: int, issue_month: int, sent: Dispatched) -> float:
        """Cards of a month's receipts were dispatched in a month.

        Returns:
            of these, the residence cards: the immigration office hands them over.
        """
        self._issued[receipt_month, issue_month, sent.express] += sent.cards
        return sent.cards * self._mixes[receipt_month, sent.express].residence

    def join(self) -> None:
        """Let all cards issued since the last time join the stock."""
        for (receipt_month, issue_month, express), cards in self._issued.items():
            self._join(receipt_month, issue_month, express, cards)
        self._issued.clear()

    def _join(self, receipt_month: int, issue_month: int, express: bool, cards: int) -> None:
        mix = self._mixes[receipt_month, express]
        received = first_day(receipt_month)
        persons = cards / max(self._plan.at("demand.load", received), 1e-9)
        if not express:
            persons *= 1 - self._plan.at("counters.never_collected_share", received)
        each = persons / max(sum(mix.reasons.values()), 1.0)
        first = each * (mix.count(*FIRST) - mix.limited)
        self._holders.issue_first(receipt_month, issue_month, mix.first * first)
        again, replacing = mix.count(*AGAIN) + mix.exchanged, mix.replacing + mix.exchanged
        issue_again(self._holders, receipt_month, issue_month, each * again, each * replacing)
        self._join_renewed(receipt_month, issue_month, each * (mix.count("renewal") - mix.exchanged))

    def _join_renewed(self, receipt_month: int, issue_month: int, persons: float) -> None:
        planned = self._holders.mix.get(receipt_month, {})
        expected = sum(np.sum(list(planned.values()), axis=1).tolist()) if planned else 0.0
        if expected > 0 and persons > 0:
            self._holders.issue_renewed(receipt_month, issue_month, planned, persons / expected)


def _shares(persons: Floats) -> Floats:
    """Persons by birth year as shares; even where there are none."""
    total = persons.sum()
    return persons / total if total > 0 else np.full(BIRTH_YEARS, 1 / BIRTH_YEARS)
