"""One replication's margins: for each target and fiscal year the factor on its load at which it is just met.

Its part is rerun for that. A year's load is raised alone: the other years stay as they were. Calls hardly outlast a
day, so that all years of a centre are rerun at once; cards do, so that every second year is rerun. Bookings alone cost
so little that each year is walked by itself until its root is known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from math import exp, log
from statistics import median

import numpy as np

from scenarios.margin.centre import Loss
from scenarios.margin.curve import MOST_RERUNS, Curve, Sought, crossing, roots
from scenarios.margin.loads import loads, years
from scenarios.margin.queues import Line
from sim.answering import AiReading, attempts
from sim.bookings import Bookings, Spell
from sim.calendar import Floats, Period
from sim.facts import CENTRES
from sim.lead_times import Cards
from sim.louder import APPLICATIONS, HELPDESK_CALLS, RESIDENT_CALLS, VISITS, Run, louder
from sim.parts import HELPDESK, RESIDENT
from sim.reach import lends
from sim.result import Result
from sim.ringing import Ringing
from sim.streams import Ints
from sim.target import Target
from sim.targets import LEAVES_OUT_CLOSURE, TARGETS

LEAST, MOST = 0.1, 5.0
"""Multiples of a year's own load between which margins are looked for."""
SHORTEST = 1e-4
"""Where nothing at all may fall short, so much is taken to be nothing."""
_POINTS, _AROUND = 40, 0.12
"""Points of theory's curves; and how far about its break a line's is drawn a second time, in logarithms."""
_FACTORS = np.linspace(log(LEAST), log(MOST), _POINTS)
"""Logarithms of the factors looked at."""
CALIBRATING = 1
"""Replications of which the cards are rerun; of the others theory says it, corrected by what these showed. A rerun of
the cards costs a third of a whole replication, and replications differ by far less than the margin of the cards. What
theory of standard cards is off by is the same in all years, to a third of a hundredth: every second year tells it.
"""
_NEAR_IN_LINE = 0.03
"""Theory of a line is off by a third in its slope, so that a root this near is right to 0.01 (``curve.NEAR``)."""
_RERUNS_OF_CARDS = 3
"""At most, for every second year."""
_DAYS, _CALLS = 30, 60_000
"""So many days of a year, with so many calls, are looked at in reruns of a centre, or all that there are."""
_LEAST_LIKELY = 0.1
"""Of the mean chance of a day to be looked at: days on which theory has nobody lost are not left out."""

DRIVER_OF = {target.id: target.driver for target in TARGETS.values() if target.driver}
"""The driver of each target that has one. Nothing drives availability, and the intake's stress is its own."""


@dataclass(frozen=True)
class Root:
    """A factor on a year's own load at which a target is just met: by theory, and by reruns (None: not rerun)."""

    theory: float
    found: float | None


Roots = dict[str, dict[str, Root]]
"""By target and fiscal year."""


def search(run: Run) -> Roots:
    """The roots of a replication: of every target that it tests and that a load can move, year by year."""
    ratios = {
        driver: {year: sum(of_year.values()) for year, of_year in by_year.items()}
        for driver, by_year in loads(run).items()
    }
    found = {}
    for name, driver in DRIVER_OF.items():
        by_year = {year: load for year, load in ratios.get(driver, {}).items() if load > 0}
        if roots_ := _of_target(TARGETS[name], run, by_year):
            found[name] = roots_
    return found


def _of_target(target: Target, run: Run, ratios: Mapping[str, float]) -> dict[str, Root]:
    if target.part in CENTRES:
        return _of_centre(run, target.part, ratios)
    if target.driver == VISITS:
        return of_bookings(run, ratios)
    if target.loss and target.loss.peak:
        return _of_dispatch(run, ratios)
    return _of_cards(run, ratios, express="express" in target.judged)


def allowed(run: Run, threshold: str) -> float:
    """The share that may fall short, by the name of a target's threshold."""
    share: float = getattr(run.parameters.targets, threshold).at(run.parameters.start)
    return max(1 - share, SHORTEST)


