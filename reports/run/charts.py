"""All charts of a run, in the order of its report, by chapter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reports.drawing import Drawing
from reports.run import card_charts, contact_charts, dot_map, flow, system_charts, tile_map
from reports.run_data import RunData

CHAPTERS: Mapping[str, Mapping[str, Callable[[RunData], Drawing]]] = {
    "wave": {"wave": card_charts.wave},
    "flow": {"flow": flow.flow},
    "cards": {
        "renewals": card_charts.renewals,
        "lead-standard": card_charts.lead_standard,
        "lead-express": card_charts.lead_express,
        "dispatch": card_charts.dispatch,
        "waiting": card_charts.waiting,
        "utilisation": card_charts.fullness,
        "delay-ledger": card_charts.delays,
    },
    "contact": {
        "answer-rate": contact_charts.answer_rate,
        "calls-by-cause": contact_charts.causes,
        "call-waiting": contact_charts.waiting,
        "seats": contact_charts.seats,
        "lost-calls": contact_charts.lost,
    },
    "certificates": {
        "certificates": contact_charts.certificates,
        "certificates-lost": contact_charts.certificates_lost,
        "prefectures": tile_map.prefectures,
        "municipalities": dot_map.municipalities,
    },
    "services": {},
    "systems": {"hours-lost": system_charts.hours_lost},
}
"""What draws each chart, by the id that names its files and texts; a chapter may have tables alone."""
