"""Charts of a clock: last dates, warnings and breaks as a time line; the best trip-wires as the year goes by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from reports import names
from reports.charting import amounts, drawing, key, largest
from reports.clock import cells
from reports.clock.captions import wire_of
from reports.document import Bracketed, Magnitude, Period, Value, say
from reports.drawing import Amounts, Days, Drawing, Mark, Names, Panel, Rule, Scale, Series
from reports.looks import DARK, INK, QUIET, TARGET, TODAY, WARM, Look, line, point
from reports.series import Numbers
from scenarios.clock import record
from scenarios.clock.observables import OBSERVABLES
from scenarios.clock.record import Clock, Event, TripWire, Weeks
from sim import calendar

MOST = 12
"""So many targets and years are drawn: the likeliest to break."""
_LAST = point("diamond", INK, "white", 6)
_SHOWS = replace(point("circle", QUIET, "white", 5.5), width=1.4)
_LOST = replace(point("filled cross", DARK, size=7), width=3.0)
_WARNS = replace(point("up", WARM, size=6.5), width=1.4)
_ABOVE, _BELOW = -0.17, 0.17
_LOOKS = {"hold": line("#8a8a8a", (3, 1.5), 1.8), "break": line(DARK, width=2.2)}
"""Looks of the median of replications that hold and that break."""
_MARGIN = 10
"""Days to spare before the first week and after the last."""


def last_dates(data: Clock) -> Drawing:
    """A row a target and year that breaks in some replication."""
    rows = drawn(data)
    height = 2.5 + 0.55 * max(len(rows), 3)
    if not rows:
        nothing = Panel(Names(()), note=say("clock.answer.nothing_breaks"))
        return drawing("clock-calendar", data, [nothing], height=height)
    now = Rule(data.as_of.toordinal(), line(INK, TODAY, 1.1), say("chart.clock-calendar.now"))
    marks: tuple[Mark, ...] = (*_dates(rows), now)
    days = [
        now.at,
        *(day for mark in marks if isinstance(mark, Series) for day in (*mark.values, *mark.low, *mark.high)),
    ]
    span = Days(date.fromordinal(int(min(days))), date.fromordinal(int(max(days))))
    panel = Panel(Names(tuple(map(_name, rows))), span, marks, key=key(*marks), across=True)
    return drawing("clock-calendar", data, [panel], height=height, left=2.75)


def drawn(data: Clock) -> list[Event]:
    """The events drawn: the likeliest, of those that a resource can mend if there are any, in their order."""
    breaking = [event for event in data.breaking if event.resources] or data.breaking
    likeliest = sorted(breaking, key=lambda event: -(event.probability or 0.0))[:MOST]
    return [event for event in data.events if event in likeliest]


def _name(event: Event) -> Value:
    target = names.target(event.target, short=True)
    return say("clock.row", target=target, year=Period(event.period), share=cells.probability(event))


def _dates(rows: Sequence[Event]) -> Iterator[Series]:
    """Last dates to act, when a resource must work or the break shows, when the year is lost, when wires warn."""
    places = list(enumerate(rows))
    mended = any(event.resources for event in rows)
    if mended:
        last = {place: (event.resources[0].last_date_to_act,) * 3 for place, event in places if event.resources}
        yield _series("last", last, _LAST, _BELOW)
    needed = {place: (event.needed if event.resources else event.first_breach).all for place, event in places}
    yield _series("needed" if mended else "shows", needed, _SHOWS, _ABOVE)
    yield _series("lost", {place: event.lost.all for place, event in places}, _LOST, _BELOW)
    fires = {place: event.own_wire.fires.all for place, event in places if event.own_wire}
    if any(fires.values()):
        yield _series("warns", fires, _WARNS, 0.0)


def _series(name: str, found: Mapping[int, Sequence[date]], look: Look, shift: float) -> Series:
    """Middles as points, early to late as a line."""
    days = {place + shift: own for place, own in found.items() if own}
    early, middle, late = (amounts(own[at].toordinal() for own in days.values()) for at in range(3))
    named = say(f"chart.clock-calendar.{name}")
    return Series(middle, amounts(days), early, late, look, named, whiskers=True)


def wires(data: Clock) -> Drawing | None:
    """A panel a wire, days counted from the start of the fiscal year that is watched; None without any."""
    paths = data.paths
    if not paths:
        return None
    days = [day for path in paths for day in _days(path)]
    axis = _quarters(min(days), max(days))
    panels = (_wire(axis, path, *wire_of(data, path)) for path in paths)
    return drawing("clock-wires", data, panels, height=2.0 + 2.6 * len(paths))


def _wire(axis: Scale, path: record.Path, event: Event, wire: TripWire) -> Panel:
    kind, days = OBSERVABLES[wire.wire].kind, amounts(_days(path))
    found = {name: _values(path.lines[name], len(days)) for name in _LOOKS}
    top = largest(*(values.ravel() for values in found.values())) if kind == "count" else 0.0
    unit = "" if kind == "share" else Magnitude(top) if kind == "count" else say(f"clock.axis.{kind}")
    threshold = (cells.threshold(wire), cells.weeks(wire))
    named = say(f"chart.clock-wires.{wire.side}", threshold=threshold[0], weeks=threshold[1])
    marks: list[Mark] = [Rule(0, line(QUIET, width=0.8), upright=True)]
    for name, values in found.items():
        thin = line(_LOOKS[name].color, width=0.5, opacity=0.35)
        # a table has their middle
        marks += [Series(amounts(values_of_one), days, look=thin, called=None) for values_of_one in values]
        count = say(f"chart.clock-wires.{name}", count=len(path.lines[name]))
        marks.append(Series(_median(values), days, look=_LOOKS[name], name=count, names=tuple(path.weeks)))
    marks.append(Rule(wire.threshold, line(WARM, TARGET, 1.5), named))
    if wire.fires.middle:
        at, fires = (float(_since(wire.fires.middle, path)),), say("chart.clock-wires.fires")
        day = (wire.fires.middle,)
        marks.append(Series((wire.threshold,), at, look=point("up", WARM, size=8), name=fires, names=day))
    title = Bracketed(say("clock.panel", event=cells.named(event), what=cells.observable(wire.wire)), unit)
    scale = _scale(wire, np.concatenate([values.ravel() for values in found.values()]), kind, top)
    return Panel(axis, scale, tuple(marks), title, key=key(*marks))


def _values(lines: Weeks, weeks: int) -> Numbers:
    """Replications by weeks; not a number where there is no value."""
    return np.array([amounts(line) for line in lines], dtype=np.float64).reshape(len(lines), weeks)


def _median(values: Numbers) -> Amounts:
    there = (week[np.isfinite(week)] for week in values.T)
    return amounts(np.median(week) if len(week) else None for week in there)


def _since(day: date, path: record.Path) -> int:
    """Days from the start of the path's fiscal year."""
    return (day - calendar.Period(path.period).first_day).days


