"""How entries of the ledger and shadow prices are written."""

from __future__ import annotations

import math

from reports import formats, phrases, price_texts, statistics
from reports.catalogue import Catalogue
from reports.ledgers.data import outcome, outcome_of_target, untold
from scenarios.delays import Entry
from scenarios.helped import Helped
from scenarios.row import Row
from scenarios.savings import Price
from sim.targets import LEAVES_OUT_CLOSURE

_MARKS = {
    "saves": "holds",
    "helps": "holds",
    "costs": "fails",
    "harms": "fails",
    "chance": "not_tested",
    "too_few": "undecided",
    "alike": "not_tested",
    "none": "not_tested",
}
"""How a line is set off for the eye, in the marks of the report's verdicts."""


def amount(cat: Catalogue, entry: Entry | None) -> str:
    """An entry with its 95 % interval; 0 for a cause that took nothing."""
    if entry is None:
        return "0"
    interval = "" if entry.low == entry.high else statistics.interval(cat, "count", entry.low, entry.high)
    return statistics.value_with_interval(cat, "count", entry.value, interval)


def told(cat: Catalogue, entry: Entry) -> dict[str, str]:
    """A count and its 95 % interval, for sentences that put a unit behind each; a dash without an interval."""
    interval = statistics.interval(cat, "count", entry.low, entry.high)
    return {"count": statistics.value(cat, "count", entry.value), "range": interval or cat.text("format.nothing")}


def late_kind(cat: Catalogue, kind: str) -> str:
    """A class of cards with what its late cards leave out or hold: the New Year closure."""
    reading = "left_out" if LEAVES_OUT_CLOSURE[kind] else "included"
    return cat.join([cat.name("part", kind), cat.text(f"ledger.closure.{reading}")])


def cause(cat: Catalogue, kind: str, name: str) -> str:
    """What took days of cards, or lost calls."""
    return cat.name("ledger.lost_cause" if kind == "lost_calls" else "cause", name)


def unit(cat: Catalogue, price: Price | Helped) -> str:
    """One unit more, such as ``+1 seat`` or ``+1,000 cards a day``."""
    added = cat.text("ledger.added", number=formats.plain(price.unit_added))
    key = f"prices.unit.{price.resource}"
    return cat.text(key, units=added) if cat.has(key) else f"{added} {price.unit}"


def resource(cat: Catalogue, price: Price | Helped) -> str:
    """The resource with the unit that is added."""
    return cat.text("format.parenthesis", text=price_texts.name(cat, price.resource), inside=unit(cat, price))


def saved(cat: Catalogue, price: Price) -> str:
    """What is counted: late cards, lost calls, certificates not renewed."""
    return cat.text(f"ledger.saves.{price.saves}")


def difference(price: Price) -> str:
    """How many fewer, as finely as the interval asks for."""
    return number(price, price.difference)


def interval(cat: Catalogue, price: Price) -> str:
    """The interval of the difference; in words where every replication differs by exactly as much."""
    if price.low == price.high:
        return cat.text("comparison.exact")
    if untold(price):
        return cat.text("comparison.cannot_be_told", pairs=price.replications)
    return cat.text("comparison.range", low=number(price, price.low), high=number(price, price.high))


def with_interval(cat: Catalogue, price: Price) -> str:
    """How many fewer, with the interval in brackets."""
    if price.low == price.high:
        return difference(price)
    if untold(price):
        return cat.text("format.parenthesis", text=difference(price), inside=interval(cat, price))
    ends = {"low": number(price, price.low), "high": number(price, price.high)}
    return cat.text("comparison.with_interval", difference=difference(price), **ends)


def number(price: Price, value: float) -> str:
    """A count of the row, with decimals only where its interval is narrower than ten."""
    half = (price.high - price.low) / 2
    return formats.number(value, 0 if half >= 10 or half == 0 else min(1 - math.floor(math.log10(half)), 3))


def target(cat: Catalogue, row: Helped) -> str:
    """The target that a unit may help to meet."""
    identifier, _, part = row.target.partition("/")
    return phrases.target(cat, Row(identifier, part or None, "", "", True), part in ("", "standard", "express"))


def points(cat: Catalogue, row: Helped) -> str:
    """By how many points a target is likelier to be met."""
    return cat.text("comparison.points", number=_points(row.difference))


def points_interval(cat: Catalogue, row: Helped) -> str:
    """The interval of that; in words where it says nothing, or nothing can differ."""
    if row.low == row.high:
        return cat.text("comparison.exact")
    if untold(row):
        return cat.text("comparison.cannot_be_told", pairs=row.replications)
    return cat.text(
        "comparison.points",
        number=cat.text("comparison.range", low=_points(row.low), high=_points(row.high)),
    )


def _points(share: float) -> str:
    shown = formats.number(100 * share, 1)
    return shown if share <= 0 else f"+{shown}"


def result(cat: Catalogue, row: Price | Helped) -> str:
    """Mark and words of the outcome."""
    return cat.text(f"ledger.result.{_outcome(row)}")


def mark(row: Price | Helped) -> str:
    """The verdict whose look a row has."""
    return _MARKS.get(_outcome(row), "")


def _outcome(row: Price | Helped) -> str:
    return outcome_of_target(row) if isinstance(row, Helped) else outcome(row)
