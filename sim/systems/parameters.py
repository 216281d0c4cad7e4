"""Parameters of the systems: service hours, breakdowns, planned maintenance, dated events, JPKI capacity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.fields import YearlyWindow, YesNo, dated, parameter
from sim.hours import DAY_KINDS, HalfHour, Hours, open_half_hours, position, refuse_overlap
from sim.kinds import (
    MOST_ENTRIES,
    MOST_HOURS,
    Capacity,
    Checks,
    Count,
    Failures,
    LoadSlope,
    LogSpread,
    Share,
    SomeRepairHours,
    Utilisation,
    Wait,
)
from sim.message import Message
from sim.schedule import Day, Frozen, Number

SystemName = Literal["card_management", "jpki_counter", "jpki_verifier"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Month = Annotated[int, Field(ge=1, le=12, strict=True)]


class System(Frozen):
    """One system with the hours in which it has promised to serve."""

    hours: tuple[Hours, ...] = parameter("hours", "service hours by kind of day", max_length=MOST_HOURS)
    closures: tuple[YearlyWindow, ...] = parameter("days", "days of every year without service", max_length=MOST_HOURS)
    failures_per_year: Failures = parameter("per year", "breakdowns in service hours")
    repair_hours: SomeRepairHours = parameter("hours", "mean time to repair")
    repair_spread: LogSpread = parameter("standard deviation", "of times to repair (log scale)")

    @model_validator(mode="after")
    def _hours_fit(self) -> System:
        refuse_overlap("hours", self.hours)
        if not open_half_hours(self.hours)[:5].any():
            raise ValueError(Message("hours must give every system some service on weekdays"))
        return self


class Stop(Frozen):
    """A stop of one system on a date: ``hours`` of the clock from a half-hour on, past midnight if long."""

    system: SystemName
    day: Day
    from_: HalfHour = Field(alias="from")
    hours: Number = Field(gt=0, le=24 * 31, allow_inf_nan=False)

    @property
    def starts_at(self) -> int:
        """Minutes since midnight."""
        return position(self.from_) * 30


class Event(Stop):
    """A breakdown (``working_share`` 0) or a slow-down on a date; a slow-down does not count as an outage."""

    working_share: Number = Field(default=0.0, ge=0, lt=1)


class Drill(Frozen):
    """Planned maintenance of one system in some months of every year: on the n-th of a weekday, if the month has it."""

    system: SystemName
    months: tuple[Month, ...] = Field(min_length=1, max_length=12)
    nth: Count = Field(ge=1, le=5)
    weekday: Weekday
    from_: HalfHour = Field(alias="from")
    hours: Number = Field(gt=0, le=24, allow_inf_nan=False)

    def stops(self, dates: Iterable[date]) -> Iterator[Stop]:
        """The stops that it means among some dates."""
        weekday = DAY_KINDS.index(self.weekday)
        for day in dates:
            if day.month in self.months and day.weekday() == weekday and (day.day - 1) // 7 + 1 == self.nth:
                yield Stop(system=self.system, day=day, from_=self.from_, hours=self.hours)


_AT = "system", "day", "from"
"""What makes two stops one."""


class Validation(Frozen):
    """The validation service for relying parties (電子証明書の有効性確認: OCSP, CRL) at two centres."""

    failures_per_year: Failures = parameter("per year", "breakdowns of each centre, those of both at once among them")
    repair_hours: SomeRepairHours = parameter("hours", "mean time to repair")
    repair_spread: LogSpread = parameter("standard deviation", "of times to repair (log scale)")
    common_share: Share = parameter("share", "of a centre's breakdowns that take the other one too (共通原因故障)")
    fail_over_minutes: Wait = parameter("minutes", "from a breakdown until the other centre answers (切替)")
    checks_per_month: Checks = parameter("checks/month", "of the validity of certificates, by relying parties")
    crl_hour: Count = parameter("hour", "at which the day's revocation list (CRL, 失効リスト) is due", ge=0, le=23)
    in_availability: YesNo = parameter(
        "yes/no", "minutes without an answer are an outage of JPKI for relying parties in the availability target"
    )


class Systems(Frozen):
    """The systems (関連システム)."""

    card_management: System
    jpki_counter: System
    jpki_verifier: System
    validation: Validation
    published_events: tuple[Event, ...] = dated(
        "events", "breakdowns as published; those outside the run play no part", *_AT, max_length=MOST_ENTRIES
    )
    events: tuple[Event, ...] = dated(
        "events", "supposed breakdowns and slow-downs, inside the run", *_AT, max_length=MOST_ENTRIES
    )
    planned: tuple[Stop, ...] = dated(
        "stops", "dated maintenance inside the run, left out of availability", *_AT, max_length=MOST_ENTRIES
    )
    drills: tuple[Drill, ...] = dated(
        "stops",
        "drills of every year (訓練) that stop a system, planned maintenance like dated ones",
        *("system", "months", "nth", "weekday", "from"),
        max_length=MOST_HOURS,
    )
    jpki_per_day: Capacity = parameter(
        "transactions/day",
        "counter transactions of two operations, spread over a day as visits are, of which the CA reception servers "
        "(認証局受付サーバ) take the busiest quarter-hour",
    )
    setting_off_peak_share: Share = parameter(
        "share", "of settings before hand-over (交付前設定) that are made when nobody visits"
    )
    jpki_waste_share: Share = parameter(
        "share", "of a transaction's capacity that an attempt refused for want of it still uses"
    )
    jpki_least_share: Share = parameter("share", "of capacity that gets through however many attempts are made")
    retry_share: Share = parameter("share", "of failed transactions, tried again the same day, up to three times")
    jpki_load_slope: LoadSlope = parameter(
        "multiplier",
        "the usual rate of breakdowns of JPKI for counters, on top for each 1 of utilisation above the level",
    )
    jpki_load_level: Utilisation = parameter(
        "share", "of the capacity of the busiest quarter-hour, up to which load breaks nothing"
    )

    @property
    def load_breaks(self) -> bool:
        """Whether load ever breaks a system."""
        return any(number > 0 for number in self.jpki_load_slope.numbers())

    @property
    def lost_by_chance_alone(self) -> bool:
        """Whether nothing but rates, repairs and dates says what systems lose: then it can be computed."""
        return not self.load_breaks and not self.validation.in_availability
