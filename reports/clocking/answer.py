"""The answer in plain words: what breaks and when, by when to act, which sign to watch for, and how sure that is."""

from __future__ import annotations

from reports import formats, part_years
from reports.catalogue import Catalogue
from reports.clocking import cells
from reports.clocking.data import Clock, Entry, best, proven

_EVENTS = 4
"""So many targets are told; of more, the tables tell."""


def answer(cat: Catalogue, data: Clock) -> tuple[str, ...]:
    """The paragraphs at the top of the page and in the terminal."""
    leading = data.leading
    said = [_summary(cat, data), *(told for event in leading[:_EVENTS] for told in of_event(cat, data, event))]
    if len(leading) > _EVENTS:
        names = cat.join(cells.target(cat, event) for event in leading[_EVENTS:])
        said.append(cat.text("clock.answer.more", targets=names))
    if data.wires:
        said.append(_sure(cat, data))
    return (*said, *part_years.note(cat))


def of_event(cat: Catalogue, data: Clock, event: Entry) -> list[str]:
    """One target in one year: how likely it breaks and the last date to act, then trip-wires."""
    between = cat.text("format.between_sentences")
    return [between.join([_breaks(cat, event), _act(cat, data, event)]), *_watch(cat, event)]


def _summary(cat: Catalogue, data: Clock) -> str:
    tested = [event for event in data.events if event["replications"]]
    always = sum(event["breaks"] == event["replications"] for event in tested)
    never = sum(not event["breaks"] for event in tested)
    counts = {"of": len(tested), "never": never, "always": always, "some": len(tested) - never - always}
    key = "nothing" if not tested else "all_hold" if never == len(tested) else "summary"
    return cat.text(f"clock.answer.{key}", replications=data.content["replications"], **counts)


def _breaks(cat: Catalogue, event: Entry) -> str:
    return cat.text(
        "clock.answer.breaks",
        event=cells.named(cat, event),
        breaks=cells.breaks(cat, event),
        shows=cells.months(cat, event["first_breach"]),
        lost=cells.months(cat, event["lost"]),
    )


def _act(cat: Catalogue, data: Clock, event: Entry) -> str:
    """The last date for the quickest resource, or that none mends the target."""
    if not event["resources"]:
        return cat.text("clock.answer.no_resource")
    told = event["resources"][0]
    return cat.text(
        "clock.answer.act" if told["request_by"] else "clock.answer.act_at_once",
        resource=cells.resource(cat, told["resource"]),
        day=cells.day(cat, data, told["last_date_to_act"]),
        months=cells.lead(cat, told["months"]),
        start=cells.plain_day(cat, told["start_by"]),
        middle=cells.day(cat, data, told["last_date_to_act_middle"]),
    )


def _watch(cat: Catalogue, event: Entry) -> list[str]:
    """The wires that are proven; else the best, or why there is none."""
    wire = best(event)
    if wire is None:
        return [cat.text("clock.answer.no_wire", reason=cat.text(f"clock.no_wire.{event['no_wire']}"))]
    chosen = [wire for wire in event["wires"] if proven(wire)]
    return [_told(cat, "wire", wire) for wire in chosen] or [_told(cat, "unproven", wire)]


def _told(cat: Catalogue, key: str, wire: Entry) -> str:
    return cat.text(
        f"clock.answer.{key}",
        purpose=cells.purpose(cat, wire),
        wire=cells.wire(cat, wire),
        hits=cells.hits(cat, wire),
        false_alarms=cells.false_alarms(cat, wire),
        warning=cells.warning(cat, wire),
    )


def _sure(cat: Catalogue, data: Clock) -> str:
    counts = {"wires": len(data.wires), "proven": sum(proven(wire) for _, wire in data.wires)}
    lucky = formats.number(len(data.wires) / 40, 1)
    halves = {"training": data.content["training"], "held_out": data.content["held_out"]}
    return cat.text("clock.answer.sure", lucky=lucky, **counts, **halves)
