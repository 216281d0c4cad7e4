"""The next card (次期カード): when it starts, who waits for it, and the burst at its launch.

Its first day is published as a fiscal year only, and the plan has slipped before: a replication draws by how many
months it comes after the first possible month. In the months before, some of those who want a first card, or could
renew later, wait for it. In the quarter after, those come, and others exchange a valid card before it is due.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sim.calendar import first_day
from sim.launch import launch_month
from sim.parameters import Parameters

LAUNCH_MONTHS = 3
"""The burst lasts a quarter."""


class NextCards:
    """The next card of one replication, by month number.

    Args:
        parameters: of the scenario.
        at: the value of a parameter on a day.
    """

    def __init__(self, parameters: Parameters, at: Callable[[str, date], float]) -> None:
        settings = parameters.next_card
        self.start = launch_month(parameters, at)
        self._ahead = settings.window_months_ahead
        launch = first_day(self.start)
        self.waits_from = self.start - round(at("next_card.waiting_months", launch))
        self._waiting = at("next_card.waiting_share", launch)
        self._multiplier = at("next_card.launch_multiplier", launch)

    def on(self, month: int) -> bool:
        """Whether next cards are issued in a month."""
        return month >= self.start

    def longer_window_on(self, month: int) -> bool:
        """Whether renewal is accepted long before expiry in a month."""
        return self.on(month + self._ahead)

    def launching(self, month: int) -> bool:
        """Whether a month lies in the burst."""
        return self.start <= month < self.start + LAUNCH_MONTHS

    def waiting_share(self, month: int) -> float:
        """Share of those who could wait for the next card in a month, and do."""
        return self._waiting if self.waits_from <= month < self.start else 0.0

    def exchanges(self, month: int, asked: float, back: float) -> float:
        """Holders who exchange a valid card in a month, so that all applications are the launch's multiple.

        Args:
            month: the month.
            asked: applications of the month without them.
            back: of these, first cards of those who waited.
        """
        return max(self._multiplier * (asked - back) - asked, 0.0) if self.launching(month) else 0.0
