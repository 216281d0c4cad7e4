"""Blank cards (カード生地): counted on dates, delivered on dates, taken one a card as a lot begins at production.

Where no stock is stated there are always enough: each is delivered as it is used. A stated one is on hand as its date
begins, whatever was left; deliveries come before work does, on a date or a lead time after an order. A lot begins only
with blanks for all of it; production stands until there are. Remakes take blanks like any card.
"""

from __future__ import annotations

from collections import Counter

from sim.calendar import Calendar
from sim.journal import Journal
from sim.kinds import NO_LIMIT
from sim.plan import Plan

_STOCK = "plant.blank_stock"


class Blanks:
    """The stock of one replication; ``short`` says whether a lot had to wait for it today."""

    def __init__(self, plan: Plan, calendar: Calendar, journal: Journal) -> None:
        self._journal = journal
        self._delivered = Counter[int]()
        for delivery in plan.parameters.plant.blanks_delivered:
            self._delivered[calendar.index(delivery.day)] += delivery.cards
        for order in plan.parameters.plant.blanks_ordered:
            lead = round(plan.at("plant.blank_lead_days", order.day))
            self._delivered[calendar.index(order.day) + lead] += order.cards
        start = plan.parameters.start
        later = (step.from_ for step in plan.parameters.plant.blank_stock.steps)
        dates = (start, *(day for day in later if day is not None and day > start))
        self._counted = {calendar.index(day): plan.at(_STOCK, day) for day in dates}
        self._limited, self._left, self._used = False, 0, 0
        self.short = False

    def start_day(self, day: int) -> None:
        """Count the stock where a date says so, and take in what is delivered."""
        self.short, self._used = False, 0
        if (stock := self._counted.get(day)) is not None:
            self._limited = stock < NO_LIMIT
            found = round(stock) if self._limited else 0
            self._journal.post("blanks_counted", day, found - self._left)
            self._left = found
        if self._limited:
            self._journal.post("blanks_delivered", day, self._delivered[day])
            self._left += self._delivered[day]

    def take(self, cards: int) -> bool:
        """Take the blanks of a lot that would begin, if there are enough."""
        if self._limited and cards > self._left:
            self.short = True
            return False
        self._used += cards
        self._left -= cards if self._limited else 0
        return True

    def close_day(self, day: int) -> None:
        """Post what the day took, and what is left."""
        self._journal.post("blanks_used", day, self._used)
        self._journal.post("blanks_left", day, self._left)
        if not self._limited:
            self._journal.post("blanks_delivered", day, self._used)
