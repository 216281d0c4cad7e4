"""The tables of an update: targets before and after, what came, months to come, and the track record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from reports import actuals, loads, names
from reports.document import Columns, Figures, Number, Period, Table, Value, headings, say, table_of
from reports.update import cells
from scenarios.run.statistic import Looked
from scenarios.track.scored import Scored
from scenarios.update.likelihood import Outside
from scenarios.update.record import Ahead, Changed, Told, Update


def targets(shown: Sequence[Changed]) -> Table:
    """A line a target and fiscal year, side by side."""
    columns: Columns[Changed] = {
        "after": lambda one: names.verdict(one.after.verdict),
        "target": cells.target,
        "period": lambda one: Period(one.before.period),
        "chance_after": lambda one: cells.chance(one.after),
        "before": lambda one: names.verdict(one.before.verdict),
        "chance_before": lambda one: cells.chance(one.before),
        "mean_before": lambda one: names.value(one.before),
        "mean_after": lambda one: names.value(one.after),
    }
    return table_of("update", shown, columns, lambda one: one.after.verdict or "not_tested")


def screen(shown: Iterable[Changed]) -> Table:
    """A line a target, side by side, for the terminal."""
    tested = (one for one in shown if one.before.verdict != "not_tested")
    columns: Columns[Changed] = {
        "after": lambda one: names.verdict(one.after.verdict),
        "target": lambda one: cells.target(one, short=True),
        "chance_after": lambda one: cells.chance(one.after),
        "before": lambda one: names.verdict(one.before.verdict),
        "chance_before": lambda one: cells.chance(one.before),
    }
    return table_of("update", tested, columns)


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
    columns: Columns[Told] = {
        "figure": lambda told: actuals.heading(told.figure),
        "months": lambda told: Figures("format.range", {"low": Period(told.first), "high": Period(told.last)}),
        "model": lambda told: Number(told.model, decimals=2),
        "month": lambda told: Number(told.month, decimals=2),
        "facts": lambda told: Number(told.facts, decimals=1),
        "effective": lambda told: Number(told.effective, decimals=1),
    }
    return table_of("update", data.figures, columns)


def outside(data: Update) -> Table:
    """A line a month that no replication comes near."""
    columns: Columns[Outside] = {
        "figure": lambda told: actuals.heading(told.figure),
        "month_name": lambda told: Period(told.month),
        "came": lambda told: cells.amount(told.figure, told.stated),
        "nearest": lambda told: cells.amount(told.figure, told.nearest),
        "deviations": lambda told: Number(told.deviations, decimals=1),
    }
    return table_of("update", data.outside, columns)


def forecast(data: Update) -> Table:
    """A line a figure and month to come: medians and 90 % bands."""
    columns: Columns[Ahead] = {
        "figure": lambda told: actuals.heading(told.figure),
        "month_name": lambda told: Period(told.month),
        "band_before": lambda told: cells.band(told.figure, told.before),
        "band_after": lambda told: cells.band(told.figure, told.after),
    }
    return table_of("update", data.forecast, columns)


def track(chosen: Sequence[Scored]) -> Table:
    """A line a figure and month of each forecast made ahead that has come."""
    columns: Columns[Scored] = {
        "inside": lambda one: say("format.yes" if one.inside else "format.no"),
        "figure": lambda one: actuals.heading(one.figure),
        "month_name": lambda one: Period(one.month),
        "made": lambda one: datetime.fromisoformat(one.made).date(),
        "band": lambda one: cells.band(one.figure, (one.low, one.median, one.high)),
        "came": lambda one: cells.amount(one.figure, one.came),
        "rank": lambda one: Number(one.rank, "probability"),
    }
    return table_of("update", chosen, columns)
