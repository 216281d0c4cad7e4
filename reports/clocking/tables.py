"""The tables of a clock, cell by cell as text: trip-wires, last dates, events without a wire, lead times."""

from __future__ import annotations

from collections.abc import Sequence

from reports import formats
from reports.catalogue import Catalogue
from reports.clocking import cells
from reports.clocking.data import Clock, Entry
from reports.document import Table
from scenarios.clocking.lead_times import load_lead_times


def wires(cat: Catalogue, data: Clock) -> Table:
    """A line a trip-wire, judged on replications that had no part in the choice."""
    names = (
        "result", "event", "purpose", "wire", "hits", "false_alarms", "precision", "base_rate", "skill",
        "warning",
    )  # fmt: skip
    shown = tuple(
        (
            cells.judgement(cat, wire),
            cells.named(cat, event),
            cells.purpose(cat, wire),
            cells.wire(cat, wire),
            cells.hits(cat, wire),
            cells.false_alarms(cat, wire),
            cells.precision(cat, wire),
            cells.base_rate(cat, wire),
            cells.skill(cat, wire),
            cells.warning(cat, wire),
        )
        for event, wire in data.wires
    )
    return Table(_headings(cat, *names), shown, tuple(cells.mark(wire) for _, wire in data.wires), 4)


def dates(cat: Catalogue, data: Clock) -> Table:
    """A line a resource that can mend a target in a year in which it breaks."""
    names = (
        "target", "period", "breaks", "resource", "saves", "needed", "months", "start_by", "last_date",
        "last_date_middle",
    )  # fmt: skip
    shown = tuple(
        (
            cells.target(cat, event),
            formats.period(cat, event["period"]),
            cells.breaks(cat, event),
            cells.resource(cat, told["resource"]),
            _saves(cat, event, told),
            cells.days(cat, event["needed"]),
            str(told["months"]),
            *(cells.day(cat, data, told[key]) for key in ("start_by", "last_date_to_act", "last_date_to_act_middle")),
        )
        for event in data.breaking
        for told in event["resources"]
    )
    return Table(_headings(cat, *names), shown, text_columns=10)


def _saves(cat: Catalogue, event: Entry, told: Entry) -> str:
    """What was tried of the resource that is ordered, and the replications that it saves; a dash for the others."""
    order = event["order"]
    if order is None or order["resource"] != told["resource"]:
        return cat.text("format.nothing")
    amount = f"× {order['times']:g}" if order["days_added"] is None else f"+ {order['days_added']:g}"
    return cat.text("validation.reason", text=amount, reason=cells.saves(cat, event))


def others(cat: Catalogue, events: Sequence[Entry]) -> Table:
    """A line an event that has no trip-wire, with the reason."""
    shown = tuple(
        (
            cells.target(cat, event),
            formats.period(cat, event["period"]),
            cells.breaks(cat, event),
            cells.months(cat, event["first_breach"]),
            cells.months(cat, event["lost"]),
            cat.text(f"clock.no_wire.{event['no_wire']}"),
        )
        for event in events
    )
    return Table(_headings(cat, "target", "period", "breaks", "first_breach", "lost", "reason"), shown, text_columns=6)


def lead_times(cat: Catalogue, data: Clock) -> Table:
    """A line a resource: its lead time in parts, and where that is from."""
    names = "resource", "procurement", "hiring", "training", "months", "in_request", "evidence", "why"
    shown = tuple(
        (
            cells.resource(cat, told["resource"]),
            *(str(told[f"{part}_months"]) for part in ("procurement", "hiring", "training")),
            str(told["months"]),
            cat.text("format.yes" if told["in_request"] else "format.no"),
            cat.text("page.assumed") if told["assumed"] else cat.text("clock.own"),
            _why(cat, told),
        )
        for told in data.content["lead_times"]
    )
    return Table(_headings(cat, *names), shown, text_columns=8)


def _why(cat: Catalogue, told: Entry) -> str:
    """The reason of an assumed lead time that comes with the program in the page's language; else as written."""
    own, shipped = f"clock.lead_why.{told['resource']}", load_lead_times().entries[told["resource"]]
    return cat.text(own) if told["why"] == shipped.why and cat.has(own) else str(told["why"])


def _headings(cat: Catalogue, *names: str) -> tuple[str, ...]:
    own = ((f"clock.column.{name}", f"column.{name}") for name in names)
    return tuple(cat.text(key) if cat.has(key) else cat.text(shared) for key, shared in own)
