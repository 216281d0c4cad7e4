"""The tables of the page, cell by cell as text: verdicts, years, months, statistics that inform, totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from reports import formats, margins, phrases, series, statistics
from reports.catalogue import Catalogue
from reports.document import Table
from reports.run_data import RunData
from reports.verdicts import Headline
from scenarios.row import Row
from sim.calendar import fiscal_year_of_month

_MADE_OF = {
    "cards_dispatched": ("dispatched_standard", "dispatched_express"),
    "express_dispatched": ("dispatched_express",),
    "cards_handed_over": ("handed_over",),
}


_SECOND = (
    "calls_offered", "calls_answered", "helpdesk_offered", "helpdesk_answered", "transactions", "transactions_failed",
    "certificates_lapsed",
)  # fmt: skip


def _headings(cat: Catalogue, *names: str) -> tuple[str, ...]:
    return tuple(cat.text(f"column.{name}") for name in names)


def verdicts(cat: Catalogue, shown: list[Headline], run: Mapping[str, Any]) -> Table:
    """One line a target: whether every fiscal year meets it, and the worst of them."""
    names = (
        "verdict", "target", "met_every", "worst_year", "value", "threshold", "first_missed", "month_breach",
        "short_of",
    )  # fmt: skip
    cells = tuple(_verdict(cat, headline, run) for headline in shown)
    return Table(_headings(cat, *names), cells, tuple(headline.verdict for headline in shown), 2)


def _verdict(cat: Catalogue, headline: Headline, run: Mapping[str, Any]) -> tuple[str, ...]:
    row = headline.worst
    name, nothing = phrases.target(cat, row, headline.only_part), cat.text("format.nothing")
    if not headline.tested:
        reason = cat.texts.get(f"not_tested.{row.id}", cat.text("not_tested.generic"))
        return phrases.verdict(cat, row), cat.text("validation.reason", text=name, reason=reason), *[nothing] * 7
    cells = (
        met(cat, headline.decides, run),
        formats.period(cat, row.period),
        phrases.value(cat, row),
        statistics.value(cat, row.statistic, row.threshold),
        phrases.breach(cat, headline.decides if headline.decides.joint else headline.breach),
        _share(cat, headline.month_breach),
        phrases.short_of(cat, headline.short_of),
    )
    return phrases.verdict(cat, headline.decides), name, *(cell or nothing for cell in cells)


def margin(cat: Catalogue, shown: list[Headline], run: Mapping[str, Any]) -> Table:
    """One line a target: up to what load it holds, and what load is forecast."""
    return Table(_headings(cat, *margins.COLUMNS), tuple(margins.cells(cat, shown, run)))


def met(cat: Catalogue, row: Row, run: Mapping[str, Any]) -> str:
    """In how many replications a row met its threshold, with the interval of that; or how likely it is, as computed."""
    if row.probability is None:
        return ""
    if row.computed:
        return cat.text("cell.computed", share=formats.percent(cat, row.probability, 0))
    counts = {"met": round(row.probability * run["replications"]), "replications": run["replications"]}
    low, high = row.probability_low, row.probability_high
    if low is None or high is None:
        return cat.text("cell.met", **counts)
    ends = {"low": formats.percent(cat, low, 0), "high": formats.percent(cat, high, 0)}
    return cat.text("cell.met_probability", **counts, **ends)


def _share(cat: Catalogue, share: float | None) -> str:
    return "" if share is None else formats.percent(cat, share, 0)


def by_period(cat: Catalogue, chosen: Iterable[Row], run: Mapping[str, Any], heading: str) -> Table:
    """Deciding rows in long form, one a target and period, numbers in cells of their own for spreadsheets."""
    names = ("verdict", "target", heading, "value", "interval", "threshold", "met", "short_of")
    listed = list(chosen)
    nothing = cat.text("format.nothing")
    cells = tuple(
        tuple(
            cell or nothing
            for cell in (
                phrases.verdict(cat, row),
                phrases.target(cat, row, row.part in (None, "standard", "express")),
                formats.period(cat, row.period),
                *_numbers(cat, row),
                met(cat, row, run),
                phrases.short_of(cat, row.short_of),
            )
        )
        for row in listed
    )
    return Table(_headings(cat, *names), cells, tuple(row.verdict or "not_tested" for row in listed), 2)


def _numbers(cat: Catalogue, row: Row) -> tuple[str, str, str]:
    return (
        statistics.value(cat, row.statistic, row.value, exact=True),
        statistics.interval(cat, row.statistic, row.low, row.high, exact=True),
        statistics.value(cat, row.statistic, row.threshold, exact=True),
    )


def informing(cat: Catalogue, chosen: Iterable[Row]) -> Table:
    """Statistics that inform: target, part, statistic, period, value with interval."""
    nothing = cat.text("format.nothing")
    cells = tuple(
        (
            phrases.target(cat, row),
            cat.name("part", row.part) if row.part else nothing,
            statistics.name(cat, row.statistic),
            formats.period(cat, row.period),
            *(cell or nothing for cell in _numbers(cat, row)[:2]),
        )
        for row in chosen
    )
    return Table(_headings(cat, "target", "part", "statistic", "period", "value", "interval"), cells, text_columns=4)


def totals(cat: Catalogue, data: RunData) -> tuple[Table, ...]:
    """The main totals by fiscal year, with 10-90 % of replications where the daily facts tell it; cards, then calls."""
    years: Mapping[str, Mapping[str, float]] = data.summary.get("totals", {})
    found = dict.fromkeys(name for values in years.values() for name in values)
    names = [name for name in found if cat.has(f"total.{name}")]
    groups = [name for name in names if name not in _SECOND], [name for name in _SECOND if name in names]
    return tuple(_totals(cat, data, years, group) for group in groups if group)


def _totals(cat: Catalogue, data: RunData, years: Mapping[str, Mapping[str, float]], names: list[str]) -> Table:
    headings = (cat.text("column.year"), *(cat.text(f"total.{name}") for name in names))
    bands = {name: _yearly(data, name) for name in names}
    cells = tuple(
        (formats.period(cat, year), *(_total(cat, values.get(name), bands[name], year) for name in names))
        for year, values in years.items()
    )
    return Table(headings, cells)


def _yearly(data: RunData, name: str) -> series.Band | None:
    facts = _MADE_OF.get(name, (name,))
    if any(fact not in data.flows.columns for fact in facts):
        return None
    monthly = series.flow(data, *facts)
    years = pd.Index([f"FY{fiscal_year_of_month(str(month))}" for month in monthly.index])
    return series.band(monthly.groupby(years).sum())


def _total(cat: Catalogue, value: float | None, band: series.Band | None, year: str) -> str:
    if value is None:
        return cat.text("format.nothing")
    shown = formats.number(value)
    if band is None or year not in band.periods:
        return shown
    at = band.periods.index(year)
    ends = statistics.interval(cat, "count", float(band.low[at]), float(band.high[at]))
    return f"{shown} ({ends})"
