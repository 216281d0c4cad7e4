"""Everything a scenario may set, composed of the parts' parameters: each with unit, bounds and meaning, no defaults.

Values stand in the scenario library (``scenarios/library/baseline-fy2025.toml`` and what extends it), evidence in
``calibration/assumptions.toml``. A model is frozen; a change gives a checked copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Any, TypeVar

from pydantic import BaseModel, SerializerFunctionWrapHandler, model_serializer, model_validator

from sim.answering import AiReading
from sim.availability import Reading
from sim.calendar import Calendar
from sim.contact.parameters import Contact
from sim.counters.parameters import Counters
from sim.disruptions import Disruption, Disruptions
from sim.fields import dated, parameter
from sim.kinds import MOST_ENTRIES, Cards, Count, Share, Whole
from sim.message import Message
from sim.notices.parameters import Notices
from sim.people.parameters import Demand, HolderRates, NextCard, Renewal, Rules
from sim.plant.parameters import Express, Plant
from sim.schedule import Day, Frozen, Quantity, is_day
from sim.services.parameters import Services
from sim.systems.parameters import Stop, Systems


class Restated(Frozen):
    """Work inside as it was at the close of a day (実績); what is left out stays as simulated.

    ``cards`` are standard cards inside the plant. ``at_municipalities`` are dispatched and not handed over; where cards
    never collected are among them, ``dispatched_so_far`` says of how many dispatched cards.
    """

    as_of: Day
    cards: Whole | None = None
    at_municipalities: Whole | None = None
    dispatched_so_far: Whole = 0

    @model_serializer(mode="wrap")
    def _as_written(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        return {name: value for name, value in write(self).items() if value is not None}


class PublishedCount(Frozen):
    """Cards counted since January 2016 at the close of a day."""

    as_of: Day = parameter("date", "day of the published count")
    cards: Whole = parameter("cards", "cards handed over from January 2016 to the close of that day")


class Opening(Frozen):
    """Work inside when the run starts, before the run-in, and known states on the way."""

    cards: Cards = parameter("cards", "standard cards inside the plant on the first day of the run-in")
    at_municipalities: Cards = parameter("cards", "cards waiting to be collected on that day")
    run_in_months: Count = parameter("months", "simulated before the first reported day", ge=12, le=60)
    restated: tuple[Restated, ...] = dated(
        "cards",
        "work inside the plant and at the municipalities, set anew at the close of a day",
        "as_of",
        max_length=MOST_ENTRIES,
    )
    handed_over: PublishedCount = parameter(
        "cards", Message("cards handed over since January 2016 as published on a day, to count on from")
    )

    @model_validator(mode="after")
    def _restated_in_order(self) -> Opening:
        for before, after in pairwise(self.restated):
            if after.as_of <= before.as_of:
                told = {"after": after.as_of, "before": before.as_of}
                raise ValueError(Message("restated: {after} must come after {before}", **told))
        return self


class Targets(Frozen):
    """Thresholds and readings of the published targets."""

    issue_days: Count = parameter("days", "standard cards are dispatched within this (原則14日以内)", ge=1, le=60)
    issue_share: Share = parameter("share", "of cards, how we read 'in principle' (原則)")
    express_days: Count = parameter("days", "express cards are with the resident within this (原則1週間)", ge=1, le=60)
    express_share: Share = parameter("share", "of cards, how we read 'in principle' (原則)")
    dispatch_per_month: Cards = parameter("cards/month", "dispatch capacity promised (月480万枚)")
    intake_per_day: Cards = parameter("applications/day", "intake promised (1日16万件)")
    answered_share: Share = parameter("share", "of calls offered in a year, answered (年間平均応答率95%程度)")
    ai_reading: AiReading = parameter(
        "reading",
        "whether a call that AI answers counts as answered: agents' calls alone, all of them, or those settled",
    )
    availability: Share = parameter("share", "of service hours, planned stops left out (稼働率)")
    availability_reading: Reading = parameter(
        "reading",
        "what must reach it: each system, their mean, all their hours together (weighted), or the lowest rounded",
    )
    renewed_share: Share = parameter("share", "of those who set out in time, renewed before expiry (our reading)")
    notice_days: Count = parameter("days", "notices are posted this long before expiry (約3か月前)", ge=1, le=120)
    notice_share: Share = parameter("share", "of notices, posted so long before expiry (our reading)")
    error_free_share: Share = parameter("share", "of open days without an error at counters for want of JPKI capacity")


SECTIONS = (
    "rules",
    "next_card",
    "holders",
    "renewal",
    "notices",
    "demand",
    "plant",
    "express",
    "counters",
    "contact",
    "systems",
    "services",
    "disruptions",
    "opening",
    "targets",
)


class Parameters(Frozen):
    """All parameters of a run."""

    start: Day = parameter("date", "first reported day, the first of a month (1 April: whole fiscal years)")
    end: Day = parameter("date", "last reported day")
    rules: Rules
    next_card: NextCard
    holders: HolderRates
    renewal: Renewal
    notices: Notices
    demand: Demand
    plant: Plant
    express: Express
    counters: Counters
    contact: Contact
    systems: Systems
    services: Services
    disruptions: Disruptions
    opening: Opening
    targets: Targets

    @model_validator(mode="after")
    def _dates_in_order(self) -> Parameters:
        if self.end <= self.start:
            told = {"start": self.start, "end": self.end}
            raise ValueError(Message("start = {start}, end = {end}: end must come after start", **told))
        if self.start.day != 1:
            raise ValueError(Message("start = {start}: must be the first day of a month", start=self.start))
        return self

    @model_validator(mode="after")
    def _windows_inside_the_run(self) -> Parameters:
        dated = {
            "demand.campaign": self.demand.campaign,
            "demand.stress": self.demand.stress,
            "demand.actual": self.demand.actual,
            "plant.stops": self.plant.stops,
        }
        spans = [(path, window.from_, window.to) for path, windows in dated.items() for window in windows]
        stops: dict[str, tuple[Stop | Disruption, ...]] = {
            "systems.events": self.systems.events,
            "systems.planned": self.systems.planned,
            "disruptions.events": self.disruptions.events,
        }
        spans += [(path, stop.day, stop.day) for path, listed in stops.items() for stop in listed]
        changed = {"disruptions.holidays": self.disruptions.holidays, "disruptions.workdays": self.disruptions.workdays}
        spans += [(path, day, day) for path, days in changed.items() for day in days]
        for name, listed in (("delivered", self.plant.blanks_delivered), ("ordered", self.plant.blanks_ordered)):
            spans += [(f"plant.blanks_{name}", one.day, one.day) for one in listed]
        spans += [("opening.restated", state.as_of, state.as_of) for state in self.opening.restated]
        for path, first, last in spans:
            if first < self.first_simulated_day or last > self.end:
                told = {"path": path, "first": first, "last": last, "begin": self.first_simulated_day, "end": self.end}
                raise ValueError(
                    Message(
                        "{path}: {first} to {last} lies outside the run ({begin}, run-in included, to {end})", **told
                    )
                )
        return self

    @model_validator(mode="after")
    def _drawn_with_known_ones(self) -> Parameters:
        known = quantities(self)
        for path, quantity in known.items():
            for name in (name for step in quantity.steps for name, _ in step.with_):
                other, dated, day = name.partition("@")
                told = {"path": path, "name": name}
                if other not in known:
                    raise ValueError(
                        Message("{path}: `with` names {name}, which is no value that can have a range", **told)
                    )
                if dated and not is_day(day):
                    raise ValueError(
                        Message("{path}: `with` names {name}: after @ must stand a date such as 2026-04-01", **told)
                    )
        return self

    @property
    def first_simulated_day(self) -> date:
        """First day of the run-in, a first of month."""
        months = self.start.year * 12 + self.start.month - 1 - self.opening.run_in_months
        return date(max(months // 12, 1), months % 12 + 1, 1)

    def calendar(self) -> Calendar:
        """The simulated days, run-in included, with the national holidays of this scenario."""
        return Calendar(self.first_simulated_day, self.end, self.disruptions.changed_holidays)

    @property
    def days(self) -> int:
        """Simulated days, run-in included."""
        return (self.end - self.first_simulated_day + timedelta(days=1)).days


M = TypeVar("M", bound=BaseModel)


def quantities(parameters: Parameters) -> dict[str, Quantity]:
    """Every quantity by its path such as ``plant.cards_per_day`` or ``contact.resident.seats``."""
    return dict(pair for section in SECTIONS for pair in _quantities(section, getattr(parameters, section)))


def quantity(parameters: Parameters, path: str) -> Quantity:
    """The quantity of one path, without looking at all others."""
    found: Quantity = attrgetter(path)(parameters)
    return found


def with_quantity(parameters: M, path: str, written: Any) -> M:
    """A copy with a quantity that a program worked out from checked ones, such as three times the load.

    It may pass the bounds of what a person writes, and need not be whole: no rule is checked.
    """
    name, _, rest = path.partition(".")
    inner = getattr(parameters, name)
    value = with_quantity(inner, rest, written) if rest else Quantity.model_validate(written)
    return parameters.model_copy(update={name: value})


def _quantities(path: str, value: object) -> Iterator[tuple[str, Quantity]]:
    if isinstance(value, Quantity):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, inner in value:
            yield from _quantities(f"{path}.{name}", inner)
