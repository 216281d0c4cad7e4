"""What the counters post, the JPKI servers behind them included, what must add up there, and what they read."""

from __future__ import annotations

from sim.declared import Balance, Fact, Part, Stage
from sim.facts import PINS

OPENING = (Fact("opening_at_municipalities", "cards", "cards placed at the municipalities before the run-in"),)
HAND_OVER = (
    Fact("settings_wanted", "cards", "standard cards come to be set before hand-over (交付前設定)"),
    Fact("settings_made", "cards", "of these, set that day"),
    Fact("settings_waiting", "cards", "of these, not yet set at midnight", stock=True),
    Fact("arrived", "cards", "standard cards whose holders are asked to collect them"),
    Fact("restated_at_municipalities", "cards", "added (or taken out) to meet the stated number waiting there"),
    Fact("handed_over", "cards", "cards handed over (交付), express deliveries included"),
    Fact("never_collected", "cards", "standard cards that will not be collected, counted when dispatched"),
)
CERTIFICATES = (
    Fact("certificates_renewed", "persons", "certificates renewed at a counter"),
    Fact("renewed_in_time", "persons", "of these, before expiry"),
    Fact("expired_waiting", "persons", "certificates that expired while their holder waited for a slot"),
    Fact("gave_up_in_time", "persons", "gave up waiting for a slot before expiry"),
    Fact("slots_given_up", "persons", "gave up waiting for a slot, all kinds"),
    Fact("came_back", "persons", "of these, booking again later"),
    Fact("certificates_lapsed", "persons", "of these, never coming back, counted when they give up"),
    Fact("slot_wait_days", "person-days", "waited by those served that day"),
)
VISITS = (
    Fact("signing_wanted", "persons", "of these holders, asking for a new one at a counter"),
    Fact("signing_reissued", "certificates", "issued again at a counter, after a move or with an extended stay"),
    Fact("visits_put_off", "visits", "to a later day because the day's appointments were taken, counted each time"),
    Fact("transactions", "transactions", "counter transactions that got through: hand-overs and certificates"),
    Fact("transactions_failed", "attempts", "failed in an outage or for want of JPKI capacity"),
    Fact("jpki_overloaded", "yes/no", "1 on a day on which more was tried than the CA reception servers take"),
)
SLOTS = (
    *(Fact(f"pin_visits_{kind}", "visits", f"to a counter, for the PIN of the {kind} certificate") for kind in PINS),
    *(Fact(f"pins_left_{kind}", "PINs", f"of {kind} certificates, whose holder never comes") for kind in PINS),
    *(
        Fact(f"pins_coming_{kind}", "PINs", f"of {kind} certificates, whose holder will come, at midnight", stock=True)
        for kind in PINS
    ),
    Fact("slots_taken", "slots", "wanted by all visits but those for certificates, which have the rest"),
    Fact("slots_short", "slots", "of these, beyond those of their municipality: worked on top of them"),
    Fact("post_office_slots", "slots", "for certificates, that post offices beyond those of FY2025 bring"),
    Fact("post_office_visits", "visits", "with a slot there, that would have found none at the counters that day"),
)
WEEKENDS = (
    Fact("weekends_wished", "persons", "of those who book for a certificate, wishing for a weekend or a holiday"),
    Fact("weekends_served", "persons", "of these, who came on one"),
    Fact(
        "weekends_none", "persons", "of these, who found none as far ahead as bookings are taken: they take another day"
    ),
    Fact("weekends_waiting", "persons", "of these, with a slot on one to come, at midnight", stock=True),
    Fact("weekends_full", "municipalities", "without a slot left on the weekends of four weeks to come", stock=True),
    Fact("weekends_full_residents", "residents", "of these municipalities", stock=True),
)
LICENCES = (
    Fact("licences_written", "cards", "handed over with the driving licence in them"),
    Fact("licences_in_calls", "cards", "of these, so many as FY2025's calls contain"),
    Fact("licences_on_top", "cards", "of these, beyond that"),
)
SERVERS = (
    Fact("jpki_timeouts", "attempts", "of all visits, timed out in a quarter-hour for want of JPKI capacity"),
    Fact("jpki_tried", "visits", "that tried the CA reception servers, each once a day"),
    Fact("jpki_done", "visits", "of these, that got through"),
    Fact("jpki_given_up", "visits", "of these, that failed for good that day"),
    Fact("jpki_still_trying", "visits", "of these, that would have tried again as the day ended"),
)
CARDS_WAITING = (
    Fact("on_the_way", "cards", "dispatched, not yet come to be set before hand-over, at midnight", stock=True),
    Fact("at_municipalities", "cards", "waiting at the municipality to be collected, at midnight", stock=True),
)
PERSONS_WAITING = (
    Fact("cards_handed_over_cumulative", "cards", "handed over since January 2016, by the end of the day", stock=True),
    Fact("booking_backlog", "persons", "waiting for a certificate slot at midnight", stock=True),
    Fact("coming_back", "persons", "gave up waiting for a slot and will come back, at midnight", stock=True),
)