def _days(path: record.Path) -> list[int]:
    return [_since(week, path) for week in path.weeks]


def _scale(wire: TripWire, found: Numbers, kind: str, top: float) -> Scale:
    """From zero; for answered shares from just below what nearly all weeks reach, the threshold inside."""
    there = np.append(found[np.isfinite(found)], wire.threshold)
    unit = "share" if kind == "share" else ""
    if unit and wire.side == "below":
        bottom = max(0.0, float(np.quantile(there, 0.005)) - 0.02)
        return Scale(min(bottom, wire.threshold - 0.02), 1.01, unit=unit)
    return Scale(0, 1.08 * max(float(there.max()), 1e-9), unit=unit, counts=top)


def _quarters(first: int, last: int) -> Scale:
    """Quarters before and after the April with which the year begins, the same for all panels."""
    ticks = []
    for number in range(-36, 13, 3):
        years, month = divmod(3 + number, 12)
        day = (date(2001 + years, month + 1, 1) - date(2001, 4, 1)).days
        name = say(f"chart.month_name.m{month + 1}")
        ticks.append((float(day), name if day else say("chart.clock-wires.april", name=name)))
    low, high = first - _MARGIN, last + _MARGIN
    return Scale(low, high, tuple(tick for tick in ticks if low <= tick[0] <= high))


CHARTS: Mapping[str, Callable[[Clock], Drawing | None]] = {"clock-calendar": last_dates, "clock-wires": wires}
"""What draws each chart, by the id that names its files and texts."""
