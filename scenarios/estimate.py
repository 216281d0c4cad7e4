"""What a run takes, told before it starts: memory, disk and lots on a day; too much is refused in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import psutil

from scenarios.errors import UserError
from sim.facts import FACTS
from sim.message import Message
from sim.parameters import Parameters

_BYTES_A_VALUE = 8
_SHARE_OF_MEMORY = 0.5
_SHARE_OF_DISK = 0.9
_MOST_LOTS = 50_000
"""A day with more lots would take minutes."""


def refuse_too_large(parameters: Parameters, replications: int, folder: Path) -> None:
    """Refuse a run that cannot fit, before its folder is made.

    Raises:
        UserError: naming what is too large.
        OSError: if nothing can be known of the disk.
    """
    if (lots := _lots_on_a_full_day(parameters)) > _MOST_LOTS:
        said = Message(
            "about {lots:,.0f} lots on a full day of this demand, more than {most:,}: raise lot_size",
            lots=lots,
            most=_MOST_LOTS,
        )
        raise UserError(f"plant.lot_size = {parameters.plant.lot_size}", [said])
    needed = replications * parameters.days * len(FACTS) * _BYTES_A_VALUE
    memory = psutil.virtual_memory().available * _SHARE_OF_MEMORY
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
    disk = shutil.disk_usage(there).free * _SHARE_OF_DISK
    for what, room in ((Message("memory"), memory), (Message("disk"), disk)):
        if needed > room:
            said = Message(
                "need about {needed:.1f} GB of {what}, more than the {room:.1f} GB to spare",
                needed=needed / 1e9,
                what=what,
                room=room / 1e9,
            )
            where = Message("{count} replications of {days} days", count=replications, days=parameters.days)
            raise UserError(where, [said])


def _lots_on_a_full_day(parameters: Parameters) -> float:
    """Roughly, from the largest demand of each reason; renewals are never more than a million a day."""
    demand = parameters.demand
    yearly = (demand.first_time_per_year, demand.births_per_year, demand.move_per_year)
    cards = 1e6 + sum(max(quantity.numbers()) for quantity in yearly) / 100
    cards = cards * max(demand.load.numbers()) + sum(
        load.applications_per_day for load in (*demand.campaign, *demand.stress)
    )
    return cards / parameters.plant.lot_size
