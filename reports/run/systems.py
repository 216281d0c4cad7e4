"""What the chapter of systems adds: what relying parties saw of two validation centres, and what load broke."""

from __future__ import annotations

from collections.abc import Iterator

from reports import series
from reports.document import Block, Joined, Period, Table, Value, headings, say
from reports.run import verdicts
from reports.run_data import RunData
from reports.yearly import fiscal_years
from sim.systems.targets import AVAILABILITY

_VALIDITY = {
    "down": ("validation_down_minutes", "minutes_exact", 1),
    "fail_overs": ("validation_fail_overs", "number", 1),
    "unrelieved": ("validation_unrelieved", "number", 1),
    "unanswered": ("validity_checks_unanswered", "rough", 0),
}
"""Columns with their facts, units and decimals."""


def note(data: RunData) -> Value:
    """How to read the chapter: whether the probability of the target is computed, or counted in replications."""
    own = [row for row in verdicts.rows(data.summary) if row.id == AVAILABILITY.id and row.probability is not None]
    counted = bool(own) and not any(row.computed for row in own)
    return say("chapter.systems.note_counted" if counted else "chapter.systems.note")


def broken_by_load(data: RunData) -> tuple[Value, ...]:
    """How often load broke JPKI for counters, in fiscal years in which it did."""
    if not _happened(data, "jpki_load_breaks"):
        return ()
    told = [
        say("chapter.systems.by_load", year=Period.of_year(year), count=_spread(data, year, "jpki_load_breaks"))
        for year in fiscal_years(data.months)
        if series.total_of_year(series.flow(data, "jpki_load_breaks"), year).any()
    ]
    return (Joined(tuple(told), "format.space"),)


def validity(data: RunData) -> Iterator[Block]:
    """What relying parties saw of the validation service by fiscal year; nothing where no centre ever failed."""
    if not _happened(data, "validation_breakdowns"):
        return
    columns = _VALIDITY.values()
    years = fiscal_years(data.months)
    rows = tuple((Period.of_year(year), *(_spread(data, year, *column) for column in columns)) for year in years)
    counts = "counted" if data.at("systems.validation.in_availability") else "beside"
    told = say("chapter.systems.validity_note"), say(f"chapter.systems.validity_{counts}")
    table = Table(headings("run", "year", *_VALIDITY), rows)
    tab = say("monthly.tab.validity")
    yield Block(table, say("chapter.systems.validity"), notes=(Joined(told, "format.space"),), tab=tab)


def _happened(data: RunData, fact: str) -> bool:
    return fact in data.flows.columns and bool(data.flows[fact].any())


def _spread(data: RunData, year: int, fact: str, unit: str = "number", decimals: int = 1) -> Value:
    found = series.total_of_year(series.flow(data, fact), year)
    return series.mean_with_band(found.to_numpy(), unit, decimals)
