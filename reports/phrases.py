"""Phrases about a target that the terminal and the page share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from reports import formats, library_texts, statistics
from reports.catalogue import Catalogue
from reports.verdicts import Headline
from scenarios.row import Row
from scenarios.words import FAILS_UP_TO, FEWEST, FURTHEST, HOLDS_FROM


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


def lacking(cat: Catalogue, what: str | None, short: str, because: str) -> str:
    """Says in the text ``short`` what was short, in ``because`` what no resource was short of; empty if unknown."""
    name = short_of(cat, what)
    if not name:
        return ""
    return cat.text(because if what in _NO_RESOURCE else short, what=name)


_NO_RESOURCE = ("breakdowns", "outage", "remake")
"""Causes that are no lack of something."""


def missed(cat: Catalogue, headline: Headline, key: str) -> str:
    """The first fiscal year missed, by the text ``key``, or by ``key`` and ``_range`` with its range; else empty."""
    row = headline.decides
    if not headline.several_years or row.first_breach is None:
        return ""
    year, ends = formats.period(cat, row.first_breach), breach_range(cat, row)
    return cat.text(key, year=year) if ends is None else cat.text(f"{key}_range", year=year, low=ends[0], high=ends[1])


def undecided(cat: Catalogue, headline: Headline) -> str:
    """What would decide an undecided verdict; empty of others, and where it is told once for all (``too_few``)."""
    told_once = headline.decides.replications_to_decide == FEWEST
    return "" if told_once else why_undecided(cat, headline)


def why_undecided(cat: Catalogue, headline: Headline) -> str:
    """How many replications would decide an undecided verdict, or that hardly any number would; empty of others."""
    if not headline.undecided:
        return ""
    return to_decide(cat, headline.decides.replications_to_decide, headline.decides.probability or 0.0)


def to_decide(cat: Catalogue, needed: int | None, share: float) -> str:
    """How many replications in all would decide, in tens, or that the share that meets a target is too near a bound."""
    if needed is not None:
        return cat.text("undecided.about", number=formats.number(math.ceil(needed / 10) * 10))
    bound = min((FAILS_UP_TO, HOLDS_FROM), key=lambda each: abs(each - share))
    return cat.text("undecided.none", number=formats.number(FURTHEST), bound=formats.percent(cat, bound, 0))


def undecided_note(cat: Catalogue, shown: Iterable[Headline]) -> str:
    """The targets that are undecided, each with what would decide it; empty where none is."""
    items = [
        cat.text("undecided.item", target=target(cat, headline.worst, headline.only_part), why=why)
        for headline in shown
        if (why := undecided(cat, headline))
    ]
    return cat.text("undecided.note", targets=cat.text("format.entries").join(items)) if items else ""


def too_few(cat: Catalogue, run: Mapping[str, Any]) -> str:
    """That so few replications reach no word, whatever they say; empty where there are enough."""
    if run["replications"] >= FEWEST:
        return ""
    return cat.text("undecided.few", fewest=FEWEST, replications=run["replications"])


def breach(cat: Catalogue, row: Row | None) -> str:
    """The month of the first breach with its range; empty where nothing breaks."""
    if row is None or row.first_breach is None:
        return ""
    month = formats.period(cat, row.first_breach)
    ends = breach_range(cat, row)
    return cat.text("format.value_range", value=month, low=ends[0], high=ends[1]) if ends else month


def breach_range(cat: Catalogue, row: Row) -> tuple[str, str] | None:
    """Both ends of the first breach's range, where it has one that is wider than a month or year."""
    low, high = row.first_breach_low, row.first_breach_high
    if low is None or high is None or low == high:
        return None
    return formats.period(cat, low), formats.period(cat, high)


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
