"""The tables of a comparison, cell by cell as text: targets, key figures, inputs that differ, months, scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from reports import assumptions, formats, phrases
from reports.catalogue import Catalogue
from reports.differences import cells
from reports.differences.data import Comparison, Pair, as_run
from reports.document import Table
from scenarios.compared import Compared


def targets(cat: Catalogue, pair: Pair, rows: Sequence[Compared]) -> Table:
    """A line a target and fiscal year: values, difference with interval, how often met in each."""
    headings = (
        *_headings(cat, "result", "target", "period"),
        *(pair.against, pair.scenario),
        *_headings(cat, "difference", "interval"),
        *(cat.text("comparison.column.met", scenario=name) for name in (pair.against, pair.scenario)),
        *_headings(cat, "met_differs"),
    )
    shown = tuple((cells.result(cat, row), *_values(cat, row), *cells.met(cat, row)) for row in rows)
    return Table(headings, shown, tuple(cells.mark(row) for row in rows), 3)


def probabilities(cat: Catalogue, pair: Pair, rows: Sequence[Compared]) -> Table:
    """A line a target: its word over the whole period in each scenario, how often met, how much likelier."""
    headings = (
        *_headings(cat, "result", "target"),
        *(pair.against, pair.scenario),
        *(cat.text("comparison.column.met", scenario=name) for name in (pair.against, pair.scenario)),
        *_headings(cat, "met_differs", "likelier", "interval"),
    )
    shown = tuple(
        (
            cells.result(cat, row),
            cells.name(cat, row),
            *cells.verdicts(cat, row),
            *cells.met(cat, row),
            cells.difference(cat, row),
            cells.interval(cat, row),
        )
        for row in rows
    )
    return Table(headings, shown, tuple(cells.mark(row) for row in rows), 4)


def figures(cat: Catalogue, pair: Pair, rows: Sequence[Compared]) -> Table:
    """A line a key figure and fiscal year: values, difference with interval and as a share."""
    headings = (
        *_headings(cat, "result", "figure", "period"),
        *(pair.against, pair.scenario),
        *_headings(cat, "difference", "interval", "relative"),
    )
    shown = tuple((cells.result(cat, row), *_values(cat, row), cells.relative(cat, row)) for row in rows)
    return Table(headings, shown, tuple(cells.mark(row) for row in rows), 3)


def months(cat: Catalogue, pair: Pair, rows: Sequence[Compared]) -> Table:
    """A line a target and month, or run, of which nothing is claimed."""
    headings = (
        *_headings(cat, "target", "period"),
        *(pair.against, pair.scenario),
        *_headings(cat, "difference", "plain_interval"),
    )
    return Table(headings, tuple(_values(cat, row) for row in rows), text_columns=2)


def inputs(cat: Catalogue, data: Comparison, pair: Pair) -> Table:
    """A line an input that differs; values that are assumptions (仮定値) are marked."""
    changes = assumptions.changes(as_run(data, pair))
    headings = (
        *_headings(cat, "parameter", "meaning"),
        pair.against,
        pair.scenario,
        *_headings(cat, "unit", "evidence"),
    )
    nothing = cat.text("format.nothing")
    shown = tuple(
        (
            change.path,
            change.meaning,
            change.base,
            change.value,
            change.unit,
            cat.text("page.assumed") if change.assumed else nothing,
        )
        for change in changes
    )
    return Table(headings, shown, text_columns=6)


def scenarios(cat: Catalogue, data: Comparison) -> Table:
    """A line a scenario: name, title, days, file."""
    shown = tuple(
        (scenario["name"], phrases.title(cat, scenario), _days(cat, scenario), scenario["file"])
        for scenario in data.scenarios
    )
    return Table(_headings(cat, "scenario", "title", "days", "file"), shown, text_columns=4)


def _values(cat: Catalogue, row: Compared) -> tuple[str, ...]:
    return (
        cells.name(cat, row),
        formats.period(cat, row.period),
        cells.value(cat, row, row.against_value),
        cells.value(cat, row, row.value),
        cells.difference(cat, row),
        cells.interval(cat, row),
    )


def _days(cat: Catalogue, scenario: Mapping[str, Any]) -> str:
    first, last = (formats.day(cat, date.fromisoformat(scenario[key])) for key in ("first_day", "last_day"))
    return formats.between(cat, first, last)


def _headings(cat: Catalogue, *names: str) -> tuple[str, ...]:
    own = ((f"comparison.column.{name}", f"column.{name}") for name in names)
    return tuple(cat.text(key) if cat.has(key) else cat.text(shared) for key, shared in own)
