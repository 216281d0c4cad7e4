"""Parameters of the people: validity rules, the next card, who leaves, who renews, who applies."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.fields import Window, YesNo, dated, parameter, refuse_no_weight
from sim.kinds import (
    MOST_ENTRIES,
    Cards,
    Count,
    DaysOfMonth,
    DelayMonths,
    LaunchMultiplier,
    LogSpread,
    MeanDays,
    MeanMonths,
    Multiplier,
    Position,
    RateOfGrowth,
    RatePerYear,
    Share,
    ShiftDays,
    Wait,
    Weight,
    Whole,
    Years,
)
from sim.message import Message
from sim.schedule import Day, Frozen

Birthdays = Annotated[int, Field(strict=True, ge=1, le=10)]


class Rules(Frozen):
    """Validity of cards and certificates (有効期限)."""

    adult_age: Years = parameter("years", "age from which a card lasts the adult term, by date of receipt")
    card_birthdays_adult: Birthdays = parameter("birthdays", "an adult's card lasts to this birthday after issue")
    card_birthdays_minor: Birthdays = parameter("birthdays", "a minor's card lasts to this birthday after issue")
    certificate_birthdays: Birthdays = parameter("birthdays", "a certificate lasts to this birthday after issue")
    renewal_window_months: Count = parameter("months", "renewal is accepted this long before expiry", ge=1, le=3)
    early_certificate_keeps_expiry: YesNo = parameter(
        "yes/no", "a certificate renewed inside the window runs from the old expiry, not from the renewal"
    )
    early_card_keeps_expiry: YesNo = parameter(
        "yes/no", "a card renewed inside the window runs from the old expiry, not from the issue"
    )
    signing_from_age: Count = parameter("years", "no signing certificate (署名用) below this age", ge=0, le=30)


class NextCard(Frozen):
    """The next card (次期カード), planned within FY2028."""

    start: Day = parameter("date", "first day on which next cards can be issued; they come delay_months later")
    delay_months: DelayMonths = parameter(
        "months", "from the month of that first possible day to that of the actual start, rounded"
    )
    waiting_months: DelayMonths = parameter("months", "people wait for the next card so long before it comes, rounded")
    waiting_share: Share = parameter(
        "share", "of first cards and of renewals that can be put off until it comes, those that wait for it"
    )
    launch_multiplier: LaunchMultiplier = parameter(
        "multiplier", "applications of the first three months of the next card over those expected without it"
    )
    cutover_days: DaysOfMonth = parameter(
        "worked days",
        "at the start of its first month, on which production and data stand while they change over, rounded",
    )
    ramp_share: Share = parameter("share", "of their rates, at which both go on after that")
    ramp_months: MeanMonths = parameter("months", "in which both rise evenly from that to all of their rates")
    certificate_birthdays: Birthdays = parameter("birthdays", "a next card's certificate lasts to this birthday")
    renewal_window_months: Count = parameter("months", "renewal is accepted this long before expiry", ge=1, le=12)
    window_months_ahead: Count = parameter(
        "months", "the longer window opens so long before the first next card, for today's cards too", ge=0, le=60
    )
    early_share: Share = parameter(
        "share", "holders renewing in time who use the longer window and do not wait for the notice"
    )
    early_certificate_share: Share = parameter(
        "share", "holders renewing only a certificate in time who do the same; it keeps its old expiry"
    )
    switch_share: Share = parameter(
        "share",
        "holders whose certificate comes due who take a next card instead of renewing the certificate",
    )


class HolderRates(Frozen):
    """How people leave the stock of cards, and what ends a signing certificate."""

    mortality_at_60: RatePerYear = parameter("per year", "death rate at age 60 (Gompertz law)")
    mortality_growth: RatePerYear = parameter("per year of age", "growth of the death rate with age (Gompertz law)")
    departure_rate: Share = parameter("per year", "holders who leave Japan or hand the card back")
    loss_rate: Share = parameter("per year", "holders who lose, damage or have to replace the card")
    limited_stay_share: Share = parameter("share", "first cards of the card history that were of a limited stay")
    limited_stay_growth: RateOfGrowth = parameter(
        "per year", "growth of holders of limited stay after the card history: first cards make up for those who leave"
    )
    limited_stay_years: Years = parameter("years", "mean time until such a card ends with the stay")
    stay_extended_share: Share = parameter("share", "of these, cards extended in time at the counter")
    move_rate: Share = parameter("per year", "holders who change address, which ends the signing certificate")
    move_month_weights: tuple[Weight, ...] = parameter(
        "weight", "weight of January to December in moves and changes of name", min_length=12, max_length=12
    )
    name_change_rate: Share = parameter("per year", "holders who change name, which ends the signing certificate")
    signing_reissue_share: Share = parameter("share", "of ended signing certificates, issued again at the counter")
    signing_reissue_days: MeanDays = parameter("days", "mean time from the move or change of name to that")
    history_position: Position = parameter("-1 to 1", "where the rebuilt card history lies between its low and high")
    history_shift_days: ShiftDays = parameter(
        "days", "cards were issued so much earlier than the card history says (longer from issue to hand-over)"
    )

    @model_validator(mode="after")
    def _moves_have_a_month(self) -> HolderRates:
        refuse_no_weight(self, "move_month_weights")
        return self


class Renewal(Frozen):
    """When, and whether, holders renew."""

    card_lapse_share: Share = parameter("share", "expiring cards that are not renewed within a year")
    card_late_share: Share = parameter("share", "expiring cards renewed after expiry, within a year")
    certificate_lapse_share: Share = parameter("share", "expiring certificates not renewed within a year")
    certificate_late_share: Share = parameter("share", "expiring certificates renewed after expiry, within a year")
    days_to_respond: MeanDays = parameter("days", "mean time from the opening of the window to renewal, when in time")
    days_late: MeanDays = parameter("days", "mean time from expiry to renewal, when late")
    notices_posted: Literal["daily", "weekly", "monthly"] = parameter(
        "rhythm", "notices go out every working day, or in one go on the first of each week or month"
    )
    notice_spread_months: Share = parameter(
        "months", "notices are spread evenly so far to both sides of the month three months before expiry, at most one"
    )

    @model_validator(mode="after")
    def _shares_fit(self) -> Renewal:
        for kind in ("card", "certificate"):
            lapse, late = getattr(self, f"{kind}_lapse_share"), getattr(self, f"{kind}_late_share")
            if max(lapse.numbers()) + max(late.numbers()) > 1:
                raise ValueError(
                    Message("{kind}_lapse_share and {kind}_late_share must not exceed 1 together", kind=kind)
                )
        return self


class Load(Window):
    """Days with a stated number of applications."""

    applications_per_day: Whole


class Received(Window):
    """Days over which a known number of applications was received (実績)."""

    applications: Whole


class Channel(Frozen):
    """One way in for applications."""

    share: Weight = parameter("share", "share of applications")
    delay_days: Whole = parameter("days", "from sending to receipt", le=60)
    weekdays: tuple[Weight, ...] = parameter("weight", "weight of Monday to Sunday", min_length=7, max_length=7)
    holiday: Weight = parameter("weight", "weight of a national holiday or year-end day, instead of the weekday's")

    @model_validator(mode="after")
    def _applications_have_a_day(self) -> Channel:
        refuse_no_weight(self, "weekdays")
        return self


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
            raise ValueError(Message("the shares of the four channels must sum to 1, not {sum:g}", sum=total))
        return self


class Demand(Frozen):
    """Applications (申請) by reason."""

    load: Multiplier = parameter(
        "multiplier",
        "multiplies the work of every application except stated stress days; holders stay as many as without it",
    )
    first_time_per_year: Cards = parameter("applications/year", "first cards, except newborns")
    first_time_level: Multiplier = parameter(
        "multiplier",
        "multiplies first-time applications: what is not known of years gone by, apart from the years to come",
    )
    first_time_push: Multiplier = parameter(
        "multiplier", "multiplies first-time applications while an event pushes people to apply"
    )
    push_forward_share: Share = parameter(
        "share", "of those whom a push moves, who would have applied later; they are missing then"
    )
    push_forward_months: MeanMonths = parameter("months", "mean time by which a push brings them forward")
    reissue_push: Multiplier = parameter(
        "multiplier",
        "multiplies applications for lost cards while an event makes people replace unusable ones that still count",
    )
    births_per_year: Cards = parameter("births/year", "births of residents")
    newborn_share: Share = parameter("share", "newborns whose card is applied for before the first birthday")
    newborn_express_share: Share = parameter("share", "of newborn applications, express")
    newborn_notice_share: Share = parameter(
        "share", "of newborns' express applications, made together with the birth notice (出生届)"
    )
    newborn_municipal_days: Wait = parameter(
        "days", "from the birth notice to the receipt of such an application: at the municipality"
    )
    move_per_year: Cards = parameter(
        "applications/year", "cards after moves from abroad or with a full additions field"
    )
    move_replaces_share: Share = parameter(
        "share", "of move applications, those with a full additions field: the old card leaves as the new one comes"
    )
    move_express_share: Share = parameter("share", "of move applications, express")
    loss_reissue_share: Share = parameter("share", "of lost or damaged cards, applied for again")
    loss_express_share: Share = parameter("share", "of such applications, express")
    residence_card_share: Share = parameter(
        "share",
        "of residents who have a limited stay extended, taking a residence card with the My Number card in it "
        "(特定在留カード), which the immigration office hands over",
    )
    stays_extended_per_year: Cards = parameter(
        "extensions/year", "of limited stays, those of residents who hold no card too: a residence card is their first"
    )
    readings_share: Share = parameter(
        "per year", "share of holders, coming to a counter for the reading or the Roman letters of their name"
    )
    readings_reissue_share: Share = parameter("share", "of these, whose card is made anew")
    abroad_per_year: Cards = parameter("applications/year", "first cards of residents abroad")
    month_weights: tuple[Weight, ...] = parameter(
        "weight",
        "weight of January to December in first-time and move applications",
        min_length=12,
        max_length=12,
    )
    noise: LogSpread = parameter("standard deviation", "size of the day-to-day noise (log scale)")
    noise_correlation: Share = parameter("correlation", "of the noise from one day to the next")
    year_swing: LogSpread = parameter(
        "standard deviation", "size of the year-to-year swing of first-time and move demand"
    )
    campaign: tuple[Load, ...] = dated(
        "applications/day", "extra first applications on stated days", "from", "to", max_length=MOST_ENTRIES
    )
    stress: tuple[Load, ...] = dated(
        "applications/day",
        "stated days topped up to this number of applications",
        "from",
        "to",
        max_length=MOST_ENTRIES,
    )
    actual: tuple[Received, ...] = dated(
        "applications",
        "received over stated days, instead of what would be drawn (実績)",
        "from",
        "to",
        max_length=MOST_ENTRIES,
    )
    channels: Channels

    @model_validator(mode="after")
    def _applications_have_a_month(self) -> Demand:
        refuse_no_weight(self, "month_weights")
        return self

    @model_validator(mode="after")
    def _actual_in_order(self) -> Demand:
        for before, after in pairwise(self.actual):
            if after.from_ <= before.to:
                told = {"first": after.from_, "last": before.to}
                raise ValueError(Message("actual: the days from {first} must come after those to {last}", **told))
        return self
