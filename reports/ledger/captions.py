"""One sentence under each chart of a ledger: what to see in it, computed from the same data."""

from __future__ import annotations

from reports.document import Value, say, sentences
from reports.ledger.answer import late, lost
from reports.ledger.data import Ledger, outcome
from sim.facts import CENTRES, CLASSES


def caption(data: Ledger, chart: str) -> Value:
    """The sentence of a chart."""
    if chart == "late-cards":
        return sentences(*(late(data.entries, kind) for kind in CLASSES))
    if chart == "lost-calls":
        return sentences(*(lost(data.entries, centre) for centre in CENTRES))
    found = [outcome(price) for price in data.prices if price.clear is not None]
    counts = {name: found.count(name) for name in ("saves", "costs", "too_few", "chance", "none")}
    return say("ledger.prices.caption", of=len(found), **counts)
