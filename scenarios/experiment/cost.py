"""What simulating costs in time, about: from the days, the lots, the calls of both centres, and the parts that are run.

Calls are counted by year from what a usual year has of what makes them, times the rates of the scenario; those that the
seats cannot answer ring again. The seconds are those of one core of the machine on which they were measured;
``slowness`` says how many times longer another takes. They serve to tell how long work will take, and to weigh what is
done against what is left.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from scenarios.run.expected import Values, Visits, phones, placed, post_offices, stated, visits
from sim.calendar import fiscal_year
from sim.hours import HALF_HOURS, staffed_shares
from sim.parameters import Parameters
from sim.parts import CARDS, COUNTERS, HELPDESK, PARTS, RESIDENT

_A_DAY = {CARDS: 0.44e-3, COUNTERS: 0.12e-3, RESIDENT: 0.05e-3, HELPDESK: 0.06e-3}
"""Seconds for a day of each part, whatever the demand."""
_A_LOT = 8e-6
_A_CALL, _UNANSWERED = 0.11e-6, 0.22e-6
"""For a first call, and for an attempt of which nothing comes, which waits, leaves and rings again."""
A_QUEUED_CALL = 0.05e-6
"""Seconds for a call of ``cardflow queue``."""
_CROWDED_COUNTERS = 0.02e-3
"""For a day, by the square of the load above 1: more of those who want a slot are waiting."""
_USUAL = {
    2023: (3.4e6, 8.3e6, 2.5e6),
    2024: (15.7e6, 11.1e6, 8.0e6),
    2025: (23.0e6, 16.1e6, 15.3e6),
    2026: (25.1e6, 10.5e6, 14.6e6),
    2027: (19.2e6, 9.4e6, 19.0e6),
    2028: (9.3e6, 7.9e6, 5.4e6),
    2029: (18.7e6, 14.6e6, 6.6e6),
    2030: (22.6e6, 18.7e6, 10.1e6),
    2031: (22.7e6, 20.7e6, 5.3e6),
    2032: (15.9e6, 18.8e6, 3.7e6),
    2033: (5.7e6, 9.3e6, 0.2e6),
}
"""Notices, applications and renewals of certificates by fiscal year under a load of 1, as ``scenarios.run.expected``
counts them of ``renewal-wave``; the first and the last stand for all years before and after.
"""
_HOLDERS = 100e6
_ANSWERED_AT_MOST = 0.93
"""Of what the seats could answer if calls came evenly."""


_LOOPS, _SECONDS_OF_LOOPS = 100_000, 3.5e-3


@dataclass(frozen=True)
class Work:
    """So many things to simulate, and the seconds that all of them take together on one core."""

    count: int = 0
    seconds: float = 0.0

    def __add__(self, other: Work) -> Work:
        return Work(self.count + other.count, self.seconds + other.seconds)

    def __sub__(self, other: Work) -> Work:
        return Work(self.count - other.count, self.seconds - other.seconds)

    def __mul__(self, times: int) -> Work:
        return Work(self.count * times, self.seconds * times)


def seconds(parameters: Parameters, parts: Collection[str] = PARTS) -> float:
    """What one replication of some parts takes."""
    of_part = by_part(parameters)
    return sum(of_part[part] for part in parts)


def by_part(parameters: Parameters) -> dict[str, float]:
    """What one replication takes, by part."""
    values, total = Values(parameters, high=False), dict.fromkeys(PARTS, 0.0)
    waiting = placed(values)
    for first, days in _spells(parameters.first_simulated_day, parameters.end):
        visited = _visits(values, waiting, first, days)
        waiting = visited.left
        load, calls = values("demand.load", first), _first_calls(values, visited, first, days)
        variable = {
            CARDS: _A_LOT * _applications(values, first, days) / parameters.plant.lot_size,
            COUNTERS: _CROWDED_COUNTERS * days * max(load - 1, 0.0) ** 2,
            **{centre: _of_calls(values, f"contact.{centre}", first, days, calls[centre]) for centre in calls},
        }
        for part in PARTS:
            total[part] += days * _A_DAY[part] + variable[part]
    return total


def _spells(first: date, last: date) -> Iterator[tuple[date, int]]:
    """The simulated part of each fiscal year: its first day, and its days."""
    while first <= last:
        april = date(first.year + (first.month >= 4), 4, 1)
        days = (min(april - timedelta(days=1), last) - first).days + 1
        yield first, days
        first = april


def _usual(day: date) -> tuple[float, float, float]:
    """Notices, applications and renewals of certificates in the fiscal year of a day."""
    year = day.year - (day.month < 4)
    return _USUAL[min(max(year, min(_USUAL)), max(_USUAL))]


def _applications(values: Values, first: date, days: int) -> float:
    usual = _usual(first)[1] * values("demand.load", first) * days / 365
    return usual + sum(on_a_day * shared for on_a_day, shared in stated(values, first, days))


def _visits(values: Values, waiting: float, first: date, days: int) -> Visits:
    """Transactions at counters in the days of a spell, where so many cards wait before it."""
    certificates = _usual(first)[2] * values("demand.load", first) / 365
    return visits(values, waiting, _applications(values, first, days) / days + certificates, first, days)


def _first_calls(values: Values, visited: Visits, first: date, days: int) -> dict[str, float]:
    """First calls of each centre in the days of a spell, but those about late cards and waits at counters."""
    load, applications = values("demand.load", first), _applications(values, first, days)
    share = load * days / 365
    notices = _usual(first)[0] * share
    down = values("systems.jpki_counter.failures_per_year", first) * values("systems.jpki_counter.repair_hours", first)
    causes = {
        RESIDENT: {
            "calls_per_notice": notices,
            "calls_per_application": applications,
            "calls_per_holder": _HOLDERS * share,
            "loss_reports_per_holder": _HOLDERS * share,
            "calls_per_phone_certificate": phones(values, first) * share,
        },
        HELPDESK: {
            "calls_per_transaction": visited.done,
            "calls_per_error": visited.failed,
            "calls_per_open_day": share * 250,
            "calls_per_outage_hour": min(down, 365 * 24) * days / 365,
            "calls_per_post_office": post_offices(values, first) * share,
        },
    }
    return {
        centre: sum(count * values(f"contact.{centre}.{rate}", first) for rate, count in of_centre.items())
        for centre, of_centre in causes.items()
    }


def loads(parameters: Parameters) -> dict[tuple[str, int], float]:
    """By centre and fiscal year its first calls over those that its seats could answer if calls came evenly."""
    values, found = Values(parameters, high=False), {}
    waiting = placed(values)
    for first, days in _spells(parameters.first_simulated_day, parameters.end):
        visited = _visits(values, waiting, first, days)
        waiting = visited.left
        for centre, calls in _first_calls(values, visited, first, days).items():
            able = _able(values, f"contact.{centre}", first) * days / _ANSWERED_AT_MOST
            found[centre, fiscal_year(first)] = calls / max(able, 1.0)
    return found


def _of_calls(values: Values, path: str, first: date, days: int, calls: float) -> float:
    """Seconds for first calls and for attempts that are not answered."""
    centre, able = values.centre(path), _able(values, path, first) * days
    again = values(f"{path}.call_back_share", first)
    return _A_CALL * calls + _UNANSWERED * unanswered(calls, able, again, centre.most_call_backs)


def _able(values: Values, path: str, day: date) -> float:
    """Calls that the seats of a centre can answer on a mean day."""
    shares = staffed_shares(values.centre(path).roster)[:7]
    minutes = float(np.nansum(shares)) / 7 * 24 * 60 / HALF_HOURS
    seats = values(f"{path}.seats", day) * values(f"{path}.seats_index", day) / 100
    agents = seats * (1 - values(f"{path}.shrinkage", day))
    return _ANSWERED_AT_MOST * agents * minutes / values(f"{path}.handle_minutes", day)


def unanswered(calls: float, able: float, again: float, most_call_backs: int) -> float:
    """Attempts that nobody answers, where so many calls can be answered and this share of the others rings again.

    The share answered solves: attempts of all calls, times that share, are what can be answered.
    """
    low, high = 0.0, 1.0
    for _ in range(30):
        share = (low + high) / 2
        attempts = calls * sum((again * (1 - share)) ** attempt for attempt in range(most_call_backs + 1))
        low, high = (share, high) if attempts * share < able else (low, share)
    return attempts * (1 - low)


def slowness(tries: int = 12) -> float:
    """How many times longer than the machine measured this one takes, as busy as it is now; found in a moment."""
    return sum(_loops() for _ in range(tries)) / tries / _SECONDS_OF_LOOPS


def _loops() -> float:
    started, total = time.perf_counter(), 0.0
    for number in range(_LOOPS):
        total += number * 0.5
    return time.perf_counter() - started
