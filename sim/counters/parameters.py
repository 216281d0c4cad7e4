"""Parameters of the municipal counters: hand-over, certificates."""

from __future__ import annotations

from pydantic import model_validator

from sim.fields import YearlyWindow, parameter, refuse_no_weight
from sim.kinds import MOST_HOURS, Cards, Count, LogSpread, MeanDays, Multiplier, Share, Wait, Weight
from sim.schedule import Frozen


class Counters(Frozen):
    """Hand-over and certificates at the municipalities (交付・電子証明書の更新)."""

    preparation_days: MeanDays = parameter(
        "days", "from dispatch until a card can be set before hand-over (交付前設定)"
    )
    collection_days: MeanDays = parameter(
        "days", "mean time from the notice to collect, sent once it is set, to collection"
    )
    never_collected_share: Share = parameter("share", "standard cards never collected")
    handover_per_day: Cards = parameter("cards/day", "most cards handed over on an open day")
    slots_per_day: Cards = parameter(
        "slots/day", "slots at the terminals on a day of weight 1, for all work; each as long as a certificate visit"
    )
    slots_spread: LogSpread = parameter("standard deviation", "of slots a resident over the municipalities (log scale)")
    setting_slots: Multiplier = parameter(
        "slots", "slots that setting a card before hand-over takes; with 0 it is made centrally, on any day"
    )
    handover_slots: Multiplier = parameter("slots", "slots that a hand-over takes")
    licence_share: Share = parameter("share", "of hand-overs, of a card with the driving licence in it, written again")
    licence_slots: Multiplier = parameter("slots", "slots that writing it takes more")
    licence_cards_in_calls: Cards = parameter(
        "cards/year", "handed over in FY2025 while licences were written; calls of holders contain those about theirs"
    )
    readings_slots: Multiplier = parameter("slots", "slots that a visit for the reading or the Roman letters takes")
    pin_visit_share: Share = parameter("share", "of PINs to be reset at a counter, whose holder comes")
    pin_visit_days: MeanDays = parameter("days", "mean time until the holder does")
    pin_slots: Multiplier = parameter("slots", "slots that a PIN reset takes")
    other_slots_per_day: Cards = parameter(
        "slots/day", "slots that moves and all else at the terminals take on a day of weight 1, in a mean month"
    )
    move_share: Share = parameter("share", "of these slots, taken by moves, by the months in which people move")
    visits_by_appointment_per_day: Cards = parameter(
        "visits/day", "most hand-overs and certificates together on a day of weight 1; others get a later day"
    )
    weekend_wish: Multiplier = parameter(
        "multiplier",
        "share of bookings that wish for a weekend or holiday, over the share of a plain week's slots on weekends",
    )
    booking_horizon_days: Count = parameter(
        "days", "so far ahead bookings for a weekend are taken; who finds none takes another day", ge=28, le=366
    )
    booking_tolerance_days: Wait = parameter(
        "days", "a person waits this long for a slot without thinking of giving up"
    )
    booking_patience_days: MeanDays = parameter("days", "mean time a person waits beyond that before giving up")
    come_back_share: Share = parameter("share", "of those who gave up, coming back later; the others let it lapse")
    come_back_days: MeanDays = parameter("days", "mean time until they come back")
    weekdays: tuple[Weight, ...] = parameter("weight", "weight of Monday to Sunday", min_length=7, max_length=7)
    hour_weights: tuple[Weight, ...] = parameter(
        "weight", "weight of each hour of the day in visits", min_length=24, max_length=24
    )
    closures: tuple[YearlyWindow, ...] = parameter(
        "days", "days of every year on which counters are closed", max_length=MOST_HOURS
    )

    @model_validator(mode="after")
    def _visits_have_a_day_and_an_hour(self) -> Counters:
        refuse_no_weight(self, "weekdays", "hour_weights")
        return self
