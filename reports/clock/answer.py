"""The answer in plain words: what breaks and when, by when to act, which sign to watch for, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable

from reports import names, price_texts
from reports.clock import cells
from reports.document import Joined, Number, Opening, Say, Value, say, sentences
from scenarios.clock.record import Clock, Event, TripWire

_EVENTS = 4
"""So many targets are told; of more, the tables tell."""


def answer(data: Clock) -> tuple[Value, ...]:
    """The paragraphs at the top of the page and in the terminal."""
    leading = data.leading
    said: list[Value] = [_summary(data), *(told for event in leading[:_EVENTS] for told in of_event(data, event))]
    if len(leading) > _EVENTS:
        targets = Joined(tuple(names.target(event.target) for event in leading[_EVENTS:]))
        said.append(say("clock.answer.more", targets=targets))
    if apart := months_note(leading[:_EVENTS]):
        said.append(apart)
    return (*said, _sure(data)) if data.wires else tuple(said)


def months_note(events: Iterable[Event]) -> Value:
    """What a month is in breach by, where that is not what the fiscal year is judged by; empty where both are alike."""
    told = {event.target: (names.target(event.target), event.by_month, event.by_year) for event in events}
    return names.months_apart(
        (target, month, year) for target, month, year in told.values() if month is not None and year is not None
    )


def of_event(data: Clock, event: Event) -> tuple[Value, Value]:
    """One target in one year: how likely it breaks and the last date to act, then trip-wires."""
    return sentences(_breaks(data, event), *_order(event), _act(data, event)), _watch(event)


def _summary(data: Clock) -> Say:
    tested = [event for event in data.events if event.replications]
    always = sum(event.breaks == event.replications for event in tested)
    never = sum(not event.breaks for event in tested)
    counts = {"of": len(tested), "never": never, "always": always, "some": len(tested) - never - always}
    key = "nothing" if not tested else "all_hold" if never == len(tested) else "summary"
    return say(f"clock.answer.{key}", replications=data.replications, **counts)


def _breaks(data: Clock, event: Event) -> Say:
    """How likely it breaks and when; of no year where that is computed, all years are alike and no sign is of one."""
    no_year = data.alike(event) and not event.wires
    return say(
        "clock.answer.breaks_computed" if event.computed else "clock.answer.breaks",
        event=Opening(say("clock.any_year", target=names.target(event.target)) if no_year else cells.named(event)),
        breaks=cells.breaks(event),
        shows=cells.months(event.first_breach),
        lost=cells.months(event.lost),
    )


def _order(event: Event) -> list[Say]:
    """What saves the year, and by when it must work; nothing where no resource mends the target."""
    if not event.resources:
        return []
    if event.order is None:
        return [say("clock.answer.no_order")]
    needed = cells.days(event.needed)
    return [say("clock.answer.order", order=cells.order(event.order), needed=needed, saves=cells.saves(event.order))]


def _act(data: Clock, event: Event) -> Say:
    """The last date for the quickest resource, or that none mends the target."""
    if not event.resources:
        return say("clock.answer.no_resource")
    told = event.resources[0]
    return say(
        "clock.answer.act" if told.request_by else "clock.answer.act_at_once",
        resource=price_texts.name(told.resource),
        day=cells.day(data, told.last_date_to_act),
        months=cells.lead(told.months),
        start=told.start_by,
        middle=cells.day(data, told.last_date_to_act_middle),
    )


def _watch(event: Event) -> Value:
    """What the wire does, or why there is none."""
    wire = event.own_wire
    if wire is None:
        return say("clock.answer.no_wire", reason=say(f"clock.no_wire.{event.no_wire}"))
    return sentences(_told(event, wire), *_saved_then(event, wire))


def _saved_then(event: Event, wire: TripWire) -> list[Say]:
    """Of early word whether an order would still save anything; nothing where no resource mends the target."""
    if wire.purpose != "early_word" or not event.resources:
        return []
    if not wire.saved:
        return [say("clock.answer.saves_nothing")]
    key = "saved" if wire.requested is None else "saved_with_money"
    told = {name: cells.of_breaks(wire, name) for name in ("saved", "requested")}
    return [say(f"clock.answer.{key}", order=_ordered(event), **told)]


def _ordered(event: Event) -> Value:
    return cells.order(event.order) if event.order else ""


def _told(event: Event, wire: TripWire) -> Say:
    kind = wire.purpose if wire.proven else f"unproven_{wire.purpose}"
    return say(
        f"clock.answer.{kind}",
        order=_ordered(event),
        purpose=cells.purpose(wire),
        wire=cells.wire(wire),
        warning=cells.warning(wire),
        anyway=cells.anyway(event, wire),
        requested=cells.of_breaks(wire, "requested"),
        **cells.rates(wire),
    )


def _sure(data: Clock) -> Say:
    counts = {"wires": len(data.wires), "proven": sum(wire.proven for _, wire in data.wires)}
    lucky = Number(len(data.wires) / 40, decimals=1)
    halves = {"training": data.training, "held_out": data.held_out}
    return say("clock.answer.sure", lucky=lucky, **counts, **halves)
