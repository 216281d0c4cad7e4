"""Lots: cards of one class and one day of receipt that move together."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.facts import CAUSES

LATE_CAUSES = CAUSES[1:]
"""Causes of days past the plan: all but the planned step."""
_NONE_LATE = [0] * len(LATE_CAUSES)


@dataclass(slots=True)
class Lot:
    """Cards of one class and receipt day.

    ``returns`` and ``defects`` are the cards of the lot that will be sent back at the checks and that will fail
    inspection; ``late`` counts midnights spent past the planned day, by cause.
    """

    receipt_day: int
    express: bool
    cards: int
    planned_day: int
    returns: int = 0
    defects: int = 0
    remake: bool = False
    opening: bool = False
    place: str = ""
    late: list[int] = field(default_factory=_NONE_LATE.copy)

    def shrink(self, cards: int) -> None:
        """Take some cards away for good; returns and defects go last."""
        self.cards -= cards
        self.returns = min(self.returns, self.cards)
        self.defects = min(self.defects, self.cards - self.returns)

    def split(self, cards: int) -> Lot:
        """Take some cards out as a lot of their own, with the same past."""
        if not 0 < cards <= self.cards:
            raise ValueError(f"cannot take {cards} of {self.cards} cards")
        self.cards -= cards
        return Lot(
            self.receipt_day,
            self.express,
            cards,
            self.planned_day,
            remake=self.remake,
            opening=self.opening,
            place=self.place,
            late=self.late.copy(),
        )


def make_lots(
    receipt_day: int, express: bool, cards: int, planned_day: int, returns: int, defects: int, size: int
) -> list[Lot]:
    """Cut cards into lots of at most ``size``; the first lots carry the returns and defects."""
    lots = []
    for left in range(cards, 0, -size):
        of_lot = min(left, size)
        its_returns = min(returns, of_lot)
        its_defects = min(defects, of_lot - its_returns)
        returns -= its_returns
        defects -= its_defects
        lots.append(Lot(receipt_day, express, of_lot, planned_day, its_returns, its_defects))
    return lots
