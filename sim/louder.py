"""Parts of a replication run again under a louder driver: so many times as many first calls, visits or applications.

A driver is what brings work to one part of the model, and to that part alone in such a rerun: all that lies behind it
stays unknown. Callers, visitors and applicants keep the luck that they had; seats stay as the replication had them,
also where a policy would have sized them anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

import numpy as np

from sim.calendar import Calendar, Floats
from sim.couplings import COUPLINGS, Coupling
from sim.draws import whole_numbers
from sim.facts import CALL_CAUSES, CENTRES, SOURCES
from sim.parameters import Parameters, with_quantity
from sim.parts import CARDS, COUNTERS, HELPDESK, RESIDENT
from sim.people.history import CardHistory
from sim.plan import Plan
from sim.reach import lends
from sim.replication import rerun
from sim.result import Result
from sim.schedule import Quantity, Step
from sim.streams import Ints, Streams
from sim.unknowns import Unknowns

APPLICATIONS, VISITS, RESIDENT_CALLS, HELPDESK_CALLS = DRIVERS = (
    "applications",
    "certificate_visits",
    "resident_calls",
    "helpdesk_calls",
)
PART_OF_DRIVER = {APPLICATIONS: CARDS, VISITS: COUNTERS, RESIDENT_CALLS: RESIDENT, HELPDESK_CALLS: HELPDESK}
"""The part that a driver brings its work to."""
_BY_POLICY = "last_year"


@dataclass(frozen=True)
class Run:
    """A replication to run parts of again: ``known`` holds every simulated day of it (``sim.replication.whole``)."""

    known: Result
    parameters: Parameters
    history: CardHistory
    seed: int
    replication: int
    chance_only: bool = False
    unknowns: Unknowns | None = None

    @cached_property
    def calendar(self) -> Calendar:
        """The simulated days."""
        return self.parameters.calendar()

    def until(self, day: int) -> Run:
        """The same up to a simulated day: what comes after it changes nothing of it."""
        end = self.parameters.first_simulated_day + timedelta(days=day)
        parameters = self.parameters.model_copy(update={"end": end})
        return replace(self, known=self.known.of_days(slice(day + 1)), parameters=parameters)

    @property
    def streams(self) -> Streams:
        """Random streams of the replication."""
        return Streams(self.seed, self.replication)

    @cached_property
    def plan(self) -> Plan:
        """What the replication drew."""
        return Plan(self.parameters, self.streams, self.calendar, self.chance_only, self.unknowns)

    def again(self, parts: Collection[str], known: Result, parameters: Parameters, rows: Sequence[Coupling]) -> Result:
        """Some parts once more, on other facts and parameters (``sim.replication.rerun``)."""
        luck = self.history, self.seed, self.replication, self.chance_only
        return rerun(parts, known, parameters, *luck, rows, self.unknowns)


def causes(driver: str, facts: Mapping[str, Ints]) -> dict[str, Ints]:
    """What a driver consists of, by day; its load is the sum."""
    if driver == APPLICATIONS:
        return {name: facts[f"applications_{name}"] for name in SOURCES}
    if driver == VISITS:
        early, in_time = facts["certificates_wanted_early"], facts["certificates_wanted_in_time"]
        return {
            "early": early,
            "in_time": in_time - early,
            "late": facts["certificates_wanted"] - in_time,
            "signing": facts["signing_wanted"],
            "extended": facts["stays_extended"],
        }
    centre = PART_OF_DRIVER[driver]
    return {cause: facts[f"{CENTRES[centre]}_{cause}"] for cause in CALL_CAUSES[centre]}


def louder(run: Run, driver: str, factor: Floats) -> Result:
    """The driver's part with ``factor`` times the load of each simulated day; every simulated day of it."""
    if driver == APPLICATIONS:
        return _cards(run, factor)
    return _counters(run, factor) if driver == VISITS else _centre(run, PART_OF_DRIVER[driver], factor)


