"""All charts of a report, in its order, each drawn by one function of the run's data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from reports.catalogue import Catalogue
from reports.charts import certificates, chain, contact, lead, ledger, systems, wave
from reports.run_data import RunData


@dataclass(frozen=True)
class Chart:
    """Id (file name and key of its texts), its chapter, and the function that draws it, inside ``style.drawing``."""

    id: str
    chapter: str
    draw: Callable[[RunData, Catalogue], Figure]


CHAPTERS = ("cards", "contact", "certificates", "systems")
"""Chapters of the report after the wave, in order."""

CHARTS = (
    Chart("wave", "wave", wave.draw_wave),
    Chart("renewals", "cards", wave.draw_renewals),
    Chart("lead-standard", "cards", lead.draw_standard),
    Chart("lead-express", "cards", lead.draw_express),
    Chart("dispatch", "cards", chain.draw_dispatch),
    Chart("waiting", "cards", chain.draw_waiting),
    Chart("utilisation", "cards", chain.draw_utilisation),
    Chart("delay-ledger", "cards", ledger.draw_ledger),
    Chart("answer-rate", "contact", contact.draw_answer_rate),
    Chart("calls-by-cause", "contact", contact.draw_causes),
    Chart("call-waiting", "contact", contact.draw_waiting),
    Chart("seats", "contact", contact.draw_seats),
    Chart("lost-calls", "contact", ledger.draw_lost),
    Chart("certificates", "certificates", certificates.draw_certificates),
    Chart("certificates-lost", "certificates", certificates.draw_lost),
    Chart("hours-lost", "systems", systems.draw_hours_lost),
)
