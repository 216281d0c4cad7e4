"""One sentence under each chart of a sweep: what to see in it, computed from the same data."""

from __future__ import annotations

from reports import formats
from reports.catalogue import Catalogue
from reports.sweeping import words
from reports.sweeping.answer import drivers, going_with
from reports.sweeping.data import Sweep
from scenarios.sweeping.responses import Doubt


def caption(cat: Catalogue, data: Sweep, doubt: Doubt, kind: str) -> str:
    """The sentence of a chart of a ``kind``: ``response``, ``effects``, ``swings``, ``shares``, ``correlations``."""
    names = {"target": words.target(cat, doubt), "year": formats.period(cat, doubt.period)}
    if kind == "response":
        counts = {"met": doubt.met, "tested": doubt.tested, "points": data.head["points"]}
        return formats.opening(cat.text("sweep.caption.response", **names, **counts))
    if kind == "correlations":
        return going_with(cat, data, doubt)
    if kind == "swings":
        return cat.text("format.between_sentences").join(drivers(cat, data, doubt)) or names["target"]
    rows = data.found(kind, doubt)
    if not rows:
        return names["target"]
    first = rows[0]
    own = data.input(first["path"])
    if kind == "effects":
        amount = words.size(cat, first, first["mu_star"], first["low"], first["high"])
    else:
        ends = {end: formats.percent(cat, min(max(first[f"st_{end}"], 0.0), 1.0), 0) for end in ("low", "high")}
        share = formats.percent(cat, min(max(first["st"], 0.0), 1.0), 0)
        amount = cat.text("format.value_range", value=share, **ends)
    shown = cat.text(f"sweep.caption.{kind}", **names, meaning=words.meaning(cat, own), path=own.path, size=amount)
    return formats.opening(shown)
