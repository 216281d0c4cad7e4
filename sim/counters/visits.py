"""What a visit takes, by kind: slots of the terminals, and operations at the JPKI servers behind them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.draws import whole_numbers
from sim.facts import PINS
from sim.plan import Plan
from sim.streams import Floats, Ints


@dataclass(frozen=True)
class Visit:
    """A kind of visit, or of work that takes terminals.

    ``facts`` say how many there are on a day; nobody counts those without, which are as many as their slots have room
    for (``counters.other_slots_per_day``). ``slots`` each are a parameter, or a number where they are none; a slot is a
    certificate visit of twenty minutes. Two ``operations`` are a transaction.
    """

    kind: str
    facts: tuple[str, ...]
    slots: str | float
    operations: int


HAND_OVER, CERTIFICATE, READING, PIN, MOVE, OTHER, SETTING = (
    "hand_over",
    "certificate",
    "reading",
    "pin",
    "move",
    "other",
    "setting",
)
VISITS = (
    Visit(HAND_OVER, ("handed_over",), "counters.handover_slots", 1),
    Visit(CERTIFICATE, ("certificates_renewed", "signing_reissued"), 1.0, 2),
    Visit(READING, ("readings_wanted",), "counters.readings_slots", 2),
    Visit(PIN, tuple(f"pin_visits_{kind}" for kind in PINS), "counters.pin_slots", 1),
    Visit(MOVE, (), 1 / 3, 1),
    Visit(OTHER, (), 1.0, 2),
    Visit(SETTING, ("settings_made",), "counters.setting_slots", 1),
)
"""A move ends the signing certificate, one operation; a new one that is asked for is a visit for a certificate. With a
reading or Roman letters comes a new certificate."""
KINDS = {visit.kind: place for place, visit in enumerate(VISITS)}
"""The place of each kind in the table."""
OTHERS = (READING, PIN, MOVE, OTHER)
"""Visits that are for neither a card nor a certificate."""
TRANSACTIONS: Floats = np.array([visit.operations / 2 for visit in VISITS])


def slots_each(plan: Plan) -> dict[str, Floats]:
    """Slots that one of each kind takes, by day.

    A licence in the card takes longer to hand over; settings made off peak, when nobody visits, take no visit's slot.
    """
    each = {
        visit.kind: plan.daily(visit.slots)
        if isinstance(visit.slots, str)
        else np.full(plan.calendar.days, visit.slots)
        for visit in VISITS
    }
    licence = plan.daily("counters.licence_share") * plan.daily("counters.licence_slots")
    at_peak = 1 - plan.daily("systems.setting_off_peak_share")
    return each | {HAND_OVER: each[HAND_OVER] + licence, SETTING: each[SETTING] * at_peak}


def uncounted(plan: Plan, weights: Floats) -> dict[str, Ints]:
    """Moves, which crowd into spring, and all else that nobody counts, by day of these weights."""
    settings, each = plan.parameters.holders, slots_each(plan)
    months = np.array(settings.move_month_weights)
    season = (months / float(months.mean()))[plan.calendar.month % 12]
    slots, moves = weights * plan.daily("counters.other_slots_per_day"), plan.daily("counters.move_share")
    visits = {MOVE: slots * moves * season / each[MOVE], OTHER: slots * (1 - moves) / each[OTHER]}
    return {kind: whole_numbers(count) for kind, count in visits.items()}
