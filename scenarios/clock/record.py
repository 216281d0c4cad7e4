"""A decision clock as a record: what breaks and when, the last dates to act, trip-wires and how good they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from scenarios.records import WHERE_ANY
from scenarios.run.words import alike

LIKELY = 0.2
"""A year that breaks in this share of replications is worth naming first."""


@dataclass(frozen=True)
class Days:
    """A day of replications."""

    early: date | None
    middle: date | None
    late: date | None
    """10, 50 and 90 % points of the replications; null without any"""

    @property
    def all(self) -> tuple[date, ...]:
        """All three, or none."""
        return tuple(day for day in (self.early, self.middle, self.late) if day)


@dataclass(frozen=True)
class Order:
    """What an alarm makes a planner order."""

    resource: str
    months: int
    """the quickest resource that, at work all year, saves at least half of the first 10 replications that break, and
    its lead time"""
    times: float | None
    days_added: float | None
    """the least of 1.1, 1.2, 1.35, 1.5 or 2 times what there is (weekend working: 2, 4, 6 or 8 days added a month) that
    saves nine in ten of those that can be saved"""
    saves: int
    of_breaks: int
    saves_low: float
    saves_high: float
    """replications that break whose year it saves if it works early enough"""


@dataclass(frozen=True)
class Mending:
    """A resource that can mend a target, with its last dates to act."""

    resource: str
    months: int
    assumed: bool
    """the resource, its lead time, and whether that is an assumption"""
    start_by: date
    """`months` before the early `needed`"""
    request_by: date | None
    """the budget request for the fiscal year of that day, null where none is needed"""
    last_date_to_act: date
    """the earlier of the two"""
    start_by_middle: date
    request_by_middle: date | None
    last_date_to_act_middle: date
    """the same for the middle `needed`"""


@dataclass(frozen=True)
class Counts:
    """What a trip-wire did in the replications that chose it."""

    hits: int
    of_breaks: int
    false_alarms: int
    of_others: int
    """as of the trip-wire, in the replications that chose it"""


@dataclass(frozen=True)
class TripWire:
    """A sign to watch for, judged by replications that had no part in the choice."""

    purpose: str
    months: int
    """`saves_year`: an order on the day on which it fires works `months` later, on the same day of the month, and saves
    the year; `with_money`: so too, but the order has to be in a budget request (`in_request`), so that on that day only
    money from elsewhere pays for it unless the request is still to come; `early_word`, where no sign comes so early or
    nothing saves the year: it fires at least a month before the year is lost"""
    wire: str
    side: str
    threshold: float
    weeks: int
    """it fires on the Monday after the observable `wire` has been `above` or `below` the threshold in so many weeks
    (Monday to Sunday) in a row"""
    hits: int
    of_breaks: int
    """held-out replications that break whose year is saved (of `early_word`: in which it fires in time)"""
    false_alarms: int
    of_others: int
    """held-out replications that hold in which it fires by the end of the year"""
    hit_rate: float | None
    hit_low: float
    hit_high: float
    false_alarm_rate: float | None
    false_alarm_low: float
    false_alarm_high: float
    """the shares of both, with their Wilson intervals"""
    saved: int | None
    """those whose year the order saves; null where nothing can be ordered"""
    requested: int | None
    """those in which it fires by the last day of the budget request with whose money the order saves the year; null
    where the order needs none"""
    right_alarms: int
    alarms: int
    precision: float | None
    precision_low: float | None
    precision_high: float | None
    """held-out replications in which it fires before the year is lost, or over, and those of them that break if nobody
    acts, with the Wilson interval"""
    base_rate: float | None
    base_rate_low: float | None
    base_rate_high: float | None
    """share of all held-out replications that break: what alarms at random would reach; of availability the computed
    probability, without an interval"""
    skill: float | None
    skill_low: float | None
    skill_high: float | None
    """hit rate less false-alarm rate with its interval (Newcombe 1998, method 10); better than chance where
    `skill_low` is above 0"""
    warning_days: int | None
    warning_days_low: int | None
    warning_days_high: int | None
    """days from firing to the first of the month in which the year is lost: 50, 10 and 90 % points of the hits"""
    fires: Days
    """the days of firing of the hits: `early`, `middle`, `late`"""
    training: Counts
    """`hits`, `of_breaks`, `false_alarms`, `of_others` in the replications that chose it"""

    @property
    def proven(self) -> bool:
        """Whether replications that had no part in the choice show that it is better than chance."""
        return self.skill_low is not None and self.skill_low > 0


@dataclass(frozen=True)
class Event:
    """A target in the fiscal year that decides it."""

    target: str
    period: str
    """the target with its part (`availability-99.9/jpki_counter`), and the fiscal year that decides it"""
    breaks: int
    replications: int
    """in how many of the replications that test it the year misses the target"""
    probability: float | None
    probability_low: float | None
    probability_high: float | None
    """that share, with its Wilson interval; where `computed`, the probability that the year misses the target, without
    one"""
    computed: bool
    """true for availability: the probability is worked out as that of a run (`scenarios/run/available.py`); `breaks`
    counts replications all the same"""
    first_breach: Days
    """the first month in breach by itself, or that in which the year is lost if it is earlier, by its first day:
    `early`, `middle`, `late` are the 10, 50 and 90 % points of the replications that break. Null where `computed`: one
    month is as likely as another"""
    lost: Days
    """the same of the month by which the year has lost more than the target allows it in all; cards by month of
    receipt"""
    order: Order | None
    """what an alarm makes a planner order, see below. Null where nothing does"""
    needed: Days
    """the last day from which the order may work, to the end of the year, for the year to hold, found by running the
    part of the model again under the same luck: `early`, `middle`, `late` over the replications that break; the first
    day of the year for those that no order saves. Null where no resource mends the target"""
    resources: tuple[Mending, ...]
    """quickest first, those that can mend the target, see below"""
    no_wire: str | None
    """why `wires` is empty: `not_tested`, `never` and `always` (breaks), `too_few` (training replications break, or
    hold: fewer than 3), `none_helps`; else null"""
    wires: tuple[TripWire, ...]
    """the trip-wire, see below; at most one"""
    by_month: str | None = field(default=None, metadata=WHERE_ANY)
    by_year: str | None = field(default=None, metadata=WHERE_ANY)
    """the statistics that decide a month and the fiscal year, where these are not the same; else left out"""

    @property
    def own_wire(self) -> TripWire | None:
        """Its wire; None without one."""
        return next(iter(self.wires), None)


@dataclass(frozen=True)
class Lead:
    """How long before it works a resource must be asked for."""

    resource: str
    """path of the resource"""
    procurement_months: int
    hiring_months: int
    training_months: int
    """one after the other"""
    in_request: bool
    """the money must be in a budget request"""
    assumed: bool
    why: str
    """false for a figure of your own; where it is from"""
    months: int
    """their sum"""


Weeks = tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True)
class Path:
    """What charts draw of a trip-wire."""

    target: str
    period: str
    purpose: str
    """whose it is"""
    weeks: tuple[date, ...]
    """the Monday after each"""
    break_: Annotated[Weeks, Field(alias="break")]
    hold: Weeks
    """the observable in held-out replications whose year breaks and holds, at four digits; null for a week without a
    value"""

    @property
    def lines(self) -> dict[str, Weeks]:
        """Both by their names."""
        return {"hold": self.hold, "break": self.break_}


@dataclass(frozen=True)
class Clock:
    """What ``clock.json`` holds."""

    FILE: ClassVar[str] = "clock.json"

    version: str
    """of the program"""
    scenario: str
    title: str
    why: str
    """of the scenario"""
    seed: int
    replications: int
    """what determines the numbers, beside `scenario.toml`"""
    training: int
    held_out: int
    """how many of the replications, in their order, chose trip-wires and how many judged them"""
    targets: tuple[str, ...]
    """those asked for; empty for all"""
    as_of: date
    """the day that counts as today"""
    first_day: date
    last_day: date
    """reported days"""
    lead_times: tuple[Lead, ...]
    """those used, see below"""
    request_due: str
    """month and day of the budget request, in the calendar year before the fiscal year"""
    events: tuple[Event, ...]
    """one entry a target and fiscal year, see below"""
    paths: tuple[Path, ...]
    """what charts draw of the best trip-wires, see below"""

    @property
    def months(self) -> tuple[str, ...]:
        """None: charts of a clock have days along their axis."""
        return ()

    @property
    def breaking(self) -> list[Event]:
        """Those that break in some replication, in order of targets and years."""
        return [event for event in self.events if event.breaks]

    @property
    def leading(self) -> list[Event]:
        """Of each target that breaks the first year in which that is likely enough, or else the likeliest.

        Those that a resource can mend come first, then the likeliest.
        """
        by_target: dict[str, list[Event]] = {}
        for event in self.breaking:
            by_target.setdefault(event.target, []).append(event)
        first = [next(filter(_likely, own), max(own, key=_probability)) for own in by_target.values()]
        return sorted(first, key=lambda event: (not event.resources, -_probability(event)))

    def alike(self, event: Event) -> bool:
        """Whether the probability of an event is computed, and that of the target's other fiscal years is the same."""
        own = [each for each in self.events if each.target == event.target and each.replications]
        return event.computed and alike([_probability(each) for each in own])

    @property
    def wires(self) -> list[tuple[Event, TripWire]]:
        """Every trip-wire with its event, in order of targets and years."""
        return [(event, wire) for event in self.events for wire in event.wires]


def _probability(event: Event) -> float:
    return event.probability or 0.0


def _likely(event: Event) -> bool:
    return _probability(event) >= LIKELY
