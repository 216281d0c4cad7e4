"""Charts of cards: the wave, renewals, lead times, what leaves, what waits, how full stations are, where days go."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from reports import actuals, series
from reports.capacity_fields import CAP_FIELD, STATION_FIELDS
from reports.charting import amounts, drawing, largest, stacked
from reports.document import Magnitude, Name, Number, Range, Value, say
from reports.drawing import Cells, Drawing, Mark, Names, Panel, Rule, Scale, Series, Words
from reports.ledger.charts import DELAYS, by_cause, keyed, late_panel
from reports.looks import DARK, DASH_DOT, DASHED, DOTTED, DUE, INK, QUIET, TARGET, WARM, Look, area, line, point
from reports.run.curves import curve, edges, in_sight, months, stated, steps
from reports.run_data import RunData
from reports.series import Band, Numbers
from reports.yearly import above, fiscal_years, years_axis
from sim.calendar import fiscal_year_of_month
from sim.facts import CLASSES, SOURCES, STATIONS

_REASONS: dict[str, Look] = {
    "renewal": area(DARK),
    "first_time": area("#9cc3de"),
    "loss": area("#ffffff", "////"),
    "move": area("#8a8a8a"),
    "newborn": area("#f2dcb3", "...."),
    "campaign": area("#d98a3d", "xxx"),
    "residence": area("#b7d4c0"),
    "readings": area("#5f8f73", "\\\\"),
    "abroad": area("#eeeeee", "oo"),
}
_OTHER = area("#eeeeee", "++")
_SPREAD = area("#ced8df")
_GREYS = ("#ffffff", "#969696", "#000000")
_MONTHLY_UP_TO = 18
"""Runs of up to so many months have the figure of each."""
_FULL = 0.995
_VISIBLE = 0.02
"""Days a card from which a cause can be seen in a bar."""


def cap(data: RunData) -> Numbers:
    """The monthly cap on dispatch; infinite where the scenario has none."""
    return series.limit(data, CAP_FIELD, np.inf)


def passable(data: RunData) -> pd.DataFrame:
    """Cards that could be made and dispatched by month and replication: the least of stations and cap."""
    tables = [series.flow(data, f"capacity_{name}") for name in STATIONS]
    least = tables[0]
    for table in tables[1:]:
        least = least.where(least <= table, table)
    return least.clip(upper=pd.Series(cap(data), index=least.index), axis=0)


def utilisation(data: RunData, station: str) -> pd.DataFrame:
    """Work done over capacity of a station by month, a column a replication."""
    return series.ratio(series.flow(data, f"done_{station}"), series.flow(data, f"capacity_{station}"))


def _assumed(data: RunData, name: Value, *paths: str) -> Value:
    """A name that says so where it stands for an assumption."""
    return say("chart.assumed", text=name) if any(map(data.assumed, paths)) else name


def wave(data: RunData) -> Drawing:
    """Card applications stacked by reason by month, against what can be made and dispatched."""
    total, due = (series.band(series.flow(data, name)) for name in ("applications", "cards_expiring"))
    own = actuals.monthly(data, "applications")
    top = largest(total.high, due.high, own)
    name = _assumed(data, say("chart.wave.capacity"), *STATION_FIELDS.values(), CAP_FIELD)
    limit = steps(series.band(passable(data)).median, line(INK, DASHED, 1.8, halo=True), name)
    limits, off = in_sight([limit], top)
    marks: tuple[Mark, ...] = (
        *stacked(_reasons(data), width=1),
        *edges(total, 0.7),
        steps(due.median, line(WARM, DUE, 2.0, halo=True), say("chart.wave.due")),
        *limits,
        *stated(own),
    )
    high = 1.08 * max(top, *(largest(limit.values) for limit in limits), 0.0)
    panel = Panel(months(data), Scale(0, high, counts=top), marks if top else (), above=off)
    return drawing("wave", data.run, [panel], {"scale": Magnitude(top)}, height=5.2)


def _reasons(data: RunData) -> Iterable[tuple[Numbers, Look, Value]]:
    for name in (*_REASONS, *(name for name in SOURCES if name not in _REASONS)):
        if name in SOURCES:
            mean = series.flow(data, f"applications_{name}").mean(axis=1).fillna(0.0)
            yield mean.to_numpy(dtype=np.float64), _REASONS.get(name, _OTHER), Name("source", name)


def renewals(data: RunData) -> Drawing:
    """Cards and certificates reaching expiry, and those renewed, by month."""
    kinds = {"cards": "applications_renewal", "certificates": "certificates_renewed"}
    due = {kind: series.band(series.flow(data, f"{kind}_expiring")) for kind in kinds}
    done = {kind: series.band(series.flow(data, name)) for kind, name in kinds.items()}
    top = largest(*(band.high for band in (*due.values(), *done.values())))
    panels = (_due_and_done(data, kind, due[kind], done[kind], top) for kind in kinds)
    return drawing("renewals", data.run, panels, {"scale": Magnitude(top)}, height=6.2)


def _due_and_done(data: RunData, kind: str, due: Band, done: Band, top: float) -> Panel:
    marks = (
        curve(due, line(WARM, DASHED), say("chart.renewals.due")),
        curve(done, line(DARK), say(f"chart.renewals.done_{kind}")),
    )
    scale = Scale(0, 1.08 * largest(due.high, done.high), counts=top)
    there = not (due.empty and done.empty)
    return Panel(months(data), scale, marks if there else (), say(f"chart.renewals.{kind}"))


def lead_standard(data: RunData) -> Drawing:
    """Standard cards, receipt to dispatch, against the promised 14 days."""
    return _lead(data, "standard", "dispatch", "targets.issue_days")


def lead_express(data: RunData) -> Drawing:
    """Express cards, receipt to the resident, against the promised week."""
    return _lead(data, "express", "delivery", "targets.express_days")


def _lead(data: RunData, kind: str, measure: str, limit_path: str) -> Drawing:
    chart, limit = f"lead-{kind}", float(data.at(limit_path))
    cards = series.judged(data, kind, measure, limit)
    if cards.empty or not cards["cards"].any():
        return drawing(chart, data.run, [Panel(months(data))])
    marks, top = _lead_times(data, cards[~cards["touches_closure"]])
    closed = _longest(data, cards[cards["touches_closure"] & ~cards["exception"]])
    touched = [month for month, days in enumerate(closed) if not np.isnan(days)]
    grey = (Rule(month - 0.5, area("#e8e8e8"), to=month + 0.5, upright=True) for month in touched)
    bars = Series(amounts(closed), look=point("level", QUIET, size=6), called=say("chart.lead.closed"))
    target = Rule(limit, line(INK, TARGET, 1.2), say(f"chart.{chart}.threshold", days=Number(limit, "plain")))
    panel = Panel(
        months(data),
        Scale(0, 1.1 * max(limit * 1.25, top, largest(closed))),
        (*grey, *marks, bars, target),
        above=(say("chart.lead.closure"),) if touched else (),
    )
    return drawing(chart, data.run, [panel])


def _lead_times(data: RunData, cards: pd.DataFrame) -> tuple[tuple[Series, ...], float]:
    low, high = (series.band(series.card_quantile(cards, share, data)).median for share in (0.1, 0.9))
    mean = series.band(series.card_mean(cards, data)).median
    planned, late = (_longest(data, cards[cards["exception"] == past]) for past in (False, True))
    spread = Series(low=amounts(low), high=amounts(high), look=_SPREAD, name=say("chart.lead.spread"), steps=True)
    past = point("circle", WARM, "white", 3.5)
    marks = (
        spread,
        Series(amounts(mean), look=line(DARK, width=2.0), name=say("chart.lead.mean")),
        steps(planned, line(DARK, DOTTED, 1.0), say("chart.lead.longest")),
        Series(amounts(late), look=past, name=say("chart.lead.exception")),
    )
    return marks, largest(high, planned, late)


def _longest(data: RunData, cards: pd.DataFrame) -> Numbers:
    return series.band(series.card_max(cards, data)).median


def dispatch(data: RunData) -> Drawing:
    """Cards dispatched by month against production capacity, the monthly cap and what was promised."""
    out = series.band(series.flow(data, "dispatched_standard", "dispatched_express"))
    own = actuals.monthly(data, "dispatched")
    top = largest(out.high, own)
    limits, off = in_sight(_limits(data), top)
    high = 1.08 * max(top, *(largest(limit.values) for limit in limits), 0.0)
    marks = (curve(out, line(DARK), say("chart.dispatch.dispatched")), *limits, *stated(own))
    panel = Panel(months(data), Scale(0, high, counts=top), () if out.empty else marks, above=off)
    return drawing("dispatch", data.run, [panel], {"scale": Magnitude(top)})


def _limits(data: RunData) -> list[Series]:
    made = series.band(series.flow(data, "capacity_production")).median
    capacity = _assumed(data, say("chart.dispatch.capacity"), "plant.cards_per_day")
    limits = [steps(made, line(INK, DASHED, 1.3, halo=True), capacity)]
    most, promised = cap(data), data.at("targets.dispatch_per_month")
    name, agreed_name = _assumed(data, say("chart.dispatch.cap"), CAP_FIELD), say("chart.dispatch.promised")
    if promised is not None:
        agreed = series.steps(promised, data.months)
        if np.array_equal(agreed, most):
            name = say("chart.dispatch.limits", first=name, second=agreed_name)
        else:
            limits.append(steps(agreed, line(QUIET, DOTTED, 1.8, halo=True), agreed_name))
    return [*limits, steps(most, line(WARM, DASH_DOT, 1.8, halo=True), name)]


def waiting(data: RunData) -> Drawing:
    """Cards waiting at each station, mean of the month, all on one scale."""
    tables = {name: series.stock(data, f"waiting_{name}") for name in (*STATIONS, "dispatch")}
    top = largest(*(series.band(table).high for table in tables.values()))
    panels = (_station(data, name, table, top) for name, table in tables.items())
    return drawing("waiting", data.run, panels, {"scale": Magnitude(top)}, height=7.6)


def _station(data: RunData, name: str, table: pd.DataFrame, top: float) -> Panel:
    if not top:
        return Panel(months(data), title=Name("station", name))
    peak = () if series.nothing(table) else (say("chart.waiting.peak", **series.peaks(table).spread.counts()),)
    planned = (say("chart.waiting.dispatch"),) if name == "dispatch" else ()
    scale, marks = Scale(0, 1.05 * top, counts=top), (curve(series.band(table), line(DARK)),)
    return Panel(months(data), scale, marks, Name("station", name), aside=(*peak, *planned))


def fullness(data: RunData) -> Drawing:
    """Work done over capacity in each replication's fullest month of a fiscal year, a strip a station."""
    kind = "month" if _monthly(data) else "year"
    tables = {name: _fullest(data, utilisation(data, name)) for name in STATIONS}
    names = tuple(_assumed(data, Name("station", name), STATION_FIELDS[name]) for name in tables)
    marks = tuple(mark for place, table in enumerate(tables.values()) for mark in _strip(place, series.band(table)))
    axis = months(data) if _monthly(data) else years_axis(fiscal_years(data.months))
    panel = Panel(Names(("",) * len(tables), right=names), axis, marks, across=True)
    there = not all(map(series.nothing, tables.values()))
    shown = {"figures": say(f"chart.utilisation.figures_{kind}")}
    return drawing("utilisation", data.run, [panel if there else Panel(axis)], shown, height=4.6)


