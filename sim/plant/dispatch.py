"""The dispatch desk (発送): finished lots wait for their planned day, express first, under a cap per calendar month."""

from __future__ import annotations

import heapq
from itertools import count

from sim.plant.lots import Lot


class Desk:
    """Holds finished lots until they may leave."""

    def __init__(self, month: list[int], cap_per_month: list[float]) -> None:
        self._month = month
        self._cap = cap_per_month
        self._left_this_month = (-1, 0)
        self._ready: list[tuple[bool, int, int, int, Lot]] = []
        self._order = count()
        self.cards_inside = 0

    def put(self, lot: Lot) -> None:
        """A lot is finished."""
        lot.place = "dispatch"
        self.cards_inside += lot.cards
        heapq.heappush(self._ready, (not lot.express, lot.planned_day, lot.receipt_day, next(self._order), lot))

    def lots(self) -> list[Lot]:
        """Lots that wait here."""
        return [entry[-1] for entry in self._ready]

    def leave(self, day: int) -> list[Lot]:
        """Lots that leave on ``day``: planned for it or earlier, as far as the month's cap allows."""
        month, sent = self._left_this_month
        sent = sent if month == self._month[day] else 0
        allowed = room = int(min(self._cap[day] - sent, 1e15))
        leaving: list[Lot] = []
        waiting = []
        while self._ready and room > 0:
            entry = heapq.heappop(self._ready)
            lot = entry[-1]
            if not lot.cards:
                continue
            if lot.planned_day > day:
                waiting.append(entry)
                if lot.express:
                    continue
                break
            if lot.cards > room:
                waiting.append(entry)
                lot = lot.split(room)
            leaving.append(lot)
            room -= lot.cards
        for entry in waiting:
            heapq.heappush(self._ready, entry)
        left = allowed - room
        self._left_this_month = (self._month[day], sent + left)
        self.cards_inside -= left
        return leaving
