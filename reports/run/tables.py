"""The tables of the page: verdicts, years, months, statistics that inform, totals, next commands, daily facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from reports import chances, names, parameter_texts, series
from reports.catalogue import known
from reports.document import Code, Columns, Name, Number, Period, Plot, Ranged, Table, Value, headings, say, table_of
from reports.run import cells
from reports.run.next_steps import NextStep
from reports.run.verdicts import Headline
from reports.run_data import RunData
from scenarios.run.record import Run
from scenarios.run.statistic import Row
from sim import calendar
from sim.calendar import fiscal_year_of_month
from sim.parts import FACTS

_MADE_OF = {
    "cards_dispatched": ("dispatched_standard", "dispatched_express"),
    "express_dispatched": ("dispatched_express",),
    "cards_handed_over": ("handed_over",),
}


_SECOND = (
    "calls_offered", "calls_answered", "helpdesk_offered", "helpdesk_answered", "transactions", "transactions_failed",
    "certificates_lapsed",
)  # fmt: skip


def verdicts(shown: list[Headline], run: Run) -> Table:
    """One line a target: whether every fiscal year meets it, and the worst of them."""
    columns = (
        "verdict", "target", "met_every", "worst_year", "value", "threshold", "first_missed", "month_breach",
        "short_of",
    )  # fmt: skip
    rows = tuple(_verdict(headline, run) for headline in shown)
    brief = tuple(
        map(columns.index, ("verdict", "target", "met_every", "worst_year", "value", "threshold", "short_of"))
    )
    return Table(headings("run", *columns), rows, tuple(headline.verdict for headline in shown), brief=brief)


def _verdict(headline: Headline, run: Run) -> tuple[Value, ...]:
    row, name = headline.worst, cells.target(headline)
    if not headline.tested:
        told = say("validation.reason", text=name, reason=cells.not_tested(row))
        return names.verdict(row.verdict), told, *[None] * 7
    return (
        names.verdict(headline.decides.verdict),
        name,
        cells.met(headline.decides, run),
        cells.worst_year(headline),
        names.value(row),
        cells.threshold(row),
        cells.breach(headline.decides if headline.decides.joint else headline.breach),
        None if headline.month_breach is None else chances.share(headline.month_breach),
        names.short_of(headline.short_of),
    )


def by_period(chosen: Iterable[Row], run: Run, heading: str) -> Table:
    """Deciding rows in long form, one a target and period, counts with all their digits."""
    columns: Columns[Row] = {
        "verdict": lambda row: names.verdict(row.verdict),
        "target": lambda row: names.target_part(row.id, row.part),
        heading: lambda row: Period(row.period),
        **_EXACT,
        "threshold": lambda row: cells.threshold(row, exact=True),
        "met": lambda row: cells.met(row, run),
        "short_of": lambda row: names.short_of(row.short_of),
    }
    return table_of("run", chosen, columns, lambda row: row.verdict or "not_tested")


def _exact(row: Row) -> Value:
    return None if row.value is None else Number(row.value, row.statistic, exact=True)


_EXACT: Columns[Row] = {
    "value": _exact,
    "interval": lambda row: names.interval(row.statistic, row.low, row.high, exact=True),
}


def met_by_year(chosen: Iterable[Row]) -> Table:
    """A line a fiscal year, a column a target: how likely it is met, to be drawn."""
    found = {(row.id, row.part, row.period): row for row in chosen if row.probability is not None}
    targets = dict.fromkeys((identifier, part) for identifier, part, _ in found)
    years = sorted({period for _, _, period in found if period.startswith("FY")})
    rows = tuple((Period(year), *(_likely(found.get((*target, year))) for target in targets)) for year in years)
    plot = Plot(0, tuple(range(1, len(targets) + 1)), "column", say("workbook.axis.probability"))
    named = (names.target_part(*target) for target in targets)
    return Table((*headings("run", "year"), *named), rows, plots=(plot,) if targets else ())


def _likely(row: Row | None) -> Value:
    return None if row is None or row.probability is None else chances.share(row.probability)


def informing(chosen: Iterable[Row]) -> Table:
    """Statistics that inform: target, part, statistic, period, value with interval."""
    columns: Columns[Row] = {
        "target": lambda row: names.target_part(row.id, None),
        "part": lambda row: Name("part", row.part) if row.part else None,
        "statistic": lambda row: names.statistic(row.statistic),
        "period": lambda row: Period(row.period),
        **_EXACT,
    }
    return table_of("run", chosen, columns)


def totals(data: RunData) -> tuple[Table, ...]:
    """The main totals by fiscal year, with 10-90 % of replications where the daily facts tell it; cards, then calls."""
    years: Mapping[str, Mapping[str, float]] = data.summary.totals
    found = dict.fromkeys(name for values in years.values() for name in values)
    told = [name for name in found if known(f"total.{name}")]
    groups = [name for name in told if name not in _SECOND], [name for name in _SECOND if name in told]
    return tuple(_totals(data, years, group) for group in groups if group)


def _totals(data: RunData, years: Mapping[str, Mapping[str, float]], group: list[str]) -> Table:
    bands = {name: _yearly(data, name) for name in group}
    rows = tuple(
        (Period(year), *(_total(values.get(name), bands[name], year) for name in group))
        for year, values in years.items()
    )
    return Table((*headings("run", "year"), *(Name("total", name) for name in group)), rows)


def _yearly(data: RunData, name: str) -> series.Band | None:
    facts = _MADE_OF.get(name, (name,))
    if any(fact not in data.flows.columns for fact in facts):
        return None
    monthly = series.flow(data, *facts)
    years = pd.Index([calendar.Period.of_year(fiscal_year_of_month(str(month))) for month in monthly.index])
    return series.band(monthly.groupby(years).sum())


def _total(value: float | None, band: series.Band | None, year: str) -> Value:
    if value is None:
        return None
    total = Number(value, "count", exact=True)
    if band is None or year not in band.periods:
        return total
    at = band.periods.index(year)
    return Ranged(total, Number(float(band.low[at]), "count"), Number(float(band.high[at]), "count"))


def next_commands(steps: Iterable[NextStep]) -> Table:
    """Commands worth running next, and what each shows."""
    return table_of("run", steps, {"command": lambda step: Code(step.command), "what": lambda step: step.shows})


def daily() -> Table:
    """Name, unit and meaning of each column of ``daily.parquet``."""
    rows = tuple((Code(name), *parameter_texts.fact(name)) for name in FACTS)
    return Table(headings("run", "name", "unit", "meaning"), rows, prose=(2,))
