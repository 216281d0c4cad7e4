"""Holders of limited stay (在留期間のある人): their cards end with the stay (HOLD-006), unless it is extended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Stays:
    """Expected persons of a month."""

    expiring: float
    """Cards that end with the stay."""
    extended: float
    """Cards whose stay is extended in time."""
    begun: float
    """First cards asked for, so that holders grow as stated."""
    extended_without_card: float
    """Residents without a card who have their stay extended: a residence card (特定在留カード) would be their first."""


class LimitedStay:
    """The stock of cards that end with a stay.

    First cards make up for those who leave ``usual`` holders and let them grow. Who had no card before a residence card
    comes on top of them, and nobody makes up for those who leave.
    """

    def __init__(self, at: Callable[[str, date], float]) -> None:
        self._at = at
        self.usual, self.on_top = 0.0, 0.0

    @property
    def total(self) -> float:
        """Cards held."""
        return self.usual + self.on_top

    def turn(self, today: date, staying: float) -> Stays:
        """Let the stays of the month from ``today`` on end; ``staying`` is the share that no other reason takes."""
        usual, more = self._ending(self.usual, today), self._ending(self.on_top, today)
        growing = self.usual * self._at("holders.limited_stay_growth", today) / 12
        begun = max(growing + usual[0] - usual[1] + self.usual * (1 - staying), 0.0)
        self.usual -= usual[0] - usual[1]
        self.on_top -= more[0] - more[1]
        extended = usual[1] + more[1]
        others = max(self._at("demand.stays_extended_per_year", today) / 12 - extended, 0.0)
        return Stays(usual[0] - usual[1] + (more[0] - more[1]), extended, begun, others)

    def _ending(self, cards: float, today: date) -> tuple[float, float]:
        """Cards whose stay ends in a month, and those of them that are extended."""
        ending = cards / (12 * self._at("holders.limited_stay_years", today))
        return ending, ending * self._at("holders.stay_extended_share", today)

    def thin(self, staying: float) -> None:
        """Keep only a share."""
        self.usual *= staying
        self.on_top *= staying
