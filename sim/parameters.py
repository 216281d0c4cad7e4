"""Everything a scenario may set: each field with its unit, bounds and meaning, and no defaults.

Values stand in the scenario library (``scenarios/library/baseline-fy2025.toml`` and what extends it), evidence in
``calibration/assumptions.toml``. A model is frozen; a change goes through ``changed`` and gives a checked copy.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from sim.schedule import Amount, Frozen, Quantity, Rate, Share, Signed

StationName = Literal["checks", "data", "production", "inspection"]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Whole = Annotated[int, Field(ge=0, strict=True)]


def _field(unit: str, meaning: str, **bounds: Any) -> Any:
    return Field(description=meaning, json_schema_extra={"unit": unit}, **bounds)


class Window(Frozen):
    """Days from a date to a date, both included."""

    from_: date = Field(alias="from")
    to: date

    @model_validator(mode="after")
    def _ordered(self) -> Window:
        if self.to < self.from_:
            raise ValueError(f"`to` ({self.to}) must not come before `from` ({self.from_})")
        return self


class Load(Window):
    """Days with a stated number of applications."""

    applications_per_day: Whole


class Stop(Window):
    """Days on which a station, or the whole plant, makes nothing."""

    station: StationName | Literal["all"]


class YearlyWindow(Frozen):
    """Days of every year, as month and day, both included; may run over the year's end."""

    from_: tuple[int, int] = Field(alias="from")
    to: tuple[int, int]

    @field_validator("from_", "to", mode="before")
    @classmethod
    def _month_and_day(cls, value: Any) -> Any:
        text = value if isinstance(value, str) else ""
        try:
            parsed = date.fromisoformat(f"2000-{text}")
        except ValueError:
            if isinstance(value, tuple | list) and len(value) == 2:
                return value
            raise ValueError('must be a month and day such as "12-29"') from None
        return parsed.month, parsed.day


class Rules(Frozen):
    """Validity of cards and certificates (有効期限)."""

    adult_age: Rate = _field("years", "age from which a card lasts the adult term, by date of receipt")
    card_birthdays_adult: int = _field("birthdays", "an adult's card lasts to this birthday after issue", ge=1, le=10)
    card_birthdays_minor: int = _field("birthdays", "a minor's card lasts to this birthday after issue", ge=1, le=10)
    certificate_birthdays: int = _field("birthdays", "a certificate lasts to this birthday after issue", ge=1, le=10)
    renewal_window_months: int = _field("months", "renewal is accepted this long before expiry", ge=1, le=12)
    early_certificate_keeps_expiry: bool = _field(
        "yes/no", "a certificate renewed inside the window runs from the old expiry, not from the renewal"
    )
    early_card_keeps_expiry: bool = _field(
        "yes/no", "a card renewed inside the window runs from the old expiry, not from the issue"
    )
    signing_from_age: int = _field("years", "no signing certificate (署名用) below this age", ge=0, le=30)


class NextCard(Frozen):
    """The next card (次期カード), planned within FY2028."""

    start: date = _field("date", "first day on which next cards are issued")
    certificate_birthdays: int = _field("birthdays", "a next card's certificate lasts to this birthday", ge=1, le=10)
    renewal_window_months: int = _field("months", "renewal is accepted this long before expiry", ge=1, le=12)
    early_share: Share = _field(
        "share", "holders renewing in time who use the longer window and do not wait for the notice"
    )
    switch_share: Share = _field(
        "share",
        "holders whose certificate comes due who take a next card instead of renewing the certificate",
    )


class HolderRates(Frozen):
    """How people leave the stock of cards, and what ends a signing certificate."""

    mortality_at_60: Rate = _field("per year", "death rate at age 60 (Gompertz law)")
    mortality_growth: Rate = _field("per year of age", "growth of the death rate with age (Gompertz law)")
    departure_rate: Share = _field("per year", "holders who leave Japan or hand the card back")
    loss_rate: Share = _field("per year", "holders who lose, damage or have to replace the card")
    limited_stay_share: Share = _field("share", "first cards that go to residents with a limited period of stay")
    limited_stay_years: Rate = _field("years", "mean time until such a card ends with the stay")
    stay_extended_share: Share = _field("share", "of these, cards extended in time at the counter")
    move_rate: Share = _field("per year", "holders who change address, which ends the signing certificate")
    name_change_rate: Share = _field("per year", "holders who change name, which ends the signing certificate")
    signing_reissue_share: Share = _field("share", "of ended signing certificates, issued again at the counter")
    signing_reissue_days: Rate = _field("days", "mean time from the move or change of name to that")
    issue_to_handover_days: Rate = _field("days", "mean time from issue to hand-over in the card history")
    history_position: Signed = _field("-1 to 1", "where the rebuilt card history lies between its low and high")


