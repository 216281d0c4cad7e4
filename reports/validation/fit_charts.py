"""Charts of what the data say of uncertain values: within assumed ranges, calendars ruled out, seats against calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from calibration.fits_record import FittedValue, PlantCalendar, TradeOff
from calibration.record import Validation
from reports.charting import amounts, drawing, key
from reports.document import Joined, Name, Number, Value, say
from reports.drawing import Drawing, Mark, Names, Panel, Rule, Scale, Series, Words
from reports.looks import DARK, FAINT, INK, QUIET, TARGET, WARM, area, line, point
from reports.validation import fit_tables

_MAXIMA = {"standard": "JLIS-007", "express": "JLIS-009"}
"""The published maximum of each class."""
_PLANS = {"open": point("circle", DARK, size=12), "out": point("circle", QUIET, "white", 12)}
_PINNED = {"well": DARK, "partly": "#6d9fc4", "not": WARM}


def identity(data: Validation, chart: str) -> Mapping[str, Any]:
    """What a chart comes from."""
    return {**vars(data), "scenario": say(f"chart.{chart}.scenario")}


def calendars(data: Validation) -> Drawing | None:
    """The longest lead time that each calendar gives, a dot a plan, against the published maximum."""
    entries = data.fitted.calendars
    classes = [name for name in _MAXIMA if any(entry.class_ == name for entry in entries)]
    if not classes:
        return None
    names = list(dict.fromkeys(map(fit_tables.calendar, entries)))
    panels = [_calendars(data, kind, names, [entry for entry in entries if entry.class_ == kind]) for kind in classes]
    chart, height = "validation-calendars", 2.2 + 0.42 * len(names) * len(classes)
    return drawing(chart, identity(data, chart), panels, height=height, left=3.0, gap=0.36, shared=False)


def _calendars(data: Validation, kind: str, names: Sequence[Joined], own: Sequence[PlantCalendar]) -> Panel:
    """Dots with the days of a plan in them, filled if left open, hollow if ruled out."""
    reach = [float(entry.max) for entry in own]
    marks: list[Mark] = []
    for name, look in _PLANS.items():
        plans = [entry for entry in own if entry.open == (name == "open")]
        places = [float(names.index(fit_tables.calendar(entry))) for entry in plans]
        longest = amounts(entry.max for entry in plans)
        marks.append(Series(longest, amounts(places), look=look, name=say(f"chart.validation-calendars.{name}")))
        color = "white" if name == "open" else look.color
        for entry, place, days in zip(plans, places, longest, strict=True):
            marks.append(Words(entry.plan_days, place, days, color=color, size=7.5))
    published = next((row.published for row in data.rows if row.id == _MAXIMA[kind]), None)
    if published is not None:
        known = say("chart.validation-calendars.published", days=Number(published, "plain"))
        marks.append(Rule(published, line(WARM, TARGET, 1.4), known))
        reach.append(published)
    scale, labels = Scale(min(reach) - 1.5, max(reach) + 1.5), key(*marks)
    return Panel(Names(tuple(names)), scale, tuple(marks), Name("part", kind), key=labels, across=True)


def trade_off(data: Validation) -> Drawing | None:
    """Seats that give the published answer rate, by how many calls there are; the band is the rounding of the rate."""
    entries = data.fitted.trade_off
    centres = dict.fromkeys(entry.centre for entry in entries)
    if not centres:
        return None
    panels = [_trade_off(centre, [entry for entry in entries if entry.centre == centre]) for centre in centres]
    chart, height = "validation-trade-off", 1.4 + 2.2 * len(panels)
    return drawing(chart, identity(data, chart), panels, height=height, gap=0.36, shared=False)


def _trade_off(centre: str, own: Sequence[TradeOff]) -> Panel:
    own = sorted(own, key=lambda entry: entry.load)
    load, seats, low, high = (
        amounts(getattr(entry, name) for entry in own) for name in ("load", "seats", "low", "high")
    )
    names = {name: say(f"chart.validation-trade-off.{name}") for name in ("seats", "rounding", "assumed")}
    marks = (
        Series(seats, load, look=line(DARK), name=names["seats"]),
        Series(seats, load, look=point("circle", DARK, size=4), called=None),
        Series((), load, low, high, area("#ced8df"), names["rounding"]),
        Rule(1.0, line(QUIET, (1, 2), 1.0), names["assumed"], upright=True),
    )
    axis = Scale(ticks=tuple((at, say("cell.factor", factor=Number(at, "plain"))) for at in load))
    title = say("chart.validation-trade-off.panel", centre=Name("centre", centre))
    return Panel(axis, Scale(0, 1.1 * max(high)), marks, title, key=key(*marks))


def fits(data: Validation) -> Drawing | None:
    """Each fitted value with its interval inside its assumed range, all ranges drawn alike."""
    entries = data.fitted.fits
    if not entries:
        return None
    chart, places = "validation-fits", amounts(range(len(entries)))
    zeros, ones = ((end,) * len(entries) for end in (0.0, 1.0))
    assumed = amounts(_part(entry, entry.assumed_value) for entry in entries)
    marks = (
        Series((), places, zeros, ones, line(FAINT, width=7), whiskers=True, called=None),
        Series(assumed, places, look=point("upright", INK, size=10), called=say(f"chart.{chart}.assumed")),
        *(_fitted(place, entry) for place, entry in enumerate(entries)),
    )
    names = Names(tuple(map(fit_tables.parameter_from, entries)), right=tuple(map(_words, entries)))
    ticks = ((0.0, say(f"chart.{chart}.low")), (1.0, say(f"chart.{chart}.high")))
    panel = Panel(names, Scale(-0.12, 1.12, ticks), marks, across=True)
    size: dict[str, Any] = {"height": 2.05 + 0.42 * len(entries), "left": 3.1, "right": 3.3}
    return drawing(chart, identity(data, chart), [panel], **size)


def _fitted(place: int, entry: FittedValue) -> Series:
    look = replace(point("circle", _PINNED[entry.word], "white", 6), width=2.6)
    value, low, high = ((_part(entry, amount),) for amount in (entry.value, entry.low, entry.high))
    called = say("chart.validation-fits.fitted")
    return Series(value, (place,), low, high, look, whiskers=True, called=called)


def _part(entry: FittedValue, value: float) -> float:
    """Where in its assumed range a value lies, 0 to 1; beyond it just outside."""
    width = (entry.assumed_high - entry.assumed_low) or 1.0
    return min(max((value - entry.assumed_low) / width, -0.1), 1.1)


def _words(entry: FittedValue) -> Joined:
    number: Value = fit_tables.ranged(entry.value, entry.low, entry.high)
    if entry.unit != "share":
        number = say("validation.with_unit", number=number, unit=Name("unit", entry.unit))
    return Joined((Name("validation.word", entry.word), "\n", number), "")
