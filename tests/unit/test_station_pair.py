"""Stations on the event list of the plant, and the same as SimPy processes, end every lot at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import plain_station
import simpy
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from sim.facts import STATIONS
from sim.plant import station
from sim.plant.events import Events
from sim.plant.lots import Lot
from sim.plant.station import Breakdowns

DAYS = 6
BEYOND = 2
"""Days that are looked at when work ends within a moment of midnight."""
FOLLOWING = dict(pairwise(STATIONS))


@dataclass
class World:
    opens: float
    closes: float
    rates: dict[str, list[float]]
    open_days: dict[str, list[bool]]
    worked_after_all: list[bool]
    """Closed days of all stations that are worked, which is decided as each begins."""
    overtime: list[float]
    lines: list[Breakdowns | None]
    receipts: list[list[tuple[int, bool]]]
    """Cards and class of the lots that stand before the checks as each day begins."""
    remade: set[int]
    """Lots that go through production again the day after their inspection, by number."""
    emptied: set[int]
    """Lots of which nothing is left as the second day begins, if they are not begun."""
    stock: int | None
    delivered: list[int]


class Hours:
    def __init__(self, world: World) -> None:
        self.opens, self.closes = world.opens, world.closes
        self._open = {name: days.copy() for name, days in world.open_days.items()}
        self._closing = [world.closes] * (DAYS + BEYOND)

    def opening(self, name: str) -> list[bool]:
        return self._open[name]

    def open(self, name: str, day: int) -> bool:
        return self._open[name][day]

    def closing(self, name: str) -> list[float]:
        return self._closing

    def decide(self, world: World, day: int) -> None:
        self._closing[day] += world.overtime[day]
        for days in self._open.values():
            days[day] |= world.worked_after_all[day]


class Chain:
    """The four stations through a world, and all that is seen of them."""

    def __init__(self, world: World, clock: Any, kind: Any) -> None:
        self.world, self.clock, self.seen = world, clock, []
        self.hours = Hours(world)
        self.left = world.stock
        self.lots: list[Lot] = []
        self.again: list[Lot] = []
        self.stations: dict[str, Any] = {}
        for name in STATIONS:
            of_production = (world.lines, self.take) if name == "production" else ()
            self.stations[name] = kind(clock, name, self.hours, world.rates[name], self.done(name), *of_production)

    def take(self, cards: int) -> bool:
        enough = self.left is None or cards <= self.left
        self.seen.append(("blanks", self.clock.now, cards, enough))
        if enough and self.left is not None:
            self.left -= cards
        return enough

    def done(self, name: str) -> Any:
        def told(lot: Lot) -> None:
            self.seen.append((name, self.clock.now, lot.receipt_day))
            if name in FOLLOWING:
                self.stations[FOLLOWING[name]].put(lot)
            elif lot.receipt_day in self.world.remade and not lot.remake:
                lot.remake = True
                self.again.append(lot)

        return told

    def start_day(self, day: int) -> None:
        self.hours.decide(self.world, day)
        if self.left is not None:
            self.left += self.world.delivered[day]
        if day == 1:
            self.empty()
        for cards, express in self.world.receipts[day]:
            self.lots.append(Lot(len(self.lots), express, cards, 0))
            self.stations["checks"].put(self.lots[-1])
        for lot in self.again:
            self.stations["production"].put(lot)
        self.again = []

    def empty(self) -> None:
        for lot in self.lots:
            if lot.receipt_day in self.world.emptied and self.stations[lot.place].waits(lot):
                self.stations[lot.place].cards_inside -= lot.cards
                lot.cards = 0

    def run(self) -> list[tuple[object, ...]]:
        for day in range(DAYS):
            self.start_day(day)
            self.clock.run(until=day + 1)
            for name, one in self.stations.items():
                waiting = [lot.receipt_day for lot in self.lots if lot.place == name and one.waits(lot)]
                self.seen.append((name, one.cards_inside, one.done_today, tuple(one.days_down), *waiting))
                one.done_today = 0
        return self.seen


def by_day(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, min_size=DAYS + BEYOND, max_size=DAYS + BEYOND)


def constant(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return values.map(lambda value: [value] * (DAYS + BEYOND))


RATES = st.sampled_from([100.0, 200.0, 300.0, 1e9])
LOTS = st.lists(st.tuples(st.sampled_from([10, 20, 25]), st.booleans()), max_size=8)
BREAKDOWNS = st.builds(
    Breakdowns,
    after=by_day(st.sampled_from([0.0, 0.05, 0.1, 1 / 3, 1e9])),
    repair=by_day(st.sampled_from([0.0, 0.05, 0.1, 1.5])),
)
WORLDS = st.builds(
    lambda hours, **world: World(*hours, **world),
    hours=st.sampled_from([(8 / 24, 18 / 24), (0.0, 1.0), (0.1, 0.9), (7 / 24, 1.0), (0.0, 1 / 3)]),
    # mostly alike from day to day and between neighbours, so that many things happen at one instant
    rates=st.fixed_dictionaries(
        dict.fromkeys(STATIONS, constant(RATES) | by_day(RATES | st.sampled_from([1e-3, 77.7])))
    ),
    open_days=st.fixed_dictionaries(dict.fromkeys(STATIONS, constant(st.just(True)) | by_day(st.booleans()))),
    worked_after_all=by_day(st.booleans()),
    overtime=constant(st.just(0.0)) | by_day(st.sampled_from([0.0, 2 / 24])),
    lines=st.lists(st.none() | BREAKDOWNS, min_size=1, max_size=4),
    receipts=by_day(LOTS),
    remade=st.sets(st.integers(0, 30)),
    emptied=st.sets(st.integers(0, 30), max_size=5),
    stock=st.none() | st.integers(0, 200),
    delivered=by_day(st.integers(0, 100)),
)
ALWAYS, NEVER = [True] * (DAYS + BEYOND), [False] * (DAYS + BEYOND)
MIDNIGHT = World(
    opens=0.0,
    closes=1.0,
    rates=dict.fromkeys(STATIONS, [100.0] * (DAYS + BEYOND)),
    open_days=dict.fromkeys(STATIONS, ALWAYS),
    worked_after_all=NEVER,
    overtime=[0.0] * (DAYS + BEYOND),
    lines=[None],
    receipts=[[(10, False)] * 15] * (DAYS + BEYOND),
    remade=set(),
    emptied=set(),
    stock=None,
    delivered=[0] * (DAYS + BEYOND),
)
"""Ten tenths of a day end a moment before it does."""


@settings(max_examples=300, deadline=None)
@given(WORLDS)
@example(MIDNIGHT)
def test_every_lot_ends_when_it_does_under_simpy(world: World) -> None:
    ours = Chain(world, Events(), station.Station).run()
    assert ours == Chain(world, simpy.Environment(), plain_station.Station).run()
    times = [told[1] for told in ours if told[0] in FOLLOWING and len(told) == 3]
    event(f"two lots end at one instant: {len(times) > len(set(times))}")


def test_what_happens_at_one_instant_is_in_the_order_in_which_it_was_entered() -> None:
    """B is entered for day 1 as the run begins, c at 0.75, and a, who waits for nothing, on day 1: after both."""
    events, seen = Events(), []

    def after(name, *waits):
        now = yield None
        for wait in waits:
            now = yield wait
        seen.append((name, now))
        yield None

    idle = after("a", None)
    for process in (idle, after("c", 0.75, 0.25), after("b", 1.0)):
        events.start(process)
    events.run(until=1)
    assert seen == [] and events.now == 1
    events.resume(idle)
    events.run(until=2)
    assert seen == [("b", 1.0), ("c", 1.0), ("a", 1.0)]
