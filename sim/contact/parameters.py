"""Parameters of the two call centres: hours, seats, callers, and what makes people ring."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field, model_validator

from sim.fields import YearlyWindow, parameter, refuse_no_weight
from sim.hours import (
    DAY_KINDS,
    HALF_HOURS,
    Hours,
    Staffed,
    open_half_hours,
    refuse_overlap,
    staffed_shares,
    time_of_day,
)
from sim.kinds import (
    MOST_HOURS,
    MOST_TYPES,
    CallsPerDay,
    CallsPerHolder,
    CallsPerHour,
    CallsPerOpening,
    Count,
    HandleMinutes,
    LogSpread,
    MeanDays,
    MeanTime,
    Seats,
    SeatsIndex,
    Share,
    Wait,
    Weight,
)
from sim.message import Message
from sim.schedule import Frozen

TypeName = Annotated[str, Field(min_length=1)]
Shares = tuple[Weight, ...]


class Centre(Frozen):
    """What the resident call centre and the help desk have in common."""

    hours: tuple[Hours, ...] = parameter("hours", "opening hours by kind of day", max_length=MOST_HOURS)
    closures: tuple[YearlyWindow, ...] = parameter(
        "days", "days of every year on which the centre is closed", max_length=MOST_HOURS
    )
    seats: Seats = parameter("seats", "contracted seats (席数)")
    seats_index: SeatsIndex = parameter("per cent", "contracted seats relative to those of FY2025 (令和7年度 = 100)")
    seats_policy: Literal["fixed", "last_year"] = parameter(
        "policy", "seats as written, or sized anew each April from the calls of the year before"
    )
    policy_share: Share = parameter("share", "answer rate that this policy aims at")
    night_seats: Seats = parameter("seats", "seats for urgent calls while the centre is closed")
    roster: tuple[Staffed, ...] = parameter(
        "share", "share of the contracted seats staffed by kind of day and half-hour", max_length=MOST_HOURS
    )
    shrinkage: Share = parameter("share", "of staffed seats, not answering: breaks, training, absence")
    waiting_places: Count = parameter("calls", "calls that can wait; more hear the engaged tone", ge=0, le=1_000_000)
    call_types: tuple[TypeName, ...] = parameter(
        "name", "types of calls, in the order of weights and shares", min_length=1, max_length=MOST_TYPES
    )
    handle_minutes: HandleMinutes = parameter("minutes", "mean handle time (処理時間) of a call of weight 1")
    handle_weights: Shares = parameter("weight", "handle time of each type, relative to that")
    handle_spread: LogSpread = parameter("standard deviation", "of handle times (log scale)")
    patience_minutes: MeanTime = parameter("minutes", "mean time a caller is willing to wait (exponential)")
    call_back_share: Share = parameter("share", "of unanswered attempts, followed by another")
    call_back_minutes: MeanTime = parameter("minutes", "mean time until the next attempt")
    most_call_backs: Count = parameter("calls", "attempts after the first, at most", ge=0, le=10)
    offer_after_minutes: Wait = parameter(
        "minutes", "expected wait above which a call back is offered: callers in line times handle time by agents"
    )
    offer_accepted_share: Share = parameter(
        "share", "of callers, accepting such an offer (折り返し); they are rung once nobody is in line"
    )
    weekdays: Shares = parameter("weight", "weight of Monday to Sunday in calls", min_length=7, max_length=7)
    holiday: Weight = parameter("weight", "weight of a national holiday, instead of the weekday's")
    hour_weights: Shares = parameter("weight", "weight of each hour of the day in calls", min_length=24, max_length=24)
    month_weights: Shares = parameter("weight", "weight of January to December in calls", min_length=12, max_length=12)
    noise: LogSpread = parameter("standard deviation", "size of the day-to-day noise of calls (log scale)")
    noise_correlation: Share = parameter("correlation", "of that noise from one day to the next")
    mix: Frozen
    """Share of each call type in the calls of each cause; each centre names its causes."""

    @model_validator(mode="after")
    def _hours_and_roster_fit(self) -> Centre:
        if not self.hours:
            raise ValueError(Message("hours must have at least one entry"))
        refuse_overlap("hours", self.hours)
        refuse_overlap("roster", self.roster)
        opened, staffed = open_half_hours(self.hours), ~np.isnan(staffed_shares(self.roster))
        for number, kind in enumerate(DAY_KINDS):
            if (gap := np.flatnonzero(opened[number] & ~staffed[number])).size:
                told = {"kind": kind, "time": time_of_day(int(gap[0]))}
                raise ValueError(
                    Message("roster has a gap: nothing for {kind} from {time}, when the centre is open", **told)
                )
            if (extra := np.flatnonzero(staffed[number] & ~opened[number])).size:
                told = {"kind": kind, "time": time_of_day(int(extra[0]))}
                raise ValueError(Message("roster has seats on {kind} from {time}, when the centre is closed", **told))
        return self

    @model_validator(mode="after")
    def _a_number_for_every_type(self) -> Centre:
        self._check_types("handle_weights", self.handle_weights)
        if min(self.handle_weights) <= 0:
            raise ValueError(Message("handle_weights must all be more than 0"))
        if len(set(self.call_types)) < len(self.call_types):
            raise ValueError(Message("call_types must all be different"))
        return self

    @model_validator(mode="after")
    def _calls_have_an_hour(self) -> Centre:
        opened = open_half_hours(self.hours)
        weights = np.repeat(np.array(self.hour_weights), HALF_HOURS // 24)
        for number, kind in enumerate(DAY_KINDS):
            if opened[number].any() and not weights[opened[number]].any():
                raise ValueError(Message("hour_weights gives no weight to the opening hours of {kind}", kind=kind))
        refuse_no_weight(self, "weekdays", "hour_weights", "month_weights")
        return self

    @model_validator(mode="after")
    def _mix_fits(self) -> Centre:
        for cause, shares in self.mix:
            self._check_types(f"mix.{cause}", shares)
            if abs(sum(shares) - 1) > 1e-9:
                raise ValueError(Message("mix.{cause} must sum to 1, not {sum:g}", cause=cause, sum=sum(shares)))
        return self

    def _check_types(self, name: str, numbers: Shares) -> None:
        if len(numbers) != len(self.call_types):
            told = {"name": name, "count": len(numbers), "types": len(self.call_types)}
            raise ValueError(
                Message("{name} has {count} numbers for {types} call types: one for each is wanted", **told)
            )


class ResidentMix(Frozen):
    """Share of each call type in the calls of each cause."""

    notices: Shares = parameter("share", "in calls after an expiry notice")
    applications: Shares = parameter("share", "in calls after an application")
    late_cards: Shares = parameter("share", "in calls about a late card")
    counter_waits: Shares = parameter("share", "in calls of those who wait for a counter")
    holders: Shares = parameter("share", "in all other calls of holders")
    loss: Shares = parameter("share", "in loss reports")
    phones: Shares = parameter("share", "in calls about certificates on phones")
    launch: Shares = parameter("share", "in calls about the next card at its launch")
    licences: Shares = parameter("share", "in calls about driving licences on cards")


class Resident(Centre):
    """The resident call centre (住民向けコールセンター)."""

    calls_per_notice: Share = parameter("calls/notice", "expiry notices that make their holder ring")
    notice_days: MeanDays = parameter("days", "mean time from the notice to that call")
    calls_per_application: Share = parameter("calls/application", "applications followed by a call")
    application_days: MeanDays = parameter("days", "mean time from receipt to that call")
    late_callers_share: Share = parameter(
        "share", "of late cards, those whose holder would ever ring about it, once at most"
    )
    late_days: MeanDays = parameter("days", "mean time late until they do")
    waiting_callers_share: Share = parameter("share", "of people waiting for a counter slot, those who would ever ring")
    waiting_days: MeanDays = parameter("days", "mean time waiting until they do")
    calls_per_holder: CallsPerHolder = parameter("calls/year", "other calls of a holder")
    loss_reports_per_holder: CallsPerHolder = parameter(
        "calls/year", "loss reports of a holder, round the clock, served first"
    )
    calls_per_phone_certificate: Share = parameter(
        "calls/certificate", "certificates on phones, beyond those of FY2025, that make their holder ring"
    )
    phone_days: MeanDays = parameter("days", "mean time from the issue to that call")
    calls_per_early_card: Share = parameter(
        "calls/application", "valid cards exchanged at the launch of the next card, whose holder rings about it"
    )
    launch_days: MeanDays = parameter("days", "mean time from the receipt of that application to the call")
    calls_per_licence: Share = parameter(
        "calls/card", "cards handed over with the driving licence, beyond those of FY2025, that make their holder ring"
    )
    licence_days: MeanDays = parameter("days", "mean time from the hand-over to that call")
    loss_hour_weights: Shares = parameter(
        "weight", "weight of each hour of the day in loss reports", min_length=24, max_length=24
    )
    ai_share: Share = parameter("share", "of first calls in opening hours, answered by AI; loss reports go to agents")
    ai_again_share: Share = parameter("share", "of these, ringing again after a pause for an agent")
    site_share: Share = parameter("share", "of the seats, at the site that is lost (two sites: half of them)")
    site_losses_per_year: Share = parameter("per year", "losses of a site at random, at most one in a fiscal year")
    site_loss_days: MeanDays = parameter("days", "until a site lost at random is back")
    fail_over_share: Share = parameter(
        "share", "of lost seats, going on at once at the other site or from home, whether lost at random or on a date"
    )
    mix: ResidentMix

    @model_validator(mode="after")
    def _loss_reports_have_an_hour(self) -> Resident:
        refuse_no_weight(self, "loss_hour_weights")
        return self


class HelpdeskMix(Frozen):
    """Share of each call type in the calls of each cause."""

    transactions: Shares = parameter("share", "in calls about work at the counter")
    errors: Shares = parameter("share", "in calls about failed transactions")
    outages: Shares = parameter("share", "in calls during an outage")
    office: Shares = parameter("share", "in all other calls of municipalities")
    post_offices: Shares = parameter("share", "in calls as a post office begins")


class Helpdesk(Centre):
    """The help desk for municipalities (地方公共団体向けヘルプデスク)."""

    calls_per_transaction: Share = parameter("calls/transaction", "transactions at counters that need a call, same day")
    calls_per_error: Share = parameter("calls/transaction", "failed transactions that make the counter ring, same day")
    calls_per_outage_hour: CallsPerHour = parameter(
        "calls/hour", "calls during an outage of the JPKI counter service or the card system"
    )
    calls_per_open_day: CallsPerDay = parameter("calls/day", "other calls of municipalities on a day of weight 1")
    calls_per_post_office: CallsPerOpening = parameter(
        "calls/post office", "as a post office begins to serve the card, beyond so many a year as began in FY2025"
    )
    mix: HelpdeskMix


class Contact(Frozen):
    """The two centres."""

    cross_trained_share: Share = parameter(
        "share", "of the residents' agents, trained to help the help desk out when it lacks agents and they are spared"
    )
    resident: Resident
    helpdesk: Helpdesk

    def mix_of(self, centre: str) -> dict[str, Shares]:
        """Shares of call types by cause."""
        return dict(self.resident.mix if centre == "resident" else self.helpdesk.mix)
