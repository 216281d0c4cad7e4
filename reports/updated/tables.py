"""The tables of an update: targets before and after, what came, months to come, and the track record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from reports import formats, phrases
from reports.catalogue import Catalogue
from reports.document import Table
from reports.updated import cells
from reports.updated.data import Changed, Update
from scenarios.track.scored import Scored


def targets(cat: Catalogue, shown: Iterable[Changed]) -> Table:
    """A line a target and fiscal year, side by side."""
    names = ("after", "target", "period", "chance_after", "before", "chance_before", "mean_before", "mean_after")
    chosen = list(shown)
    rows = tuple(
        (
            cells.verdict(cat, one.after),
            phrases.target(cat, one.before, only_part=False),
            formats.period(cat, one.before.period),
            cells.chance(cat, one.after),
            cells.verdict(cat, one.before),
            cells.chance(cat, one.before),
            cells.mean(cat, one.before),
            cells.mean(cat, one.after),
        )
        for one in chosen
    )
    marks = tuple(one.after.verdict or "not_tested" for one in chosen)
    return Table(_headings(cat, names), rows, marks, 3)


def figures(cat: Catalogue, data: Update) -> Table:
    """A line a figure that came: its months, how uncertain each is, and what it says."""
    names = ("figure", "months", "model", "month", "facts", "effective")
    rows = tuple(
        (
            cells.figure(cat, told["figure"]),
            formats.between(cat, *(formats.month(cat, told[key]) for key in ("first", "last"))),
            formats.number(told["model"], 2),
            formats.number(told["month"], 2),
            formats.number(told["facts"], 1),
            formats.number(told["effective"], 1),
        )
        for told in data.figures
    )
    return Table(_headings(cat, names), rows, text_columns=2)


def outside(cat: Catalogue, data: Update) -> Table:
    """A line a month that no replication comes near."""
    names = ("figure", "month_name", "came", "nearest", "deviations")
    rows = tuple(
        (
            cells.figure(cat, told["figure"]),
            formats.month(cat, told["month"]),
            cells.amount(cat, told["figure"], told["stated"]),
            cells.amount(cat, told["figure"], told["nearest"]),
            formats.number(told["deviations"], 1),
        )
        for told in data.outside
    )
    return Table(_headings(cat, names), rows, text_columns=2)


def forecast(cat: Catalogue, data: Update) -> Table:
    """A line a figure and month to come: medians and 90 % bands."""
    rows = tuple(
        (
            cells.figure(cat, told["figure"]),
            formats.month(cat, told["month"]),
            cells.band(cat, told["figure"], told["before"]),
            cells.band(cat, told["figure"], told["after"]),
        )
        for told in data.forecast
    )
    return Table(_headings(cat, ("figure", "month_name", "band_before", "band_after")), rows, text_columns=2)


def track(cat: Catalogue, chosen: Sequence[Scored]) -> Table:
    """A line a figure and month of each forecast made ahead that has come."""
    names = ("inside", "figure", "month_name", "made", "band", "came", "rank")
    rows = tuple(
        (
            cat.text("format.yes" if one.inside else "format.no"),
            cells.figure(cat, one.figure),
            formats.month(cat, one.month),
            formats.day(cat, datetime.fromisoformat(one.made).date()),
            cells.band(cat, one.figure, (one.low, one.median, one.high)),
            cells.amount(cat, one.figure, one.came),
            formats.percent(cat, one.rank, 0),
        )
        for one in chosen
    )
    return Table(_headings(cat, names), rows, text_columns=4)


def _headings(cat: Catalogue, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(cat.text(f"update.column.{name}") for name in names)
