"""One replication's margins: for each target and fiscal year the load at which it is just met, by rerunning its part.

Loads are multiples of FY2025's in the same replication (``scenarios.margin.loads``). A year's load is raised alone: the
other years stay as they were. Calls hardly outlast a day, so that all years of a centre are rerun at once; bookings and
cards do, so that every second year is rerun, then the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, log

import numpy as np

from scenarios.margin.centre import Loss
from scenarios.margin.curve import Curve, Sought, roots
from scenarios.margin.loads import loads, years
from scenarios.margin.queues import Bookings, Line
from sim.calendar import Floats
from sim.facts import CENTRES, OUTCOMES
from sim.louder import APPLICATIONS, HELPDESK_CALLS, RESIDENT_CALLS, VISITS, Run, louder_result
from sim.parts import HELPDESK, RESIDENT
from sim.result import Result
from sim.streams import Ints
from sim.targets import LEAVES_OUT_CLOSURE, Cards

LEAST, MOST = 0.1, 5.0
"""Multiples of the reference year's load between which margins are looked for."""
_POINTS = 40
"""Of theory's curves."""
CALIBRATING = 3
"""Replications of which the cards are rerun; of the others theory says it, corrected by what these showed."""
_SAMPLED = 3
"""Of a busy centre's weeks every third is rerun: its year has more calls than are needed to tell."""
_BUSY, _LONG = 1_000_000, 300
"""Calls and days of a year from which that is so."""

DRIVER_OF = {
    "issue-14-days": APPLICATIONS,
    "express-7-days": APPLICATIONS,
    "dispatch-4.8m": APPLICATIONS,
    "calls-95": RESIDENT_CALLS,
    "helpdesk-95": HELPDESK_CALLS,
    "renewed-in-time": VISITS,
}
"""The driver of each target that has one. Nothing drives availability, and the intake's stress is its own."""


@dataclass(frozen=True)
class Root:
    """A factor on a year's own load at which a target is just met: by theory, and by reruns (None: not rerun)."""

    theory: float
    found: float | None


Roots = dict[str, dict[str, Root]]
"""By target and fiscal year."""


def search(run: Run, met: Mapping[str, Mapping[str, float]], allowed: Mapping[str, float]) -> Roots:
    """The roots of a replication.

    Args:
        run: the replication.
        met: deciding shares under the run's own load, by target and fiscal year, tested ones alone.
        allowed: the share that may fall short, by target.
    """
    ratios = {
        driver: {year: sum(of_year.values()) for year, of_year in by_year.items()}
        for driver, by_year in loads(run).items()
    }
    searches: dict[str, Callable[[_Asked], dict[str, Root]]] = {
        "calls-95": lambda asked: _of_centre(run, RESIDENT, asked),
        "helpdesk-95": lambda asked: _of_centre(run, HELPDESK, asked),
        "renewed-in-time": lambda asked: _of_bookings(run, asked),
        "issue-14-days": lambda asked: _of_cards(run, asked, express=False),
        "express-7-days": lambda asked: _of_cards(run, asked, express=True),
    }
    found: Roots = {}
    for target, of_target in searches.items():
        by_year = ratios.get(DRIVER_OF[target], {})
        known = {year: 1 - share for year, share in met.get(target, {}).items() if by_year.get(year)}
        if known:
            found[target] = of_target(_Asked(known, allowed[target], by_year, years(run.parameters)))
    return found


@dataclass(frozen=True)
class _Asked:
    """Years whose root is sought: what falls short in them, what may, their loads, and their days."""

    known: Mapping[str, float]
    allowed: float
    ratios: Mapping[str, float]
    days: Mapping[str, Ints]

    def factors(self, year: str) -> Floats:
        """Logarithms of the factors looked at."""
        return np.linspace(log(LEAST / self.ratios[year]), log(MOST / self.ratios[year]), _POINTS)

    def of_every_second(self) -> list[_Asked]:
        """The same for every second year, then for the others."""
        sets = [{year: short for year, short in self.known.items() if int(year[2:]) % 2 == odd} for odd in (0, 1)]
        return [_Asked(known, self.allowed, self.ratios, self.days) for known in sets if known]


def _told(sought: Mapping[str, Sought], found: Mapping[str, float] | None) -> dict[str, Root]:
    return {
        year: Root(exp(each.root(0.0)), None if found is None else exp(found[year])) for year, each in sought.items()
    }


# a centre -----------------------------------------------------------------------------------------------------------