class Renewal(Frozen):
    """When, and whether, holders renew."""

    card_lapse_share: Share = _field("share", "expiring cards that are not renewed within a year")
    card_late_share: Share = _field("share", "expiring cards renewed after expiry, within a year")
    certificate_lapse_share: Share = _field("share", "expiring certificates not renewed within a year")
    certificate_late_share: Share = _field("share", "expiring certificates renewed after expiry, within a year")
    days_to_respond: Rate = _field("days", "mean time from the opening of the window to renewal, when in time")
    days_late: Rate = _field("days", "mean time from expiry to renewal, when late")

    @model_validator(mode="after")
    def _shares_fit(self) -> Renewal:
        for kind in ("card", "certificate"):
            lapse, late = getattr(self, f"{kind}_lapse_share"), getattr(self, f"{kind}_late_share")
            if max(lapse.numbers()) + max(late.numbers()) > 1:
                raise ValueError(f"{kind}_lapse_share and {kind}_late_share must not exceed 1 together")
        return self


class Channel(Frozen):
    """One way in for applications."""

    share: Weight = _field("share", "share of applications")
    delay_days: Whole = _field("days", "from sending to receipt", le=60)
    weekdays: tuple[Weight, ...] = _field("weight", "weight of Monday to Sunday", min_length=7, max_length=7)
    holiday: Weight = _field("weight", "weight of a national holiday or year-end day, instead of the weekday's")


class Channels(Frozen):
    """Ways in for applications; the shares are of all."""

    online: Channel
    photo_booth: Channel
    mail: Channel
    counter: Channel

    @model_validator(mode="after")
    def _shares_sum(self) -> Channels:
        total = sum(channel.share for channel in (self.online, self.photo_booth, self.mail, self.counter))
        if abs(total - 1) > 1e-9:
            raise ValueError(f"the shares of the four channels must sum to 1, not {total:g}")
        return self


class Demand(Frozen):
    """Applications (申請) by reason."""

    load: Amount = _field(
        "multiplier",
        "multiplies the work of every application except stated stress days; holders stay as many as without it",
    )
    first_time_per_year: Amount = _field("applications/year", "first cards, except newborns")
    births_per_year: Amount = _field("births/year", "births of residents")
    newborn_share: Share = _field("share", "newborns whose card is applied for before the first birthday")
    newborn_express_share: Share = _field("share", "of newborn applications, express")
    move_per_year: Amount = _field("applications/year", "cards after moves from abroad or with a full additions field")
    move_express_share: Share = _field("share", "of move applications, express")
    loss_reissue_share: Share = _field("share", "of lost or damaged cards, applied for again")
    loss_express_share: Share = _field("share", "of such applications, express")
    month_weights: tuple[Weight, ...] = _field(
        "weight",
        "weight of January to December in first-time and move applications",
        min_length=12,
        max_length=12,
    )
    noise: Amount = _field("standard deviation", "size of the day-to-day noise (log scale)")
    noise_correlation: Share = _field("correlation", "of the noise from one day to the next")
    year_swing: Amount = _field("standard deviation", "size of the year-to-year swing of first-time and move demand")
    campaign: tuple[Load, ...] = _field("applications/day", "extra first applications on stated days")
    stress: tuple[Load, ...] = _field("applications/day", "stated days topped up to this number of applications")
    channels: Channels


class Plant(Frozen):
    """From receipt to dispatch (受付から発送まで)."""

    plan_days_standard: int = _field("worked days", "planned days from receipt to dispatch", ge=1, le=60)
    plan_days_express: int = _field("worked days", "the same for express cards (特急発行)", ge=1, le=60)
    after_cutoff_share: Share = _field("share", "standard applications received after the cut-off: one worked day more")
    opening_hour: float = _field("hour", "start of the worked day", ge=0, lt=24)
    closing_hour: float = _field("hour", "end of the worked day", gt=0, le=24)
    works_holidays: bool = _field("yes/no", "national holidays on weekdays are worked")
    closures: tuple[YearlyWindow, ...] = _field("days", "days of every year on which the plant is closed")
    weekend_start_backlog: Amount = _field("cards", "work inside at which weekend working starts")
    weekend_stop_backlog: Amount = _field("cards", "work inside below which it stops")
    checks_per_day: Rate = _field("applications/day", "applications checked a worked day")
    card_system_per_day: Rate = _field("cards/day", "cards and certificates the card system issues a day")
    card_system_daily: bool = _field("yes/no", "the card system runs on weekends too")
    cards_per_day: Rate = _field("cards/day", "cards the plant makes a worked day, all lines together")
    lines: int = _field("lines", "production lines (equal shares of cards_per_day)", ge=1, le=100)
    hours_between_breakdowns: Rate = _field("hours", "mean worked time of a line between breakdowns")
    repair_hours: Amount = _field("hours", "mean time to repair")
    inspection_per_day: Rate = _field("cards/day", "cards inspected and packed a worked day")
    dispatch_cap_per_month: Amount = _field("cards/month", "most cards that leave in a calendar month")
    lot_size: int = _field("cards", "largest lot", ge=1, le=100_000)
    returned_share: Share = _field("share", "standard applications returned as incomplete (不備)")
    returned_comes_back_share: Share = _field("share", "of returned applications, sent in again")
    returned_days: Rate = _field("days", "mean time until a returned application comes back")
    remake_share: Share = _field("share", "cards that fail inspection and are made again")
    extra_spread: Amount = _field("standard deviation", "spread of the two shares above from day to day (log scale)")
    stops: tuple[Stop, ...] = _field("days", "dated stops of a station or of the plant")

    @model_validator(mode="after")
    def _consistent(self) -> Plant:
        if self.closing_hour <= self.opening_hour:
            raise ValueError(
                f"closing_hour ({self.closing_hour:g}) must be later than opening_hour ({self.opening_hour:g})"
            )
        for starts, stops in zip(self.weekend_start_backlog.steps, self.weekend_stop_backlog.steps, strict=False):
            if stops.value > starts.value:
                raise ValueError(
                    f"weekend_stop_backlog ({stops.value:g}) must not exceed weekend_start_backlog ({starts.value:g})"
                )
        return self


