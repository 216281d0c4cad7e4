"""The facts that the parts post to the journal: one integer a day each, the columns of ``daily.parquet``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """Name, unit and meaning of one daily series."""

    name: str
    unit: str
    meaning: str


STATIONS = ("checks", "data", "production", "inspection")
SOURCES = ("first_time", "newborn", "move", "loss", "renewal", "campaign")
CHANNELS = ("online", "photo_booth", "mail", "counter")

_FLOWS = (
    Fact("applications", "applications", "received that day for the first time, standard and express"),
    *(Fact(f"applications_{name}", "applications", f"of these, reason {name}") for name in SOURCES),
    Fact("applications_express", "applications", "of these, express (特急発行)"),
    *(Fact(f"applications_{name}", "applications", f"of these, sent through {name}") for name in CHANNELS),
    Fact("returned", "applications", "found incomplete at the checks and sent back (不備)"),
    Fact("resubmitted", "applications", "returned applications that came back, a new receipt each"),
    Fact("withdrawn", "applications", "returned applications that never come back, counted when returned"),
    Fact("opening_at_municipalities", "cards", "cards placed at the municipalities before the run-in"),
    Fact("opening_work", "cards", "work placed inside the plant before the run-in"),
    *(Fact(f"done_{name}", "cards", f"finished at station {name}") for name in STATIONS),
    *(Fact(f"capacity_{name}", "cards", f"what station {name} could have done that day") for name in STATIONS),
    Fact("remade", "cards", "failed inspection and sent back to production"),
    Fact("dispatched_standard", "cards", "standard cards dispatched (発送)"),
    Fact("dispatched_express", "cards", "express cards dispatched"),
    Fact("due_to_leave", "cards", "must be dispatched by that day to meet the targets, by day of receipt"),
    Fact("received_to_be_late", "cards", "standard cards received that day that miss the dispatch target"),
    Fact("express_delivered", "cards", "express cards that reached the resident"),
    Fact("arrived", "cards", "standard cards whose holders are asked to collect them"),
    Fact("handed_over", "cards", "cards handed over (交付), express deliveries included"),
    Fact("never_collected", "cards", "standard cards that will not be collected, counted when dispatched"),
    Fact("notices_sent", "notices", "expiry notices posted (有効期限通知書)"),
    Fact("cards_expiring", "persons", "holders whose card expires"),
    Fact("certificates_expiring", "persons", "holders whose certificate expires while the card stays valid"),
    Fact("certificates_renewed", "persons", "certificates renewed at a counter"),
    Fact("signing_ended", "certificates", "signing certificates ended by a move or a change of name"),
    Fact("signing_reissued", "certificates", "of these, issued again at a counter"),
    Fact("stays_extended", "cards", "cards of limited stay extended at a counter"),
    Fact("weekend_worked", "yes/no", "1 on a Saturday or Sunday that the plant worked"),
)
_STOCKS = (
    *(Fact(f"waiting_{name}", "cards", f"waiting or in work at station {name} at midnight") for name in STATIONS),
    Fact("waiting_dispatch", "cards", "finished, waiting for the planned day or the monthly cap, at midnight"),
    Fact("waiting_return", "applications", "returned applications that will come back, at midnight"),
    Fact("late_inside", "cards", "inside the plant past their planned day, at midnight"),
    Fact("on_the_way", "cards", "dispatched, holders not yet asked to collect them, at midnight"),
    Fact("at_municipalities", "cards", "waiting at the municipality to be collected, at midnight"),
    Fact("cards_held", "cards", "cards issued and still valid, at the start of the month"),
)
FACTS: dict[str, Fact] = {fact.name: fact for fact in (*_FLOWS, *_STOCKS)}
STOCKS = frozenset(fact.name for fact in _STOCKS)

CLASSES = ("standard", "express")
CAUSES = (
    "planned_step",
    "closed_day",
    "outage",
    "remake",
    "cap",
    *(f"queue_{name}" for name in STATIONS),
)