def with_seats_kept(run: Run, centre: str) -> Parameters:
    """The parameters with the seats that a policy contracted in this replication, as written by dates."""
    settings = getattr(run.parameters.contact, centre)
    if settings.seats_policy != _BY_POLICY:
        return run.parameters
    seats, first = run.known.facts[f"{CENTRES[centre]}_seats"], run.parameters.first_simulated_day
    moves = [0, *(np.flatnonzero(np.diff(seats)) + 1).tolist()]
    steps = [{"from": first + timedelta(days=day), "value": float(seats[day])} for day in moves]
    fixed = settings.model_copy(update={"seats_policy": "fixed"})
    contact = run.parameters.contact.model_copy(update={centre: fixed})
    kept = run.parameters.model_copy(update={"contact": contact})
    kept = with_quantity(kept, f"contact.{centre}.seats_index", 100.0)
    return with_quantity(kept, f"contact.{centre}.seats", steps)


def _centre(run: Run, centre: str, factor: Floats) -> Result:
    lending = lends(run.parameters)
    known = replace(run.known, facts=run.known.facts | louder_calls(run, centre, factor))
    parts = {RESIDENT, HELPDESK} if lending else {centre}
    parameters = run.parameters
    for part in parts:
        parameters = with_seats_kept(replace(run, parameters=parameters), part)
    return run.again(parts, known, parameters, ())


def louder_calls(run: Run, centre: str, factor: Floats) -> dict[str, Ints]:
    """First calls of a centre under ``factor`` times the load of each simulated day, by the name of the fact."""
    names = [f"{CENTRES[centre]}_{cause}" for cause in CALL_CAUSES[centre]]
    return {name: scaled(run.known.facts[name], factor) for name in names}


def _counters(run: Run, factor: Floats) -> Result:
    visits = {name: scaled(series, factor) for name, series in causes(VISITS, run.known.facts).items()}
    in_time = visits["early"] + visits["in_time"]
    louder_facts = {
        "certificates_wanted_early": visits["early"],
        "certificates_wanted_in_time": in_time,
        "certificates_wanted": in_time + visits["late"],
        "signing_wanted": visits["signing"],
        "stays_extended": visits["extended"],
    }
    known = replace(run.known, facts=run.known.facts | louder_facts)
    rows = [row for row in COUPLINGS if row.effect != "signing_wanted"]
    return run.again({COUNTERS}, known, run.parameters, rows)


def booked(run: Run, factor: Floats, days: slice) -> Floats:
    """Bookings of some days under ``factor`` times the load of each, by kind (``sim.counters.lines``) and day; those
    who come back after giving up are left out."""
    known = causes(VISITS, run.known.facts)
    visits = {name: scaled(series[days], factor) for name, series in known.items()}
    kinds = visits["in_time"], visits["late"], visits["signing"] + visits["extended"], visits["early"]
    return np.array(kinds, dtype=np.float64)


def _cards(run: Run, factor: Floats) -> Result:
    load = run.parameters.demand.load
    heavier = with_quantity(run.parameters, "demand.load", _times(load, factor, run.calendar))
    return run.again({CARDS}, run.known, heavier, COUPLINGS)


def _times(quantity: Quantity, factor: Floats, calendar: Calendar) -> Quantity:
    """A quantity by dates, times a factor that is the same for spells of days."""
    moves = {0, *(np.flatnonzero(np.diff(factor)) + 1).tolist()}
    moves |= {calendar.index(step.from_) for step in quantity.steps[1:] if step.from_ is not None}
    steps = []
    for day in sorted(day for day in moves if 0 <= day < calendar.days):
        step, times = _holding(quantity, calendar, day), float(factor[day])
        low, high = (None if end is None else end * times for end in (step.low, step.high))
        drawn_with = dict(step.with_) or None
        written = {
            "from": calendar.dates[day],
            "value": step.value * times,
            "low": low,
            "high": high,
            "with": drawn_with,
        }
        steps.append(Step.model_validate({key: value for key, value in written.items() if value is not None}))
    return Quantity(steps=tuple(steps))


def _holding(quantity: Quantity, calendar: Calendar, day: int) -> Step:
    """The step that holds on a day."""
    begun = [step for step in quantity.steps[1:] if step.from_ is not None and calendar.index(step.from_) <= day]
    return begun[-1] if begun else quantity.steps[0]


def scaled(counts: Ints, factor: Floats) -> Ints:
    """Whole numbers whose running total stays within one half of that of ``counts`` times ``factor``."""
    return whole_numbers(counts * factor)
