"""What a replication has to do, by expectation: applications, lots and calls of each month, from the cohorts alone.

No chance and no queues, a third of a second. Capacities only tell how much piles up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import exp
from typing import Any

import numpy as np

from scenarios.history import load_history
from sim.calendar import Calendar, first_day, month_number
from sim.fields import Window
from sim.parameters import Parameters, quantities
from sim.people.first_time import FirstTime
from sim.people.holders import Holders, MonthOfHolders
from sim.people.next_card import NextCards
from sim.people.outlook import expected_moves, expected_reissues, walk
from sim.plan import Plan
from sim.services.facts import PHONES_FROM
from sim.streams import Streams
from sim.timing import DAYS_A_YEAR

_WORKED = 21 / 30
"""Of days; the others are weekends and holidays."""
_PLANNED = 1 / 3
"""Of what a plant can do in a month it does in the planned days: the rest of what is inside is late."""
_SWING = 2.0
"""Standard deviations of the noise on a full day."""


@dataclass(frozen=True)
class Month:
    """What is asked in a simulated month. ``certificates`` are persons who want one renewed."""

    first: date
    days: int
    held: float
    notices: float
    applications: float
    stated: float
    """Of these, stated by day in the scenario."""
    certificates: float
    exchanged: float
    """Of the applications, valid cards exchanged for the next card."""


@dataclass(frozen=True)
class Work:
    """The work of one replication, run-in included."""

    applications: float
    lots_on_a_day: float
    """Received on the fullest day."""
    lots_inside: tuple[float, ...]
    """By month: those that pile up, where more comes in than the plant can do."""
    calls_on_a_day: dict[str, float]
    """First calls on the fullest day, by the parameter that makes them."""
    attempts_on_a_day: float
    """Of both centres on the fullest day, if nobody is answered."""


def expected(parameters: Parameters, high: bool = False) -> Work:
    """The work of a replication, uncertain values at their middle; ``high``: at their high ends, holders aside."""
    values = Values(parameters, high)
    months = list(_months(values))
    size = parameters.plant.lot_size
    inside = list(_inside(values, months))
    visited = list(_visits(values, months))
    calls = [(own[0], _calls(values, *own)) for own in zip(months, inside, visited, strict=True)]
    fullest = {path: max(_full_day(values, path, one[path], month) for month, one in calls) for path in calls[0][1]}
    return Work(
        applications=sum(month.applications for month in months),
        lots_on_a_day=max(_received(values, month) for month in months) / size,
        lots_inside=tuple(cards / size for cards in inside),
        calls_on_a_day=fullest,
        attempts_on_a_day=sum(values.tries(path) * count for path, count in fullest.items()),
    )


def late_cards(parameters: Parameters) -> list[tuple[date, float]]:
    """By the first day of each month the cards inside, by expectation, that the plant cannot send in time."""
    values = Values(parameters, high=False)
    months = list(_months(values))
    inside = _inside(values, months)
    return [(month.first, _late(values, month, cards)) for month, cards in zip(months, inside, strict=True)]


class Values:
    """Values of parameters on a day, at their middle or at the high ends of their ranges."""

    def __init__(self, parameters: Parameters, high: bool) -> None:
        self.parameters = parameters
        self._position = 1.0 if high else None
        self._quantities = quantities(parameters)

    def __call__(self, path: str, day: date) -> float:
        """The value that holds on a day."""
        return self._quantities[path].at(day, self._position)

    def least(self, path: str, day: date) -> float:
        """The same of a capacity: where the others are at their high ends, it is at its low one."""
        return self._quantities[path].at(day, None if self._position is None else 0.0)

    def most(self, path: str, month: Month) -> float:
        """The highest value that holds on any day of a month."""
        last = month.first + timedelta(days=month.days - 1)
        steps = (step.from_ for step in self._quantities[path].steps)
        days = [month.first, *(day for day in steps if day and month.first < day <= last)]
        return max(self(path, day) for day in days)

    def centre(self, path: str) -> Any:
        """The settings of the centre that a path lies in."""
        return getattr(self.parameters.contact, path.split(".")[1])

    def swing(self, path: str, weights: Sequence[float]) -> float:
        """A full day's noise and season over those of a mean day; ``path`` is of the noise."""
        season = max(weights) / float(np.mean(weights))
        return season * exp(_SWING * max(self._quantities[path].numbers()))

    def tries(self, path: str) -> float:
        """Attempts that come of one call, where none is answered."""
        centre = self.centre(path)
        again = max(centre.call_back_share.numbers())
        return float(sum(again**attempt for attempt in range(centre.most_call_backs + 1)))


