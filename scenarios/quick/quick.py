"""The quick estimate (速算): one pass of theory over a scenario, from who comes to who is answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from scenarios.quick.calls import Calls, of_municipalities, of_residents
from scenarios.quick.centre import Answers, can_say
from scenarios.quick.coming import coming
from scenarios.quick.inside import Cards, cards, visits
from scenarios.quick.middle import middle_plan, without
from scenarios.quick.outages import down
from scenarios.quick.record import Expected
from sim.calendar import Calendar
from sim.parameters import Parameters
from sim.plan import Plan
from sim.streams import Floats

_HARDLY_ANY = 0.01
"""Of a year's cards, late ones inside that change no mean."""


def expected(parameters: Parameters) -> Expected:
    """What theory says of a scenario; kept for the next questions about it."""
    return _expected(parameters.model_dump_json(by_alias=True))


@lru_cache(maxsize=32)
def _expected(written: str) -> Expected:
    parameters = Parameters.model_validate_json(written)
    plan, calendar = middle_plan(without(parameters)), parameters.calendar()
    asked, is_down = coming(parameters), down(parameters, plan, calendar)
    made = cards(parameters, plan, asked)
    visited = visits(parameters, plan, calendar, asked, made.sent, is_down)
    residents = of_residents(plan, calendar, asked, made, visited)
    municipalities = of_municipalities(plan, calendar, visited)
    centre = {"resident": residents, "helpdesk": municipalities}
    answers = {name: _answers(name, parameters, plan, first, is_down) for name, first in centre.items()}
    told: dict[str, Callable[[slice], float | None]] = {
        "calls_answered": answers["resident"],
        "helpdesk_answered": answers["helpdesk"],
        "cards_in_time": lambda days: _kept(made.counted, made.late, days),
        "card_days": lambda days: _mean_days(made, days),
        "plant_use": lambda days: _share(made.asked, made.able, days),
        "renewed_in_time": lambda days: _kept(visited.wanted, visited.lost, days),
        "slots_use": lambda days: _share(visited.taken, visited.slots, days),
    }
    years = _years(parameters)
    return Expected(tuple(years), {name: tuple(say(days) for days in years.values()) for name, say in told.items()})


def _years(parameters: Parameters) -> dict[str, slice]:
    """The reported fiscal years, each with its simulated days."""
    first = parameters.calendar().index(parameters.start)
    reported = Calendar(parameters.start, parameters.end).years()
    return {year: slice(days.start + first, days.stop + first) for year, days in reported.items()}


def _answers(
    name: str, parameters: Parameters, plan: Plan, first: Calls, is_down: Floats
) -> Callable[[slice], float | None]:
    if not can_say(name, parameters):
        return lambda days: None
    return Answers(name, parameters, plan, first, is_down).rate


def _mean_days(made: Cards, days: slice) -> float | None:
    """None where the run ends in the year with work that is late: how much of it counts is a matter of days."""
    unfinished = float(made.late_inside[-1]) if days.stop == len(made.days) else 0.0
    if unfinished > _HARDLY_ANY * float(made.asked[days].sum()):
        return None
    return _share(made.days * made.gone, made.gone, days)


def _share(part: Floats, whole: Floats, days: slice) -> float | None:
    total = float(np.sum(whole[days]))
    return float(np.sum(part[days])) / total if total > 0 else None


def _kept(whole: Floats, lost: Floats, days: slice) -> float | None:
    share = _share(lost, whole, days)
    return None if share is None else 1 - share
