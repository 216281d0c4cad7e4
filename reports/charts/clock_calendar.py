"""The clock as a time line: last dates to act, when trip-wires warn, when breaks show, when the year is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import formats, names, values
from reports.catalogue import Catalogue
from reports.charts import canvas, style
from reports.charts.margin import Label
from reports.clock import cells
from reports.run_data import as_run
from scenarios.clock.record import Clock, Days, Event

MOST = 12
"""So many targets and years are drawn: the likeliest to break."""
_QUARTERS_UP_TO = 4 * 366
"""Days that a time line may have to show every quarter."""
_ABOVE, _BELOW = -0.17, 0.17
_LAST: dict[str, Any] = {"marker": "D", "markersize": 6, "color": style.INK, "markerfacecolor": "white"}
_WARNS: dict[str, Any] = {"marker": "^", "markersize": 6.5, "color": style.WARM, "markerfacecolor": style.WARM}
_SHOWS: dict[str, Any] = {"marker": "o", "markersize": 5.5, "color": style.QUIET, "markerfacecolor": "white"}
_LOST: dict[str, Any] = {"marker": "X", "markersize": 7, "color": style.DARK, "markerfacecolor": style.DARK}


def draw(data: Clock, cat: Catalogue, chart: str) -> Figure:
    """A row a target and year that breaks in some replication."""
    rows = shown(data)
    sheet = style.sheet(as_run(data), cat, chart, height=2.5 + 0.55 * max(len(rows), 3))
    ax, figure = sheet.axes[0], sheet.figure
    if not rows:
        style.no_data(sheet, ax, cat.text("clock.answer.nothing_breaks"))
        ax.set_xticks([])
        return figure
    figure.subplots_adjust(left=2.75 / style.WIDTH)
    for place, event in enumerate(rows):
        _row(ax, place, event)
    now = data.as_of.toordinal()
    ax.axvline(now, color=style.INK, linewidth=1.1, linestyle=(0, (4, 2)), zorder=1)
    days = [now, *(day for event in rows for day in _days(event))]
    _time(cat, ax, date.fromordinal(min(days)), date.fromordinal(max(days)))
    ax.grid(axis="x", color=style.FAINT, linewidth=0.6)
    canvas.row_names(ax, [_name(cat, event) for event in rows])
    canvas.key(ax, _key(sheet, rows))
    return figure


def _time(cat: Catalogue, ax: Axes, first: date, last: date) -> None:
    """Quarters along the axis; fiscal years where there is no room for quarters."""
    canvas.year_axis(cat, ax, first, last)
    if last.toordinal() - first.toordinal() <= _QUARTERS_UP_TO:
        return
    years = range(formats.fiscal_year_of(first), formats.fiscal_year_of(last) + 2)
    ax.set_xticks([date(year, 4, 1).toordinal() for year in years], [""] * len(years))
    centres = [date(year, 10, 1).toordinal() for year in years[:-1]]
    ax.set_xticks(centres, [formats.whole_fiscal_year_axis(cat, year) for year in years[:-1]], minor=True)
    ax.tick_params(axis="x", which="minor", length=0)
    margin = max(1, (last - first).days // 60)
    ax.set_xlim(first.toordinal() - margin, last.toordinal() + margin)


def shown(data: Clock) -> list[Event]:
    """The events drawn: the likeliest, of those that a resource can mend if there are any, in their order."""
    breaking = [event for event in data.breaking if event.resources] or data.breaking
    likeliest = sorted(breaking, key=lambda event: -(event.probability or 0.0))[:MOST]
    return [event for event in data.events if event in likeliest]


def _name(cat: Catalogue, event: Event) -> str:
    target = values.text(cat, names.target(event.target, short=True))
    share = values.text(cat, cells.probability(event))
    return cat.text("clock.row", target=target, year=formats.period(cat, event.period), share=share)


def _days(event: Event) -> list[int]:
    """Every day that a row shows."""
    days = [*_must_work(event).all, *event.lost.all, *(told.last_date_to_act for told in event.resources[:1])]
    days += event.own_wire.fires.all if event.own_wire else ()
    return [day.toordinal() for day in days]


def _row(ax: Axes, place: int, event: Event) -> None:
    _range(ax, place + _ABOVE, _must_work(event), _SHOWS, 1.4)
    _range(ax, place + _BELOW, event.lost, _LOST, 3.0)
    for told in event.resources[:1]:
        day = told.last_date_to_act.toordinal()
        ax.plot([day], [place + _BELOW], markeredgewidth=1.3, zorder=4, **_LAST)
    wire = event.own_wire
    if wire and wire.fires.middle:
        _range(ax, place, wire.fires, _WARNS, 1.4)


def _must_work(event: Event) -> Days:
    """When a resource must work for the year to hold; where none mends the target, when the break first shows."""
    return event.needed if event.resources else event.first_breach


def _range(ax: Axes, y: float, told: Days, look: dict[str, Any], width: float) -> None:
    """Early to late as a line, the middle as a marker."""
    early, middle, late = (day.toordinal() for day in told.all)
    ax.plot([early, late], [y, y], color=look["color"], linewidth=width, zorder=2)
    ax.plot([middle], [y], linestyle="none", zorder=3, **look)


def _key(sheet: style.Sheet, rows: Sequence[Event]) -> list[Label]:
    if any(event.resources for event in rows):
        looks = {"last": _LAST, "needed": _SHOWS, "lost": _LOST}
    else:
        looks = {"shows": _SHOWS, "lost": _LOST}
    if any(wire.fires.middle for event in rows if (wire := event.own_wire)):
        looks = {**looks, "warns": _WARNS}
    labels = [
        Label(0, sheet.text(name), look["color"], marker=look["marker"], fill=look["markerfacecolor"])
        for name, look in looks.items()
    ]
    return [*labels, Label(0, sheet.text("now"), style.INK, (0, (4, 2)))]
