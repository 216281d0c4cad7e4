"""Returned applications (不備): most come back after a while, as new receipts."""

from __future__ import annotations

from sim.calendar import Calendar
from sim.draws import binomial
from sim.plan import Plan
from sim.streams import Streams

_KINDS = ("standard", "express")


class Returns:
    """Applications on their way back from the resident."""

    def __init__(self, plan: Plan, streams: Streams, calendar: Calendar) -> None:
        self._share: list[float] = plan.daily("plant.returned_comes_back_share").tolist()
        self._daily_chance = min(1 / plan.value("plant.returned_days"), 1.0)
        self._uniforms: list[list[float]] = [
            streams.daily_uniforms(f"plant/come back/{kind}", calendar).tolist() for kind in _KINDS
        ]
        self._out = [0, 0]

    @property
    def waiting(self) -> int:
        """Returned applications that will come back."""
        return sum(self._out)

    def send_back(self, day: int, express: bool, cards: int) -> int:
        """Return applications to the residents; how many of them will come back."""
        coming_back = round(cards * self._share[day])
        self._out[express] += coming_back
        return coming_back

    def come_back(self, day: int, express: bool) -> int:
        """Applications that come back on ``day``."""
        count = binomial(self._uniforms[express][day], self._out[express], self._daily_chance)
        self._out[express] -= count
        return count
