"""What results are about, as values: targets, the years of a run, and by what a run's replications differ."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reports import evidence, statistics
from reports.catalogue import known
from reports.document import Name, Number, Opening, Period, Range, Say, Value, listing, say
from scenarios.compare.record import TOTAL
from scenarios.records import Replicated, Reported
from scenarios.run.statistic import Row
from sim.calendar import fiscal_year
from sim.target import parted
from sim.targets import TARGETS, measure

_ALONE = {None} | {part for target in TARGETS.values() if len(target.judged) == 1 for part in target.judged}
"""Parts that a target's name says already."""


def target(judged: str, short: bool = False) -> Value:
    """A target such as ``calls-95`` or ``availability-99.9/j_lis`` with its part where it has several.

    ``short`` for the narrow lines of a terminal.
    """
    return target_part(*parted(judged), short)


def target_part(identifier: str, part: str | None, short: bool = False, only_part: bool | None = None) -> Value:
    """The same by its id and part; ``only_part`` says whether the name needs no part."""
    alone = part in _ALONE if only_part is None else part is None or only_part
    name = _target(identifier, short and not alone)
    if alone:
        return name
    own = Name("part_short", str(part)) if short and known(f"part_short.{part}") else Name("part", str(part))
    return say("format.parenthesis", text=name, inside=own)


def _target(identifier: str, short: bool) -> Value:
    keys = (f"target.{identifier}.short",) if short else ()
    return next((say(key) for key in (*keys, f"target.{identifier}.name") if known(key)), identifier)


def short_of(what: str | None) -> Value:
    """What was short: a station or a cause by name; None where nothing says so."""
    if not what:
        return None
    station = what.removeprefix("queue_")
    return Name("station", station) if known(f"station.{station}") else Name("cause", what)


def figure(identifier: str, statistic: str, short: bool = False) -> Value:
    """A target as above, or a key figure, of which no target is made."""
    if statistic != TOTAL:
        return target(identifier, short)
    own = f"comparison.figure.{identifier}"
    return say(own) if known(own) else Name("total", identifier)


def verdict(word: str | None) -> Say:
    """Mark and word of a verdict; without one, that it was not tested."""
    shown = word or "not_tested"
    return say("format.beside", first=Name("verdict.mark", shown), second=Name("verdict", shown))


def assumed(path: str) -> Value:
    """That a parameter's value is an assumption (仮定値); a dash for what is known from a source."""
    return say("page.assumed") if evidence.assumed(path, evidence.load()) else None


def fiscal_years(result: Reported) -> tuple[int, int]:
    """First and last fiscal year of a result."""
    return fiscal_year(result.first_day), fiscal_year(result.last_day)


def span(result: Reported) -> Value:
    """The fiscal years of a result."""
    first, last = (Period.of_year(year) for year in fiscal_years(result))
    return first if first == last else say("format.years_span", first=first, last=last)


def value(row: Row) -> Value:
    """A row's value with its 95 % interval; a dash for what a run cannot say."""
    return statistics.estimate(row.statistic, row.value, row.low, row.high)


def origin(key: str, record: Replicated, **others: Value) -> Say:
    """Where an answer comes from: version, seed, replications, and what else its sentence names."""
    return say(key, version=record.version, seed=record.seed, replications=record.replications, **others)


def spread(chance_only: bool) -> Say:
    """By what replications differ: chance alone, or also what nobody knows."""
    return say("page.chance_only" if chance_only else "page.not_knowing")


def statistic(name: str) -> Value:
    """What a statistic is called; those of delivery carry their days in their name."""
    days, known = re.search(r"_(\d+)_days", name), measure(name)
    return say(f"statistic.{known.name}", days=days[1]) if days and known else Name("statistic", name)


def not_validated(parts: Iterable[str]) -> tuple[tuple[Value, Value], ...]:
    """Parts of the model that no published figure speaks for, each with why."""
    groups = "validation.not_validated_name", "validation.not_validated"
    return tuple((Opening(Name(groups[0], part)), Name(groups[1], part)) for part in parts)


def months_apart(judged: Iterable[tuple[Value, str, str]]) -> Value:
    """That a month is judged by another statistic than the fiscal year: of each target both; empty where there is none.

    What the month leaves out, such as cards that waited over New Year, counts in the year.
    """
    items = tuple(
        say("months_apart.item", target=target, month=statistic(month), year=statistic(year))
        for target, month, year in judged
    )
    return say("months_apart.note", targets=listing(items)) if items else ""


def interval(statistic: str, low: float | None, high: float | None, exact: bool = False) -> Range | None:
    """The interval of a statistic; None where there is none."""
    if low is None or high is None:
        return None
    return Range(Number(low, statistic, exact=exact), Number(high, statistic, exact=exact))
