"""Entries of the ledger and shadow prices as values of a document."""

from __future__ import annotations

import math
from dataclasses import replace

from reports import price_texts
from reports.catalogue import known
from reports.difference_cells import no_interval
from reports.document import Joined, Name, Number, Range, Ranged, Say, Value, say
from scenarios.ledger.record import Entry, Helped, Price
from sim.targets import LEAVES_OUT_CLOSURE


def amount(entry: Entry | None) -> Value:
    """An entry with its 95 % interval; 0 for a cause that took nothing."""
    if entry is None:
        return 0
    count, ends = Number(entry.value, "count"), _ends(entry)
    return count if ends is None or entry.low == entry.high else Ranged(count, *ends)


def told(entry: Entry) -> dict[str, Value]:
    """A count and its 95 % interval, for sentences that put a unit behind each; a dash without an interval."""
    ends = _ends(entry)
    return {"count": Number(entry.value, "count"), "range": None if ends is None else Range(*ends)}


def _ends(entry: Entry) -> tuple[Number, Number] | None:
    if entry.low is None or entry.high is None:
        return None
    return Number(entry.low, "count"), Number(entry.high, "count")


def tab(name: str, own: str) -> Say:
    """What a workbook calls the sheet of a class of cards or of a centre."""
    return say(f"ledger.tab.{name}", own=Name("tab", own))


def late_kind(kind: str) -> Value:
    """A class of cards with what its late cards leave out or hold: the New Year closure."""
    reading = "left_out" if LEAVES_OUT_CLOSURE[kind] else "included"
    return Joined((Name("part", kind), say(f"ledger.closure.{reading}")))


def cause(kind: str, name: str) -> Name:
    """What took days of cards, or lost calls."""
    return Name("ledger.lost_cause" if kind == "lost_calls" else "cause", name)


def unit(price: Price | Helped) -> Value:
    """One unit more, such as ``+1 seat`` or ``+1,000 cards a day``."""
    added = say("ledger.added", number=Number(price.unit_added, "plain"))
    key = f"prices.unit.{price.resource}"
    return say(key, units=added) if known(key) else say("ledger.added_unit", added=added, unit=price.unit)


def resource(price: Price | Helped) -> Say:
    """The resource with the unit that is added."""
    return say("format.parenthesis", text=price_texts.name(price.resource), inside=unit(price))


def saved(price: Price) -> Say:
    """What is counted: late cards, lost calls, certificates not renewed."""
    return say(f"ledger.saves.{price.saves}")


def difference(price: Price) -> Number:
    """How many fewer, as finely as the interval asks for."""
    return _number(price, price.difference)


def interval(price: Price) -> Value:
    """The interval of the difference; in words where every replication differs by exactly as much."""
    return no_interval(price) or Range(_number(price, price.low), _number(price, price.high), "comparison.range")


def with_interval(price: Price) -> Value:
    """How many fewer, with the interval in brackets."""
    if price.low == price.high:
        return difference(price)
    if price.untold:
        return say("format.parenthesis", text=difference(price), inside=interval(price))
    ends = _number(price, price.low), _number(price, price.high)
    return Ranged(difference(price), *ends, "comparison.with_interval")


def _number(price: Price, value: float) -> Number:
    """A count of the row, with decimals only where its interval is narrower than ten."""
    half = (price.high - price.low) / 2
    return Number(value, decimals=0 if half >= 10 or half == 0 else min(1 - math.floor(math.log10(half)), 3))


def more(price: Price) -> Price:
    """A price that costs, as how many more there are: a number above 0."""
    return replace(price, difference=-price.difference, low=-price.high, high=-price.low)


def points(row: Helped) -> Number:
    """By how many points a target is likelier to be met."""
    return _points(row.difference)


def points_interval(row: Helped) -> Value:
    """The interval of that; in words where it says nothing, or nothing can differ."""
    return no_interval(row) or Range(_points(row.low), _points(row.high), "comparison.range")


def _points(share: float) -> Number:
    return Number(share, "points", 1, signed=True)


def result(row: Price | Helped) -> Say:
    """Mark and words of the outcome."""
    return say(f"ledger.result.{row.outcome}")
