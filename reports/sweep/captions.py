"""One sentence under each chart of a sweep: what to see in it, computed from the same data."""

from __future__ import annotations

from reports import chances, parameter_texts
from reports.document import Opening, Period, Value, say
from reports.sweep import words
from reports.sweep.answer import drivers, going_with
from scenarios.sweep.record import Doubt, Drawn, Effect, Points, Screened, Share, Sweep


def caption(data: Sweep, doubt: Doubt, kind: str) -> Value:
    """The sentence of a chart of a ``kind``: ``response``, ``effects``, ``swings``, ``shares``, ``correlations``."""
    match data.found:
        case Points():
            return Opening(_response(data, doubt))
        case Drawn() as drawn:
            return going_with(drawn, doubt)
        case Screened() as screened:
            if kind == "swings":
                return drivers(data, screened, doubt) or words.target(doubt)
            return _largest(screened, doubt, kind)


def _told(doubt: Doubt) -> dict[str, Value]:
    return {"target": words.target(doubt), "year": Period(doubt.period)}


def _response(data: Sweep, doubt: Doubt) -> Value:
    told = _told(doubt) | {"points": data.points}
    if doubt.computed is not None:
        return say("sweep.caption.response_computed", **told, share=chances.share(doubt.computed))
    return say("sweep.caption.response", **told, met=doubt.met, tested=doubt.tested)


def _largest(found: Screened, doubt: Doubt, kind: str) -> Value:
    """The input with the largest effect on a target, or share of its variance."""
    match found.found(kind, doubt):
        case [Effect() as first, *_]:
            size = words.size(first, first.mu_star, first.low, first.high)
        case [Share() as first, *_]:
            size = words.shares(first.st, first.st_low, first.st_high)
        case _:
            return words.target(doubt)
    told = {"meaning": parameter_texts.meaning_of(first.path), "path": first.path, "size": size}
    return Opening(say(f"sweep.caption.{kind}", **_told(doubt), **told))
