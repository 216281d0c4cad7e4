"""Parameters of the plant and of the mail of express cards."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.fields import Window, YearlyWindow, YesNo, dated, parameter
from sim.kinds import (
    MOST_ENTRIES,
    MOST_HOURS,
    Capacity,
    Cards,
    Count,
    DaysOfMonth,
    LogSpread,
    MeanDays,
    MeanTime,
    RepairHours,
    Share,
    Whole,
)
from sim.message import Message
from sim.schedule import Day, Frozen, Number

StationName = Literal["checks", "data", "production", "inspection"]


class Stop(Window):
    """Days on which a station, or the whole plant, makes nothing."""

    station: StationName | Literal["all"]


class Delivery(Frozen):
    """Blank cards that arrive before work begins on a day."""

    day: Day
    cards: Whole


class Plant(Frozen):
    """From receipt to dispatch (受付から発送まで)."""

    plan_days_standard: Count = parameter("worked days", "planned days from receipt to dispatch", ge=1, le=60)
    plan_days_express: Count = parameter("worked days", "the same for express cards (特急発行)", ge=1, le=60)
    after_cutoff_share: Share = parameter(
        "share", "standard applications received after the cut-off: one worked day more"
    )
    opening_hour: Number = parameter("hour", "start of the worked day", ge=0, lt=24)
    closing_hour: Number = parameter("hour", "end of the worked day", gt=0, le=24)
    works_holidays: YesNo = parameter("yes/no", "national holidays on weekdays are worked")
    closures: tuple[YearlyWindow, ...] = parameter(
        "days", "days of every year on which the plant is closed", max_length=MOST_HOURS
    )
    weekend_start_backlog: Cards = parameter("cards", "work inside at which weekend working starts")
    weekend_stop_backlog: Cards = parameter("cards", "work inside below which it stops")
    weekend_days_per_month: DaysOfMonth = parameter(
        "days", "first Saturdays and Sundays of a month that are worked as planned, whatever the work inside"
    )
    overtime_hours: Count = parameter(
        "hours", "worked after closing on days of overtime, by checks, production and inspection", ge=0, le=12
    )
    overtime_start_backlog: Cards = parameter("cards", "work inside at which overtime starts")
    overtime_stop_backlog: Cards = parameter("cards", "work inside below which it stops")
    checks_per_day: Capacity = parameter("applications/day", "applications checked a worked day")
    card_system_per_day: Capacity = parameter("cards/day", "cards and certificates the card system issues a day")
    card_system_daily: YesNo = parameter("yes/no", "the card system runs on weekends too")
    cards_per_day: Capacity = parameter("cards/day", "cards the plant makes a worked day, all lines together")
    lines: Count = parameter("lines", "production lines (equal shares of cards_per_day)", ge=1, le=100)
    hours_between_breakdowns: MeanTime = parameter("hours", "mean worked time of a line between breakdowns")
    repair_hours: RepairHours = parameter("hours", "mean time to repair")
    inspection_per_day: Capacity = parameter("cards/day", "cards inspected and packed a worked day")
    dispatch_cap_per_month: Cards = parameter("cards/month", "most cards that leave in a calendar month")
    lot_size: Count = parameter("cards", "largest lot", ge=1, le=100_000)
    returned_share: Share = parameter("share", "standard applications returned as incomplete (不備)")
    returned_comes_back_share: Share = parameter("share", "of returned applications, sent in again")
    returned_days: MeanDays = parameter("days", "mean time until a returned application comes back")
    remake_share: Share = parameter("share", "cards that fail inspection and are made again")
    extra_spread: LogSpread = parameter(
        "standard deviation", "spread of the two shares above from day to day (log scale)"
    )
    blank_stock: Cards = parameter(
        "cards", "blank cards (カード生地) on hand as the run, or the date of the value, begins; 1e9: always enough"
    )
    blanks_delivered: tuple[Delivery, ...] = dated(
        "cards", "blank cards delivered on dates, where a stock is stated", "day", max_length=MOST_ENTRIES
    )
    blanks_ordered: tuple[Delivery, ...] = dated(
        "cards", "blank cards ordered on dates, where a stock is stated", "day", max_length=MOST_ENTRIES
    )
    blank_lead_days: MeanDays = parameter("days", "from an order of blank cards to its delivery (調達期間)")
    stops: tuple[Stop, ...] = dated(
        "days", "dated stops of a station or of the plant", "station", "from", max_length=MOST_ENTRIES
    )

    @model_validator(mode="after")
    def _consistent(self) -> Plant:
        if self.closing_hour <= self.opening_hour:
            told = {"closing": self.closing_hour, "opening": self.opening_hour}
            raise ValueError(
                Message("closing_hour ({closing:g}) must be later than opening_hour ({opening:g})", **told)
            )
        if self.closing_hour + self.overtime_hours > 24:
            told = {"closing": self.closing_hour, "overtime": self.overtime_hours}
            raise ValueError(
                Message("closing_hour ({closing:g}) plus overtime_hours ({overtime}) must not exceed 24", **told)
            )
        for rule in ("weekend", "overtime"):
            starts, stops = (getattr(self, f"{rule}_{what}_backlog") for what in ("start", "stop"))
            for start, stop in zip(starts.steps, stops.steps, strict=False):
                if stop.value > start.value:
                    found: dict[str, object] = {"rule": rule, "stop": stop.value, "start": start.value}
                    raise ValueError(
                        Message(
                            "{rule}_stop_backlog ({stop:g}) must not exceed {rule}_start_backlog ({start:g})", **found
                        )
                    )
        return self


class Express(Frozen):
    """Mail of express cards to the resident."""

    mail_days: Count = parameter("days", "from dispatch to the resident", ge=0, le=30)
    mail_slow_share: Share = parameter("share", "express cards that take longer in the mail")
    mail_slow_days: Count = parameter("days", "mail days of these", ge=0, le=60)
