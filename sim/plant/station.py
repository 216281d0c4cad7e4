"""A station: servers that take lots in order of arrival, express first, and work in open hours only.

A lot occupies a server for cards / rate of open time, at the same pace in overtime. Work stops at closing and at a
breakdown, and resumes. Of several idle servers the first one takes a lot, so that what happened on earlier days does
not decide who works today.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush

from sim.plant.events import Events, Process
from sim.plant.lots import Lot
from sim.plant.opening_hours import OpeningHours

_MOMENT = 1e-9


@dataclass(frozen=True)
class Breakdowns:
    """For each day the worked time until a line breaks down, and the time to repair it, in days.

    Worked time between breakdowns is exponential, so each day can be drawn for itself: a run's past does not move its
    luck. A line breaks down once a day at most.
    """

    after: list[float]
    repair: list[float]


class Station:
    """One step of the chain.

    ``supply`` says, of a lot that would begin, whether there is what its cards are made of, and takes it.
    ``cards_per_day`` holds what all servers together do on each day in ordinary hours; ``done`` is called with each
    finished lot; ``done_today`` counts finished cards until somebody sets it back.
    """

    def __init__(
        self,
        events: Events,
        name: str,
        hours: OpeningHours,
        cards_per_day: list[float],
        done: Callable[[Lot], None],
        breakdowns: list[Breakdowns | None] | None = None,
        supply: Callable[[int], bool] | None = None,
    ) -> None:
        self.name = name
        self._events = events
        self._opens, self._ordinary = hours.opens, hours.closes - hours.opens
        self._open, self._closes = hours.opening(name), hours.closing(name)
        self._rate = cards_per_day
        self._done = done
        self._supply = supply
        self._queue: tuple[deque[Lot], deque[Lot]] = (deque(), deque())
        self._idle: list[int] = []
        self.cards_inside = 0
        self.days_down = [0.0] * len(cards_per_day)
        self.done_today = 0
        servers = breakdowns or [None]
        open_days = len(servers) * self._ordinary
        self._server_rate = [cards / open_days for cards in cards_per_day]
        self._servers = [self._serve(number, server) for number, server in enumerate(servers)]
        for server in self._servers:
            events.start(server)

    def put(self, lot: Lot) -> None:
        """Add a lot to the queue."""
        lot.place = self.name
        self.cards_inside += lot.cards
        self._queue[not lot.express].append(lot)
        if self._idle:
            self._events.resume(self._servers[heappop(self._idle)])

    def waits(self, lot: Lot) -> bool:
        """Whether a lot is in the queue and not begun."""
        return any(lot is waiting for waiting in self._queue[not lot.express])

    def _serve(self, number: int, breakdowns: Breakdowns | None) -> Process:
        opens, opened, closes, rates = self._opens, self._open, self._closes, self._server_rate
        express, standard = self._queue
        broken_on, worked_on, worked = -1, -1, 0.0
        left = 0.0
        now = yield None
        while True:
            while not left and not express and not standard:
                heappush(self._idle, number)
                now = yield None
            day = int(now + _MOMENT)
            if not opened[day] or now >= day + closes[day] - _MOMENT:
                now = yield day + 1 + opens - now
                continue
            if (wait := day + opens - now) > _MOMENT:
                now = yield wait
                continue
            if not left:
                if self._supply and not self._supply((express or standard)[0].cards):
                    now = yield day + 1 + opens - now
                    continue
                lot = express.popleft() if express else standard.popleft()
                left = float(lot.cards)
            if left:
                rate = rates[day]
                full = left / rate
                spell = min(full, day + closes[day] - now)
                if breakdowns and broken_on != day:
                    worked_on, worked = (day, worked) if worked_on == day else (day, 0.0)
                    spell = min(spell, breakdowns.after[day] - worked)
                    worked += spell
                left = 0.0 if spell == full else left - spell * rate
                now = yield spell
                if breakdowns and broken_on != day and worked >= breakdowns.after[day]:
                    broken_on = day
                    self.days_down[day] += min(breakdowns.repair[day], 1.0) / len(self._servers)
                    now = yield breakdowns.repair[day]
            if not left:
                self.cards_inside -= lot.cards
                self.done_today += lot.cards
                self._done(lot)

    def capacity(self, day: int) -> float:
        """Cards the station could have done on a day."""
        if not self._open[day]:
            return 0.0
        return self._rate[day] * ((self._closes[day] - self._opens) / self._ordinary)