def _months(values: Values) -> Iterator[Month]:
    """The simulated months; holders at the middle of what is uncertain."""
    parameters = values.parameters
    first_time, next_cards = FirstTime(parameters, values), NextCards(parameters, values)
    for number, days, opened, of_holders in _walked(parameters):
        first = first_day(number)
        load = values("demand.load", first)
        born = values("demand.births_per_year", first) * values("demand.newborn_share", first)
        asked = first_time.expected(number) + opened.stays.begun + born / 12
        for persons in of_holders:
            asked += persons
        exchanged = next_cards.exchanges(number, asked, first_time.back(number))
        asked += exchanged
        as_stated = sum(on_a_day * shared for on_a_day, shared in stated(values, first, days))
        certificates = opened.certificates_expiring * load
        applications = asked * load + as_stated
        yield Month(first, days, opened.held, opened.notices, applications, as_stated, certificates, exchanged * load)


@lru_cache(maxsize=8)
def _walked(parameters: Parameters) -> tuple[tuple[int, int, MonthOfHolders, tuple[float, float, float]], ...]:
    """Simulated months with their days, what each opens with, and the moves, reissues and renewals of its holders.

    Several are asked about the same parameters, and the walk is most of what an answer takes.
    """
    history, calendar = load_history(), Calendar(parameters.first_simulated_day, parameters.end)
    plan = Plan(parameters, Streams(0, 0), calendar, chance_only=True)
    holders = Holders(plan, history, parameters.end)
    lengths = {number: days.stop - days.start for number, days in calendar.months()}
    found = []
    for number, opened in walk(holders, plan, history, month_number(parameters.end) + 1):
        if number in lengths:
            renewed = sum(float(persons.sum()) for persons in holders.mix[number].values())
            of_holders = expected_moves(plan, number), expected_reissues(plan, number, opened.lost), renewed
            found.append((number, lengths[number], opened, of_holders))
    return tuple(found)


def stated(values: Values, first: date, days: int) -> Iterator[tuple[float, int]]:
    """Applications a day that a scenario states for days of a month, and how many days; all on top of what is asked."""
    demand, load = values.parameters.demand, values("demand.load", first)
    for one in demand.campaign:
        yield one.applications_per_day * load, _shared(one, first, days)
    for one in demand.stress:
        yield float(one.applications_per_day), _shared(one, first, days)
    for known in demand.actual:
        yield known.applications * load / ((known.to - known.from_).days + 1), _shared(known, first, days)


def _shared(window: Window, first: date, days: int) -> int:
    """Days that a window shares with those from ``first`` on."""
    last = min(window.to, first + timedelta(days=days - 1))
    return max((last - max(window.from_, first)).days + 1, 0)


# the plant ----------------------------------------------------------------------------------------------------------


def _received(values: Values, month: Month) -> float:
    """Applications on the fullest day of a month."""
    usual = (month.applications - month.stated) / month.days
    as_stated = sum(on_a_day for on_a_day, shared in stated(values, month.first, month.days) if shared)
    return usual * values.swing("demand.noise", values.parameters.demand.month_weights) + as_stated


def _able(values: Values, month: Month) -> float:
    """Cards that the plant can make and send in a month."""
    stations = ("checks", "card_system", "cards", "inspection")
    daily = min(values(f"plant.{station}_per_day", month.first) for station in stations)
    return min(daily * month.days * _WORKED, values("plant.dispatch_cap_per_month", month.first))


def _inside(values: Values, months: Sequence[Month]) -> Iterator[float]:
    """Cards that pile up, by month; what a scenario places inside is there from the start."""
    placed = [state.cards or 0 for state in values.parameters.opening.restated]
    inside = max([values("opening.cards", months[0].first), *placed])
    for month in months:
        yield inside
        inside = max(inside + month.applications - _able(values, month), 0.0)


def _late(values: Values, month: Month, inside: float) -> float:
    return max(inside - _able(values, month) * _PLANNED, 0.0)