def _monthly(data: RunData) -> bool:
    return len(data.months) <= _MONTHLY_UP_TO


def _fullest(data: RunData, table: pd.DataFrame) -> pd.DataFrame:
    """Of each fiscal year the fullest month of each replication; the months themselves in short runs."""
    return table if _monthly(data) else table.groupby([fiscal_year_of_month(str(month)) for month in table.index]).max()


def _strip(place: int, band: Band) -> Iterable[Mark]:
    there = np.flatnonzero(~np.isnan(band.median))
    median, low, high = (amounts(end[there]) for end in (band.median, band.low, band.high))
    rows = (place - 0.2,) * len(there)
    yield Cells(rows, amounts(there), median, _GREYS, most=1.15, size=(0.45, 1.0), low=low, high=high)
    for at, *ends in zip(amounts(there), median, low, high, strict=True):
        value, start, end = (Number(math.floor(100 * share) / 100, "whole") for share in ends)
        color, ground = ("white", INK) if value.amount >= _FULL else (INK, "")
        span, room = Range(start, end, "chart.utilisation.span"), (math.inf, 0.8)
        yield Words(replace(value, unit="probability"), place + 0.06, at, "below", color, ground=ground, within=room)
        yield Words(span, place + 0.28, at, "below", QUIET, 6.5, within=room)


def delays(data: RunData) -> Drawing:
    """Days a card by cause, stacked, a panel a class; below, where the run tells it, the days of late cards."""
    found, years = data.summary.ledger, fiscal_years(data.months)
    panels = [_days_a_card(data, kind, years) for kind in CLASSES]
    panels += [late_panel(found, kind, years) for kind in CLASSES if found]
    return drawing("delay-ledger", data.run, keyed(panels, DELAYS), height=2.1 + 2.25 * len(panels))


def _days_a_card(data: RunData, kind: str, years: list[int]) -> Panel:
    title = say("ledger.chart.all_cards", kind=Name("part", kind))
    means = {name: table.mean(axis=1).fillna(0.0) for name, table in series.days_by_cause(data, kind).items()}
    seen = {name: amounts(days) for name, days in means.items() if days.max() >= _VISIBLE}
    if not seen:
        return Panel(years_axis(years), title=title)
    bars = by_cause(seen, DELAYS, lambda cause: Name("cause", cause))
    totals = [sum(days) for days in zip(*seen.values(), strict=True)]
    words = (above(Number(total, decimals=1), place, total) for place, total in enumerate(totals) if total)
    return Panel(years_axis(years), Scale(0, 1.17 * max(totals)), (*bars, *words), title)
