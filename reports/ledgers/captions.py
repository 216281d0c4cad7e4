"""One sentence under each chart of a ledger: what to see in it, computed from the same data."""

from __future__ import annotations

from reports.catalogue import Catalogue
from reports.ledgers.answer import late, lost
from reports.ledgers.data import Ledger, outcome
from sim.facts import CENTRES, CLASSES


def caption(cat: Catalogue, data: Ledger, chart: str) -> str:
    """The sentence of a chart."""
    between = cat.text("format.between_sentences")
    if chart == "late-cards":
        return between.join(late(cat, data.entries, kind) for kind in CLASSES)
    if chart == "lost-calls":
        return between.join(lost(cat, data.entries, centre) for centre in CENTRES)
    found = [outcome(price) for price in data.prices if price.clear is not None]
    counts = {name: found.count(name) for name in ("saves", "costs", "too_few", "chance", "none")}
    return cat.text("ledger.prices.caption", of=len(found), **counts)