# the counters -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Visits:
    """Transactions at counters that get through in some days, those that fail, and cards that wait after them."""

    done: float
    failed: float
    left: float


def placed(values: Values) -> float:
    """Cards that a scenario states to wait at the municipalities, the most of its days."""
    opening = values.parameters.opening
    known = [float(state.at_municipalities or 0) for state in opening.restated]
    return max([values("opening.at_municipalities", values.parameters.first_simulated_day), *known])


def visits(values: Values, waiting: float, others: float, first: date, days: int) -> Visits:
    """Of days from ``first`` on, where so many cards wait and ``others`` come a day: an overload as in ``jpki.py``."""
    most, takes = values("counters.handover_per_day", first), values.least("counters.collection_days", first)
    able, waste = values.least("systems.jpki_per_day", first), values("systems.jpki_waste_share", first)
    least = able * values.least("systems.jpki_least_share", first)
    done = failed = 0.0
    for _ in range(days):
        collect = min(most, waiting / takes)
        tried = collect + others
        through = tried if tried <= able else max(able - waste * (tried - able), least)
        done, failed = done + through, failed + tried - through
        waiting -= collect * through / max(tried, 1.0)
    return Visits(done, failed, waiting)


def _visits(values: Values, months: Sequence[Month]) -> Iterator[Visits]:
    """By month; what a scenario places at the municipalities is there from the start."""
    waiting = placed(values)
    for month in months:
        others = (month.applications + month.certificates) / month.days
        found = visits(values, waiting, others, month.first, month.days)
        yield found
        waiting = found.left


# services -----------------------------------------------------------------------------------------------------------


def phones(values: Values, first: date) -> float:
    """Certificates on phones that can make calls, a year, as of a day; every year before it like the first one."""
    path = "services.phones"
    new, began = (values(f"{path}.new_per_year", day) for day in (first, PHONES_FROM))
    held = began * max((first - PHONES_FROM).days, 0) / DAYS_A_YEAR
    changed = values(f"{path}.changed_share", first) * held
    return max(new + changed - values(f"{path}.in_calls_per_year", first), 0.0)


def post_offices(values: Values, first: date) -> float:
    """Post offices a year that make calls as they begin, as of a day."""
    path = "services.post_offices"
    return max(values(f"{path}.opened_per_year", first) - values(f"{path}.in_calls_per_year", first), 0.0)


# the centres --------------------------------------------------------------------------------------------------------


def _calls(values: Values, month: Month, inside: float, visited: Visits) -> dict[str, float]:
    """First calls of a month at its highest rates, by what makes them; ``inside``: cards that wait in the plant."""
    load, years = values.most("demand.load", month), month.days / DAYS_A_YEAR
    jpki = "systems.jpki_counter"
    down = values(f"{jpki}.failures_per_year", month.first) * values(f"{jpki}.repair_hours", month.first)
    late = _late(values, month, inside)
    causes = {
        "resident.calls_per_notice": month.notices * load,
        "resident.calls_per_application": month.applications,
        "resident.late_callers_share": late * month.days / max(values("contact.resident.late_days", month.first), 1.0),
        "resident.calls_per_holder": month.held * load * years,
        "resident.loss_reports_per_holder": month.held * load * years,
        "resident.calls_per_phone_certificate": phones(values, month.first) * load * years,
        "resident.calls_per_early_card": month.exchanged,
        "resident.calls_per_licence": visited.done * values.most("counters.licence_share", month),
        "helpdesk.calls_per_transaction": visited.done,
        "helpdesk.calls_per_error": visited.failed,
        "helpdesk.calls_per_outage_hour": min(down, DAYS_A_YEAR * 24) * years,
        "helpdesk.calls_per_open_day": month.days * _WORKED * load,
        "helpdesk.calls_per_post_office": post_offices(values, month.first) * load * years,
    }
    return {f"contact.{path}": count * values.most(f"contact.{path}", month) for path, count in causes.items()}


def _full_day(values: Values, path: str, calls: float, month: Month) -> float:
    """First calls of a cause on the fullest day of a month."""
    centre, name = values.centre(path), ".".join(path.split(".")[:2])
    weekdays = max(*centre.weekdays, centre.holiday) / max(float(np.mean(centre.weekdays)), 1e-9)
    return calls / month.days * float(weekdays) * values.swing(f"{name}.noise", centre.month_weights)
