"""One sentence under each chart of a sweep: what to see in it, computed from the same data."""

from __future__ import annotations

from reports import names
from reports.document import Opening, Period, Value, say
from reports.sweep import words
from reports.sweep.answer import drivers, going_with
from reports.sweep.data import Sweep
from scenarios.sweep.responses import Doubt


def caption(data: Sweep, doubt: Doubt, kind: str) -> Value:
    """The sentence of a chart of a ``kind``: ``response``, ``effects``, ``swings``, ``shares``, ``correlations``."""
    target = words.target(doubt)
    told = {"target": target, "year": Period(doubt.period)}
    if kind == "response":
        points = data.head["points"]
        if doubt.computed is not None:
            chance = words.share(doubt.computed)
            return Opening(say("sweep.caption.response_computed", **told, points=points, share=chance))
        return Opening(say("sweep.caption.response", **told, points=points, met=doubt.met, tested=doubt.tested))
    if kind == "correlations":
        return going_with(data, doubt)
    if kind == "swings":
        return drivers(data, doubt) or target
    rows = data.found(kind, doubt)
    if not rows:
        return target
    first = rows[0]
    if kind == "effects":
        size = words.size(first, first["mu_star"], first["low"], first["high"])
    else:
        size = words.shares(*(min(max(first[key], 0.0), 1.0) for key in ("st", "st_low", "st_high")))
    return Opening(
        say(f"sweep.caption.{kind}", **told, meaning=names.meaning(first["path"]), path=first["path"], size=size)
    )