@dataclass(frozen=True)
class _Asked:
    """Years whose root is sought: what falls short in them, what may, their loads, and their days."""

    known: Mapping[str, float]
    allowed: float
    ratios: Mapping[str, float]
    days: Mapping[str, Ints]

    @classmethod
    def of(
        cls, run: Run, threshold: str, ratios: Mapping[str, float], known: Callable[[str, Ints], float | None]
    ) -> _Asked:
        """Those years that have a load, and of which ``known`` tells what falls short."""
        days = years(run.parameters)
        told = {year: known(year, days[year]) for year in ratios}
        return cls(
            {year: short for year, short in told.items() if short is not None}, allowed(run, threshold), ratios, days
        )

    def only(self, some: Collection[str]) -> _Asked:
        """Some of the years."""
        return replace(self, known={year: short for year, short in self.known.items() if year in some})

    def of_every_second(self) -> list[_Asked]:
        """The same for every second year, then for the others."""

        sets = [[year for year in self.known if Period(year).fiscal_year % 2 == odd] for odd in (0, 1)]
        return [self.only(some) for some in sets if some]


def _told(sought: Mapping[str, Sought], found: Mapping[str, float] | None) -> dict[str, Root]:
    return {
        year: Root(exp(each.root(0.0)), None if found is None else exp(found[year])) for year, each in sought.items()
    }


_CALLS_OF = {RESIDENT: RESIDENT_CALLS, HELPDESK: HELPDESK_CALLS}


# a centre -----------------------------------------------------------------------------------------------------------


def _of_centre(run: Run, centre: str, ratios: Mapping[str, float]) -> dict[str, Root]:
    facts, reading, ringing = run.known.facts, run.parameters.targets.ai_reading, Ringing(run, centre)
    asked = _Asked.of(run, "answered_share", ratios, lambda year, days: lost_share(facts, centre, days, reading))
    theory = Loss(run, centre, ringing.centre)
    sought: dict[str, Sought] = {}
    times = {year: np.zeros(run.calendar.days) for year in asked.known}
    for year, known in asked.known.items():
        days = asked.days[year]
        times[year][days] = 1.0
        whole = Curve(_FACTORS, theory.shares(times[year], np.exp(_FACTORS)))
        guess = Sought(whole, whole, known, asked.allowed).root(0.0)
        u = run.streams.uniform(f"margin/{centre}/{year}")
        times[year][days] = stand_for(theory.lost(days, exp(guess)), _looked_at(run, centre, days), u)
        seen = Curve(_FACTORS, theory.shares(times[year], np.exp(_FACTORS)))
        sought[year] = Sought(whole, seen, known, asked.allowed)

    def rerun(wanted: Mapping[str, float]) -> dict[str, float]:
        factor = np.zeros(run.calendar.days)
        for year, by in wanted.items():
            factor[times[year] > 0] = exp(by)
        told = louder(run, _CALLS_OF[centre], factor).facts if lends(run.parameters) else ringing.under(factor)
        return {year: lost_share(told, centre, asked.days[year], reading, times[year]) or 0.0 for year in wanted}

    return _told(sought, roots(sought, rerun))


def _looked_at(run: Run, centre: str, days: Ints) -> float:
    """The share of a year's days that reruns look at.

    Agents are lent by what the day before was like, so that no day is left out where any are.
    """
    offered = int(run.known.facts[f"{CENTRES[centre]}_offered"][days].sum())
    wanted = max(_DAYS / len(days), _CALLS / max(offered, 1))
    return 1.0 if lends(run.parameters) else min(wanted, 1.0)


def stand_for(lost: Floats, share: float, u: float) -> Floats:
    """How many days each of a year's stands for, if so many are looked at: none where it is not looked at.

    The more is lost on a day by theory, the more of a year's luck is its own: the odds of being looked at go by the
    root of that. Days are taken evenly over the year, from a place ``u`` in 0 to 1 on.
    """
    size = np.maximum(np.sqrt(lost), _LEAST_LIKELY * float(np.sqrt(lost).mean()) + 1e-9)
    chance = 1 - (1 - share) ** (size / size.mean())
    taken = np.diff(np.floor(np.cumsum(chance) + u), prepend=0.0) > 0
    return np.where(taken, 1 / chance, 0.0)


