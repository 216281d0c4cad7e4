"""One sentence under each chart of a clock: what to see in it, computed from the same data."""

from __future__ import annotations

from reports.catalogue import Catalogue
from reports.clocking import cells
from reports.clocking.data import Clock, Entry


def caption(cat: Catalogue, data: Clock, chart: str) -> str:
    """The sentence of a chart."""
    if chart == "clock-wires":
        return cat.text("format.between_sentences").join(
            _wire(cat, *wire_of(data, path)) for path in data.content["paths"]
        )
    past = [
        cells.named(cat, event)
        for event in data.breaking
        if event["resources"] and cells.passed(data, event["resources"][0]["last_date_to_act"])
    ]
    if past:
        return cat.text("clock.calendar_past", events=cat.join(past[:4]), count=len(past))
    return cat.text("clock.calendar_ahead" if data.breaking else "clock.answer.nothing_breaks")


def wire_of(data: Clock, path: Entry) -> tuple[Entry, Entry]:
    """The event and the wire that a path belongs to."""
    keys = "target", "period"
    event = next(event for event in data.events if all(event[key] == path[key] for key in keys))
    return event, next(wire for wire in event["wires"] if wire["purpose"] == path["purpose"])


def _wire(cat: Catalogue, event: Entry, wire: Entry) -> str:
    return cat.text(
        "clock.wire_caption",
        event=cells.named(cat, event),
        wire=cells.wire(cat, wire),
        hit=cat.text(f"clock.hit.{wire['purpose']}"),
        precision=cells.precision(cat, wire),
        base_rate=cells.base_rate(cat, wire),
        hits=cells.hits(cat, wire),
        false_alarms=cells.false_alarms(cat, wire),
    )
