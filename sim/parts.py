"""The parts of the model, composed of what each declares beside its code, and which can be run alone.

A new part stands in ``DECLARED`` once; its facts, balances and what it reads are then known everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from sim.contact.facts import AT_MIDNIGHT, CALLS, HELP, HELPDESK_CENTRE, OUTAGES_HEARD, RESIDENT_CENTRE
from sim.counters import facts as counters
from sim.declared import Fact, Part
from sim.notices import facts as notices
from sim.people import facts as people
from sim.plant import facts as plant
from sim.services.facts import SERVICES
from sim.systems.facts import BROKEN_BY_LOAD, SERVICE, SYSTEM_SERVICE, VALIDATION_SERVICE

DECLARED: tuple[Part, ...] = (
    people.PEOPLE,
    notices.NOTICES,
    notices.COMING_BACK,
    notices.EMAILS,
    plant.PLANT,
    counters.COUNTERS,
    RESIDENT_CENTRE,
    HELPDESK_CENTRE,
    OUTAGES_HEARD,
    *SYSTEM_SERVICE,
    people.BIRTH_NOTICES,
    counters.WISHES,
    *SERVICES,
    VALIDATION_SERVICE,
    BROKEN_BY_LOAD,
)
CARDS, COUNTERS, RESIDENT, HELPDESK = "cards", "counters", "resident", "helpdesk"
"""Holders and the plant, which cannot be told apart (cards dispatched late are valid longer); the counters, the
JPKI servers behind them and the PINs that are reset there; the two call centres.
"""
PARTS = tuple(dict.fromkeys(part.name for part in DECLARED if part.name))
"""Parts that can be run alone on the saved facts of the others, in the order in which a day runs them."""

_IN_PLACE = (
    people.APPLICATIONS,
    plant.RETURNED,
    counters.OPENING,
    plant.WORK,
    counters.HAND_OVER,
    notices.SENT,
    people.COMING_DUE,
    counters.CERTIFICATES,
    people.MOVES,
    counters.VISITS,
    SERVICE,
    people.STAYS,
    plant.WORKED,
    CALLS,
    HELP,
    plant.INSIDE,
    counters.CARDS_WAITING,
    people.HELD,
    counters.PERSONS_WAITING,
    AT_MIDNIGHT,
)
"""Columns of ``daily.parquet`` that keep the place they have had; all others stand behind them, part by part."""


def composed(parts: Iterable[Part], first: Iterable[Iterable[Fact]] = ()) -> dict[str, Fact]:
    """The facts of some parts by name, those of ``first`` before the others.

    Raises:
        ValueError: if two facts have one name.
    """
    declared = [fact for part in parts for fact in part.facts]
    names = [fact.name for fact in declared]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"{', '.join(twice)}: declared twice")
    return {fact.name: fact for fact in (*(fact for group in first for fact in group), *declared)}


FACTS = composed(DECLARED, _IN_PLACE)
STOCKS = frozenset(name for name, fact in FACTS.items() if fact.stock)
PART_OF = {fact.name: part.name for part in DECLARED for fact in part.facts}
"""The part that runs again as the one that posts a fact; None for what is drawn anew in every rerun."""
VALUES_A_DAY = sum(1 + len(fact.axis.places if fact.axis else ()) for fact in FACTS.values())
"""Whole numbers that a day of a replication leaves."""
