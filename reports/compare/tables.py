"""The tables of a comparison: targets, key figures, inputs that differ, months, scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reports import assumptions, names, parameter_texts
from reports.compare import cells
from reports.difference_cells import mark
from reports.document import Figures, Number, Period, Plot, Ranged, Table, Title, Value, headings, say
from scenarios.compare.record import Alternative, Compared, Comparison, Pair, Series
from scenarios.run.monthly import Band


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
    plot = Plot(1, (7,), "bar", say("workbook.axis.points"), ends=((8, "low"), (8, "high")))
    return Table(told, shown, _marks(rows), (plot,))


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
            parameter_texts.meaning_of(path),
            *(assumptions.written(getattr(entry, key)) for key in ("against_value", "value")),
            parameter_texts.unit_of(path),
            names.assumed(path),
        )
        for entry in pair.inputs
        for path in [entry.path]
    )
    return Table((*_both(pair, "parameter", "meaning"), *_headings("unit", "evidence")), shown)


def steps(pair: Pair) -> Table:
    """The same for a sheet: a line an input and date from which one of the scenarios has another value."""
    rows = tuple(
        (path, parameter_texts.meaning_of(path), start, *cells, parameter_texts.unit_of(path), names.assumed(path))
        for entry in pair.inputs
        for path in [entry.path]
        for start, *cells in _dated(*(assumptions.by_step(getattr(entry, key)) for key in ("against_value", "value")))
    )
    columns = (*_headings("parameter", "meaning", "from"), pair.against, pair.scenario, *_headings("unit", "evidence"))
    return Table(columns, rows)


def _dated(*both: Sequence[assumptions.Step]) -> list[tuple[Value, ...]]:
    """Steps of two values side by side, by the date from which either changes; what holds for ever comes first."""
    starts = sorted({str(start or "") for own in both for start, _ in own})
    return [(date.fromisoformat(when) if when else None, *(_in_force(own, when) for own in both)) for when in starts]


def _in_force(own: Sequence[assumptions.Step], when: str) -> Value:
    return next((value for start, value in reversed(own) if str(start or "") <= when), None)


_UNITS = {
    "applications": "items_exact",
    "dispatched": "cards_exact",
    "backlog": "cards_exact",
    "calls_answered_share": "percent",
    "helpdesk_answered_share": "percent",
    "certificates_wait_days": "days_exact",
}
_AXES = {"items_exact": "items", "cards_exact": "cards", "percent": "share", "days_exact": "days"}


def by_month(data: Comparison, name: str) -> Table:
    """A line a month: the mean of a series with its band for each scenario, to be drawn over each other."""
    unit = _UNITS.get(name, "number")
    found = [_monthly(data.series[scenario], name, unit) for scenario in data.names]
    rows = tuple((Period(month), *(each.get(month) for each in found)) for month in data.months)
    plot = Plot(0, tuple(range(1, len(found) + 1)), unit=say(f"workbook.axis.{_AXES.get(unit, 'value')}"))
    return Table((*_headings("month"), *data.names), rows, plots=(plot,))


def _monthly(own: Series, name: str, unit: str) -> dict[str, Value]:
    """The cells of a scenario by month."""
    band: Band = getattr(own, name)
    bands = zip(own.months, band.mean, band.low, band.high, strict=True)
    decimals = {"percent": 1, "days_exact": 1}.get(unit, 0)
    return {
        month: _banded([number for number in numbers if number is not None], unit, decimals)
        for month, *numbers in bands
        if None not in numbers
    }


def _banded(numbers: Sequence[float], unit: str, decimals: int) -> Ranged:
    value, low, high = (Number(number, unit, decimals) for number in numbers)
    return Ranged(value, low, high)


def scenarios(data: Comparison) -> Table:
    """A line a scenario: name, title, days, file."""
    shown = tuple((own.name, Title(own.title), _days(own), own.file) for own in data.scenarios)
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
    return tuple(map(mark, rows))


def _days(scenario: Alternative) -> Value:
    return Figures("format.range", {"low": scenario.first_day, "high": scenario.last_day})


def _both(pair: Pair, *before: str) -> tuple[Value, ...]:
    """Headings up to a column for each scenario."""
    return (*_headings(*before), pair.against, pair.scenario)


def _met_in(pair: Pair) -> tuple[Value, ...]:
    both = (say("comparison.column.met", scenario=name) for name in (pair.against, pair.scenario))
    return (*both, *_headings("met_differs"))


def _headings(*names: str) -> tuple[Value, ...]:
    return headings("comparison", *names)
