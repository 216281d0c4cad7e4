"""The nouns that facts are named with: stations, reasons, centres, outcomes, systems, causes."""

from __future__ import annotations

from datetime import date

STATIONS = ("checks", "data", "production", "inspection")
SOURCES = ("first_time", "newborn", "move", "loss", "renewal", "campaign", "residence", "readings", "abroad")
CENTRES = {"resident": "calls", "helpdesk": "helpdesk"}
"""The call centres, with the name that their facts begin with."""
WITH_AI = ("resident",)
"""Call centres at which AI may answer."""
INDEX_DAY = date(2025, 4, 1)
"""Seats are known relative to those of the fiscal year that begins on it."""
CALL_CAUSES = {
    "resident": (
        "notices",
        "applications",
        "late_cards",
        "counter_waits",
        "holders",
        "loss",
        "phones",
        "launch",
        "licences",
    ),
    "helpdesk": ("transactions", "errors", "outages", "office", "post_offices"),
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
_, JPKI_COUNTER, RELYING_PARTIES = SYSTEMS
AT_COUNTERS = SYSTEMS[:2]
"""Systems without which no card is handed over, and for which municipalities ring the help desk."""
PINS = ("signing", "user")
"""Certificates with a PIN of their own."""
CHANNELS = ("online", "photo_booth", "mail", "counter")
CLASSES = ("standard", "express")
CAUSES = (
    "planned_step",
    "closed_day",
    "outage",
    "remake",
    "cap",
    *(f"queue_{name}" for name in STATIONS),
    "blanks",
)