COUNTERS = Part(
    "counters",
    facts=(*OPENING, *HAND_OVER, *CERTIFICATES, *VISITS, *SLOTS, *SERVERS, *LICENCES, *CARDS_WAITING, *PERSONS_WAITING),
    balances=(
        Balance(
            "dispatched standard cards",
            ("dispatched_standard",),
            ("never_collected", "settings_wanted", "on_the_way", "dispatched_residence"),
        ),
        Balance("cards to be set before hand-over", ("settings_wanted",), ("settings_made", "settings_waiting")),
        Balance(
            "cards to be collected",
            ("settings_made", "opening_at_municipalities", "restated_at_municipalities"),
            ("arrived",),
        ),
        Balance("cards at municipalities", ("arrived", "express_delivered"), ("handed_over", "at_municipalities")),
        Balance(
            "people who book a slot",
            ("certificates_wanted", "signing_wanted", "stays_extended", "came_back"),
            ("certificates_renewed", "signing_reissued", "slots_given_up", "booking_backlog"),
        ),
        Balance("licences written", ("licences_written",), ("licences_in_calls", "licences_on_top")),
        Balance("visits that try the servers", ("jpki_tried",), ("jpki_done", "jpki_given_up", "jpki_still_trying")),
        Balance("people who gave up a slot", ("slots_given_up",), ("came_back", "certificates_lapsed", "coming_back")),
        *(
            Balance(
                f"PINs to be reset at a counter ({kind})",
                (f"pin_resets_counter_{kind}",),
                (f"pin_visits_{kind}", f"pins_left_{kind}", f"pins_coming_{kind}"),
            )
            for kind in PINS
        ),
    ),
    reads=(
        "certificates_wanted",
        "certificates_wanted_in_time",
        "certificates_wanted_early",
        "stays_extended",
        "readings_wanted",
        "express_delivered",
        "dispatched_standard",
        "post_offices_beyond",
        "jpki_load_breaks",
    ),
    parameters=(
        "counters.",
        "services.post_offices.",
        "opening.at_municipalities",
        "opening.handed_over",
        "systems.",
        "systems.jpki_",
        "systems.jpki_counter.",
        "systems.retry_share",
        "systems.setting_off_peak_share",
    ),
    stages=(
        Stage("dispatch_standard", ("settings_wanted", "arrived", "never_collected")),
        Stage(
            "counters",
            (
                "handed_over",
                "certificates_renewed",
                "signing_wanted",
                "signing_reissued",
                *(f"pin_visits_{kind}" for kind in PINS),
                "booking_backlog",
                "slots_given_up",
                "came_back",
                "certificates_lapsed",
                "transactions",
                "licences_on_top",
            ),
            takes=("readings_wanted", "transactions_failed"),
        ),
        Stage("systems", ("transactions_failed",)),
    ),
)
WISHES = Part(
    "counters",
    facts=WEEKENDS,
    balances=(
        Balance(
            "people who wish for a weekend",
            ("weekends_wished",),
            ("weekends_served", "weekends_none", "weekends_waiting"),
        ),
    ),
    reads=("certificates_wanted", "stays_extended", "signing_wanted", "came_back", "slots_taken"),
    parameters=("counters.weekend_wish", "counters.booking_horizon_days"),
)
"""What stands beside the lines of bookings, and moves nothing in them."""