def lost_share(
    facts: Mapping[str, Ints], centre: str, days: Ints, reading: AiReading = "agents", times: Floats | None = None
) -> float | None:
    """The share of attempts decided on some days that is not answered, as the target reads it; None without any.

    ``times``: by simulated day how many such days there are; one of each by default.
    """

    def total(name: str) -> float:
        series = facts[f"{CENTRES[centre]}_{name}"]
        return float((series if times is None else series * times)[days].sum())

    answered, decided = attempts(centre, reading).of(total)
    return 1 - answered / decided if decided else None


# the counters and the cards -----------------------------------------------------------------------------------------

Late = Callable[[Floats], tuple[Floats, Floats]]
"""From factors by row and day to what counts and what falls short."""


def of_bookings(run: Run, ratios: Mapping[str, float]) -> dict[str, Root]:
    """The roots of ``renewed-in-time``, of years with these loads (multiples of the reference year's).

    The bookings alone are walked again; all counters are rerun where more is at work than that sees.
    """

    def short(result: Result, year: str) -> float | None:
        return unrenewed_share(result.facts, days[year])

    days = years(run.parameters)
    asked = _Asked.of(run, "renewed_share", ratios, lambda year, days: short(run.known, year))
    found: dict[str, Root] = {}
    unseen: dict[str, Sought] = {}
    load = 0.0  # that of the year before at its root, as a logarithm: years bear about the same
    for year, spell in Bookings(run).spells({year: days[year] for year in asked.known}):
        root, curve = _walked(spell, asked, year, load)
        load = root + log(ratios[year])
        if curve is None:
            found[year] = Root(exp(root), exp(root))
        else:
            unseen[year] = Sought(curve, curve, asked.known[year], asked.allowed)
    some = asked.only(unseen)
    return found | _of_line(run, some, lambda part: {year: unseen[year] for year in part.known}, VISITS, short)


def _walked(spell: Spell, asked: _Asked, year: str, load: float) -> tuple[float, Curve | None]:
    """The root of a year's bookings (its logarithm); and their curve where more is at work than a walk of them sees.

    ``load``: the one looked at first, in multiples of the reference year's (its logarithm).
    """
    walked: dict[float, dict[str, Floats]] = {}

    def short(factor: float) -> float:
        walked[factor] = spell.under(exp(factor))
        return unrenewed_share(walked[factor], slice(None)) or 0.0

    root = crossing(short, asked.allowed, (_FACTORS[0], _FACTORS[-1]), load - log(asked.ratios[year]))
    if spell.sees_all(walked[min(walked, key=lambda factor: abs(factor - root))]):
        return root, None
    looked_at = np.sort(np.append(_FACTORS, root))
    return root, Curve(looked_at, np.array([short(factor) for factor in looked_at]))


def unrenewed_share(facts: Mapping[str, Ints] | Mapping[str, Floats], days: Ints | slice) -> float | None:
    """Of those done on some days who set out in time, the share that did not renew in time; None without any."""
    renewed, expired, gave_up = (
        float(facts[name][days].sum()) for name in ("renewed_in_time", "expired_waiting", "gave_up_in_time")
    )
    done = renewed + expired + gave_up
    return 1 - renewed / done if done else None


def _of_cards(run: Run, ratios: Mapping[str, float], express: bool) -> dict[str, Root]:
    targets, line, calendar, days = run.parameters.targets, Line(run), run.calendar, years(run.parameters)
    within = targets.express_days if express else targets.issue_days
    measure = "delivery" if express else "dispatch"
    excluded = LEAVES_OUT_CLOSURE["express" if express else "standard"]

    def short(result: Result, year: str) -> float | None:
        months = np.unique(calendar.month[days[year]])
        share = Cards(result, months, express, measure).share_within(within, excluded)
        return None if share is None else 1 - share

    threshold = "express_share" if express else "issue_share"
    asked = _Asked.of(run, threshold, ratios, lambda year, days: short(run.known, year))
    theory = line.express_late if express else line.late
    reruns = _RERUNS_OF_CARDS if run.replication <= CALIBRATING else 0
    sought = partial(_sought, run, late=theory)
    return _of_line(run, asked, sought, APPLICATIONS, short, reruns, one_of_two=not express)


