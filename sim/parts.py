"""Parts of a simulation that can be run alone on the saved facts of the others, and what each of them posts."""

from __future__ import annotations

from sim.facts import CENTRES, FACTS, SYSTEMS

CARDS, COUNTERS, RESIDENT, HELPDESK = PARTS = ("cards", "counters", "resident", "helpdesk")
"""Holders and the plant, which cannot be told apart (cards dispatched late are valid longer); the counters and the
JPKI servers behind them; the two call centres. In the order in which a day runs them.
"""

_OF_COUNTERS = frozenset(
    (
        "arrived",
        "restated_at_municipalities",
        "opening_at_municipalities",
        "handed_over",
        "never_collected",
        "certificates_renewed",
        "renewed_in_time",
        "expired_waiting",
        "gave_up_in_time",
        "slots_given_up",
        "came_back",
        "certificates_lapsed",
        "slot_wait_days",
        "signing_wanted",
        "signing_reissued",
        "visits_put_off",
        "transactions",
        "transactions_failed",
        "jpki_overloaded",
        "on_the_way",
        "at_municipalities",
        "cards_handed_over_cumulative",
        "booking_backlog",
        "coming_back",
    )
)
_OF_SYSTEMS = frozenset(f"{what}_minutes_{name}" for name in SYSTEMS for what in ("service", "outage", "planned"))
"""Outages cost nothing to draw: every rerun draws them anew."""


def _part_of(fact: str) -> str | None:
    for centre, prefix in CENTRES.items():
        if fact.startswith(f"{prefix}_"):
            return centre
    if fact == "agent_minutes_lent":
        return HELPDESK
    if fact in _OF_SYSTEMS:
        return None
    return COUNTERS if fact in _OF_COUNTERS else CARDS


PART_OF = {fact: _part_of(fact) for fact in FACTS}
"""The part that posts a fact; None for what the systems post."""
