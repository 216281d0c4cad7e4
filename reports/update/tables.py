"""The tables of an update: targets before and after, what came, months to come, and the track record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from reports import actuals, loads, names
from reports.document import Figures, Number, Period, Table, Value, headings, say
from reports.update import cells
from scenarios.run.statistic import Looked
from scenarios.track.scored import Scored
from scenarios.update.record import Changed, Update


def targets(shown: Sequence[Changed]) -> Table:
    """A line a target and fiscal year, side by side."""
    columns = ("after", "target", "period", "chance_after", "before", "chance_before", "mean_before", "mean_after")
    rows = tuple(
        (
            names.verdict(one.after.verdict),
            cells.target(one),
            Period(one.before.period),
            cells.chance(one.after),
            names.verdict(one.before.verdict),
            cells.chance(one.before),
            names.value(one.before),
            names.value(one.after),
        )
        for one in shown
    )
    return Table(headings("update", *columns), rows, tuple(one.after.verdict or "not_tested" for one in shown))


def screen(shown: Iterable[Changed]) -> Table:
    """A line a target, side by side, for the terminal."""
    rows = tuple(
        (
            names.verdict(one.after.verdict),
            cells.target(one, short=True),
            cells.chance(one.after),
            names.verdict(one.before.verdict),
            cells.chance(one.before),
        )
        for one in shown
        if one.before.verdict != "not_tested"
    )
    return Table(headings("update", "after", "target", "chance_after", "before", "chance_before"), rows)


def margins(shown: Iterable[Changed], looked: Looked | None) -> Table:
    """A line a target and probability: the load up to which it holds and the load forecast, side by side.

    ``looked`` tells what loads were looked at.
    """
    rows = tuple(
        (
            cells.target(one),
            loads.driver(one.before),
            Number(percent / 100, "probability"),
            *_loads(one, percent, looked),
        )
        for one in shown
        for percent in loads.PERCENTS
    )
    return Table(headings("update", "target", "driver", "with", *_LOADS), rows)


def screen_margins(shown: Iterable[Changed], looked: Looked | None) -> Table:
    """A line a target with 80 % probability, for the terminal."""
    rows = tuple((cells.target(one, short=True), *_loads(one, 80, looked)) for one in shown)
    return Table(headings("update", "target", *_LOADS), rows)


_LOADS = "margin_after", "margin_before", "load_after", "load_before"


def _loads(one: Changed, percent: int, looked: Looked | None) -> tuple[Value, ...]:
    withheld = say("update.margins.withheld")
    told = one.after.driver is not None
    return (
        loads.borne(one.after, percent, looked) if told else withheld,
        loads.borne(one.before, percent, looked),
        loads.forecast(one.after) if told else withheld,
        loads.forecast(one.before),
    )


def figures(data: Update) -> Table:
    """A line a figure that came: its months, how uncertain each is, and what it says."""
    columns = ("figure", "months", "model", "month", "facts", "effective")
    rows = tuple(
        (
            actuals.heading(told.figure),
            Figures("format.range", {"low": Period(told.first), "high": Period(told.last)}),
            Number(told.model, decimals=2),
            Number(told.month, decimals=2),
            Number(told.facts, decimals=1),
            Number(told.effective, decimals=1),
        )
        for told in data.figures
    )
    return Table(headings("update", *columns), rows)


def outside(data: Update) -> Table:
    """A line a month that no replication comes near."""
    rows = tuple(
        (
            actuals.heading(told.figure),
            Period(told.month),
            cells.amount(told.figure, told.stated),
            cells.amount(told.figure, told.nearest),
            Number(told.deviations, decimals=1),
        )
        for told in data.outside
    )
    return Table(headings("update", "figure", "month_name", "came", "nearest", "deviations"), rows)


def forecast(data: Update) -> Table:
    """A line a figure and month to come: medians and 90 % bands."""
    rows = tuple(
        (
            actuals.heading(told.figure),
            Period(told.month),
            cells.band(told.figure, told.before),
            cells.band(told.figure, told.after),
        )
        for told in data.forecast
    )
    return Table(headings("update", "figure", "month_name", "band_before", "band_after"), rows)


def track(chosen: Sequence[Scored]) -> Table:
    """A line a figure and month of each forecast made ahead that has come."""
    columns = ("inside", "figure", "month_name", "made", "band", "came", "rank")
    rows = tuple(
        (
            say("format.yes" if one.inside else "format.no"),
            actuals.heading(one.figure),
            Period(one.month),
            datetime.fromisoformat(one.made).date(),
            cells.band(one.figure, (one.low, one.median, one.high)),
            cells.amount(one.figure, one.came),
            Number(one.rank, "probability"),
        )
        for one in chosen
    )
    return Table(headings("update", *columns), rows)