def _of_dispatch(run: Run, ratios: Mapping[str, float]) -> dict[str, Root]:
    """Cards that must leave grow with applications: no rerun is needed for what the fullest month may be."""
    due, calendar = run.known.facts["due_to_leave"], run.calendar
    found: dict[str, Root] = {}
    capacity = run.parameters.targets.dispatch_per_month.at(run.parameters.start)
    for year, days in years(run.parameters).items():
        peak = int(np.bincount(calendar.month[days] - calendar.month[days[0]], due[days]).max())
        if peak and year in ratios:
            found[year] = Root(capacity / peak, capacity / peak)
    return found


def _of_line(
    run: Run,
    asked: _Asked,
    sought_of: Callable[[_Asked], Mapping[str, Sought]],
    driver: str,
    short: Callable[[Result, str], float | None],
    reruns: int = MOST_RERUNS,
    one_of_two: bool = False,
) -> dict[str, Root]:
    """The roots of a line that lasts from day to day: of every second year, then of the others.

    ``sought_of`` gives years that do not touch each other their curves. What the first show of theory, in the middle,
    is where the others begin to look. ``one_of_two``: of the others theory says it.
    """
    found: dict[str, Root] = {}
    shifts: list[float] = []
    for part in asked.of_every_second():
        sought = sought_of(part)

        def again(wanted: Mapping[str, float]) -> dict[str, float]:
            factor = np.ones(run.calendar.days)
            for year, by in wanted.items():
                factor[asked.days[year]] = exp(by)
            last = run.calendar.days - 1 if driver == APPLICATIONS else max(asked.days[year][-1] for year in wanted)
            result = louder(run.until(int(last)), driver, factor[: last + 1])  # cards of a year leave in the next
            return {year: short(result, year) or 0.0 for year in wanted}

        usual = median(shifts) if shifts else 0.0
        told = roots(sought, again, reruns, _NEAR_IN_LINE, usual) if reruns and not (found and one_of_two) else None
        found |= _told(sought, told)
        shifts = [shift for year, root in (told or {}).items() if (shift := sought[year].shift_of(root)) is not None]
    return found


def _sought(run: Run, asked: _Asked, late: Late) -> dict[str, Sought]:
    """Years that do not touch each other, each with theory's curve, which is drawn finely where it breaks."""
    curves = _curves(run, asked, late, dict.fromkeys(asked.known, _FACTORS))
    low, high = _FACTORS[0], _FACTORS[-1]
    fine = {}
    for year, curve in curves.items():
        breaks = min(max(curve.at_share(asked.allowed), low), high)
        fine[year] = np.clip(breaks + np.linspace(-_AROUND, _AROUND, _POINTS), low, high)
    found = {}
    for year, curve in _curves(run, asked, late, fine).items():
        both = curves[year].with_points(curve)
        found[year] = Sought(both, both, asked.known[year], asked.allowed)
    return found


def _curves(run: Run, asked: _Asked, late: Late, factors: Mapping[str, Floats]) -> dict[str, Curve]:
    """What is late by theory beside what is so anyway, over the factors of each year."""
    factor = np.ones((_POINTS, run.calendar.days))
    for year, own in factors.items():
        factor[:, asked.days[year]] = np.exp(own)[:, None]
    counted, missing = late(factor)
    curves = {}
    for year, own in factors.items():
        total, short = (series[:, asked.days[year]].sum(axis=1) for series in (counted, missing))
        share = np.divide(short, total, out=np.zeros_like(total), where=total > 0)
        curves[year] = Curve(own, asked.known[year] + (1 - asked.known[year]) * share)
    return curves
