"""One sentence under each chart of a ledger: what to see in it, computed from the same data."""

from __future__ import annotations

from reports.document import Value, say, sentences
from reports.ledger.answer import late, lost
from scenarios.ledger.record import Ledger
from sim.facts import CENTRES, CLASSES


def caption(data: Ledger, chart: str) -> Value:
    """The sentence of a chart."""
    if chart == "late-cards":
        return sentences(*(late(data.ledger, kind) for kind in CLASSES))
    if chart == "lost-calls":
        return sentences(*(lost(data.ledger, centre) for centre in CENTRES))
    found = [price.outcome for price in data.rows if price.clear is not None]
    counts = {name: found.count(name) for name in ("saves", "costs", "too_few", "chance", "none")}
    return say("ledger.prices.caption", of=len(found), **counts)
