"""Parameters of the services around the card (カードに関連するサービス): PINs, phones, post offices, loads shown."""

from __future__ import annotations

from pydantic import model_validator

from sim.fields import parameter, refuse_no_weight
from sim.kinds import Cards, Count, Share, Slots, Weight
from sim.schedule import Frozen


class Pins(Frozen):
    """PINs that lock (暗証番号のロック), and where they are reset (初期化・再設定)."""

    signing_locked_share: Share = parameter("per year", "of holders, locking the PIN of the signing certificate")
    user_locked_share: Share = parameter("per year", "of holders, locking the PIN of the user certificate")
    signing_store_rate: Share = parameter(
        "per year", "of holders, having the PIN of the signing certificate reset at a convenience store"
    )
    user_store_rate: Share = parameter(
        "per year", "of holders, having the PIN of the user certificate reset at a convenience store"
    )
    month_weights: tuple[Weight, ...] = parameter(
        "weight", "weight of January to December in locked PINs", min_length=12, max_length=12
    )

    @model_validator(mode="after")
    def _locks_have_a_month(self) -> Pins:
        refuse_no_weight(self, "month_weights")
        return self


class Phones(Frozen):
    """Certificates on phones (スマホ用電子証明書), Android and iOS together, as of June 2025, when iOS began."""

    new_per_year: Cards = parameter("certificates/year", "issued to phones for the first time")
    changed_share: Share = parameter("per year", "of certificates on phones, issued anew because the phone is changed")
    in_calls_per_year: Cards = parameter(
        "certificates/year", "issued to phones in FY2025, whose calls are among those of holders already"
    )


class Shown(Frozen):
    """Loads that touch nothing else in the model: they are shown."""

    copies_android: Cards = parameter("certificates/year", "issued at convenience stores by phone, Android")
    copies_ios: Cards = parameter("certificates/year", "issued at convenience stores by phone, iOS")
    attributes: Cards = parameter("provisions/year", "basic four attributes (基本4情報) provided with consent")
    relying_parties: Cards = parameter("parties", "private parties that attributes are provided to")


class PostOffices(Frozen):
    """Post offices (郵便局) that serve the card for their municipality."""

    known: Cards = parameter("post offices", "serving the card at the end of FY2024")
    opened_per_year: Cards = parameter("post offices/year", "beginning to serve the card, from FY2025 on")
    in_slots: Cards = parameter(
        "post offices", "serving the card at the end of FY2025, whose slots are among those of municipalities already"
    )
    in_calls_per_year: Cards = parameter(
        "post offices/year", "that began in FY2025, whose calls are among those of municipalities already"
    )
    slots_each: Slots = parameter(
        "slots/day", "that a post office beyond them brings to its municipality on a working day"
    )
    in_one_place: Count = parameter("post offices", "that a municipality has, as it begins with them", ge=1, le=1_000)


class Services(Frozen):
    """Services around the card."""

    pins: Pins
    phones: Phones
    post_offices: PostOffices
    shown: Shown
