"""Which order helps an event: the quickest resource that saves half, and as much of it as nine in ten of those take."""

from datetime import date
from pathlib import Path

import clock_sample as sample
import pytest

from scenarios.clock.foreseen import Foreseen
from scenarios.clock.helping import Finder, enough
from scenarios.clock.lead_times import load_lead_times
from scenarios.clock.orders import rungs
from scenarios.experiment.experiment import Point
from scenarios.experiment.progress import Progress
from scenarios.experiment.store import Store

YEAR = date(2026, 4, 1), date(2027, 3, 31)
CARDS = "issue-14-days/standard", "FY2026"


@pytest.mark.parametrize(
    ("places", "rung"),
    [
        ([0] * 9 + [4], 0),
        ([0] * 8 + [1, 4], 1),
        ([2, None, 1, None], 2),
        ([2, None, None], None),
        ([None], None),
    ],
)
def test_enough_saves_nine_in_ten_of_those_that_can_be_saved(places, rung):
    assert enough(places) == rung


def finder():
    scenario = sample.scenario()
    point = Point("x", scenario.parameters, 1)
    place = Path("nowhere")
    foreseen = Foreseen(point, load_lead_times(), 10, Progress())
    return Finder(scenario, point, load_lead_times(), {"FY2026": YEAR}, Store(place), place, 1, Progress(), foreseen)


def test_a_resource_that_saves_too_few_gives_way_to_the_next_quickest(monkeypatch):
    asked = []

    def search(self, path, wanted, tried):
        asked.append((path, len(next(iter(tried.values())))))
        place = 3 if path == "plant.dispatch_cap_per_month" else None
        return {event: dict.fromkeys(numbers, place) for event, numbers in wanted.items()}

    monkeypatch.setattr(Finder, "_search", search)
    help_ = finder().find({CARDS: [2, 5, 9], ("availability-99.9/jpki_counter", "FY2026"): [1]})
    assert list(help_) == [CARDS]
    weekend, cap = "plant.weekend_days_per_month", "plant.dispatch_cap_per_month"
    assert asked[:2] == [(weekend, len(rungs(weekend))), (cap, len(rungs(cap)))] and asked[-1] == (cap, 365)
    # The fourth of 365 days, counted from the last.
    assert help_[CARDS].path == cap and help_[CARDS].rung == 3
    assert help_[CARDS].latest == dict.fromkeys([2, 5, 9], date(2027, 3, 28))


def test_arrivals_go_back_day_by_day_to_the_first():
    orders = finder()._arrivals(sample.SEATS, 1, "FY2026")
    assert [order.since for order in orders[:2]] == [date(2027, 3, 31), date(2027, 3, 30)]
    assert orders[-1].since == YEAR[0] and len(orders) == 365 and {order.until for order in orders} == {YEAR[1]}
