"""A station of the plant against the theory of queues: deterministic service, express first, and what overflows.

The station's own code runs in an environment of its own with hours that never close. A lot of c cards takes c / rate,
so lots of one size that come at random make M/D/1. Within three standard errors of batch means; seeds are fixed.
"""

import math
from collections import deque
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import t as student

from sim.plant.events import Events
from sim.plant.lots import Lot
from sim.plant.station import Station

NO_CLOSING = [1.0] * 5_000
OPEN = [True] * len(NO_CLOSING)
ALWAYS = SimpleNamespace(opens=0.0, closes=1.0, closing=lambda station: NO_CLOSING, opening=lambda station: OPEN)
BATCHES = 20


def lots_through(times: np.ndarray, express: np.ndarray, cards: int, per_day: float, days: int) -> np.ndarray:
    """The time from arrival to completion of each lot of so many cards, in days; NaN for those not done by the end."""
    events = Events()
    spent = np.full(len(times), np.nan)

    def done(lot: Lot) -> None:
        number = lot.receipt_day
        spent[number] = events.now - times[number]

    station = Station(events, "production", ALWAYS, [per_day] * (days + 1), done)
    for number, time in enumerate(times.tolist()):
        events.run(until=time)
        station.put(Lot(number, bool(express[number]), cards, 0))
    events.run(until=days)
    return spent


def batch_means(values: np.ndarray) -> np.ndarray:
    """Means of equal parts, the first one left out as run-in."""
    return np.array([part.mean() for part in np.array_split(values, BATCHES + 1)[1:]])


def agrees(batches: np.ndarray, theory: float) -> None:
    error = batches.std(ddof=1) / math.sqrt(len(batches))
    assert abs(batches.mean() - theory) <= student.ppf(0.99865, len(batches) - 1) * error, (batches.mean(), theory)
    assert error < 0.1 * theory  # or the test would say nothing


def test_the_stub_has_what_a_station_asks_of_opening_hours() -> None:
    from scenarios.files.load import load
    from sim.calendar import Calendar
    from sim.plan import Plan
    from sim.plant.opening_hours import OpeningHours
    from sim.streams import Streams

    calendar = Calendar(date(2026, 6, 1), date(2026, 6, 30))
    real = OpeningHours(Plan(load("plan-period").parameters, Streams(1, 1), calendar), calendar)
    assert all(hasattr(real, name) for name in vars(ALWAYS))


@pytest.mark.parametrize("busy", [0.4, 0.7, 0.9])
def test_waits_are_those_of_m_d_1(busy: float) -> None:
    # Pollaczek-Khinchine with no spread of service: W = p D / (2 (1 - p)); D is a hundredth of a day
    rng, days, service = np.random.default_rng(5), 400, 0.01
    times = np.sort(rng.uniform(0, days, int(rng.poisson(busy / service * days))))
    spent = lots_through(times, np.zeros(len(times)), cards=500, per_day=50_000, days=days)
    agrees(batch_means(spent[~np.isnan(spent)] - service), busy * service / (2 * (1 - busy)))


@pytest.mark.parametrize(("busy", "share"), [(0.7, 0.1), (0.9, 0.1), (0.9, 0.5)])
def test_express_first_waits_are_cobhams(busy: float, share: float) -> None:
    # R = p D / 2; express R / (1 - p1), standard R / ((1 - p1) (1 - p)): nothing is interrupted (Cobham 1954)
    rng, days, service = np.random.default_rng(6), 400, 0.01
    times = np.sort(rng.uniform(0, days, int(rng.poisson(busy / service * days))))
    express = rng.random(len(times)) < share
    waited = lots_through(times, express, cards=500, per_day=50_000, days=days) - service
    residual, first = busy * service / 2, 1 - busy * share
    done = ~np.isnan(waited)
    agrees(batch_means(waited[done & express]), residual / first)
    agrees(batch_means(waited[done & ~express]), residual / (first * (1 - busy)))


@pytest.mark.parametrize(("over", "loaded_days"), [(1.25, 8), (2.0, 5), (1.01, 30)])
def test_a_backlog_is_the_surplus_and_clears_when_computed(over: float, loaded_days: int) -> None:
    """Fluid limit: N days at ``over`` times the capacity, then half of it, without chance.

    Held at the end of N days: (over - 1) N days of work; at half load it clears (over - 1) N / 0.5 days later. Lots are
    a hundredth of a day's work, which is the tolerance.
    """
    per_day, cards = 50_000.0, 500
    days = loaded_days + math.ceil((over - 1) * loaded_days / 0.5) + 3
    heavy = np.arange(round(over * 100 * loaded_days)) / (over * 100)
    light = loaded_days + np.arange(50 * (days - loaded_days)) / 50
    events = Events()
    station = Station(events, "production", ALWAYS, [per_day] * (days + 1), lambda lot: None)
    coming, inside = deque([*heavy.tolist(), *light.tolist()]), []
    for watched in range(200 * days):
        while coming and coming[0] <= watched * 0.005:
            events.run(until=coming.popleft())
            station.put(Lot(0, False, cards, 0))
        events.run(until=watched * 0.005)
        inside.append(station.cards_inside)
    events.run(until=days)
    at = np.arange(len(inside)) * 0.005
    surplus = (over - 1) * loaded_days * per_day
    assert inside[round(loaded_days / 0.005)] == pytest.approx(surplus, abs=2 * cards)
    cleared = at[(at > loaded_days) & (np.array(inside) <= cards)][0]
    assert cleared == pytest.approx(loaded_days + (over - 1) * loaded_days / 0.5, abs=0.04)
    assert station.done_today == pytest.approx(len(heavy) * cards + 50 * (days - loaded_days) * cards, abs=2 * cards)
