"""Phrases about a target that the terminal and the page share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from reports import formats, library_texts, statistics
from reports.catalogue import Catalogue
from scenarios.row import Row


def title(cat: Catalogue, run: Mapping[str, Any]) -> str:
    """A run's title, in the catalogue's language where it is the library's own; else as written."""
    return library_texts.title(cat, str(run["title"]))


def target(cat: Catalogue, row: Row, only_part: bool = True) -> str:
    """The target's name, with the part where a target has several."""
    name = cat.texts.get(f"target.{row.id}.name", row.id)
    if row.part is None or only_part:
        return name
    return cat.text("format.parenthesis", text=name, inside=cat.name("part", row.part))


def short_target(cat: Catalogue, row: Row, only_part: bool = True) -> str:
    """The same for the narrow lines of a terminal: shorter names where the catalogue has them."""
    name = cat.texts.get(f"target.{row.id}.short", cat.texts.get(f"target.{row.id}.name", row.id))
    if row.part is None or only_part:
        return target(cat, row, only_part)
    part = cat.texts.get(f"part_short.{row.part}", cat.name("part", row.part))
    return cat.text("format.parenthesis", text=name, inside=part)


def verdict(cat: Catalogue, row: Row) -> str:
    """Mark and word of a verdict."""
    name = row.verdict or "not_tested"
    return f"{cat.name('verdict.mark', name)} {cat.name('verdict', name)}"


def short_of(cat: Catalogue, what: str | None) -> str:
    """What was short: a station or a cause by name; empty where the run does not say."""
    if not what:
        return ""
    station = what.removeprefix("queue_")
    return cat.name("station", station) if cat.has(f"station.{station}") else cat.name("cause", what)


def lacking(cat: Catalogue, what: str | None, short: str, because: str) -> str:
    """Says in the text ``short`` what was short, in ``because`` what no resource was short of; empty if unknown."""
    name = short_of(cat, what)
    if not name:
        return ""
    return cat.text(because if what in _NO_RESOURCE else short, what=name)


_NO_RESOURCE = ("breakdowns", "outage", "remake")
"""Causes that are no lack of something."""


def breach(cat: Catalogue, row: Row | None) -> str:
    """The month of the first breach with its range; empty where nothing breaks."""
    if row is None or row.first_breach is None:
        return ""
    month = formats.month(cat, row.first_breach)
    ends = breach_range(cat, row)
    return cat.text("format.value_range", value=month, low=ends[0], high=ends[1]) if ends else month


def breach_range(cat: Catalogue, row: Row) -> tuple[str, str] | None:
    """Both ends of the first breach's range, where it has one that is wider than a month."""
    low, high = row.first_breach_low, row.first_breach_high
    if low is None or high is None or low == high:
        return None
    return formats.month(cat, low), formats.month(cat, high)


def value(cat: Catalogue, row: Row) -> str:
    """A row's value with its 95 % interval."""
    interval = statistics.interval(cat, row.statistic, row.low, row.high)
    return statistics.value_with_interval(cat, row.statistic, row.value, interval)


def span(cat: Catalogue, run: Mapping[str, Any]) -> str:
    """The fiscal years of the run."""
    first, last = fiscal_years(run)
    if first == last:
        return formats.fiscal_year(cat, first)
    ends = formats.fiscal_year(cat, first), formats.fiscal_year(cat, last)
    return cat.text("format.years_span", first=ends[0], last=ends[1])


def fiscal_years(run: Mapping[str, Any]) -> tuple[int, int]:
    """First and last fiscal year of the run."""
    days = (date.fromisoformat(str(run[key])) for key in ("first_day", "last_day"))
    first, last = (formats.fiscal_year_of(day) for day in days)
    return first, last
