"""The answer in plain words: what breaks and when, by when to act, which sign to watch for, and how sure that is."""

from __future__ import annotations

from reports import formats, part_years
from reports.catalogue import Catalogue
from reports.clocking import cells
from reports.clocking.data import Clock, Entry, own_wire, proven
from scenarios.words import wilson

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
    told = [_breaks(cat, event), *_order(cat, event), _act(cat, data, event)]
    return [between.join(told), *_watch(cat, event)]


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


def _order(cat: Catalogue, event: Entry) -> list[str]:
    """What saves the year, and by when it must work; nothing where no resource mends the target."""
    if not event["resources"]:
        return []
    if event["order"] is None:
        return [cat.text("clock.answer.no_order")]
    told = {"order": cells.order(cat, event), "saves": cells.saves(cat, event)}
    return [cat.text("clock.answer.order", needed=cells.days(cat, event["needed"]), **told)]


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
    """What the wire does, or why there is none."""
    wire = own_wire(event)
    if wire is None:
        return [cat.text("clock.answer.no_wire", reason=cat.text(f"clock.no_wire.{event['no_wire']}"))]
    between = cat.text("format.between_sentences")
    return [between.join([_told(cat, event, wire), *_saved_then(cat, event, wire)])]


def _saved_then(cat: Catalogue, event: Entry, wire: Entry) -> list[str]:
    """Of early word whether an order would still save anything; nothing where no resource mends the target."""
    if wire["purpose"] != "early_word" or not event["resources"]:
        return []
    if not wire["saved"]:
        return [cat.text("clock.answer.saves_nothing")]
    saved = cells.counted(cat, wire["saved"], wire["of_breaks"], *wilson(wire["saved"], wire["of_breaks"]))
    return [cat.text("clock.answer.saved", order=cells.order(cat, event), saved=saved)]


def _told(cat: Catalogue, event: Entry, wire: Entry) -> str:
    kind = wire["purpose"] if proven(wire) else f"unproven_{wire['purpose']}"
    return cat.text(
        f"clock.answer.{kind}",
        order=cells.order(cat, event) if event["order"] else "",
        precision=cells.precision(cat, wire),
        base_rate=cells.base_rate(cat, wire),
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
