"""Levels, evidence, certainty and prices as values of a document."""

from __future__ import annotations

from collections.abc import Sequence

from reports import names, price_texts
from reports.chances import share
from reports.document import Figures, Joined, Name, Number, Range, Say, Value, say
from scenarios.bill import Line
from scenarios.resources import Hundred
from scenarios.size.record import Held, Level, Plan, Sizing


def amount(data: Sizing, resource: str, number: float) -> Value:
    """A level with its unit, such as ``145 seats``; of seats that nobody knows the index too."""
    return amounts(data, resource, [number])


def more(data: Sizing, levels: Sequence[Level]) -> Value:
    """Units more than today, as signed numbers; of seats that nobody knows with the index too, as levels are."""
    resource, numbers = levels[0].resource, [level.more for level in levels]
    if data.sought[resource].hundred:
        return amounts(data, resource, numbers, signed=True, words="format.range")
    return span(numbers, signed=True, words="format.range")


def amounts(
    data: Sizing, resource: str, numbers: Sequence[float], signed: bool = False, words: str = "format.number_range"
) -> Value:
    """One level, or the smallest and the largest, with their unit."""
    own = data.sought[resource]
    told = {"number": span(numbers, signed, words), "unit": Name("unit", own.unit)}
    if hundred := own.hundred:
        index = span([index_of(number, hundred) for number in numbers], signed, words)
        return Figures("sizing.amount_index", {"index": index, **told})
    return Figures("sizing.amount", told)


def index_of(level: float, hundred: Hundred) -> int:
    """A level of seats that nobody has entered, where those of FY2025 are 100."""
    return round(100 * level / hundred.value)


def span(numbers: Sequence[float], signed: bool = False, words: str = "format.number_range") -> Number | Range:
    """The only number, or the smallest and the largest."""
    low, high = (Number(end, "plain", signed=signed) for end in (min(numbers), max(numbers)))
    return low if low == high else Range(low, high, words)


def level_range(data: Sizing, levels: Sequence[Level]) -> Value:
    """The least level of a year; where it changes by month, the smallest and the largest."""
    return amounts(data, levels[0].resource, [level.least for level in levels])


def today_range(data: Sizing, levels: Sequence[Level]) -> Value:
    """Today's level of a year, as ``level_range``."""
    return amounts(data, levels[0].resource, [level.today for level in levels])


def certainty(share: float) -> Number:
    """A certainty such as 90 % or 97.5 %."""
    return Number(share, "rate")


def held(found: Held) -> Figures:
    """``97 of 100 (97 %, 92 % to 99 %)``: the count, the share and its interval."""
    ends = {"share": share(found.probability), "low": share(found.low), "high": share(found.high)}
    return Figures("sizing.held", {"held": found.held, "of": found.of, **ends})


def targets(data: Sizing) -> Joined:
    """All targets asked for, as a list."""
    return Joined(tuple(map(names.target, data.targets)))


def least_interval(data: Sizing, level: Level) -> Value:
    """The 95 % interval of the least that does, an end that is not known left open; None where a promise holds."""
    low, high = level.least_low, level.least_high
    if level.by_promise or (low is None and high is None):
        return None
    told = amounts(data, level.resource, [end for end in (low, high) if end is not None])
    if low is not None and high is not None:
        return told
    return Figures("sizing.or_more" if high is None else "sizing.or_less", {"number": told})


def bound(data: Sizing, level: Level) -> Value:
    """Which end of the searched range the least level is, or that a promise holds it there; None inside the range."""
    if not level.at_bound:
        return None
    if level.by_promise:
        return say("sizing.bound.promise")
    return say(f"sizing.bound.{'low' if level.least <= data.sought[level.resource].low else 'high'}")


def status(plan: Plan) -> Say:
    """Whether a plan's certainty is shown, not shown, or out of reach within the bounds."""
    return say(f"sizing.status.{status_name(plan)}")


def status_name(plan: Plan) -> str:
    """``shown``, ``not_shown`` or ``not_reached``."""
    return ("shown" if plan.shown else "not_shown") if plan.reached else "not_reached"


def below_shown(data: Sizing) -> Value:
    """That the plan asked for is an estimate which buys less than a plan shown for a lower certainty; else None."""
    asked = data.asked
    if asked.shown or not asked.reached:
        return None
    least = {(level.resource, level.period): level.least for level in asked.levels}
    found = [
        plan.certainty
        for plan in data.plans
        if plan.shown
        and plan.certainty < asked.certainty
        and any(least.get((level.resource, level.period), level.least) < level.least for level in plan.levels)
    ]
    if not found:
        return None
    return say("sizing.ask.below_shown", certainty=certainty(asked.certainty), lower=certainty(max(found)))


def kind(line: Line) -> Value:
    """The item of a line; what is paid once says so."""
    item = price_texts.name(line.item)
    return say("sizing.one_off", item=item) if line.kind == "one_off" else item


def price_mark(assumed: Sequence[bool]) -> Say:
    """``assumed value`` (仮定値), ``partly`` or ``own price``, by the prices behind a figure."""
    return say(f"sizing.price.{'assumed' if all(assumed) else 'partly' if any(assumed) else 'own'}")


def price_of(item: str, yen: float, tax_included: bool, units: float, every: str) -> Figures:
    """A price with what it is for and whether tax is in it."""
    told = {"yen": Number(yen, "plain"), "unit": price_texts.unit(item, units, every)}
    return Figures(f"sizing.price_of.{'included' if tax_included else 'excluded'}", told)
