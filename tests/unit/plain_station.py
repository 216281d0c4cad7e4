"""The station of the plant as SimPy processes, written to be checked by reading it."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Generator

import simpy

from sim.plant.lots import Lot
from sim.plant.opening_hours import OpeningHours
from sim.plant.station import Breakdowns

_MOMENT = 1e-9


class Station:
    """One step of the chain; arguments as of the station of the plant, but for SimPy's clock."""

    def __init__(
        self,
        env: simpy.Environment,
        name: str,
        hours: OpeningHours,
        cards_per_day: list[float],
        done: Callable[[Lot], None],
        breakdowns: list[Breakdowns | None] | None = None,
        supply: Callable[[int], bool] | None = None,
    ) -> None:
        self.name = name
        self._env = env
        self._hours = hours
        self._closes = hours.closing(name)
        self._done = done
        self._supply = supply
        self._queue: tuple[deque[Lot], deque[Lot]] = (deque(), deque())
        self._idle: list[tuple[int, simpy.Event]] = []
        self.cards_inside = 0
        self.days_down = [0.0] * len(cards_per_day)
        self.done_today = 0
        servers = breakdowns or [None]
        self.servers = len(servers)
        open_days = self.servers * (hours.closes - hours.opens)
        self._server_rate = [cards / open_days for cards in cards_per_day]
        for number, server in enumerate(servers):
            env.process(self._serve(number, server))

    def put(self, lot: Lot) -> None:
        """Add a lot to the queue."""
        lot.place = self.name
        self.cards_inside += lot.cards
        self._queue[not lot.express].append(lot)
        if self._idle:
            heapq.heappop(self._idle)[1].succeed()

    def waits(self, lot: Lot) -> bool:
        """Whether a lot is in the queue and not begun."""
        return any(lot is waiting for waiting in self._queue[not lot.express])

    def _serve(self, number: int, breakdowns: Breakdowns | None) -> Generator[simpy.Event, None, None]:
        broken_on, worked_on, worked = -1, -1, 0.0
        env, (express, standard) = self._env, self._queue
        while True:
            while not express and not standard:
                wake = env.event()
                heapq.heappush(self._idle, (number, wake))
                yield wake
            if (closed := self._until_open()) > 0:
                yield env.timeout(closed)
                continue
            if self._supply and not self._supply((express or standard)[0].cards):
                yield env.timeout(self._until_tomorrow())
                continue
            lot = express.popleft() if express else standard.popleft()
            left = float(lot.cards)
            while left > 0:
                now = env.now
                day = int(now + _MOMENT)
                rate = self._server_rate[day]
                spell = min(left / rate, day + self._closes[day] - now)
                if breakdowns and broken_on != day:
                    worked_on, worked = (day, worked) if worked_on == day else (day, 0.0)
                    spell = min(spell, breakdowns.after[day] - worked)
                    worked += spell
                left = 0.0 if spell == left / rate else left - spell * rate
                yield env.timeout(spell)
                if breakdowns and broken_on != day and worked >= breakdowns.after[day]:
                    broken_on = day
                    self.days_down[day] += min(breakdowns.repair[day], 1.0) / self.servers
                    yield env.timeout(breakdowns.repair[day])
                while left > 0 and (closed := self._until_open()) > 0:
                    yield env.timeout(closed)
            self.cards_inside -= lot.cards
            self.done_today += lot.cards
            self._done(lot)

    def _until_open(self) -> float:
        """Days until the station may open next, looking one day ahead; 0 while it is open."""
        now = self._env.now
        day = int(now + _MOMENT)
        if not self._hours.open(self.name, day) or now >= day + self._closes[day] - _MOMENT:
            return self._until_tomorrow()
        wait = day + self._hours.opens - now
        return wait if wait > _MOMENT else 0.0

    def _until_tomorrow(self) -> float:
        """Days until the opening hour of the next day."""
        return int(self._env.now + _MOMENT) + 1 + self._hours.opens - self._env.now
