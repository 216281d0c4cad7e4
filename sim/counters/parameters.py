"""Parameters of hand-over at the municipalities."""

from __future__ import annotations

from sim.fields import Weight, YearlyWindow, parameter
from sim.schedule import Amount, Frozen, Rate, Share


class Counters(Frozen):
    """Hand-over at the municipalities (交付), one national pool."""

    preparation_days: Rate = parameter("days", "from dispatch to the notice to collect")
    collection_days: Rate = parameter("days", "mean time from that notice to collection")
    never_collected_share: Share = parameter("share", "standard cards never collected")
    handover_per_day: Amount = parameter("cards/day", "most cards handed over on an open day")
    weekdays: tuple[Weight, ...] = parameter("weight", "weight of Monday to Sunday", min_length=7, max_length=7)
    closures: tuple[YearlyWindow, ...] = parameter("days", "days of every year on which counters are closed")
