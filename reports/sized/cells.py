"""How levels, evidence, certainty and prices are written."""

from __future__ import annotations

from collections.abc import Sequence

from reports import formats, phrases, price_texts
from reports.catalogue import Catalogue
from reports.sized.data import Evidence, Level, Plan, Sizing
from scenarios.prices import Line
from scenarios.row import Row
from scenarios.sizing.claims import interval


def amount(cat: Catalogue, data: Sizing, resource: str, number: float) -> str:
    """A level with its unit, such as ``145 seats``; of seats that nobody knows the index too."""
    return amounts(cat, data, resource, [number])


def amounts(cat: Catalogue, data: Sizing, resource: str, numbers: Sequence[float]) -> str:
    """One level, or the smallest and the largest, with their unit."""
    own = data.resources.get(resource, {})
    shown = {"number": _number_range(cat, numbers), "unit": cat.name("unit", str(own.get("unit", "")))}
    if hundred := own.get("hundred"):
        index = _number_range(cat, [round(100 * number / hundred["value"]) for number in numbers])
        return cat.text("sizing.amount_index", index=index, **shown)
    return cat.text("sizing.amount", **shown).strip()


def _number_range(cat: Catalogue, numbers: Sequence[float]) -> str:
    low, high = formats.plain(min(numbers)), formats.plain(max(numbers))
    return high if low == high else cat.text("format.number_range", low=low, high=high)


def level_range(cat: Catalogue, data: Sizing, levels: Sequence[Level]) -> str:
    """The least level of a year; where it changes by month, the smallest and the largest."""
    return amounts(cat, data, levels[0].resource, [level.least for level in levels])


def today_range(cat: Catalogue, data: Sizing, levels: Sequence[Level]) -> str:
    """Today's level of a year, as ``level_range``."""
    return amounts(cat, data, levels[0].resource, [level.today for level in levels])


def more(number: float) -> str:
    """A difference to today with its sign."""
    return f"+{formats.plain(number)}" if number > 0 else formats.plain(number)


def certainty(cat: Catalogue, share: float) -> str:
    """A certainty such as 90 % or 97.5 %."""
    return formats.digits(cat, share)


def held(cat: Catalogue, found: Evidence) -> str:
    """``97 of 100 (97.0 %, 92.0-99.0 %)``: the count, the share and its interval."""
    return cat.text(
        "sizing.held",
        held=found.held,
        of=found.of,
        share=formats.percent(cat, found.probability, 0),
        low=formats.percent(cat, found.low, 0),
        high=formats.percent(cat, found.high, 0),
    )


def alone(target: str, found: Evidence) -> Evidence:
    """The evidence of one target alone, with the interval of its count."""
    count = found.targets[target]
    low, high = interval(count, found.of)
    return Evidence(found.period, count, found.of, count / found.of, low, high, {})


def target(cat: Catalogue, name: str, short: bool = False) -> str:
    """A target such as ``calls-95`` or ``issue-14-days/standard`` by its name."""
    identifier, _, part = name.partition("/")
    row = Row(identifier, part or None, "", "", True)
    only = part in ("", "standard", "express")
    return phrases.short_target(cat, row, only) if short else phrases.target(cat, row, only)


def targets(cat: Catalogue, data: Sizing) -> str:
    """All targets asked for, as a list."""
    return cat.join(target(cat, name) for name in data.targets)


def resource(cat: Catalogue, path: str) -> str:
    """A resource by its name."""
    return price_texts.name(cat, path)


def least_interval(cat: Catalogue, data: Sizing, level: Level) -> str:
    """The 95 % interval of the least that does, an end that is not known left open; nothing where a promise holds."""
    low, high = level.least_low, level.least_high
    if level.by_promise or (low is None and high is None):
        return cat.text("format.nothing")
    known = amounts(cat, data, level.resource, [end for end in (low, high) if end is not None])
    if low is not None and high is not None:
        return known
    return cat.text("sizing.or_more" if high is None else "sizing.or_less", number=known)


def bound(cat: Catalogue, data: Sizing, level: Level) -> str:
    """Which end of the searched range the least level is, or that a promise holds it there; empty inside the range."""
    if not level.at_bound:
        return ""
    if level.by_promise:
        return cat.text("sizing.bound.promise")
    low = data.resources.get(level.resource, {}).get("low")
    return cat.text("sizing.bound.low" if low is not None and level.least <= low else "sizing.bound.high")


def status(cat: Catalogue, plan: Plan) -> str:
    """Whether a plan's certainty is shown, not shown, or out of reach within the bounds."""
    return cat.text(f"sizing.status.{status_name(plan)}")


def status_name(plan: Plan) -> str:
    """``shown``, ``not_shown`` or ``not_reached``."""
    return ("shown" if plan.shown else "not_shown") if plan.reached else "not_reached"


def kind(cat: Catalogue, line: Line) -> str:
    """The item of a line; what is paid once says so."""
    name = price_texts.name(cat, line.item)
    return cat.text("sizing.one_off", item=name) if line.kind == "one_off" else name


def price_mark(cat: Catalogue, assumed: Sequence[bool]) -> str:
    """``assumed value`` (仮定値), ``partly`` or ``own price``, by the prices behind a figure."""
    name = "assumed" if all(assumed) else "partly" if any(assumed) else "own"
    return cat.text(f"sizing.price.{name}")
