"""All charts of a report, in its order, each drawn by one function of the run's data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from reports.catalogue import Catalogue
from reports.charts import chain, lead, ledger, wave
from reports.run_data import RunData


@dataclass(frozen=True)
class Chart:
    """Id (file name and key of its texts) and the function that draws it, inside ``style.drawing``."""

    id: str
    draw: Callable[[RunData, Catalogue], Figure]


CHARTS = (
    Chart("wave", wave.draw_wave),
    Chart("renewals", wave.draw_renewals),
    Chart("lead-standard", lead.draw_standard),
    Chart("lead-express", lead.draw_express),
    Chart("dispatch", chain.draw_dispatch),
    Chart("waiting", chain.draw_waiting),
    Chart("utilisation", chain.draw_utilisation),
    Chart("delay-ledger", ledger.draw_ledger),
)
