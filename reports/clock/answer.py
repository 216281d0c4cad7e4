"""The answer in plain words: what breaks and when, by when to act, which sign to watch for, and how sure that is."""

from __future__ import annotations

from datetime import date

from reports import names
from reports.clock import cells
from reports.clock.data import Clock, Entry, own_wire, proven
from reports.document import Joined, Number, Say, Value, say, sentences

_EVENTS = 4
"""So many targets are told; of more, the tables tell."""


def answer(data: Clock) -> tuple[Value, ...]:
    """The paragraphs at the top of the page and in the terminal."""
    leading = data.leading
    said: list[Value] = [_summary(data), *(told for event in leading[:_EVENTS] for told in of_event(data, event))]
    if len(leading) > _EVENTS:
        targets = Joined(tuple(names.target(event["target"]) for event in leading[_EVENTS:]))
        said.append(say("clock.answer.more", targets=targets))
    return (*said, _sure(data)) if data.wires else tuple(said)


def of_event(data: Clock, event: Entry) -> tuple[Value, Value]:
    """One target in one year: how likely it breaks and the last date to act, then trip-wires."""
    return sentences(_breaks(event), *_order(event), _act(data, event)), _watch(event)


def _summary(data: Clock) -> Say:
    tested = [event for event in data.events if event["replications"]]
    always = sum(event["breaks"] == event["replications"] for event in tested)
    never = sum(not event["breaks"] for event in tested)
    counts = {"of": len(tested), "never": never, "always": always, "some": len(tested) - never - always}
    key = "nothing" if not tested else "all_hold" if never == len(tested) else "summary"
    return say(f"clock.answer.{key}", replications=data.content["replications"], **counts)


def _breaks(event: Entry) -> Say:
    return say(
        "clock.answer.breaks_computed" if event.get("computed") else "clock.answer.breaks",
        event=cells.named(event),
        breaks=cells.breaks(event),
        shows=cells.months(event["first_breach"]),
        lost=cells.months(event["lost"]),
    )


def _order(event: Entry) -> list[Say]:
    """What saves the year, and by when it must work; nothing where no resource mends the target."""
    if not event["resources"]:
        return []
    if event["order"] is None:
        return [say("clock.answer.no_order")]
    needed = cells.days(event["needed"])
    return [say("clock.answer.order", order=cells.order(event), needed=needed, saves=cells.saves(event))]


def _act(data: Clock, event: Entry) -> Say:
    """The last date for the quickest resource, or that none mends the target."""
    if not event["resources"]:
        return say("clock.answer.no_resource")
    told = event["resources"][0]
    return say(
        "clock.answer.act" if told["request_by"] else "clock.answer.act_at_once",
        resource=cells.resource(told["resource"]),
        day=cells.day(data, told["last_date_to_act"]),
        months=cells.lead(told["months"]),
        start=date.fromisoformat(told["start_by"]),
        middle=cells.day(data, told["last_date_to_act_middle"]),
    )


def _watch(event: Entry) -> Value:
    """What the wire does, or why there is none."""
    wire = own_wire(event)
    if wire is None:
        return say("clock.answer.no_wire", reason=say(f"clock.no_wire.{event['no_wire']}"))
    return sentences(_told(event, wire), *_saved_then(event, wire))


def _saved_then(event: Entry, wire: Entry) -> list[Say]:
    """Of early word whether an order would still save anything; nothing where no resource mends the target."""
    if wire["purpose"] != "early_word" or not event["resources"]:
        return []
    if not wire["saved"]:
        return [say("clock.answer.saves_nothing")]
    key = "saved" if wire.get("requested") is None else "saved_with_money"
    told = {name: cells.of_breaks(wire, name) for name in ("saved", "requested")}
    return [say(f"clock.answer.{key}", order=cells.order(event), **told)]


def _told(event: Entry, wire: Entry) -> Say:
    kind = wire["purpose"] if proven(wire) else f"unproven_{wire['purpose']}"
    return say(
        f"clock.answer.{kind}",
        order=cells.order(event) if event["order"] else "",
        purpose=cells.purpose(wire),
        wire=cells.wire(wire),
        warning=cells.warning(wire),
        anyway=cells.anyway(event, wire),
        requested=cells.of_breaks(wire, "requested"),
        **cells.rates(wire),
    )


def _sure(data: Clock) -> Say:
    counts = {"wires": len(data.wires), "proven": sum(proven(wire) for _, wire in data.wires)}
    lucky = Number(len(data.wires) / 40, decimals=1)
    halves = {"training": data.content["training"], "held_out": data.content["held_out"]}
    return say("clock.answer.sure", lucky=lucky, **counts, **halves)
