"""The tables of a clock: trip-wires, last dates, events without a wire, lead times."""

from __future__ import annotations

from collections.abc import Sequence

from reports import names, price_texts
from reports.catalogue import known
from reports.clock import cells
from reports.document import Columns, Period, Plot, Table, Value, headings, say, table_of
from scenarios.clock.lead_times import load_lead_times
from scenarios.clock.record import Clock, Event, Lead


def wires(data: Clock) -> Table:
    """A line a trip-wire, judged on replications that had no part in the choice."""
    shown = tuple(
        (
            cells.judgement(wire),
            cells.named(event),
            cells.purpose(wire),
            cells.wire(wire),
            *cells.rates(wire).values(),
            cells.skill(wire),
            cells.warning(wire),
        )
        for event, wire in data.wires
    )
    columns = "result", "event", "purpose", "wire", *cells.RATES, "skill", "warning"
    marks = tuple(cells.mark(wire) for _, wire in data.wires)
    plot = Plot(1, ((4, "share"), (5, "share")), "bar", say("workbook.axis.share"))
    return Table(headings("clock", *columns), shown, marks, (plot,))


def dates(data: Clock) -> Table:
    """A line a resource that can mend a target in a year in which it breaks."""
    shown = tuple(
        (
            *_event(event),
            price_texts.name(told.resource),
            cells.tried(event, told.resource),
            cells.days(event.needed),
            told.months,
            *(cells.day(data, own) for own in (told.start_by, told.last_date_to_act, told.last_date_to_act_middle)),
        )
        for event in data.breaking
        for told in event.resources
    )
    columns = "resource", "saves", "needed", "months", "start_by", "last_date", "last_date_middle"
    return Table(headings("clock", *_EVENT, *columns), shown)


def breaks(data: Clock) -> Table:
    """A line a target and fiscal year, how often it breaks, to be drawn."""
    shown = tuple((cells.named(event), *_event(event)) for event in data.breaking)
    plot = Plot(0, ((3, "share"),), "bar", say("workbook.axis.breaks"))
    return Table(headings("clock", "event", *_EVENT), shown, plots=(plot,))


_EVENT = "target", "period", "breaks"


def _event(event: Event) -> tuple[Value, ...]:
    return names.target(event.target), Period(event.period), cells.breaks(event)


def others(events: Sequence[Event]) -> Table:
    """A line an event that has no trip-wire, with the reason."""
    shown = tuple(
        (
            *_event(event),
            cells.months(event.first_breach),
            cells.months(event.lost),
            say(f"clock.no_wire.{event.no_wire}"),
        )
        for event in events
    )
    return Table(headings("clock", *_EVENT, "first_breach", "lost", "reason"), shown)


def lead_times(data: Clock) -> Table:
    """A line a resource: its lead time in parts, and where that is from."""
    columns: Columns[Lead] = {
        "resource": lambda told: price_texts.name(told.resource),
        "procurement": lambda told: told.procurement_months,
        "hiring": lambda told: told.hiring_months,
        "training": lambda told: told.training_months,
        "months": lambda told: told.months,
        "in_request": lambda told: say("format.yes" if told.in_request else "format.no"),
        "evidence": lambda told: say("page.assumed" if told.assumed else "clock.own"),
        "why": _why,
    }
    return table_of("clock", data.lead_times, columns)


def _why(told: Lead) -> Value:
    """The reason of an assumed lead time that comes with the program in the reader's language; else as written."""
    own, shipped = f"clock.lead_why.{told.resource}", load_lead_times().entries[told.resource]
    return say(own) if told.why == shipped.why and known(own) else told.why


def screen(data: Clock) -> Table:
    """A line a target and year that may break, for the terminal."""
    shown = tuple(
        (
            names.target(event.target, short=True),
            *_event(event)[1:],
            cells.months(event.lost),
            next((cells.day(data, told.last_date_to_act) for told in event.resources), None),
        )
        for event in data.breaking
    )
    return Table(tuple(say(f"clock.terminal.{name}") for name in (*_EVENT, "lost", "act")), shown)
