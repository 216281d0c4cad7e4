"""Little's law, L = lambda W, at every station, at the counters and at both call centres, over a simulated year.

Each side is measured for itself: stocks as the journal counts them at midnight; times spent as an observer of the
stations, the lead times, the served bookings, the law of collection and the calls tell them.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pytest
from scipy.stats import t as student

from scenarios.files.load import Scenario, load
from sim.calendar import Calendar
from sim.facts import STATIONS
from sim.municipalities import ONE
from sim.people.history import CardHistory
from sim.plant.lots import Lot
from sim.plant.station import Station
from sim.replication import replicate
from sim.result import Result

ALL = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]
ROUND_THE_CLOCK = {
    "hours": [{"days": ALL, "from": "00:00", "to": "24:00"}],
    "roster": [{"days": ALL, "from": "00:00", "to": "24:00", "share": 1.0}],
    "closures": [],
    "hour_weights": [1] * 24,
    "weekdays": [1] * 7,
    "holiday": 1,
    "month_weights": [1] * 12,
    "noise": 0,
}
"""A centre whose midnight is as good a moment as any other: then its stocks at midnight are samples of all times."""
TIGHT = {
    "plant.cards_per_day": 66_000,
    "plant.inspection_per_day": 66_000,
    "plant.card_system_per_day": 66_000,
    "plant.returned_share": 0,  # what is sent back has no lead time
    "counters.slots_per_day": 42_000,
    "counters.handover_slots": 0,
    "counters.other_slots_per_day": 0,
    "counters.booking_tolerance_days": 1000,  # who gives up has no recorded wait
    "contact.resident.seats": 34,
    "contact.resident.loss_hour_weights": [1] * 24,
    "contact.helpdesk.seats": 8,
}
"""Just above what is asked for, so that there are queues everywhere."""


@dataclass
class Observer:
    """Card-midnights that lots spend at each station: from the day they come to the day they are done."""

    first: int
    end: int
    entered: dict[tuple[str, int], tuple[int, Lot]] = field(default_factory=dict)
    midnights: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATIONS, 0))
    passed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATIONS, 0))
    left_over: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATIONS, 0))

    def enters(self, station: str, lot: Lot, day: int) -> None:
        # received work starts the day after, a remake the day after it failed: both count where they will go
        waited = station == "checks" or (station == "production" and lot.remake)
        self.entered[station, id(lot)] = day - waited, lot

    def leaves(self, station: str, lot: Lot, day: int) -> None:
        since = max(self.entered.pop((station, id(lot)))[0], self.first)
        self.midnights[station] += lot.cards * max(day - since, 0)
        self.passed[station] += lot.cards * (day >= self.first)

    def closes(self) -> None:
        """The run ends: lots that are still there have spent their nights so far."""
        for station, number in list(self.entered):
            lot = self.entered[station, number][1]
            self.left_over[station] += lot.cards
            self.leaves(station, lot, self.end)


@dataclass
class Year:
    scenario: Scenario
    result: Result
    observer: Observer

    def __getitem__(self, name: str) -> np.ndarray:
        return self.result.facts[name]


@pytest.fixture(scope="module")
def year(history: CardHistory) -> Iterator[Year]:
    centres = {f"contact.{c}.{key}": value for c in ("resident", "helpdesk") for key, value in ROUND_THE_CLOCK.items()}
    scenario = load("baseline-fy2025").with_values({"end": date(2026, 3, 31), **TIGHT, **centres})
    calendar = Calendar(scenario.parameters.first_simulated_day, scenario.parameters.end)
    observer = Observer(calendar.index(scenario.parameters.start), calendar.days)

    class Watched(Station):
        """A station that tells who comes and goes."""

        def __init__(self, events, name, hours, cards_per_day, done, *more):
            def told(lot: Lot) -> None:
                observer.leaves(name, lot, int(events.now + 1e-9))
                done(lot)

            super().__init__(events, name, hours, cards_per_day, told, *more)

        def put(self, lot: Lot) -> None:
            observer.enters(self.name, lot, int(self._events.now + 1e-9))
            super().put(lot)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.plant.plant.Station", Watched)
        pool = replace(history, places=ONE)
        result = replicate(scenario.parameters, pool, 1, 1, chance_only=True)
    observer.closes()
    yield Year(scenario, result, observer)


@pytest.mark.parametrize("station", STATIONS)
def test_stocks_at_stations_are_rate_times_time(year: Year, station: str) -> None:
    """To the card: within the year each night of each lot is counted, also of those there before and after it.

    Receipts of the last day stand in line for the checks but have not been put there: they are one night of it.
    """
    stock, seen = year[f"waiting_{station}"], year.observer
    rate, nights = seen.passed[station] / len(stock), seen.midnights[station] / seen.passed[station]
    not_yet_put = stock[-1] - seen.left_over[station]
    assert stock.mean() > 100 and nights > 0
    assert stock.mean() == pytest.approx(rate * nights + not_yet_put / len(stock), rel=1e-12)


def test_what_is_inside_the_plant_is_receipts_times_lead_time(year: Year) -> None:
    """Lead times by receipt against midnight stocks: they differ by what is inside as the year begins and ends."""
    inside = sum(year[f"waiting_{name}"] for name in (*STATIONS, "dispatch"))
    rows = year.result.lead_times
    dispatch = rows[rows[:, 2] == 0]
    received = (year["applications"] + year["resubmitted"]).sum()
    assert dispatch[:, 7].sum() == received
    lead = (dispatch[:, 3] * dispatch[:, 7]).sum() / received
    edge = inside[[0, -1]].max() * lead / len(inside)
    assert inside.mean() == pytest.approx(received / len(inside) * lead, abs=edge)


def test_the_booking_backlog_is_bookings_times_wait(year: Year) -> None:
    """Who books on a day and is served on another is in the backlog on the nights between."""
    backlog, waited = year["booking_backlog"], year["slot_wait_days"]
    assert backlog.mean() > 1000 and year["slots_given_up"].sum() == 0
    served = (year["certificates_renewed"] + year["signing_reissued"]).sum()
    rate, wait = served / len(backlog), waited.sum() / served
    edge = backlog[[0, -1]].max() * max(wait, 1.0) / len(backlog)
    assert backlog.mean() == pytest.approx(rate * wait, abs=edge + 1e-9)


def test_cards_at_municipalities_are_arrivals_times_the_time_to_collect(year: Year) -> None:
    """Each holder comes on a day with the chance of the law of collection; the expected stock follows from arrivals.

    Within 2 %: outages turn some holders away, and chance moves the stock by less than one in 1,000.
    """
    counters = year.scenario.parameters.counters
    calendar = Calendar(year.scenario.parameters.start, year.scenario.parameters.end)
    weights = calendar.weights(counters.weekdays, counters.weekdays[6], 0.0, counters.closures)
    chance = np.minimum(weights / counters.collection_days.at(calendar.first), 1.0)
    stock, arrived = year["at_municipalities"], year["arrived"]
    expected, waiting = np.empty(len(stock)), float(stock[0])
    expected[0] = stock[0]
    for day in range(1, len(stock)):
        waiting = (waiting + arrived[day]) * (1 - chance[day])
        expected[day] = waiting
    assert stock.mean() == pytest.approx(expected.mean(), rel=0.02)


@pytest.mark.parametrize("centre", ["calls", "helpdesk"])
@pytest.mark.parametrize("stock", ["waiting", "in_service"])
def test_calls_in_line_and_in_service_are_rate_times_time(year: Year, centre: str, stock: str) -> None:
    """Stocks at 365 midnights sample the time average; minutes waited and served tell it exactly."""
    seen = year[f"{centre}_{stock}"]
    per_day = {"waiting": year[f"{centre}_wait_seconds"] / 86_400, "in_service": year[f"{centre}_busy_minutes"] / 1440}
    expected = per_day[stock].mean()
    assert expected > 0.05
    # day by day, so that busy months do not count as spread
    off = seen - per_day[stock]
    error = off.std(ddof=1) / math.sqrt(len(off))
    assert abs(off.mean()) <= student.ppf(0.99865, len(off) - 1) * error, (seen.mean(), expected, error)
