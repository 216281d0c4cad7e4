"""Charts of a ledger: what a unit more saves by fiscal year; where days of late cards and lost calls go, by cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from reports import differences
from reports.charting import amounts, drawing, key, stacked, with_key
from reports.differences import none, shown
from reports.document import Bracketed, Magnitude, Name, Number, Value, say
from reports.drawing import Bars, Drawing, Label, Panel, Scale, Series
from reports.ledger import cells
from reports.ledger.entries import causes, of
from reports.looks import DARK, Look, area, line
from reports.yearly import above, fiscal_years, years_axis
from scenarios.ledger.record import Entry, Ledger, Price
from sim import calendar
from sim.facts import CAUSES, CENTRES, CLASSES, LOST_CAUSES

DELAYS: Mapping[str, Look] = {
    "planned_step": area("#e3e9ee"),
    "closed_day": area("#aebfcb"),
    "queue_checks": area("#ffffff", "////"),
    "queue_data": area("#7d7d7d"),
    "queue_production": area(DARK),
    "queue_inspection": area("#ffffff", "...."),
    "outage": area("#d98a3d", "xxx"),
    "remake": area("#f2dcb3", "\\\\\\\\"),
    "cap": area("#3d3d3d", "++", edge="white"),
    "blanks": area("#b58fa8", "|||"),
}
"""Looks of what takes days of cards, in the order in which bars are stacked; others on top."""
_LOST: Mapping[str, Look] = {
    "seats": area("#8a8a8a"),
    "notices": area(DARK),
    "outage": area("#f2dcb3", "...."),
    "closed": area("#aebfcb"),
    "call_back": area("#ffffff", "\\\\\\\\"),
}
_OTHER = area("#ffffff", "oo")


def prices(data: Ledger) -> Drawing:
    """A panel a resource and what it is there to save; those that save exactly none in all years have none."""
    claimed = [price for price in data.rows if price.clear is not None]
    moved = dict.fromkeys((price.resource, price.saves) for price in claimed if price.outcome != "none")
    periods = list(dict.fromkeys(price.period for price in claimed))
    panels = [_priced([price for price in claimed if (price.resource, price.saves) == own], periods) for own in moved]
    unclear = "too_few" if "too_few" in {price.outcome for price in claimed} else "chance"
    looks = {"clear": shown(True, DARK), unclear: shown(False, DARK), "none": none(DARK)}
    labels = (Label(say(f"chart.shadow-prices.{name}"), look) for name, look in looks.items())
    return differences.chart("shadow-prices", data, panels, labels, say("ledger.prices.none_at_all"))


def _priced(prices: Sequence[Price], periods: Sequence[str]) -> Panel:
    name = say("chart.shadow-prices.panel", resource=cells.resource(prices[0]), saves=cells.saved(prices[0]))
    points = (differences.one(price, periods.index(price.period), DARK) for price in prices)
    return differences.panel(name, periods, points)


def late(data: Ledger) -> Drawing:
    """Days of late cards by cause, a panel a class."""
    panels = [late_panel(data.ledger, kind, fiscal_years(data.months)) for kind in CLASSES]
    return drawing("late-cards", data, keyed(panels, DELAYS), height=6.6)


def lost(data: Ledger) -> Drawing:
    """Lost calls by cause, a panel a centre."""
    return lost_calls(data, data.ledger, fiscal_years(data.months))


def lost_calls(result: Any, entries: Sequence[Entry], years: Sequence[int]) -> Drawing:
    """The same of any result that has entries."""
    panels = [_lost(of(entries, "lost_calls", centre), centre, years) for centre in CENTRES]
    return drawing("lost-calls", result, keyed(panels, _LOST), height=6.6)


def late_panel(entries: Sequence[Entry], kind: str, years: Sequence[int]) -> Panel:
    """Days of a class's late cards by cause."""
    own, title = of(entries, "late_days", kind), say("ledger.chart.late_cards", kind=cells.late_kind(kind))
    bars = _by_cause(own, years, CAUSES, DELAYS, lambda cause: cells.cause("late_days", cause))
    return _counted(own, years, title, bars, say("ledger.chart.no_late") if own else "")


def _lost(own: Sequence[Entry], centre: str, years: Sequence[int]) -> Panel:
    bars = _by_cause(own, years, LOST_CAUSES[centre], _LOST, lambda cause: cells.cause("lost_calls", cause))
    return _counted(own, years, Name("centre", centre), bars, say("ledger.chart.no_lost") if own else "")


def _by_cause(
    own: Sequence[Entry],
    years: Sequence[int],
    order: Sequence[str],
    looks: Mapping[str, Look],
    name: Callable[[str], Value],
) -> tuple[Bars, ...]:
    counts = {(calendar.Period(entry.period).fiscal_year, entry.cause): entry.value for entry in own}
    by_year = {cause: [counts.get((year, cause), 0.0) for year in years] for cause in causes(own, order)}
    return by_cause(by_year, looks, name)


def by_cause(
    counts: Mapping[str, Iterable[float]], looks: Mapping[str, Look], name: Callable[[str], Value]
) -> tuple[Bars, ...]:
    """Bars on each other in the order of the looks, other causes on top."""
    there = [cause for cause in dict.fromkeys((*looks, *counts)) if cause in counts]
    return stacked((counts[cause], looks.get(cause, _OTHER), name(cause)) for cause in there)


def _counted(own: Sequence[Entry], years: Sequence[int], title: Value, bars: tuple[Bars, ...], nothing: Value) -> Panel:
    """Counts by cause, with the interval of all together; ``nothing`` says none is."""
    found = {calendar.Period(entry.period).fiscal_year: entry for entry in own if entry.cause is None}
    totals = {place: found[year] for place, year in enumerate(years) if year in found}
    low, high = (amounts(getattr(each, end) or each.value for each in totals.values()) for end in ("low", "high"))
    top = max(high, default=0.0)
    title = Bracketed(title, Magnitude(top))
    if not any(entry.value for entry in totals.values()):
        return Panel(years_axis(years), title=title, note=nothing)
    ends = {place: max(end, totals[place].value) for place, end in zip(totals, high, strict=True)}
    look = line(width=1.1, halo=True)
    interval = Series(places=amounts(totals), low=low, high=high, look=look, whiskers=True)
    words = (above(Number(totals[place].value, "rough"), place, end) for place, end in ends.items())
    return Panel(years_axis(years), Scale(0, 1.17 * max(ends.values()), counts=top), (*bars, interval, *words), title)


def keyed(panels: Sequence[Panel], looks: Mapping[str, Look]) -> list[Panel]:
    """Panels that share one key beside the first: what is on top stands first."""
    labels = key(*(mark for panel in panels for mark in panel.marks))
    order = [*looks.values(), *(label.look for label in labels)]
    return with_key(panels, sorted(labels, key=lambda label: -order.index(label.look)))


CHARTS: Mapping[str, Callable[[Ledger], Drawing]] = {"shadow-prices": prices, "late-cards": late, "lost-calls": lost}
"""What draws each chart, by the id that names its files and texts."""
