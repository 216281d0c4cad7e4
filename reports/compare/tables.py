"""The tables of a comparison: targets, key figures, inputs that differ, months, scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from reports import assumptions, names
from reports.compare import cells
from reports.compare.data import Comparison, Pair
from reports.document import Period, Table, Value, headings, say
from scenarios.compare.compared import Compared


def targets(pair: Pair, rows: Sequence[Compared]) -> Table:
    """A line a target and fiscal year: values, difference with interval, how often met in each."""
    shown = tuple((cells.result(row), *_values(row), *cells.met(row)) for row in rows)
    both = _both(pair, "result", "target", "period")
    return Table((*both, *_headings("difference", "interval"), *_met_in(pair)), shown, _marks(rows))


def probabilities(pair: Pair, rows: Sequence[Compared]) -> Table:
    """A line a target: its word over the whole period in each scenario, how often met, how much likelier."""
    shown = tuple(
        (
            cells.result(row),
            cells.name(row),
            *map(names.verdict, (row.against_verdict, row.verdict)),
            *cells.met(row),
            cells.difference(row),
            cells.interval(row),
        )
        for row in rows
    )
    told = (*_both(pair, "result", "target"), *_met_in(pair), *_headings("likelier", "interval"))
    return Table(told, shown, _marks(rows))


def figures(pair: Pair, rows: Sequence[Compared]) -> Table:
    """A line a key figure and fiscal year: values, difference with interval and as a share."""
    shown = tuple((cells.result(row), *_values(row), cells.relative(row)) for row in rows)
    both = _both(pair, "result", "figure", "period")
    return Table((*both, *_headings("difference", "interval", "relative")), shown, _marks(rows))


def months(pair: Pair, rows: Sequence[Compared]) -> Table:
    """A line a target and month, or run, of which nothing is claimed."""
    told = (*_both(pair, "target", "period"), *_headings("difference", "plain_interval"))
    return Table(told, tuple(_values(row) for row in rows))


def inputs(pair: Pair) -> Table:
    """A line an input that differs; values that are assumptions (仮定値) are marked."""
    shown = tuple(
        (
            path,
            names.meaning(path),
            *(assumptions.written(entry[key]) for key in ("against_value", "value")),
            names.unit(path),
            names.assumed(path),
        )
        for entry in pair.inputs
        for path in [entry["path"]]
    )
    return Table((*_both(pair, "parameter", "meaning"), *_headings("unit", "evidence")), shown)


def scenarios(data: Comparison) -> Table:
    """A line a scenario: name, title, days, file."""
    shown = tuple((own["name"], names.title(own), _days(own), own["file"]) for own in data.scenarios)
    return Table(_headings("scenario", "title", "days", "file"), shown)


def _values(row: Compared) -> tuple[Value, ...]:
    return (
        cells.name(row),
        Period(row.period),
        cells.value(row, row.against_value),
        cells.value(row, row.value),
        cells.difference(row),
        cells.interval(row),
    )


def _marks(rows: Sequence[Compared]) -> tuple[str, ...]:
    return tuple(cells.mark(row) for row in rows)


def _days(scenario: Mapping[str, Any]) -> Value:
    first, last = (date.fromisoformat(scenario[key]) for key in ("first_day", "last_day"))
    return say("format.range", low=first, high=last)


def _both(pair: Pair, *before: str) -> tuple[Value, ...]:
    """Headings up to a column for each scenario."""
    return (*_headings(*before), pair.against, pair.scenario)


def _met_in(pair: Pair) -> tuple[Value, ...]:
    both = (say("comparison.column.met", scenario=name) for name in (pair.against, pair.scenario))
    return (*both, *_headings("met_differs"))


def _headings(*names: str) -> tuple[Value, ...]:
    return headings("comparison", *names)
