"""Which parameter sets the capacity of each station, and the cap on what leaves."""

from __future__ import annotations

STATION_FIELDS = {
    "checks": "plant.checks_per_day",
    "data": "plant.card_system_per_day",
    "production": "plant.cards_per_day",
    "inspection": "plant.inspection_per_day",
}
CAP_FIELD = "plant.dispatch_cap_per_month"
