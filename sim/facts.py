"""The facts that the parts post to the journal: one integer a day each, the columns of ``daily.parquet``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Fact:
    """Name, unit and meaning of one daily series."""

    name: str
    unit: str
    meaning: str


STATIONS = ("checks", "data", "production", "inspection")
SOURCES = ("first_time", "newborn", "move", "loss", "renewal", "campaign")
CENTRES = {"resident": "calls", "helpdesk": "helpdesk"}
"""The call centres, with the name that their facts begin with."""
INDEX_DAY = date(2025, 4, 1)
"""Seats are known relative to those of the fiscal year that begins on it."""
CALL_CAUSES = {
    "resident": ("notices", "applications", "late_cards", "counter_waits", "holders", "loss"),
    "helpdesk": ("transactions", "errors", "outages", "office"),
}
"""Why first calls are made; each has a fact such as ``calls_notices``."""
OUTCOMES = ("answered", "abandoned", "deflected", "blocked")
"""What becomes of an attempt to call."""
LOST = ("abandoned", "deflected", "blocked")
"""Outcomes of lost calls: attempts that no agent took."""
LOST_CAUSES = {
    "resident": ("call_back", "closed", "notices", "seats"),
    "helpdesk": ("call_back", "outage", "closed", "seats"),
}
"""Why calls are lost, in the order in which the causes are looked at (``sim/contact/lost.py``); each has a fact such as
``calls_lost_notices``."""
SYSTEMS = ("card_management", "jpki_counter", "jpki_verifier")
AT_COUNTERS = SYSTEMS[:2]
"""Systems without which no card is handed over, and for which municipalities ring the help desk."""
CHANNELS = ("online", "photo_booth", "mail", "counter")

_FLOWS = (
    Fact("applications", "applications", "received that day for the first time, standard and express"),
    *(Fact(f"applications_{name}", "applications", f"of these, reason {name}") for name in SOURCES),
    Fact("applications_express", "applications", "of these, express (特急発行)"),
    *(Fact(f"applications_{name}", "applications", f"of these, sent through {name}") for name in CHANNELS),
    Fact("restated_cards", "cards", "added to (or taken out of) the plant to meet the stated work inside"),
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
    Fact("restated_at_municipalities", "cards", "added (or taken out) to meet the stated number waiting there"),
    Fact("handed_over", "cards", "cards handed over (交付), express deliveries included"),
    Fact("never_collected", "cards", "standard cards that will not be collected, counted when dispatched"),
    Fact("notices_sent", "notices", "expiry notices posted (有効期限通知書)"),
    Fact("cards_expiring", "persons", "holders whose card expires"),
    Fact("certificates_expiring", "persons", "holders one of whose certificates expires while the card stays valid"),
    Fact("certificates_wanted", "persons", "holders who set out to renew a certificate at a counter"),
    Fact("certificates_wanted_in_time", "persons", "of these, before expiry"),
    Fact("certificates_wanted_early", "persons", "of those in time, before their notice"),
    Fact("certificates_renewed", "persons", "certificates renewed at a counter"),
    Fact("renewed_in_time", "persons", "of these, before expiry"),
    Fact("expired_waiting", "persons", "certificates that expired while their holder waited for a slot"),
    Fact("gave_up_in_time", "persons", "gave up waiting for a slot before expiry"),
    Fact("slots_given_up", "persons", "gave up waiting for a slot, all kinds"),
    Fact("came_back", "persons", "of these, booking again later"),
    Fact("certificates_lapsed", "persons", "of these, never coming back, counted when they give up"),
    Fact("slot_wait_days", "person-days", "waited by those served that day"),
    Fact("signing_ended", "certificates", "signing certificates ended by a move or a change of name"),
    Fact("signing_wanted", "persons", "of these holders, asking for a new one at a counter"),
    Fact("signing_reissued", "certificates", "issued again at a counter, after a move or with an extended stay"),
    Fact("visits_put_off", "visits", "to a later day because the day's appointments were taken, counted each time"),
    Fact("transactions", "transactions", "counter transactions that got through: hand-overs and certificates"),
    Fact("transactions_failed", "attempts", "failed in an outage or for want of JPKI capacity"),
    Fact("jpki_overloaded", "yes/no", "1 on a day on which more was tried than the CA reception servers take"),
    *(Fact(f"service_minutes_{n}", "minutes", f"service hours of {n}, planned stops left out") for n in SYSTEMS),
    *(Fact(f"outage_minutes_{n}", "minutes", f"of these, down ({n})") for n in SYSTEMS),
    *(Fact(f"planned_minutes_{n}", "minutes", f"planned stops in the service hours of {n}") for n in SYSTEMS),
    Fact("stays_extended", "cards", "holders of limited stay who come to a counter to have their card extended"),
    Fact("weekend_worked", "yes/no", "1 on a Saturday or Sunday that the plant worked"),
    Fact("overtime_hours", "hours", "worked by the plant after its ordinary closing hour"),
)


def _of_centre(centre: str, *named: tuple[str, str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(f"{CENTRES[centre]}_{n}", unit, f"{meaning} ({centre} centre)") for n, unit, meaning in named)


_LOST_MEANINGS = {
    "call_back": "attempts after a lost one",
    "outage": "first calls about an outage, or made while one was on that this centre hears of",
    "closed": "first calls that found the centre closed, or were in line or promised a call back as it closed",
    "notices": "first calls after an expiry notice",
    "seats": "all other first calls: no agent took them in time",
}
_CALL_FLOWS = tuple(
    fact
    for centre in CENTRES
    for fact in _of_centre(
        centre,
        *((cause, "calls", f"first calls because of {cause}") for cause in CALL_CAUSES[centre]),
        ("call_backs", "calls", "attempts after an unanswered one"),
        ("offered", "calls", "attempts, first calls and call-backs together"),
        ("answered", "calls", "answered, counted when the agent has finished"),
        ("within_20s", "calls", "answered within 20 seconds, counted when answered"),
        ("abandoned", "calls", "callers who hung up waiting (放棄呼)"),
        ("rung_back", "calls", "accepted the offer of a call back and were rung, counted when answered"),
        ("not_rung_back", "calls", "of the deflected, those promised a call back that did not come by closing"),
        ("deflected", "calls", "told by a recording that the centre is closed"),
        ("blocked", "calls", "heard the engaged tone: no waiting place"),
        *((f"lost_{cause}", "calls", f"lost: {_LOST_MEANINGS[cause]}") for cause in LOST_CAUSES[centre]),
        ("wait_seconds", "seconds", "waited on the line in all attempts decided that day"),
        ("busy_minutes", "agent-minutes", "agents serving"),
        ("agent_minutes", "agent-minutes", "agents at their post"),
        ("open", "yes/no", "1 on a day with opening hours"),
    )
)
_LENT = Fact("agent_minutes_lent", "agent-minutes", "agents of the residents' centre at the help desk, counted there")
_OUTAGE = Fact("helpdesk_outage_minutes", "minutes", "of help-desk hours in which a system that counters need was down")
_CALL_STOCKS = tuple(
    fact
    for centre in CENTRES
    for fact in _of_centre(
        centre,
        ("waiting", "calls", "waiting for an agent at midnight"),
        ("in_service", "calls", "being served at midnight"),
        ("seats", "seats", "contracted seats (席数)"),
        ("seats_fy2025", "seats", "contracted seats of FY2025, the same every day: index 100"),
        ("seats_needed", "seats", "least seats with which the month's calls meet the target, by Erlang A"),
    )
)
_STOCKS = (
    *(Fact(f"waiting_{name}", "cards", f"waiting or in work at station {name} at midnight") for name in STATIONS),
    Fact("waiting_dispatch", "cards", "finished, waiting for the planned day or the monthly cap, at midnight"),
    Fact("waiting_return", "applications", "returned applications that will come back, at midnight"),
    Fact("late_inside", "cards", "inside the plant past their planned day, at midnight"),
    Fact("on_the_way", "cards", "dispatched, holders not yet asked to collect them, at midnight"),
    Fact("at_municipalities", "cards", "waiting at the municipality to be collected, at midnight"),
    Fact("cards_held", "cards", "cards issued and still valid, at the start of the month"),
    Fact("cards_handed_over_cumulative", "cards", "handed over since January 2016, by the end of the day"),
    Fact("booking_backlog", "persons", "waiting for a certificate slot at midnight"),
    Fact("coming_back", "persons", "gave up waiting for a slot and will come back, at midnight"),
    *_CALL_STOCKS,
)
FACTS: dict[str, Fact] = {fact.name: fact for fact in (*_FLOWS, *_CALL_FLOWS, _LENT, _OUTAGE, *_STOCKS)}
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
