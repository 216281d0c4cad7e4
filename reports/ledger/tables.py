"""Tables of the delay ledger: late cards' days and lost calls by cause and year, and shadow prices."""

from __future__ import annotations

from collections.abc import Sequence

from reports import names
from reports.difference_cells import mark
from reports.document import Columns, Number, Period, Plot, Table, Value, headings, table_of
from reports.ledger import cells
from reports.ledger.entries import causes, of, periods
from scenarios.ledger.record import Entry, Helped, Price
from sim.facts import CAUSES, LOST_CAUSES
from sim.targets import LEAVES_OUT_CLOSURE


def late(found: Sequence[Entry], kind: str) -> Table:
    """A line a fiscal year of receipt: late cards of a class as the target counts them, their days, these by cause.

    Beside the late cards of a target that leaves the New Year closure out stand those with it.
    """
    days = of(found, "late_days", kind)
    names = ("late_cards", *(("late_cards_with_closure",) if LEAVES_OUT_CLOSURE[kind] else ()), "late_days")
    totals = {name: of(found, name, kind) for name in names}
    columns = ("year", *(name for name, total in totals.items() if total))
    return _by_cause(headings("ledger", *columns), [*totals.values()], days, CAUSES)


def lost(found: Sequence[Entry], centre: str) -> Table:
    """A line a fiscal year: lost calls of a centre, and these by cause."""
    calls = of(found, "lost_calls", centre)
    return _by_cause(headings("ledger", "year", "lost_calls"), [calls], calls, LOST_CAUSES[centre])


def _by_cause(
    columns: Sequence[Value],
    totals: Sequence[Sequence[Entry]],
    by_cause: Sequence[Entry],
    order: Sequence[str],
) -> Table:
    known = {(entry.kind, entry.period, entry.cause): entry for entry in (*by_cause, *(e for t in totals for e in t))}
    names = causes(by_cause, order)
    kinds = [total[0].kind for total in totals if total]
    kind = by_cause[0].kind if by_cause else ""
    rows = tuple(
        (
            Period(period),
            *(cells.amount(known.get((each, period, None))) for each in kinds),
            *(cells.amount(known.get((kind, period, name))) for name in names),
        )
        for period in periods(by_cause)
    )
    first = 1 + len(kinds)
    plot = Plot(0, tuple(range(first, first + len(names))), "stacked", unit=columns[first - 1])
    return Table((*columns, *(cells.cause(kind, name) for name in names)), rows, plots=(plot,) if names else ())


def targets(rows: Sequence[Helped]) -> Table:
    """A line a resource and target: in how many replications it is met over all years, as it is and with the unit."""
    columns: Columns[Helped] = {
        "result": cells.result,
        "resource": cells.resource,
        "target": lambda row: names.target(row.target),
        "without_met": lambda row: row.without_met,
        "met": lambda row: row.met,
        "met_differs": lambda row: row.met_differs,
        "likelier": cells.points,
        "interval": cells.points_interval,
    }
    return table_of("ledger", rows, columns, mark)


def prices(rows: Sequence[Price], claimed: bool = True) -> Table:
    """A line a resource, thing saved and fiscal year."""
    interval = "interval" if claimed else "plain_interval"
    columns: Columns[Price] = {
        **({"result": cells.result} if claimed else {}),
        "resource": cells.resource,
        "saves": cells.saved,
        "year": lambda price: Period(price.period),
        "without": lambda price: Number(price.without),
        "difference": cells.difference,
        interval: cells.interval,
    }
    return table_of("ledger", rows, columns, mark if claimed else None)
