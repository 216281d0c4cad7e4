"""What the people's part posts, and what it reads: holders, and their applications."""

from __future__ import annotations

from sim.declared import Balance, Fact, Part, Stage
from sim.facts import CHANNELS, SOURCES
from sim.people.card_classes import AGAIN

APPLICATIONS = (
    Fact("applications", "applications", "received that day for the first time, standard and express"),
    *(Fact(f"applications_{name}", "applications", f"of these, reason {name}") for name in SOURCES),
    Fact("applications_express", "applications", "of these, express (特急発行)"),
    *(Fact(f"applications_{name}", "applications", f"of these, sent through {name}") for name in CHANNELS),
)
WITH_BIRTH_NOTICE = (
    Fact("newborn_with_notice", "applications", "of newborns, express, made with the birth notice, by day of receipt"),
    Fact("newborn_municipal_days", "person-days", "of these, between the birth notice and the receipt"),
)
COMING_DUE = (
    Fact("cards_expiring", "persons", "holders whose card expires"),
    Fact("certificates_expiring", "persons", "holders one of whose certificates expires while the card stays valid"),
    Fact("certificates_wanted", "persons", "holders who set out to renew a certificate at a counter"),
    Fact("certificates_wanted_in_time", "persons", "of these, before expiry"),
    Fact("certificates_wanted_early", "persons", "of those in time, before their notice"),
)
MOVES = (Fact("signing_ended", "certificates", "signing certificates ended by a move or a change of name"),)
STAYS = (Fact("stays_extended", "cards", "holders of limited stay who come to a counter to have their card extended"),)
NOTICES_DUE = (
    Fact("notices_due", "notices", "expiry notices to be posted that day"),
    Fact("notices_due_early", "notices", "of these, a month earlier than usual"),
    Fact("notices_due_late", "notices", "of these, a month later than usual"),
)
READINGS = (Fact("readings_wanted", "visits", "to have the reading of a name, or its Roman letters, put on the card"),)
RESIDENCE = (
    Fact(
        "dispatched_residence",
        "cards",
        "of standard cards dispatched, residence cards (特定在留カード), which the immigration office hands over",
    ),
)
NEXT_CARD = (
    Fact(
        "cards_exchanged",
        "applications",
        "to renew, of holders who exchange a valid card for the next card (次期カード)",
    ),
    Fact("next_card_put_off", "persons", "who begin to wait for the next card: of first cards, and of renewals"),
    Fact("next_card_taken_up", "persons", "of these, coming when they no longer wait"),
    Fact("waiting_for_next_card", "persons", "waiting for the next card, at midnight", stock=True),
)
HELD = (Fact("cards_held", "cards", "cards issued and still valid, at the start of the month", stock=True),)

PEOPLE = Part(
    "cards",
    facts=(*APPLICATIONS, *COMING_DUE, *MOVES, *STAYS, *READINGS, *RESIDENCE, *NOTICES_DUE, *NEXT_CARD, *HELD),
    balances=(
        Balance("reasons of applications", tuple(f"applications_{name}" for name in SOURCES), ("applications",)),
        Balance(
            "people who wait for the next card", ("next_card_put_off",), ("next_card_taken_up", "waiting_for_next_card")
        ),
    ),
    reads=("dispatched_standard", "dispatched_express"),
    parameters=(
        "rules.",
        "next_card.",
        "next_card.start",
        "next_card.delay_months",
        "holders.",
        "renewal.",
        "demand.",
        "counters.weekdays",
        "counters.closures",
        "counters.never_collected_share",
    ),
    stages=(
        Stage("renewals", ("applications_renewal",), takes=("cards_expiring", "cards_exchanged")),
        Stage("first_cards", tuple(f"applications_{name}" for name in SOURCES if name not in ("renewal", *AGAIN))),
        Stage("changes", tuple(f"applications_{name}" for name in AGAIN)),
        Stage("checks", ("applications",)),
        Stage("dispatch_standard", ("dispatched_residence",)),
        Stage(
            "in_force",
            (
                "cards_held",
                "cards_expiring",
                "cards_exchanged",
                "certificates_wanted",
                "signing_ended",
                "stays_extended",
                "readings_wanted",
                "notices_due",
            ),
            takes=("handed_over",),
        ),
    ),
)
"""Cards dispatched late are valid longer: holders read what the plant dispatches, and run again as one with it."""
BIRTH_NOTICES = Part(
    "cards",
    facts=WITH_BIRTH_NOTICE,
    reads=("applications_newborn",),
    parameters=("demand.newborn_notice_share", "demand.newborn_municipal_days"),
)
"""What came before some receipts, and moves nothing."""
