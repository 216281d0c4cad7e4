"""What a scenario brings to plant, counters and centres, day by day: the cohorts' own plans, and no queue.

Cards are taken as issued in their month of application (``sim.people.outlook``), so that nothing waits for the plant.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

import numpy as np

from scenarios.history import load_history
from scenarios.quick.middle import Middle, middle_plan, without
from sim.calendar import Calendar, month_number
from sim.parameters import Parameters
from sim.people.card_classes import ALONE
from sim.people.demand import Demand
from sim.people.holders import Holders, MonthOfHolders
from sim.people.outlook import walk
from sim.plan import Plan
from sim.streams import Floats
from sim.timing import DAYS_A_YEAR

_ELSEWHERE = ("contact", "plant", "express", "systems", "services", "targets")
"""Sections that nobody who holds a card, or wants one, acts on: a change there leaves all this as it was."""


@dataclass(frozen=True)
class Coming:
    """Persons, cards or notices by simulated day."""

    applications: Floats
    express: Floats
    exchanged: Floats
    """Of these."""
    notices: Floats
    held: Floats
    early: Floats
    in_time: Floats
    late: Floats
    """Who set out to renew a certificate: before the notice, on it, after the expiry."""
    signing_ended: Floats
    extended: Floats
    """Residents of limited stay whose stay is extended at a counter."""
    residence: Floats
    """Applications for residence cards, which no municipality hands over."""


def coming(parameters: Parameters) -> Coming:
    """What comes, by expectation; kept for the next questions that change nothing of it."""
    base = _base()
    others = {section: getattr(base, section) for section in _ELSEWHERE}
    return _coming(without(parameters.model_copy(update=others)).model_dump_json(by_alias=True))


@lru_cache(maxsize=1)
def _base() -> Parameters:
    from scenarios.files.find import LIBRARY
    from scenarios.files.load import load

    return load("baseline-fy2025", LIBRARY).parameters


@lru_cache(maxsize=16)
def _coming(written: str) -> Coming:
    parameters = Parameters.model_validate_json(written)
    plan, calendar = middle_plan(parameters), parameters.calendar()
    holders = Holders(plan, load_history(), parameters.end)
    opened = {
        month: one for month, one in walk(holders, plan, load_history(), month_number(parameters.end) + 1)
        if month >= int(calendar.month[0])
    }  # fmt: skip
    return _by_day(plan, calendar, holders, opened)


def _by_day(plan: Plan, calendar: Calendar, holders: Holders, opened: dict[int, MonthOfHolders]) -> Coming:
    demand = Demand(plan, Middle(), calendar)
    months = _Months(calendar, opened)
    first = (calendar.first - holders.origin).days
    planned = slice(first, first + calendar.days)
    expected = {name: demand.expected(name) for name in ALONE}
    expected["first_time"] = expected["first_time"] + months.stays("begun")
    lost = months.daily("lost") * plan.daily("demand.loss_reissue_share") * plan.daily("demand.reissue_push")
    extended, shared = months.stays("extended"), plan.daily("demand.residence_card_share")
    residence = (extended + months.stays("extended_without_card")) * shared
    readings = plan.daily("demand.readings_share") / DAYS_A_YEAR * plan.daily("demand.readings_reissue_share")
    expected |= {"loss": lost, "residence": residence, "readings": months.level("held") * readings}
    expected["renewal"] = holders.renewals[planned].copy()
    exchanges = np.zeros(calendar.days)
    for month, days in calendar.months():
        asked = sum(float(series[days].sum()) for series in expected.values())
        exchanged = holders.next_cards.exchanges(month, asked, demand.back(month))
        exchanges[days] = exchanged / (days.stop - days.start)
    expected["renewal"] += exchanges
    applications, express = demand.middle(expected)
    load, counters = plan.daily("demand.load"), plan.parameters.counters
    pattern = calendar.weights(counters.weekdays, counters.weekdays[6], 0.0, counters.closures)
    return Coming(
        applications=applications.astype(np.float64),
        express=express,
        exchanged=exchanges * load,
        notices=months.daily("notices"),
        held=months.level("held"),
        early=holders.certificates_early[planned] * pattern * load,
        in_time=holders.certificates_in_time[planned] * pattern * load,
        late=holders.certificates_late[planned] * pattern * load,
        signing_ended=months.daily("signing_ended"),
        extended=extended * (1 - shared),
        residence=residence * load,
    )


@dataclass(frozen=True)
class _Months:
    """What the cohorts say of each month, by day."""

    calendar: Calendar
    opened: dict[int, MonthOfHolders]

    def level(self, name: str) -> Floats:
        """A stock, the same on all days of a month."""
        series = np.zeros(self.calendar.days)
        for month, days in self.calendar.months():
            series[days] = attrgetter(name)(self.opened[month])
        return series

    def stays(self, name: str) -> Floats:
        """What a month brings of limited stays, even over its days."""
        return self.daily(f"stays.{name}")

    def daily(self, name: str) -> Floats:
        """What a month brings, even over its days."""
        series = self.level(name)
        for _, days in self.calendar.months():
            series[days] /= days.stop - days.start
        return series
