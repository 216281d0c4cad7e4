"""One sentence under each chart of a clock: what to see in it, computed from the same data."""

from __future__ import annotations

from reports.clock import cells
from reports.document import Joined, Say, Value, say, sentences
from scenarios.clock.record import Clock, Event, Path, TripWire


def caption(data: Clock, chart: str) -> Value:
    """The sentence of a chart."""
    if chart == "clock-wires":
        return sentences(*(_wire(*wire_of(data, path)) for path in data.paths))
    past = [
        cells.named(event)
        for event in data.breaking
        if event.resources and cells.passed(data, event.resources[0].last_date_to_act)
    ]
    if past:
        return say("clock.calendar_past", events=Joined(tuple(past[:4])), count=len(past))
    return say("clock.calendar_ahead" if data.breaking else "clock.answer.nothing_breaks")


def wire_of(data: Clock, path: Path) -> tuple[Event, TripWire]:
    """The event and the wire that a path belongs to."""
    event = next(event for event in data.events if (event.target, event.period) == (path.target, path.period))
    return event, next(wire for wire in event.wires if wire.purpose == path.purpose)


def _wire(event: Event, wire: TripWire) -> Say:
    told = {"event": cells.named(event), "wire": cells.wire(wire), "hit": say(f"clock.hit.{wire.purpose}")}
    return say("clock.wire_caption", **told, anyway=cells.anyway(event, wire), **cells.rates(wire))
