"""Phrases about a target that the terminal and the page share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from reports import formats, library_texts
from reports.catalogue import Catalogue
from scenarios.run.row import Row


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
    return word(cat, row.verdict or "not_tested")


def word(cat: Catalogue, name: str) -> str:
    """Mark and word of a verdict by its name."""
    return f"{cat.name('verdict.mark', name)} {cat.name('verdict', name)}"


def short_of(cat: Catalogue, what: str | None) -> str:
    """What was short: a station or a cause by name; empty where the run does not say."""
    if not what:
        return ""
    station = what.removeprefix("queue_")
    return cat.name("station", station) if cat.has(f"station.{station}") else cat.name("cause", what)


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