class Express(Frozen):
    """Mail of express cards to the resident."""

    mail_days: int = _field("days", "from dispatch to the resident", ge=0, le=30)
    mail_slow_share: Share = _field("share", "express cards that take longer in the mail")
    mail_slow_days: int = _field("days", "mail days of these", ge=0, le=60)


class Counters(Frozen):
    """Hand-over at the municipalities (交付), one national pool."""

    preparation_days: Rate = _field("days", "from dispatch to the notice to collect")
    collection_days: Rate = _field("days", "mean time from that notice to collection")
    never_collected_share: Share = _field("share", "standard cards never collected")
    handover_per_day: Amount = _field("cards/day", "most cards handed over on an open day")
    weekdays: tuple[Weight, ...] = _field("weight", "weight of Monday to Sunday", min_length=7, max_length=7)
    closures: tuple[YearlyWindow, ...] = _field("days", "days of every year on which counters are closed")


class Opening(Frozen):
    """Work inside when the run starts, before the run-in."""

    cards: Amount = _field("cards", "standard cards inside the plant on the first day of the run-in")
    at_municipalities: Amount = _field("cards", "cards waiting to be collected on that day")
    run_in_months: int = _field("months", "simulated before the first reported day", ge=12, le=60)


class Targets(Frozen):
    """Thresholds and readings of the published targets."""

    issue_days: int = _field("days", "standard cards are dispatched within this (原則14日以内)", ge=1, le=60)
    issue_share: Share = _field("share", "of cards, how we read 'in principle' (原則)")
    express_days: int = _field("days", "express cards are with the resident within this (原則1週間)", ge=1, le=60)
    express_share: Share = _field("share", "of cards, how we read 'in principle' (原則)")
    dispatch_per_month: Amount = _field("cards/month", "dispatch capacity promised (月480万枚)")
    intake_per_day: Amount = _field("applications/day", "intake promised (1日16万件)")


SECTIONS = (
    "rules",
    "next_card",
    "holders",
    "renewal",
    "demand",
    "plant",
    "express",
    "counters",
    "opening",
    "targets",
)


class Parameters(Frozen):
    """All parameters of a run."""

    start: date = _field("date", "first reported day (1 April of a fiscal year)")
    end: date = _field("date", "last reported day")
    rules: Rules
    next_card: NextCard
    holders: HolderRates
    renewal: Renewal
    demand: Demand
    plant: Plant
    express: Express
    counters: Counters
    opening: Opening
    targets: Targets

    @model_validator(mode="after")
    def _dates_in_order(self) -> Parameters:
        if self.end <= self.start:
            raise ValueError(f"start = {self.start}, end = {self.end}: end must come after start")
        if self.start.day != 1:
            raise ValueError(f"start = {self.start}: must be the first day of a month")
        return self

    @model_validator(mode="after")
    def _windows_inside_the_run(self) -> Parameters:
        dated = {
            "demand.campaign": self.demand.campaign,
            "demand.stress": self.demand.stress,
            "plant.stops": self.plant.stops,
        }
        for path, windows in dated.items():
            for window in windows:
                if window.from_ < self.first_simulated_day or window.to > self.end:
                    raise ValueError(
                        f"{path}: {window.from_} to {window.to} lies outside the run "
                        f"({self.first_simulated_day}, run-in included, to {self.end})"
                    )
        return self

    @property
    def first_simulated_day(self) -> date:
        """First day of the run-in, a first of month."""
        months = self.start.year * 12 + self.start.month - 1 - self.opening.run_in_months
        return date(months // 12, months % 12 + 1, 1)

    @property
    def days(self) -> int:
        """Simulated days, run-in included."""
        return (self.end - self.first_simulated_day + timedelta(days=1)).days


def quantities(parameters: Parameters) -> dict[str, Quantity]:
    """Every quantity by its path such as ``plant.cards_per_day``."""
    return {
        f"{section}.{name}": value
        for section in SECTIONS
        for name, value in getattr(parameters, section)
        if isinstance(value, Quantity)
    }