def _of_centre(run: Run, centre: str, asked: _Asked) -> dict[str, Root]:
    theory, driver = Loss(run, centre), {RESIDENT: RESIDENT_CALLS, HELPDESK: HELPDESK_CALLS}[centre]
    offered = run.known.facts[f"{CENTRES[centre]}_offered"]
    seen = {year: _seen(run, asked.days[year], int(offered[asked.days[year]].sum())) for year in asked.known}
    sought = {}
    for year, known in asked.known.items():
        factors = asked.factors(year)
        whole, part = (Curve(factors, theory.shares(days, np.exp(factors))) for days in (asked.days[year], seen[year]))
        sought[year] = Sought(whole, part, known, asked.allowed)

    def rerun(wanted: Mapping[str, float]) -> dict[str, float]:
        factor = np.zeros(run.calendar.days)
        for year, by in wanted.items():
            factor[seen[year]] = exp(by)
        facts = louder_result(run, driver, factor).facts
        return {year: lost_share(facts, centre, seen[year]) for year in wanted}

    return _told(sought, roots(sought, rerun))


def _seen(run: Run, days: Ints, offered: int) -> Ints:
    """The days that reruns look at: all of them, or every third week where that tells enough."""
    if offered < _BUSY or len(days) < _LONG:
        return days
    seen: Ints = days[(days // 7) % _SAMPLED == run.replication % _SAMPLED]
    return seen


def lost_share(facts: Mapping[str, Ints], centre: str, days: Ints) -> float:
    """The share of attempts decided on some days that no agent took."""
    decided, answered = (
        sum(int(facts[f"{CENTRES[centre]}_{outcome}"][days].sum()) for outcome in outcomes)
        for outcomes in (OUTCOMES, ("answered",))
    )
    return 1 - answered / decided if decided else 0.0


# the counters and the cards -----------------------------------------------------------------------------------------

Late = Callable[[Floats], tuple[Floats, Floats]]
"""From factors by row and day to what counts and what falls short."""


def _of_bookings(run: Run, asked: _Asked) -> dict[str, Root]:
    def short(result: Result, year: str) -> float:
        return unrenewed_share(result.facts, asked.days[year])

    theory = Bookings(run).late
    return {year: root for part in asked.of_every_second() for year, root in _of_line(run, part, theory, VISITS, short)}


def unrenewed_share(facts: Mapping[str, Ints], days: Ints) -> float:
    """Of those done on some days who set out in time, the share that did not renew in time."""
    renewed, expired, gave_up = (
        int(facts[name][days].sum()) for name in ("renewed_in_time", "expired_waiting", "gave_up_in_time")
    )
    done = renewed + expired + gave_up
    return 1 - renewed / done if done else 0.0


def _of_cards(run: Run, asked: _Asked, express: bool) -> dict[str, Root]:
    targets, line = run.parameters.targets, Line(run)
    within = targets.express_days if express else targets.issue_days
    calendar = run.calendar
    measure, excluded = ("delivery", False) if express else ("dispatch", LEAVES_OUT_CLOSURE["standard"])

    def short(result: Result, year: str) -> float:
        months = np.unique(calendar.month[asked.days[year]])
        share = Cards(result, months, express, measure).share_within(within, excluded)
        return 0.0 if share is None else 1 - share

    theory = line.express_late if express else line.late
    rerun = run.replication <= CALIBRATING
    parts = asked.of_every_second()
    return {year: root for part in parts for year, root in _of_line(run, part, theory, APPLICATIONS, short, rerun)}


def _of_line(
    run: Run,
    asked: _Asked,
    late: Late,
    driver: str,
    short: Callable[[Result, str], float],
    rerun: bool = True,
) -> list[tuple[str, Root]]:
    """The roots of years that do not touch each other, of a line that lasts from day to day."""
    quiet = np.ones((_POINTS, run.calendar.days))
    for year in asked.known:
        quiet[:, asked.days[year]] = np.exp(asked.factors(year))[:, None]
    counted, short_of_them = late(quiet)
    sought = {}
    for year, known in asked.known.items():
        total, missing = (series[:, asked.days[year]].sum(axis=1) for series in (counted, short_of_them))
        share = np.divide(missing, total, out=np.zeros_like(total), where=total > 0)
        curve = Curve(asked.factors(year), known + (1 - known) * share)
        sought[year] = Sought(curve, curve, known, asked.allowed)

    def again(wanted: Mapping[str, float]) -> dict[str, float]:
        factor = np.ones(run.calendar.days)
        for year, by in wanted.items():
            factor[asked.days[year]] = exp(by)
        result = louder_result(run, driver, factor)
        return {year: short(result, year) for year in wanted}

    return list(_told(sought, roots(sought, again) if rerun else None).items())
